#!/bin/sh
# Makes tests/data/tiny-optimum, tiny-gguf.json and tiny-architectures.json again, in an environment of their own.
set -eu
cd "$(dirname "$0")/../.."
requirements=packaging/tiny_model/requirements.txt
environment=.envs/export
# The copy inside the environment says what was installed: only a finished installation has it.
if ! cmp -s "$requirements" "$environment/requirements.txt"; then
  "${PYTHON:-python3}" -m venv "$environment"
  "$environment/bin/python" -m pip install --quiet --requirement "$requirements"
  cp "$requirements" "$environment/requirements.txt"
fi
PYTHONPATH=. "$environment/bin/python" packaging/tiny_model/export.py tests/data
PYTHONPATH=. exec "$environment/bin/python" packaging/tiny_model/architectures.py tests/data

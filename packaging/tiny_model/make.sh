#!/bin/sh
# Makes tests/data/tiny-optimum and tests/data/tiny-gguf.json again, in an environment of their own.
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
PYTHONPATH=. exec "$environment/bin/python" packaging/tiny_model/export.py tests/data

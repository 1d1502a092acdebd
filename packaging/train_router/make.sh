#!/bin/sh
# Trains the router's model anew, in an environment of its own: exported_models/router-minilm.
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
  "$environment/bin/python" -m pip install --quiet --no-deps --target "$environment/packages" --requirement "$here/packages.txt"
  cp "$here/packages.txt" "$environment/packages/packages.txt"
fi
trained=build/router out=exported_models/router-minilm
case " $* " in *" --quick "*) trained=build/router-quick out=build/router-quick-int8 ;; esac  # it is no model to ship
export PYTHONPATH=.:$here PYTHONHASHSEED=0
"$environment/bin/python" "$here/train_router.py" --packages "$environment/packages" --out "$trained" "$@"
"$environment/bin/python" "$here/export_router.py" --trained "$trained" --dev "$here/data/dev.txt" --out "$out"

#!/bin/sh
# The router's report; with the baseline where `make train-router` has made its environment.
set -eu
cd "$(dirname "$0")/../.."
environment=.envs/router
here=packaging/train_router
if [ -d "$environment/packages" ]; then
  mkdir -p build
  PYTHONPATH=.:$here "$environment/bin/python" "$here/baseline.py" >build/router-baseline.json
  set -- --baseline build/router-baseline.json "$@"
fi
.venv/bin/python -m tests.bench.router "$@"

#!/bin/sh
# Compares our token ids with llama.cpp's. The first run compiles llama.cpp in an environment of its own: some ten
# minutes, and a C++ compiler is needed.
set -eu
cd "$(dirname "$0")/../.."
requirement=llama-cpp-python==0.3.36
environment=.envs/llama
if ! "$environment/bin/python" -m pip freeze 2>/dev/null | grep -qx "llama_cpp_python==${requirement#*==}"; then
  "${PYTHON:-python3}" -m venv "$environment"
  "$environment/bin/python" -m pip install --quiet "$requirement"
fi
exec .venv/bin/python -m tests.bench.tokenizer_ids "$environment/bin/python" "$@"

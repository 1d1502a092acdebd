#!/bin/sh
# Inkstone beside llama.cpp, onnxruntime-genai and transformers. The first run makes their environment: some ten minutes,
# a C++ compiler and 3 GB (torch as the package client finds it; a CPU build serves).
set -eu
cd "$(dirname "$0")/../../.."
environment=.envs/peers
wanted="llama-cpp-python==0.3.36 onnxruntime-genai==0.18.* torch==2.13.0 transformers<5 gguf>=0.17"
if [ "$(cat "$environment/made-of" 2>/dev/null)" != "$wanted" ]; then
  "${PYTHON:-python3}" -m venv "$environment"
  # llama.cpp's AMX kernels of this version end in a segmentation fault under some hypervisors; a host has AVX-512 too.
  flags="-mno-amx-tile -mno-amx-int8 -mno-amx-bf16"
  if grep -qs amx_tile /proc/cpuinfo; then
    export CMAKE_ARGS="-DCMAKE_C_FLAGS='$flags' -DCMAKE_CXX_FLAGS='$flags'"
    echo "llama.cpp is built without AMX, whose kernels fail here." >&2
  fi
  # shellcheck disable=SC2086 # a list
  (set -f && "$environment/bin/python" -m pip install --quiet $wanted accelerate)
  printf '%s' "$wanted" >"$environment/made-of"
fi
exec .venv/bin/python -m tests.bench.peers.race "$environment/bin/python" "$@"

#!/bin/sh
# Inkstone beside llama.cpp, onnxruntime-genai and transformers (`--model light|standard`: llama.cpp alone). The first run makes their environments: some ten minutes,
# a C++ compiler and 5 GB (torch as the package client finds it; a CPU build serves). onnxruntime-genai's builder has one
# of its own: it wants a newer transformers than reads GGUF files whole.
set -eu
cd "$(dirname "$0")/../../.."

environment() {  # its name; makes it where it was not finished with these requirements
  requirements=tests/bench/peers/$1.txt
  cmp -s "$requirements" ".envs/$1/requirements.txt" && return
  "${PYTHON:-python3}" -m venv ".envs/$1"
  ".envs/$1/bin/python" -m pip install --quiet --requirement "$requirements"
  cp "$requirements" ".envs/$1/requirements.txt"
}

# llama.cpp's AMX kernels of this version end in a segmentation fault under some hypervisors; a host has AVX-512 too.
flags="-mno-amx-tile -mno-amx-int8 -mno-amx-bf16"
if grep -qs amx_tile /proc/cpuinfo; then
  export CMAKE_ARGS="-DCMAKE_C_FLAGS='$flags' -DCMAKE_CXX_FLAGS='$flags'"
  echo "llama.cpp is built without AMX, whose kernels fail here." >&2
fi
environment peers
case " $* " in
  *" --duel "* | *" --model light "* | *" --model standard "*) ;;  # llama.cpp alone
  *) environment genai-builder ;;
esac
exec .venv/bin/python -m tests.bench.peers.race .envs/peers/bin/python .envs/genai-builder/bin/python "$@"

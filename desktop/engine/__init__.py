"""Tokens in, tokens out: runs a decoder on this machine. The only import of onnxruntime besides the router.

`interface` is what everything above depends on; `local.LocalEngine` is the engine that answers on this machine.
"""

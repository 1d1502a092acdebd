"""The commands, a module each. They read arguments, get what they need from `services` and print; no work is done here.

Imports of what only one command needs are inside it: `inkstone models list` must not wait for ONNX Runtime, nor the
window for the converter.
"""

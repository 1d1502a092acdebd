"""The KV cache, in the two forms that graphs ask for.

Shared: the graph writes new keys and values into the buffer it was given (GroupQueryAttention); the buffer has the
length of the context, and pages of it that were never written take no memory. Grown: the graph returns a longer copy
(optimum's exports, and most public ONNX models).
"""

from typing import Protocol

import numpy as np
import onnxruntime
from numpy.typing import DTypeLike

_DTYPES: dict[str, DTypeLike] = {"tensor(float)": np.float32, "tensor(float16)": np.float16}


class Cache(Protocol):
    """Keys and values of the tokens read so far."""

    def bind(self, binding: onnxruntime.IOBinding) -> None:
        """Bind past and present before a run; the logits are bound already."""
        ...

    def ran(self, binding: onnxruntime.IOBinding) -> None:
        """Take over what a run made."""
        ...

    def trim(self, length: int) -> None:
        """Keep the first `length` tokens."""
        ...


class SharedCache:
    """One buffer per key and value tensor, bound as past and as present."""

    def __init__(self, session: onnxruntime.InferenceSession, context_length: int, device: str) -> None:
        self._buffers = {}
        for name, entry in _pasts(session).items():
            shape = (1, entry.shape[1], context_length, entry.shape[3])
            kind = _DTYPES[entry.type]
            self._buffers[name] = (
                onnxruntime.OrtValue.ortvalue_from_numpy(np.zeros(shape, kind))
                if device == "cpu"
                else onnxruntime.OrtValue.ortvalue_from_shape_and_type(shape, kind, device, 0)
            )
        self._bound: onnxruntime.IOBinding | None = None

    def bind(self, binding: onnxruntime.IOBinding) -> None:
        """Bind the buffers, once per binding: they never move."""
        if self._bound is binding:
            return
        for name, buffer in self._buffers.items():
            binding.bind_ortvalue_input(name, buffer)
            binding.bind_ortvalue_output(name.replace("past_key_values", "present"), buffer)
        self._bound = binding

    def ran(self, binding: onnxruntime.IOBinding) -> None:
        """Nothing to take over: the run wrote into the buffers."""

    def trim(self, length: int) -> None:
        """Nothing to cut: what lies behind the mask is never read."""


class GrownCache:
    """The present of one run is the past of the next."""

    def __init__(self, session: onnxruntime.InferenceSession, device: str) -> None:
        self._device = device
        self._pasts = {
            name: onnxruntime.OrtValue.ortvalue_from_numpy(
                np.zeros((1, entry.shape[1], 0, entry.shape[3]), _DTYPES[entry.type]), device, 0
            )
            for name, entry in _pasts(session).items()
        }

    def bind(self, binding: onnxruntime.IOBinding) -> None:
        """Bind the past; the run allocates the present."""
        for name, past in self._pasts.items():
            binding.bind_ortvalue_input(name, past)
            binding.bind_output(name.replace("past_key_values", "present"), self._device)

    def ran(self, binding: onnxruntime.IOBinding) -> None:
        """Make the present the past."""
        presents = binding.get_outputs()[1:]  # in the order of binding; the first is logits
        self._pasts = dict(zip(self._pasts, presents, strict=True))

    def trim(self, length: int) -> None:
        """Copy the first `length` tokens; no copy when there are no more."""
        for name, past in self._pasts.items():
            if past.shape()[2] > length:
                kept = np.ascontiguousarray(past.numpy()[:, :, :length])
                self._pasts[name] = onnxruntime.OrtValue.ortvalue_from_numpy(kept, self._device, 0)


def _pasts(session: onnxruntime.InferenceSession) -> dict[str, onnxruntime.NodeArg]:
    return {entry.name: entry for entry in session.get_inputs() if entry.name.startswith("past_key_values.")}

"""The KV cache, in the two forms that graphs ask for.

Shared: the graph writes new keys and values into the buffer it was given (GroupQueryAttention).
Grown: the graph returns a longer copy (optimum's exports, and most public ONNX models).
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import onnxruntime
from numpy.typing import DTypeLike

_FIRST_LENGTH = 256  # tokens
_DTYPES: dict[str, DTypeLike] = {
    "tensor(float)": np.float32,
    "tensor(float16)": np.float16,
    "tensor(int8)": np.int8,
}


class Cache(Protocol):
    """Keys and values of the tokens read so far."""

    def bind(self, binding: onnxruntime.IOBinding, past: int, new: int) -> None:
        """Bind past and present before a run of `new` tokens after `past`; the logits are bound already."""
        ...

    def ran(self, binding: onnxruntime.IOBinding) -> None:
        """Take over what a run made."""
        ...

    def trim(self, length: int) -> None:
        """Keep the first `length` tokens."""
        ...

    def copy_from(self, other: "Cache", length: int) -> None:
        """Take over the first `length` tokens of a cache of the same kind; `length` is at least 1."""
        ...

    def clear(self) -> None:
        """Give back its memory; it is not used any more."""
        ...

    @property
    def nbytes(self) -> int:
        """Memory it takes."""
        ...


class SharedCache:
    """One buffer per key and value tensor, bound as past and as present; several rows for a batch.

    Buffers begin small and double, so that memory follows use; one of full length would cost its memory at once,
    because numpy asks for huge pages.
    """

    def __init__(self, session: onnxruntime.InferenceSession, context_length: int, device: str, rows: int = 1) -> None:
        self._pasts = _pasts(session)
        self._context_length, self._rows = context_length, rows
        self._device = device
        self._length = 0
        self._buffers: dict[str, onnxruntime.OrtValue] = {}
        self._bound = False

    def bind(self, binding: onnxruntime.IOBinding, past: int, new: int) -> None:
        """Bind the buffers, after making them longer where they are too short."""
        if past + new <= self._length:
            self._bind_once(binding)
            return
        self._allocate(max(2 * self._length, past + new), self._buffers, past)
        self._bound = False
        self._bind_once(binding)

    def _bind_once(self, binding: onnxruntime.IOBinding) -> None:
        if self._bound:
            return
        for name, buffer in self._buffers.items():
            binding.bind_ortvalue_input(name, buffer)
            binding.bind_ortvalue_output(name.replace("past_key_values", "present"), buffer)
        self._bound = True

    def _allocate(self, length: int, kept: dict[str, onnxruntime.OrtValue], tokens: int) -> None:
        """Make buffers for `length` tokens or more, with the first `tokens` of those in `kept`."""
        self._length = min(self._context_length, max(_FIRST_LENGTH, length))
        buffers = {}
        for name, entry in self._pasts.items():
            buffer = np.zeros((self._rows, entry.shape[1], self._length, entry.shape[3]), _DTYPES[entry.type])
            if tokens:
                buffer[:, :, :tokens] = kept[name].numpy()[:, :, :tokens]  # one row becomes many alike
            buffers[name] = onnxruntime.OrtValue.ortvalue_from_numpy(buffer, self._device, 0)
        self._buffers = buffers

    def ran(self, binding: onnxruntime.IOBinding) -> None:
        """Nothing to take over: the run wrote into the buffers."""

    def trim(self, length: int) -> None:
        """Nothing to cut: what lies behind the mask is never read."""

    def copy_from(self, other: Cache, length: int) -> None:
        """Take over the first `length` tokens of another shared cache."""
        assert isinstance(other, SharedCache)  # noqa: S101  # both belong to one session
        self._allocate(length, other._buffers, length)  # noqa: SLF001
        self._bound = False

    def keep_rows(self, rows: Sequence[int], length: int) -> None:
        """Keep the first `length` tokens of these rows."""
        kept = {
            name: onnxruntime.OrtValue.ortvalue_from_numpy(buffer.numpy()[list(rows)], self._device, 0)
            for name, buffer in self._buffers.items()
        }
        self._rows = len(rows)
        self._allocate(self._length, kept, length)
        self._bound = False

    def clear(self) -> None:
        """Give back the buffers."""
        self._buffers, self._length, self._bound = {}, 0, False

    @property
    def nbytes(self) -> int:
        """Memory it takes."""
        return _nbytes(self._buffers)


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

    def bind(self, binding: onnxruntime.IOBinding, past: int, new: int) -> None:  # noqa: ARG002  # as in Cache
        """Bind the past; the run allocates the present."""
        for name, held in self._pasts.items():
            binding.bind_ortvalue_input(name, held)
            binding.bind_output(name.replace("past_key_values", "present"), self._device)

    def ran(self, binding: onnxruntime.IOBinding) -> None:
        """Make the present the past."""
        presents = binding.get_outputs()[1:]  # in the order of binding; the first is logits
        self._pasts = dict(zip(self._pasts, presents, strict=True))

    def trim(self, length: int) -> None:
        """Copy the first `length` tokens; no copy when there are no more."""
        for name, held in self._pasts.items():
            if held.shape()[2] > length:
                self._pasts[name] = self._cut(held, length)

    def copy_from(self, other: Cache, length: int) -> None:
        """Take over the first `length` tokens of another grown cache."""
        assert isinstance(other, GrownCache)  # noqa: S101  # both belong to one session
        self._pasts = {name: self._cut(held, length) for name, held in other._pasts.items()}  # noqa: SLF001

    def clear(self) -> None:
        """Give back the past."""
        self._pasts = {}

    @property
    def nbytes(self) -> int:
        """Memory it takes."""
        return _nbytes(self._pasts)

    def _cut(self, held: onnxruntime.OrtValue, length: int) -> onnxruntime.OrtValue:
        kept = np.ascontiguousarray(held.numpy()[:, :, :length])
        return onnxruntime.OrtValue.ortvalue_from_numpy(kept, self._device, 0)


def _nbytes(values: dict[str, onnxruntime.OrtValue]) -> int:
    return sum(value.tensor_size_in_bytes() for value in values.values())


def _pasts(session: onnxruntime.InferenceSession) -> dict[str, onnxruntime.NodeArg]:
    return {entry.name: entry for entry in session.get_inputs() if entry.name.startswith("past_key_values.")}

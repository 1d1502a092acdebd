"""Reads GGUF: the header becomes a `DecoderConfig`, the tensors become fp32 arrays.

The `gguf` library dequantizes every block type. A model that is split into files (`NAME-00001-of-00003.gguf`: the
header is in the first) is read from any of them. The matrices that Phi 3 has fused are given one by one, as those of
all others.
"""

import contextlib
import re
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import gguf
import numpy as np
from numpy.typing import NDArray

from desktop.errors import BrokenModel, UnsupportedModel
from desktop.models.decoder_config import DecoderConfig, check_shapes
from desktop.models.gguf_blocks import BLOCK_TYPES
from desktop.models.gguf_config import GgufHeader
from desktop.models.gguf_reader import QuickReader
from desktop.reasons import ModelReason

_PART = re.compile(r"(?P<name>.*)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf")
_MOST_PARTS = 999


def parts_of(path: Path) -> list[Path]:
    """Give all files of the model that this one is a part of, the first one first; itself when it is not split.

    Raises:
        BrokenModel: one of them is not there.
    """
    found = _PART.fullmatch(path.name)
    if found is None:
        return [path]
    count = int(found["count"])
    names = [f"{found['name']}-{number:05}-of-{count:05}.gguf" for number in range(1, min(count, _MOST_PARTS) + 1)]
    for part in names:
        if not path.with_name(part).is_file():
            raise BrokenModel(path, ModelReason.PART_MISSING(name=part))
    return [path.with_name(part) for part in names]


@dataclass(frozen=True, slots=True)
class _Rows:
    """A tensor, or some rows of one, as stored: its bytes, one row per output."""

    data: NDArray[np.uint8]
    kind: gguf.GGMLQuantizationType
    shape: tuple[int, ...]

    def part(self, start: int, end: int) -> "_Rows":
        """Give some of the rows."""
        return _Rows(self.data[start:end], self.kind, (end - start, *self.shape[1:]))


class GgufFile:
    """An open GGUF file, memory mapped until it is closed; a context that closes it.

    The arrays it gives may look into the file, and are not to be used behind `close`.

    Attributes:
        path: where it lies.
        config: the decoder's shape.

    Raises:
        BrokenModel: it is not a GGUF file, or is cut off.
        UnsupportedModel: it holds another kind of network.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._readers: list[Any] = []
        self._tensors: dict[str, _Rows] = {}
        try:
            for part in parts_of(path):
                self._open(part)
            self.config: DecoderConfig = GgufHeader(path, self.value, self._shape, self._factors).config()
            self._unfuse()
            check_shapes(path, self.config, self._shape)
        except BaseException:
            self.close()
            raise

    def _open(self, part: Path) -> None:
        try:
            reader = QuickReader(part)
        except (ValueError, IndexError, KeyError, OSError, TypeError, OverflowError, MemoryError) as error:
            traceback.clear_frames(error.__traceback__)  # the reader's, or the file stays mapped as long as the error
            raise BrokenModel(part, ModelReason.NO_GGUF()) from error
        self._readers.append(reader)
        for tensor in reader.tensors:
            shape = tuple(int(n) for n in reversed(tensor.shape))
            data = tensor.data.view(np.uint8).reshape(shape[0], -1)  # of a vector, each number is a row
            self._tensors[tensor.name] = _Rows(data, tensor.tensor_type, shape)

    def _unfuse(self) -> None:
        """Give the parts of fused matrices the names that they have where they are not fused."""
        if not self.config.family.fused:
            return
        config = self.config
        queries, keys = config.heads * config.head_dim, config.kv_heads * config.head_dim
        attention = {"attn_q": queries, "attn_k": keys, "attn_v": keys}
        for block in (f"blk.{layer}" for layer in range(config.layers)):
            for kind in ("weight", "bias"):
                self._tensors |= self._parts(f"{block}.attn_qkv.{kind}", block, kind, attention)
            gated = {"ffn_gate": config.ffn, "ffn_up": config.ffn}
            self._tensors |= self._parts(f"{block}.ffn_up.weight", block, "weight", gated)

    def _parts(self, name: str, block: str, kind: str, widths: dict[str, int]) -> dict[str, _Rows]:
        fused = self._tensors.get(name)
        if fused is None or fused.shape[0] != sum(widths.values()):
            return {}  # nothing to part: whether what is needed is there is seen afterwards
        del self._tensors[name]
        ends = np.cumsum(list(widths.values())).tolist()
        return {
            f"{block}.{part}.{kind}": fused.part(end - width, end)
            for (part, width), end in zip(widths.items(), ends, strict=True)
        }

    def _shape(self, name: str) -> tuple[int, ...] | None:
        return self._tensors[name].shape if name in self._tensors else None

    def _factors(self, name: str) -> NDArray[np.float64] | None:
        return self.tensor(name).astype(np.float64).reshape(-1) if name in self._tensors else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back; done twice does no harm."""
        self._tensors = {}
        while self._readers:
            with contextlib.suppress(BufferError):  # an array looks into it still, and closes it when it goes
                self._readers.pop().data.base.close()

    def value(self, key: str, default: Any = None) -> Any:
        """Give the header's value of `key`: a number, text, bool or list; `default` when absent.

        Raises:
            BrokenModel: the value is damaged.
        """
        field = self._readers[0].get_field(key)
        try:
            return default if field is None else field.contents()
        except (ValueError, IndexError, TypeError) as error:
            raise BrokenModel(self.path, ModelReason.UNREADABLE_VALUE(key=key)) from error

    def has(self, name: str) -> bool:
        """Tell whether a tensor of this name exists."""
        return name in self._tensors

    def tensor(self, name: str) -> NDArray[np.float32]:
        """Give a tensor, dequantized to fp32; a matrix has shape (outputs, inputs).

        Raises:
            BrokenModel: the file has no such tensor.
            UnsupportedModel: its block type is unknown.
        """
        return self.rows(name, slice(None)).reshape(self._stored(name).shape)

    def rows(self, name: str, which: slice | NDArray[np.integer[Any]]) -> NDArray[np.float32]:
        """Give some rows of a matrix, dequantized to fp32, shape (rows, inputs); raises as `tensor` does."""
        stored = self._stored(name)
        if (known := BLOCK_TYPES.get(stored.kind.name)) is not None:
            return known.weights(stored.data[which])
        try:
            values = gguf.dequantize(stored.data[which], stored.kind)
        except (NotImplementedError, KeyError) as error:
            raise UnsupportedModel(self.path, ModelReason.BLOCK_TYPE(name=name)) from error
        return np.ascontiguousarray(values, dtype=np.float32)

    def blocks(self, name: str) -> tuple[str, NDArray[np.uint8]]:
        """Give a tensor as stored: the name of its block type and its bytes, one row per output.

        Raises:
            BrokenModel: the file has no such tensor.
        """
        stored = self._stored(name)
        return str(stored.kind.name), stored.data

    def _stored(self, name: str) -> "_Rows":
        if name not in self._tensors:
            raise BrokenModel(self.path, ModelReason.TENSOR_MISSING(name=name))
        return self._tensors[name]

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(part.stat().st_size for part in parts_of(self.path))

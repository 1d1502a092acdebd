"""Reads the parts of a GGUF file: its keys, and where its tensors lie.

Format: the GGUF specification of the ggml project, versions 2 and 3, little endian. The `gguf` library reads it too,
but makes an array of each text of a vocabulary: 16 s for the 262,144 of Gemma, where this takes a fraction of one.
"""

import math
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from numpy.typing import NDArray

_TEXT, _LIST = 8, 9
_FORMS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_VERSIONS = (2, 3)
_MOST_AXES = 4
_ALIGNMENT = 32  # bytes; where the header names no other


@dataclass(frozen=True, slots=True)
class StoredRows:
    """A tensor, or some rows of one, as stored.

    Attributes:
        data: bytes, one row per output, and of a vector per number; they look into the file.
        kind: the block type.
        shape: a matrix has (outputs, inputs).
    """

    data: NDArray[np.uint8]
    kind: gguf.GGMLQuantizationType
    shape: tuple[int, ...]

    def part(self, start: int, end: int) -> "StoredRows":
        """Give some of the rows."""
        return StoredRows(self.data[start:end], self.kind, (end - start, *self.shape[1:]))


class GgufReader:
    """An open file, mapped until it is closed.

    Attributes:
        tensors: by name.

    Raises:
        ValueError: it is no GGUF file, or is cut off or damaged.
        OSError: it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._data: NDArray[np.uint8] | None = np.memmap(path, np.uint8, "r")
        try:
            self._values, self.tensors = _Parser(self._data).parts()
        except (struct.error, OverflowError, KeyError) as error:
            raise ValueError("cut off or damaged") from error

    def value(self, key: str) -> Any:
        """Give a key's value: a number, text, bool or list; None when absent.

        Raises:
            ValueError: it is a text in no encoding that is known.
        """
        value = self._values.get(key)
        if isinstance(value, bytes):
            return value.decode()
        if isinstance(value, list) and value and isinstance(value[0], bytes):
            return [text.decode() for text in value]
        return value

    def close(self) -> None:
        """Give the file back. Raises BufferError while an array looks into it: then it goes with the array."""
        self.tensors = {}
        if self._data is not None:
            mapped: Any = self._data.base
            self._data = None
            mapped.close()


class _Parser:
    """Walks through a header."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        self._data, self._at = data, 0

    def parts(self) -> tuple[dict[str, Any], dict[str, StoredRows]]:
        if self._bytes(4) != b"GGUF":
            raise ValueError("no GGUF")
        if self._number("I") not in _VERSIONS:
            raise ValueError("a version that is not known")
        tensors, keys = self._number("Q"), self._number("Q")
        values = {}
        for _ in range(keys):
            key = self._text().decode()
            values[key] = self._value(self._number("I"))
        places = [self._place() for _ in range(tensors)]
        alignment = values.get("general.alignment", _ALIGNMENT)
        if type(alignment) is not int or alignment < 1:
            raise ValueError("no alignment")
        start = -(-self._at // alignment) * alignment
        return values, {name: self._rows(start + offset, kind, shape) for name, kind, shape, offset in places}

    def _place(self) -> tuple[str, gguf.GGMLQuantizationType, tuple[int, ...], int]:
        name = self._text().decode()
        axes = self._number("I")
        if not 1 <= axes <= _MOST_AXES:
            raise ValueError("a tensor of many axes")
        shape = tuple(reversed([self._number("Q") for _ in range(axes)]))
        return name, gguf.GGMLQuantizationType(self._number("I")), shape, self._number("Q")

    def _rows(self, start: int, kind: gguf.GGMLQuantizationType, shape: tuple[int, ...]) -> StoredRows:
        block, size = gguf.GGML_QUANT_SIZES[kind]
        if shape[-1] % block or min(shape) < 1:
            raise ValueError("a row that is no whole number of blocks")
        # Of a bias, which is never quantized, each number is a row: so it can be parted as a matrix is.
        outputs, inputs = (shape[0], 1) if len(shape) == 1 and block == 1 else (math.prod(shape[:-1]), shape[-1])
        width = inputs // block * size
        end = start + outputs * width
        if end > len(self._data):
            raise ValueError("a tensor beyond the file")
        return StoredRows(self._data[start:end].reshape(outputs, width), kind, shape)

    def _value(self, kind: int) -> Any:
        if kind == _TEXT:
            return self._text()
        if kind != _LIST:
            return self._number(_FORMS[kind])
        inner, count = self._number("I"), self._number("Q")
        if inner == _TEXT:
            return [self._text() for _ in range(count)]
        form = np.dtype(_FORMS[inner]).newbyteorder("<")
        return np.frombuffer(self._bytes(count * form.itemsize), form).tolist()

    def _text(self) -> bytes:
        return self._bytes(self._number("Q"))

    def _number(self, form: str) -> Any:
        (value,) = struct.unpack_from(f"<{form}", self._data.data, self._at)
        self._at += struct.calcsize(f"<{form}")
        return value

    def _bytes(self, count: int) -> bytes:
        if count > len(self._data) - self._at:
            raise ValueError("cut off")
        found = self._data[self._at : self._at + count].tobytes()
        self._at += count
        return found

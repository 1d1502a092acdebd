"""The `gguf` package's reader, quick with long lists.

It makes two or three arrays for each of a vocabulary's 150,000 tokens and as many merges, which takes longer than the
weights of a small model.
"""

import sys
from typing import Any

import gguf
import numpy as np
from numpy.typing import NDArray

_LENGTH = 8  # bytes of the length before a string


class QuickReader(gguf.GGUFReader):  # type: ignore[misc]  # the package has no types
    """A `gguf.GGUFReader` that reads a list of numbers as one array, and strings without making arrays of them.

    Raises:
        ValueError: among those of the other, that a list is longer than the file.
    """

    def _get_field_parts(self, orig_offs: int, raw_type: int) -> Any:
        if gguf.GGUFValueType(raw_type) != gguf.GGUFValueType.ARRAY or self._is_swapped():
            return super()._get_field_parts(orig_offs, raw_type)
        head: list[NDArray[Any]] = [self._get(orig_offs, np.uint32), self._get(orig_offs + 4, np.uint64)]
        kind, count, start = gguf.GGUFValueType(head[0][0]), int(head[1][0]), orig_offs + 4 + _LENGTH
        types = [gguf.GGUFValueType.ARRAY, kind] if count else [gguf.GGUFValueType.ARRAY]
        if kind == gguf.GGUFValueType.STRING:
            end, strings = self._strings(start, count)
            return end - orig_offs, [*head, *strings], list(range(2, 2 + count)), types
        number = self.gguf_scalar_to_np.get(kind)
        if number is None:  # a list of lists
            return super()._get_field_parts(orig_offs, raw_type)
        values = self._get(start, number, count)
        if len(values) < count:
            raise ValueError("a list is longer than the file")
        return start + values.nbytes - orig_offs, [*head, values], [2], types

    def _is_swapped(self) -> bool:
        """Tell whether numbers are not as this reads them: on a big-endian machine, or in a file from one."""
        return self.byte_order == "S" or sys.byteorder != "little"

    def _strings(self, start: int, count: int) -> tuple[int, list[memoryview]]:
        """Read strings that follow each other; gives where they end."""
        file = memoryview(self.data)
        if count * _LENGTH > len(file) - start:
            raise ValueError("a list is longer than the file")
        strings = []
        for _ in range(count):
            behind = start + _LENGTH
            end = behind + int.from_bytes(file[start:behind], "little")
            if end > len(file):
                raise ValueError("a string is longer than the file")
            strings.append(file[behind:end])
            start = end
        return start, strings

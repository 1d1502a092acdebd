"""Gives the pages of a weights file back to the system once a session holds copies of its own.

ONNX Runtime maps the file and packs most matrices anew for its kernels. What it does not unmap afterwards, the scales
and the embedding, stays in memory though hardly any of it is read again: a sixth of what a model takes. What is read
is fetched from the file anew.
"""

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

_MAPS = Path("/proc/self/smaps")  # proc_pid_smaps(5)
_DONT_NEED = 4  # MADV_DONTNEED of madvise(2), <asm-generic/mman-common.h>


class MappedPart(NamedTuple):
    """A part of a file in the memory of this process.

    Attributes:
        start: its address.
        size: bytes.
        resident: bytes of it that are in memory.
        written: whether this process has changed some of it; that stands in no file.
    """

    start: int
    size: int
    resident: int
    written: bool


@contextmanager
def pages_given_back(file: Path) -> Iterator[None]:
    """Give back the pages of those parts of a file that are mapped meanwhile, where the system is Linux.

    Parts that were mapped before are another session's, which may unmap them at any time, and are left alone.
    """
    before = {part.start for part in mapped_parts(file)}
    yield
    for part in mapped_parts(file):
        if part.start not in before and part.resident and not part.written:
            ctypes.CDLL(None).madvise(ctypes.c_void_p(part.start), ctypes.c_size_t(part.size), _DONT_NEED)


def mapped_parts(file: Path) -> list[MappedPart]:
    """Find the parts of a file that are mapped; none where the system is not Linux or does not say."""
    if sys.platform != "linux":
        return []
    try:
        lines = _MAPS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []
    name, parts = str(file.resolve()), []
    start = end = resident = 0
    of_file = False
    for line in lines:
        first, *rest = line.split(maxsplit=5)
        if not first.endswith(":"):
            of_file = len(rest) == 5 and rest[4] == name
            if of_file:
                start, end = (int(address, 16) for address in first.split("-"))
        elif of_file and first == "Rss:":
            resident = int(rest[0]) * 1024
        elif of_file and first == "Anonymous:":
            parts.append(MappedPart(start, end - start, resident, int(rest[0]) > 0))
    return parts

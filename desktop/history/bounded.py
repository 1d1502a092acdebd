"""Reads and unpacks files of others within limits: a small file must not fill the memory or the disk."""

import shutil
import zipfile
from pathlib import Path
from typing import IO

from desktop.codes import Coded
from desktop.reasons import FileSize, ImportReason

MOST_RATIO = 200  # times that a part of an archive may grow; texts of conversations grow some 10 times
SMALL = 1 << 20  # bytes that may come out of any archive


class TooLarge(ValueError):
    """A file holds more than is read; the reason is that of an ImportRefused."""

    def __init__(self, reason: Coded) -> None:
        super().__init__(str(reason))
        self.reason = reason


def read_bounded(path: Path, limit: int) -> bytes:
    """Read a whole file, also one that does not know its size.

    Args:
        path: the file.
        limit: bytes.

    Raises:
        TooLarge: it has more.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        size = max(path.stat().st_size, len(content))
        raise TooLarge(ImportReason.TOO_LARGE(mib=size >> 20, limit=limit >> 20))
    return content


def check_ratio(part: zipfile.ZipInfo) -> None:
    """Raise TooLarge where a part of an archive says that it grows beyond what texts and databases do."""
    if part.file_size > max(SMALL, MOST_RATIO * part.compress_size):
        packed, unpacked = _size(part.compress_size), _size(part.file_size)
        raise TooLarge(ImportReason.GROWS(name=part.filename, packed=packed, unpacked=unpacked))


def copy_bounded(source: IO[bytes], target: IO[bytes], size: int) -> None:
    """Copy as many bytes as were announced, and raise TooLarge where there are more."""
    left = size
    while piece := source.read(min(shutil.COPY_BUFSIZE, left + 1)):  # type: ignore[attr-defined]  # since 3.8
        left -= len(piece)
        if left < 0:
            raise TooLarge(ImportReason.MORE_THAN_SAID())
        target.write(piece)


def _size(size: int) -> Coded:
    return FileSize.MIB(n=size >> 20) if size >= 1 << 20 else FileSize.BYTES(n=size)

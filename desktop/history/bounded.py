"""Reads and unpacks files of others within limits: a small file must not fill the memory or the disk."""

import shutil
import zipfile
from pathlib import Path
from typing import IO

MOST_RATIO = 200  # times that a part of an archive may grow; texts of conversations grow some 10 times
SMALL = 1 << 20  # bytes that may come out of any archive


class TooLarge(ValueError):
    """A file holds more than is read; the text ends the sentence “X was not imported: …”."""


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
        raise TooLarge(f"it has {size >> 20} MiB, and {limit >> 20} MiB is the most that is read")
    return content


def check_ratio(part: zipfile.ZipInfo) -> None:
    """Raise TooLarge where a part of an archive says that it grows beyond what texts and databases do."""
    if part.file_size > max(SMALL, MOST_RATIO * part.compress_size):
        raise TooLarge(
            f"{part.filename} in it would grow from {_size(part.compress_size)} to {_size(part.file_size)}, "
            "as no honest archive does"
        )


def copy_bounded(source: IO[bytes], target: IO[bytes], size: int) -> None:
    """Copy as many bytes as were announced, and raise TooLarge where there are more."""
    left = size
    while piece := source.read(min(shutil.COPY_BUFSIZE, left + 1)):  # type: ignore[attr-defined]  # since 3.8
        left -= len(piece)
        if left < 0:
            raise TooLarge("there is more in it than it says")
        target.write(piece)


def _size(size: int) -> str:
    return f"{size >> 20} MiB" if size >= 1 << 20 else f"{size} bytes"

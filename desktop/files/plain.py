"""Reads files whole that somebody else made or may have changed: only plain ones, and only so much of them.

A pipe may never answer and a device never end; a link or a name with any ending can lead to one.
"""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

LARGEST_TEXT = 4 << 20  # bytes of a file of settings, a manifest, a brief


class NoPlainFile(OSError):
    """It is a pipe, a device or a socket."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EINVAL, "Not a plain file", str(path))


class FileTooLarge(OSError):
    """A file holds more than is read."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EFBIG, "File too large", str(path))


def open_plain(path: Path) -> BinaryIO:
    """Open a plain file to be read, without waiting for anybody.

    Raises:
        NoPlainFile: it is something else.
        OSError: it cannot be opened, or is a folder.
    """
    file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        mode = os.fstat(file).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(mode):
            raise NoPlainFile(path)
        return os.fdopen(file, "rb")
    except BaseException:
        os.close(file)
        raise


def read_whole(path: Path, limit: int = LARGEST_TEXT) -> bytes:
    """Read a plain file.

    Raises:
        NoPlainFile: it is something else.
        FileTooLarge: it has more bytes than the limit.
        OSError: it cannot be read.
    """
    with open_plain(path) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise FileTooLarge(path)
    return content


def read_text(path: Path, limit: int = LARGEST_TEXT) -> str:
    """Read a plain file of UTF-8, whatever its lines end with. Raises as `read_whole`, and UnicodeDecodeError."""
    return read_whole(path, limit).decode().replace("\r\n", "\n").replace("\r", "\n")

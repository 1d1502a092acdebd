"""Writes a file in one step: a crash, a kill or a full disk leaves the old file or the new one, never half of one.

    content -> .NAME.XXXX.partial beside the target -> the disk -> takes the target's place -> the folder to the disk

What is written is the user's alone (0600), but for documents that he exports to a place of his choice. A link is
followed, so that whoever keeps a file elsewhere still does afterwards.
"""

import contextlib
import os
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

PARTIAL = ".partial"  # ending of what a killed process may leave


@contextlib.contextmanager
def replacing(target: Path, *, private: bool = True) -> Iterator[Path]:
    """Give a new, empty file beside `target` to write to; it takes the target's place when all went well.

    Args:
        target: in a folder that exists.
        private: nobody else may read it; else the rights are those of the file before, or the usual ones.

    Raises:
        OSError: it cannot be written; the target is as it was.
    """
    target = Path(os.path.realpath(target))
    mode = 0o600 if private else _usual_mode(target)
    partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}{PARTIAL}")
    try:
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
        yield partial
        if sys.platform != "win32" and (private or target.exists()):
            partial.chmod(mode)  # whoever wrote it may have made it anew
        make_durable(partial)
        partial.replace(target)
        with contextlib.suppress(OSError):  # it is in place; not every file system can be asked for this
            make_durable(target.parent)
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)


def write_bytes(target: Path, content: bytes) -> None:
    """Write a private file in one step, making its folder. Raises OSError; the file is as it was then."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with replacing(target) as partial:
        partial.write_bytes(content)


def write_text(target: Path, text: str) -> None:
    """Write a private text file in one step: UTF-8, its lines as they are. Raises OSError."""
    write_bytes(target, text.encode())


def make_durable(path: Path) -> None:
    """Have the system write a file, or the names in a folder, to the disk."""
    if sys.platform == "win32" and path.is_dir():
        return  # Windows has no such call for folders, and needs none
    file = os.open(path, os.O_RDONLY if sys.platform != "win32" else os.O_RDWR)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _usual_mode(target: Path) -> int:
    try:
        return target.stat().st_mode & 0o777
    except OSError:
        return 0o666  # the system takes away what the user's mask says

"""The sha256 of files, with how far it is."""

import hashlib
from collections.abc import Callable
from pathlib import Path

_HASHED = 1 << 23  # bytes between two looks at the stop: some hundredths of a second


def sha256(path: Path, read: Callable[[int], object] = lambda _bytes: None) -> str:
    """Give the sha256 of a file, hexadecimal; `read` hears how many bytes are read, and ends it by raising."""
    digest, done = hashlib.sha256(), 0
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_HASHED):
            digest.update(chunk)
            done += len(chunk)
            read(done)
    return digest.hexdigest()

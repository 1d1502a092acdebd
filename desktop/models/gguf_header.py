"""Reads the first keys of a GGUF file, and nothing else of it: for files that are only looked at.

`gguf_file.py` reads a file to convert it, which goes through its whole vocabulary; this stops before that, after
`_MOST` bytes or keys at the latest, so a folder of files is looked through in no time. Format: the GGUF specification
of the ggml project, versions 2 and 3, little endian.
"""

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

_MOST = 1 << 16  # bytes of the header that are looked at
_KEYS = 200
_LONGEST = 4096  # bytes of a text that is kept
# Type of a value -> its form for `struct`; 8 is text and 9 a list, which are looked over.
_FORMS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_TEXT, _LIST = 8, 9

Value = str | int | float | bool


class NoGguf(ValueError):
    """A file does not begin as a GGUF does."""


def read_header(path: Path) -> Mapping[str, Value]:
    """Give the keys that stand before the vocabulary, without lists and long texts.

    Raises:
        NoGguf: it is none, or of a version that is not known.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        if file.read(4) != b"GGUF":
            raise NoGguf("no GGUF")
        try:
            version, _, count = struct.unpack("<IQQ", file.read(20))
            if version not in (2, 3):
                raise NoGguf(f"version {version}")
            return _keys(file, min(count, _KEYS))
        except (struct.error, UnicodeDecodeError) as error:
            raise NoGguf("cut off or damaged") from error


def _keys(file: BinaryIO, count: int) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for _ in range(count):
        key = _text(file)
        if key is None or key.startswith("tokenizer.") or file.tell() > _MOST:
            break
        (kind,) = struct.unpack("<I", file.read(4))
        if kind == _TEXT:
            text = _text(file)
            if text is not None:
                found[key] = text
        elif kind == _LIST:
            if not _skip_list(file):
                break
        elif form := _FORMS.get(kind):
            (found[key],) = struct.unpack(f"<{form}", file.read(struct.calcsize(f"<{form}")))
        else:
            raise NoGguf(f"a value of the type {kind}")
    return found


def _text(file: BinaryIO) -> str | None:
    """Read a text; None for one too long to be kept, which is passed over."""
    (length,) = struct.unpack("<Q", file.read(8))
    if length > _LONGEST:
        if length > _MOST:
            raise NoGguf("a text that never ends")
        file.seek(length, 1)
        return None
    content = file.read(length)
    if len(content) < length:
        raise NoGguf("cut off")
    return content.decode()


def _skip_list(file: BinaryIO) -> bool:
    """Pass over a list; tells whether that was possible."""
    kind, count = struct.unpack("<IQ", file.read(12))
    if kind in _FORMS:
        file.seek(min(count * struct.calcsize(f"<{_FORMS[kind]}"), _MOST), 1)
        return int(count) < _MOST
    if kind != _TEXT or count > _KEYS:
        return False
    for _ in range(count):
        _text(file)
    return True

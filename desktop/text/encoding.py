"""Bytes of a text file as text, whatever its encoding.

    a mark at its beginning (UTF-8, -16, -32) ── zero bytes (UTF-16 and -32 without one) ── escapes (ISO-2022)
    ── UTF-8, also with some bad bytes, unless a few characters are words in GBK alone ── `legacy_encodings`

A byte that is none of the encoding becomes �, with those of the character that it damaged.
"""

import codecs
import re

from desktop.text.legacy_encodings import decode_legacy, few_chinese

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins with the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ESCAPES = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$B", "iso2022_jp"), (b"\x1b$@", "iso2022_jp"))
_BEYOND_ASCII = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_BAD = re.compile("[\udc80-\udcff]+")
_FEW = 200  # one character in so many may be damaged


class EncodingUnknown(UnicodeDecodeError):
    """It may be text, but in which encoding cannot be told."""


def decode(data: bytes) -> str:
    """Turn bytes into text.

    Raises:
        EncodingUnknown: it is in an old encoding, and which one is not clear.
        UnicodeDecodeError: it is not text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if b"\0" in data:
        return _with_zeros(data)
    for escape, encoding in _ESCAPES:
        if escape in data and data.isascii():
            return data.decode(encoding, "replace")
    try:
        text = data.decode("utf-8")
        return few_chinese(data, text) or text
    except UnicodeDecodeError as error:
        wrong = error
    text = data.decode("utf-8", "surrogateescape")
    bad = len(_BAD.findall(text))
    if len(_BEYOND_ASCII.findall(data)) >= 2 * bad and bad * _FEW <= len(data) + _FEW:
        return few_chinese(data, text) or _BAD.sub("\ufffd", text)
    if (legacy := decode_legacy(data)) is None or len(_NO_TEXT.findall(legacy)) * _FEW > len(legacy):
        if len(_NO_TEXT.findall(text)) * _FEW > len(text):
            raise wrong
        raise EncodingUnknown(wrong.encoding, data, wrong.start, wrong.end, "an unknown encoding")
    return legacy


def most_of(data: bytes, encoding: str) -> str:
    """Give a text in an encoding with � for bytes that are none of it; "" where they are more than one in a hundred."""
    text = re.sub("\ufffd+", "\ufffd", data.decode(encoding, "replace"))
    return text if text.count("\ufffd") * 100 <= len(text) else ""


def _with_zeros(data: bytes) -> str:
    """Decode text of two or four bytes a character without a mark, or of one with a damaged place.

    Raises:
        UnicodeDecodeError: it is not text.
    """
    zeros = [data[place::4].count(0) * 4 / len(data) for place in range(4)]
    candidates = []
    if min(zeros[2], zeros[3]) > 0.9 or min(zeros[0], zeros[1]) > 0.9:
        candidates.append("utf-32-le" if zeros[3] > 0.9 else "utf-32-be")
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if max(even, odd) > 0.02:
        candidates.append("utf-16-le" if odd > even else "utf-16-be")
    for encoding in candidates:
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") * _FEW <= len(text) and not _NO_TEXT.search(text):
            return text
    place = data.index(b"\0")
    if data.count(0) * 1_000 <= len(data) and not _NO_TEXT.search(text := decode(data.replace(b"\0", b"\xff"))):
        return text
    raise UnicodeDecodeError("text", data, place, place + 1, "a zero byte")

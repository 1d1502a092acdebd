"""Bytes of a text file as text, whatever its encoding."""

import re

from desktop.text.han import count_han


def decode(data: bytes) -> str:
    """Turn bytes into text: UTF-8 and UTF-16, else GB18030 where that gives Chinese, else Windows' western letters.

    Raises:
        UnicodeDecodeError: it is not text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    if b"\0" in data:
        raise UnicodeDecodeError("text", data, data.index(b"\0"), data.index(b"\0") + 1, "a zero byte")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        western = data.decode("cp1252", errors="replace")
    try:
        chinese = data.decode("gb18030")
    except UnicodeDecodeError:
        return western
    # Letters with accents come one by one between plain ones; the pairs of bytes of Chinese stand in rows.
    rows = re.findall(rb"[\x80-\xff]{4,}", data)
    return chinese if rows and count_han(chinese) >= 2 * len(rows) else western


def most_of(data: bytes, encoding: str) -> str:
    """Give a text in an encoding with � for bytes that are none of it; "" where they are more than one in a hundred."""
    text = data.decode(encoding, "replace")
    return text if text.count("\ufffd") * 100 <= len(text) else ""

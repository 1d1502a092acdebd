"""The encoding of a page: as it says itself, by the labels of the WHATWG's Encoding Standard, unless that is untrue."""

import codecs
import re

from desktop.text.encoding import decode, most_of

_NAMED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w:-]{2,40})",
    re.IGNORECASE,
)
# Labels -> the encoding that is meant by them today: each holds what the labelled one does, and more.
_MEANT = {
    **dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "x-gbk", "chinese"), "gb18030"),
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "ascii", "us-ascii", "l1", "x-user-defined"), "cp1252"),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "korean", "windows-949", "ksc5601"), "cp949"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms_kanji"), "cp932"),
    **dict.fromkeys(("iso-8859-9", "latin5", "windows-1254"), "cp1254"),
    **dict.fromkeys(("tis-620", "iso-8859-11", "windows-874"), "cp874"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "unicode"), "utf-8"),  # a page whose label is read is no UTF-16
    **dict.fromkeys(("x-cp1251",), "cp1251"),
}
_LOOKED_AT = 4096  # bytes


def page_text(data: bytes) -> str:
    """Give the text of a page.

    Raises:
        UnicodeDecodeError: it is not text.
    """
    named = _NAMED.search(data[:_LOOKED_AT])
    if named is None or data.startswith((b"\xff\xfe", b"\xfe\xff", codecs.BOM_UTF8)):
        return decode(data)
    label = (named[1] or named[2]).decode("ascii").lower()
    meant = _MEANT.get(label, label)
    try:
        text = data.decode(meant)
    except LookupError:
        return decode(data)
    except UnicodeDecodeError:
        return _valid_utf_8(data) or most_of(data, meant) or decode(data)
    if len(text) == len(data):  # one byte a character: any bytes are text in it, those of UTF-8 too
        return _valid_utf_8(data) or text
    return text


def _valid_utf_8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return ""

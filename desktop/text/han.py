"""Chinese characters: the one place that says which they are.

The names in capitals are the insides of a character class, to be put into a regular expression: f"[{HAN}]". A rare
character, as it stands in names of people and places (㛃, 𨭎, 𰻝), is as Chinese as the twenty thousand common ones.
"""

import re
import unicodedata

# Compatibility ideographs (U+F900 … and U+2F800 …): characters that Unicode holds twice.
COMPATIBILITY = "\uf900-\ufaff\U0002f800-\U0002fa1f"
# Unified ideographs with all extensions (planes 2 and 3 are kept for them), and what is written among them: 々, 〆, 〇.
HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RADICALS = "\u2e80-\u2fdf"  # parts of characters, as dictionaries name them; some PDFs have them for characters
KANA = "\u3040-\u30ff"
FULL_WIDTH = "\u3000-\u303f\uff00-\uffef"  # 、。「」 and the full-width forms of ，：！ and of Latin letters
HAN_TEXT = f"{HAN}{FULL_WIDTH}"  # what stands without blanks between

_HAN = re.compile(f"[{HAN}]")
_HAN_TEXT = re.compile(f"[{HAN_TEXT}]")


def holds_han(text: str) -> bool:
    """Tell whether there is a Chinese character anywhere in a text."""
    return _HAN.search(text) is not None


def count_han(text: str) -> int:
    """Count Chinese characters."""
    return len(_HAN.findall(text))


def without_han(text: str) -> str:
    """Give a text with a blank for each Chinese character, so that what stands between them are words."""
    return _HAN.sub(" ", text)


def begins_with_han(text: str) -> bool:
    """Tell whether a text begins with a Chinese character."""
    return _HAN.match(text) is not None


def needs_no_blank(before: str, after: str) -> bool:
    """Tell whether two texts stand without a blank between them: one ends and the other begins in Chinese."""
    return bool(_HAN_TEXT.match(before[-1:]) and _HAN_TEXT.match(after[:1]))


def is_wide(char: str) -> bool:
    """Tell whether a character takes the room of two: Chinese, Japanese, Korean and their punctuation."""
    return unicodedata.east_asian_width(char) in "WF"


def is_punctuation(char: str) -> bool:
    """Tell whether a character is punctuation or a symbol."""
    return unicodedata.category(char)[0] in "PS"


def parts_words(before: str, after: str) -> bool:
    """Tell whether marks between two characters may begin or end emphasis though CommonMark expects a space there.

    It is so between punctuation and a letter, one of them Chinese: **重点：**正文.
    See https://github.com/commonmark/commonmark-spec/issues/650.
    """
    if not before or not after or before.isspace() or after.isspace():
        return False
    return (is_wide(before) or is_wide(after)) and is_punctuation(before) != is_punctuation(after)

"""Text as it is searched: lower case, half width, and Latin, Greek and Cyrillic letters without their marks.

"resume" finds résumé, "zurich" Zürich and "strasse" Straße, however they are written: with one character for a letter
and its mark or with two (as macOS names files), with ß or a ligature of PDF. Marks of other scripts tell words apart
(が is no か) and stay. Chinese, Japanese and Korean keep their characters.
"""

import functools
import re
import unicodedata
from collections.abc import Mapping

_UNSEEN = frozenset(map(chr, (*range(32), 127)))  # control characters; NUL would end the text for SQLite
_CONTROLS = str.maketrans(dict.fromkeys(_UNSEEN, " "))
_ANY_MARKS = "[\u0300-\u036f]*"
_MARKS = re.compile("[\u0300-\u036f]+")  # Combining Diacritical Marks, which Unicode has for these three scripts
# Letters that Unicode does not take apart, and what stands for them where they cannot be typed.
_STAND_INS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ĳ": "ij",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ŧ": "t",
    "ı": "i",
    "ŋ": "n",
    "ſ": "s",
    "ς": "σ",
}
_SIZES = (2, 3)  # of what one letter stands for: ß, ﬃ
_LONGEST_RUN = 8  # letters whose ways to be written are all tried; there are 34 of ssssssss
# Where letters lie that this module takes for others than lower case and half width alone would.
_MARKED = re.compile(
    "[\u00c0-\u052f\u1d00-\u1fff\u2126-\u212b\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f\ufb00-\ufb06\U0001df00-\U0001dfff]"
)


def fold(text: str) -> str:
    """Give a text as it is searched; it may be longer or shorter than `text`, see `places_of`."""
    if text.isascii():
        return text.lower().translate(_CONTROLS)
    return text.translate({ord(letter): _fold_letter(letter) for letter in set(text)})


def places_of(text: str) -> tuple[range, range] | tuple[list[int], list[int]]:
    """Tell for each character of `fold(text)` where the letter that it comes of begins in `text`, and where it ends.

    A letter ends behind the marks that follow it.
    """
    if text.isascii() or all(len(_fold_letter(letter)) == 1 for letter in set(text)):
        return range(len(text)), range(1, len(text) + 1)
    starts: list[int] = []
    ends: list[int] = []
    for at, letter in enumerate(text):
        made = len(_fold_letter(letter))
        starts += [at] * made
        ends += [at + 1] * made
        if not made:
            for back in range(len(ends) - 1, -1, -1):
                if starts[back] != starts[-1]:
                    break
                ends[back] = at + 1
    return starts, ends


def pattern_of(wanted: str) -> re.Pattern[str]:
    """Give a pattern of all that is written in a text where it folds to what `wanted` does."""
    folded, parts, at = fold(wanted), list[str](), 0
    while at < len(folded):
        end = _end_of_run(folded, at)
        parts.append(f"(?:{'|'.join(_ways(folded[at:end]))})")
        at = end
    return re.compile("|".join(filter(None, ["".join(parts), re.escape(wanted)])), re.IGNORECASE)


def _end_of_run(folded: str, at: int) -> int:
    """Find where the letters end that single ones may stand for (ß for ss) in ways that overlap, as in sss."""
    written, end = _written(), at + 1
    for start in range(at, min(at + _LONGEST_RUN, len(folded))):
        if start >= end:
            break
        end = max([end, *(start + size for size in _SIZES if folded[start : start + size] in written)])
    return min(end, at + _LONGEST_RUN, len(folded))


def _ways(folded: str) -> list[str]:
    """Give a pattern for each way to write some letters, one by one or as what stands for several."""
    if not folded:
        return [""]
    written = _written()
    ways = [_any_of(folded[0]) + rest for rest in _ways(folded[1:])]
    for size in _SIZES:
        if len(folded) >= size and (several := written.get(folded[:size])):
            ways += [f"[{several}]{_ANY_MARKS}{rest}" for rest in _ways(folded[size:])]
    return ways


def _any_of(char: str) -> str:
    return f"[{re.escape(char + _written().get(char, ''))}]{_ANY_MARKS}"


@functools.cache
def _written() -> Mapping[str, str]:
    """Give for what letters and full-width signs fold to all that do."""
    found: dict[str, str] = {}
    for code in (*range(0xC0, 0x530), *range(0x1D00, 0x2000), *range(0xFB00, 0xFB07), *range(0xFF01, 0xFF5F)):
        letter = chr(code)
        if (folded := _fold_letter(letter)) not in ("", letter):
            found[folded] = found.get(folded, "") + letter
    return found


def may_be_marked(text: str) -> bool:
    """Tell quickly whether `text` may hold a letter with a mark; a text without is folded as ever."""
    return not text.isascii() and _MARKED.search(text) is not None


@functools.cache
def _fold_letter(letter: str) -> str:
    if _MARKS.match(letter):
        return ""
    if (stand_in := _STAND_INS.get(letter.lower())) is not None:
        return stand_in
    plain = unicodedata.normalize("NFKC", letter)
    if letter.isalpha():
        bare = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", plain)))
        plain = bare if len(bare) == 1 or (bare.isascii() and bare.isalpha()) else plain
    if len(plain) > 1 and not (_MARKED.match(letter) and plain.isascii() and plain.isalpha()):
        plain = letter
    low = plain.lower()
    low = low if len(low) == len(plain) else plain
    return low if low not in _UNSEEN else " "

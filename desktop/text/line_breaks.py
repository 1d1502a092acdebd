"""Ends of line within a paragraph of Markdown: which ones the author meant, and which only wrapped the text.

Markdown takes all for blanks, so addresses, signatures and poems become one line. One rule for all who show Markdown:

- Prose was wrapped at a width: no line has room for the word that the next one begins with. It flows.
- Lines that are all short are meant as they stand, unless they were wrapped at a narrow width.
- Among longer ones a short line is meant where what follows would have fitted behind it: a form of address before the
  letter, a signature behind it, one field a line.

Widths are those of what is seen: Chinese characters count two, marks of Markdown and addresses of links none.
"""

import re
from collections.abc import Sequence

from desktop.text.han import holds_han, is_wide

HARD_BREAK = "  "  # at the end of a line
_SHORT, _NARROW, _VERSE = 50, 30, 80  # columns
_NOT_SEEN = re.compile(r"\]\([^)\s]*\)|\]\[[^\]\s]*\]|[*_~`\\!\[\]\ue0f0]")
_FORMULA = re.compile("\ue0f1\\d+\ue0f2")
_ENDS_HARD = re.compile(r"(?: {2,}|\\|<br[ \t]*/?>[ \t]*)$", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"[.!?…][\"'”’)]*$")
_CLAUSE_ENDS = re.compile(r"[，。、；：！？—…”』」）]$")


def kept_breaks(lines: Sequence[str]) -> frozenset[int]:
    """Tell which lines of a paragraph keep the end that Markdown would take for a blank, by their places.

    Args:
        lines: as they are written, without what marks the list or the quotation that they stand in.
    """
    seen = [_NOT_SEEN.sub("", _FORMULA.sub("xxxx", _ENDS_HARD.sub("", line))).strip() for line in lines]
    if len(lines) < 2 or not all(seen):
        return frozenset()
    widths = [_width(line) for line in seen]
    widest = max(widths)
    ends = range(len(lines) - 1)
    fits = [widths[at] + _first_width(seen[at], seen[at + 1]) <= widest for at in ends]
    if widest <= _SHORT:
        meant = list(ends) if widest < _NARROW or not _is_wrapped(seen, fits) else []
    elif widest <= _VERSE and _is_verse(seen, fits):
        meant = list(ends)
    else:
        meant = [at for at in ends if fits[at] and widths[at] <= min(_SHORT, 0.7 * widest) and _begins(seen[at + 1])]
        if len(lines) > 2 and 2 * len(meant) >= len(ends) and widest <= _VERSE:  # one long line among short ones
            meant = [at for at in ends if at in meant or _begins(seen[at + 1])]
    return frozenset(at for at in meant if not _ENDS_HARD.search(lines[at]) and not _in_code(lines[: at + 1]))


def with_breaks(lines: Sequence[str]) -> list[str]:
    """Give the lines of a paragraph, with a hard break at the end of those that are meant."""
    kept = kept_breaks(lines)
    return [line.rstrip() + HARD_BREAK if at in kept else line for at, line in enumerate(lines)]


def _is_wrapped(lines: Sequence[str], fits: Sequence[bool]) -> bool:
    """Tell text that was wrapped at a narrow width from short lines: the middle of a sentence begins its lines."""
    if any(fits):
        return False
    if holds_han("".join(lines)):
        return not _mostly([_CLAUSE_ENDS.search(line) is not None for line in lines[:-1]])
    return _mostly([line[:1].islower() for line in lines[1:]])


def _is_verse(lines: Sequence[str], fits: Sequence[bool]) -> bool:
    """Tell a poem with long lines: each begins anew, hardly one is a sentence, and they have no common width."""
    if len(lines) < 3:
        return False
    if holds_han("".join(lines)):
        return all(_CLAUSE_ENDS.search(line) for line in lines[:-1])
    sentences = [_SENTENCE_ENDS.search(line) is not None for line in lines[:-1]]
    return all(map(_begins, lines)) and not _mostly(sentences) and (any(fits) or len(lines) > 3)


def _begins(line: str) -> bool:
    """Tell whether a line may begin something: no small letter stands first."""
    return not line[:1].islower()


def _mostly(facts: Sequence[bool]) -> bool:
    return 2 * sum(facts) > len(facts)


def _width(text: str) -> int:
    return sum(1 + is_wide(char) for char in text)


def _first_width(before: str, after: str) -> int:
    """Tell how much room what `after` begins with, and cannot be parted from, would take behind `before`."""
    if is_wide(after[0]):
        # A line cannot begin with punctuation, so a wrapped one may end two characters early.
        return 4 + (not is_wide(before[-1]))
    word = re.split(r"\s", after, maxsplit=1)[0]
    return 1 + _width(word)


def _in_code(lines: Sequence[str]) -> bool:
    return "".join(lines).count("`") % 2 == 1

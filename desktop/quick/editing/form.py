"""The form of a text by its lines: lists, tables, code, and the frame of a letter, which no rewriting touches."""

import re
from collections import Counter

from desktop.quick.actions.action import BecomesForm
from desktop.text.han import HAN, count_han

_LIST = re.compile(r"\s*(?:[-*+•·]|\d{1,3}[.)、]|[（(]\d{1,3}[)）])\s*\S")
_TABLE = re.compile(r"\s*\|.*\|\s*|[^|\n]+(?:\t[^\t\n]+){1,}")
_ROW = re.compile(r"\s*\|.*\|\s*\Z")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_HEADING = re.compile(r"\s*#{1,6} \S")
_FEW_WORDS, _FEW_CHARACTERS = 6, 12
_SALUTATION = re.compile(
    r"(?:dear|hi|hello|hey|good (?:morning|afternoon|evening)|to whom)\b[^.!?\n]{0,60}[,:!.]?"
    rf"|(?:尊敬的|亲爱的|各位)?[{HAN}A-Za-z·]{{1,12}}[：:]|(?:您|你|大家|各位)好[！!，,。]?",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?:kind|best|warm|many)?\s*(?:regards|wishes|thanks)|yours(?: (?:sincerely|faithfully|truly))?|"
    r"sincerely(?: yours)?|thank you|thanks(?: a lot)?|cheers|love|best|see you(?: soon)?)[,.!]?"
    r"|此致|敬礼[！!]?|祝好[！!]?|顺颂商祺[。！]?|谢谢[！!。]?",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?。！？…]")


def frame_of(line: str, *, alone: bool) -> bool:
    """Tell whether a line is the frame of a text (a salutation, a closing, a signature, a row of a table): it stays.

    Args:
        line: without its marker and the blanks around it.
        alone: it is all of the text, so it is what the user wants changed.
    """
    if alone:
        return False
    stripped = line.strip()
    if _TABLE.fullmatch(stripped) or set(stripped) <= set("-=*_|: "):
        return True
    if _SALUTATION.fullmatch(stripped) or _CLOSING.fullmatch(stripped):
        return True
    if _SENTENCE_END.search(stripped):
        return False
    han = count_han(stripped)
    return (
        han <= _FEW_CHARACTERS
        and (han > 0 or len(stripped.split()) <= _FEW_WORDS)
        and not re.search("[，,；;]", stripped)
    )


def lost_form(text: str, result: str) -> str:
    """Tell which form a result lost: how many lines of lists, tables and code there were, and are."""
    before, after = _lines(text), _lines(result)
    lost = [kind for kind, count in before.items() if after[kind] < count]
    return ", ".join(f"{kind} {before[kind]} → {after[kind]}" for kind in lost)


def wrong_form(result: str, form: BecomesForm) -> str:
    """Give the first line that is not of the form which the result must have."""
    lines = [line for line in result.splitlines() if line.strip()]
    if not form or not lines:
        return ""
    if form == "table" and len(lines) < 3:  # a heading, the line below it and a row
        return lines[0]
    is_of_it = _LIST if form == "list" else _ROW
    return next((line.strip() for line in lines if not is_of_it.match(line)), "")


def _lines(text: str) -> Counter[str]:
    """Count the lines of each form; two at least make one."""
    found: Counter[str] = Counter()
    for line in text.splitlines():
        if _FENCE.match(line):
            found["```"] += 1
        elif _HEADING.match(line):
            found["#"] += 1
        elif _TABLE.fullmatch(line):
            found["|"] += 1
        elif _LIST.match(line):
            found["-"] += 1
    return Counter({kind: count for kind, count in found.items() if count > 1 or kind == "```"})

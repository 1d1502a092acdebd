"""Says a point of the brief in a sentence of its own, without changing what it says.

The model only supplies the small words ("two trees down on Park Lane" → "Two trees are down on Park Lane."), shown some
examples. Its sentence is taken if every word of the point stands in it, in order, and nothing but small words was
added; otherwise a frame of the template's holds the point as the user wrote it.
"""

import itertools
import re
from collections.abc import Callable, Sequence

from desktop.templates.phrases import PAST, as_new, as_sentence, begins_with_verb
from desktop.templates.wording import fill

Complete = Callable[[str], str]  # a prompt that ends within a line -> the rest of the line

_SMALL_WORDS = frozenset(
    """
    a am an and also are at be been being by experience for from had has have i in is it its like of on our my that the
    there they this to us was we were will with work would you your can
    """.split()  # noqa: SIM905  # a list of forty quoted words reads worse
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|will|would|can|could|must|should|may|might|do|does|did|fell|rose|grew|went|"
    r"came|took|made|got|began|left|met|won|lost|needs?|wants?|means?|says?|loves?|learns?|hates?|burns?|brings?|takes?|"
    r"keeps?|becomes?|allows?|reduces?|saves?|shows?|helps?|costs?|gives?|makes?|starts?|ends?|"
    r"isn.t|aren.t|don.t|can.t|won.t|it.s|that.s)\b|\b(?:I|we|you|they|he|she|it)\s+\w+",
    re.IGNORECASE,
)
_WRONG = re.compile(
    r"\b(?:am|are|was|were) \d+ (?:years?|months?|weeks?|days?)(?! old)|\bam (?:a )?(?:degree|experience)\b|"
    r"^It is (?!on |at |in |by |from )"
)
# What a writer does by saying it: "thank Maria" → "I would like to thank Maria".
_SPEECH = frozenset(
    """
    ask request invite thank apologize apologise confirm cancel reschedule postpone offer suggest remind complain
    recommend propose inform resign apply accept decline congratulate welcome announce honor
    honour
    """.split()  # noqa: SIM905
)


_HAPPENED = frozenset(
    ("arrived", "broke", "happened", "stopped", "started", "came", "fell", "failed", "dropped", "leaked")
)
_COUNTS = frozenset(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "many", "some", "few"))
_SAME_IN_PAST = frozenset(("cut", "put", "set"))


def say(
    point: str,
    *,
    subject: str,
    asks: bool,
    past_tense: bool,
    examples: Sequence[str],
    frame: str,
    complete: Complete | None,
) -> str:
    """Give a point as a sentence.

    Args:
        point: as the user wrote it.
        subject: who does what a point without a subject says, e.g. "We"; "": nobody.
        asks: a point that begins with a verb is asked of the reader: "Please …".
        past_tense: what a point names was there: for stories.
        examples: "two trees down => Two trees are down."; none: the model is not asked.
        frame: holds the point where nothing better is found; `{point}`.
        complete: the model; None: it is not asked.
    """
    if _is_sentence(point):
        return as_sentence(point)
    first, _, rest = point.partition(" ")
    lower = first.lower()
    if lower in _SPEECH and subject and rest:
        return as_sentence(f"{subject} would like to {lower} {rest}")
    if lower in _HAPPENED and asks and rest:
        return as_sentence(f"It {lower} {rest}")
    if lower in ("a", "an") and past_tense:
        return as_sentence(f"There was {point}")
    if past_tense and (first.isdigit() or lower in _COUNTS):
        return as_sentence(f"There were {point}")
    if begins_with_verb(point) and subject and rest:
        past = lower.endswith("ed") or (lower in PAST and not (asks and lower in _SAME_IN_PAST))
        if past or not asks:
            return as_sentence(f"{subject} {lower} {rest}" if past else f"{subject} will {lower} {rest}")
        return as_sentence(f"Please {lower} {rest}")
    if complete and examples:
        lines = "".join(
            f"Note: {note}\nSentence: {said}\n\n" for note, _, said in (e.partition(" => ") for e in examples)
        )
        sentence = complete(f"{lines}Note: {point}\nSentence:").strip()
        if faithful(sentence, point) and _FINITE.search(sentence) and not _WRONG.search(sentence):
            return as_sentence(sentence)
    bare = point.rstrip(".!;,")
    return as_sentence(fill(frame, {"point": bare, "a_point": as_new(bare)})) if frame else as_sentence(point)


def faithful(sentence: str, point: str) -> bool:
    """Tell whether a sentence holds every word of a point in order, and else only small words."""
    if not sentence or not re.search(r"[.!?]$", sentence):
        return False
    wanted, there = _tokens(point), _tokens(sentence)
    at, added = 0, []
    for token in there:
        if at < len(wanted) and token == wanted[at]:
            at += 1
        else:
            added.append(token)
    doubled = any(one == other for one, other in itertools.pairwise(there))
    return at == len(wanted) and not doubled and len(added) <= 5 and all(token in _SMALL_WORDS for token in added)


def _is_sentence(point: str) -> bool:
    if re.search(r"[\u4e00-\u9fff]", point) or (re.search(r"[.!?]$", point) and len(point.split()) > 3):
        return True
    first = point.split()[0].lower() if point else ""
    return bool(_FINITE.search(point)) and not begins_with_verb(point) and not first.startswith(("to", "who", "that"))


def _tokens(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s.,;:!?]", text.lower())

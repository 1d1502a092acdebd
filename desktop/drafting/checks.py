"""The contract of a draft: what must be true of it, checked by code and shown to the user as one line.

Every check is a pure function of texts; `check` runs them all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from desktop.drafting.facts import missing_points
from desktop.drafting.length import Length, count
from desktop.drafting.sentences import placeholders, similarity, split_sentences
from desktop.text.han import HAN
from desktop.text.language import language_of

LOOP_TOKENS, LOOP_TIMES = 20, 3
LENGTH_TOLERANCE = 0.2
_MOSTLY = 0.7  # of a text, in the language that was asked for

_TOKEN = re.compile(f"[{HAN}]|[^\\W_]+|[^\\w\\s]")
_ENGLISH_COMMON = frozenset(
    ("the of and to a in is that it for was on are as with be this by we will you i our not").split()  # noqa: SIM905
)
_LEFTOVERS = re.compile(
    r"<\|[^|>]*\|>|</?s>|\[/?INST\]|^(?:sure|certainly|of course)[,!] |"
    r"^here (?:is|are|'s) (?:the|a|your)\b[^.\n]*:\s*$|"
    r"\bas an ai\b|points that must appear|^(?:user|assistant|system|human)\s*:|write (?:one|a) paragraph of|"
    r"^(?:好的|当然)[，,！!]|^以下是[^。\n]*[:：]\s*$|必须出现的要点|请写一段",
    re.IGNORECASE | re.MULTILINE,
)


DraftCheck = Literal["sections", "length", "loop", "language", "points", "leftovers"]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the checks found.

    Attributes:
        checks: whether each holds.
        missing_points: points that the draft does not say.
        placeholders: what is left for the user to fill, e.g. [Name].
        amount: words or characters.
        points: all that must appear.
        wishes: what was asked of the text besides, and whether it was followed; None: its reader must tell.
        own: sentences that tell nothing of the brief.
    """

    checks: dict[DraftCheck, bool]
    missing_points: tuple[str, ...]
    placeholders: tuple[str, ...]
    amount: int
    points: tuple[str, ...] = ()
    wishes: tuple[tuple[str, bool | None], ...] = ()
    own: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every check holds."""
        return all(self.checks.values())


def check(
    text: str,
    *,
    headings: Sequence[str],
    sections: Sequence[tuple[str, str]],
    length: Length,
    language: str,
    points: Sequence[str],
    prompts: Sequence[str] = (),
) -> CheckReport:
    """Hold a draft against its contract.

    Args:
        text: the whole draft.
        headings: the sections that it must have, in order; none: it is one text.
        sections: heading and text of those that it has.
        length: as asked; an amount of 0 is not checked.
        language: as asked, ISO 639-1.
        points: that must appear.
        prompts: what the model was told.
    """
    amount = count(text)
    missing = tuple(missing_points(points, text))
    checks: dict[DraftCheck, bool] = {
        "sections": has_sections(sections, headings) if headings else bool(text.strip()),
        "length": not length.amount or abs(amount - length.amount) <= LENGTH_TOLERANCE * length.amount,
        "loop": not loops(text),
        "language": in_language(text, language),
        "points": not missing,
        "leftovers": not leftovers(text, prompts),
    }
    return CheckReport(checks, missing, tuple(placeholders(text)), amount, tuple(points))


def has_sections(sections: Sequence[tuple[str, str]], headings: Sequence[str]) -> bool:
    """Tell whether the sections are those that were asked for, in order, and none is empty."""
    return [heading for heading, _ in sections] == list(headings) and all(text.strip() for _, text in sections)


def loops(text: str) -> bool:
    """Tell whether 20 tokens in a row stand there three times, or a sentence of some length twice."""
    tokens = [token.lower() for token in _TOKEN.findall(text)]
    seen: dict[tuple[str, ...], int] = {}
    for at in range(len(tokens) - LOOP_TOKENS + 1):
        span = tuple(tokens[at : at + LOOP_TOKENS])
        seen[span] = seen.get(span, 0) + 1
        if seen[span] >= LOOP_TIMES:
            return True
    sentences = [" ".join(_TOKEN.findall(sentence.lower())) for sentence in split_sentences(text)]
    long = [sentence for sentence in sentences if len(sentence.split()) >= 7]
    return len(long) != len(set(long))


def in_language(text: str, language: str) -> bool:
    """Tell whether a text is in Chinese, in English, or at least not in the other one of the two.

    Sentences count, not words: a Chinese letter about a project may be half English names, but English sentences
    around Chinese points are no Chinese letter.
    """
    if not re.search(r"[^\W\d_]", text):
        return True
    sentences = [(sentence, count(sentence)) for line in text.splitlines() for sentence in split_sentences(line)]
    chinese = sum(amount for sentence, amount in sentences if language_of(sentence) == "zh")
    share = chinese / max(1, sum(amount for _, amount in sentences))
    if language == "zh":
        return share >= _MOSTLY
    if share > 1 - _MOSTLY and language != "ja":
        return False
    words = re.findall(r"[a-z’']+", text.lower())
    if language != "en" or len(words) < 20:
        return True
    return sum(word in _ENGLISH_COMMON for word in words) >= 0.12 * len(words)


def leftovers(text: str, prompts: Sequence[str] = ()) -> list[str]:
    """Give what of the prompt, or of the model's talk about it, stands in a text."""
    found = [hit[0] for hit in _LEFTOVERS.finditer(text)]
    sentences = split_sentences(re.sub(r"\s+", " ", text))
    for prompt in prompts:
        for asked in split_sentences(prompt):
            if len(asked.split()) >= 6:
                found += [
                    sentence for sentence in sentences if similarity(asked, sentence) > 0.9 and asked[:20] in text
                ]
    return found

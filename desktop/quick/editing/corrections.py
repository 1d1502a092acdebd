"""Finds mistakes one by one: each word that may be meant otherwise is judged in its sentence, and nothing else changes.

A small model writes badly, but it tells well which of two sentences is the better English (Bryant and Briscoe 2018,
"Language Model Based Grammatical Error Correction without Annotated Training Data"). So a proposal is taken only where
it makes the sentence much likelier; what the model writes itself is only a further source of proposals.
"""

import itertools
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop.engine.interface import Judge, Judging, Message
from desktop.quick.editing.english import EnglishWords
from desktop.quick.editing.protected import protected, touches

# Sentences as a careful writer writes them; none of them is about anything.
_EXAMPLES = (
    "She doesn't like apples.",
    "The meeting has been moved to Friday.",
    "They were happy because their friends had come.",
)
# What sentences are judged behind; worth reading ahead.
CONTEXT = (
    Message("system", "You are a careful writer. You write correct English sentences."),
    *(
        message
        for example in _EXAMPLES
        for message in (Message("user", "A sentence, please."), Message("assistant", example))
    ),
    Message("user", "A sentence, please."),
)
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
# Hardly a sentence is without one of these, and they are words of no other language.
_ENGLISH = frozenset(
    """
    the and is are was were of to you we they he she it my your his our this that these have has had with for from be
    not will would can could do does did at by about there their what when
    """.split()  # noqa: SIM905
)
_COMPARATIVE = re.compile(r"\b(?:more|most) (\w{2,}(?:er|est)|worse|better|best)\b", re.IGNORECASE)
_HAVE = re.compile(r"\b((?:[cw]|sh)ould|might|must) of\b", re.IGNORECASE)
_NEGATED = re.compile(r"(?:n['’]t|\bnot|\bnever)\s+(?:\w+\s+){0,2}\Z")
_HORIZON = 5  # words behind a change that are judged with it
# Natural logarithms: how much likelier the sentence must become.
_MARGIN, _MARGIN_UNKNOWN = 2.0, 0.0
_HOPELESS = 7.0  # so much less than its margin may a change gain by itself, to be made up by the words behind it
_NEAR = 24  # characters behind a change in which another may be the better one
_UNSURE = 0.7  # a change that gains about what it must is one to look at
_FEW = 4  # words say too little of the language of a sentence
_MOST = 4  # changes of one word that are judged, the likeliest at first sight


@dataclass(frozen=True, slots=True)
class WordEdit:
    """Text between two places of a sentence becomes another; `margin` is what it must gain."""

    start: int
    end: int
    text: str
    margin: float = _MARGIN


class Corrector:
    """Corrects sentences.

    Attributes:
        judge: tells which of two sentences is likelier.
        words: where proposals come from.
        doubts: words that were nearly changed, or only just.
    """

    def __init__(self, judge: Judge, words: EnglishWords) -> None:
        self.judge, self.words = judge, words
        self.doubts: list[str] = []

    def corrected(self, sentence: str, stop: threading.Event) -> Iterator[str]:
        """Give the sentence as each mistake is found; nothing where there is none, or where it is not English."""
        if self._foreign(sentence):
            return
        with self.judge.judging(CONTEXT, stop) as judging:
            yield from self._pass(judging, sentence, 0, stop)

    def _foreign(self, sentence: str) -> bool:
        words = [word for word in _WORD.findall(sentence) if word[0].islower()]
        if len(words) < _FEW or not _ENGLISH.isdisjoint(words):
            return False
        # Lists of English words hold many of other languages: "les", "maison".
        return sum(self.words.known(word) for word in words) <= 0.8 * len(words) or not sentence.isascii()

    def _pass(
        self, judging: Judging, sentence: str, begin: int, stop: threading.Event, again: int = 1
    ) -> Iterator[str]:
        changed_from = None
        found = self._worth_judging(judging, sentence, begin)
        most = 2 * len(_WORD.findall(sentence))  # two changes could undo each other for ever
        while found and most and not stop.is_set():
            gain, best = _best(judging, sentence, found.pop(0))
            begin = best.start
            if gain > 0:
                gain, best = self._better_near(judging, sentence, (gain, best), found)
            if abs(gain) < _UNSURE:
                self.doubts.append(best.text or sentence[best.start : best.end].strip())
            if gain > 0:
                most -= 1
                sentence = _with(sentence, best)
                changed_from = best.start if changed_from is None else changed_from
                yield sentence
                begin = begin if best.start > begin else best.start + len(best.text)
                found = self._worth_judging(judging, sentence, begin)
        if changed_from is not None and again:
            # What was right beside a mistake may be wrong now: "is many reason" → "is many reasons" → "are …".
            before = [word.start() for word in _WORD.finditer(sentence) if word.start() < changed_from]
            yield from self._pass(judging, sentence, ([0] * 3 + before)[-3], stop, again - 1)

    def _better_near(
        self, judging: Judging, sentence: str, best: tuple[float, WordEdit], found: Sequence[Sequence[WordEdit]]
    ) -> tuple[float, WordEdit]:
        """Look behind a change for a better one: of "the server do" one word is wrong, and what gains more tells."""
        near = [word for word in found if word[0].start <= best[1].end + _NEAR]
        return max([best, *(_best(judging, sentence, word) for word in near)], key=lambda pair: pair[0])

    def _worth_judging(self, judging: Judging, sentence: str, begin: int) -> list[list[WordEdit]]:
        """Give the edits of each word that has some, less those that look hopeless at first sight."""
        edits = list(word_edits(self.words, sentence, begin))
        words = [list(edits_there) for _, edits_there in itertools.groupby(edits, key=lambda edit: edit.start)]
        sights = judging.first_sights(sentence, [_with(sentence, edit) for edit in edits]) if edits else []
        seen = dict(zip(edits, sights, strict=True))
        kept = ([edit for edit in word if seen[edit] > edit.margin - _HOPELESS] for word in words)
        return [sorted(word, key=lambda edit: -seen[edit])[:_MOST] for word in kept if word]


def word_edits(words: EnglishWords, sentence: str, begin: int = 0) -> Iterator[WordEdit]:
    """Give what each word may have been meant to be, but for names, addresses and code; most are worse than it is."""
    spans = protected(sentence)
    for word in _WORD.finditer(sentence, begin):
        if not touches(*word.span(), spans):
            yield from _edits(words, sentence, word)


def _edits(words: EnglishWords, sentence: str, word: re.Match[str]) -> Iterator[WordEdit]:
    start, end = word.span()
    behind = _WORD.search(sentence, end)
    following = behind[0] if behind and sentence[end : behind.start()].isspace() else ""
    first = not sentence[:start].strip("\"'“‘([ ")
    unknown = not words.known(word[0]) and not (word[0][0].isupper() and not first)
    margin = _MARGIN_UNKNOWN if unknown and word[0].islower() else _MARGIN
    for proposal in words.proposals(word[0], following, first=first):
        # A word that is said twice goes with the blank behind it.
        until = end if proposal else behind.start() if behind else end
        yield WordEdit(start, until, proposal, margin + (words.leap(word[0], proposal) if proposal else 0.0))
    if first and word[0].islower() and sentence.rstrip()[-1] in ".!?":
        yield WordEdit(start, end, word[0][0].upper() + word[0][1:], 0.0)
    if word[0] == "no" and _NEGATED.search(sentence[:start]):
        yield WordEdit(start, end, "any", 0.0)
    for pattern, other in ((_COMPARATIVE, r"\1"), (_HAVE, r"\1 have")):
        if (found := pattern.match(sentence, start)) is not None:
            yield WordEdit(start, found.end(), found.expand(other), 0.0)


def _best(judging: Judging, sentence: str, edits: Sequence[WordEdit]) -> tuple[float, WordEdit]:
    """Give the edit that gains most, and by how much more than its margin."""
    reach = _reach(sentence, max(edit.end for edit in edits))
    before = judging.likelihood(sentence[:reach])
    gains = [(judging.likelihood(_with(sentence[:reach], edit)) - before - edit.margin, edit) for edit in edits]
    return max(gains, key=lambda pair: pair[0])


def _with(sentence: str, edit: WordEdit) -> str:
    return sentence[: edit.start] + edit.text + sentence[edit.end :]


def _reach(sentence: str, end: int) -> int:
    following: Iterable[re.Match[str]] = _WORD.finditer(sentence, end)
    for number, word in enumerate(following, 1):
        if number == _HORIZON:
            return word.end()
    return len(sentence)

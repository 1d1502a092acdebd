"""Proofreads by a model that can write: its own correction, cut into the smallest changes, each judged by itself.

    sentence -> the model's correction -> changes ┐
    sentence -> words it may have been meant to be ┴> not in what is protected -> judged -> sure · doubtful · dropped

A model that corrects a text also rewords it, and misses what it has read over. So nothing of its correction stands for
having been written: a change must mend something that has a name (`mistakes`), and make the sentence likelier by as
much as its kind asks for. What gains a little less is offered and not made.
"""

import dataclasses
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from desktop.engine.interface import Judge, Judging, Message
from desktop.quick.actions.action import TextLanguage
from desktop.quick.editing.chinese_words import ChineseWords
from desktop.quick.editing.corrections import CONTEXT, word_edits
from desktop.quick.editing.diff import smallest_parts
from desktop.quick.editing.english import EnglishWords
from desktop.quick.editing.mistakes import MistakeKind, kind_of
from desktop.quick.editing.protected import ProtectedSpan, protected, touches
from desktop.text.han import holds_han

# Sentences as a careful writer writes them; none of them is about anything.
_CHINESE_EXAMPLES = ("会议改到星期五了。", "他的汉语说得很好。", "因为朋友们都来了，她非常高兴。")
_CHINESE_CONTEXT = (
    Message("system", "你是一位严谨的编辑，写的句子没有错别字和语病。"),
    *(
        message
        for example in _CHINESE_EXAMPLES
        for message in (Message("user", "请写一个句子。"), Message("assistant", example))
    ),
    Message("user", "请写一个句子。"),
)
_HORIZON = {"en": 30, "zh": 12}  # characters behind a change that are judged with it
# Natural logarithms: by how much a change that the model made itself must make the sentence likelier.
_MARGINS = {
    MistakeKind.SPELLING: 0.0,
    MistakeKind.MISTAKEN: 0.5,
    MistakeKind.AGREEMENT: 0.0,
    MistakeKind.TENSE: 0.5,
    MistakeKind.NUMBER: 0.5,
    MistakeKind.ARTICLE: 0.5,
    MistakeKind.PREPOSITION: 1.0,
    MistakeKind.PRONOUN: 1.0,
    MistakeKind.FORM: 0.5,
    MistakeKind.NEGATION: 0.0,
    MistakeKind.CAPITAL: 0.0,
    MistakeKind.APOSTROPHE: 0.0,
    MistakeKind.PUNCTUATION: 4.0,
    MistakeKind.MISSING: 2.0,
    MistakeKind.NEEDLESS: 1.0,
    MistakeKind.ORDER: 4.0,
    MistakeKind.CHARACTER: 0.0,
    MistakeKind.PARTICLE: -1.0,
    MistakeKind.MEASURE: 0.0,
}
_UNLIKE = 4.0  # what a character must gain that one neither hears nor sees for the other
_OFFERED = 2.0  # so much less than it must may a change gain, to be offered
_SLACK = {"en": 3.0, "zh": 1.0}  # so much less than its margin may a word gain at first sight
_MOST_OF_ONE = 2  # changes of one word that are judged
_MOST_WORDS = 5  # words of one sentence that are judged besides the model's changes


@dataclass(frozen=True, slots=True)
class _Change:
    """Text between two places of a sentence becomes another."""

    start: int
    end: int
    text: str
    margin: float
    slack: float = _OFFERED  # what it may lack, to be offered

    def made(self, sentence: str, shift: int = 0) -> str:
        return sentence[: self.start + shift] + self.text + sentence[self.end + shift :]


@dataclass(frozen=True, slots=True)
class Proofread:
    """What came of a sentence.

    Attributes:
        sure: with the changes that are right.
        offered: with those too that may be.
    """

    sure: str
    offered: str


class Proofreader:
    """Judges what a model would correct.

    Attributes:
        judge: tells which of two sentences is likelier.
        english: where other English words come from.
        chinese: where other characters come from.
    """

    def __init__(
        self, judge: Judge, english: EnglishWords, chinese: ChineseWords, count_tokens: Callable[[str], int]
    ) -> None:
        """Judge by a model; `count_tokens` gives the length of a text in its tokens."""
        self.judge, self.english, self.chinese = judge, english, chinese
        self._count_tokens = count_tokens
        self._usual: dict[str, bool] = {}

    def proofread(self, sentence: str, written: str, language: TextLanguage, stop: threading.Event) -> Proofread:
        """Take from a correction what is right, and find what it missed.

        Args:
            sentence: as it stands, after the rules.
            written: as the model corrected it; "" where it did not.
            language: of the sentence.
            stop: ends it; what is found by then is kept.
        """
        spans = protected(sentence)
        own = [
            self._weighed_by_sound(change, sentence)
            for change in _changes(sentence, written)
            if not touches(change.start, change.end, spans)
        ]
        sure, offered = sentence, sentence
        with self.judge.judging(CONTEXT if language == "en" else _CHINESE_CONTEXT, stop) as judging:
            judged = self._judged(judging, sentence, own, language, spans)
            shift = shift_offered = 0
            for change, certain in judged:
                if stop.is_set():
                    break
                offered = change.made(offered, shift_offered)
                shift_offered += len(change.text) - (change.end - change.start)
                if certain:
                    sure = change.made(sure, shift)
                    shift += len(change.text) - (change.end - change.start)
        return Proofread(sure, offered)

    def _weighed_by_sound(self, change: _Change, sentence: str) -> _Change:
        removed = sentence[change.start : change.end]
        if kind_of(removed, change.text) is not MistakeKind.CHARACTER or self.chinese.alike(removed, change.text):
            return change
        return dataclasses.replace(change, margin=_UNLIKE)

    def _judged(
        self,
        judging: Judging,
        sentence: str,
        own: Sequence[_Change],
        language: TextLanguage,
        spans: Sequence[ProtectedSpan],
    ) -> list[tuple[_Change, bool]]:
        """Give the changes worth making or offering, by their places; whether each is sure."""
        now, shift = sentence, 0
        found: list[tuple[_Change, bool]] = []
        for group in self._groups(judging, sentence, own, language, spans):
            if found and group[0].start < found[-1][0].end:
                continue
            reach = max(change.end for change in group) + shift + _HORIZON[language]
            before = judging.likelihood(_cut(now, reach))
            gains = [
                (judging.likelihood(_cut(change.made(now, shift), reach + _growth(change))) - before, change)
                for change in group
            ]
            gain, best = max(gains, key=lambda pair: pair[0] - pair[1].margin)
            if gain < best.margin - best.slack:
                continue
            sure = gain >= best.margin
            found.append((best, sure))
            if sure:
                now = best.made(now, shift)
                shift += _growth(best)
        return found

    def _groups(
        self,
        judging: Judging,
        sentence: str,
        own: Sequence[_Change],
        language: TextLanguage,
        spans: Sequence[ProtectedSpan],
    ) -> list[list[_Change]]:
        """Give what is to be judged, by place: changes of one place against each other."""
        places: dict[int, list[_Change]] = {change.start: [change] for change in own}
        proposed = [
            change
            for change in self._words(sentence, language, spans)
            if all(change.start == mine.start or change.end <= mine.start or mine.end <= change.start for mine in own)
        ]
        if proposed:
            sights = judging.first_sights(sentence, [change.made(sentence) for change in proposed])
            least = -_SLACK[language]
            worth = [(sight - one.margin, one) for sight, one in zip(sights, proposed, strict=True)]
            found: dict[int, list[_Change]] = {}
            for sight, change in sorted(worth, key=lambda pair: -pair[0]):
                if sight > least and (change.start in found or len(found) < _MOST_WORDS):
                    found.setdefault(change.start, []).append(change)
            for start, some in found.items():
                places.setdefault(start, []).extend(some[:_MOST_OF_ONE])
        groups = list(places.values())
        return sorted(groups, key=lambda group: group[0].start)

    def _words(self, sentence: str, language: TextLanguage, spans: Sequence[ProtectedSpan]) -> Iterator[_Change]:
        if language == "zh":
            before = self._count_tokens(sentence)
            for edit in self.chinese.edits(sentence, spans):
                change = _Change(edit.start, edit.end, edit.text, edit.margin, slack=1.0)
                # A right word is rarely more tokens than a wrong one, and of a token that a change splits the first
                # sight sees only the likely half.
                if self._is_usual(edit.text) and self._count_tokens(change.made(sentence)) <= before:
                    yield change
        else:
            for word in word_edits(self.english, sentence):
                yield _Change(word.start, word.end, word.text, word.margin, slack=1.0)

    def _is_usual(self, char: str) -> bool:
        """Tell whether a character is one token: of another, the first sight sees no more than a part."""
        if char not in self._usual:
            self._usual[char] = self._count_tokens(char) == 1
        return self._usual[char]


def _changes(sentence: str, written: str) -> Iterator[_Change]:
    """Cut a correction into its changes, each with what it must gain."""
    if not written or written == sentence:
        return
    start, end = _differing(sentence, written)
    whole = _Change(start, len(sentence) - end, written[start : len(written) - end], _MARGINS[MistakeKind.ORDER])
    if kind_of(sentence[start : whole.end], whole.text) is MistakeKind.ORDER:
        yield whole  # its pieces are nothing by themselves
        return
    at = 0
    for part in smallest_parts(sentence, written):
        start, at = at, at + len(part.removed)
        if not part.changed:
            continue
        for place, removed, added in _one_by_one(start, part.removed, part.added):
            kind = kind_of(removed, added)
            # A line of a list ends as its writer ends such lines.
            ends = not removed and place == len(sentence) and kind is MistakeKind.PUNCTUATION
            if kind is not MistakeKind.WORDING and not ends:
                yield _Change(place, place + len(removed), added, _MARGINS[kind])


def _one_by_one(start: int, removed: str, added: str) -> Iterator[tuple[int, str, str]]:
    """Cut a change of several words or characters into those of each, where there are as many before as after."""
    cut = (lambda text: list(text)) if holds_han(removed + added) else (lambda text: re.split(r"(\s+)", text))
    one, other = cut(removed), cut(added)
    same_shape = len(one) == len(other) and all(a.isspace() == b.isspace() for a, b in zip(one, other, strict=True))
    # "been broke" is mended as one, whatever its words are by themselves.
    if not same_shape or kind_of(removed, added) not in (MistakeKind.WORDING, MistakeKind.CHARACTER):
        yield start, removed, added
        return
    for before, after in zip(one, other, strict=True):
        if before != after:
            yield start, before, after
        start += len(before)


def _differing(one: str, other: str) -> tuple[int, int]:
    """Count the characters that are the same at the beginning and at the end; words are not cut."""
    most = min(len(one), len(other))
    start = next((at for at in range(most) if one[at] != other[at]), most)
    while start and one[start - 1].isascii() and one[start - 1].isalnum():
        start -= 1
    most -= start
    end = next((at for at in range(most) if one[-1 - at] != other[-1 - at]), most)
    while end and one[-end].isascii() and one[-end].isalnum():
        end -= 1
    return start, end


def _growth(change: _Change) -> int:
    return len(change.text) - (change.end - change.start)


def _cut(sentence: str, reach: int) -> str:
    """Give the sentence up to the end of a word."""
    while reach < len(sentence) and sentence[reach].isascii() and sentence[reach].isalnum():
        reach += 1
    return sentence[:reach]

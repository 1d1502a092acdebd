"""A text as it streams, looked at where each sentence ends.

    model -> pieces -> units (a sentence, or a line) -> guard -> shown
                          └ fault: the stream ends, and goes on anew from the end of the unit before

What was read stays in the KV cache, so going back costs the tokens of the refused sentence alone. After some tries the
next fact that is not told is asked for. Where all are told, the text ends, or the model is let past the sentence: that
then stands in what the model has said, and not in what is shown, so that it comes to speak of something else.
"""

import re
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop.drafting.length import count
from desktop.drafting.sentences import split_sentences
from desktop.drafting.writers.free.coverage import FactWriter, missing_facts
from desktop.drafting.writers.free.guards import Fault, SentenceGuard
from desktop.engine.interface import Engine, Message, Sampling, TextAdded

_UNIT = re.compile(r"\s*(?:[^\n]*?(?:[.!?…][\"”’)\]*_]*(?=\s)|[。！？…][”’」』）*]*)|[^\n]+(?=\n))")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|vs|e\.g|i\.e|a\.m|p\.m|Inc|Ltd)|(?:^|\s)[A-Z]|(?:^|\n)\s*\d{1,2})\.$"
)
_TRIES: Mapping[str, int] = {"empty": 1, "cliché": 2, "repeated": 1}
_NEEDLESS = ("empty", "cliché", "repeated")
_ADDRESSEE = re.compile(r"(?:Dear |Hello |Hi |尊敬的|亲爱的)?([^\n：:,，]{1,30})[：:,，]")
_GREETING = re.compile(r"\s*(?:Dear|Hello|Hi) [^\n]{0,60}|\s*(?:尊敬的|亲爱的)?[^\n，。]{0,20}[：:]?")
_MOST_TRIES = 3
_HOTTER = 0.12  # of temperature, with each try
_MOST_PASSED = 3  # sentences in a row that are let past before the text ends
_LONGEST_SHARE = 1.4  # of the length that is expected, at which a text ends with its paragraph
_PIECES_BETWEEN = 4  # looks at a sentence that is not whole


@dataclass(slots=True)
class GuardedText:
    """One text being written.

    Attributes:
        engine: the model.
        messages: the prompt.
        guard: what judges its sentences.
        sampling: how tokens are picked; its seed changes with each try.
        amount: words or characters that are expected; 0: none are.
        fact_writer: says what the text does not tell yet, where the model has nothing but talk.
        facts: what the text must tell, in order.
        shown: what passed, Markdown.
        said: what the model takes for its answer so far: what passed, and what it was let past.
        refused: how many sentences were refused, by fault; "" counts those that passed.
    """

    engine: Engine
    messages: Sequence[Message]
    guard: SentenceGuard
    sampling: Sampling
    fact_writer: FactWriter
    amount: int = 0
    shown: str = ""
    said: str = ""
    facts: Sequence[str] = ()
    refused: Counter[str] = field(default_factory=Counter)
    _sentences: list[str] = field(default_factory=list)
    _gap: str = ""  # blanks before what was let past: the next unit begins a paragraph where that did
    _within: bool = False  # what was said ends within a sentence that is let past

    def write(self, stop: threading.Event) -> Iterator[str]:
        """Write on until the text ends; gives what is shown each time that it has grown."""
        self.said = self.said or self.shown
        self._sentences = split_sentences(self.shown)
        tries, passed = 0, 0
        while not stop.is_set():
            unit, ended = "", False
            fault: Fault = ""
            for unit, fault, ended in self._units(stop, tries):  # noqa: B007  # looked at behind the loop
                if fault:
                    break
                tries = passed = 0
                yield self._take(unit)
                if self._long_enough():
                    return
            if not fault:
                return
            self.refused[fault] += 1
            tries += 1
            if tries < _TRIES.get(fault, _MOST_TRIES):
                continue
            tries, passed = 0, passed + 1
            shown = self.shown
            if not self._goes_on(unit, fault, stop, may_pass=not ended and passed < _MOST_PASSED):
                return
            if self.shown != shown:
                yield self.shown

    def _goes_on(self, unit: str, fault: Fault, stop: threading.Event, *, may_pass: bool) -> bool:
        """Do something else than what was refused for good; False where the text ends."""
        untold = missing_facts(self.facts, self.shown)
        if fault in ("name", "placeholder") and (greeting := neutral_greeting(unit, self.guard.language)):
            self._take(greeting)
        elif untold and self._speaks():
            if sentence := self.fact_writer.sentence(untold[0], self.shown, stop):
                self._take(self._led(sentence))
            self.facts = [fact for fact in self.facts if fact != untold[0]]
        elif not may_pass or (fault in _NEEDLESS and not untold):
            return False
        else:
            self.said += unit
            self._gap = self._gap or unit[: len(unit) - len(unit.lstrip())]
            self._within = _first_unit(unit + "\n") != unit
        return True

    def _speaks(self) -> bool:
        """Tell whether the text is behind its greeting and title: what it tells may stand here."""
        return bool(self._sentences) and any(re.search(r"[.!?。！？]", each) for each in self._sentences)

    def _led(self, sentence: str) -> str:
        """Give a sentence with what parts it from the text before: a blank, a paragraph, or the mark of a list."""
        last = self.shown.rstrip("\n").rsplit("\n", 1)[-1]
        if mark := re.match(r"\s*[-*] ", last):
            return f"\n{mark[0]}{sentence}"
        if not re.search(r"[.!?。！？][”’」』）)\"]*$", last.rstrip()):
            return f"\n\n{sentence}"
        return sentence if self.guard.language == "zh" else f" {sentence}"

    def _take(self, unit: str) -> str:
        """Let a unit into the text."""
        self.said += unit
        self.shown += unit if "\n" not in self._gap or unit.startswith("\n") else self._gap + unit.lstrip()
        self._gap = ""
        self._sentences.append(unit.strip())
        self.refused[""] += 1
        return self.shown

    def _units(self, stop: threading.Event, tries: int) -> Iterator[tuple[str, Fault, bool]]:
        """Give units with what is wrong with each, and whether the text ended with it; the first fault is the last."""
        messages = [*self.messages, Message("assistant", self.said)] if self.said else self.messages
        usual = self.sampling.temperature or 0.0
        sampling = replace(
            self.sampling,
            temperature=usual + _HOTTER * tries,
            seed=(self.sampling.seed or 0) + 101 * tries + len(self.said),
        )
        pending, looked = "", 0
        for event in self.engine.stream(messages, sampling, stop):
            if not isinstance(event, TextAdded):
                continue
            pending += event.text
            while unit := _first_unit(pending):
                pending, looked = pending[len(unit) :], 0
                if self._within:  # its end
                    self._within, self.said = False, self.said + unit
                    continue
                fault = self.guard.fault(unit, self._sentences)
                yield unit, fault, False
                if fault:
                    return
            looked += 1
            if looked % _PIECES_BETWEEN == 0 and not self._within and (fault := self.guard.early_fault(pending)):
                yield pending, fault, False
                return
        if stop.is_set():
            return
        if pending.strip() and not self._within:
            yield pending.rstrip(), self.guard.fault(pending, self._sentences), True

    def _long_enough(self) -> bool:
        return bool(self.amount) and count(self.shown) > _LONGEST_SHARE * self.amount


def neutral_greeting(line: str, language: str) -> str:
    """Give a greeting in the place of one that names somebody whom nobody named; "" where the line is none."""
    if not _GREETING.fullmatch(line.rstrip()):
        return ""
    before = line[: len(line) - len(line.lstrip())]
    return f"{before}您好：\n\n" if language == "zh" else f"{before}Dear Sir or Madam,\n\n"


def tidied(text: str) -> str:
    """Take out headings that have nothing below them, and blank lines in a row."""
    blocks = [block for block in re.split(r"\n{2,}", text.strip()) if block.strip()]
    if len(blocks) > 1 and blocks[-1].strip() and blocks[-1].strip() in _addressed(blocks):
        del blocks[-1]  # a letter signed by its reader
    kept: list[str] = []
    for block in reversed(blocks):
        if block.lstrip().startswith("#") and "\n" not in block and (not kept or kept[-1].lstrip().startswith("#")):
            continue
        kept.append(block)
    return "\n\n".join(reversed(kept))


def _addressed(blocks: Sequence[str]) -> list[str]:
    """Give whom the greetings of a letter name."""
    found = (
        re.fullmatch(r"(?:Dear |Hello |Hi |尊敬的|亲爱的)?([^\n：:,，]{1,30})[：:,，]", block.strip())
        for block in blocks[:3]
    )
    return [greeting[1] for greeting in found if greeting]


def _first_unit(pending: str) -> str:
    """Give the first sentence or line that is whole, with the blanks before it; "" if none is yet."""
    at = 0
    while found := _UNIT.match(pending, at):
        if found.end() == at:
            return ""
        unit = pending[: found.end()]
        if not _ABBREVIATED.search(unit):
            return unit
        at = found.end()
    return ""

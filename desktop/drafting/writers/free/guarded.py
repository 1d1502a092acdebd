"""A text as it streams, looked at where each sentence ends.

    model -> pieces -> units (a sentence, or a line) -> guard -> shown
                          └ fault: the stream ends, and goes on anew from the end of the unit before

What was read stays in the KV cache, so going back costs the tokens of the refused sentence alone. An engine that writes
versions side by side gives several sentences for the refused one, in little more time than one, and the one that tells
most stays; with others they are tried one after another. After those the next fact that is not told is asked for. Where
all are told, the text ends, or the model is let past the sentence: that then stands in what the model has said, and not
in what is shown, so that it comes to speak of something else.
"""

import contextlib
import re
import threading
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from desktop.drafting.length import count
from desktop.drafting.sentences import split_sentences
from desktop.drafting.writers.free.coverage import FactWriter, missing_facts
from desktop.drafting.writers.free.guards import GREETED, Fault, SentenceGuard
from desktop.engine.interface import Engine, Finished, Message, Sampling, TextAdded, VersionEvent, VersionWriter

_UNIT = re.compile(r"\s*(?:[^\n]*?(?:[.!?…][\"”’)\]*_]*(?=\s)|[。！？…][”’」』）*]*)|[^\n]+(?=\n))")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|vs|e\.g|i\.e|a\.m|p\.m|Inc|Ltd)|(?:^|\s)[A-Z]|(?:^|\n)\s*\d{1,2})\.$"
)
_TRIES: Mapping[str, int] = {"empty": 1, "cliché": 2, "repeated": 1}
_NEEDLESS = ("empty", "cliché", "repeated")
_GREETING = re.compile(r"\s*(?:Dear|Hello|Hi) [^\n]{0,60}|\s*(?:尊敬的|亲爱的)?[^\n，。]{0,20}[：:]?")
_MOST_TRIES = 3
_HOTTER = 0.12  # of temperature, with each try
_SIDE_BY_SIDE = 3  # sentences that are written for a refused one
_MOST_PASSED = 3  # sentences in a row that are let past before the text ends
_LONGEST_SHARE = 1.4  # of the length that is expected, at which a text ends with its paragraph
_PIECES_BETWEEN = 4  # looks at a sentence that is not whole


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence or a line, with the blanks before it, and what is wrong with it."""

    text: str
    fault: Fault
    state: Literal["begun", "whole", "last"] = "whole"  # it is still being written; it is over; the text is over


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
        before: sentences that stand elsewhere, and are not said again.
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
    before: Sequence[str] = ()
    refused: Counter[str] = field(default_factory=Counter)
    _sentences: list[str] = field(default_factory=list)
    _gap: str = ""  # blanks before what was let past: the next unit begins a paragraph where that did
    _within: bool = False  # what was said ends within a sentence that is let past

    def write(self, stop: threading.Event) -> Iterator[str]:
        """Write on until the text ends; gives what is shown each time that it has grown."""
        self.said = self.said or self.shown
        self._sentences = [*self.before, *split_sentences(self.shown)]
        passed = 0
        while not stop.is_set():
            refused: _Unit | None = None
            for unit in self._units(stop):
                if unit.fault:
                    refused = unit
                    break
                passed = 0
                yield self._take(unit.text)
                if self._long_enough():
                    return
            if refused is None:
                return
            self.refused[refused.fault] += 1
            if another := self._another(refused.fault, stop):
                passed = 0
                yield self._take(another)
                continue
            passed, shown = passed + 1, self.shown
            if stop.is_set() or not self._goes_on(refused, stop, may_pass=passed < _MOST_PASSED):
                return
            if self.shown != shown:
                yield self.shown

    def _another(self, fault: Fault, stop: threading.Event) -> str:
        """Write something else in the place of a sentence that was refused; "" where all is at fault."""
        tries = _TRIES.get(fault, _MOST_TRIES)
        if isinstance(self.engine, VersionWriter):
            return self._best_of_several(self.engine, stop) if tries > 1 else ""
        for number in range(1, tries):
            with contextlib.closing(self._units(stop, number)) as units:
                unit = next(units, _Unit("", ""))
            if not unit.fault:
                return unit.text
            self.refused[unit.fault] += 1
        return ""

    def _best_of_several(self, engine: VersionWriter, stop: threading.Event) -> str:
        """Write several sentences side by side; gives the one without fault that tells most, "" where all have one."""
        pending, done, found = dict.fromkeys(range(_SIDE_BY_SIDE), ""), set[int](), list[str]()
        options = [self._try(number + 1) for number in pending]
        for event in engine.stream_versions(self._asked(), options, stop, done):
            if not isinstance(event, VersionEvent) or event.version in done:
                continue
            number = event.version
            ended = isinstance(event.event, Finished)
            if isinstance(event.event, TextAdded):
                pending[number] += event.event.text
            unit = _first_unit(pending[number]) or (pending[number].rstrip() if ended else "")
            if unit.strip():
                if fault := self.guard.fault(unit, self._sentences):
                    self.refused[fault] += 1
                else:
                    found.append(unit)
            if unit or ended:
                done.add(number)
            if len(done) == _SIDE_BY_SIDE:
                break
        return "" if stop.is_set() else max(found, key=self.guard.told_by, default="")

    def _goes_on(self, refused: _Unit, stop: threading.Event, *, may_pass: bool) -> bool:
        """Do something else than what was refused for good; False where the text ends."""
        untold, unit, fault = missing_facts(self.facts, self.shown), refused.text, refused.fault
        if fault in ("name", "placeholder") and (greeting := neutral_greeting(unit, self.guard.language)):
            self._take(greeting)
        elif untold and self._speaks():
            old, new = self.fact_writer.mended(untold[0], self.shown, stop)
            if old:
                self.said, self.shown = (each.replace(old, new, 1) for each in (self.said, self.shown))
                self._sentences = [new if each == old else each for each in self._sentences]
            elif sentence := self.fact_writer.sentence(untold[0], self.shown, stop):
                self._take(self._led(sentence))
            self.facts = [fact for fact in self.facts if fact != untold[0]]
        elif not may_pass or refused.state == "last" or (fault in _NEEDLESS and not untold):
            return False
        else:
            self.said += unit
            self._gap = self._gap or unit[: len(unit) - len(unit.lstrip())]
            self._within = refused.state == "begun"
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

    def _units(self, stop: threading.Event, number: int = 0) -> Generator[_Unit, None, None]:
        """Give units with what is wrong with each; the first fault is the last."""
        pending, looked = "", 0
        for event in self.engine.stream(self._asked(), self._try(number), stop):
            if not isinstance(event, TextAdded):
                continue
            pending += event.text
            while unit := _first_unit(pending):
                pending, looked = pending[len(unit) :], 0
                if self._within:  # its end
                    self._within, self.said = False, self.said + unit
                    continue
                fault = self.guard.fault(unit, self._sentences)
                yield _Unit(unit, fault)
                if fault:
                    return
            looked += 1
            if looked % _PIECES_BETWEEN == 0 and not self._within and (fault := self.guard.early_fault(pending)):
                yield _Unit(pending, fault, "begun")
                return
        if stop.is_set():
            return
        if pending.strip() and not self._within:
            yield _Unit(pending.rstrip(), self.guard.fault(pending, self._sentences), "last")

    def _asked(self) -> Sequence[Message]:
        """Give the prompt, and what the model takes for its answer so far."""
        return [*self.messages, Message("assistant", self.said)] if self.said else self.messages

    def _try(self, number: int) -> Sampling:
        """Give how tokens are picked the first time (0), and each time after it."""
        heat = (self.sampling.temperature or 0.0) + _HOTTER * number
        return replace(self.sampling, temperature=heat, seed=(self.sampling.seed or 0) + 101 * number + len(self.said))

    def _long_enough(self) -> bool:
        return bool(self.amount) and count(self.shown) > _LONGEST_SHARE * self.amount


def neutral_greeting(line: str, language: str) -> str:
    """Give a greeting in the place of one that names somebody whom nobody named; "" where the line is none."""
    if not _GREETING.fullmatch(line.rstrip()):
        return ""
    before = line[: len(line) - len(line.lstrip())]
    return f"{before}您好：\n\n" if language == "zh" else f"{before}Hello,\n\n"


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
    found = (GREETED.fullmatch(block.strip()) for block in blocks[:3])
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

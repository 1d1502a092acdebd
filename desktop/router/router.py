"""Text to a route: which template serves it, how sure that is, and what its slots hold."""

import re
import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from desktop.model_ids import ENCODER_ID
from desktop.router.learning import NEAR, NEAR_BY_MEANING, Correction, Corrections, correction_now
from desktop.router.normalise import SlotValue, normalise
from desktop.router.plain_words import with_plain_words
from desktop.router.spans import Span
from desktop.text.language import WrittenLanguage, request_language

if TYPE_CHECKING:
    from desktop.router.network import Network, NetworkOutput
    from desktop.router.vectors import SentenceVectors

CHAT = "chat"
_CLOSED = ("length", "tone", "language", "period")
_ASIDE = re.compile(
    r"(?:under|below|less than|(?:no|not) more than|at most|max|up to|at least|more than|over"
    r"|不超过|不少于|不低于|不多于|至少|最多)\s*$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"(?:\bsince\s+|自从?)$", re.IGNORECASE)
_SO_FAR = re.compile("^(?:以来|至今)")
_REPORTING = ("work_report", "work_plan", "proposal", "email", "meeting_minutes", "resume")  # they count things
_BEHIND = re.compile(r"^(?:以内|以上|以下|之内|内|\s+(?:at (?:most|least)|max|or (?:less|more))\b)")


@dataclass(frozen=True, slots=True)
class FilledSlot:
    """What a slot holds.

    Attributes:
        name: of the taxonomy.
        text: the user's own words.
        start: of the words in the text, code points.
        end: one past their end.
        value: the closed value of a length, tone, language or period; None if it is not understood, or open.
    """

    name: str
    text: str
    start: int
    end: int
    value: SlotValue | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A template that would fit, with its share of belief in [0, 1]."""

    intent: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Chip:
    """What the window may offer before the message is sent.

    Attributes:
        intent: the template's id; the window knows its name.
        words: the words of the filled slots that fit on a chip, as the user wrote them.
    """

    intent: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """Where a text goes.

    Attributes:
        intent: id of the template, “chat” for none.
        confidence: how often such a route is right, in [0, 1].
        slots: what was said, in order of the text.
        language: of the request itself.
        candidates: the three likeliest, the best first.
        chip: what to offer; None for chat and below the threshold. Never more than an offer.
        learned: whether an earlier choice of the user decided.
    """

    intent: str
    confidence: float
    slots: tuple[FilledSlot, ...]
    language: WrittenLanguage
    candidates: tuple[Candidate, ...]
    chip: Chip | None
    learned: bool = False

    def values(self) -> dict[str, str]:
        """Give the words of each slot; several keywords are joined, of other slots the first counts."""
        found: dict[str, str] = {}
        for slot in self.slots:
            if slot.name not in found:
                found[slot.name] = slot.text
            elif slot.name == "keywords":
                found[slot.name] += ("、" if self.language == "zh" else ", ") + slot.text
        return found


class Router:
    """Routes texts; loads its model with the first one. Thread-safe.

    Args:
        folder: the model's.
        corrections: what the user taught; None learns nothing.
        encoder: folder of the sentence encoder, which knows better than the router's own model which texts mean the
            same; None where it is not prepared.

    Attributes:
        corrections: as above.
    """

    def __init__(self, folder: Path, corrections: Corrections | None = None, encoder: Path | None = None) -> None:
        self._folder = folder
        self.corrections = corrections
        self._encoder_folder = encoder
        self._network: Network | None = None
        self._encoder: SentenceVectors | None = None
        self._lock = threading.Lock()

    @property
    def intents(self) -> tuple[str, ...]:
        """What it can tell apart. Raises BrokenModel."""
        return self._loaded().manifest.intents

    def load(self) -> None:
        """Load the model now, so that the first route does not wait. Raises BrokenModel."""
        self._loaded()

    def route(self, text: str, today: date | None = None) -> Route:
        """Find the template and the slots of a text of any length and content.

        Args:
            text: the message as it stands in the composer.
            today: what “next week” counts from; default: the day it is.

        Raises:
            BrokenModel: the model cannot be loaded.
        """
        language: WrittenLanguage = request_language(text)
        if not re.search(r"\w", text):
            return Route(CHAT, 1.0, (), language, (Candidate(CHAT, 1.0),), None)
        network = self._loaded()
        reading = network.read(text)
        order = reading.probabilities.argsort()[::-1]
        intents = network.manifest.intents
        candidates = tuple(Candidate(intents[best], float(reading.probabilities[best])) for best in order[:3])
        intent, confidence, learned = candidates[0].intent, candidates[0].confidence, False
        taught = self._taught(text, reading)
        if taught is not None:
            intent, confidence, learned = taught[0].chosen, taught[1], True
        slots = _slots(text, reading, intent, today or date.today())  # the user's own day is meant
        offered = intent != CHAT and confidence >= network.manifest.threshold
        chip = Chip(intent, _chip_words(slots)) if offered else None
        return Route(intent, confidence, slots, language, candidates, chip, learned)

    def learn(self, text: str, chosen: str) -> None:
        """Keep that the user sent this text elsewhere; texts like it follow from now on.

        Raises:
            BrokenModel: the model cannot be loaded.
            ValueError: there is no such template.
        """
        network = self._loaded()
        if chosen not in network.manifest.intents:
            raise ValueError(f"there is no template “{chosen}”")
        if self.corrections is not None and re.search(r"\w", text):
            reading = network.read(text)
            offered = network.manifest.intents[int(reading.probabilities.argmax())]
            model, vector = self._direction(text, reading)
            self.corrections.add(correction_now(offered, chosen, model, vector))

    def _taught(self, text: str, reading: "NetworkOutput") -> tuple[Correction, float] | None:
        """Look for what the user taught of a text like this one."""
        if self.corrections is None or not self.corrections.all():
            return None
        model, vector = self._direction(text, reading)
        return self.corrections.nearest(vector, model, NEAR_BY_MEANING if model == ENCODER_ID else NEAR)

    def _direction(self, text: str, reading: "NetworkOutput") -> tuple[str, NDArray[np.float32]]:
        """Give a text's vector, and the id of the model whose it is."""
        if self._encoder_folder is not None:
            with self._lock:
                if self._encoder is None:
                    from desktop.router.vectors import SentenceVectors

                    self._encoder = SentenceVectors(self._encoder_folder)
            return ENCODER_ID, self._encoder.of([text])[0]
        return self._loaded().manifest.id, reading.vector

    def _loaded(self) -> "Network":
        with self._lock:
            if self._network is None:
                from desktop.router.network import Network

                self._network = Network(self._folder)
            return self._network


def _slots(text: str, reading: "NetworkOutput", intent: str, today: date) -> tuple[FilledSlot, ...]:
    """Fill the slots; plain chat has none."""
    if intent == CHAT:
        return ()
    slots = []
    for span in with_plain_words(text, intent, reading.spans):
        words = text[span.start : span.end]
        value = normalise(span.slot, _with_bound(text, span), today) if span.slot in _CLOSED else None
        if span.slot == "length" and value is None and intent in _REPORTING:
            continue  # “340 tickets” tells of a week, and not how long the report is to be
        slots.append(FilledSlot(span.slot, words, span.start, span.end, value))
    return tuple(slots)


def _with_bound(text: str, span: Span) -> str:
    """Add to a length the “under” before it and the 以内 behind it, to a period its “since” or 以来."""
    words = text[span.start : span.end]
    if span.slot == "period" and _SINCE.search(text, max(0, span.start - 8), span.start):
        return f"since {words}"
    if span.slot == "period" and _SO_FAR.match(text[span.end : span.end + 2]):
        return f"since {words}"
    if span.slot == "length":
        if match := _ASIDE.search(text, max(0, span.start - 16), span.start):
            words = match[0] + words
        if match := _BEHIND.match(text[span.end : span.end + 12]):
            words += match[0]
    return words


def _chip_words(slots: tuple[FilledSlot, ...], longest: int = 24) -> tuple[str, ...]:
    """Choose what fits on a chip: no pasted text, at most three, each of at most `longest` characters."""
    order = ("topic", "audience", "length", "tone", "language", "format", "period")
    chosen = [slot for slot in slots if slot.name in order and len(slot.text) <= longest and "\n" not in slot.text]
    chosen = sorted(chosen, key=lambda slot: order.index(slot.name))[:3]
    return tuple(slot.text for slot in sorted(chosen, key=lambda slot: slot.start))

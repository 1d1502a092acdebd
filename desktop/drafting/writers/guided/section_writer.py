"""Writes one section of a document.

The frame (opening, points, closing) comes from the template and the brief, and is right by construction. Between them
the model goes on from beginnings that the template gives, until the section has its length.
"""

import math
import random
import re
import threading
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

from desktop.drafting.brief import Filled
from desktop.drafting.draft import Draft, DraftSection
from desktop.drafting.facts import content_words, covered
from desktop.drafting.length import count
from desktop.drafting.prompts import Prompts, joined, tail
from desktop.drafting.sentences import split_sentences
from desktop.drafting.template.template import Localized, Section, Template
from desktop.drafting.template.wording import fill
from desktop.drafting.writers.guided.output_filter import OutputFilter, avoiding
from desktop.drafting.writers.guided.phrases import ADDRESS, as_sentence
from desktop.drafting.writers.guided.realiser import RealisationStyle, realise
from desktop.drafting.writers.guided.rejection_sampler import BESIDE_THE_TOPIC, RejectionSampler
from desktop.engine.interface import Engine, Message

_SENTENCE = {"words": 16, "characters": 28}  # about one
_PARAGRAPH = {"words": 75, "characters": 130}
_LEAST_OF_A_PARAGRAPH = 2  # sentences
_MOST_SENTENCES = 4
_SHOWN_WORDS = 700  # of a very long section, so that it fits in the context
_SPARE_TRIES = 12
_CHOOSY = 8  # beginnings that gave nothing in a row, after which what is beside the topic may stay
_SAYS_MUCH = 4  # words
_TELLING = 2  # words that carry meaning
_QUESTION = re.compile(r"(?:how|why|what|when|where|which|who|whether|the question)\b", re.IGNORECASE)
_EXPLAINING = 0.75  # of the room, for what the points are good for
_ROUNDS = 6  # through the short beginnings, where a long text needs more than the template has
_LONG = 3  # paragraphs
# May begin any sentence, and more than one of a text.
_CONNECTIVES = {
    "en": (
        "For this reason,", "In addition,", "Over time,", "In some cases,", "Besides,", "At first,", "In other words,",
        "More often,", "Sooner or later,", "For many,", "Once this is clear,", "In this situation,", "Before that,",
        "As soon as possible,", "With more time,", "On most days,", "In the beginning,", "In the meantime,", "Later,",
        "Where this is not possible,", "To begin with,", "In most places,", "For some,", "After that,", "In return,",
    ),
    "zh": ("此外，", "因此，", "随着时间推移，", "在某些情况下，", "换句话说，", "一开始，", "之后，", "同样，"),
}  # fmt: skip
_MOST_BEHIND_AN_ITEM, _MOST_BEHIND_A_POINT = 4, 6  # sentences


class DraftContext:
    """What the sections of one draft share while they are written.

    Attributes:
        template: of the draft.
        filled: its brief.
        prompts: what the model is told.
        untold: the same without the topic, to tell which sentences would fit any document.
        sampler: the model.
        stop: ends the writing.
        seed: same seed, same text.
        random: for the order of beginnings; same seed, same text.
        frame_only: the model cannot write the language: what it would add is left to the user.
        used: beginnings of sentences that stand in the draft.
        said: how many points were said in sentences.
    """

    def __init__(
        self, engine: Engine, template: Template, filled: Filled, draft: Draft, stop: threading.Event, seed: int
    ) -> None:
        self.template, self.filled, self.stop = template, filled, stop
        self.prompts = Prompts(template, filled)
        self.untold = self.prompts.without_topic()
        own = filled.variant.avoid if filled.variant else None
        avoided = (template.avoid if own is None else own).of(filled.language)
        output_filter = OutputFilter(
            known=filled.known if template.strictness == "fiction" else filled.named,
            language=filled.language,
            strictness=template.strictness,
            copied=self.prompts.texts(draft),
            forbidden=avoiding(avoided, filled.language, filled.known),
            cast=bool(filled.points),
        )
        self.sampler = RejectionSampler(engine, replace(template.sampling, lookup=""), output_filter, stop, seed=seed)
        self.seed = seed
        self.random = random.Random(seed)  # noqa: S311  # no secret
        self.frame_only = filled.language == "zh" and not self.sampler.scorer.knows_chinese()
        self.used: set[str] = set()
        self.said = 0


def write_section(context: DraftContext, draft: Draft, index: int, amount: int) -> Generator[str, None, str]:
    """Write a section, or go on where it was stopped; gives the text so far after each sentence, then the whole.

    Args:
        context: of the draft.
        draft: what is there; sections before and behind are not repeated.
        index: which section.
        amount: words or characters; 0: what the points and beginnings give.
    """
    section = _GuidedSection(context, draft, index, amount)
    yield from section.write()
    return section.text


class _GuidedSection:
    """One section while it is written."""

    def __init__(self, context: DraftContext, draft: Draft, index: int, amount: int) -> None:
        self._context, self._amount, self._draft, self._index = context, amount, draft, index
        self._filled, self._template = context.filled, context.template
        self._section = section = draft.sections[index]
        self._plan = next((each for each in context.template.sections if each.id == section.id), _own(section))
        self._asked, self._untold = context.prompts.section(draft, index), context.untold.section(draft, index)
        self._tail = tail(draft, index)
        self._others = [
            s for at, other in enumerate(draft.sections) if at != index for s in split_sentences(other.text)
        ]
        self._unit = self._filled.length.unit
        self._parts = [part for part in self._section.text.split("\n\n") if part] if self._resumed else []

    @property
    def _resumed(self) -> bool:
        return self._section.status == "partial"

    @property
    def text(self) -> str:
        return joined(self._parts)

    def write(self) -> Iterator[str]:
        language, values = self._filled.language, self._filled.values
        opening = fill(self._plan.opening.of(language), values).strip()
        empty = fill(self._plan.empty.of(language), values)
        closing = fill(self._plan.closing.of(language), values).strip()
        if opening and not self._parts:
            self._parts = opening.split("\n\n")
            yield self.text
        rest = self._amount - count(closing)
        yield from self._points(rest)
        if self._context.frame_only:
            yield from self._left_to_fill()
        else:
            yield from self._prose(rest)
        if empty and not self._parts and not self._context.stop.is_set():
            self._parts = [empty]
            yield self.text
        if closing and not self._context.stop.is_set():
            self._parts += closing.split("\n\n")
            yield self.text

    def _points(self, amount: int) -> Iterator[str]:
        """Say each point, and as far as there is room what it is good for."""
        todo = [point for point in self._section.points if not covered(point, self.text)]
        as_list = self._plan.points == "list" or (self._plan.points == "none" and bool(todo))
        said = [as_sentence(point) if as_list else "" for point in todo]
        explained = self._explained(todo, max(0, amount - count(self.text) - count(" ".join(said or todo))))
        turn = 0
        for number, point in enumerate(todo):
            if self._context.stop.is_set():
                return
            if not as_list and _literally(point, self.text):
                continue  # the model has said it since
            sentence = said[number] or self._say(point)
            if as_list:
                self._add_item(sentence)
            else:
                self._add_sentence(sentence)
            yield self.text
            left = amount - count(self.text) - count(" ".join(todo[number + 1 :]))
            for text in self._explain(sentence, explained[number], turn, left // max(1, sum(explained[number:]))):
                turn += 1
                yield text

    def _explained(self, points: Sequence[str], extra: int) -> list[int]:
        """Share sentences out that say what the points are good for: each gets one before any gets two."""
        telling = [at for at, point in enumerate(points) if _can_be_explained(point)]
        if not telling or not self._point_leads() or self._context.frame_only:
            return [0 for _ in points]
        most = _MOST_BEHIND_AN_ITEM if self._plan.points == "list" else _MOST_BEHIND_A_POINT
        whole = min(most * len(telling), round(_EXPLAINING * extra / _SENTENCE[self._unit]))
        each, more = divmod(whole, len(telling))
        return [each + (telling.index(at) < more) if at in telling else 0 for at in range(len(points))]

    def _point_leads(self) -> list[str]:
        leads = self._plan.point_leads.of(self._filled.language)
        return [filled for lead in leads if (filled := fill(lead, self._filled.values))]

    def _explain(self, point: str, sentences: int, turn: int, room: int) -> Iterator[str]:
        """Say what a point is good for: from a beginning of the template's, then as the model goes on by itself."""
        leads = self._point_leads()
        for at in range(sentences):
            in_turn = [leads[(turn + at + more) % len(leads)] for more in range(len(leads))]
            # Sections share beginnings: those that the draft has not begun with go first.
            lead = "" if at % 2 else least_begun(in_turn, self._told())
            if added := self._go_on(lead, about=[point], room=min(max(10, room), 30), sentences=1):
                self._append(added)
                yield self.text

    def _prose(self, amount: int) -> Iterator[str]:
        """Go on from the template's beginnings until the section has its length."""
        sentence = _SENTENCE[self._unit]
        leads = self._leads()
        failed = missed = 0
        while count(self.text) < amount - sentence * 0.6 and not self._context.stop.is_set():
            lead = next(leads, "")
            if not lead and self._plan.items:
                return
            room = amount - count(self.text) + sentence // 2
            most = min(_MOST_SENTENCES, self._template.sentences)
            sentences = max(1, min(most, room // sentence))
            added = self._go_on(lead, about=[], room=room, sentences=sentences, choosy=missed < _CHOOSY)
            missed = 0 if added else missed + 1
            if added:
                self._context.used.add(lead)  # one that gave nothing may serve another section
                if self._plan.items:
                    self._add_item(added)  # "Able to work in a team."
                else:
                    self._add_sentence(added)
                failed = 0
                yield self.text
            elif not lead:
                failed += 1
                if failed > _SPARE_TRIES:
                    return

    def _left_to_fill(self) -> Iterator[str]:
        """Mark what the user has to write here, in the words of the template."""
        holds = re.sub(r"^(?:本段|这是[^：]{1,4}：)|。$", "", self._section.holds)
        mark = f"【待补充：{holds}】"
        if self._leads_anything and mark not in self.text and not self._context.stop.is_set():
            self._parts.append(mark)
            yield self.text

    @property
    def _leads_anything(self) -> bool:
        return bool(self._amount and self._plan.leads.of(self._filled.language) and self._section.holds)

    def _leads(self) -> Iterator[str]:
        language, values = self._filled.language, self._filled.values
        own = [filled for lead in self._plan.leads.of(language) if (filled := fill(lead, values))]
        if self._plan.items:
            yield from (lead for lead in own * 2 if lead not in self._context.used)
            return
        more = list(self._template.more.of(language))
        self._context.random.shuffle(more)
        more.sort(key=lambda lead: len(lead.split()) < _SAYS_MUCH)  # "As a rule," may begin anything: last
        if _QUESTION.match(values.get("about", "")):
            more = [lead for lead in more if "{about}" not in lead]
        more = [filled for lead in more if (filled := fill(lead, values))]
        # What gave nothing may give something behind what was written since.
        yield from (lead for lead in (*own, *more) * 2 if lead not in self._context.used)
        short = [*_CONNECTIVES["zh" if language == "zh" else "en"], *(lead for lead in more if lead.count(" ") < 2)]
        for _ in range(_ROUNDS):
            self._context.random.shuffle(short)
            yield from short

    def _go_on(self, lead: str, *, about: list[str], room: int, sentences: int, choosy: bool = True) -> str:
        before = self._told()
        topic = self._filled.values.get("topic", "")
        # A story goes on from what happened last.
        told = self._template.strictness == "fiction" and not about
        near = [" ".join(split_sentences(self.text)[-2:])] if told else about
        return self._context.sampler.go_on(
            self._asked_for(),
            joined([self._tail, self._end]) + ("\n\n" if self._new_paragraph() and not about else ""),
            lead,
            about=[topic, self._section.holds, *about],
            before=before,
            # The lines of a list need not name the topic.
            untold=() if self._plan.items else self._untold,
            near=" ".join(near),
            sentences=sentences,
            room=room,
            # A story may go anywhere; the rest may not, as long as anything else is found.
            floor=BESIDE_THE_TOPIC if choosy and self._template.strictness != "fiction" else -math.inf,
        )

    def _told(self) -> list[str]:
        return [*self._others, *split_sentences(self.text)]

    def _asked_for(self) -> list[Message]:
        """Ask for something else in each paragraph of a long section, lest it goes in circles."""
        facets = self._template.facets.of(self._filled.language)
        paragraphs = len(self._parts) + self._new_paragraph()
        if not facets or self._amount < _LONG * _PARAGRAPH[self._unit] or paragraphs <= _LONG - 1:
            return self._asked
        facet = facets[(paragraphs + self._index) % len(facets)]
        return self._context.prompts.section(self._draft, self._index, facet)

    @property
    def _end(self) -> str:
        """Give as much of the text as the model should see: all of it, unless it is very long."""
        words = self.text.split(" ")
        return self.text if len(words) <= 2 * _SHOWN_WORDS else " ".join(words[-_SHOWN_WORDS:])

    def _say(self, point: str) -> str:
        context, language = self._context, self._filled.language
        manner = RealisationStyle(
            subject=self._template.subject.of(language),
            asks=self._template.asks,
            past_tense=self._template.strictness == "fiction",
            examples=self._template.examples.of(language),
            frames=self._plan.point_frames.of(language) or self._template.point_frames.of(language),
            reader=self._filled.values.get("reader", ""),
            told=self._told(),
        )

        def complete(begun: str) -> str:
            return context.sampler.complete_line([context.prompts.system], begun)

        def fits(sentences: Sequence[tuple[str, str]]) -> list[float] | None:
            return context.sampler.scorer.fits([Message("user", "Write a note.")], sentences)

        context.said += 1
        return realise(point, manner, turn=context.said - 1, complete=complete, fits=fits if language == "en" else None)

    def _add_item(self, sentence: str) -> None:
        if self._parts and self._parts[-1].startswith("- "):
            self._parts[-1] += f"\n- {sentence}"
        else:
            self._parts.append(f"- {sentence}")

    def _add_sentence(self, sentence: str) -> None:
        if self._new_paragraph():
            self._parts.append(sentence)
        else:
            self._append(sentence)

    def _append(self, sentence: str) -> None:
        gap = "" if self._parts[-1][-1:] in "。！？" else " "
        self._parts[-1] += f"{gap}{sentence}"

    def _new_paragraph(self) -> bool:
        if not self._parts or self._parts[-1].startswith("- "):
            return True
        there, whole = count(self._parts[-1]), _PARAGRAPH[self._unit]
        # The last sentence of a section makes no paragraph of its own.
        left = self._amount - count(self.text)
        return there >= whole and (left >= _LEAST_OF_A_PARAGRAPH * _SENTENCE[self._unit] or there >= 2 * whole)


def _literally(point: str, text: str) -> bool:
    return " ".join(point.lower().split()).rstrip(".!;,") in text.lower()


def least_begun(leads: Sequence[str], sentences: Sequence[str]) -> str:
    """Give the first of the beginnings that the fewest sentences begin with."""
    return min(leads, key=lambda lead: sum(sentence.startswith(lead) for sentence in sentences))


def _can_be_explained(point: str) -> bool:
    """Tell whether more can be said of a point than of an address, a price or a quotation."""
    quoted = re.search(r"[\"“”«»`]", point)
    return not quoted and not ADDRESS.search(point) and (len(content_words(point)) >= _TELLING or not point.isascii())


def _own(section: DraftSection) -> Section:
    """Treat a section of the user's own as one that takes points as a list."""
    both = Localized(section.heading, section.heading)
    return Section(section.id, both, Localized(section.holds, section.holds), 1, "list")

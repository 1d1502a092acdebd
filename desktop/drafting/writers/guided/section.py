"""Writes one section of a document.

Opening, points and closing come from the template and the brief, and are right by construction. Between them the model
goes on from prefixes (beginnings of sentences) that the template gives, until the section has its length.
"""

import math
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.drafting.draft import DraftSection
from desktop.drafting.english import ADDRESS, as_sentence
from desktop.drafting.facts import content_words, covered
from desktop.drafting.length import count
from desktop.drafting.prompts import Prompts, joined, tail
from desktop.drafting.sentences import split_sentences
from desktop.drafting.template.template import Section
from desktop.drafting.template.wording import Localized, fill, is_filled
from desktop.drafting.writers.guided.realiser import RealisationStyle, realise
from desktop.drafting.writers.guided.rejection_sampler import OFF_TOPIC, RejectionSampler, SentenceRequest
from desktop.drafting.writers.section_writer import DraftContext, SectionTask
from desktop.engine.interface import Message

_SENTENCE = {"words": 16, "characters": 28}  # about one
_PARAGRAPH = {"words": 75, "characters": 130}
_LEAST_OF_A_PARAGRAPH = 2  # sentences
_MOST_SENTENCES = 4
_SHOWN_WORDS = 700  # of a very long section, so that it fits in the context
_SPARE_TRIES = 12
_STRICT_TRIES = 8  # prefixes that gave nothing in a row, after which what is beside the topic may stay
_LONG_PREFIX = 4  # words
_MEANINGFUL_WORDS = 2  # words that carry meaning
_QUESTION = re.compile(r"(?:how|why|what|when|where|which|who|whether|the question)\b", re.IGNORECASE)
_EXPLAINED_SHARE = 0.75  # of the room, for what the points are good for
_ROUNDS = 6  # through the short prefixes, where a long text needs more than the template has
_LONG = 3  # paragraphs
_MOST_BEHIND_AN_ITEM, _MOST_BEHIND_A_POINT = 4, 6  # sentences


@dataclass(slots=True)
class GuidedProgress:
    """What the sections of one draft share while they are written.

    Attributes:
        context: of the draft.
        prompts: its messages.
        prompts_without_topic: the same without the topic, to tell which sentences would fit any document.
        sampler: gives sentences.
        random: for the order of prefixes.
        only_marks: the model cannot write the language: where it would write, a mark says what the user has to.
        used: prefixes that sentences of the draft begin with.
        points_realised: how many points were made sentences.
    """

    context: DraftContext
    prompts: Prompts
    prompts_without_topic: Prompts
    sampler: RejectionSampler
    random: random.Random
    only_marks: bool
    used: set[str] = field(default_factory=set)
    points_realised: int = 0


class GuidedSection:
    """One section while it is written."""

    def __init__(self, progress: GuidedProgress, task: SectionTask) -> None:
        self._progress, self._task, self._section = progress, task, task.section
        self._filled, self._template = progress.context.filled, progress.context.template
        self._stop = progress.context.stop
        self._bank = self._template.phrase_bank
        self._phrases = self._bank.of_section(self._section.id)
        planned = (each for each in self._template.sections if each.id == self._section.id)
        self._plan = next(planned, None) or _own(self._section)
        draft, index = task.draft, task.index
        self._messages = progress.prompts.section(draft, index)
        self._without_topic = progress.prompts_without_topic.section(draft, index)
        self._tail = tail(draft, index)
        others = (other.text for at, other in enumerate(draft.sections) if at != index)
        self._others = [sentence for text in others for sentence in split_sentences(text)]
        self._unit = self._filled.length.unit
        resumed = self._section.status == "partial"
        self._parts = [part for part in self._section.text.split("\n\n") if part] if resumed else []

    @property
    def text(self) -> str:
        """What is there so far."""
        return joined(self._parts)

    def write(self) -> Iterator[str]:
        """Write it, or go on where it was stopped; gives the text so far after each sentence."""
        language, values = self._filled.language, self._filled.values
        opening = fill(self._plan.opening.of(language), values).strip()
        empty = fill(self._plan.empty.of(language), values)
        closing = fill(self._plan.closing.of(language), values).strip()
        if opening and not self._parts:
            self._parts = opening.split("\n\n")
            yield self.text
        rest = self._task.amount - count(closing)
        yield from self._points(rest)
        if self._progress.only_marks:
            yield from self._marked()
        elif opening and not values.get("about") and self._plan.points == "none":
            pass  # nobody said what it is about: the points say it, and nothing comes between greeting and them
        else:
            yield from self._prose(rest)
        if empty and not self._parts and not self._stop.is_set():
            self._parts = [empty]
            yield self.text
        if closing and not self._stop.is_set():
            self._parts += closing.split("\n\n")
            yield self.text

    def _points(self, amount: int) -> Iterator[str]:
        """Say each point, and as far as there is room what it is good for."""
        todo = [point for point in self._section.points if not covered(point, self.text)]
        as_list = self._plan.points == "list" or (self._plan.points == "none" and bool(todo))
        items = [as_sentence(point) if as_list else "" for point in todo]
        explained = self._explained(todo, max(0, amount - count(self.text) - count(" ".join(items or todo))))
        turn = 0
        for number, point in enumerate(todo):
            if self._stop.is_set():
                return
            if not as_list and _literally(point, self.text):
                continue  # the model has said it since
            sentence = items[number] or self._realised(point)
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
        meaningful = [at for at, point in enumerate(points) if _can_be_explained(point)]
        if not meaningful or not self._point_prefixes() or self._progress.only_marks:
            return [0 for _ in points]
        most = _MOST_BEHIND_AN_ITEM if self._plan.points == "list" else _MOST_BEHIND_A_POINT
        whole = min(most * len(meaningful), round(_EXPLAINED_SHARE * extra / _SENTENCE[self._unit]))
        each, more = divmod(whole, len(meaningful))
        return [each + (meaningful.index(at) < more) if at in meaningful else 0 for at in range(len(points))]

    def _point_prefixes(self) -> list[str]:
        prefixes = self._phrases.point_prefixes.of(self._filled.language)
        return [filled for prefix in prefixes if (filled := _filled(prefix, self._filled.values))]

    def _explain(self, point: str, sentences: int, turn: int, room: int) -> Iterator[str]:
        """Say what a point is good for: from a prefix of the template's, then as the model goes on by itself."""
        prefixes = self._point_prefixes()
        for at in range(sentences):
            in_turn = [prefixes[(turn + at + more) % len(prefixes)] for more in range(len(prefixes))]
            # Sections share prefixes: those that the draft has not begun with go first.
            prefix = "" if at % 2 else least_begun(in_turn, self._sentences())
            if added := self._continue(prefix, point=point, room=min(max(10, room), 30), sentences=1):
                self._append(added)
                yield self.text

    def _prose(self, amount: int) -> Iterator[str]:
        """Go on from the template's prefixes until the section has its length."""
        sentence = _SENTENCE[self._unit]
        prefixes = self._prefixes()
        failed = missed = 0
        while count(self.text) < amount - sentence * 0.6 and not self._stop.is_set():
            prefix = next(prefixes, "")
            if not prefix and self._plan.items:
                return
            room = amount - count(self.text) + sentence // 2
            most = min(_MOST_SENTENCES, self._bank.sentences_per_prefix)
            sentences = max(1, min(most, room // sentence))
            added = self._continue(prefix, room=room, sentences=sentences, strict=missed < _STRICT_TRIES)
            missed = 0 if added else missed + 1
            if added:
                self._progress.used.add(prefix)  # one that gave nothing may serve another section
                if self._plan.items:
                    self._add_item(added)  # "Able to work in a team."
                else:
                    self._add_sentence(added)
                failed = 0
                yield self.text
            elif not prefix:
                failed += 1
                if failed > _SPARE_TRIES:
                    return

    def _marked(self) -> Iterator[str]:
        """Mark what the user has to write here, in the words of the template."""
        instruction = re.sub(r"^(?:本段|这是[^：]{1,4}：)|。$", "", self._section.instruction)
        mark = f"【待补充：{instruction}】"
        prose_expected = (
            self._task.amount and self._phrases.prefixes.of(self._filled.language) and self._section.instruction
        )
        if prose_expected and mark not in self.text and not self._stop.is_set():
            self._parts.append(mark)
            yield self.text

    def _prefixes(self) -> Iterator[str]:
        language, values = self._filled.language, self._filled.values
        own = [filled for prefix in self._phrases.prefixes.of(language) if (filled := _filled(prefix, values))]
        if self._plan.items:
            yield from (prefix for prefix in own * 2 if prefix not in self._progress.used)
            return
        more = list(self._bank.prefixes.of(language))
        self._progress.random.shuffle(more)
        more.sort(key=lambda prefix: len(prefix.split()) < _LONG_PREFIX)  # "As a rule," may begin anything: last
        if _QUESTION.match(values.get("about", "")):
            more = [prefix for prefix in more if "{about}" not in prefix]
        more = [filled for prefix in more if (filled := _filled(prefix, values))]
        # What gave nothing may give something behind what was written since.
        yield from (prefix for prefix in (*own, *more) * 2 if prefix not in self._progress.used)
        connectives = self._template.common_phrases.connectives.of(language)
        short = [*connectives, *(prefix for prefix in more if prefix.count(" ") < 2)]
        for _ in range(_ROUNDS):
            self._progress.random.shuffle(short)
            yield from short

    def _continue(self, prefix: str, *, point: str = "", room: int, sentences: int, strict: bool = True) -> str:
        """Have the model go on from a prefix, to explain a point where there is one; gives what it added, or ""."""
        fiction = self._template.strictness == "fiction"
        request = SentenceRequest(
            messages=self._messages_for_paragraph(),
            written=joined([self._tail, self._end]) + ("\n\n" if self._new_paragraph() and not point else ""),
            prefix=prefix,
            topics=[self._filled.values.get("topic", ""), self._section.instruction, *([point] if point else [])],
            before=self._sentences(),
            # The lines of a list need not name the topic.
            without_topic=() if self._plan.items else self._without_topic,
            # A story goes on from what happened last.
            context=" ".join(split_sentences(self.text)[-2:]) if fiction and not point else point,
            sentences=sentences,
            room=room,
            # A story may go anywhere; the rest may not, as long as anything else is found.
            lowest_score=OFF_TOPIC if strict and not fiction else -math.inf,
        )
        return self._progress.sampler.continue_text(request)

    def _sentences(self) -> list[str]:
        return [*self._others, *split_sentences(self.text)]

    def _messages_for_paragraph(self) -> list[Message]:
        """Ask for something else in each paragraph of a long section, lest it goes in circles."""
        aspects = self._bank.aspects.of(self._filled.language)
        paragraphs = len(self._parts) + self._new_paragraph()
        if not aspects or self._task.amount < _LONG * _PARAGRAPH[self._unit] or paragraphs <= _LONG - 1:
            return self._messages
        aspect = aspects[(paragraphs + self._task.index) % len(aspects)]
        return self._progress.prompts.section(self._task.draft, self._task.index, aspect)

    @property
    def _end(self) -> str:
        """Give as much of the text as the model should see: all of it, unless it is very long."""
        words = self.text.split(" ")
        return self.text if len(words) <= 2 * _SHOWN_WORDS else " ".join(words[-_SHOWN_WORDS:])

    def _realised(self, point: str) -> str:
        """Make a sentence of a point."""
        language, sampler = self._filled.language, self._progress.sampler
        style = RealisationStyle(
            subject=self._bank.subject.of(language),
            verbs_are_requests=self._bank.verbs_are_requests,
            past_tense=self._template.strictness == "fiction",
            examples=self._bank.point_examples.of(language),
            frames=self._phrases.point_frames.of(language) or self._bank.point_frames.of(language),
            reader=self._filled.values.get("reader", ""),
            advice_frames=self._template.common_phrases.advice_frames.of(language),
            plain_frames=self._template.common_phrases.plain_frames.of(language),
            before=self._sentences(),
        )

        def complete(line: str) -> str:
            return sampler.complete_line([self._progress.prompts.system], line)

        def likelihoods(sentences: Sequence[tuple[str, str]]) -> list[float] | None:
            return sampler.scorer.ending_likelihoods([Message("user", "Write a note.")], sentences)

        turn = self._progress.points_realised
        self._progress.points_realised += 1
        return realise(
            point, style, turn=turn, complete=complete, likelihoods=likelihoods if language == "en" else None
        )

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
        left = self._task.amount - count(self.text)
        return there >= whole and (left >= _LEAST_OF_A_PARAGRAPH * _SENTENCE[self._unit] or there >= 2 * whole)


def _filled(prefix: str, values: Mapping[str, str]) -> str:
    """Fill a prefix; "" where it speaks of what the brief does not say, such as its topic."""
    return fill(prefix, values) if is_filled(prefix, values) else ""


def _literally(point: str, text: str) -> bool:
    return " ".join(point.lower().split()).rstrip(".!;,") in text.lower()


def least_begun(prefixes: Sequence[str], sentences: Sequence[str]) -> str:
    """Give the first of the prefixes that the fewest sentences begin with."""
    return min(prefixes, key=lambda prefix: sum(sentence.startswith(prefix) for sentence in sentences))


def _can_be_explained(point: str) -> bool:
    """Tell whether more can be said of a point than of an address, a price or a quotation."""
    quoted = re.search(r"[\"“”«»`]", point)
    return (
        not quoted
        and not ADDRESS.search(point)
        and (len(content_words(point)) >= _MEANINGFUL_WORDS or not point.isascii())
    )


def _own(section: DraftSection) -> Section:
    """Treat a section of the user's own as one that takes points as a list."""
    both = Localized(section.heading, section.heading)
    return Section(section.id, both, Localized(section.instruction, section.instruction), 1, "list")

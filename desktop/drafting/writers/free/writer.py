"""The free writer: a document in one go, from the request as it stands and a worked example of its form.

request ──▶ scene and example ──▶ prompt ──▶ guarded text ──▶ what is still untold put in ──▶ closing, tidied
"""

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.drafting.author import Author
from desktop.drafting.brief import Filled
from desktop.drafting.draft import Draft, DraftSection
from desktop.drafting.length import says_length
from desktop.drafting.request import RequestParts, read_request, signature_of
from desktop.drafting.scenes.library import SceneLibrary
from desktop.drafting.scenes.meaning import Vectors
from desktop.drafting.scenes.scene import Example, Scene
from desktop.drafting.sentences import split_sentences
from desktop.drafting.template.template import Template
from desktop.drafting.writers.free.coverage import (
    FactWriter,
    behind_the_rest,
    closing_of,
    inserted,
    missing_facts,
    signed,
    worth_a_line,
)
from desktop.drafting.writers.free.guarded import GuardedText, tidied
from desktop.drafting.writers.free.guards import SentenceGuard, speaks_to_its_subject
from desktop.drafting.writers.free.prompt import FreePrompt, WorkedExample
from desktop.drafting.writers.section_writer import DraftContext, SectionTask
from desktop.engine.interface import Engine, Message, Sampling

WHOLE = "text"  # id of the section that holds a document written in one go
_FACTUAL, _OTHERS = 0.4, 0.7  # temperature
_TOP_P, _TOP_K = 0.8, 20
_TOKENS_A_WORD, _LEAST_TOKENS = 3, 300  # at most
_LETTERS = ("email",)
_TONE = {"en": "Tone: {tone}", "zh": "语气：{tone}"}
_PLAIN = (
    "work_report",
    "work_plan",
    "meeting_minutes",
    "proposal",
    "marketing_copy",
)  # what the user notes may stand there as it is
_AGAIN = {
    "en": "Write the part “{heading}” of this text again{how}. Only that part, without its heading.",
    "zh": "请把其中“{heading}”这一部分重写一遍{how}。只写这一部分，不写标题。",
}
_MORE = {
    "en": "This may be fuller. Write two or three more sentences that fit: a reason, an explanation or an offer, in "
    "general words, without figures, names or dates that were not given. Only these sentences.",
    "zh": "这篇文字可以再充实一些。请再写两三句合适的话：原因、说明或表态，"
    "用概括的说法，不写没有给出的数字、人名和日期。只写这几句。",
}
_SUGGESTED = (40, 70)  # words, Chinese characters
_HOW = {"longer": {"en": ", in more detail", "zh": "，写得详细一些"}, "": {"en": "", "zh": ""}}


@dataclass(frozen=True, slots=True)
class Examples:
    """Where worked examples come from.

    Attributes:
        scenes: the library.
        vectors: loads what finds by meaning when it is first wanted; gives None where words alone must do.
    """

    scenes: SceneLibrary
    vectors: Callable[[], Vectors | None] = lambda: None

    def of(self, request: str, template_id: str, language: str, chosen: str = "") -> tuple[Scene, Example] | None:
        """Give the scene of a request and its nearest example.

        Args:
            request: the user's own words.
            template_id: of the draft.
            language: of the text.
            chosen: id of the scene that the user chose; "": the nearest is taken.
        """
        scene = self.scenes.scene(chosen) if chosen else None
        if scene is not None and (own := self.scenes.examples_of(scene, request, language)):
            return scene, own[0]
        return self.scenes.nearest(request, template_id, language, self.vectors())


class FreeWriter:
    """A `SectionWriter` for a model that can write."""

    def __init__(self, examples: Examples | None, author: Author) -> None:
        """Be ready; without examples the model has the request alone."""
        self._examples, self._author, self._refused = examples, author, Counter[str]()

    @property
    def refused(self) -> Mapping[str, int]:
        """How many sentences were refused, by fault; "" counts those that passed."""
        return self._refused

    def read_ahead(self, engine: Engine, template: Template, filled: Filled, stop: threading.Event) -> None:
        """Have the model read what a document will be written from, so that it begins at once."""
        engine.warm(self._prepared(template, filled).prompt.messages, stop)

    def _prepared(self, template: Template, filled: Filled) -> "_Prepared":
        """Find scene and example, and make the prompt."""
        request, language = filled.request, filled.language
        read = read_request(request)
        found = self._examples.of(request, template.id, language, filled.brief.scene) if self._examples else None
        scene, example = found or (None, None)
        tone = _TONE["zh" if language == "zh" else "en"].format(tone=self._author.tone) if self._author.tone else ""
        wished = filled.notes or not all(map(says_length, read.wishes))
        prompt = FreePrompt(
            request,
            language,
            [WorkedExample(example.request, example.text)] if example else [],
            template.strictness == "fiction",
            filled.length.amount if filled.length.asked else 0,
            read.parts,
            [*filled.notes, *([] if wished or not tone else [tone])],
        )
        usual = scene.texts[language].length if scene else 0
        return _Prepared(prompt, read, scene.template if scene else template.id, usual, example)

    def write(self, context: DraftContext, task: SectionTask) -> Iterator[str]:
        """Write a document, or one of its parts again; gives its text as it grows."""
        template, language = context.template, context.filled.language
        prepared = self._prepared(template, context.filled)
        prompt, read = prepared.prompt, prepared.read
        one_part = task.section.id != WHOLE
        messages = [*prompt.messages, *(_again(task, language) if one_part else [])]
        guard = self._guard(context, prepared)
        expected = task.amount if one_part else prompt.amount or prepared.usual
        temperature = _FACTUAL if template.strictness == "factual" else _OTHERS
        sampling = self._sampling(context, temperature, max(_LEAST_TOKENS, _TOKENS_A_WORD * expected))
        facts = [] if one_part else list(read.facts)
        teller = FactWriter(context.engine, messages, guard, sampling, plainly=template.id in _PLAIN)
        text = GuardedText(context.engine, messages, guard, sampling, teller, expected, task.section.text, facts=facts)
        yield from text.write(context.stop)
        self._refused = text.refused
        if context.stop.is_set():
            return
        yield text.shown if one_part else tidied(text.shown)
        if not one_part:
            yield from self._finished(context, tidied(text.shown), prepared, teller)

    def suggest(self, context: DraftContext, task: SectionTask) -> Iterator[str]:
        """Add a few sentences that the request does not give to a text; gives it as it grows."""
        prepared, language = self._prepared(context.template, context.filled), context.filled.language
        text = task.section.text
        messages = [
            *prepared.prompt.messages,
            Message("assistant", task.draft.text),
            Message("user", _MORE["zh" if language == "zh" else "en"]),
        ]
        guard = replace(self._guard(context, prepared), strictness="opinion")
        sampling = self._sampling(context, _OTHERS, _LEAST_TOKENS)
        amount = _SUGGESTED[language == "zh"]
        teller = FactWriter(context.engine, messages, guard, sampling)
        more = GuardedText(context.engine, messages, guard, sampling, teller, amount, before=split_sentences(text))
        for shown in more.write(context.stop):
            yield behind_the_rest(text, shown.strip())
        self._refused = more.refused

    def _guard(self, context: DraftContext, prepared: "_Prepared") -> SentenceGuard:
        read, example = prepared.read, prepared.example
        return SentenceGuard(
            prepared.prompt.request,
            context.filled.language,
            context.template.strictness,
            example=example.request if example else "",
            avoided=read.avoided,
            wishes=read.wishes,
            facts=len(read.facts),
            shown=example.text if example else "",
            besides="\n".join([self._author.known, *prepared.prompt.notes]),
            signer=signature_of(read.text),
            to_reader=prepared.form in _LETTERS and speaks_to_its_subject(read.facts),
        )

    def _sampling(self, context: DraftContext, temperature: float, max_tokens: int) -> Sampling:
        return Sampling(
            temperature=temperature,
            top_p=_TOP_P,
            top_k=_TOP_K,
            repetition_penalty=1.0,  # what is given must be copied exactly: the guard sees what repeats
            dry_multiplier=0.0,
            seed=context.seed,
            max_tokens=max_tokens,
        )

    def _finished(self, context: DraftContext, text: str, prepared: "_Prepared", teller: FactWriter) -> Iterator[str]:
        """Put in what is untold, and how a letter ends."""
        facts = prepared.read.facts
        if context.template.strictness != "fiction":
            for fact in filter(worth_a_line, missing_facts(facts, text)):
                if context.stop.is_set():
                    break
                old, new = teller.mended(fact, text, context.stop)
                if old:
                    text = text.replace(old, new, 1)
                elif sentence := teller.sentence(fact, text, context.stop):
                    text = inserted(text, sentence, fact, facts)
                yield text
        if prepared.form in _LETTERS:
            closing = closing_of(prepared.example.text) if prepared.example else ""
            yield signed(text, closing, signature_of(prepared.read.text) or self._author.signed)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What a document is written from."""

    prompt: FreePrompt
    read: RequestParts
    form: str  # id of the template that its scene makes concrete
    usual: int  # length of its scene
    example: Example | None


def _again(task: SectionTask, language: str) -> list[Message]:
    """Show the text as it is, and ask for one of its parts once more."""
    shown = "zh" if language == "zh" else "en"
    how = _HOW["longer" if task.section.text else ""][shown]
    return [
        Message("assistant", task.draft.text),
        Message("user", _AGAIN[shown].format(heading=task.section.heading, how=how)),
    ]


def in_one_piece(draft: Draft, amount: int) -> Draft:
    """Make of a plan the draft of a document that is written in one go."""
    return replace(draft, title="", headings=False, sections=(DraftSection(WHOLE, "", amount=amount),))


def in_parts(draft: Draft) -> Draft:
    """Cut a document that was written in one go at its headings, and take its title out of it.

    A document without headings of the second level stays one section.
    """
    whole = draft.sections[0]
    text, title = whole.text.strip(), ""
    if found := re.match(r"# ([^\n]+)\n+", text):
        title, text = found[1].strip(), text[found.end() :]
    pieces = re.split(r"(?m)^## +([^\n]+)\n*", text)
    headings, bodies = ["", *pieces[1::2]], [piece.strip() for piece in pieces[::2]]
    parts = [
        replace(
            whole, id=WHOLE if not number else f"{WHOLE}-{number + 1}", heading=heading.strip(), text=body, amount=0
        )
        for number, (heading, body) in enumerate(zip(headings, bodies, strict=True))
        if body
    ]
    if len(parts) < 2:  # one part is the whole
        return replace(draft, title=title, sections=(replace(whole, text=text),))
    return replace(draft, title=title, headings=True, sections=tuple(parts))


def is_free(sections: Sequence[DraftSection]) -> bool:
    """Tell whether a draft was planned for, or written by, the free writer."""
    return bool(sections) and sections[0].id == WHOLE

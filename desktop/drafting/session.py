"""Drafts a document section by section: write all of it, go on after a stop, or change one section.

Every event holds the draft as it is then; whoever saves it after each event loses nothing in a crash and can resume.
"""

import contextlib
import logging
import re
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from desktop.drafting.author import Author
from desktop.drafting.brief import Brief, Filled, understand
from desktop.drafting.checks import CheckReport, check
from desktop.drafting.draft import Draft, DraftSection
from desktop.drafting.english import as_sentence
from desktop.drafting.facts import missing_points
from desktop.drafting.length import count
from desktop.drafting.outline import frame_amount, length_of, plan
from desktop.drafting.prompts import Prompts, joined
from desktop.drafting.request import read_request
from desktop.drafting.sentences import relevance, split_sentences
from desktop.drafting.template.template import Template
from desktop.drafting.writers.free.account import account_of
from desktop.drafting.writers.free.writer import Examples, FreeWriter, in_one_piece, in_parts, is_free
from desktop.drafting.writers.guided.writer import GuidedWriter
from desktop.drafting.writers.section_writer import DraftContext, SectionTask, SectionWriter
from desktop.drafting.writers.translating import TranslationWriter
from desktop.drafting.writers.whole import WholeTextWriter
from desktop.engine.interface import Ability, Engine
from desktop.errors import BadInput

_LOG = logging.getLogger(__name__)
Change = Literal["again", "expand", "shorten", "suggest"]
_EXPAND, _SHORTEN = 1.5, 0.65
_NOBODY = Author()


@dataclass(frozen=True, slots=True)
class SectionBegan:
    """A section is being written: `index` of the draft's sections."""

    index: int
    draft: Draft


@dataclass(frozen=True, slots=True)
class SectionGrew:
    """A section got another sentence; `share` of the document is written, in [0, 1]."""

    index: int
    draft: Draft
    share: float


@dataclass(frozen=True, slots=True)
class SectionWritten:
    """A section is finished, or was stopped: see its status."""

    index: int
    draft: Draft


@dataclass(frozen=True, slots=True)
class DraftChecked:
    """The last event: the draft, what the checks say of it, and how often which fault of a sentence was refused."""

    draft: Draft
    report: CheckReport
    stopped: bool
    refused: Mapping[str, int] = field(default_factory=dict)


DraftEvent = SectionBegan | SectionGrew | SectionWritten | DraftChecked


class Drafting:
    """Writes drafts of one template with one engine.

    Attributes:
        template: of the drafts.
    """

    def __init__(
        self,
        engine: Engine,
        template: Template,
        *,
        seed: int | None = None,
        examples: Examples | None = None,
        author: Author = _NOBODY,
    ) -> None:
        """Be ready.

        Args:
            engine: who writes.
            template: of the drafts.
            seed: same seed, same draft; None takes one from the brief.
            examples: worked examples for a model that can write; None: there are none.
            author: who signs what such a model writes.
        """
        self._engine, self.template, self._seed, self._examples = engine, template, seed, examples
        self._author = author

    def read_ahead(self, brief: Brief, stop: threading.Event) -> None:
        """Read what a draft will be written from, for a model that writes in one go; a wrong brief is no matter yet."""
        with contextlib.suppress(BadInput):
            filled = understand(self.template, brief)
            if isinstance(writer := self._writer(filled.language, Draft(brief, "", ())), FreeWriter):
                writer.read_ahead(self._engine, self.template, filled, stop)

    def write(self, draft: Draft, stop: threading.Event) -> Iterator[DraftEvent]:
        """Write every section that is not written or locked; after a stop, call it again with what was kept.

        Raises:
            InkstoneError: the brief does not fit the template, or the model failed; the draft of the last event is
                what was written.
        """
        filled = understand(self.template, draft.brief)
        writer = self._writer(filled.language, draft)
        if isinstance(writer, FreeWriter) and not is_free(draft.sections):
            draft = in_one_piece(draft, filled.length.amount)
        context = self._context(filled, draft, stop)
        open_ = [at for at, each in enumerate(draft.sections) if each.status != "written" and not each.locked]
        whole = max(1, sum(draft.sections[at].amount for at in open_))
        done, begun = 0, time.monotonic()
        _LOG.info("draft: %d of %d sections, %d words", len(open_), len(draft.sections), whole)
        for index in open_:
            if stop.is_set():
                break
            amount = self._room(filled, draft, index)
            yield SectionBegan(index, draft)
            for text in writer.write(context, SectionTask(draft, index, amount)):
                section = replace(draft.sections[index], text=text, status="partial")
                draft = draft.with_section(index, section)
                share = min(1.0, count(text) / max(1, amount))
                yield SectionGrew(index, draft, (done + share * draft.sections[index].amount) / whole)
            status: Literal["partial", "written"] = "partial" if stop.is_set() else "written"
            draft = draft.with_section(index, replace(draft.sections[index], status=status))
            done += draft.sections[index].amount
            _LOG.info("draft: section %d %s after %.2f s", index, status, time.monotonic() - begun)
            yield SectionWritten(index, draft)
        if not stop.is_set() and isinstance(writer, FreeWriter):
            draft = in_parts(draft) if len(draft.sections) == 1 else draft
        elif not stop.is_set():
            draft = put_in_missing(self.template, filled, draft)
        yield DraftChecked(draft, report(self.template, draft), stop.is_set(), writer.refused)

    def rewrite(
        self, draft: Draft, index: int, change: Change, stop: threading.Event, tone: str = ""
    ) -> Iterator[DraftEvent]:
        """Write one section again, longer, shorter, or in another tone; what was there is kept as a version.

        A stop leaves the section as it was.

        Raises:
            BadInput: the section is locked.
            InkstoneError: the model failed.
        """
        old = draft.sections[index]
        draft.with_section(index, old if not old.locked else replace(old, text=old.text + " "))  # raises where locked
        brief = draft.brief
        if tone:
            brief = replace(brief, slots={**brief.slots, "tone": tone})
        filled = understand(self.template, brief)
        now = count(old.text)
        yield SectionBegan(index, draft)
        if change == "shorten":
            text = shortened(old, filled, self.template, round(now * _SHORTEN))
        else:
            amount = round(now * _EXPAND) if change in ("expand", "suggest") else old.amount or now
            text = "" if change == "again" else old.text
            begun = replace(old, text=text, status="partial" if text else "planned")
            context = self._context(filled, replace(draft, brief=brief), stop, salt=len(old.versions) + 1)
            blank = replace(draft, sections=(*draft.sections[:index], begun, *draft.sections[index + 1 :]))
            writer, task = self._writer(filled.language, draft), SectionTask(blank, index, amount)
            write = writer.suggest if change == "suggest" and isinstance(writer, FreeWriter) else writer.write
            for text in write(context, task):
                grown = replace(old, text=text, status="partial")
                yield SectionGrew(index, draft.with_section(index, grown), min(1.0, count(text) / max(1, amount)))
        if text and not stop.is_set():
            draft = draft.with_section(index, replace(old.with_text(text), marked=()))
            if not is_free(draft.sections):
                draft = put_in_missing(self.template, filled, draft)
        yield SectionWritten(index, draft)
        yield DraftChecked(draft, report(self.template, draft), stop.is_set())

    def _writer(self, language: str, draft: Draft) -> SectionWriter:
        """Choose who writes: the measured ability of the model decides, and what was begun goes on as it was."""
        if not self.template.sections:
            return TranslationWriter() if self.template.id == "translate" else WholeTextWriter()
        begun = any(section.text or section.locked for section in draft.sections)
        can_write = self._engine.info.can_write(language) is Ability.FREE
        if is_free(draft.sections) or (can_write and not begun):
            return FreeWriter(self._examples, self._author)
        return GuidedWriter()

    def _context(self, filled: Filled, draft: Draft, stop: threading.Event, salt: int = 0) -> DraftContext:
        known = "\n".join([self.template.id, filled.known])
        seed = self._seed if self._seed is not None else zlib.crc32(known.encode())
        return DraftContext(self._engine, self.template, filled, draft, stop, seed + 1009 * salt)

    def _room(self, filled: Filled, draft: Draft, index: int) -> int:
        """How long a section should be, so that the whole comes out right: the others may have missed theirs."""
        whole = length_of(filled, draft).amount
        if not whole:
            return draft.sections[index].amount
        written = sum(count(each.text) for at, each in enumerate(draft.sections) if each.text and at != index)
        left = whole - frame_amount(draft) - written
        coming = [each for at, each in enumerate(draft.sections) if at == index or not (each.text or each.locked)]
        # What the points of later sections need at least is theirs.
        later = sum(count(" ".join(each.points)) for each in coming if each is not draft.sections[index])
        wanted = draft.sections[index].amount / max(1, sum(each.amount for each in coming))
        return max(0, min(round(left * wanted), left - later))


def put_in_missing(template: Template, filled: Filled, draft: Draft) -> Draft:
    """Put points that the draft does not say as bullets into their sections, and mark them for the user."""
    if template.format != "document" and template.format != "text":
        return draft
    for point in missing_points(filled.points, draft.text):
        own = [at for at, each in enumerate(draft.sections) if point in each.points and not each.locked]
        free = [at for at, each in enumerate(draft.sections) if not each.locked]
        if not (own or free):
            break
        index = (own or free)[0]
        section = draft.sections[index]
        text = joined([section.text, f"- {as_sentence(point)}"])
        if re.search(r"(?m)^- .*\Z", section.text):
            text = f"{section.text}\n- {as_sentence(point)}"
        draft = draft.with_section(index, replace(section, text=text, marked=(*section.marked, point)))
    return draft


def shortened(section: DraftSection, filled: Filled, template: Template, amount: int) -> str:
    """Leave out the sentences that say least, until a section has its length; points and what frames them stay."""
    blocks = [block.split("\n") for block in section.text.split("\n\n")]
    lines = [(at, row, split_sentences(line)) for at, block in enumerate(blocks) for row, line in enumerate(block)]
    sentences = [(at, row, number) for at, row, parts in lines for number in range(len(parts))]
    kept = {(at, row): list(parts) for at, row, parts in lines}
    about = [filled.values.get("topic", ""), section.instruction, *section.points]
    fixed = next((each for each in template.sections if each.id == section.id), None)
    frame = f"{fixed.opening.of(filled.language)} {fixed.closing.of(filled.language)}" if fixed else ""
    ranked = sorted(sentences, key=lambda place: relevance(kept[place[:2]][place[2]], about=about, before=[]))

    def text() -> str:
        rows = [
            [" ".join(part for part in kept[at, row] if part) for row in range(len(block))]
            for at, block in enumerate(blocks)
        ]
        return joined(["\n".join(row for row in block if row.strip(" -")) for block in rows])

    missing = set(missing_points(section.points, section.text))
    for at, row, number in ranked:
        if count(text()) <= amount:
            break
        sentence, kept[at, row][number] = kept[at, row][number], ""
        if sentence[:20] in frame or set(missing_points(section.points, text())) != missing or not text().strip():
            kept[at, row][number] = sentence
    return text()


def report(template: Template, draft: Draft) -> CheckReport:
    """Hold a draft against what its brief asks for."""
    filled = understand(template, draft.brief)
    if is_free(draft.sections):
        return _free_report(template, filled, draft)
    planned = [section.heading for section in plan(template, draft.brief).sections]
    has = [(section.heading, section.text) for section in draft.sections]
    own = [heading for heading, _ in has if heading not in planned]
    return check(
        draft.text,
        headings=[heading for heading, _ in has] if own or len(has) != len(planned) else planned,
        sections=has,
        length=length_of(filled, draft),
        language=filled.language,
        points=filled.points,
        prompts=Prompts(template, filled).texts(draft),
    )


def _free_report(template: Template, filled: Filled, draft: Draft) -> CheckReport:
    """Hold a draft that the model wrote by itself against the request: its facts, its wishes, its own sentences."""
    read = read_request(filled.request)
    found = check(
        draft.text,
        headings=read.parts,
        sections=[(section.heading, section.text) for section in draft.sections if section.heading],
        length=filled.length if filled.length.asked else replace(filled.length, amount=0),
        language=filled.language,
        points=(),
    )
    account = account_of(
        read, draft.text, filled.language, template.strictness, long_enough=bool(found.checks["length"])
    )
    kept = not account.missing and all(followed is not False for _, followed in account.wishes)
    return replace(
        found,
        checks={**found.checks, "points": kept},
        missing_points=account.missing,
        points=account.points,
        wishes=account.wishes,
        own=account.own,
    )

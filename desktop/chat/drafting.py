"""Drafting for a window: the gallery, the form of a brief, a draft in the making, and where it is kept.

Everything here is free of Qt. `write` and `change` take as long as the model needs and belong on a thread that may wait
for it, while the window goes on asking for templates: what was read of them is replaced as a whole, never changed.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.codes import Coded
from desktop.drafting.author import Author
from desktop.drafting.brief import Brief, understand
from desktop.drafting.checks import CheckReport, DraftCheck
from desktop.drafting.draft import Draft, DraftSection, from_json, to_json
from desktop.drafting.length import Unit, count, letters, reading_minutes
from desktop.drafting.outline import length_of, plan
from desktop.drafting.scenes.library import SceneLibrary
from desktop.drafting.session import (
    Change,
    DraftChecked,
    DraftEvent,
    Drafting,
    SectionBegan,
    SectionGrew,
    SectionWritten,
    report,
)
from desktop.drafting.template.saved_briefs import SavedBriefs, plain_name
from desktop.drafting.template.store import TemplateStore
from desktop.drafting.template.template import Template
from desktop.drafting.writers.free.writer import Examples, is_free
from desktop.engine.interface import Engine
from desktop.errors import BadInput, TemplateError
from desktop.reasons import DraftReason

__all__ = [
    "Author",
    "Brief",
    "Card",
    "Change",
    "CheckReport",
    "Draft",
    "DraftCheck",
    "DraftChecked",
    "DraftEvent",
    "DraftSection",
    "DraftingService",
    "Examples",
    "Field",
    "Preview",
    "SavedBriefs",
    "SceneLibrary",
    "SectionBegan",
    "SectionGrew",
    "SectionWritten",
    "TemplateStore",
    "amount_wanted",
    "count",
    "from_json",
    "letters",
    "plain_name",
    "reading_minutes",
    "to_json",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """A template in the gallery.

    Attributes:
        id: of the template.
        name: its label.
        about: one phrase.
        own: the user made it.
        variants: ids and labels.
    """

    id: str
    name: str
    about: str
    own: bool
    variants: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a brief's form.

    Attributes:
        name: of the slot.
        label: beside it.
        required: nothing is drafted while it is empty.
        choices: the closed list; empty: anything goes.
        value: what it holds to begin with.
        long: a text of several lines goes here.
    """

    name: str
    label: str
    required: bool
    choices: tuple[str, ...]
    value: str
    long: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What a template gives.

    Attributes:
        name: its label.
        fields: of the brief's form; required ones end with *.
        sections: heading and length.
    """

    name: str
    fields: tuple[str, ...]
    sections: tuple[tuple[str, int], ...]


class DraftingService:
    """Where drafts are begun, written and changed.

    Attributes:
        store: the templates.
        read_source: gives the text of a document; None: texts are pasted.
    """

    def __init__(
        self,
        store: TemplateStore,
        read_source: Callable[[Path, threading.Event], tuple[str, Sequence[Coded]]] | None = None,
        examples: Examples | None = None,
        author: Callable[[], Author] = Author,
    ) -> None:
        """Begin with these.

        Args:
            store: the templates.
            read_source: gives the text of a document to work on, and what was left out of it, until its event is set,
                and raises InkstoneError; None: texts are pasted.
            examples: worked examples of scenes; None: there are none.
            author: who signs what is written from now on.
        """
        self.store, self.read_source, self._examples, self._author = store, read_source, examples, author
        self._templates: Mapping[str, Template] = {}  # as the gallery last read them: a canvas asks often

    def gallery(self, language: str, search: str = "") -> tuple[list[Card], tuple[TemplateError, ...]]:
        """Give the templates whose name, description, or variant holds `search`, and what is wrong with the others."""
        found = self.store.load()
        self._templates = found.sound
        cards = [_card(template, language, self.store) for template in found.sound.values()]
        wanted = search.lower().split()
        return [card for card in cards if all(word in _words(card) for word in wanted)], found.broken

    def form(self, template_id: str, language: str, given: Mapping[str, str] | None = None) -> list[Field]:
        """Give the fields of a brief, required ones first; what is `given` goes before defaults.

        Raises:
            BadInput: there is no such template.
        """
        given = given or {}
        fields = [
            Field(
                slot.name,
                slot.label.of(language) or slot.name,
                slot.required,
                slot.choices.of(language),
                given.get(slot.name, slot.default.of(language)),
                slot.name == "source",
            )
            for slot in self.template(template_id).slots
        ]
        return sorted(fields, key=lambda field: not field.required)

    def begin(self, brief: Brief) -> Draft:
        """Plan a document. Raises BadInput where the brief does not fit."""
        return plan(self.template(brief.template), brief)

    def write(self, engine: Engine, draft: Draft, stop: threading.Event) -> Iterator[DraftEvent]:
        """Write what is not written yet; see `Drafting.write`."""
        yield from self._drafting(engine, draft.brief).write(draft, stop)

    def change(
        self, engine: Engine, draft: Draft, index: int, change: Change, stop: threading.Event, tone: str = ""
    ) -> Iterator[DraftEvent]:
        """Write one section again; see `Drafting.rewrite`."""
        yield from self._drafting(engine, draft.brief).rewrite(draft, index, change, stop, tone)

    def _drafting(self, engine: Engine, brief: Brief) -> Drafting:
        return Drafting(engine, self.template(brief.template), examples=self._examples, author=self._author())

    def read_ahead(self, engine: Engine, brief: Brief, stop: threading.Event) -> None:
        """Have what a draft will be written from read before it is wanted; see `Drafting.read_ahead`."""
        self._drafting(engine, brief).read_ahead(brief, stop)

    def points(self, draft: Draft) -> tuple[str, ...]:
        """Give what the draft must say."""
        return self.check(draft).points

    def unit(self, draft: Draft) -> Unit:
        """Tell what the draft is counted in."""
        return understand(self.template(draft.brief.template), draft.brief).length.unit

    def language(self, brief: Brief) -> str:
        """Tell which language a text is to be in, also of a brief that is not filled in yet; "" where that is open."""
        try:
            return understand(self.template(brief.template), brief).language
        except BadInput:
            return ""

    def is_free(self, draft: Draft) -> bool:
        """Tell whether the draft is written in one go, by a model that can write."""
        return is_free(draft.sections)

    def is_code(self, draft: Draft) -> bool:
        """Tell whether the draft is source code."""
        return self.template(draft.brief.template).format == "code"

    def check(self, draft: Draft) -> CheckReport:
        """Hold a draft, also one that the user edited, against its brief."""
        return report(self.template(draft.brief.template), draft)

    def own_copy(self, template_id: str) -> str:
        """Copy a template into the user's folder; gives the id of the copy."""
        return self.store.duplicate(self.template(template_id)).id

    def source_of(self, template_id: str) -> str:
        """Give the text of a template's file, to be edited, copied or sent to somebody."""
        return self.template(template_id).path.read_text(encoding="utf-8")

    def take_in(self, text: str) -> str:
        """Add a template that was pasted or read from a file; gives its id. Raises TemplateError."""
        return self.store.import_text(text).id

    def replace_source(self, template_id: str, text: str) -> None:
        """Save the changed text of one of the user's templates. Raises TemplateError; then nothing is changed."""
        self.store.save(template_id, text)
        self._templates = {}

    def remove_template(self, template_id: str) -> None:
        """Delete one of the user's templates. Raises TemplateError for one that came with Inkstone."""
        self.store.remove(self.template(template_id))
        self._templates = {}

    def preview(self, text: str, language: str) -> Preview:
        """Tell what a template's text would give. Raises TemplateError, with the line at fault."""
        template = self.store.parse(text, self.store.own / "template.toml")
        slots = {slot.name: "…" for slot in template.slots if slot.required}
        draft = plan(template, Brief(template.id, slots))
        sections = tuple((section.heading, section.amount) for section in draft.sections)
        fields = tuple(
            f"{slot.label.of(language) or slot.name}{' *' if slot.required else ''}" for slot in template.slots
        )
        return Preview(template.label.of(language), fields, sections)

    def template(self, template_id: str) -> Template:
        """Find a template. Raises BadInput."""
        templates = self._templates  # looked at once: another thread may replace them at any moment
        if template_id not in templates:
            templates = self._templates = self.store.load().sound
        if template_id not in templates:
            raise BadInput(DraftReason.NO_TEMPLATE(template=template_id, known=", ".join(templates)))
        return templates[template_id]


def amount_wanted(template: Template, draft: Draft) -> int:
    """Give how long a text is to be; 0: as long as it gets."""
    return length_of(understand(template, draft.brief), draft).amount


def _card(template: Template, language: str, store: TemplateStore) -> Card:
    variants = tuple((variant.id, variant.label.of(language)) for variant in template.variants)
    name, about = template.label.of(language), template.about.of(language)
    return Card(template.id, name, about, template.path.parent == store.own, variants)


def _words(card: Card) -> str:
    return " ".join([card.id, card.name, card.about, *(label for _, label in card.variants)]).lower()

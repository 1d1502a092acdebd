"""What a template is: labels, slots, sections, variants, words for the model, sampling.

A template is data (`assets/templates/<id>.toml`, or a file of the user's); `loading` beside this file reads it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

from desktop.engine.interface import Sampling

LANGUAGES = ("en", "zh")  # every text of a template is given in both

TextFormat = Literal["document", "text", "code", "line"]
PointStyle = Literal["none", "list", "prose"]
Strictness = Literal["fiction", "opinion", "factual"]
Name = Annotated[str, Meta(min_length=1)]
Count = Annotated[int, Meta(ge=0)]


@dataclass(frozen=True, slots=True)
class Localized:
    """One text in English and in Chinese; the English one serves every other language."""

    en: str = ""
    zh: str = ""

    def of(self, language: str) -> str:
        """Give the text for a language, ISO 639-1."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class LocalizedList:
    """A list of texts in English and in Chinese."""

    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()

    def of(self, language: str) -> tuple[str, ...]:
        """Give the texts for a language, ISO 639-1."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that the brief asks for.

    Attributes:
        name: topic, audience …: an id of the taxonomy, or one of the template's own.
        required: nothing is drafted without it.
        label: shown in the form.
        default: used where the user gives nothing.
        choices: the closed list that the value must be in; empty: anything goes.
    """

    name: Name
    required: bool = False
    label: Localized = Localized()
    default: Localized = Localized()
    choices: LocalizedList = LocalizedList()


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the document.

    Attributes:
        id: unique within the template.
        heading: what stands above it.
        holds: what it must hold, as the model is told: "The paragraph …".
        share: of the document's length; any unit, the sum of all is the whole.
        points: whether the user's points go here, and as bullets or as sentences.
        takes: words that draw a point to this section, see `mentions`; the first that takes points gets the rest.
        opening: written as it is before everything else.
        closing: written as it is after everything else.
        empty: what stands here where there is no point for it; only where no length is asked for.
        leads: beginnings of sentences that the model completes, in order.
        point_leads: beginnings of the sentence that explains a point of a list.
        point_frames: as the template's, for this section.
        items: what the model adds stands in the list, one item for each of `leads`.
    """

    id: Name
    heading: Localized
    holds: Localized
    share: Annotated[float, Meta(gt=0)] = 1
    points: PointStyle = "none"
    takes: LocalizedList = LocalizedList()
    opening: Localized = Localized()
    closing: Localized = Localized()
    empty: Localized = Localized()
    leads: LocalizedList = LocalizedList()
    point_leads: LocalizedList = LocalizedList()
    point_frames: LocalizedList = LocalizedList()
    items: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """A kind of the document that people ask for by name: weekly report, cover letter.

    Attributes:
        id: on the command line.
        label: shown to the user.
        matches: words in `format`, `topic` or `period` that ask for it; see `mentions`.
        kind: replaces the template's.
        title: replaces the template's.
        sections: which of the template's sections it has, in order; empty: all.
        words: length where nobody asked for one; 0: as long as it gets; None: the template's.
        characters: the same in Chinese characters.
        headings: whether headings are written; None: as the template says.
        avoid: words that may not appear; None: the template's.
    """

    id: Name
    label: Localized
    matches: LocalizedList = LocalizedList()
    kind: Localized = Localized()
    title: Localized = Localized()
    sections: tuple[str, ...] = ()
    words: Count | None = None
    characters: Count | None = None
    headings: bool | None = None
    avoid: LocalizedList | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What turns a brief into a text.

    Attributes:
        id: a name of the taxonomy, or the name of the user's file.
        path: where it was read.
        format: a document of sections, one text in Markdown, a code block, or one line.
        label: its name.
        about: one phrase for the gallery.
        kind: a noun phrase for the model, e.g. "a work report".
        title: above the document; "" for none.
        system: the model's role.
        prompt: asks for the whole text, or for a paragraph of a section (`{holds}`).
        slots: what the brief asks for, in order.
        sections: of a document, in order; other formats have none.
        variants: kinds of it, likeliest first.
        usual: id of the variant that is taken where the brief asks for none; "": none.
        more: beginnings of sentences for a section that is too short.
        subject: who has done what a point says, e.g. "We"; goes before a point without a subject.
        asks: points that begin with a verb are asked of the reader: "Please …".
        examples: how points become sentences: "two trees down => Two trees are down."
        point_frames: hold a point that cannot be made a sentence, by turns; `{point}`.
        points_from: a slot whose lines are points, e.g. the notes of a meeting; "": none.
        avoid: words that the model must not use, e.g. "I" in a report.
        words: length where nobody asked for one, in English words; 0: no length is expected.
        characters: the same in Chinese characters.
        full_from: points from which on that length is taken; with fewer the text is shorter; 0: it never is.
        headings: whether the headings of sections are written.
        strictness: fiction may invent people, places and numbers; opinion no names, dates and figures; factual no
            vague amounts either.
        items: the text is a list of so many lines; 0: it is none.
        facets: what the paragraphs of a long section are about, by turns, behind the first two.
        sentences: how many sentences the model may add to one beginning.
        sampling: how tokens are picked.
    """

    id: Name
    path: Path
    format: TextFormat
    label: Localized
    about: Localized = Localized()
    kind: Localized
    title: Localized = Localized()
    system: Localized
    prompt: Localized
    slots: tuple[Slot, ...] = ()
    sections: tuple[Section, ...] = ()
    variants: tuple[Variant, ...] = ()
    usual: str = ""
    more: LocalizedList = LocalizedList()
    subject: Localized = Localized()
    asks: bool = False
    examples: LocalizedList = LocalizedList()
    point_frames: LocalizedList = LocalizedList()
    points_from: str = ""
    avoid: LocalizedList = LocalizedList()
    words: Count = 0
    characters: Count = 0
    full_from: Count = 0
    headings: bool = True
    strictness: Strictness = "opinion"
    items: Count = 0
    facets: LocalizedList = LocalizedList()
    sentences: Count = 2
    sampling: Sampling = field(default_factory=Sampling)

    def slot(self, name: str) -> Slot | None:
        """Find a slot by its name."""
        return next((slot for slot in self.slots if slot.name == name), None)

    def variant(self, variant_id: str) -> Variant | None:
        """Find a variant by its id."""
        return next((variant for variant in self.variants if variant.id == variant_id), None)

    def sections_of(self, variant: Variant | None) -> tuple[Section, ...]:
        """Give the sections of a variant, in its order."""
        if variant is None or not variant.sections:
            return self.sections
        by_id = {section.id: section for section in self.sections}
        return tuple(by_id[section_id] for section_id in variant.sections)


def find_variant(template: Template, said: Sequence[str]) -> Variant | None:
    """Find the variant that these texts ask for, e.g. the form, the topic and the period of a brief; else the usual."""
    text = " ".join(said)
    for variant in template.variants:
        if mentions(text, (*variant.matches.en, *variant.matches.zh)):
            return variant
    return template.variant(template.usual)


def mentions(text: str, words: Sequence[str]) -> int:
    """Count how many of the words a text holds.

    An English word counts where a word begins with it ("invit": invite, invitation), and with a space behind it only as
    a whole ("ad ": an ad, not added); signs and Chinese count anywhere.
    """
    plain = " " + " ".join(re.findall(r"[^\W_]+|[^\w\s]", text.lower())) + " "
    begun = (f" {word}" if word[0].isalnum() and word.isascii() else word for word in map(str.lower, words))
    return sum(word in plain for word in begun)

"""What a template is: labels, slots, sections, variants, instructions and sampling for the model.

A template is data (`assets/templates/<id>.toml`, or a file of the user's); `loading` beside this file reads it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

from desktop.drafting.template.phrase_bank import CommonPhrases, PhraseBank
from desktop.drafting.template.wording import Localized, LocalizedList
from desktop.engine.interface import Sampling

TextFormat = Literal["document", "text", "code", "line"]
PointStyle = Literal["none", "list", "prose"]
Strictness = Literal["fiction", "opinion", "factual"]
Name = Annotated[str, Meta(min_length=1)]
Count = Annotated[int, Meta(ge=0)]


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
        instruction: what it must hold, as the model is told: "The paragraph …".
        share: of the document's length; any unit, the sum of all is the whole.
        points: whether the user's points go here, and as bullets or as sentences.
        point_keywords: words of a point that belongs here, see `mentions`; sections without any share the rest.
        opening: written as it is before everything else.
        closing: written as it is after everything else.
        empty: what stands here where there is no point for it; only where no length is asked for.
        items: what the model adds stands in the list, one item for each prefix of the phrase bank.
    """

    id: Name
    heading: Localized
    instruction: Localized
    share: Annotated[float, Meta(gt=0)] = 1
    points: PointStyle = "none"
    point_keywords: LocalizedList = LocalizedList()
    opening: Localized = Localized()
    closing: Localized = Localized()
    empty: Localized = Localized()
    items: bool = False


@dataclass(frozen=True, slots=True)
class TextExample:
    """A request and the text that answers it, shown to a model that can write before it is asked.

    Attributes:
        request: as somebody may ask.
        text: as it should be written.
    """

    request: Localized
    text: Localized


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
        text_examples: of this kind; none: the template's.
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
    text_examples: tuple[TextExample, ...] = ()


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
        prompt: asks for the whole text, or for a paragraph of a section (`{instruction}`).
        slots: what the brief asks for, in order.
        sections: of a document, in order; other formats have none.
        variants: kinds of it, likeliest first.
        default_variant: id of the variant that is taken where the brief asks for none; "": none.
        points_from: a slot whose lines are points, e.g. the notes of a meeting; "": none.
        topic_from_points: where nobody said what the document is about, its title is the first point that tells
            something, as in the subject line of an email; otherwise it has no topic.
        avoid: words that the model must not use, e.g. "I" in a report.
        words: length where nobody asked for one, in English words; 0: no length is expected.
        characters: the same in Chinese characters.
        points_for_full_length: with fewer points the text is shorter than that; 0: it never is.
        headings: whether the headings of sections are written.
        strictness: fiction may invent people, places and numbers; opinion no names, dates and figures; factual no
            vague amounts either.
        list_length: the text is a list of so many lines; 0: it is none.
        text_examples: of texts in one piece, for a model that can write.
        sampling: how tokens are picked.
        phrase_bank: what the guided writer says in its documents.
        common_phrases: what it says in those of every template.
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
    default_variant: str = ""
    points_from: str = ""
    topic_from_points: bool = False
    avoid: LocalizedList = LocalizedList()
    words: Count = 0
    characters: Count = 0
    points_for_full_length: Count = 0
    headings: bool = True
    strictness: Strictness = "opinion"
    list_length: Count = 0
    text_examples: tuple[TextExample, ...] = ()
    sampling: Sampling = field(default_factory=Sampling)
    phrase_bank: PhraseBank = field(default_factory=PhraseBank)
    common_phrases: CommonPhrases = field(default_factory=CommonPhrases)

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
    """Find the variant that these texts ask for, such as form, topic and period of a brief; else the default."""
    text = " ".join(said)
    for variant in template.variants:
        if mentions(text, (*variant.matches.en, *variant.matches.zh)):
            return variant
    return template.variant(template.default_variant)


def mentions(text: str, words: Sequence[str]) -> int:
    """Count how many of the words a text holds.

    An English word counts where a word begins with it ("invit": invite, invitation), and with a space behind it only as
    a whole ("ad ": an ad, not added); signs and Chinese count anywhere.
    """
    plain = " " + " ".join(re.findall(r"[^\W_]+|[^\w\s]", text.lower())) + " "
    begun = (f" {word}" if word[0].isalnum() and word.isascii() else word for word in map(str.lower, words))
    return sum(word in plain for word in begun)

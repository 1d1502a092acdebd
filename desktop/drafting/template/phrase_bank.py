"""What the guided writer says in the documents of a template: prefixes to go on from, frames that hold points.

A bank is data: a file of its own beside the shipped templates (`assets/templates/guided/<id>.toml`), which a template
names, or a table in a template of the user's. `assets/templates/guided/common.toml` holds what serves every template.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from msgspec import Meta

from desktop.drafting.template.wording import Localized, LocalizedList


@dataclass(frozen=True, slots=True)
class SectionPhrases:
    """What is said in one section only.

    Attributes:
        prefixes: beginnings of sentences that the model completes, in order.
        point_prefixes: beginnings of the sentences that explain a point.
        point_frames: in the place of the bank's, for this section.
    """

    prefixes: LocalizedList = LocalizedList()
    point_prefixes: LocalizedList = LocalizedList()
    point_frames: LocalizedList = LocalizedList()


@dataclass(frozen=True, slots=True)
class CommonPhrases:
    """What is said in the documents of every template.

    Attributes:
        connectives: short prefixes that may begin any sentence, and more than one of a text.
        advice_frames: hold what is to be done where nobody is named who does it, by turns; `{point}`.
        plain_frames: hold what no frame of a bank suits, by turns; `{point}`.
    """

    connectives: LocalizedList = LocalizedList()
    advice_frames: LocalizedList = LocalizedList()
    plain_frames: LocalizedList = LocalizedList()


@dataclass(frozen=True, slots=True)
class PhraseBank:
    """What the guided writer says in the documents of one template.

    Attributes:
        subject: who has done what a point says, e.g. "We"; goes before a point without a subject.
        verbs_are_requests: a point that begins with a verb is a request to the reader: "Please …".
        sentences_per_prefix: how many sentences the model may add to one prefix.
        point_examples: how points become sentences: "two trees down => Two trees are down."
        point_frames: hold a point that cannot be made a sentence, by turns; `{point}`, `{a_point}`.
        prefixes: beginnings of sentences for any section that is too short.
        aspects: what the paragraphs of a long section are about, by turns, behind the first two.
        sections: by id, what is said in that section only.
    """

    subject: Localized = Localized()
    verbs_are_requests: bool = False
    sentences_per_prefix: Annotated[int, Meta(ge=0)] = 2
    point_examples: LocalizedList = LocalizedList()
    point_frames: LocalizedList = LocalizedList()
    prefixes: LocalizedList = LocalizedList()
    aspects: LocalizedList = LocalizedList()
    sections: Mapping[str, SectionPhrases] = field(default_factory=dict)

    def of_section(self, section_id: str) -> SectionPhrases:
        """Give what is said in a section; nothing for one that the bank does not know."""
        return self.sections.get(section_id, SectionPhrases())


@dataclass(frozen=True, slots=True)
class PhraseBanks:
    """The shipped phrases of the guided writer.

    Attributes:
        common: for the documents of every template.
        by_id: the banks that templates name, by the names of their files.
    """

    common: CommonPhrases = CommonPhrases()
    by_id: Mapping[str, PhraseBank] = field(default_factory=dict)

"""A draft: its outline, what is written of it, and the versions of each section. Plain data, saved as JSON.

Every change gives a new `Draft`; nothing is changed in place, so that a canvas can undo and a crash loses nothing.
"""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from desktop.drafting.brief import Brief, from_table, to_table
from desktop.errors import BadInput
from desktop.reasons import DraftReason

SectionStatus = Literal["planned", "partial", "written"]
VERSIONS_KEPT = 20


@dataclass(frozen=True, slots=True)
class DraftSection:
    """One section of a draft.

    Attributes:
        id: of the template's section; a section of the user's own has another.
        heading: above it.
        instruction: what it must hold, as the model is told.
        amount: how many words (or characters) it should have.
        points: which of the brief's points it must say.
        text: Markdown.
        status: planned, partial (stopped within), or written.
        locked: the user's: it never changes by itself.
        marked: points that the model missed and that were put in as they are.
        versions: earlier texts, oldest first.
    """

    id: str
    heading: str
    instruction: str = ""
    amount: int = 0
    points: tuple[str, ...] = ()
    text: str = ""
    status: SectionStatus = "planned"
    locked: bool = False
    marked: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()

    def with_text(self, text: str, status: SectionStatus = "written") -> "DraftSection":
        """Put a new text in; a different earlier one that was written becomes a version."""
        versions = self.versions
        if self.text and self.text != text and not text.startswith(self.text):
            versions = (*versions, self.text)[-VERSIONS_KEPT:]
        return replace(self, text=text, status=status, versions=versions)

    def keeping(self, offer: str) -> "DraftSection":
        """Keep a text that was offered in the place of this one as a version, whatever becomes of the offer."""
        if offer == self.text or offer in self.versions:
            return self
        return replace(self, versions=(*self.versions, offer)[-VERSIONS_KEPT:])

    def decided(self, text: str) -> "DraftSection":
        """Put the text in that the user made of an offer; it is no version any more, the text before it is one."""
        return replace(self, versions=tuple(each for each in self.versions if each != text)).with_text(text)


@dataclass(frozen=True, slots=True)
class Draft:
    """A document in the making.

    Attributes:
        brief: what it is written from.
        title: above it; "" for none.
        sections: in order.
        headings: whether headings are written into the text.
    """

    brief: Brief
    title: str
    sections: tuple[DraftSection, ...]
    headings: bool = True

    @property
    def text(self) -> str:
        """The whole document, Markdown."""
        parts = [f"# {self.title}"] if self.title else []
        for section in self.sections:
            if section.text:
                parts += [f"## {section.heading}"] if self.headings and section.heading else []
                parts.append(section.text)
        return "\n\n".join(parts) + "\n" if parts else ""

    @property
    def done(self) -> bool:
        """Whether every section is written."""
        return all(section.status == "written" for section in self.sections)

    def without(self, sentences: Collection[str]) -> "Draft":
        """Take sentences out of the sections that are not locked; what stood there is a version."""
        sections = tuple(
            section if section.locked else section.with_text(_without(section.text, sentences))
            for section in self.sections
        )
        return replace(self, sections=sections)

    def with_section(self, index: int, section: DraftSection) -> "Draft":
        """Put a section in the place of another; a locked one stays.

        Raises:
            BadInput: the section is locked, and this would change its text.
        """
        old = self.sections[index]
        if old.locked and section.text != old.text:
            raise BadInput(DraftReason.LOCKED(heading=old.heading))
        return replace(self, sections=(*self.sections[:index], section, *self.sections[index + 1 :]))

    def locking(self, index: int, *, locked: bool = True) -> "Draft":
        """Lock or unlock a section."""
        return self.with_section(index, replace(self.sections[index], locked=locked))

    def moved(self, index: int, to: int) -> "Draft":
        """Move a section to another place."""
        rest = [*self.sections[:index], *self.sections[index + 1 :]]
        rest.insert(to, self.sections[index])
        return replace(self, sections=tuple(rest))

    def added(self, section: DraftSection, at: int) -> "Draft":
        """Add a section to the outline."""
        return replace(self, sections=(*self.sections[:at], section, *self.sections[at:]))

    def removed(self, index: int) -> "Draft":
        """Take a section out; its points go to the section before it, or behind it, that is not locked.

        Raises:
            BadInput: it is locked, or the only one.
        """
        gone = self.sections[index]
        rest = [*self.sections[:index], *self.sections[index + 1 :]]
        if gone.locked or not rest:
            why = DraftReason.LOCKED_STAYS if gone.locked else DraftReason.LAST_STAYS
            raise BadInput(why(heading=gone.heading))
        heirs = [at for at in (index - 1, index) if 0 <= at < len(rest) and not rest[at].locked]
        if gone.points and heirs:
            heir = rest[heirs[0]]
            rest[heirs[0]] = replace(heir, points=(*heir.points, *gone.points))
        return replace(self, sections=tuple(rest))

    def restored(self, index: int, version: int) -> "Draft":
        """Bring an earlier text of a section back."""
        section = self.sections[index]
        return self.with_section(index, section.with_text(section.versions[version]))


def to_json(draft: Draft) -> str:
    """Write a draft down, e.g. after each section: what is saved can be resumed."""
    table = {"brief": to_table(draft.brief), "title": draft.title, "headings": draft.headings}
    return json.dumps(table | {"sections": [asdict(section) for section in draft.sections]}, ensure_ascii=False)


def from_json(text: str) -> Draft:
    """Read a draft that was written down.

    Raises:
        BadInput: it is none.
    """
    try:
        table = json.loads(text)
        sections = tuple(_section(entry) for entry in table["sections"])
        return Draft(from_table(table["brief"]), str(table["title"]), sections, bool(table["headings"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(DraftReason.NO_DRAFT(detail=error)) from error


def _section(entry: Mapping[str, Any]) -> DraftSection:
    lists = {"points", "marked", "versions"}
    former = {"holds": "instruction"}  # in drafts that earlier versions kept
    values: dict[str, Any] = {
        former.get(key, key): tuple(value) if key in lists else value for key, value in entry.items()
    }
    return DraftSection(**values)


def _without(text: str, sentences: Collection[str]) -> str:
    for sentence in sentences:
        bare = re.escape(sentence)
        text = re.sub(rf"(?m)^(\s*(?:[-*]|\d{{1,2}}[.)、])\s*)?{bare}[ \t]*$|{bare}[ \t]*", "", text)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"(?m)[ \t]+$", "", text)).strip("\n")

"""What the styles of a document say of its paragraphs and runs: headings, lists, quotations, code, what is hidden."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.documents.word_reading.package import Element, attribute, child, is_on, name_of, number

_HEADING = re.compile(r"heading (\d)")
_LIST = re.compile(r"list (?:bullet|number|continue|paragraph)?\s*(\d)?")
_QUOTES = frozenset({"quote", "intense quote", "block text", "block quote", "quotations"})
_CODES = frozenset({"source code", "code", "html preformatted", "preformatted text", "macro text"})
_BODY_LEVEL = 9  # of an outline: no heading
_DEEPEST = 40  # styles that are based on each other in a circle end somewhere


@dataclass(frozen=True, slots=True)
class Style:
    """A style, with its own properties only.

    Attributes:
        name: in lower case, as Word names it in English; a localised Word keeps these names.
        based_on: the id of another style, or "".
        element: its definition.
    """

    name: str
    based_on: str
    element: Element


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Element | None) -> None:
        """Take the part of the styles; None: the document has none."""
        self._styles: dict[str, Style] = {}
        self._default = ""  # of paragraphs
        for each in root if root is not None else ():
            if name_of(each) == "w:style" and (id_ := attribute(each, "styleId")):
                name = (attribute(child(each, "w:name")) or id_).lower()
                self._styles[id_] = Style(name, attribute(child(each, "w:basedOn")) or "", each)
                if attribute(each, "type") == "paragraph" and attribute(each, "default") in ("1", "true", "on"):
                    self._default = id_

    def chain(self, id_: str | None) -> Iterator[Style]:
        """Give a style, that on which it is based, and so on."""
        style = self._styles.get(id_ or self._default)
        for _ in range(_DEEPEST):
            if style is None:
                return
            yield style
            style = self._styles.get(style.based_on)

    def paragraph_property(self, id_: str | None, name: str) -> Element | None:
        """Give a property of paragraphs (w:numPr) from a style or what it is based on."""
        found = (child(style.element, "w:pPr", name) for style in self.chain(id_))
        return next((each for each in found if each is not None), None)

    def run_property(self, id_: str | None, name: str) -> Element | None:
        """Give a property of runs (w:vanish) from a style or what it is based on."""
        found = (child(style.element, "w:rPr", name) for style in self.chain(id_))
        return next((each for each in found if each is not None), None)

    def name(self, id_: str | None) -> str:
        """Give the name of a style in lower case; of one that is not defined, its id."""
        return next((style.name for style in self.chain(id_)), (id_ or "").lower())

    def heading(self, id_: str | None, properties: Element | None) -> int:
        """Give the level of a heading: 1 is the title, 2 that of “heading 1” …; 0 where it is none."""
        for name in self._names(id_):
            if name == "title":
                return 1
            if found := _HEADING.fullmatch(name):
                return min(6, int(found[1]) + 1)
        outline = number(child(properties, "w:outlineLvl"))
        if outline is None:
            outline = number(self.paragraph_property(id_, "w:outlineLvl"))
        return 0 if outline is None or not 0 <= outline < _BODY_LEVEL else min(6, outline + 2)

    def list_depth(self, id_: str | None) -> int | None:
        """Give how deep a style of lists says that its paragraphs stand, from 0; None: it is of no list."""
        for name in self._names(id_):
            if (found := _LIST.fullmatch(name)) and name != "list paragraph":
                return int(found[1] or 1) - 1
        return None

    def is_quote(self, id_: str | None) -> bool:
        """Tell whether its paragraphs are quotations."""
        return any(name in _QUOTES for name in self._names(id_))

    def is_code(self, id_: str | None) -> bool:
        """Tell whether its paragraphs are lines of a program."""
        return any(name in _CODES for name in self._names(id_))

    def is_hidden(self, paragraph_style: str | None, run_properties: Element | None) -> bool:
        """Tell whether a run is hidden: by itself, by its style, or by that of its paragraph."""
        direct = child(run_properties, "w:vanish")
        if direct is not None:
            return is_on(direct)
        if style := attribute(child(run_properties, "w:rStyle")):
            own = self.run_property(style, "w:vanish")
            if own is not None:
                return is_on(own)
        return is_on(self.run_property(paragraph_style, "w:vanish"))

    def script(self, run_properties: Element | None) -> str:
        """Tell how a run stands: superscript, subscript, or baseline."""
        direct = child(run_properties, "w:vertAlign")
        if direct is None and (style := attribute(child(run_properties, "w:rStyle"))):
            direct = self.run_property(style, "w:vertAlign")
        return attribute(direct) or "baseline"

    def _names(self, id_: str | None) -> Iterator[str]:
        styles = list(self.chain(id_))
        yield from (style.name for style in styles)
        if not styles and id_:
            yield re.sub(r"(?<=[a-z])(?=[A-Z0-9])", " ", id_).lower()  # Heading1, ListBullet2 in a file without styles

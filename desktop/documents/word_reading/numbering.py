"""The numbers of lists and headings, counted as Word counts them (ECMA-376 part 1, 17.9)."""

import re
from dataclasses import dataclass, field

from desktop.documents.number_formats import formatted
from desktop.documents.word_reading.package import Element, attribute, child, is_on, name_of, number
from desktop.documents.word_reading.styles import Styles
from desktop.documents.word_reading.symbols import symbol

_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    Attributes:
        kind: a number format; bullet.
        text: of its labels, with %1 for the number of the first level.
        start: its first number.
        restart: the level, from 1, behind which it begins anew; None: any above it; 0: none.
        is_legal: whether numbers of levels above it are in digits.
        suffix: tab, space, or nothing.
        font: of its labels.
        style: the id of the style of paragraphs that stand on it, or "".
    """

    kind: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    is_legal: bool = False
    suffix: str = "tab"
    font: str = ""
    style: str = ""


@dataclass(slots=True)
class _List:
    """Levels, and how far each has counted; None before its first."""

    levels: dict[int, Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


@dataclass(frozen=True, slots=True)
class _Instance:
    """A list as paragraphs name it: levels of its own, and where they begin."""

    list_id: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before an item.

    Attributes:
        text: "1.", "(a)", "第三条"; "" of a bullet.
        depth: from 0.
        is_bullet: whether it has no number.
        space: what stands between the label and the text.
    """

    text: str
    depth: int
    is_bullet: bool
    space: str = " "


class Numbering:
    """Counts the items of a document; ask for each paragraph once, in their order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """Take the part of the numbering; None: the document has none."""
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._instances: dict[str, _Instance] = {}
        self._seen: set[tuple[str, int]] = set()
        links: dict[str, str] = {}
        for each in root if root is not None else ():
            if name_of(each) == "w:abstractNum":
                abstract = attribute(each, "abstractNumId") or ""
                self._lists[abstract] = _List(_levels(each))
                if link := attribute(child(each, "w:numStyleLink")):
                    links[abstract] = link
            elif name_of(each) == "w:num" and (id_ := attribute(each, "numId")):
                self._instances[id_] = _instance(each)
        for list_id, link in links.items():  # a list that is defined by the style it names
            linked = child(styles.paragraph_property(link, "w:numPr"), "w:numId")
            instance = self._instances.get(attribute(linked) or "")
            if instance and instance.list_id in self._lists:
                self._lists[list_id] = self._lists[instance.list_id]

    def label(self, style: str | None, properties: Element | None) -> Label | None:
        """Give the label of a paragraph and count it; None: it is no item.

        Args:
            style: the id of its style.
            properties: its own w:pPr.
        """
        placed = self._place(style, properties)
        if placed is None:
            return None
        id_, depth = placed
        instance = self._instances.get(id_)
        counted = self._lists.get(instance.list_id) if instance else None
        if instance is None or counted is None:
            return None
        self._count(id_, instance, counted, depth)
        level = instance.levels.get(depth) or counted.levels.get(depth) or Level()
        if level.kind == "bullet" and level.text and not level.text.strip():
            return Label("", depth, is_bullet=False)  # a paragraph that continues an item
        if level.kind == "bullet":
            sign = symbol(level.text[:1], level.font)
            return Label(sign if sign in "☐☑☒✓✗✔✘" else "", depth, is_bullet=True)

        def numbered(found: re.Match[str]) -> str:
            above = int(found[1]) - 1
            each = instance.levels.get(above) or counted.levels.get(above) or Level()
            count = counted.counts[above] if above < _LEVELS else None
            kind = "decimal" if level.is_legal and above < depth else each.kind
            return formatted(each.start if count is None else count, kind)

        text = re.sub(r"%([1-9])", numbered, level.text).strip()
        return Label(text, depth, is_bullet=False, space="" if level.suffix == "nothing" else " ")

    def _place(self, style: str | None, properties: Element | None) -> tuple[str, int] | None:
        """Tell which list a paragraph names, by itself or by its style, and on which level."""
        own, of_style = child(properties, "w:numPr"), self._styles.paragraph_property(style, "w:numPr")
        id_ = attribute(child(own, "w:numId"))
        depth = number(child(own, "w:ilvl"))
        if id_ is None:
            id_ = attribute(child(of_style, "w:numId"))
            if depth is None:
                depth = self._level_of_style(id_, style)
            if depth is None:
                depth = number(child(of_style, "w:ilvl"))
        if id_ is None or id_ == "0":
            return None
        return id_, min(max(depth or 0, 0), _LEVELS - 1)

    def _level_of_style(self, id_: str | None, style: str | None) -> int | None:
        instance = self._instances.get(id_ or "")
        counted = self._lists.get(instance.list_id) if instance else None
        levels = counted.levels if counted else {}
        return next((at for at, level in levels.items() if style and level.style == style), None)

    def _count(self, id_: str, instance: _Instance, counted: _List, depth: int) -> None:
        if (id_, depth) not in self._seen:
            self._seen.add((id_, depth))
            if depth in instance.starts:
                counted.counts[depth] = instance.starts[depth] - 1
        level = instance.levels.get(depth) or counted.levels.get(depth) or Level()
        before = counted.counts[depth]
        counted.counts[depth] = level.start if before is None else before + 1
        for below in range(depth + 1, _LEVELS):
            restart = (instance.levels.get(below) or counted.levels.get(below) or Level()).restart
            if restart is None or depth < restart:
                counted.counts[below] = None


def _levels(element: Element) -> dict[int, Level]:
    return {number(each, "ilvl") or 0: _level(each) for each in element if name_of(each) == "w:lvl"}


def _level(element: Element) -> Level:
    fonts = child(element, "w:rPr", "w:rFonts")
    start = number(child(element, "w:start"))
    return Level(
        kind=_kind(element),
        text=attribute(child(element, "w:lvlText")) or "",
        start=1 if start is None else start,
        restart=number(child(element, "w:lvlRestart")),
        is_legal=is_on(child(element, "w:isLgl")),
        suffix=attribute(child(element, "w:suff")) or "tab",
        font=attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or "",
        style=attribute(child(element, "w:pStyle")) or "",
    )


def _kind(element: Element) -> str:
    """Give the number format; a newer one stands in a choice, with a plain one for older readers."""
    direct = child(element, "w:numFmt")
    chosen = child(element, "mc:AlternateContent", "mc:Choice", "w:numFmt")
    plain = child(element, "mc:AlternateContent", "mc:Fallback", "w:numFmt")
    if direct is None:
        direct = plain if attribute(chosen) == "custom" and attribute(chosen, "format") is None else chosen
    kind = attribute(direct) or "decimal"
    example = attribute(direct, "format") or ""
    return "decimalZero" if kind == "custom" and example.startswith("01") else kind


def _instance(element: Element) -> _Instance:
    levels: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for each in element:
        if name_of(each) != "w:lvlOverride":
            continue
        depth = number(each, "ilvl") or 0
        if (own := child(each, "w:lvl")) is not None:
            levels[depth] = _level(own)
        if (start := number(child(each, "w:startOverride"))) is not None:
            starts[depth] = start
    return _Instance(attribute(child(element, "w:abstractNumId")) or "", levels, starts)

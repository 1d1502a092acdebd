"""One story of a document (its body, a header, a note, a text box) as blocks of Markdown.

Elements that stand around paragraphs (content controls, custom XML, insertions) are walked through; what was deleted
is left out, and a paragraph whose end was deleted goes on in the next one.
"""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from desktop.documents.table_text import Cell, on_one_line, table_text
from desktop.documents.word_reading.blocks import WordBlock, markdown
from desktop.documents.word_reading.inlines import NOT_SHOWN, Inlines
from desktop.documents.word_reading.numbering import Label, Numbering
from desktop.documents.word_reading.package import Element, attribute, child, is_on, name_of, number
from desktop.documents.word_reading.styles import Styles

_WIDEST = 100  # columns that a cell may span: more is damage

# Gives the blocks that another part holds: w:altChunk, a diagram, a chart.
OtherPart = Callable[[Element], list[WordBlock]]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all stories of a document share."""

    styles: Styles
    numbering: Numbering
    other_part: OtherPart


class Story:
    """Reads the blocks of one story."""

    def __init__(self, around: Surroundings, inlines: Inlines) -> None:
        """Take what it shares with others, and what reads its paragraphs."""
        self._around, self._inlines = around, inlines
        self._carried = ""  # of a paragraph whose end was deleted, or of a drop cap
        self._last_depth: int | None = None  # of the item that continued paragraphs belong to

    def blocks(self, container: Element) -> list[WordBlock]:
        """Give what stands in the body of a document, in a cell, or in a text box."""
        found = list(self._blocks(container))
        if rest := self._carried.strip():
            found.append(WordBlock(rest))
        self._carried = ""
        return found

    def _blocks(self, container: Element) -> Iterator[WordBlock]:
        for each in container:
            name = name_of(each)
            if name == "w:p":
                yield from self._paragraph(each)
            elif name == "w:tbl":
                yield from self._table(each)
            elif name == "w:altChunk":
                yield from self._around.other_part(each)
            elif name == "mc:AlternateContent":
                chosen = [part for part in each if next(part.iter("{*}t"), None) is not None]
                yield from self._blocks(chosen[0]) if chosen else ()
            elif name in ("m:oMath", "m:oMathPara", "w:r", "w:hyperlink"):  # inlines where blocks should be
                yield from self._paragraph(_as_paragraph(each))
            elif name not in NOT_SHOWN:
                yield from self._blocks(each)

    def _paragraph(self, paragraph: Element) -> Iterator[WordBlock]:
        properties = child(paragraph, "w:pPr")
        style = attribute(child(properties, "w:pStyle"))
        text = self._inlines.read(paragraph, style)
        boxes, self._inlines.boxes[:] = list(self._inlines.boxes), []
        diagrams, self._inlines.diagrams[:] = list(self._inlines.diagrams), []
        if _goes_on(properties):
            self._carried += text
        else:
            text, self._carried = self._carried + text, ""
            label = self._label(style, properties)
            if text.strip():
                yield self._block(text, style, properties, label)
        for box in boxes:
            yield from self._box(box)
        for diagram in diagrams:
            yield from self._around.other_part(diagram)

    def _label(self, style: str | None, properties: Element | None) -> Label | None:
        return self._around.numbering.label(style, properties)

    def _block(self, text: str, style: str | None, properties: Element | None, label: Label | None) -> WordBlock:
        styles = self._around.styles
        if styles.is_code(style):
            return WordBlock(text.strip("\n"), "code")
        lines = "\n".join(line.strip() for line in text.strip().split("\n"))
        if level := styles.heading(style, properties):
            shown = label.text + label.space if label and label.text and not label.is_bullet else ""
            self._last_depth = None
            return WordBlock(f"{'#' * level} {shown}{on_one_line(lines)}", heading=True)
        depth = styles.list_depth(style)
        if label is not None:
            depth = max(label.depth, depth or 0)
            self._last_depth = depth
            if label.is_bullet:
                return WordBlock(f"- {label.text} {lines}" if label.text else f"- {lines}", "item", depth)
            return WordBlock(f"{label.text}{label.space if label.text else ''}{lines}", "item", depth)
        if depth is not None and "continue" not in styles.name(style):
            return WordBlock(f"- {lines}", "item", depth)
        if styles.is_quote(style):
            return WordBlock(lines, "quote")
        return WordBlock(lines)

    def _box(self, box: Element) -> Iterator[WordBlock]:
        """Write a text box, in the middle of whose paragraph nothing of this story goes on."""
        if name_of(box) == "w:txbxContent":
            carried, self._carried = self._carried, ""
            yield from self.blocks(box)
            self._carried = carried
            return
        for paragraph in box.iter("{*}p"):  # of a drawing: a:p
            words = "".join(each.text or "" for each in paragraph.iter("{*}t") if name_of(each) == "a:t")
            if words.strip():
                yield WordBlock(words.strip())

    def _table(self, table: Element) -> Iterator[WordBlock]:
        carried, self._carried = self._carried, ""
        text = table_text([self._row(row) for row in _rows(table)])
        self._carried = carried
        if text:
            yield WordBlock(text, table=True)

    def _row(self, row: Element) -> list[Cell]:
        properties = child(row, "w:trPr")
        cells = [Cell("")] * _span(child(properties, "w:gridBefore"), 0)
        for cell in _cells(row):
            described = child(cell, "w:tcPr")
            if child(described, "w:cellDel") is not None:
                continue
            merged = child(described, "w:vMerge")
            if merged is not None and attribute(merged) != "restart":
                blocks: list[WordBlock] = []  # goes on from the row above, where its text stands
                self.blocks(cell)  # its paragraphs may count in a list
            else:
                blocks = self.blocks(cell)
            cells.append(_cell(blocks))
            cells += [Cell("")] * (_span(child(described, "w:gridSpan"), 1) - 1)
        return cells


def _as_paragraph(element: Element) -> Element:
    """Give a paragraph that holds an element; the tree stays as it is."""
    paragraph = element.makeelement("p")
    paragraph.append(copy.deepcopy(element))
    return paragraph


def _cell(blocks: list[WordBlock]) -> Cell:
    bare = [replace(block, text=f"• {block.text[2:]}") if block.text.startswith("- ") else block for block in blocks]
    text = on_one_line(" ".join(block.text.lstrip("# ") if block.heading else block.text for block in bare))
    is_page = any(block.table or block.heading for block in blocks)
    return Cell(text, tuple(markdown(blocks)), is_page)


def _rows(table: Element) -> Iterator[Element]:
    """Give the rows of a table, not of those within; rows that were deleted are none."""
    for each in table:
        name = name_of(each)
        if name == "w:tr":
            if child(each, "w:trPr", "w:del") is None:
                yield each
        elif name not in NOT_SHOWN:
            yield from _rows(each)


def _cells(row: Element) -> Iterator[Element]:
    for each in row:
        name = name_of(each)
        if name == "w:tc":
            yield each
        elif name not in NOT_SHOWN:
            yield from _cells(each)


def _span(element: Element | None, usual: int) -> int:
    value = number(element)
    return usual if value is None else min(max(value, 0), _WIDEST)


def _goes_on(properties: Element | None) -> bool:
    """Tell whether the next paragraph goes on in the line of this one."""
    mark = child(properties, "w:rPr")
    if child(mark, "w:del") is not None or child(mark, "w:moveFrom") is not None or is_on(child(mark, "w:specVanish")):
        return True
    return attribute(child(properties, "w:framePr"), "dropCap") in ("drop", "margin")

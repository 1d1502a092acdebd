"""Markdown as a Word document: real styles, lists that begin at 1, tables, code, notes, links, fonts for Chinese."""

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from markdown_it.token import Token

from desktop.documents.paper import Paper
from desktop.documents.parsed_markdown import NOT_IN_XML, Parsed
from desktop.documents.word_notes import WordNotes
from desktop.text.markdown_parser import line_end

_CHINESE_FONT, _CODE_FONT = "Microsoft YaHei", "Consolas"
_DEEPEST_LIST, _DEEPEST_HEADING = 3, 9
_INDENT_PT = 18  # of one level of a list, as in the styles of the document
_PAPERS: dict[Paper, tuple[float, float]] = {"a4": (210, 297), "letter": (215.9, 279.4)}  # mm
_TAGS = {"en": "en-US", "zh": "zh-CN"}


def write_word(parts: Sequence[Parsed], path: Path, *, title: str, language: str, paper: Paper) -> None:
    """Write a document.

    Args:
        parts: one behind the other; footnotes belong to their part.
        path: the file.
        title: in its properties.
        language: for the spelling checker, ISO 639-1.
        paper: the size of its pages.
    """
    document = docx.Document()
    document.core_properties.title = NOT_IN_XML.sub("", title)
    document.core_properties.author = ""
    _set_fonts(document, _TAGS.get(language, language))
    for section in document.sections:
        section.page_width, section.page_height = (Mm(side) for side in _PAPERS[paper])
    writer = _Writer(document)
    for part in parts:
        writer.part(part)
    document.save(str(path))


def _set_fonts(document: Any, tag: str) -> None:
    for style in document.styles:
        properties = getattr(style.element, "get_or_add_rPr", None)
        if properties is None or not hasattr(style, "font"):
            continue
        fonts = properties().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), _CHINESE_FONT)
        for theme in ("w:eastAsiaTheme",):  # a theme's font would go before the one named
            fonts.attrib.pop(qn(theme), None)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), tag)
    language.set(qn("w:eastAsia"), "zh-CN")
    document.styles["Normal"].element.get_or_add_rPr().append(language)


class _Writer:
    """Turns tokens into paragraphs."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._lists: list[tuple[bool, int]] = []  # ordered, and the number of its numbering
        self._item_begins = False  # what comes next gets the mark of its item
        self._quoted = 0
        self._titled = False
        self._notes = _Notes(document, Parsed([], {}))

    def part(self, part: Parsed) -> None:
        self._notes = _Notes(self._document, part, self._notes.word)
        self.blocks(part.blocks)

    def blocks(self, tokens: Sequence[Token]) -> None:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "table_open":
                end = next(place for place in range(at, len(tokens)) if tokens[place].type == "table_close")
                self._table(tokens[at:end])
                at = end
            elif token.type == "inline":
                self._paragraph(tokens[at - 1], token)
            elif token.type in ("fence", "code_block"):
                self._code(token.content)
            elif token.type == "hr":
                self._rule()
            else:
                self._enter_or_leave(token)
            at += 1

    def _enter_or_leave(self, token: Token) -> None:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            ordered = token.type.startswith("ordered")
            self._lists.append((ordered, self._new_numbering(int(token.attrGet("start") or 1)) if ordered else 0))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
        elif token.type == "list_item_open":
            self._item_begins = True
        elif token.type == "blockquote_open":
            self._quoted += 1
        elif token.type == "blockquote_close":
            self._quoted -= 1

    def _paragraph(self, before: Token, inline: Token) -> None:
        if before.type == "heading_open":
            level = int(before.tag[1:])
            if level == 1 and not self._titled:
                paragraph = self._document.add_heading(level=0)  # the style Title
                self._titled = True
            else:
                paragraph = self._document.add_heading(level=min(_DEEPEST_HEADING, max(1, level - 1)))
        else:
            paragraph = self._document.add_paragraph(style=self._style())
            if self._lists and self._lists[-1][0] and self._item_begins:
                self._number(paragraph, self._lists[-1][1])
            self._item_begins = False
            self._indent_deeper(paragraph)
        _Inlines(self._document.part, paragraph, self._notes).write(inline.children or [])

    def _indent_deeper(self, paragraph: Any) -> None:
        """Indent what stands deeper than the styles of the document go."""
        deeper = max(0, len(self._lists) - _DEEPEST_LIST, 0 if self._lists else self._quoted - 1)
        if deeper:
            begin = _DEEPEST_LIST if self._lists else 0
            paragraph.paragraph_format.left_indent = Pt(_INDENT_PT * (begin + deeper))

    def _style(self) -> str:
        if self._lists:
            name = "List Continue" if not self._item_begins else "List Number" if self._lists[-1][0] else "List Bullet"
            depth = min(len(self._lists), _DEEPEST_LIST)
            return name if depth == 1 else f"{name} {depth}"
        return "Quote" if self._quoted else "Normal"

    def _new_numbering(self, first: int) -> int:
        """Begin a numbering of its own: Word would go on counting from the list before."""
        depth = min(len(self._lists) + 1, _DEEPEST_LIST)
        style = self._document.styles["List Number" if depth == 1 else f"List Number {depth}"]
        base = style.element.pPr.numPr.numId.val
        numbering = self._document.part.numbering_part.element
        original = next(num for num in numbering.findall(qn("w:num")) if num.numId == base)
        number: int = max(num.numId for num in numbering.findall(qn("w:num"))) + 1
        made = copy.deepcopy(original)
        made.set(qn("w:numId"), str(number))
        override, start = OxmlElement("w:lvlOverride"), OxmlElement("w:startOverride")
        override.set(qn("w:ilvl"), "0")
        start.set(qn("w:val"), str(first))
        override.append(start)
        made.append(override)
        numbering.append(made)
        return number

    def _number(self, paragraph: Any, number: int) -> None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001  # the library has no other way
        properties.get_or_add_numId().val = number
        properties.get_or_add_ilvl().val = 0

    def _code(self, text: str) -> None:
        paragraph = self._document.add_paragraph(style="Normal")
        paragraph.paragraph_format.left_indent = Pt(12)
        lines = NOT_IN_XML.sub("", text).rstrip("\n").split("\n")
        for number, line in enumerate(lines, 1):
            run = paragraph.add_run(line)
            _as_code(run)
            if number < len(lines):
                run.add_break(WD_BREAK.LINE)

    def _rule(self) -> None:
        paragraph = self._document.add_paragraph()
        borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
        for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "B0A89C")):
            bottom.set(qn(f"w:{key}"), value)
        borders.append(bottom)
        paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001

    def _table(self, tokens: Sequence[Token]) -> None:
        rows: list[list[Token]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(token)
        table = self._document.add_table(rows=len(rows), cols=max(len(row) for row in rows), style="Table Grid")
        first, *_ = rows_made = list(table.rows)
        for row, cells in zip(rows_made, rows, strict=True):
            for cell, inline in zip(row.cells, cells, strict=False):
                inlines = _Inlines(self._document.part, cell.paragraphs[0], self._notes, bold=row is first)
                inlines.write(inline.children or [])


class _Inlines:
    """Writes the runs of one paragraph."""

    def __init__(self, part: Any, paragraph: Any, notes: "_Notes", *, bold: bool = False) -> None:
        self._part, self._paragraph, self._notes = part, paragraph, notes
        self._marks = {"strong": int(bold), "em": 0, "s": 0}  # how deep the text stands in each
        self._link: Any = None

    def write(self, tokens: Sequence[Token]) -> None:
        for at, token in enumerate(tokens):
            kind = token.type.rpartition("_")[0]
            if kind in self._marks:
                self._marks[kind] += token.nesting
                continue
            match token.type:
                case "link_open":
                    self._open_link(str(token.attrGet("href") or ""))
                case "link_close":
                    self._link = None
                case "code_inline":
                    _as_code(self._run(token.content))
                case "softbreak":
                    self._run(line_end(tokens, at))
                case "footnote_ref":
                    self._refer(int(token.meta["id"]))
                case "hardbreak":
                    self._run("").add_break(WD_BREAK.LINE)
                case _:
                    self._run(token.content)  # text; of a picture its description

    def _run(self, text: str) -> Any:
        run = self._paragraph.add_run(NOT_IN_XML.sub("", text))
        run.bold, run.italic, run.font.strike = (depth > 0 or None for depth in self._marks.values())
        if self._link is not None:
            run.font.underline = True
            run.font.color.rgb = RGBColor(0x1F, 0x5A, 0x8A)
            self._link.append(run._r)  # noqa: SLF001
        return run

    def _refer(self, number: int) -> None:
        if not self._notes.being_written:
            self._notes.refer(self._paragraph, number)
        elif number in self._notes.being_written:
            self._run(str(number + 1)).font.superscript = True
        else:  # Word knows no notes in notes
            self._run(" (")
            self._notes.write_inside(self, number)
            self._run(")")

    def _open_link(self, address: str) -> None:
        if not address.startswith(("http://", "https://", "mailto:")):
            return  # nothing of a document may open a file or run a program
        number = self._part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        self._link = OxmlElement("w:hyperlink")
        self._link.set(qn("r:id"), number)
        self._paragraph._p.append(self._link)  # noqa: SLF001


class _Notes:
    """Writes the footnotes of one part as they are referred to."""

    def __init__(self, document: Any, part: Parsed, word: WordNotes | None = None) -> None:
        self.word = word or WordNotes(document)
        self._part = part
        self.being_written: list[int] = []  # the note, and those that are written inside it

    def write_inside(self, inlines: _Inlines, id_: int) -> None:
        """Write the text of a footnote into another one."""
        self.being_written.append(id_)
        for token in self._part.notes.get(id_, ()):
            inlines.write(token.children or [])
        self.being_written.pop()

    def refer(self, paragraph: Any, id_: int) -> None:
        """Refer to a footnote; one that is referred to again is written again: Word's notes have one mark each."""
        number, first = self.word.begin()
        self.word.refer(paragraph, number)
        begun = False
        self.being_written = [id_]
        for token in self._part.notes.get(id_, ()):
            if token.type == "inline":
                target = self.word.paragraph(number) if begun else first
                _Inlines(self.word.part, target, self).write(token.children or [])
            elif token.type in ("fence", "code_block"):
                target = self.word.paragraph(number) if begun else first
                _as_code(target.add_run(NOT_IN_XML.sub("", token.content).rstrip("\n")))
            else:
                continue
            begun = True
        self.being_written = []


def _as_code(run: Any) -> None:
    run.font.name = _CODE_FONT
    run.font.size = Pt(10)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _CHINESE_FONT)  # noqa: SLF001

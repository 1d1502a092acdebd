"""The text of one paragraph: its runs, whatever they stand in, fields by their results, equations, marks of notes."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from desktop.documents.scripts import lowered, raised
from desktop.documents.word_reading.equations import latex
from desktop.documents.word_reading.package import Element, attribute, child, is_on, name_of, number
from desktop.documents.word_reading.styles import Styles
from desktop.documents.word_reading.symbols import symbol, symbols

# What is not shown: deleted text and its old place, code of fields, what describes other elements, comments.
NOT_SHOWN = frozenset(
    {"w:del", "w:moveFrom", "w:instrText", "w:delText", "w:delInstrText", "w:sdtPr", "w:sdtEndPr", "w:pPr", "w:rPr"}
    | {"w:tblPr", "w:trPr", "w:tcPr", "w:tblGrid", "w:sectPr", "w:customXmlPr", "w:smartTagPr", "w:annotationRef"}
    | {"w:commentReference", "w:rt", "w:rubyPr", "w:footnoteRef", "w:endnoteRef", "w:ffData", "w:fldData", ""}
)
_BREAKS = {"w:cr": "\n", "w:tab": "\t", "w:ptab": "\t", "w:noBreakHyphen": "-", "w:softHyphen": ""}
_PAGES = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "STYLEREF"})  # what a header repeats of its page
_LAST_ARGUMENT = re.compile(r"[(,;，]([^(),;，]*)\)+\s*$")


@dataclass(slots=True)
class _Field:
    """A field that has begun: its code, whether its result has, and what it shows without one."""

    code: str = ""
    in_result: bool = False
    instead: str = ""


@dataclass(slots=True)
class Notes:
    """The notes of a document as they are referred to; their text is read later.

    Attributes:
        marks: (footnote or endnote, its id) -> its number in the text.
    """

    marks: dict[tuple[str, str], int] = field(default_factory=dict)

    def refer(self, kind: str, id_: str) -> int:
        """Give the number of a note, counted in the order of the text."""
        return self.marks.setdefault((kind, id_), len(self.marks) + 1)


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    script: str = "baseline"
    struck: bool = False


class Inlines:
    """Reads the paragraphs of one story (the body, a header, a note) in their order: fields may span them.

    Attributes:
        boxes: text boxes that were met, to be written behind the paragraph that holds them.
        diagrams: relationships of diagrams and charts that were met.
    """

    def __init__(self, story: Element, styles: Styles, notes: Notes, *, without_page_numbers: bool = False) -> None:
        """Take the root of the story; the numbers of pages mean nothing in a text without pages."""
        self._styles, self._notes, self._without_pages = styles, notes, without_page_numbers
        self._endless = _without_end(story)
        self._fields: list[_Field] = []
        self._pieces: list[_Piece] = []
        self._style: str | None = None
        self.boxes: list[Element] = []
        self.diagrams: list[Element] = []
        self._elements: Mapping[str, Callable[[Element], None]] = {
            "w:r": self._run,
            "w:fldSimple": self._simple_field,
            "w:ruby": self._ruby,
            "w:txbxContent": self.boxes.append,
            "w:drawing": self._drawing,
            "mc:AlternateContent": self._choose,
            "m:oMath": self._equation,
            "m:oMathPara": self._equations,
            "v:textpath": lambda each: self._add(each.get("string") or ""),
            "v:shape": self._shape,
        }

    def read(self, paragraph: Element, style: str | None) -> str:
        """Give the text of a paragraph; ends of lines are those within it."""
        self._pieces, self._style = [], style
        self._walk(paragraph)
        return self._joined()

    def _walk(self, element: Element) -> None:
        for each in element:
            name = name_of(each)
            if name not in NOT_SHOWN:
                self._elements.get(name, self._walk)(each)

    @property
    def _shown(self) -> bool:
        return all(each.in_result for each in self._fields)

    def _add(self, text: str, script: str = "baseline", *, struck: bool = False) -> None:
        if text and self._shown:
            self._pieces.append(_Piece(text, script, struck))

    def _run(self, run: Element) -> None:
        properties = child(run, "w:rPr")
        hidden = properties is not None and self._styles.is_hidden(self._style, properties)
        hidden = hidden or (properties is None and self._styles.is_hidden(self._style, None))
        script = self._styles.script(properties)
        struck = is_on(child(properties, "w:strike")) or is_on(child(properties, "w:dstrike"))
        fonts = child(properties, "w:rFonts")
        font = attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or ""
        for each in run:
            name = name_of(each)
            if name == "w:fldChar":
                self._field_char(each)
            elif name == "w:instrText" and self._fields and not self._fields[-1].in_result:
                self._fields[-1].code += each.text or ""
            elif hidden or name in NOT_SHOWN:
                continue
            elif name == "w:t":
                self._add(symbols(_words(each), font), script, struck=struck)
            elif name in _BREAKS:
                self._add(_BREAKS[name])
            elif name == "w:br":
                self._add("\n")
            elif name == "w:sym":
                self._add(_sign(each), script)
            elif name in ("w:footnoteReference", "w:endnoteReference"):
                self._refer(each, name)
            else:
                self._elements.get(name, self._walk)(each)

    def _refer(self, element: Element, name: str) -> None:
        if self._shown:
            mark = self._notes.refer(name[2:].removesuffix("Reference"), attribute(element, "id") or "")
            self._add(f"[^{mark}]")

    def _field_char(self, element: Element) -> None:
        if element in self._endless:
            return
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field(instead=_form_field(element)))
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = not self._is_left_out(self._fields[-1].code)
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            if not ended.in_result and not self._is_left_out(ended.code):
                self._add(ended.instead or _made(ended.code))

    def _simple_field(self, element: Element) -> None:
        if not self._is_left_out(attribute(element, "instr") or ""):
            self._walk(element)

    def _is_left_out(self, code: str) -> bool:
        return self._without_pages and code.strip().partition(" ")[0].upper() in _PAGES

    def _ruby(self, element: Element) -> None:
        """Write the reading of characters behind them: 漢字(かんじ)."""
        base, reading = child(element, "w:rubyBase"), child(element, "w:rt")
        if base is not None:
            self._walk(base)
        begin = len(self._pieces)
        if reading is not None:
            self._walk(reading)
        if said := "".join(piece.text for piece in self._pieces[begin:]):
            self._pieces[begin:] = [_Piece(f"({said})")]

    def _choose(self, element: Element) -> None:
        """Take one of several forms of the same: the first with text, or with a picture."""
        for each in (*_named(element, "mc:Choice"), *_named(element, "mc:Fallback")):
            if any(name_of(part) in ("w:t", "a:t", "m:t", "w:sym", "v:textpath", "pic:pic") for part in each.iter()):
                self._walk(each)
                return
        for each in _named(element, "mc:Choice"):
            self._walk(each)
            return

    def _equation(self, element: Element) -> None:
        if written := latex(element):
            self._add(f"${written}$")

    def _equations(self, element: Element) -> None:
        written = [latex(each) for each in _named(element, "m:oMath")]
        self._add("\n".join(f"$${each}$$" for each in written if each))

    def _drawing(self, element: Element) -> None:
        """Look for text in a drawing; of a picture, take its description."""
        parts = {name_of(each) for each in element.iter()}
        described = next((each for each in element.iter() if name_of(each) == "wp:docPr"), None)
        if "pic:pic" in parts and "w:txbxContent" not in parts and described is not None and described.get("descr"):
            self._add(f"[{' '.join(described.get('descr', '').split())}]")
        if parts & {"dgm:relIds", "c:chart"}:
            self.diagrams += [each for each in element.iter() if name_of(each) in ("dgm:relIds", "c:chart")]
        if "a:t" in parts and self._shown:
            self.boxes.append(element)
        else:
            self._walk(element)

    def _shape(self, element: Element) -> None:
        alt = " ".join((element.get("alt") or "").split())
        if alt and any(name_of(each) == "v:imagedata" for each in element):
            self._add(f"[{alt}]")
        self._walk(element)

    def _joined(self) -> str:
        """Put pieces together; neighbours that stand alike are one: raised 1 and 0 are a raised 10."""
        merged: list[_Piece] = []
        for piece in self._pieces:
            if merged and (merged[-1].script, merged[-1].struck) == (piece.script, piece.struck):
                merged[-1] = _Piece(merged[-1].text + piece.text, piece.script, piece.struck)
            else:
                merged.append(piece)
        text = ""
        for piece in merged:
            shown = piece.text
            if piece.script == "superscript":
                shown = raised(shown, text)
            elif piece.script == "subscript":
                shown = lowered(shown, text)
            if piece.struck and shown.strip():
                shown = shown.replace(shown.strip(), f"~~{shown.strip()}~~")
            text += shown
        return text


def _named(element: Element, name: str) -> Iterable[Element]:
    return (each for each in element if name_of(each) == name)


def _sign(element: Element) -> str:
    try:
        char = chr(int(attribute(element, "char") or "", 16))
    except (ValueError, OverflowError):
        return ""
    return symbol(char, attribute(element, "font") or "")


def _form_field(begin: Element) -> str:
    """Give what a field of an old form shows: its box, or the entry that was chosen."""
    form = child(begin, "w:ffData")
    if (box := child(form, "w:checkBox")) is not None:
        checked = child(box, "w:checked")
        return "☒" if is_on(checked if checked is not None else child(box, "w:default")) else "☐"
    if (choice := child(form, "w:ddList")) is not None:
        entries = [attribute(each) or "" for each in _named(choice, "w:listEntry")]
        chosen = number(child(choice, "w:result"))
        chosen = number(child(choice, "w:default")) if chosen is None else chosen
        return entries[chosen or 0] if 0 <= (chosen or 0) < len(entries) else ""
    return ""


def _made(code: str) -> str:
    """Give what a field shows that Word draws without keeping a result: SYMBOL, and EQ with signs over each other."""
    word, _, rest = code.strip().partition(" ")
    if word.upper() == "SYMBOL" and (found := re.match(r"\s*(0x[0-9a-fA-F]+|\d+)", rest)):
        font = re.search(r'\\f\s+"?([\w ]+?)"?\s*(?:\\|$)', rest)
        place = int(found[1], 0)
        return symbol(chr(place), font[1] if font else "") if place < 0x110000 else ""
    if word.upper() == "EQ":
        if fraction := re.fullmatch(r"\s*\\f\s*\(([^(),]*)[,;]([^(),]*)\)\s*", rest, re.IGNORECASE):
            return f"{fraction[1]}/{fraction[2]}"
        last = _LAST_ARGUMENT.search(rest)
        return last[1].strip() if last else ""
    return ""


def _without_end(story: Element) -> frozenset[Element]:
    """Find fields that begin and never end: they must not hide what follows."""
    open_: list[Element] = []
    ended: list[Element] = []
    for each in story.iter("{*}fldChar"):
        if any(name_of(above) in ("w:del", "w:moveFrom") for above in each.iterancestors()):
            continue
        kind = attribute(each, "fldCharType")
        if kind == "begin":
            open_.append(each)
        elif kind == "end":
            if open_:
                open_.pop()
            else:
                ended.append(each)
    return frozenset([*open_, *ended])


def _words(element: Element) -> str:
    """Give the text of w:t without entities, which are not resolved, and without ends of lines."""
    return re.sub(r"[\r\n]+", " ", (element.text or "") + "".join(each.tail or "" for each in element))

"""Markdown as source of Typst, the typesetter of our PDF files.

Every text goes in as a string literal, so nothing of it is read as Typst: no text can import a package, read a file or
break the page.
"""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from desktop.documents.parsed_markdown import NOT_IN_XML, Parsed
from desktop.text.markdown_parser import line_end

_HEAD = """\
#set document(title: {title})
#set page(paper: {paper}, margin: (x: 2.5cm, top: 2.4cm, bottom: 2.6cm), numbering: "1 / 1",
  footer: context align(center, text(8.5pt, fill: luma(110), counter(page).display("1 / 1", both: true))))
#set text(font: ({fonts}), lang: {language}, size: 10.5pt, fill: luma(25))
#set par(leading: {leading}, spacing: 1.15em, justify: {justify})
#set list(indent: 0.5em, marker: ([•], [–]))
#set enum(indent: 0.5em)
#set table(stroke: 0.5pt + luma(190), inset: (x: 7pt, y: 5pt))
#set footnote.entry(separator: line(length: 25%, stroke: 0.5pt + luma(150)))
#show raw: set text(font: ({code_fonts}), size: 9.5pt)
#show raw.where(block: true): it => block(fill: luma(246), inset: 9pt, radius: 3pt, width: 100%, {{
  set par(justify: false, leading: 0.6em)
  it
}})
#show quote.where(block: true): it => block(stroke: (left: 2pt + luma(205)), inset: (left: 11pt, y: 2pt),
  text(fill: luma(80), it.body))
#show link: it => text(fill: rgb("#1f5a8a"), underline(it))
#show heading: it => block(above: 1.5em, below: 0.8em, sticky: true, text(weight: "bold", it.body))
#show heading.where(level: 1): set text(size: 14pt)
#show heading.where(level: 2): set text(size: 12pt)
#show heading.where(level: 3): set text(size: 11pt)
#let title-line(it) = block(below: 1.3em, sticky: true, text(size: 19pt, weight: "bold", it))
{bold}
"""
# Many Chinese fonts come in one weight: their strokes are drawn a little wider, as word processors do.
_BOLD_CHINESE = r"""
#let wider(it) = { show regex("[\p{Han}\u{3000}-\u{303f}\u{ff00}-\u{ffef}]+"): set text(stroke: 0.028em); it }
#show strong: wider
#show heading: wider
#show table.header: wider
"""
_DEEPEST_HEADING = 6
_PAPERS = {"a4": "a4", "letter": "us-letter"}
_ALIGNS = {"text-align:left": "left", "text-align:center": "center", "text-align:right": "right"}


def typst_source(
    parts: Sequence[Parsed],
    *,
    title: str,
    language: str,
    paper: str,
    fonts: Sequence[str],
    code_fonts: Sequence[str],
    bold_chinese: bool,
) -> str:
    """Write the source.

    Args:
        parts: what is written, one behind the other; footnotes belong to their part.
        title: in the file's description.
        language: ISO 639-1.
        paper: a4 or letter.
        fonts: families of the text, in order of preference.
        code_fonts: families of code.
        bold_chinese: whether the fonts have bold Chinese of their own.
    """
    chinese = language == "zh"
    head = _HEAD.format(
        title=quoted(title),
        paper=quoted(_PAPERS[paper]),
        fonts="".join(f"{quoted(font)}, " for font in fonts),
        code_fonts="".join(f"{quoted(font)}, " for font in code_fonts),
        language=quoted(language if re.fullmatch("[a-z]{2,3}", language) else "en"),
        leading="0.85em" if chinese else "0.7em",
        justify="true" if chinese else "false",
        bold="" if bold_chinese else _BOLD_CHINESE,
    )
    writer = _Blocks()
    return head + "\n".join(writer.part(number, part) for number, part in enumerate(parts))


def quoted(text: str) -> str:
    """Give a string literal of Typst; what no document may hold is left out."""
    plain = NOT_IN_XML.sub("", text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + plain.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


class _Blocks:
    """Writes blocks; knows whether the title was written."""

    def __init__(self) -> None:
        self._titled = False
        self._inlines = _Inlines(Parsed([], {}), 0, self)

    def part(self, number: int, part: Parsed) -> str:
        self._inlines = _Inlines(part, number, self)
        return self.blocks(part.blocks)

    def blocks(self, tokens: Sequence[Token]) -> str:
        """Write tokens that stand in one container."""
        written, at = [], 0
        while at < len(tokens):
            end = _end(tokens, at)
            written.append(self._block(tokens[at], tokens[at + 1 : end]))
            at = max(end, at) + 1
        return "".join(text + "\n\n" for text in written if text)

    def note(self, tokens: Sequence[Token]) -> str:
        """Write a footnote; its first paragraph stands behind its number."""
        if len(tokens) > 1 and tokens[0].type == "paragraph_open":
            return f"{self._inlines.write(tokens[1].children or [])}\n\n{self.blocks(tokens[3:])}".strip()
        return self.blocks(tokens).strip()

    def _block(self, token: Token, inside: Sequence[Token]) -> str:
        match token.type:
            case "paragraph_open":
                text = self._inlines.write(inside[0].children or []) if inside else ""
                return text if token.hidden else f"#par[{text}]"
            case "heading_open":
                return self._heading(int(token.tag[1:]), self._inlines.write(inside[0].children or []))
            case "bullet_list_open":
                return f"#list(tight: {_tight(inside)}, {self._items(inside)})"
            case "ordered_list_open":
                return (
                    f"#enum(start: {int(token.attrGet('start') or 1)}, tight: {_tight(inside)}, {self._items(inside)})"
                )
            case "blockquote_open":
                return f"#quote(block: true)[{self.blocks(inside)}]"
            case "fence" | "code_block":
                name = token.info.split()[0] if token.info.split() else ""
                language = f", lang: {quoted(name.lower())}" if name else ""
                return f"#raw({quoted(token.content.removesuffix(chr(10)))}, block: true{language})"
            case "hr":
                return "#line(length: 100%, stroke: 0.5pt + luma(190))"
            case "table_open":
                return self._table(inside)
            case "inline":
                return self._inlines.write(token.children or [])
        return ""

    def _heading(self, level: int, text: str) -> str:
        if level == 1 and not self._titled:
            self._titled = True
            return f"#title-line[{text}]"
        return f"#heading(level: {min(_DEEPEST_HEADING, max(1, level - 1))})[{text}]"

    def _items(self, tokens: Sequence[Token]) -> str:
        items, at = [], 0
        while at < len(tokens):
            end = _end(tokens, at)
            items.append(f"[{self.blocks(tokens[at + 1 : end]).strip()}]")
            at = end + 1
        return ", ".join(items)

    def _table(self, tokens: Sequence[Token]) -> str:
        rows: list[list[str]] = []
        aligns: list[str] = []
        for at, token in enumerate(tokens):
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                rows[-1].append(f"[{self._inlines.write(tokens[at + 1].children or [])}]")
                if token.type == "th_open":
                    aligns.append(_ALIGNS.get(str(token.attrGet("style") or ""), "left"))
        head = "".join(f"[#strong{cell}]" for cell in rows[0])
        body = ", ".join(cell for row in rows[1:] for cell in row)
        return f"#table(columns: {len(rows[0])}, align: ({', '.join(aligns)},), table.header{head}, {body})"


class _Inlines:
    """Writes what stands in a line."""

    def __init__(self, part: Parsed, number: int, blocks: _Blocks) -> None:
        self._part, self._number, self._blocks = part, number, blocks
        self._noted: set[int] = set()
        self._depth = 0  # of notes in notes

    def write(self, tokens: Sequence[Token]) -> str:
        written: list[str] = []
        open_links: list[bool] = []
        for at, token in enumerate(tokens):
            match token.type:
                case "strong_open" | "em_open" | "s_open":
                    written.append({"strong_open": "#strong[", "em_open": "#emph[", "s_open": "#strike["}[token.type])
                case "strong_close" | "em_close" | "s_close":
                    written.append("]")
                case "link_open":
                    address = str(token.attrGet("href") or "")
                    # Nothing of a document may open a file or run a program.
                    open_links.append(address.startswith(("http://", "https://", "mailto:")))
                    written.append(f"#link({quoted(address)})[" if open_links[-1] else "")
                case "link_close":
                    written.append("]" if open_links.pop() else "")
                case "code_inline":
                    written.append(f"#raw({quoted(token.content)});")
                case "softbreak":
                    written.append(f"#{quoted(line_end(tokens, at))};")
                case "hardbreak":
                    written.append("#linebreak();")
                case "footnote_ref":
                    written.append(self._note(int(token.meta["id"])))
                case _:
                    written.append(
                        f"#{quoted(token.content)};" if token.content else ""
                    )  # of a picture its description
        return "".join(written)

    def _note(self, number: int) -> str:
        label = f"<note-{self._number}-{number}>"
        if number in self._noted:  # within notes it may be the one that is being written
            return f"#super({quoted(str(number + 1))});" if self._depth else f"#footnote({label});"
        self._noted.add(number)
        self._depth += 1
        text = self._blocks.note(self._part.notes.get(number, []))
        self._depth -= 1
        return f"#footnote[{text}]{label}"


def _end(tokens: Sequence[Token], begin: int) -> int:
    """Give the place of the token that closes the one at `begin`; `begin` where it stands alone."""
    if tokens[begin].nesting <= 0:
        return begin
    depth = 0
    for at in range(begin, len(tokens)):
        depth += tokens[at].nesting
        if depth == 0:
            return at
    return len(tokens)


def _tight(tokens: Sequence[Token]) -> str:
    """Tell Typst whether the items of a list stand close: then markdown-it hides their paragraphs."""
    own = [token for token in tokens if token.type == "paragraph_open" and token.level == tokens[0].level + 1]
    return "true" if all(token.hidden for token in own) else "false"

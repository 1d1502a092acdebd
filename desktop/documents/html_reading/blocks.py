"""Blocks of a page as Markdown: paragraphs, headings, lists, quotations, code, tables."""

import itertools
import re
from collections.abc import Iterable

from selectolax.lexbor import LexborNode

from desktop.documents.html_reading.hidden import NotShown
from desktop.documents.html_reading.inlines import InlineReader, one_line
from desktop.documents.number_formats import formatted
from desktop.documents.table_text import Cell, on_one_line, table_text

_HEADING = re.compile("h[1-6]")
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_CODE = frozenset({"pre", "listing", "xmp"})
_COUNTED = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_WIDEST = 100  # columns and rows that a cell may span: more is damage


class BlockReader:
    """Reads elements that stand in lines of their own."""

    def __init__(self, not_shown: NotShown) -> None:
        """Take what tells which nodes are left out."""
        self._not_shown = not_shown
        self._inlines = InlineReader(not_shown)

    def blocks(self, node: LexborNode) -> list[str]:
        """Give what stands in an element, block by block."""
        return self._flow(node.iter(include_text=True))

    def _flow(self, nodes: Iterable[LexborNode]) -> list[str]:
        found: list[str] = []
        line = ""

        def end_line() -> None:
            nonlocal line
            if text := one_line(line):
                found.append(text)
            line = ""

        for each in nodes:
            if each.tag != "-text" and each in self._not_shown:
                continue
            if self._inlines.is_block(each):
                end_line()
                found += self._block(each)
            else:
                line += self._inlines.text(each, line[-20:])
        end_line()
        return found

    def _block(self, node: LexborNode) -> list[str]:
        tag = node.tag or ""
        if _HEADING.fullmatch(tag):
            text = on_one_line(" ".join(self.blocks(node)).replace("**", ""))
            return [f"{'#' * int(tag[1])} {text}"] if text else []
        if tag in _LISTS:
            return self._list(node, ordered=tag == "ol")
        if tag == "li":  # of no list
            return self._item(node, "- ")
        if tag in _CODE:
            return self._code(node)
        if tag == "blockquote":
            quoted = "\n\n".join(self.blocks(node)).split("\n")
            return ["\n".join(f"> {line}".rstrip() for line in quoted)] if any(quoted) else []
        if tag == "table":
            return self._table(node)
        return self.blocks(node)

    def _list(self, node: LexborNode, *, ordered: bool) -> list[str]:
        shown = [each for each in node.iter(include_text=True) if each.tag == "-text" or each not in self._not_shown]
        number = _number(node, "start") or (sum(each.tag == "li" for each in shown) if _is_reversed(node) else 1)
        kind = _COUNTED.get(node.attributes.get("type") or "", "decimal")
        written: list[str] = []
        for is_item, nodes in itertools.groupby(shown, lambda each: each.tag == "li"):
            if not is_item:  # a list in a list, or whatever else stands there
                written += ["  " + text.replace("\n", "\n  ") for text in self._flow(nodes)]
                continue
            for each in nodes:
                own = _number(each, "value")
                number = number if own is None else own
                written += self._item(each, f"{formatted(number, kind)}. " if ordered else "- ")
                number += -1 if _is_reversed(node) else 1
        return ["\n".join(written)] if written else []

    def _item(self, node: LexborNode, mark: str) -> list[str]:
        first, *rest = self.blocks(node) or [""]
        if not first and not rest:
            return []
        indent = "\n" + " " * len(mark)
        starts_apart = first.startswith(("- ", "1. ", "```", "|"))
        text = (
            mark.rstrip() + indent + first.replace("\n", indent) if starts_apart else mark + first.replace("\n", indent)
        )
        for block in rest:
            is_list = re.match(r"- |[\w]+\. ", block) is not None
            text += ("" if is_list else "\n") + indent + block.replace("\n", indent)
        return [re.sub(r"(?m)^ +$", "", text)]

    def _code(self, node: LexborNode) -> list[str]:
        text = _as_written(node, self._not_shown).strip("\n")
        fence = "```"
        while fence in text:
            fence += "`"
        return [f"{fence}\n{text}\n{fence}"] if text.strip() else []

    def _table(self, node: LexborNode) -> list[str]:
        captions = [each for each in node.iter() if each.tag == "caption" and each not in self._not_shown]
        rows = self._rows(node)
        held: dict[int, int] = {}  # column -> how many rows a cell from above still holds it
        grid: list[list[Cell]] = []
        for row in rows:
            cells: list[Cell] = []
            for each in row.iter():
                if each.tag not in ("td", "th") or each in self._not_shown:
                    continue
                self._skip_held(held, cells)
                down = min(_number(each, "rowspan") or 1, _WIDEST)
                for nth in range(min(max(_number(each, "colspan") or 1, 1), _WIDEST)):
                    held[len(cells)] = max(down - 1, 0)
                    cells.append(self._cell(each) if nth == 0 else Cell(""))
            self._skip_held(held, cells)
            grid.append(cells)
        said = [block for caption in captions for block in self.blocks(caption)]
        text = table_text(grid)
        return [*said, text] if text else said

    def _skip_held(self, held: dict[int, int], cells: list[Cell]) -> None:
        while held.get(len(cells), 0) > 0:
            held[len(cells)] -= 1
            cells.append(Cell(""))

    def _rows(self, table: LexborNode) -> list[LexborNode]:
        """Give the rows, those of the foot last, wherever it stands."""
        parts = [each for each in table.iter() if each not in self._not_shown]
        feet = [part for part in parts if part.tag == "tfoot"]
        ordered = [part for part in parts if part.tag in ("thead", "tbody")] + feet
        return [row for part in ordered for row in part.iter() if row.tag == "tr" and row not in self._not_shown]

    def _cell(self, node: LexborNode) -> Cell:
        blocks = self.blocks(node)
        bare = [re.sub(r"(?m)^\s*- ", "• ", block.lstrip("# ")) for block in blocks]
        text = on_one_line(" ".join(re.sub(r"(?m)^(?:```+|> ?)", "", block) for block in bare))
        is_page = any(self._inlines.is_block(each) for each in node.iter()) and bool(
            node.css("table,h1,h2,h3,h4,h5,h6")
        )
        return Cell(text, tuple(blocks), is_page)


def _as_written(node: LexborNode, not_shown: NotShown) -> str:
    """Give text with its blanks and ends of lines."""
    text = ""
    for each in node.iter(include_text=True):
        if each.tag == "-text":
            text += each.text_content or ""
        elif each.tag == "br":
            text += "\n"
        elif each not in not_shown:
            text += _as_written(each, not_shown)
    return text


def _number(node: LexborNode, name: str) -> int | None:
    try:
        return int(node.attributes.get(name) or "")
    except ValueError:
        return None


def _is_reversed(node: LexborNode) -> bool:
    return "reversed" in node.attributes

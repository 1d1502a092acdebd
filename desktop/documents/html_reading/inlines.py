"""Text within a line of a page: emphasis, raised and lowered figures, formulas, pictures, fields of forms."""

import re
from collections.abc import Callable, Mapping

from selectolax.lexbor import LexborNode

from desktop.documents.html_reading.hidden import NotShown, stands_apart
from desktop.documents.scripts import lowered, raised

BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "figure", "figcaption", "form", "hr"}
    | {"address", "dl", "dt", "dd", "details", "summary", "fieldset", "legend", "body", "html", "caption", "center"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "menu", "dir", "li", "pre", "listing", "xmp", "blockquote"}
    | {"table", "thead", "tbody", "tfoot", "tr", "td", "th", "hgroup", "search", "dialog", "optgroup"}
)
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~", "strike": "~~"}
_NOT_TYPED = frozenset({"hidden", "submit", "button", "reset", "image", "password", "file", "range", "color"})


class InlineReader:
    """Reads what stands within a line."""

    def __init__(self, not_shown: NotShown) -> None:
        """Take what tells which nodes are left out."""
        self._not_shown = not_shown
        self._holds_blocks: dict[int, bool] = {}
        self._elements: Mapping[str, Callable[[LexborNode, str], str]] = {
            "br": lambda *_: "\n",
            "wbr": lambda *_: "",
            "img": lambda node, _: _picture(node),
            "sup": lambda node, before: raised(self.children(node, before), before),
            "sub": lambda node, before: lowered(self.children(node, before), before),
            "q": lambda node, before: f"“{self.children(node, before)}”",
            "rt": lambda node, before: f"({self.children(node, before).strip()})" if node.text(strip=True) else "",
            "math": lambda node, _: _formula(node),
            "input": lambda node, _: _typed(node),
            "textarea": lambda node, _: node.text(deep=True),
            "select": lambda node, _: _chosen(node),
        }

    def is_block(self, node: LexborNode) -> bool:
        """Tell whether an element stands in lines of its own, or holds one that does."""
        tag = node.tag or ""
        if tag in BLOCKS:
            return True
        if tag in ("-text", "br", "img", "select", "textarea", "math"):
            return False
        known = self._holds_blocks.get(node.mem_id)
        if known is None:
            known = stands_apart(node) or any(self.is_block(each) for each in node.iter())
            self._holds_blocks[node.mem_id] = known
        return known

    def children(self, node: LexborNode, before: str = "") -> str:
        """Give the text in an element; `before` stands before it on its line."""
        text = ""
        for each in node.iter(include_text=True):
            text += self.text(each, (before + text)[-20:])
        return text

    def text(self, node: LexborNode, before: str = "") -> str:
        """Give the text of a node within a line, blanks at its ends included."""
        tag = node.tag or ""
        if tag == "-text":
            return re.sub(r"[^\S\xa0]+", " ", node.text_content or "").replace("\xad", "")
        if node in self._not_shown:
            return ""
        if read := self._elements.get(tag):
            return read(node, before)
        text = self.children(node, before)
        if (mark := _MARKS.get(tag)) and text.strip():
            return _marked(text, mark)
        return f" {text} " if tag in BLOCKS else text


def one_line(text: str) -> str:
    """Give the text of a paragraph with its ends of lines, without blanks beside them."""
    text = re.sub(r"[^\S\n]+", " ", text)
    return re.sub(r" ?\n ?", "\n", text).strip()


def _marked(text: str, mark: str) -> str:
    """Put marks around a text, within the blanks at its ends; text that has them all over gets no second ones."""
    bare = text.strip()
    if bare.startswith(mark) and bare.endswith(mark):
        return text
    begin = text.index(bare)
    return text[:begin] + mark + bare + mark + text[begin + len(bare) :]


def _picture(node: LexborNode) -> str:
    alt = " ".join((node.attributes.get("alt") or "").split())
    return f"[{alt}]" if alt else ""


def _formula(node: LexborNode) -> str:
    """Give a formula as it was written, or else its signs."""
    for each in node.css("annotation"):
        if "tex" in (each.attributes.get("encoding") or "").lower():
            mark = "$$" if node.attributes.get("display") == "block" else "$"
            return f"{mark}{each.text(deep=True).strip()}{mark}"
    return _signs(node)


def _signs(node: LexborNode) -> str:
    tag = node.tag or ""
    if tag == "-text":
        return "".join((node.text_content or "").split())
    parts = [_signs(each) for each in node.iter(include_text=True) if each.tag not in ("annotation", "annotation-xml")]
    parts = [part for part in parts if part]
    if tag == "mfrac" and len(parts) == 2:
        return "/".join(part if part.isalnum() else f"({part})" for part in parts)
    if tag == "msup" and len(parts) == 2:
        return parts[0] + raised(parts[1], parts[0])
    if tag == "msub" and len(parts) == 2:
        return parts[0] + lowered(parts[1], parts[0])
    if tag == "msqrt":
        return f"√({''.join(parts)})"
    return "".join(parts)


def _typed(node: LexborNode) -> str:
    """Give what stands in a field, or whether it is ticked."""
    found = node.attributes
    kind = (found.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return "☑ " if "checked" in found else "☐ "
    return "" if kind in _NOT_TYPED else found.get("value") or ""


def _chosen(node: LexborNode) -> str:
    return ", ".join(each.text(deep=True).strip() for each in node.css("option") if "selected" in each.attributes)

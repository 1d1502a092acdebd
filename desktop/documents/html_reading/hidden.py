"""What of a page is not shown: by its element, its attributes, its own style, or a rule in the page.

Rules count in their order, with the selectors that stand for themselves, and not for what a mouse or a small screen
changes.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

_NEVER = frozenset(
    {"script", "style", "template", "noscript", "svg", "iframe", "object", "embed", "title", "head", "canvas", "video"}
    | {"audio", "datalist", "rp", "map", "area", "colgroup", "col", "source", "track", "param", "frameset", "noframes"}
    | {"link", "meta", "base", "-comment", "!doctype", "-doctype"}
)
_NAVIGATION = frozenset({"navigation", "menubar", "menu", "search"})
_NO_DISPLAY = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)")
_DISPLAY = re.compile(r"(?:^|[;\s])(?:display|visibility)\s*:\s*([\w-]+)")
_AS_BLOCK = re.compile(r"(?:^|[;\s])display\s*:\s*(?:block|flex|grid|table|list-item|flow-root)")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_AT_RULE = re.compile(r"@(?P<name>[\w-]+)(?P<about>[^{};]*)(?:;|\{)")
_LOOKED_AT = 200_000  # characters of style
_MOST_RULES = 500


class NotShown:
    """Tells which nodes of one page are left out."""

    def __init__(self, page: LexborHTMLParser, *, navigation: bool) -> None:
        """Look at the rules of a page; `navigation`: read what leads to other pages too."""
        self._navigation = navigation
        self._by_rules: set[int] = set()
        style = "\n".join(each.text(deep=True) for each in page.css("style"))[:_LOOKED_AT]
        for selectors, display in _rules(style):
            try:
                matched = page.css(selectors)
            except (SelectolaxError, ValueError):
                continue
            nodes = {each.mem_id for each in matched}
            self._by_rules = self._by_rules | nodes if display == "none" else self._by_rules - nodes

    def __contains__(self, node: LexborNode) -> bool:
        """Tell whether an element is left out, with all that is in it."""
        tag = node.tag or ""
        if tag in _NEVER or (tag.startswith("-") and tag != "-text"):
            return True
        if not (found := node.attributes):
            return tag == "dialog" or (tag == "nav" and not self._navigation) or node.mem_id in self._by_rules
        style = (found.get("style") or "").lower()
        if "hidden" in found and (found["hidden"] or "").lower() != "until-found":
            return True
        if _NO_DISPLAY.search(style) or (tag == "dialog" and "open" not in found):
            return True
        if node.mem_id in self._by_rules and not _DISPLAY.search(style):
            return True
        if "katex-html" in (found.get("class") or "").split():  # the same formula stands before it, as MathML
            return True
        return not self._navigation and (tag == "nav" or (found.get("role") or "").lower() in _NAVIGATION)


def stands_apart(node: LexborNode) -> bool:
    """Tell whether the own style of an element makes it a block."""
    style = node.attributes.get("style")
    return bool(style and _AS_BLOCK.search(style.lower()))


def _rules(style: str) -> Iterator[tuple[str, str]]:
    """Give selectors that show or hide, with what they say: "none" or else."""
    found = 0
    for rule in _RULE.finditer(_without_at_rules(_COMMENT.sub(" ", style))):
        selectors = ",".join(each for each in rule[1].strip().split(",") if ":" not in each)
        said = _DISPLAY.search(rule[2].lower())
        if not selectors.strip() or said is None:
            continue
        found += 1
        if found > _MOST_RULES:
            return
        yield selectors, "none" if _NO_DISPLAY.search(rule[2].lower()) else said[1]


def _without_at_rules(style: str) -> str:
    """Give rules without those for other media; those for all screens stay."""
    kept, place = [], 0
    while found := _AT_RULE.search(style, place):
        kept.append(style[place : found.start()])
        if found[0].endswith(";"):
            place = found.end()
            continue
        end = _end_of_braces(style, found.end())
        if found["name"] == "media" and found["about"].strip().lower() in ("screen", "all", "only screen"):
            kept.append(style[found.end() : end - 1])
        place = end
    return "".join([*kept, style[place:]])


def _end_of_braces(style: str, place: int) -> int:
    depth = 1
    while depth and place < len(style):
        depth += (style[place] == "{") - (style[place] == "}")
        place += 1
    return place

"""Blocks of Markdown put one behind the other: items of a list and lines of code stay together."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "item", "code", "quote"]


@dataclass(frozen=True, slots=True)
class WordBlock:
    """A paragraph, an item, a heading, a table.

    Attributes:
        text: Markdown, without the marks of its kind but for those of an item and a heading.
        kind: item, code and quote stand together with others of their kind.
        depth: of an item, from 0.
        heading: whether it is one.
        table: whether it is one.
    """

    text: str
    kind: Kind = "text"
    depth: int = 0
    heading: bool = False
    table: bool = False


def markdown(blocks: Iterable[WordBlock]) -> list[str]:
    """Give blocks as Markdown, those that stand together in one; each is to be parted from the next by a blank line."""
    groups: list[list[WordBlock]] = []
    for block in blocks:
        if groups and block.kind != "text" and groups[-1][0].kind == block.kind:
            groups[-1].append(block)
        else:
            groups.append([block])
    return [_together(group) for group in groups]


def _together(group: list[WordBlock]) -> str:
    kind = group[0].kind
    if kind == "item":
        return "\n".join(_indented(group))
    if kind == "code":
        return "\n".join(["```", *(block.text for block in group), "```"])
    if kind == "quote":
        lines = "\n\n".join(block.text for block in group).split("\n")
        return "\n".join(f"> {line}".rstrip() for line in lines)
    return group[0].text


def _indented(items: list[WordBlock]) -> list[str]:
    """Indent items as Markdown wants it: by the width of the mark of the item that they belong to."""
    above: list[tuple[int, int]] = []  # depth, and where the text of its items begins
    written = []
    for item in items:
        while above and above[-1][0] >= item.depth:
            above.pop()
        indent = above[-1][1] if above else 0
        mark = item.text.partition(" ")[0]
        width = indent + (len(mark) + 1 if len(mark) <= 4 and mark[-1:] in "-.)" else 2)
        above.append((item.depth, width))
        written.append(" " * indent + item.text.replace("\n", "\n" + " " * width))
    return written

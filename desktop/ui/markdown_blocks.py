"""Where growing Markdown may be cut: what lies before the cut looks the same whatever is written after it."""

import re

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r"([-*+]|\d{1,9}[.)]) +\S")


def settled_length(text: str) -> int:
    """How many characters of `text` are finished blocks; `text` begins with a block.

    A cut lies before a line that certainly begins a new top-level block: after a blank line and not indented, or
    the next item of a list; never inside a fenced block of code. Link definitions may still change what was cut off.
    """
    cut = position = 0
    fence = ""
    after_blank = False
    in_list = bool(_ITEM.match(text))
    for line in text.splitlines(keepends=True):
        is_item = bool(_ITEM.match(line))
        if not fence and position and _certain(line) and (after_blank or (is_item and in_list)):
            cut, in_list = position, is_item
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif fence and mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
            fence = ""
        after_blank = not line.strip()
        position += len(line)
    return cut


def _certain(line: str) -> bool:
    """Whether this line, perhaps still growing, can no longer turn out to belong to the block before it."""
    # One or two characters may become the marker of a list item; a digit may become "12. ".
    return not line[:1].isspace() and bool(line.strip()) and (line.endswith("\n") or len(line) > 12)

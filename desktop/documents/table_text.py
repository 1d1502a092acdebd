"""Tables as Markdown, whatever they hold: a grid of cells on one line each, or, where tables stand in tables, blocks.

A table in a cell has no form in Markdown. Whoever puts one there lays out a page: its cells come one behind the other,
with the table at its place, and rows that are plain stay a grid.
"""

from collections.abc import Sequence
from dataclasses import dataclass

_PAGE = 1_000  # characters: no cell of a grid, but a column of a page


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell.

    Attributes:
        text: all that it holds, on one line.
        blocks: the same as Markdown, block by block.
        is_page: it holds a table or a heading.
    """

    text: str
    blocks: tuple[str, ...] = ()
    is_page: bool = False

    @property
    def is_layout(self) -> bool:
        """Whether it is no cell of a grid."""
        return self.is_page or len(self.text) > _PAGE


def table_text(rows: Sequence[Sequence[Cell]]) -> str:
    """Write a table as Markdown; "" where nothing stands in it."""
    if not any(cell.text for row in rows for cell in row):
        return ""
    filled = [row for row in rows if row]
    parts: list[str] = []
    grid: list[list[str]] = []
    if sum(len(row) for row in filled) == 1:
        return "\n\n".join(filled[0][0].blocks)
    lays_out = any(cell.is_layout for row in filled for cell in row)
    for row in filled:
        full = [cell for cell in row if cell.text]
        if any(cell.is_layout for cell in row) or (lays_out and len(full) <= 1):
            parts += [grid_text(grid), *(block for cell in full for block in cell.blocks)]
            grid = []
        else:
            grid.append([cell.text for cell in row])
    return "\n\n".join(part for part in [*parts, grid_text(grid)] if part)


def grid_text(rows: Sequence[Sequence[str]]) -> str:
    """Write rows of plain cells as a table of Markdown; the first row is its head."""
    if not rows:
        return ""
    width = max(len(row) for row in rows)
    lines = [" | ".join(cell.replace("|", "\\|") for cell in [*row, *[""] * (width - len(row))]) for row in rows]
    return "\n".join([f"| {lines[0]} |", "|---" * width + "|", *(f"| {line} |" for line in lines[1:])])


def on_one_line(text: str) -> str:
    """Give the text of a cell without ends of lines."""
    return " ".join(text.split())

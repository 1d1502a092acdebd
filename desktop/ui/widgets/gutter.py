"""The strip at the right of what scrolls: empty, or the scroll bar's; what stands beside it never moves."""

from PySide6.QtWidgets import QLayout, QScrollArea

from desktop.ui.widgets import theme


def keep_gutter(area: QScrollArea, inside: QLayout) -> int:
    """Keep `inside`, the layout of what an area scrolls, as wide with a scroll bar as without one.

    Returns:
        The width of the strip, in pixels.
    """
    width = theme.px(theme.SPACE_12)  # as in the style sheet
    inside.setContentsMargins(0, 0, width, 0)

    def follow(_least: int, most: int) -> None:
        inside.setContentsMargins(0, 0, 0 if most > 0 else width, 0)

    area.verticalScrollBar().rangeChanged.connect(follow)
    return width

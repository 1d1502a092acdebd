"""How Inkstone looks: every colour, size and space of the window; `appearance.py` dresses the application in them.

Sizes are for a base font of 14 px; `px` turns them into the pixels of the user's scale.
"""

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPalette, QScreen, QTextBlockFormat
from PySide6.QtWidgets import QApplication


@dataclass(frozen=True, slots=True)
class Colours:
    """The tokens of one scheme, `#RRGGBB`.

    Attributes:
        paper: the window.
        raised: what lies on the paper: composer, cards, menus.
        sunk: what lies below it: sidebar, status bar, own messages, code.
        line: hairlines.
        ink, soft, faint: text; what is secondary; hints that need not be read.
        seal, on_seal, tint: the one accent, text on it, and its quiet form behind a selection.
        ready: the dot of a model that answers.
    """

    paper: str
    raised: str
    sunk: str
    line: str
    ink: str
    soft: str
    faint: str
    seal: str
    on_seal: str
    tint: str
    ready: str


LIGHT = Colours(
    paper="#FAF8F4",
    raised="#FFFFFF",
    sunk="#F2EEE7",
    line="#E4DED4",
    ink="#211F1C",
    soft="#6B655C",
    faint="#8A8378",
    seal="#A8321F",
    on_seal="#FFFFFF",
    tint="#F6E7E2",
    ready="#2F8F46",
)
DARK = Colours(
    paper="#1A1918",
    raised="#242220",
    sunk="#141312",
    line="#37332F",
    ink="#EAE5DC",
    soft="#B0A89C",
    faint="#8F877B",
    seal="#E8745F",
    on_seal="#1A1918",
    tint="#3A2420",
    ready="#4FAE66",
)


# Words of code by what they are: contrast of 4.5 at least on `sunk`.
LIGHT_CODE = {"keyword": "#A8321F", "string": "#2E6B3A", "number": "#85550A", "comment": "#6B655C", "name": "#1F5A8A"}
DARK_CODE = {"keyword": "#F08C78", "string": "#9AD8A5", "number": "#E0B872", "comment": "#8F877B", "name": "#8CBBE8"}

# What a change adds and removes: the ground, and the text on it.
LIGHT_CHANGES = {"added": ("#DDF0DD", "#1E5B2A"), "removed": ("#F8DEDA", "#8E2A1B")}
DARK_CHANGES = {"added": ("#1F3A25", "#9AD8A5"), "removed": ("#46231E", "#F0A79A")}

SPACE_4, SPACE_8, SPACE_12, SPACE_16, SPACE_24, SPACE_36 = 4, 8, 12, 16, 24, 36
RADIUS_ROW, RADIUS_BUTTON, RADIUS_CARD = 6, 8, 14
TEXT_SMALL, TEXT_BASE, TEXT_HEADING, TEXT_TITLE = 12, 14, 16, 22
TEXT_SIZES = (75, 90, 100, 110, 125, 150, 175, 200)  # percent, what the user can choose
LINE_HEIGHT = 1.6
CODE_LINE_HEIGHT = 1.4
AT_LEAST = QTextBlockFormat.LineHeightTypes.MinimumHeight.value  # taller where a line holds taller characters
ICON, SEAL, SEAL_LARGE, WINDOW_ICON, DOT, BULLET = 16, 24, 40, 128, 7, 6
DETAILS_WIDTH, DIALOG_WIDTH, DIALOG_HEIGHT, PALETTE_WIDTH = 264, 640, 480, 560
SIDEBAR_WIDTH, COLUMN_LEAST, COLUMN_WIDTH, BUBBLE_WIDTH, TWO_COLUMNS = 248, 320, 720, 560, 440
HEADER_HEIGHT, STATUS_HEIGHT, BUTTON_HEIGHT, CARET = 48, 28, 34, 2
COMPOSER_LINES = 10
WINDOW_SIZE = (1280, 800)

ColorRole = QPalette.ColorRole

# Where the tokens live in a QPalette: what is painted by hand asks the palette, so that it follows the theme.
SUNK, LINE, INK, SOFT, FAINT = (
    ColorRole.AlternateBase,
    ColorRole.Mid,
    ColorRole.WindowText,
    ColorRole.Dark,
    ColorRole.PlaceholderText,
)
ACCENT, ON_ACCENT, READY = ColorRole.Accent, ColorRole.BrightText, ColorRole.Midlight


def px(size: float) -> int:
    """Turn a size for a base font of 14 px into the pixels of the user's scale."""
    return round(size * QApplication.font().pixelSize() / TEXT_BASE)


def window_size(screen: QSize) -> QSize:
    """Give the size that a window begins with: the usual one, and no more than the screen has."""
    return _within(WINDOW_SIZE, screen)


def fitting(size: tuple[int, int], screen: QScreen) -> QSize:
    """Give a dialog this size at the user's scale, and no more than a screen has."""
    return _within(size, screen.availableSize())


def _within(size: tuple[int, int], screen: QSize) -> QSize:
    return QSize(*(px(side) for side in size)).boundedTo(screen - QSize(0, SPACE_36))  # its own title bar


def scale() -> float:
    """How much larger than usual all text and spaces are."""
    return QApplication.font().pixelSize() / TEXT_BASE


def half_leading(font_height: int, line_height: float, size: float = TEXT_BASE) -> int:
    """How far Qt, which puts all leading above a line, sets text below the middle of its line; in pixels."""
    return max(0, round((px(size * line_height) - font_height) / 2))


def colour(role: ColorRole) -> QColor:
    """Look up the colour that a token has now."""
    return QApplication.palette().color(role)


def change_colours() -> dict[str, tuple[str, str]]:
    """Give ground and text of what is added and removed, `#RRGGBB`, for the theme that is shown."""
    return LIGHT_CHANGES if colour(ColorRole.Window).lightness() > colour(INK).lightness() else DARK_CHANGES


def code_colours() -> dict[str, str]:
    """Give the colour of each kind of word in code, `#RRGGBB`, for the theme that is shown."""
    return LIGHT_CODE if colour(ColorRole.Window).lightness() > colour(INK).lightness() else DARK_CODE

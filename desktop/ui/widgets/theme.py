"""How Inkstone looks: every colour, size and space of the window, as a palette and one style sheet on Fusion.

Sizes are for a base font of 14 px; `px` turns them into the pixels of the user's scale.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDir, QObject, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette, QScreen, QTextBlockFormat
from PySide6.QtWidgets import QApplication

from desktop.settings import Settings, Theme


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

_LARGEST_USUAL_FONT = 15.0  # px; a system font above this means that the user asked for larger text


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


def system_scale(font: QFont) -> float:
    """How much larger than usual the system's font is; at least 1."""
    return max(1.0, QFontInfo(font).pixelSize() / _LARGEST_USUAL_FONT)


class Appearance(QObject):
    """Dresses the application, and again whenever the desktop changes between light and dark.

    Args:
        app: the application.
        choice: the user's.
        icons: folder of the icons.
        scale: of all text and spaces; None follows the system's font.

    Attributes:
        dark: which colours are shown.
    """

    def __init__(self, app: QApplication, choice: Theme, icons: Path, scale: float | None = None) -> None:
        super().__init__(app)
        QDir.setSearchPaths("icons", [str(icons)])
        self._app, self._choice = app, choice
        self._system_font = QFont(app.font())
        app.setStyle("Fusion")
        self._set_font("", scale)
        app.styleHints().colorSchemeChanged.connect(self.dress)
        self.choose(choice)

    def choose(self, choice: Theme) -> None:
        """Show the colours of the user's choice."""
        self._choice = choice
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark, "system": Qt.ColorScheme.Unknown}
        self._app.styleHints().setColorScheme(schemes[choice])  # title bars and dialogs, where the platform can
        self.dress()

    @Slot(object, object)
    def apply(self, before: Settings, now: Settings) -> None:
        """Show changed settings."""
        if before.theme != now.theme:
            self.choose(now.theme)
        if (before.font, before.text_size) != (now.font, now.text_size):
            self.choose_font(now.font, now.text_size)

    def choose_font(self, family: str, text_size: int) -> None:
        """Show all text in a family, "" for the system's, and a size in percent, 0 for the system's."""
        self._set_font(family, text_size / 100 if text_size else None)
        self.dress()

    def _set_font(self, family: str, scale: float | None) -> None:
        font = QFont(self._system_font)
        if family:
            font.setFamilies([family, *font.families()])
        font.setPixelSize(round(TEXT_BASE * (system_scale(self._system_font) if scale is None else scale)))
        self._app.setFont(font)

    @Slot()
    def dress(self) -> None:
        """Give the application the colours of the user's choice; bare X11 tells none, so ours are set in any case."""
        system_is_dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        self.dark = self._choice == "dark" or (self._choice == "system" and system_is_dark)
        colours = DARK if self.dark else LIGHT
        self._app.setPalette(palette(colours))
        self._app.setStyleSheet(style_sheet(colours))


def palette(colours: Colours) -> QPalette:
    """Make the tokens a palette, as Qt's own widgets ask for them."""
    roles = {
        **dict.fromkeys((ColorRole.Window, ColorRole.Button), colours.paper),
        **dict.fromkeys((ColorRole.Base, ColorRole.ToolTipBase, ColorRole.Light), colours.raised),
        ColorRole.AlternateBase: colours.sunk,
        **dict.fromkeys(
            (ColorRole.WindowText, ColorRole.Text, ColorRole.ButtonText, ColorRole.ToolTipText), colours.ink
        ),
        **dict.fromkeys((ColorRole.Mid, ColorRole.Shadow), colours.line),
        ColorRole.Midlight: colours.ready,
        ColorRole.Dark: colours.soft,
        ColorRole.PlaceholderText: colours.faint,
        ColorRole.Highlight: colours.tint,
        ColorRole.HighlightedText: colours.ink,
        **dict.fromkeys((ColorRole.Accent, ColorRole.Link, ColorRole.LinkVisited), colours.seal),
        ColorRole.BrightText: colours.on_seal,
    }
    result = QPalette()
    for one, value in roles.items():
        result.setColor(one, QColor(value))
    for one in (ColorRole.WindowText, ColorRole.Text, ColorRole.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, one, QColor(colours.faint))
    return result


def style_sheet(c: Colours) -> str:
    """Write the one style sheet of the application."""
    return f"""
    QWidget {{ color: {c.ink}; }}
    #window, #conversation, #column {{ background: {c.paper}; }}
    QToolTip {{ background: {c.raised}; color: {c.ink}; border: 1px solid {c.line}; padding: {px(SPACE_4)}px; }}
    QMenu {{ background: {c.raised}; border: 1px solid {c.line}; padding: {px(SPACE_4)}px; }}
    QMenu::item {{ padding: {px(SPACE_4)}px {px(SPACE_24)}px {px(SPACE_4)}px {px(SPACE_16)}px;
        border-radius: {px(RADIUS_ROW)}px; }}
    QMenu::item:selected {{ background: {c.tint}; }}
    QMenu::item:disabled {{ color: {c.faint}; }}

    QLabel[kind="soft"] {{ color: {c.soft}; }}
    QLabel[kind="small"] {{ color: {c.soft}; font-size: {px(TEXT_SMALL)}px; }}
    QLabel[kind="faint"] {{ color: {c.faint}; font-size: {px(TEXT_SMALL)}px; }}
    QLabel[kind="strong"] {{ font-weight: 600; }}
    QLabel[kind="title"] {{ font-size: {px(TEXT_TITLE)}px; font-weight: 600; }}
    QLabel[kind="section"] {{ color: {c.soft}; font-size: {px(TEXT_SMALL)}px; font-weight: 600; }}
    QLabel[kind="key"] {{ color: {c.soft}; font-size: {px(TEXT_SMALL)}px; background: {c.raised};
        border: 1px solid {c.line}; border-radius: {px(SPACE_4)}px; padding: 1px {px(SPACE_4 + 1)}px; }}

    QLabel[kind="value"] {{ font-size: {px(TEXT_SMALL)}px; }}
    QLabel[kind="badge"] {{ color: {c.soft}; font-size: {px(TEXT_SMALL)}px; background: {c.sunk};
        border-radius: {px(SPACE_4)}px; padding: 1px {px(SPACE_8)}px; }}

    QPushButton {{ border: 2px solid transparent; border-radius: {px(RADIUS_BUTTON)}px; background: transparent;
        padding: 0 {px(SPACE_12)}px; min-height: {px(BUTTON_HEIGHT) - 4}px; outline: 0; }}
    QPushButton:focus {{ border-color: {c.seal}; }}
    QPushButton::menu-indicator {{ image: url(icons:field-arrow.svg); subcontrol-origin: padding;
        subcontrol-position: center right; right: {px(SPACE_4)}px; width: {px(SPACE_12)}px; height: {px(SPACE_12)}px; }}
    QPushButton[menu="true"] {{ padding-right: {px(SPACE_24)}px; }}
    QPushButton[kind="primary"] {{ background: {c.seal}; color: {c.on_seal}; font-weight: 500; }}
    QPushButton[kind="primary"]:hover {{ background: {_mixed(c.seal, c.ink, 0.12)}; }}
    QPushButton[kind="primary"]:focus {{ border-color: {_mixed(c.seal, c.ink, 0.55)}; }}
    QPushButton[kind="primary"]:disabled {{ background: {c.sunk}; color: {c.faint}; }}
    QPushButton[kind="outlined"] {{ background: {c.raised}; border: 1px solid {c.line}; margin: 1px; }}
    QPushButton[kind="outlined"]:hover {{ background: {c.sunk}; }}
    QPushButton[kind="outlined"]:focus {{ border: 2px solid {c.seal}; margin: 0; }}
    QPushButton[kind="quiet"] {{ color: {c.soft}; font-size: {px(TEXT_SMALL)}px; padding: 0 {px(SPACE_8)}px;
        border-radius: {px(RADIUS_ROW)}px; min-height: {px(SPACE_24)}px; }}
    QPushButton[kind="quiet"]:hover {{ background: {c.sunk}; color: {c.ink}; }}
    QPushButton[kind="quiet"]:checked {{ background: {c.tint}; color: {c.ink}; }}
    QPushButton[kind="quiet"]:disabled {{ color: {_mixed(c.faint, c.paper, 0.45)}; }}
    QPushButton[kind="chip"] {{ background: {c.tint}; border: 1px solid {c.seal}; margin: 1px;
        border-radius: {px(RADIUS_BUTTON)}px; font-size: {px(TEXT_SMALL)}px; padding: 0 {px(SPACE_8)}px;
        min-height: {px(SPACE_24) - 4}px; }}
    QPushButton[kind="chip"]:focus {{ border: 2px solid {c.seal}; margin: 0; }}
    QPushButton[kind="tool"] {{ color: {c.soft}; font-size: {px(TEXT_SMALL)}px; padding: 0 {px(SPACE_4)}px;
        border-radius: {px(RADIUS_ROW)}px; min-height: {px(SPACE_24) - 4}px; }}
    QPushButton[kind="tool"]:hover {{ background: {c.line}; color: {c.ink}; }}
    QPushButton[kind="sample"] {{ background: {c.raised}; border: 1px solid {c.line}; margin: 1px;
        border-radius: {px(RADIUS_CARD)}px; padding: 0; }}
    QPushButton[kind="sample"]:hover {{ background: {c.sunk}; }}
    QPushButton[kind="sample"]:focus {{ border: 2px solid {c.seal}; margin: 0; }}

    #sidebar {{ background: {c.sunk}; border: 0; border-right: 1px solid {c.line}; }}
    #sidebar QPushButton[kind="primary"] {{ text-align: left;
        padding: 0 {px(SPACE_12)}px; min-height: {px(SPACE_36) - 2}px; }}
    #sidebar QPushButton[kind="outlined"] {{ padding: 0 {px(SPACE_4)}px; min-height: {px(SPACE_36) - 2}px; }}
    #newKey {{ color: {c.on_seal}; font-size: {px(TEXT_SMALL)}px; }}
    #sidebar QListView {{ background: transparent; border: 0; outline: 0; }}
    #sidebar QPushButton[kind="quiet"]:hover {{ background: {c.line}; }}
    #rename {{ background: {c.raised}; border: 2px solid {c.seal}; border-radius: {px(RADIUS_ROW)}px;
        padding: 0 {px(SPACE_4)}px; }}
    #search {{ min-height: {px(SPACE_36) - 6}px; }}
    #details, #detailsPage {{ background: {c.paper}; }}
    #details {{ border-left: 1px solid {c.line}; }}
    #quick {{ background: {c.raised}; border: 1px solid {c.line}; }}
    #quick[rounded="true"] {{ border-radius: {px(RADIUS_CARD)}px; }}
    #quick[rounded="true"] #quickFoot {{ border-bottom-left-radius: {px(RADIUS_CARD) - 1}px;
        border-bottom-right-radius: {px(RADIUS_CARD) - 1}px; }}
    #quickChoices {{ border: 0; border-top: 1px solid {c.line}; border-bottom: 1px solid {c.line}; }}
    #quickFoot {{ background: {c.sunk}; border: 0; border-top: 1px solid {c.line}; }}
    #quickEdit {{ border: 0; background: transparent; padding: {px(SPACE_4)}px 0; }}
    QPushButton[kind="action"] {{ border: 2px solid transparent; border-radius: {px(RADIUS_CARD)}px;
        min-height: {px(BUTTON_HEIGHT) - 6}px; padding: 0 {px(SPACE_8)}px; }}
    QPushButton[kind="action"]:hover {{ background: {c.sunk}; }}
    QPushButton[kind="action"]:checked {{ background: {c.tint}; border: 1px solid {c.seal}; margin: 1px; }}
    QPushButton[kind="action"]:focus {{ border: 2px solid {c.seal}; margin: 0; }}
    #toast {{ background: {c.raised}; border: 1px solid {c.line}; border-radius: {px(RADIUS_CARD)}px; }}
    #toast QPushButton {{ color: {c.seal}; }}
    #palette {{ background: {c.raised}; border: 1px solid {c.line}; border-radius: {px(RADIUS_CARD)}px; }}
    #palette QListView {{ background: transparent; border: 0; outline: 0; }}
    #palette QLineEdit {{ border: 0; border-bottom: 1px solid {c.line}; border-radius: 0; background: transparent;
        padding: {px(SPACE_12)}px {px(SPACE_16)}px; }}

    QDialog {{ background: {c.paper}; }}
    QLineEdit, QSpinBox, QComboBox, QFontComboBox, QKeySequenceEdit QLineEdit {{ background: {c.raised};
        border: 1px solid {c.line}; border-radius: {px(RADIUS_BUTTON)}px; padding: 0 {px(SPACE_8)}px; margin: 1px;
        min-height: {px(BUTTON_HEIGHT) - 6}px; selection-background-color: {c.tint}; selection-color: {c.ink}; }}
    QDialog QPlainTextEdit {{ background: {c.raised}; border: 1px solid {c.line}; padding: {px(SPACE_4)}px; margin: 1px;
        border-radius: {px(RADIUS_BUTTON)}px; }}
    QLineEdit:focus, QSpinBox:focus, QComboBox:focus, QKeySequenceEdit QLineEdit:focus, QDialog QPlainTextEdit:focus {{
        border: 2px solid {c.seal}; margin: 0; }}
    QPlainTextEdit {{ background: {c.raised}; border: 1px solid {c.line}; border-radius: {px(RADIUS_BUTTON)}px;
        padding: {px(SPACE_4)}px; margin: 1px; selection-background-color: {c.tint}; selection-color: {c.ink}; }}
    QPlainTextEdit:focus {{ border: 2px solid {c.seal}; margin: 0; }}
    QLineEdit[readOnly="true"] {{ background: {c.sunk}; }}
    #outline::item {{ color: {c.soft}; border-radius: {px(RADIUS_ROW)}px; padding: {px(SPACE_8)}px {px(SPACE_4)}px; }}
    #outline::item:hover {{ background: {c.line}; color: {c.ink}; }}
    #outline::item:selected {{ background: {c.tint}; color: {c.ink}; }}
    QSpinBox QLineEdit {{ border: 0; margin: 0; padding: 0 {px(SPACE_4)}px; min-height: 0; background: transparent; }}
    QSpinBox::up-button, QSpinBox::down-button {{ border: 0; width: {px(SPACE_16)}px; background: transparent; }}
    QSpinBox::up-arrow {{ image: url(icons:field-arrow-up.svg); width: {px(SPACE_12)}px; height: {px(SPACE_12)}px; }}
    QSpinBox::down-arrow {{ image: url(icons:field-arrow.svg); width: {px(SPACE_12)}px; height: {px(SPACE_12)}px; }}
    QComboBox::drop-down {{ border: 0; width: {px(SPACE_24)}px; }}
    QComboBox::down-arrow {{ image: url(icons:field-arrow.svg); width: {px(SPACE_16)}px; height: {px(SPACE_16)}px; }}
    QComboBox QAbstractItemView {{ background: {c.raised}; border: 1px solid {c.line}; outline: 0;
        selection-background-color: {c.tint}; selection-color: {c.ink}; }}
    QCheckBox, QRadioButton {{ spacing: {px(SPACE_8)}px; padding: {px(SPACE_4)}px; border: 2px solid transparent;
        border-radius: {px(RADIUS_ROW)}px; outline: 0; }}
    QCheckBox::indicator, QRadioButton::indicator {{ width: {px(SPACE_16) - 2}px; height: {px(SPACE_16) - 2}px;
        background: {c.raised}; border: 1px solid {c.soft}; border-radius: {px(SPACE_4)}px; }}
    QRadioButton::indicator {{ border-radius: {px(SPACE_16) // 2}px; }}
    QCheckBox::indicator:checked, QRadioButton::indicator:checked {{ background: {c.seal}; border-color: {c.seal}; }}
    QCheckBox::indicator:checked {{ image: url(icons:field-check-{"dark" if c == DARK else "light"}.svg); }}
    QCheckBox:disabled, QRadioButton:disabled {{ color: {c.faint}; }}
    QRadioButton::indicator:disabled {{ border-color: {c.line}; }}
    QCheckBox:focus, QRadioButton:focus {{ border-color: {c.seal}; }}
    #sections {{ background: {c.sunk}; border: 0; border-right: 1px solid {c.line}; outline: 0;
        padding: {px(SPACE_8)}px; }}
    #sections::item {{ color: {c.soft}; border: 2px solid transparent; border-radius: {px(RADIUS_ROW)}px;
        padding: 0 {px(SPACE_4)}px; }}
    #sections::item:selected {{ background: {c.tint}; color: {c.ink}; }}
    #sections::item:focus {{ border-color: {c.seal}; }}
    #header {{ border: 0; border-bottom: 1px solid {c.line}; }}
    #status {{ background: {c.sunk}; border: 0; border-top: 1px solid {c.line}; }}
    #status QLabel {{ color: {c.soft}; font-size: {px(TEXT_SMALL)}px; }}

    QScrollArea {{ border: 0; background: {c.paper}; }}
    QTextBrowser {{ background: transparent; border: 0; selection-background-color: {c.tint};
        selection-color: {c.ink}; }}
    QTextBrowser:focus {{ border: 0; }}
    #own {{ background: {c.sunk}; border: 1px solid {c.line}; border-radius: {px(RADIUS_CARD)}px;
        border-bottom-right-radius: {px(SPACE_4)}px; }}
    #findBar {{ background: {c.raised}; border: 1px solid {c.line}; border-radius: {px(RADIUS_BUTTON)}px; }}
    #findBar QLineEdit {{ background: transparent; border: 0; padding: 0 {px(SPACE_4)}px;
        min-height: {px(SPACE_24)}px; }}
    #ring {{ background: transparent; border: 2px solid {c.seal}; border-radius: {px(RADIUS_ROW)}px; }}
    #jump {{ background: {c.raised}; border-radius: {px(BUTTON_HEIGHT) // 2 - px(3)}px; }}
    #card {{ background: {c.raised}; border: 1px solid {c.line}; border-radius: {px(RADIUS_CARD)}px; }}
    #decisions {{ background: {c.raised}; border: 0; }}
    #selectionBar {{ background: {c.raised}; border: 1px solid {c.line}; border-radius: {px(RADIUS_BUTTON)}px; }}
    #suggestion {{ background: {c.sunk}; border: 1px solid {c.line}; border-radius: {px(RADIUS_BUTTON)}px; }}
    #suggestion QPushButton[kind="quiet"]:hover {{ background: {c.line}; }}
    #composer {{ background: {c.raised}; border: 1px solid {c.line}; border-radius: {px(RADIUS_CARD)}px; }}
    #composer QTextEdit {{ background: transparent; border: 0; selection-background-color: {c.tint};
        selection-color: {c.ink}; }}
    QProgressBar {{ background: {c.line}; border: 0; border-radius: {px(SPACE_4) // 2}px;
        max-height: {px(SPACE_4)}px; }}
    QProgressBar::chunk {{ background: {c.seal}; border-radius: {px(SPACE_4) // 2}px; }}

    QScrollBar:vertical {{ background: transparent; width: {px(SPACE_12)}px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {c.line}; border-radius: {px(SPACE_4)}px; min-height: {px(SPACE_36)}px;
        margin: {px(2)}px; }}
    QScrollBar::handle:vertical:hover {{ background: {c.faint}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """


def _mixed(first: str, second: str, share: float) -> str:
    """`first` with a share of `second` in it."""
    one, two = QColor(first), QColor(second)
    channels = zip((one.red(), one.green(), one.blue()), (two.red(), two.green(), two.blue()), strict=True)
    return QColor(*(round(a + (b - a) * share) for a, b in channels)).name()

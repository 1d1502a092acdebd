"""Dresses the application in the colours and sizes of the theme: as a palette and one style sheet on Fusion."""

from pathlib import Path

from PySide6.QtCore import QDir, QObject, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from desktop.settings import Settings, Theme
from desktop.ui.widgets.theme import (
    BUTTON_HEIGHT,
    DARK,
    LIGHT,
    RADIUS_BUTTON,
    RADIUS_CARD,
    RADIUS_ROW,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    SPACE_24,
    SPACE_36,
    TEXT_BASE,
    TEXT_SMALL,
    TEXT_TITLE,
    ColorRole,
    Colours,
    px,
)

_LARGEST_USUAL_FONT = 15.0  # px; a system font above this means that the user asked for larger text


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
    QPushButton[kind="tool"][menu="true"] {{ padding: 0 {px(SPACE_16)}px 0 {px(SPACE_4)}px; }}
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
    #status QPushButton {{ min-height: {px(SPACE_16) + 2}px; }}
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
    #choice {{ background: {c.raised}; border: 1px solid {c.line}; border-radius: {px(RADIUS_CARD)}px; }}
    #choice[chosen="true"] {{ background: {c.tint}; border-color: {c.seal}; }}
    #choice QRadioButton {{ font-weight: 600; }}
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

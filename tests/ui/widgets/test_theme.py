import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QRadioButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.settings import Theme
from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton, IconLabel, seal_icon
from desktop.ui.widgets.theme import DARK, LIGHT, Colours
from tests.ui.conftest import ICONS, Wear

UI = Path(theme.__file__).parents[1]


def contrast(one: str, two: str) -> float:
    """WCAG 2.2's contrast ratio."""

    def luminance(colour: str) -> float:
        parts = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in rgb(colour)]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    lighter, darker = sorted((luminance(one), luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def rgb(colour: str) -> tuple[float, float, float]:
    value = QColor(colour)
    return value.redF(), value.greenF(), value.blueF()


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_what_must_be_read_can_be_read(colours: Colours) -> None:
    for ground in (colours.paper, colours.raised, colours.sunk, colours.tint):
        assert contrast(colours.ink, ground) >= 4.5
    for ground in (colours.paper, colours.raised, colours.sunk, colours.tint):
        assert contrast(colours.soft, ground) >= 4.5
    assert contrast(colours.on_seal, colours.seal) >= 4.5
    assert contrast(colours.seal, colours.paper) >= 3  # the focus ring


OF_NO_THEME = ("#A8321F", "#010203")  # the seal is red in both; what stands for the text's colour while one draws


def test_colours_stand_in_the_theme_only() -> None:
    literal = re.compile(r"#[0-9A-Fa-f]{6}\b|\brgb\(|QColor\(\d|GlobalColor\.(?!transparent)")
    for module in UI.rglob("*.py"):
        if module.name not in ("theme.py", "rich_html.py"):  # the latter is for word processors, which have no theme
            found = [text for text in literal.findall(module.read_text(encoding="utf-8")) if text not in OF_NO_THEME]
            assert not found, f"{module.name} has a colour of its own: {found}"


@pytest.mark.parametrize(("choice", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_the_users_choice_is_followed(qapp: QApplication, wear: Wear, choice: Theme, colours: Colours) -> None:
    wear(choice)
    assert qapp.palette().color(qapp.palette().ColorRole.Window) == QColor(colours.paper)


def test_the_desktops_choice_is_followed_when_it_changes(
    qapp: QApplication, wear: Wear, monkeypatch: pytest.MonkeyPatch
) -> None:
    appearance = wear("system")
    assert not appearance.dark  # the offscreen platform, like bare X11, tells nothing
    hints = qapp.styleHints()

    class Dark:
        def colorScheme(self) -> Qt.ColorScheme:
            return Qt.ColorScheme.Dark

    monkeypatch.setattr(type(qapp), "styleHints", lambda self: Dark())
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert appearance.dark
    assert qapp.palette().color(theme.SUNK) == QColor(DARK.sunk)


def test_icons_follow_the_colours(wear: Wear, qtbot: QtBot) -> None:
    icon = IconLabel("shield", theme.INK)
    qtbot.addWidget(icon)
    before = icon.pixmap().toImage()
    wear("dark")
    assert icon.pixmap().toImage() != before


def test_sizes_follow_the_users_scale(wear: Wear) -> None:
    wear("light", scale=2)
    assert theme.px(theme.SIDEBAR_WIDTH) == 2 * theme.SIDEBAR_WIDTH


def test_the_seal_needs_no_font(qapp: QApplication) -> None:
    assert "<text" not in (ICONS / "seal.svg").read_text(encoding="utf-8")
    assert not seal_icon().pixmap(64, 64).isNull()


def outlined() -> QAbstractButton:
    return IconButton("", "", "outlined")


def primary() -> QAbstractButton:
    return IconButton("", "", "primary")


def sample() -> QAbstractButton:
    return IconButton("", "", "sample")


@pytest.mark.parametrize("make", [outlined, primary, sample, QCheckBox, QRadioButton])
def test_the_ring_is_all_that_shows_the_focus(qtbot: QtBot, make: Callable[[], QAbstractButton]) -> None:
    """Fusion's own mark, a lighter field around the label, comes through unless the style sheet takes it away."""
    window = QWidget()
    layout = QVBoxLayout(window)
    before, button = outlined(), make()
    for one in (before, button):
        one.setFixedWidth(120)
        layout.addWidget(one)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert button.hasFocus()
    seen = button.grab().toImage()
    inside = {seen.pixelColor(x, y).name() for x in range(40, 110) for y in range(6, button.height() - 6)}
    assert len(inside) == 1


def test_a_choice_that_cannot_be_made_looks_so(qtbot: QtBot) -> None:
    colours = []
    for enabled in (True, False):
        choice = QRadioButton("MMM")
        qtbot.addWidget(choice)
        choice.setEnabled(enabled)
        choice.ensurePolished()
        colours.append(choice.palette().color(QPalette.ColorRole.WindowText).name())
    assert colours == [LIGHT.ink.lower(), LIGHT.faint.lower()]

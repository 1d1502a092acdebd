"""The page of the canvas: long titles, presses beside the text, and what stands around it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QSize, QStandardPaths, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.chat.drafting import Brief, Draft, DraftingService, TemplateStore
from desktop.ui.canvas.canvas import Canvas
from desktop.ui.canvas.page import Sheet
from desktop.ui.drafting.environment import DraftingEnvironment
from desktop.ui.drafting.pane import DraftingPane
from desktop.ui.drafting.window import DraftingWindow
from desktop.ui.widgets import theme
from desktop.ui.widgets.save_dialog import file_name, usual_folder
from tests.drafting.template.test_shipped import ASSETS
from tests.drafting.test_session import Talker

LONG = "The order of printer paper is three days late, and with the next order there will be 10% off the price"


@pytest.fixture
def drafting(tmp_path: Path) -> DraftingService:
    return DraftingService(TemplateStore(ASSETS / "templates", tmp_path / "templates"))


@pytest.fixture
def draft(drafting: DraftingService) -> Draft:
    made = drafting.begin(Brief("work_report", {"topic": "support", "period": "week 1"}))
    return made.with_section(0, made.sections[0].with_text("One line.")).with_section(
        1, made.sections[1].with_text("Another line.")
    )


@pytest.fixture
def canvas(qtbot: QtBot, drafting: DraftingService, draft: Draft) -> Canvas:
    canvas = Canvas(drafting, draft)
    qtbot.addWidget(canvas)
    canvas.resize(1000, 700)
    with qtbot.waitActive(canvas):
        canvas.show()
        canvas.activateWindow()
    return canvas


def test_a_long_title_is_seen_whole(canvas: Canvas) -> None:
    title = canvas.page.title
    low = title.height()
    title.setText(LONG)
    assert title.height() > 1.5 * low
    assert title.document().size().width() <= title.viewport().width()
    title.finished.emit()
    assert canvas.draft.title == LONG


def test_a_heading_is_one_line_whatever_is_typed_or_pasted(canvas: Canvas) -> None:
    heading = canvas.page.panes[0].heading
    heading.setFocus()
    heading.selectAll()
    pasted = QMimeData()
    pasted.setText("Two\n lines ")
    heading.insertFromMimeData(pasted)
    QTest.keyClick(heading, Qt.Key.Key_Return)
    assert heading.text() == "Two lines"
    assert canvas.draft.sections[0].heading == "Two lines"
    assert not heading.hasFocus()
    canvas.undo()
    assert canvas.draft.sections[0].heading != "Two lines"


def test_undo_in_a_heading_that_was_not_typed_in_is_that_of_the_canvas(canvas: Canvas) -> None:
    canvas.sections.switch_lock()
    canvas.sections.switch_lock()
    canvas.page.title.setFocus()
    QTest.keyClick(canvas.page.title, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert canvas.draft.sections[0].locked


@pytest.mark.parametrize("section", [0, 1])
def test_a_press_beside_a_text_puts_the_cursor_into_it(canvas: Canvas, section: int) -> None:
    sheet = canvas.findChild(Sheet)
    assert sheet is not None
    text = canvas.page.panes[section].text
    beside = text.mapTo(sheet, QPoint(text.width() + 8, text.height() // 2))
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=beside)
    assert text.hasFocus()
    assert text.textCursor().atEnd()


def test_a_press_below_everything_goes_to_the_last_section(canvas: Canvas) -> None:
    sheet = canvas.findChild(Sheet)
    assert sheet is not None
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(200, sheet.height() - 4))
    assert canvas.page.panes[-1].text.hasFocus()


def test_what_changes_the_outline_stands_right_below_it(canvas: Canvas) -> None:
    outline = canvas.outline
    last = outline.list.visualItemRect(outline.list.item(outline.list.count() - 1))
    bottom = outline.list.viewport().mapTo(outline, last.bottomLeft()).y()
    assert 0 <= outline._up.mapTo(outline, QPoint(0, 0)).y() - bottom < theme.px(theme.SPACE_24)


@pytest.mark.parametrize("width", [700, 1600])
@pytest.mark.parametrize("lines", [1, 60])
def test_the_foot_stands_right_below_the_paper(canvas: Canvas, qtbot: QtBot, lines: int, width: int) -> None:
    canvas.resize(width, 700)
    canvas.page.panes[0].text.setPlainText("\n".join(["line"] * lines))
    sheet, foot = canvas.findChild(Sheet), canvas.foot
    assert sheet is not None
    qtbot.waitUntil(lambda: canvas.page.verticalScrollBar().isVisible() == (lines > 1))

    def edges(part: QWidget) -> tuple[int, int]:
        left = part.mapTo(canvas, QPoint(0, 0)).x()
        return left, left + part.width()

    qtbot.waitUntil(lambda: max(abs(a - b) for a, b in zip(edges(sheet), edges(foot), strict=True)) <= 1)


@pytest.fixture
def window(qtbot: QtBot, drafting: DraftingService, tmp_path: Path) -> Iterator[DraftingWindow]:
    pane = DraftingPane(DraftingEnvironment(drafting, Talker), "en")
    window = DraftingWindow(pane)
    qtbot.addWidget(window)
    yield window
    pane.end()


def test_the_window_is_named_after_what_it_shows(window: DraftingWindow, draft: Draft) -> None:
    assert window.windowTitle() == "Templates"
    window.pane.begin("email")
    assert window.windowTitle() == "Email or letter"
    window.pane.open(draft)
    assert window.windowTitle() == draft.title
    canvas = window.pane.canvas
    assert canvas is not None
    canvas.page.title.setText("A new name")
    canvas.page.title.finished.emit()
    assert window.windowTitle() == "A new name"
    window.pane.show_gallery()
    assert window.windowTitle() == "Templates"


def test_a_window_is_never_larger_than_the_screen() -> None:
    assert theme.window_size(QSize(4000, 4000)) == QSize(1280, 800)
    assert theme.window_size(QSize(900, 600)) == QSize(900, 600 - theme.SPACE_36)


def test_a_file_is_saved_among_the_documents_or_at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "Documents"))
    assert usual_folder() == Path.home()  # not wherever Inkstone was started
    (tmp_path / "Documents").mkdir()
    assert usual_folder() == tmp_path / "Documents"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Plan for Q1/Q2: costs", "Plan for Q1-Q2- costs"),
        ("第一季度/第二季度 报告？", "第一季度-第二季度 报告？"),
        ("../../etc", "etc"),
        ("two\nlines\x00", "two lines"),
        ("...", "inkstone"),
        ("word " * 40, ("word " * 16).strip()),
    ],
)
def test_any_title_makes_the_name_of_a_file(title: str, name: str) -> None:
    assert file_name(title) == name

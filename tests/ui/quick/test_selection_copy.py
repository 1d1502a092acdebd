"""Copying a selection by keys, with a program that copies, copies nothing, or copies a secret."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.quick.paste_back.interface import NoPasteBack
from desktop.ui.quick.clipboard import Offered
from desktop.ui.quick.selection_copy import SelectionCopy


class Program(NoPasteBack):
    """Does something when Ctrl+C is pressed in it."""

    def __init__(self, does: Callable[[], None] = lambda: None, *, secret: bool = False) -> None:
        self.does, self.secret = does, secret
        self.pressed = 0
        self.reads = True

    def press_copy(self) -> None:
        self.pressed += 1
        self.does()

    def has_read_keys(self) -> bool:
        return self.reads

    def clipboard_is_secret(self) -> bool:
        return self.secret


def put(mime: QMimeData) -> Callable[[], None]:
    return lambda: QGuiApplication.clipboard().setMimeData(mime)


def text(content: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(content)
    return mime


def copy(qtbot: QtBot, program: Program) -> list[tuple[str, bool]]:
    copying = SelectionCopy(QGuiApplication.clipboard(), program)
    told: list[tuple[str, bool]] = []
    copying.copied.connect(lambda *what: told.append(what))
    copying.start()
    qtbot.waitUntil(lambda: bool(told))
    return told


class Watch:
    """A copy, with a clock that stands still until it is told to go on."""

    def __init__(self, program: Program) -> None:
        self.now = 0.0
        self.told: list[tuple[str, bool]] = []
        self._copying = SelectionCopy(QGuiApplication.clipboard(), program, lambda: self.now)
        self._copying.copied.connect(lambda *what: self.told.append(what))
        self._copying.start()

    def after(self, seconds: float) -> list[tuple[str, bool]]:
        self.now = seconds
        self._copying._look()
        return self.told


@pytest.fixture(autouse=True)
def rich_clipboard(qapp: QApplication) -> None:
    before = text("old")
    before.setHtml("<b>old</b>")
    before.setData("application/x-own", b"\0\1")
    QGuiApplication.clipboard().setMimeData(before)


def is_as_before() -> bool:
    found = QGuiApplication.clipboard().mimeData()
    own = bytes(found.data("application/x-own").data())
    return (found.text(), found.html(), own) == ("old", "<b>old</b>", b"\0\1")


def test_the_text_is_given_and_all_formats_are_back(qtbot: QtBot) -> None:
    assert copy(qtbot, Program(put(text(" new\n")))) == [(" new\n", False)]
    assert is_as_before()


def test_an_empty_selection_is_no_error(qtbot: QtBot) -> None:
    assert copy(qtbot, Program()) == [("", False)]
    assert is_as_before()


def test_a_picture_is_no_text_and_what_was_there_is_back(qtbot: QtBot) -> None:
    picture = QMimeData()
    picture.setData("image/png", b"x")
    assert copy(qtbot, Program(put(picture))) == [("", False)]
    assert is_as_before()


def test_a_secret_that_is_copied_is_not_read(qtbot: QtBot) -> None:
    secret = Offered("password", secret=True)
    assert copy(qtbot, Program(put(secret))) == [("", True)]
    assert secret.fetched == 0


@pytest.mark.parametrize("marked_by_qt", [True, False])
def test_a_secret_on_the_clipboard_is_not_replaced(qtbot: QtBot, marked_by_qt: bool) -> None:
    secret = Offered("password", secret=marked_by_qt)
    QGuiApplication.clipboard().setMimeData(secret)
    program = Program(put(text("new")), secret=not marked_by_qt)
    assert copy(qtbot, program) == [("", False)]
    assert (program.pressed, secret.fetched) == (0, 0)


def test_a_whole_line_that_an_editor_copies_unasked_is_no_selection(qtbot: QtBot) -> None:
    line = text("all of the line\n")
    line.setData("chromium/x-web-custom-data", '{"version":1,"isFromEmptySelection":true}'.encode("utf-16-le"))
    assert copy(qtbot, Program(put(line))) == [("", False)]
    assert is_as_before()


@pytest.mark.parametrize(
    ("name", "data", "secret"),
    [
        ('application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"', b"", True),
        ('application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"', b"\0\0\0\0", True),
        ('application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"', b"\1\0\0\0", False),
        ("org.nspasteboard.ConcealedType", b"", True),
    ],
)
def test_marks_of_password_managers_are_known(qtbot: QtBot, name: str, data: bytes, secret: bool) -> None:
    mime = text("new")
    mime.setData(name, data)
    assert copy(qtbot, Program(put(mime))) == [("" if secret else "new", secret)]


def test_a_program_that_is_slow_to_read_its_keys_is_waited_for(qtbot: QtBot) -> None:
    program = Program()
    program.reads = False
    watch = Watch(program)
    assert watch.after(2.9) == []
    program.reads = True
    assert watch.after(2.95) == []
    put(text("new"))()
    assert watch.after(3.2) == [("new", False)]
    assert is_as_before()


def test_from_then_on_it_is_waited_for_no_longer_than_any(qtbot: QtBot) -> None:
    watch = Watch(Program())
    assert watch.after(0.1) == []
    assert watch.after(0.45) == []
    assert watch.after(0.55) == [("", False)]


def test_a_program_that_hangs_is_given_up(qtbot: QtBot) -> None:
    program = Program()
    program.reads = False
    assert Watch(program).after(3.1) == [("", False)]


def test_a_text_that_comes_behind_its_announcement_is_waited_for_although_that_was_late(qtbot: QtBot) -> None:
    announced = QMimeData()
    announced.setData("application/x-own", b"x")
    program = Program()
    program.reads = False
    watch = Watch(program)
    watch.after(1.0)
    put(announced)()
    assert watch.after(1.2) == []
    assert watch.after(1.5) == []
    announced.setText("new")
    assert watch.after(1.55) == [("new", False)]

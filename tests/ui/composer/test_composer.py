import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.attached import Attachment, joined
from desktop.codes import Coded
from desktop.errors import DocumentError
from desktop.reasons import DocumentReason, LeftOut
from desktop.services import read_source
from desktop.ui.composer.composer import Composer
from desktop.ui.widgets.commands import is_command_key
from desktop.ui.widgets.icons import IconButton

PATIENCE_MS = 30_000  # a process may take long to start on a busy machine


@pytest.fixture
def composer(qtbot: QtBot) -> Composer:
    composer = Composer(read_source)
    qtbot.addWidget(composer)
    composer.resize(400, 200)
    composer.show()
    return composer


def test_enter_sends_what_is_written(composer: Composer, qtbot: QtBot) -> None:
    QTest.keyClicks(composer.edit, "an email")
    with qtbot.waitSignal(composer.submitted) as sent:
        QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    assert sent.args == ["an email"]


def test_shift_enter_breaks_the_line(composer: Composer, qtbot: QtBot) -> None:
    QTest.keyClicks(composer.edit, "one")
    with qtbot.assertNotEmitted(composer.submitted):
        QTest.keyClick(composer.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(composer.edit, "two")
    assert composer.text().split() == ["one", "two"]
    assert composer.text() == "one\ntwo"


def test_enter_chooses_the_input_methods_word_and_does_not_send(composer: Composer, qtbot: QtBot) -> None:
    QTest.keyClicks(composer.edit, "x")
    QApplication.sendEvent(composer.edit, QInputMethodEvent("nihao", []))
    with qtbot.assertNotEmitted(composer.submitted):
        QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    chosen = QInputMethodEvent("", [])
    chosen.setCommitString("你好")
    QApplication.sendEvent(composer.edit, chosen)
    with qtbot.waitSignal(composer.submitted) as sent:
        QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    assert "你好" in sent.args[0]


@pytest.mark.parametrize("text", ["", "  \n "])
def test_nothing_is_not_sent(composer: Composer, qtbot: QtBot, text: str) -> None:
    composer.set_text(text)
    assert not composer.button.isEnabled()
    with qtbot.assertNotEmitted(composer.submitted):
        QTest.keyClick(composer.edit, Qt.Key.Key_Return)


def test_text_written_while_an_answer_streams_waits_for_its_end(composer: Composer, qtbot: QtBot) -> None:
    composer.set_generating(True)
    QTest.keyClicks(composer.edit, "next")
    with qtbot.assertNotEmitted(composer.submitted):
        QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    composer.set_generating(False)
    with qtbot.waitSignal(composer.submitted) as sent:
        QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    assert sent.args == ["next"]


def test_the_composer_grows_with_its_text_up_to_a_limit(composer: Composer) -> None:
    heights = []
    for lines in (1, 2, 5, 10, 30):
        composer.set_text("\n".join(["line"] * lines))
        heights.append(composer.edit.height())
    assert heights[0] == heights[1] < heights[2] < heights[3] == heights[4]


def test_pasted_text_is_plain(composer: Composer) -> None:
    source = QMimeData()
    source.setHtml("<b>bold</b>")
    source.setText("bold")
    composer.edit.insertFromMimeData(source)
    assert composer.text() == "bold"
    assert "font-weight:7" not in composer.edit.toHtml()


def long_text() -> str:
    return "A line of a report that somebody pasted.\n" * 100


def paste(composer: Composer, text: str) -> None:
    source = QMimeData()
    source.setText(text)
    composer.edit.insertFromMimeData(source)


def test_a_long_paste_becomes_a_chip_and_goes_with_the_message(composer: Composer, qtbot: QtBot) -> None:
    paste(composer, long_text())
    assert composer.edit.toPlainText() == ""
    assert composer.button.isEnabled()
    QTest.keyClicks(composer.edit, "Shorten this")
    with qtbot.waitSignal(composer.submitted) as sent:
        QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    assert sent.args == [f"--- Pasted text ---\n{long_text()}\n--- end of Pasted text ---\n\nShorten this"]


def test_a_chip_is_taken_away_again(composer: Composer) -> None:
    paste(composer, long_text())
    paste(composer, long_text())
    assert [one.name for one in composer.attachments] == ["Pasted text", "Pasted text (2)"]
    chip = next(button for button in composer.findChildren(IconButton) if "(2)" in button.accessibleName())
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert [one.name for one in composer.attachments] == ["Pasted text"]


def drop(composer: Composer, *paths: Path) -> None:
    source = QMimeData()
    source.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    composer.edit.insertFromMimeData(source)


def chips(composer: Composer) -> list[IconButton]:
    return [chip for chip in composer.findChildren(IconButton) if chip.property("kind") == "chip" and chip.isVisible()]


def test_dropped_documents_go_with_the_message_and_others_are_told(
    composer: Composer, qtbot: QtBot, tmp_path: Path
) -> None:
    document = docx.Document()
    document.add_paragraph("The harbour was quiet.")
    document.save(str(tmp_path / "letter.docx"))
    (tmp_path / "notes.md").write_text("# 笔记\n", encoding="utf-8")
    (tmp_path / "old.txt").write_bytes("你好，世界。这是一封信，请总结。".encode("gb18030"))
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    (tmp_path / "empty.txt").write_bytes(b" \n")
    names = ("letter.docx", "notes.md", "old.txt", "picture.png", "broken.pdf", "empty.txt")
    drop(composer, *(tmp_path / name for name in names))
    assert [chip.text() for chip in chips(composer)] == [f"{name} · being read…" for name in names]
    qtbot.waitUntil(lambda: not any("read…" in chip.text() for chip in chips(composer)), timeout=PATIENCE_MS)
    assert [(one.name, one.text.strip()) for one in composer.attachments] == [
        ("letter.docx", "The harbour was quiet."),
        ("notes.md", "# 笔记"),
        ("old.txt", "你好，世界。这是一封信，请总结。"),
    ]
    assert composer.problem.text().splitlines() == [
        "picture.png is not text.",
        "broken.pdf is damaged, or no PDF file.",
        "empty.txt holds no text.",
    ]
    assert composer.problem.isVisible()


class SlowReader:
    """Where documents are read as fast as a test lets them."""

    def __init__(self) -> None:
        self.begun, self.ended = threading.Event(), threading.Event()
        self.go_on, self.text = threading.Event(), "A report."

    def read(self, path: Path, stop: threading.Event) -> tuple[str, Sequence[Coded]]:
        self.begun.set()
        while not self.go_on.wait(0.005):
            if stop.is_set():
                self.ended.set()
                raise DocumentError(path, DocumentReason.STOPPED())
        if path.suffix == ".bad":
            raise DocumentError(path, DocumentReason.NOT_TEXT())
        return self.text, [LeftOut.COMMENTS(n=2), LeftOut.DELETION()] if path.suffix == ".docx" else []


@pytest.fixture
def slow(qtbot: QtBot) -> Iterator[tuple[Composer, SlowReader]]:
    reader = SlowReader()
    composer = Composer(reader.read)
    qtbot.addWidget(composer)
    composer.show()
    yield composer, reader
    reader.go_on.set()


def test_enter_sends_once_the_document_is_read(slow: tuple[Composer, SlowReader], qtbot: QtBot) -> None:
    composer, reader = slow
    QTest.keyClicks(composer.edit, "Shorten")
    composer.attach_files([Path("a.pdf"), Path("b.pdf")])
    with qtbot.assertNotEmitted(composer.submitted):
        QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    assert composer.hint.text() == "Sent when all is read"
    with qtbot.waitSignal(composer.submitted) as sent:
        reader.go_on.set()
    assert sent.args == [joined("Shorten", [Attachment("a.pdf", "A report."), Attachment("b.pdf", "A report.")])]


@pytest.mark.parametrize("name", ["typing", "a failure", "a removed document"])
def test_what_waits_for_a_document_is_not_sent_after(
    slow: tuple[Composer, SlowReader], qtbot: QtBot, name: str
) -> None:
    composer, reader = slow
    QTest.keyClicks(composer.edit, "Shorten")
    composer.attach_files([Path("a.bad" if name == "a failure" else "a.txt"), Path("b.txt")])
    QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    if name == "typing":
        QTest.keyClicks(composer.edit, " it")
    elif name == "a removed document":
        QTest.mouseClick(chips(composer)[0], Qt.MouseButton.LeftButton)
    with qtbot.assertNotEmitted(composer.submitted):
        reader.go_on.set()
        qtbot.waitUntil(lambda: any(one.name == "b.txt" for one in composer.attachments), timeout=PATIENCE_MS)
    assert composer.edit.toPlainText().startswith("Shorten")


def test_a_document_that_is_taken_away_is_read_no_further(slow: tuple[Composer, SlowReader], qtbot: QtBot) -> None:
    composer, reader = slow
    composer.attach_files([Path("a.pdf")])
    assert reader.begun.wait(PATIENCE_MS / 1000)
    QTest.mouseClick(chips(composer)[0], Qt.MouseButton.LeftButton)
    assert reader.ended.wait(PATIENCE_MS / 1000)
    assert not chips(composer)
    assert not composer.attachments
    assert not composer.problem.isVisible()  # who takes it away knows


def test_the_end_of_the_application_ends_the_reading(slow: tuple[Composer, SlowReader]) -> None:
    composer, reader = slow
    composer.attach_files([Path("a.pdf"), Path("b.pdf")])
    assert reader.begun.wait(PATIENCE_MS / 1000)
    composer._reading.end()  # what the application calls before it quits
    assert reader.ended.wait(PATIENCE_MS / 1000)
    composer._reading._background._pool.shutdown()  # which waits for both


def test_a_text_that_no_model_reads_is_refused(slow: tuple[Composer, SlowReader], qtbot: QtBot) -> None:
    composer, reader = slow
    reader.text = "x" * 1_000_001
    reader.go_on.set()
    composer.attach_files([Path("a.txt")])
    qtbot.waitUntil(composer.problem.isVisible, timeout=PATIENCE_MS)
    assert composer.problem.text() == "a.txt holds more than 1,000,000 characters of text; give a part of it."
    assert not composer.attachments


def test_many_chips_go_on_in_the_next_row(composer: Composer) -> None:
    one = composer.height()
    for number in range(6):
        composer.attach(f"a long name of a document {number}.pdf", "text")
    QApplication.processEvents()
    assert composer.minimumSizeHint().width() <= 400
    assert len({chip.y() for chip in chips(composer)}) >= 3
    assert composer.sizeHint().height() > one - 100


def test_the_arrows_go_through_what_was_sent(composer: Composer) -> None:
    composer.edit.recall = lambda: ["first", "second\nin two lines"]
    QTest.keyClick(composer.edit, Qt.Key.Key_Up)
    assert composer.text() == "second\nin two lines"
    QTest.keyClick(composer.edit, Qt.Key.Key_Up)  # from the second line to the first
    assert composer.text() == "second\nin two lines"
    QTest.keyClick(composer.edit, Qt.Key.Key_Up)
    assert composer.text() == "first"
    QTest.keyClick(composer.edit, Qt.Key.Key_Up)
    assert composer.text() == "first"
    QTest.keyClick(composer.edit, Qt.Key.Key_Down)
    assert composer.text() == "second\nin two lines"
    QTest.keyClick(composer.edit, Qt.Key.Key_Down)
    assert composer.text() == ""


def test_the_arrows_leave_alone_what_is_being_written(composer: Composer) -> None:
    composer.edit.recall = lambda: ["first"]
    QTest.keyClicks(composer.edit, "new")
    QTest.keyClick(composer.edit, Qt.Key.Key_Up)
    assert composer.text() == "new"


def test_alt_and_a_letter_types_nothing(composer: Composer) -> None:
    QTest.keyClicks(composer.edit, "keep this")
    composer.edit.selectAll()
    QTest.keyClick(composer.edit, Qt.Key.Key_Q, Qt.KeyboardModifier.AltModifier)
    assert composer.text() == "keep this"
    event = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Q, Qt.KeyboardModifier.AltModifier, "œ")
    assert not is_command_key(event, "darwin")


def test_what_was_left_out_of_a_document_is_told(slow: tuple[Composer, SlowReader], qtbot: QtBot) -> None:
    composer, reader = slow
    reader.go_on.set()
    composer.attach_files([Path("a.docx"), Path("b.txt")])
    qtbot.waitUntil(lambda: len(composer.attachments) == 2, timeout=PATIENCE_MS)
    assert composer.problem.text() == "a.docx: 2 comments were left out. 1 tracked deletion was left out."
    assert composer.problem.isVisible()

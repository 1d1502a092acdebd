from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.alt_keys import is_command_key
from desktop.ui.attachments import Attachment, joined, split
from desktop.ui.composer import Composer
from desktop.ui.icons import IconButton


@pytest.fixture
def composer(qtbot: QtBot) -> Composer:
    composer = Composer()
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
    assert sent.args == [f"Shorten this\n\n--- Pasted text ---\n{long_text()}\n--- end of Pasted text ---"]


def test_a_chip_is_taken_away_again(composer: Composer) -> None:
    paste(composer, long_text())
    paste(composer, long_text())
    assert [one.name for one in composer.attachments] == ["Pasted text", "Pasted text (2)"]
    chip = next(button for button in composer.findChildren(IconButton) if "(2)" in button.accessibleName())
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert [one.name for one in composer.attachments] == ["Pasted text"]


def test_dropped_text_files_go_with_the_message_and_others_are_refused(
    composer: Composer, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "notes.md").write_text("# 笔记\n", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "old.txt").write_bytes("笔记".encode("gb18030"))
    source = QMimeData()
    source.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("notes.md", "picture.png", "old.txt")])
    said: list[str] = []
    composer.said.connect(said.append)
    composer.edit.insertFromMimeData(source)
    assert [(one.name, one.text) for one in composer.attachments] == [("notes.md", "# 笔记\n")]
    assert said == [
        "picture.png cannot be attached: only .txt and .md files can.",
        "old.txt cannot be attached: it is not UTF-8 text.",
    ]


@given(
    st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: "---" not in text),
    st.lists(st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: "---" not in text), max_size=3),
)
def test_what_is_kept_of_a_message_gives_back_its_attachments(text: str, pasted: list[str]) -> None:
    attachments = [Attachment(f"file {n}.txt", one) for n, one in enumerate(pasted)]
    typed, found = split(joined(text, attachments))
    assert found == attachments
    assert typed.rstrip("\n") == text.rstrip("\n")


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

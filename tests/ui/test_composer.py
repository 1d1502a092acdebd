import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.composer import Composer


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

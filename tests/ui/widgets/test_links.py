import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.ui.conversation.message_model import MessageViewModel
from desktop.ui.conversation.messages import Answer
from desktop.ui.conversation.view import ConversationView
from desktop.ui.widgets.links import LinkQuestion, may_open, spelled


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    addresses: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: addresses.append(url.toString()))
    return addresses


@pytest.mark.parametrize("address", ["http://a.org", "https://a.org/?q=1", "mailto:a@b.org", "HTTPS://a.org"])
def test_the_web_and_mail_may_be_opened(address: str) -> None:
    assert may_open(address)


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "javascript:alert(1)", "smb://a/b", "ms-msdt:/id", "/etc/passwd", "", "a.org", "data:,x"],
)
def test_nothing_else_may_be_opened(address: str) -> None:
    assert not may_open(address)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://exаmple.org/", "https://xn--exmple-4nf.org/"),  # the second a is Cyrillic
        ("https://example.org/\u202egpj.exe", "https://example.org/%E2%80%AEgpj.exe"),
    ],
)
def test_an_address_is_shown_as_the_network_reads_it(address: str, shown: str) -> None:
    assert spelled(address) == shown


def test_a_click_asks_before_anything_is_opened(qtbot: QtBot, opened: list[str]) -> None:
    view = ConversationView()
    qtbot.addWidget(view)
    view.show()
    view.show_messages([MessageViewModel("a", "assistant", "[away](https://example.org/x)")])
    widget = view.message_rows()[0].widget
    assert isinstance(widget, Answer)
    widget.view.anchorClicked.emit(QUrl("https://example.org/x"))
    (question,) = view.findChildren(LinkQuestion)
    assert question.isVisible()
    assert question.informativeText() == "https://example.org/x"
    assert opened == []
    assert question.defaultButton() is not question.open_button
    assert question.open_button is not None
    question.open_button.click()
    assert opened == ["https://example.org/x"]


def test_an_address_of_a_file_can_only_be_copied(qtbot: QtBot, opened: list[str]) -> None:
    view = ConversationView()
    qtbot.addWidget(view)
    question = LinkQuestion("file:///etc/passwd", view)
    assert question.open_button is None
    question.copy_button.click()
    assert QGuiApplication.clipboard().text() == "file:///etc/passwd"
    assert opened == []

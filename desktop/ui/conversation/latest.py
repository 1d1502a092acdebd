"""What can be done by key with the last message of the conversation that is read."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from desktop.ui.conversation.chat import Turn
from desktop.ui.conversation.controller import ConversationController


class Latest(QObject):
    """Acts on the last question or answer; does nothing where there is none.

    Signals:
        edit_wanted(Turn): the user wants to ask this differently.
        said(str): what was done, where that is not seen.
    """

    edit_wanted = Signal(object)
    said = Signal(str)

    def __init__(self, conversations: ConversationController, parent: QObject) -> None:
        super().__init__(parent)
        self._conversations = conversations

    def commands(self) -> dict[str, Callable[[], object]]:
        """Give what can be done by key, by the ids of the window's commands."""
        return {
            "regenerate": self.regenerate,
            "go-on": self.go_on,
            "edit": self.edit,
            "copy": self.copy,
            "fork": self.fork,
        }

    def turn(self, role: str) -> Turn | None:
        """Give the last message of a role."""
        return next((turn for turn in reversed(self._conversations.shown.branch) if turn.role == role), None)

    def regenerate(self) -> None:
        """Have the last answer written again."""
        if (answer := self.turn("assistant")) is not None:
            self._conversations.regenerate(answer)

    def go_on(self) -> None:
        """Have the last answer continued, where it was cut."""
        answer = self.turn("assistant")
        if answer is not None and (answer.can_go_on or answer.status == "failed"):
            self._conversations.go_on(answer)

    def edit(self) -> None:
        """Ask the last message differently."""
        question = self.turn("user")
        if question is not None and not self._conversations.shown.running:
            self.edit_wanted.emit(question)

    def copy(self) -> None:
        """Copy the last answer as Markdown."""
        if (answer := self.turn("assistant")) is not None and answer.text:
            QGuiApplication.clipboard().setText(answer.text)
            self.said.emit(self.tr("The last answer was copied."))

    def fork(self) -> None:
        """Go on from here in a conversation of its own."""
        chat = self._conversations.shown
        if chat.branch and not chat.running:
            self._conversations.fork(chat.branch[-1])

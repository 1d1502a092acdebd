"""One conversation: a column of messages that follows the answer, unless the user reads above."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.chat.assistant import Request
from desktop.ui import theme
from desktop.ui.empty_state import EmptyState
from desktop.ui.messages import Answer, OwnMessage


class ConversationView(QScrollArea):
    """Shows the messages of one conversation.

    Attributes:
        answers: of this conversation, in order.
        empty: what is shown before the first message; None after it.

    Signals:
        sample_picked(str): the user wants to begin with this brief.
        retry_wanted(Answer): the user wants a failed request asked again.
    """

    sample_picked = Signal(str)
    retry_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[Answer] = []
        self._follows = False  # what an empty conversation shows is read from its top
        self.setAccessibleName(self.tr("Conversation"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # so that the keyboard can scroll
        self._page = QWidget()
        self._page.setObjectName("column")
        self._column = QVBoxLayout(self._page)
        self._column.setSpacing(theme.px(theme.SPACE_24))
        self.empty: EmptyState | None = EmptyState()
        self.empty.picked.connect(self.sample_picked)
        self._column.addWidget(self.empty, 1)
        self.setWidget(self._page)
        self.verticalScrollBar().rangeChanged.connect(self._keep_up)
        self.verticalScrollBar().valueChanged.connect(self._moved)

    def ask(self, request: Request, waiting: str) -> Answer:
        """Show a request and the place of its answer."""
        if self.empty is not None:
            self._column.removeWidget(self.empty)
            self.empty.hide()
            self.empty.deleteLater()
            self.empty = None
            self._column.addStretch(1)
        answer = Answer(request, waiting)
        answer.retry_wanted.connect(self.retry_wanted)
        for widget in (OwnMessage(request.text), answer):
            self._column.insertWidget(self._column.count() - 1, widget)
        for older in self.answers[-1:]:
            older.set_latest(latest=False)
        self.answers.append(answer)
        self._follows = True
        return answer

    def ask_again(self, failed: Answer, request: Request, waiting: str) -> Answer:
        """Put the place of a new answer where one failed."""
        answer = Answer(request, waiting)
        answer.retry_wanted.connect(self.retry_wanted)
        self._column.replaceWidget(failed, answer)
        self.answers[self.answers.index(failed)] = answer
        answer.set_latest(latest=answer is self.answers[-1])
        failed.hide()
        failed.deleteLater()
        return answer

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle and no wider than reads well."""
        least = theme.px(theme.SPACE_24)
        side = max(least, (self.width() - theme.px(theme.COLUMN_WIDTH)) // 2)
        bar = self.width() - self.viewport().width()  # its coming and going must not move the column
        self._column.setContentsMargins(side, least, max(side - bar, 0), least)
        super().resizeEvent(event)

    @Slot()
    def _moved(self) -> None:
        bar = self.verticalScrollBar()
        self._follows = bar.value() >= bar.maximum() - theme.px(theme.SPACE_8)

    @Slot()
    def _keep_up(self) -> None:
        if self._follows:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

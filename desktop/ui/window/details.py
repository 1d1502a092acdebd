"""The details of a conversation: how much of the model's window it fills, and what the last answer took."""

from PySide6.QtCore import QLocale, QObject, Qt, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from desktop.engine.interface import Event, Finished
from desktop.ui.conversation.chat import Chat, Turn
from desktop.ui.conversation.controller import ConversationController
from desktop.ui.models.state import ModelState
from desktop.ui.widgets import theme
from desktop.ui.widgets.error_messages import worded
from desktop.ui.widgets.labels import label

_FINE = 1000  # steps of the bar


def context_share(chat: Chat, context_length: int) -> tuple[int, float]:
    """Tell how many tokens of the window a conversation fills, as its last answer has shown, and their share."""
    used = next((turn.usage for turn in reversed(chat.branch) if turn.usage), None)
    tokens = used.prompt_tokens + used.new_tokens if used else 0
    return tokens, tokens / context_length if context_length else 0.0


class ContextMeter(QObject):
    """Says in a label how full the model's window is, as the conversation that is read has shown."""

    def __init__(self, shown: QLabel, conversations: ConversationController, model: ModelState) -> None:
        """Say it in `shown`, and end with it."""
        super().__init__(shown)
        self._shown, self._conversations, self._model = shown, conversations, model
        conversations.chat_shown.connect(self.refresh)
        conversations.moved.connect(self._moved)
        model.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Say it again; nothing where no answer has shown it."""
        info = self._model.info
        _, share = context_share(self._conversations.shown, info.context_length if info else 0)
        self._shown.setText(self.tr("Context {percent} %").format(percent=round(100 * share)) if share else "")
        self._shown.updateGeometry()

    @Slot(object, object)
    def _moved(self, _turn: Turn, event: Event) -> None:
        if isinstance(event, Finished):
            self.refresh()


class Facts(QWidget):
    """Names and values under a heading; values that are "" take no room."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(theme.SPACE_12))
        self._grid.setVerticalSpacing(theme.px(theme.SPACE_4))
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(label(heading, "section"), 0, 0, 1, 2)

    def put(self, row: int, name: str, value: str) -> None:
        """Show a value, or hide its row."""
        at = row + 1
        if self._grid.itemAtPosition(at, 1) is None:
            named, told = label(name, "small"), label("", "value")
            told.setWordWrap(True)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(named, at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(told, at, 1)
        for column in (0, 1):
            item = self._grid.itemAtPosition(at, column)
            widget = item.widget() if item else None
            if widget is not None:
                widget.setVisible(bool(value))
                if column == 1:
                    widget.setText(value)  # type: ignore[attr-defined]  # it is one of our labels


class Details(QScrollArea):
    """Stands at the right of a conversation.

    Attributes:
        meter: how full the model's window is.
    """

    def __init__(self, conversations: ConversationController, model: ModelState) -> None:
        super().__init__()
        self.setObjectName("details")
        self.setAccessibleName(self.tr("Details"))
        self.setFixedWidth(theme.px(theme.DETAILS_WIDTH))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._conversations, self._model = conversations, model
        self.meter = QProgressBar()
        self.meter.setTextVisible(False)
        self.meter.setRange(0, _FINE)
        self.meter.setAccessibleName(self.tr("Context"))
        self._context = Facts(self.tr("Context"))
        self._said = label("", "small")
        self._said.setWordWrap(True)
        self._answer = Facts(self.tr("Last answer"))
        self._who = Facts(self.tr("Model"))
        page = QWidget()
        page.setObjectName("detailsPage")
        layout = QVBoxLayout(page)
        side = theme.px(theme.SPACE_16)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(theme.SPACE_8))
        for part in (self._context, self.meter, self._said):
            layout.addWidget(part)
        for facts in (self._answer, self._who):
            layout.addSpacing(theme.px(theme.SPACE_16))
            layout.addWidget(facts)
        layout.addStretch(1)
        self.setWidget(page)
        conversations.chat_shown.connect(self.refresh)
        conversations.branch_changed.connect(self.refresh)
        conversations.moved.connect(self._moved)
        model.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the facts of the conversation that is read."""
        chat, info, locale = self._conversations.shown, self._model.info, QLocale()
        length = info.context_length if info else 0
        tokens, share = context_share(chat, length)
        self.meter.setValue(round(min(share, 1.0) * _FINE))
        filled = self.tr("{n} of {all} tokens").format(n=locale.toString(tokens), all=locale.toString(length))
        self._context.put(0, self.tr("In use"), filled if length else "")
        left_out = next((turn.left_out for turn in reversed(chat.branch) if turn.role == "assistant"), 0)
        self._context.put(1, self.tr("Left out"), self._told_left_out(left_out))
        self._said.setText(self._told_share(share, left_out))
        self._said.setVisible(bool(self._said.text()))
        self._show_answer(next((turn for turn in reversed(chat.branch) if turn.usage), None), locale)
        self._who.put(0, self.tr("Name"), info.model if info else self.tr("none"))
        self._who.put(1, self.tr("Weights"), info.precision if info else "")
        self._who.put(2, self.tr("Device"), worded(info.device) if info else "")
        self._who.put(3, self.tr("Why"), worded(info.reason) if info else "")

    @Slot(object, object)
    def _moved(self, turn: Turn, event: Event) -> None:
        if isinstance(event, Finished) and turn in self._conversations.shown.branch:
            self.refresh()

    def _show_answer(self, turn: Turn | None, locale: QLocale) -> None:
        used = turn.usage if turn else None
        numbers = [0, 0, 0] if used is None else [used.prompt_tokens, used.reused_tokens, used.new_tokens]
        read, reused, written = (locale.toString(number) if number else "" for number in numbers)
        self._answer.setVisible(used is not None)
        self._answer.put(0, self.tr("Read"), read and self.tr("{n} tokens").format(n=read))
        self._answer.put(1, self.tr("Known already"), reused and self.tr("{n} tokens").format(n=reused))
        self._answer.put(2, self.tr("Written"), written and self.tr("{n} tokens").format(n=written))
        speed = used.tokens_per_s if used else 0.0
        self._answer.put(3, self.tr("Speed"), self.tr("{n} tokens/s").format(n=round(speed)) if speed else "")
        first = used.first_token_s if used else 0.0
        self._answer.put(4, self.tr("First word"), self.tr("{n} s").format(n=f"{first:.1f}") if first else "")
        self._answer.put(5, self.tr("Written by"), used.model if used else "")

    def _told_left_out(self, count: int) -> str:
        if not count:
            return ""
        return self.tr("1 message") if count == 1 else self.tr("{n} messages").format(n=count)

    def _told_share(self, share: float, left_out: int) -> str:
        if left_out:
            return self.tr("The oldest messages no longer fit the model, so it does not see them.")
        if share > 0.8:
            return self.tr("Almost full: soon the oldest messages will be left out.")
        return self.tr("The model sees the whole conversation.") if share else ""

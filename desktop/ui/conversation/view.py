"""One conversation: a column of messages that follows the answer, unless the user reads above.

The view shows and asks; it changes nothing itself. Whoever owns the conversation

- shows it: `show_messages([MessageViewModel(id, role, text, status, usage, error, left_out, place, versions), …])`.
  Once more after a change (another version, a deletion): what is the same keeps its widgets, what is read stays in
  place;
- adds to it: `append([question, answer])`, the answer with the status `pending`; then `take(id, event)` for each event
  of the engine, or `fail(id, sentence)`; `set_waiting(text)` says what answers wait for;
- listens: `edit_requested(id)`, `regenerate_requested(id)`, `fork_requested(id)`, `delete_requested(id)`,
  `export_requested(id)`, `continue_requested(id)`, `retry_requested(id)`, `sibling_requested(id, step)`. A tool is
  shown only if somebody listened to its signal before the message came;
- opens the search of the conversation: `open_find()` (Ctrl+F), `find_next()`, `find_previous()`.

An `id` is any hashable object that tells messages apart, and comes back as it was given.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QMetaMethod, Signal, Slot

from desktop.engine.interface import EngineInfo, Event, TextAdded
from desktop.ui.conversation.empty_state import EmptyState
from desktop.ui.conversation.find_bar import FindBar
from desktop.ui.conversation.message_model import MessageViewModel
from desktop.ui.conversation.message_widget import MessageWidget
from desktop.ui.conversation.messages import Answer, OwnMessage
from desktop.ui.conversation.rows import EmptyRow, MessageRow
from desktop.ui.markdown.formula import Formulas
from desktop.ui.widgets import theme
from desktop.ui.widgets.column import Column
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.links import LinkQuestion

_PLACES = {"edit", "regenerate", "fork", "delete", "export", "continue", "retry"}


class ConversationView(Column):
    """Shows the messages of one conversation.

    Attributes:
        empty: what is shown before the first message; None after it.
        find_bar: searches in the conversation; hidden until `open_find`.
        latest: the button that goes to the end.

    Signals:
        sample_picked(str): the user wants to begin with this brief.
        edit_requested(id), regenerate_requested(id), fork_requested(id), delete_requested(id), export_requested(id):
            the user wants this done with a message.
        continue_requested(id): an answer that ended before its end shall go on.
        retry_requested(id): what failed shall be asked again.
        sibling_requested(id, int): the version before, -1, or behind, 1, shall be read.
    """

    sample_picked = Signal(str)
    edit_requested = Signal(object)
    regenerate_requested = Signal(object)
    fork_requested = Signal(object)
    delete_requested = Signal(object)
    export_requested = Signal(object)
    continue_requested = Signal(object)
    retry_requested = Signal(object)
    sibling_requested = Signal(object, int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Conversation"))
        self._by_id: dict[object, MessageRow] = {}
        self._waiting = ""
        self._keys: Mapping[str, str] = {}
        self._writer: EngineInfo | None = None
        self._latest: MessageRow | None = None
        self._formulas = Formulas(self)  # drawn once, however often a message is made
        self.empty: EmptyState | None = None
        self.latest = IconButton("arrow-down", self.tr("Jump to latest"), "outlined", parent=self)
        self.latest.setObjectName("jump")
        self.latest.clicked.connect(self.to_end)
        self.latest.hide()
        self.find_bar = FindBar(self, self.message_rows)
        self.find_bar.hide()
        self._show_empty()

    # What is shown.

    @property
    def answers(self) -> list[Answer]:
        """The answers that have a widget, in order."""
        return [row.widget for row in self.rows if isinstance(row.widget, Answer)]

    @property
    def messages(self) -> list[MessageViewModel]:
        """All messages, in order, as they are now."""
        return [replace(row.message, text=row.text) for row in self.message_rows()]

    def message_rows(self) -> list[MessageRow]:
        """All messages, in order, with their places."""
        return [row for row in self.rows if isinstance(row, MessageRow)]

    def show_messages(self, messages: Sequence[MessageViewModel]) -> None:
        """Show these messages instead of those that are shown; the place that is read stays."""
        if not messages:
            self._by_id.clear()
            self._latest = None
            self._show_empty()
            return
        anchor = self.anchor()
        same: dict[object, MessageRow] = {}
        for message in messages:
            old = self._by_id.get(message.id)
            if old is not None and _is_same(old, message):
                old.update_message(message)
                same[message.id] = old
            else:
                same[message.id] = MessageRow(message, self.make_widget)
        rows = list(same.values())
        if anchor is not None:  # what was read, or what stands in its place
            place = self.rows.index(anchor[0])
            anchor = (anchor[0] if anchor[0] in rows else rows[min(place, len(rows) - 1)], anchor[1])
        first = self.empty is not None
        self._leave_empty()
        self._by_id = same
        self.replace(rows, None if first else anchor)
        self._settle(rows)

    def append(self, messages: Iterable[MessageViewModel]) -> None:
        """Show messages behind all others, and go there if the user asked something."""
        rows = [MessageRow(message, self.make_widget) for message in messages]
        self._leave_empty()
        for row in rows:
            self._by_id[row.message.id] = row
        if any(row.message.role == "user" for row in rows):
            self.follows = True
        self.extend(rows)
        self._settle(rows)

    def take(self, message: object, event: Event) -> None:
        """Show how an answer goes on; `message` is its id."""
        widget = self._answer(message)
        widget.take(event)
        if not isinstance(event, TextAdded):
            self.find_bar.refresh()

    def fail(self, message: object, sentence: str) -> None:
        """Show that an answer failed."""
        self._answer(message).fail(sentence)

    def set_waiting(self, waiting: str) -> None:
        """Say what answers wait for that have not begun."""
        self._waiting = waiting
        for answer in self.answers:
            if answer.message.running and not answer.view.markdown:
                answer.progress.setText(waiting)

    def scroll_to_message(self, message: object) -> None:
        """Bring a message into view, by its id."""
        self.scroll_to(self._by_id[message])

    # Search.

    @Slot()
    def open_find(self) -> None:
        """Search in the conversation."""
        self.find_bar.open()

    @Slot()
    def find_next(self) -> None:
        """Go to the next place that was found."""
        self.find_bar.next()

    @Slot()
    def find_previous(self) -> None:
        """Go to the place before."""
        self.find_bar.previous()

    # Inside.

    def make_widget(self, message: MessageViewModel) -> MessageWidget:
        """Make what shows a message."""
        offered, page = self._offered(), self.viewport()
        widget: OwnMessage | Answer
        if message.role == "user":
            widget = OwnMessage(message, offered, page)
        else:
            widget = Answer(message, self._waiting, offered, page, self._formulas)
        widget.wanted.connect(self._tell_wanted)
        widget.stepped.connect(self._tell_stepped)
        if isinstance(widget, Answer):
            widget.view.link_activated.connect(self._ask_for_link)
            widget.view.rendered.connect(self._settle_heights)
        latest = self._latest
        widget.set_latest(latest=latest is not None and latest.message.id == message.id)
        return widget

    def moved(self) -> None:
        """Offer the way back to the end, and show what was found in what is new."""
        bar = self.verticalScrollBar()
        self.latest.setVisible(bool(self._by_id) and bar.maximum() - bar.value() > self.viewport().height() // 3)
        size, room = self.latest.sizeHint(), theme.px(theme.SPACE_12)
        self.latest.resize(size)
        self.latest.move((self.viewport().width() - size.width()) // 2, self.height() - size.height() - room)
        self.find_bar.place()

    def _offered(self) -> frozenset[str]:
        signals = {name: getattr(self, f"{name}_requested") for name in _PLACES}
        return frozenset(
            name for name, signal in signals.items() if self.isSignalConnected(QMetaMethod.fromSignal(signal))
        )

    def _answer(self, message: object) -> Answer:
        row = self._by_id[message]
        self.make(row)
        if not isinstance(row.widget, Answer):
            raise TypeError("only answers go on")
        return row.widget

    def _settle(self, rows: Sequence[MessageRow]) -> None:
        """Make what is being written, and mark the latest answer."""
        for row in rows:
            if row.message.running:
                self.make(row)
        older = self._latest
        self._latest = next((row for row in reversed(self.message_rows()) if not _is_own(row)), None)
        for one in (older, self._latest):
            if one is not None and isinstance(one.widget, MessageWidget):
                one.widget.set_latest(latest=one is self._latest)
        self.find_bar.refresh()

    def show_keys(self, keys: Mapping[str, str]) -> None:
        """Know the keys of the commands, by id, for what an empty conversation tells."""
        self._keys = keys
        if self.empty is not None:
            self.empty.show_keys(keys)

    def show_writer(self, info: EngineInfo | None) -> None:
        """Know who answers, for what an empty conversation offers."""
        self._writer = info
        if self.empty is not None:
            self.empty.show_writer(info)

    def _show_empty(self) -> None:
        self.empty = EmptyState(self._keys)
        self.empty.show_writer(self._writer)
        self.empty.picked.connect(self.sample_picked)
        row = EmptyRow(self.empty)
        self.empty.setParent(self.viewport())
        self.empty.show()
        self.replace([row], (row, theme.px(theme.SPACE_24)))  # read from its top

    def _leave_empty(self) -> None:
        if self.empty is not None:
            self.empty = None
            self.replace([])

    @Slot(str)
    def _tell_wanted(self, what: str) -> None:
        widget = self.sender()
        if isinstance(widget, MessageWidget):
            getattr(self, f"{what}_requested").emit(widget.message.id)

    @Slot(int)
    def _tell_stepped(self, step: int) -> None:
        widget = self.sender()
        if isinstance(widget, MessageWidget):
            self.sibling_requested.emit(widget.message.id, step)

    @Slot(str)
    def _ask_for_link(self, address: str) -> None:
        LinkQuestion(address, self).open()

    @Slot()
    def _settle_heights(self) -> None:
        self.lay_out()


def _is_own(row: MessageRow) -> bool:
    return row.message.role == "user"


def _is_same(row: MessageRow, message: MessageViewModel) -> bool:
    """Tell whether a row shows a message already, but for its versions."""
    now = row.message
    if now.running or message.running:
        return now.running and message.running and row.text == message.text
    return replace(message, place=now.place, versions=now.versions, usage=now.usage, thought=now.thought) == replace(
        now, text=row.text
    )

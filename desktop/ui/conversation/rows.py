"""The rows of a conversation's column: its messages, or what stands there before the first one."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.ui.conversation.empty_state import EmptyState
from desktop.ui.conversation.message_model import MessageViewModel
from desktop.ui.conversation.message_widget import MessageWidget
from desktop.ui.conversation.messages import Answer
from desktop.ui.widgets import theme
from desktop.ui.widgets.column import ColumnRow

_WIDE_SHARE = 0.72  # of the bytes of Chinese text: its width, counted in Latin letters
_LETTER = 0.52  # width of a Latin letter, in sizes of the text


class EmptyRow(ColumnRow):
    """What stands in a conversation without messages."""

    fills = True

    def __init__(self, widget: EmptyState) -> None:
        super().__init__()
        self.widget: QWidget | None = widget

    def estimate(self, _width: int, _size: int) -> int:
        """Nothing to guess: it is there."""
        return self.height

    @property
    def pinned(self) -> bool:
        """It is made once."""
        return True


class MessageRow(ColumnRow):
    """One message, shown by a widget while it is near.

    Attributes:
        searched: a search is there.
    """

    def __init__(self, message: MessageViewModel, make: Callable[[MessageViewModel], QWidget]) -> None:
        """Show a message; `make` gives the widget for it."""
        super().__init__()
        self._message, self._make = message, make
        self.searched = False
        self.gap = theme.SPACE_4 if message.role == "user" else theme.SPACE_24

    @property
    def message(self) -> MessageViewModel:
        """What is shown, as it is now."""
        return self.widget.message if isinstance(self.widget, MessageWidget) else self._message

    @property
    def text(self) -> str:
        """Its text, as it is now."""
        return self.widget.view.markdown if isinstance(self.widget, Answer) else self.message.text

    def estimate(self, width: int, size: int) -> int:
        """Guess from the length of the text."""
        text, own = self._message.text, self._message.role == "user"
        letters = len(text) if text.isascii() else len(text.encode()) * _WIDE_SHARE
        scale = size / theme.TEXT_BASE
        room = min(theme.BUBBLE_WIDTH * scale, width) - 2 * theme.SPACE_16 * scale if own else width
        lines = text.count("\n") + letters * _LETTER * size / max(1.0, room) + 1
        return round(lines * size * theme.LINE_HEIGHT + (theme.SPACE_36 + theme.SPACE_24) * scale)

    def make(self) -> QWidget:
        """Make the widget that shows it."""
        return self._make(self._message)

    def unmake(self) -> None:
        """Keep what the widget knows."""
        self._message = self.message

    def update_message(self, message: MessageViewModel) -> None:
        """Show other versions of what is the same otherwise."""
        self._message = message
        if isinstance(self.widget, MessageWidget):
            self.widget.show_versions(message.place, message.versions)

    @property
    def pinned(self) -> bool:
        """Whether it is being written, or somebody works with it."""
        if not isinstance(self.widget, MessageWidget):
            return False
        return self.searched or self.message.running or self.widget.view.textCursor().hasSelection()

    @property
    def complete(self) -> bool:
        """Whether all of the text is shown."""
        return not isinstance(self.widget, Answer) or self.widget.view.complete or self.message.running

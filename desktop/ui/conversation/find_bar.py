"""Search in one conversation: what is found is marked, counted, and walked from place to place.

Messages that are not on the screen are searched as they would be read, a little at a time, so that a long
conversation never holds up the window.
"""

import re
import time
from collections import deque
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from desktop.text.folding import fold, pattern_of
from desktop.ui.conversation.message_tools import Tool
from desktop.ui.conversation.message_widget import MessageWidget
from desktop.ui.conversation.messages import OwnMessage
from desktop.ui.conversation.rows import MessageRow
from desktop.ui.markdown.copying import as_read
from desktop.ui.widgets import theme
from desktop.ui.widgets.column import Column
from desktop.ui.widgets.labels import label

_SLICE_S = 0.008
_LONGEST = 50_000  # characters; a longer text is searched as it is written
_MARKS = re.compile(r"[*_~`\\]")
_WORD = re.compile(r"[^\W_]+")
_WIDTH = 380


class FindField(QLineEdit):
    """Where the user types what to find; Escape and Enter belong to it, whatever else they do in the window."""

    def event(self, event: QEvent) -> bool:
        """Keep the window's shortcuts from taking Escape."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() == Qt.Key.Key_Escape)
            if event.isAccepted():
                return True
        return super().event(event)


class FindBar(QFrame):
    """Lies over the upper right corner of a conversation.

    Attributes:
        field: what to find.
        count: which of how many places is shown.
    """

    def __init__(self, view: Column, rows: Callable[[], Sequence[MessageRow]]) -> None:
        """Search in a column; `rows` gives its messages."""
        super().__init__(view)
        self.setObjectName("findBar")
        self.setAccessibleName(self.tr("Search in the conversation"))
        self._view, self._rows = view, rows
        self._pattern: re.Pattern[str] | None = None
        self._counts: dict[MessageRow, int] = {}
        self._current: tuple[MessageRow, int] | None = None
        self._todo: deque[MessageRow] = deque()
        self._read: dict[MessageRow, tuple[str, str]] = {}  # text of a message, and as it is read
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)
        self.field = FindField()
        self.field.setPlaceholderText(self.tr("Search in the conversation"))
        self.field.setAccessibleName(self.tr("Search in the conversation"))
        self.field.textChanged.connect(self._search)
        self.count = label("", "small", self)
        self.before = Tool("chevron-up", self.tr("Previous match"), self, labelled=False)
        self.after = Tool("chevron-down", self.tr("Next match"), self, labelled=False)
        self.ends = Tool("x", self.tr("Close the search"), self, labelled=False)
        self.before.clicked.connect(self.previous)
        self.after.clicked.connect(self.next)
        self.ends.clicked.connect(self.close_search)
        layout = QHBoxLayout(self)
        side, height = theme.px(theme.SPACE_8), theme.px(theme.SPACE_4)
        layout.setContentsMargins(side, height, height, height)
        layout.setSpacing(theme.px(theme.SPACE_4))
        layout.addWidget(self.field, 1)
        for widget in (self.count, self.before, self.after, self.ends):
            layout.addWidget(widget)
        self._tell()

    @Slot()
    def open(self) -> None:
        """Show the bar and type into it."""
        self.show()
        self.raise_()
        self.place()
        self._view.leave_above(self.geometry().bottom())  # or it covers the first message
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._search(self.field.text())

    @Slot()
    def close_search(self) -> None:
        """Take away the bar and what it marked."""
        self.hide()
        self._view.leave_above(0)
        self._pattern = None
        self._stop()
        self._mark()
        self._view.setFocus()

    @Slot()
    def next(self) -> None:
        """Go to the next place; behind the last comes the first."""
        self._step(1)

    @Slot()
    def previous(self) -> None:
        """Go to the place before."""
        self._step(-1)

    @Slot()
    def refresh(self) -> None:
        """Search again: messages have changed."""
        if self.isVisible():
            current = self._current
            self._search(self.field.text(), go=False)
            if current is not None and current[0] in self._rows():
                self._current = current
                current[0].searched = True

    def place(self) -> None:
        """Lie in the corner, and mark what has come into view."""
        if not self.isVisible():
            return
        room, viewport = theme.px(theme.SPACE_12), self._view.viewport()
        width = min(theme.px(_WIDTH), viewport.width() - 2 * room)
        self.resize(width, self.sizeHint().height())
        self.move(viewport.width() - width - room, room)
        self._mark()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter walks on, with Shift back; Escape ends the search."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_search()
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _search(self, text: str, *, go: bool = True) -> None:
        self._pattern = pattern_of(text) if text else None
        self._stop()
        if self._pattern is not None:
            rows = self._rows()
            anchor = self._view.anchor()
            start = rows.index(anchor[0]) if go and anchor is not None and anchor[0] in rows else 0
            self._todo.extend([*rows[start:], *rows[:start]])
        self._goes = go
        self._mark()
        self._go_on()

    def _stop(self) -> None:
        self._timer.stop()
        self._todo.clear()
        self._counts.clear()
        self._leave()

    def _leave(self) -> None:
        if self._current is not None:
            self._current[0].searched = False
        self._current = None

    @Slot()
    def _go_on(self) -> None:
        """Search some more messages."""
        until = time.perf_counter() + _SLICE_S
        while self._todo and time.perf_counter() < until:
            row = self._todo.popleft()
            count = self._count_in(row)
            if count:
                self._counts[row] = count
                if self._current is None and self._goes:
                    self._go(row, 0)
        if self._todo:
            self._timer.start(1)
        self._tell()

    def _count_in(self, row: MessageRow) -> int:
        pattern = self._pattern
        if pattern is None:
            return 0
        text = row.text
        if row.message.role == "user" or len(text) > _LONGEST:
            return _count(pattern, text)
        if not _may_hold(self.field.text(), text):
            return 0
        known = self._read.get(row)
        if known is None or known[0] != text:
            known = self._read[row] = (text, as_read(text))
        return _count(pattern, known[1])

    def _step(self, step: int) -> None:
        rows = [row for row in self._rows() if self._counts.get(row)]
        if not rows:
            return
        if self._current is None or self._current[0] not in rows:
            self._go(rows[0], 0)
            return
        row, index = self._current
        if 0 <= index + step < self._counts[row]:
            self._go(row, index + step)
            return
        following = rows[(rows.index(row) + step) % len(rows)]
        self._go(following, 0 if step > 0 else self._counts[following] - 1)

    def _go(self, row: MessageRow, index: int) -> None:
        """Bring a place into view."""
        self._leave()
        row.searched = True  # before it is made: it may be far from what is seen yet
        self._view.make(row)
        widget = row.widget
        if not isinstance(widget, MessageWidget) or self._pattern is None:
            return
        if isinstance(widget, OwnMessage):
            widget.show_all()
        widget.view.show_whole()
        count = widget.view.mark_found(self._pattern, index)
        if not count:  # only in what is written, not in what is read
            self._counts.pop(row, None)
            row.searched = False
            return
        self._counts[row] = count
        index = min(index, count - 1)
        self._current = row, index
        self._mark()
        # Once to have it laid out, and once more to go there.
        self._view.scroll_to(row)
        place = widget.view.mapTo(widget, QPoint(0, widget.view.found_top(index)))
        self._view.scroll_to(row, place.y(), self.height() + 2 * theme.px(theme.SPACE_24))
        self._tell()

    def _mark(self) -> None:
        """Mark all places in the messages that are near."""
        for row in self._rows():
            if isinstance(row.widget, MessageWidget):
                here = self._current is not None and self._current[0] is row
                row.widget.view.mark_found(self._pattern, self._current[1] if here and self._current else -1)

    def _tell(self) -> None:
        total = sum(self._counts.values())
        text = ""
        if self._pattern is not None and not total:
            text = self.tr("Searching…") if self._todo else self.tr("Nothing found")
        elif self._pattern is not None:
            before, place = 0, 0
            for row in self._rows():
                if self._current is not None and row is self._current[0]:
                    place = before + self._current[1] + 1
                before += self._counts.get(row, 0)
            text = self.tr("{n} of {m}").format(n=place, m=total) if place else str(total)
        self.count.setText(text)
        self.count.setAccessibleName(text)
        for tool in (self.before, self.after):
            tool.setEnabled(total > 0)


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def _may_hold(wanted: str, markdown: str) -> bool:
    """Tell quickly whether a text may hold what is looked for, once its marks are gone."""
    if "&" in markdown or "](" in markdown:
        return True
    bare = fold(_MARKS.sub("", markdown))
    return all(word in bare for word in _WORD.findall(fold(wanted)))

"""Where a message is typed: plain text that grows, sends on Enter and goes back through earlier messages."""

import math
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit

from desktop.ui.composer.attachments import is_long
from desktop.ui.widgets import theme
from desktop.ui.widgets.commands import is_command_key

_SEND_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down)


class PromptEdit(QTextEdit):
    """Plain text; Enter ends it, Shift+Enter breaks the line, and neither while an input method composes.

    Attributes:
        recall: gives the messages that the up arrow goes back through, oldest first.
        takes_tab: whether Tab is told rather than moving the focus on.

    Signals:
        entered(): the user pressed Enter.
        tabbed(): the user pressed Tab while that is taken.
        pasted_long(str): the user pasted a text that does not belong into a sentence.
        dropped(list[Path]): the user dropped files.
    """

    entered = Signal()
    tabbed = Signal()
    pasted_long = Signal(str)
    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.recall: Callable[[], list[str]] = list
        self.takes_tab = False
        self._recalled = 0  # how many messages back; 0: what is being written
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(theme.CARET)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.setCursorWidth(0)  # the caret is painted here, in the colour of the seal
        self._caret_shown = False
        self._blink = QTimer(self)
        self._blink.timeout.connect(self._turn_caret)
        self.cursorPositionChanged.connect(self._show_caret)
        self.setFixedHeight(self.sizeHint().height())

    def composing(self) -> bool:
        """Whether an input method holds text that is not yet chosen."""
        return bool(self.textCursor().block().layout().preeditAreaText())

    def sizeHint(self) -> QSize:
        """As tall as the text, between two lines and ten."""
        margins = 2 * self.document().documentMargin()
        line = math.ceil(QFontMetricsF(self.document().defaultFont()).lineSpacing())
        least, most = 2 * line + margins, theme.COMPOSER_LINES * line + margins
        height = math.ceil(min(max(self.document().size().height(), least), most))
        return QSize(super().sizeHint().width(), height)

    def write(self, text: str) -> None:
        """Replace what is written, so that it can be undone, and put the caret behind it."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send on Enter; go through earlier messages with the arrows."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _SEND_KEYS and not self.composing():
            if held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
                self._recalled = 0
                self.entered.emit()
                return
        elif event.key() in _ARROWS and not held and not self.composing() and self._recall(event.key()):
            return
        elif is_command_key(event):
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab do what it is there for now, else move the focus on."""
        if forward and self.takes_tab and not self.composing():
            self.tabbed.emit()
            return True
        return super().focusNextPrevChild(forward)

    def _recall(self, key: int) -> bool:
        """Show an earlier message, or a later one; False where the arrow only moves the caret."""
        earlier = self.recall()
        shown = earlier[-self._recalled] if 0 < self._recalled <= len(earlier) else ""
        if self.toPlainText() != shown:  # something was written: the arrows belong to it
            self._recalled = 0
            if self.toPlainText():
                return False
        step = 1 if key == Qt.Key.Key_Up else -1
        wanted = self._recalled + step
        if not 0 <= wanted <= len(earlier) or not self._at_edge(key):
            return False
        self._recalled = wanted
        self.write(earlier[-wanted] if wanted else "")
        return True

    def _at_edge(self, key: int) -> bool:
        cursor = self.textCursor()
        way = QTextCursor.MoveOperation.Up if key == Qt.Key.Key_Up else QTextCursor.MoveOperation.Down
        return not cursor.movePosition(way)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text and files."""
        return source.hasText() or source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste text only; a long one, or files, stand beside the message."""
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if files:
            self.dropped.emit(files)
        elif source.hasText() and is_long(source.text()):
            self.pasted_long.emit(source.text())
        elif source.hasText():
            self.textCursor().insertText(source.text())
            self.ensureCursorVisible()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret."""
        super().focusInEvent(event)
        self._show_caret()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        super().focusOutEvent(event)
        self._blink.stop()
        self._caret_shown = False
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, then the caret."""
        super().paintEvent(event)
        if self._caret_shown and self.hasFocus():
            painter = QPainter(self.viewport())
            caret = self.cursorRect().translated(-theme.px(theme.CARET) // 2, 0)
            caret.setWidth(theme.px(theme.CARET))
            painter.fillRect(caret, theme.colour(theme.ACCENT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the caret in sight when the height follows the text."""
        super().resizeEvent(event)
        self.ensureCursorVisible()

    @Slot()
    def _fit(self) -> None:
        self.setFixedHeight(self.sizeHint().height())

    @Slot()
    def _show_caret(self) -> None:
        self._caret_shown = True
        period = QApplication.cursorFlashTime()  # milliseconds; 0 or less: the user wants no blinking
        if period > 0 and self.hasFocus():
            self._blink.start(period // 2)
        self.viewport().update()

    @Slot()
    def _turn_caret(self) -> None:
        self._caret_shown = not self._caret_shown
        self.viewport().update()

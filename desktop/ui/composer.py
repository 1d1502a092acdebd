"""Where the user writes: a card that grows with its text, with Send that becomes Stop."""

import math

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QTextEdit, QVBoxLayout

from desktop.ui import theme
from desktop.ui.icons import IconButton
from desktop.ui.labels import ElidedLabel

_SEND_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PromptEdit(QTextEdit):
    """Plain text; Enter ends it, Shift+Enter breaks the line, and neither while an input method composes.

    Signals:
        entered(): the user pressed Enter.
    """

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send on Enter."""
        if event.key() in _SEND_KEYS and not self.composing():
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
                self.entered.emit()
                return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste text only."""
        if source.hasText():
            self.textCursor().insertText(source.text())

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


class Composer(QFrame):
    """The card at the foot of a conversation.

    Attributes:
        edit: the text being written.
        button: Send, or Stop while an answer is being written.

    Signals:
        submitted(str): the user sends this text; the composer keeps it until `clear`.
        stopped(): the user wants the answer to end.
    """

    submitted = Signal(str)
    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("composer")
        self._generating, self._blocked = False, ""
        self.edit = PromptEdit()
        self.edit.setAccessibleName(self.tr("Your message"))
        self.edit.setPlaceholderText(self.tr("What should be written?"))
        self.edit.entered.connect(self._submit)
        self.edit.textChanged.connect(self._refresh)
        self.hint = ElidedLabel("", "faint")
        self.button = IconButton("arrow-up", self.tr("Send"), "primary", theme.ON_ACCENT)
        self.button.clicked.connect(self._press)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(theme.SPACE_12))
        foot.addStretch(1)
        foot.addWidget(self.hint)
        foot.addWidget(self.button)
        layout = QVBoxLayout(self)
        sides = theme.px(theme.SPACE_12)
        layout.setContentsMargins(theme.px(theme.SPACE_16), sides, sides, sides)
        layout.setSpacing(theme.px(theme.SPACE_8))
        layout.addWidget(self.edit)
        layout.addLayout(foot)
        self.setFocusProxy(self.edit)
        self._refresh()

    def text(self) -> str:
        """Give what is written."""
        return self.edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Replace what is written and put the caret behind it."""
        self.edit.setPlainText(text)
        cursor = self.edit.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.edit.setTextCursor(cursor)

    def set_generating(self, generating: bool) -> None:
        """Turn Send into Stop while an answer is being written."""
        self._generating = generating
        self._refresh()

    def set_blocked(self, reason: str) -> None:
        """Say why nothing can be sent now; an empty reason allows it again. Writing is always possible."""
        self._blocked = reason
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        if self._generating:
            self._become("square", self.tr("Stop"), "outlined", theme.INK)
            self.hint.setText(self.tr("Esc stops"))
        else:
            self._become("arrow-up", self.tr("Send"), "primary", theme.ON_ACCENT)
            self.hint.setText(self._blocked)
        self.hint.setToolTip(self._blocked)
        self.button.setEnabled(self._generating or (not self._blocked and bool(self.text().strip())))

    def _become(self, icon: str, text: str, kind: str, role: theme.Role) -> None:
        if self.button.text() != text:
            self.button.show_as(icon, text, kind, role)

    @Slot()
    def _press(self) -> None:
        if self._generating:
            self.stopped.emit()
        else:
            self._submit()
        self.edit.setFocus()

    @Slot()
    def _submit(self) -> None:
        if not self._generating and not self._blocked and self.text().strip():
            self.submitted.emit(self.text())

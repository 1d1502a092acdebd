"""One section on the page of the canvas: a heading and a text that grows, both editable."""

import math

from PySide6.QtCore import QSize, QSizeF, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QSyntaxHighlighter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from desktop.chat.drafts import DraftSection
from desktop.ui import theme
from desktop.ui.canvas_changes import ChangesView


class GrowingEdit(QTextEdit):
    """Plain text, Markdown as it is written, as tall as the text.

    Signals:
        entered(): it has the focus.
        written(): the user changed it and went elsewhere, or paused.
    """

    entered = Signal()
    written = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(theme.CARET)  # in line with the heading
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._marks = _Marks(self.document())
        self._changed = False
        self.textChanged.connect(self._note)

    def show_text(self, text: str) -> None:
        """Put a text in that the user did not type."""
        if text == self.toPlainText():
            return
        before = self.toPlainText()
        if before and text.startswith(before):  # it grew: what is read or selected stays where it is
            cursor = QTextCursor(self.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(text[len(before) :])
        else:
            self.setPlainText(text)
        look = QTextBlockFormat()
        look.setLineHeight(theme.px(theme.TEXT_BASE * theme.LINE_HEIGHT), theme.AT_LEAST)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(look)
        self._changed = False

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: text wraps."""
        return QSize(0, self.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to the page."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that this section is being worked on."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hand over what was typed."""
        super().focusOutEvent(event)
        self.flush()

    def flush(self) -> None:
        """Hand over what was typed now."""
        if self._changed:
            self._changed = False
            self.written.emit()

    @Slot()
    def _note(self) -> None:
        self._changed = True

    def _fit(self, size: QSizeF) -> None:
        least = self.fontMetrics().lineSpacing()
        self.setFixedHeight(max(least, math.ceil(size.height())) + theme.px(theme.SPACE_4))


class _Marks(QSyntaxHighlighter):
    """Shows **bold** bold, and marks of lists in the quiet colour."""

    def highlightBlock(self, text: str) -> None:
        quiet = QTextCharFormat()
        quiet.setForeground(theme.colour(theme.FAINT))
        if text.startswith(("- ", "* ", "> ")):
            self.setFormat(0, 1, quiet)
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.DemiBold)
        start = text.find("**")
        while start >= 0 and (end := text.find("**", start + 2)) >= 0:
            self.setFormat(start, end + 2 - start, bold)
            self.setFormat(start, 2, quiet)
            self.setFormat(end, 2, quiet)
            start = text.find("**", end + 2)


class SectionPane(QWidget):
    """A section on the page.

    Attributes:
        heading, text: its two fields.
        changes: in the place of the text while changes of the model's are open; else None.

    Signals:
        entered(SectionPane): the user works on it.
        edited(SectionPane): the user changed heading or text.
        decided(SectionPane, str): the user has decided about every change; the text that comes of it.
    """

    entered = Signal(object)
    edited = Signal(object)
    decided = Signal(object, str)

    def __init__(self, section: DraftSection, *, with_heading: bool) -> None:
        super().__init__()
        self.heading, self.text = QLineEdit(section.heading), GrowingEdit(section.heading)
        self.heading.setFrame(False)
        self.heading.setProperty("kind", "heading")
        self.heading.setAccessibleName(self.tr("Heading"))
        font = QFont(self.heading.font())
        font.setPixelSize(theme.px(theme.TEXT_HEADING))
        font.setWeight(QFont.Weight.DemiBold)
        self.heading.setFont(font)
        self.heading.setVisible(with_heading)
        self.heading.editingFinished.connect(self._tell_edited)
        self.text.entered.connect(self._tell_entered)
        self.text.written.connect(self._tell_edited)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_8))
        layout.addWidget(self.heading)
        layout.addWidget(self.text)
        self._inside = layout
        self.changes: ChangesView | None = None
        self.show_section(section)

    def show_section(self, section: DraftSection) -> None:
        """Show a section as it is now; what the user has typed and not yet left stays."""
        if not self.heading.hasFocus() and self.heading.text() != section.heading:
            self.heading.setText(section.heading)
        self.text.show_text(section.text)
        self.text.setPlaceholderText(section.holds)

    def review(self, old: str, new: str) -> None:
        """Have the user decide about what the model changed."""
        self.leave_review()
        self.changes = ChangesView(old, new)
        self.changes.decided.connect(self._tell_decided)
        self._inside.addWidget(self.changes)
        self.text.hide()
        self.changes.setFocus()

    def leave_review(self) -> None:
        """Show the text again."""
        if self.changes is not None:
            self._inside.removeWidget(self.changes)
            self.changes.hide()
            self.changes.deleteLater()
            self.changes = None
            self.text.show()

    @Slot(str)
    def _tell_decided(self, text: str) -> None:
        self.leave_review()
        self.decided.emit(self, text)

    def set_read_only(self, *, read_only: bool) -> None:
        """Let nothing be typed, or let it again."""
        self.text.setReadOnly(read_only)
        self.heading.setReadOnly(read_only)

    @Slot()
    def _tell_entered(self) -> None:
        self.entered.emit(self)

    @Slot()
    def _tell_edited(self) -> None:
        self.edited.emit(self)

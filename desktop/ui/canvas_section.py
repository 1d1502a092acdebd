"""One section on the page of the canvas: a heading and a text that grows, both editable."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.chat.drafts import DraftSection
from desktop.ui import theme
from desktop.ui.canvas_changes import ChangesView
from desktop.ui.canvas_edit import GrowingEdit


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

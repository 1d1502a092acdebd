"""One section on the page of the canvas: a heading and a text that grows, both editable."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit, QVBoxLayout, QWidget

from desktop.chat.drafting import DraftSection
from desktop.quick.editing.diff import Difference, word_difference
from desktop.ui.canvas.changes_view import ChangesView
from desktop.ui.canvas.difference_text import DifferenceText
from desktop.ui.canvas.growing_edits import HeadingEdit
from desktop.ui.canvas.job import Job
from desktop.ui.canvas.piece_keys import PieceKeys
from desktop.ui.canvas.section_edit import GrowingEdit
from desktop.ui.canvas.suggestion import SuggestionCard
from desktop.ui.widgets import theme


class SectionPane(QWidget):
    """A section on the page.

    Attributes:
        heading, text: its two fields.
        section: what it shows.
        watched: in the place of the text while the model changes a stretch of it; else None.
        changes: in the place of the text while changes of the model's are open; else None.
        suggestion: below the text: a result that does not go in by itself; else None.

    Signals:
        entered(SectionPane): the user works on it.
        edited(SectionPane): the user changed heading or text.
        decided(SectionPane, str): the user has decided about every change; the text that comes of it.
        suggestion_wanted(SectionPane): the user wants the suggestion as changes.
        opened(): changes stand in it, or another of them is to be decided; it should be seen.
    """

    entered = Signal(object)
    edited = Signal(object)
    decided = Signal(object, str)
    suggestion_wanted = Signal(object)
    opened = Signal()

    def __init__(self, section: DraftSection, keys: PieceKeys, *, with_heading: bool) -> None:
        super().__init__()
        self.section, self._keys = section, keys
        self.heading, self.text = (
            HeadingEdit(self.tr("Heading"), theme.TEXT_HEADING),
            GrowingEdit(section.heading),
        )
        self.heading.setText(section.heading)
        self.heading.setVisible(with_heading)
        self.heading.finished.connect(self._tell_edited)
        self.text.entered.connect(self._tell_entered)
        self.text.written.connect(self._tell_edited)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_4))
        layout.addWidget(self.heading)
        layout.addWidget(self.text)
        self._inside = layout
        self.watched: DifferenceText | None = None
        self.changes: ChangesView | None = None
        self.suggestion: SuggestionCard | None = None
        self.show_section(section)

    def show_section(self, section: DraftSection) -> None:
        """Show a section as it is now; what the user has typed and not yet left stays."""
        if section.text != self.section.text:
            self.leave_review()  # what it was about has changed
        self.section = section
        if not self.heading.hasFocus() and self.heading.text() != section.heading:
            self.heading.setText(section.heading)
        self.text.show_text(section.text)
        self.text.setPlaceholderText(section.instruction)

    def watch(self, job: Job) -> None:
        """Show how a stretch is being changed, in the place of the text; nothing can be typed meanwhile."""
        self.leave_review()
        self.watched = DifferenceText(self.tr("Being changed"), job.before, job.after)
        self.watched.show_difference(job.so_far(""))
        self._put_in_place(self.watched)

    def review(self, old: str, new: str) -> None:
        """Have the user decide about what the model made of the whole text."""
        self.review_difference(word_difference(old, new))

    def review_difference(self, difference: Difference, before: str = "", after: str = "") -> None:
        """Have the user decide about a change of what stands between two texts."""
        self.leave_review()
        self.changes = ChangesView(difference, before, after, self._keys)
        self.changes.decided.connect(self._tell_decided)
        self.changes.stepped.connect(self.opened)
        self._put_in_place(self.changes)
        self.opened.emit()

    def use_keys(self, keys: PieceKeys) -> None:
        """Have changes decided with these keys from now on."""
        self._keys = keys
        if self.changes is not None:
            self.changes.use_keys(keys)

    def take_focus(self) -> None:
        """Have the keys go to what is to be decided, unless the user is typing elsewhere."""
        at = QApplication.focusWidget()
        if not isinstance(at, QTextEdit) or at.isReadOnly() or self.isAncestorOf(at):
            (self.changes or self.suggestion or self.text).setFocus()

    def suggest(self, title: str) -> SuggestionCard:
        """Open an empty suggestion below the text; one that stood there goes."""
        self.leave_suggestion()
        self.suggestion = SuggestionCard(title)
        self.suggestion.wanted.connect(self._tell_suggestion_wanted)
        self.suggestion.dismissed.connect(self._dismissed)
        self._inside.addWidget(self.suggestion)
        return self.suggestion

    def leave_review(self) -> None:
        """Show the text again."""
        gone: list[QFrame] = [part for part in (self.watched, self.changes) if part is not None]
        self.watched = self.changes = None
        self.text.setVisible(True)
        for part in gone:
            if part.hasFocus():
                self.text.setFocus()  # before it hides, or the focus goes to the next section
            self._inside.removeWidget(part)
            part.hide()
            part.deleteLater()

    def leave_suggestion(self) -> None:
        """Take the suggestion away."""
        if self.suggestion is not None:
            self._inside.removeWidget(self.suggestion)
            self.suggestion.hide()
            self.suggestion.deleteLater()
            self.suggestion = None

    def _put_in_place(self, part: QFrame) -> None:
        """Show something in the place of the text, with the focus that the text had."""
        self._inside.insertWidget(self._inside.indexOf(self.text) + 1, part)
        part.show()
        if self.text.hasFocus():
            part.setFocus()  # before the text hides, or the focus goes to the next section
        self.text.hide()

    def set_read_only(self, *, read_only: bool) -> None:
        """Let nothing be typed, or let it again."""
        self.text.setReadOnly(read_only)
        self.heading.setReadOnly(read_only)

    @Slot(str)
    def _tell_decided(self, text: str) -> None:
        self.leave_review()
        self.decided.emit(self, text)

    @Slot()
    def _tell_entered(self) -> None:
        self.entered.emit(self)

    @Slot()
    def _tell_edited(self) -> None:
        self.edited.emit(self)

    @Slot()
    def _tell_suggestion_wanted(self) -> None:
        self.suggestion_wanted.emit(self)

    @Slot()
    def _dismissed(self) -> None:
        self.leave_suggestion()
        self.text.setFocus()

"""One section on the page of the canvas: a heading and a text that grows, and what the model made of it."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit, QVBoxLayout, QWidget

from desktop.chat.drafting import DraftSection
from desktop.quick.editing.diff import Difference, word_difference
from desktop.quick.editing.run import Outcome
from desktop.ui.canvas.action_job import Job
from desktop.ui.canvas.changes_view import ChangeNote, ChangesView, DifferenceText
from desktop.ui.canvas.commands import PieceKeys
from desktop.ui.canvas.editors import HeadingEdit, SectionEdit
from desktop.ui.quick.texts import suggestion_text
from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.layouts import FlowLayout
from desktop.ui.widgets.text_view import TextView


class SuggestionCard(QFrame):
    """Stands below the text of a section, which stays as it is.

    Attributes:
        text: the result so far.

    Signals:
        wanted(): the user wants to see it as changes of the text.
        dismissed(): it may go.
    """

    wanted = Signal()
    dismissed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("suggestion")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.text = ""
        self._title = label(title, "section")
        self._title.setWordWrap(True)
        self._view = TextView(title)
        self.take = IconButton("", self.tr("Show as changes"), "quiet", theme.SOFT)
        self.take.clicked.connect(self.wanted)
        self._copy = IconButton("copy", self.tr("Copy"), "quiet", theme.SOFT)
        self._copy.clicked.connect(self._copied)
        close = IconButton("x", self.tr("Dismiss"), "quiet", theme.SOFT)
        close.clicked.connect(self.dismissed)
        buttons = QWidget()
        flow = FlowLayout(theme.px(theme.SPACE_4))
        buttons.setLayout(flow)
        for button in (self.take, self._copy, close):
            flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(theme.SPACE_12),) * 4)
        layout.setSpacing(theme.px(theme.SPACE_8))
        layout.addWidget(self._title)
        layout.addWidget(self._view)
        layout.addWidget(buttons)
        self.take.hide()

    def show_text(self, text: str) -> None:
        """Show how far it is."""
        if text != self.text:
            self.text = text
            self._view.setPlainText(text)
            self._view.set_line_height()

    def finish(self, title: str, text: str, *, goes_in: bool) -> None:
        """Show all of it, and why it stands here; `goes_in`: the user may take it into the text."""
        self._title.setText(title)
        self.show_text(text)
        self.take.setVisible(goes_in)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows it as changes, Esc dismisses it."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.take.isHidden():
            self.wanted.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _copied(self) -> None:
        QGuiApplication.clipboard().setText(self.text)


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
            SectionEdit(section.heading),
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

    def review_difference(
        self, difference: Difference, before: str = "", after: str = "", notes: Sequence[ChangeNote] = ()
    ) -> None:
        """Have the user decide about a change of what stands between two texts; `notes` say what each change mends."""
        self.leave_review()
        self.changes = ChangesView(difference, before, after, self._keys, notes)
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


def reason_of(outcome: Outcome) -> str:
    """Say in a few words why a result is only a suggestion."""
    translate = QCoreApplication.translate
    if outcome.stopped:
        return translate("SuggestionCard", "Stopped: this much was written")
    wrong = [check for check in outcome.checks if not check.ok]
    if not wrong:
        return translate("SuggestionCard", "Only a suggestion")
    return suggestion_text(wrong[0])

"""A result that does not go into the text by itself: it failed a check, was stopped, or is only to be read."""

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.quick.editing.run import Outcome
from desktop.ui.quick.texts import suggestion_text
from desktop.ui.widgets import theme
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import label
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


def reason_of(outcome: Outcome) -> str:
    """Say in a few words why a result is only a suggestion."""
    translate = QCoreApplication.translate
    if outcome.stopped:
        return translate("SuggestionCard", "Stopped: this much was written")
    wrong = [check for check in outcome.checks if not check.ok]
    if not wrong:
        return translate("SuggestionCard", "Only a suggestion")
    return suggestion_text(wrong[0])

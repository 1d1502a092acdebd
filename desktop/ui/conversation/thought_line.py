"""The quiet line above an answer that says for how long the model thought, and unfolds what."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.history.thoughts import NO_THOUGHT, Thought
from desktop.ui.conversation.message_tools import Tool
from desktop.ui.widgets import theme
from desktop.ui.widgets.labels import WrappedLabel

_SHOWN = 40_000  # characters; Qt lays out more of a label too slowly


class ThoughtLine(QWidget):
    """Hidden while nothing was thought.

    Attributes:
        fold: says it; pressed, shows or hides the thought.
        shown: the thought.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._thought = NO_THOUGHT
        self.fold = Tool("chevron-right", self.tr("Thinking…"), self)
        self.fold.clicked.connect(self._turn)
        self.shown = WrappedLabel("", "small")
        self.shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.shown.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_4))
        layout.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.shown)
        self.hide()

    @property
    def unfolded(self) -> bool:
        """Whether the thought is shown."""
        return not self.shown.isHidden()

    def show_thought(self, thought: Thought, *, over: bool) -> None:
        """Say what was thought so far; `over`: the answer has begun, or ended."""
        self._thought = thought
        self.setVisible(bool(thought))
        said = self.tr("Thought for {seconds} s").format(seconds=max(1, round(thought.seconds)))
        self.fold.rename("chevron-down" if self.unfolded else "chevron-right", said if over else self.tr("Thinking…"))
        if self.unfolded:
            self._show()

    def _show(self) -> None:
        self.shown.setText(self._thought.text.strip()[:_SHOWN])

    @Slot()
    def _turn(self) -> None:
        unfold = not self.unfolded
        if unfold:
            self._show()
        self.shown.setVisible(unfold)
        self.fold.rename("chevron-down" if unfold else "chevron-right", self.fold.name)

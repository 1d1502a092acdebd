"""A notice inside the conversation: what happened, and the one button that helps."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout

from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton, IconLabel
from desktop.ui.widgets.labels import WrappedLabel

_FINE = 1000  # steps of the progress bar
_SENTENCE = 300  # pixels of a card that its sentence needs beside the buttons


class Notice(QFrame):
    """A card with a sentence, a button, and progress while that is done.

    Attributes:
        sentence: what the user reads.
        action: the button; hidden where nothing can be done.
        progress: how far it is; hidden until `show_progress`.

    Signals:
        chosen(): the user pressed the button.
        cancelled(): the user pressed Cancel beside the progress bar.
    """

    chosen = Signal()
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.sentence = WrappedLabel("", "plain")
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.action = IconButton("rotate-cw", self.tr("Retry"), "outlined")
        self.action.clicked.connect(self.chosen)
        self.cancel = IconButton("x", self.tr("Cancel"), "outlined")
        self.cancel.clicked.connect(self._cancel)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, _FINE)
        self.progress.setAccessibleName(self.tr("Progress"))
        self._sign = IconLabel("triangle-alert", theme.ACCENT)
        self._lay_out()
        self._show_parts(action=False, progress=False)

    def show_sentence(
        self, sentence: str, icon: str = "", action: str = "", *, primary: bool = False, sign: str = "triangle-alert"
    ) -> None:
        """Say what happened; without an action there is no button.

        Args:
            sentence: what the user reads.
            icon: of the button, or of the card where its button is the primary action of the view.
            action: label of the button.
            primary: whether this is what the user should do, rather than something that went wrong.
            sign: icon of the card where the button is not the primary action.
        """
        self._set_sentence(sentence)
        self._sign.show_as(icon if primary else sign)
        if primary:
            self.action.show_as("", action, "primary", theme.ON_ACCENT)
        elif action:
            self.action.show_as(icon, action, "outlined", theme.INK)
        self._show_parts(action=bool(action), progress=False)

    def appear(self) -> None:
        """Be seen; before it stands in a window, be seen together with that and not as a window of its own."""
        if self.parentWidget() is not None:
            self.show()

    def show_progress(self, sentence: str, fraction: float, sign: str = "download") -> None:
        """Show what is being done and how much of it, in [0, 1]; `sign` is the icon of the card."""
        self._set_sentence(sentence)
        self._sign.show_as(sign)
        self.progress.setValue(round(fraction * _FINE))
        self._show_parts(action=False, progress=True)

    def add_button(self, button: IconButton, *, last: bool = False) -> None:
        """Have another button before the first, or behind all."""
        self._buttons.insertWidget(-1 if last else self._buttons.indexOf(self.action), button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the sentence where it has too little room beside them."""
        super().resizeEvent(event)
        beside = event.size().width() - self._buttons.sizeHint().width() >= theme.px(_SENTENCE)
        way = QBoxLayout.Direction
        self._row.setDirection(way.LeftToRight if beside else way.TopToBottom)

    def _set_sentence(self, sentence: str) -> None:
        self.sentence.setText(sentence)
        self.sentence.setAccessibleName(sentence)

    def _show_parts(self, *, action: bool, progress: bool) -> None:
        self.action.setVisible(action)
        self.progress.setVisible(progress)
        self.cancel.setVisible(progress)
        if not progress:  # pressed once, it stays pressed until the preparation has ended
            self.cancel.setEnabled(True)

    @Slot()
    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.cancelled.emit()

    def _lay_out(self) -> None:
        said, self._buttons = QHBoxLayout(), QHBoxLayout()
        said.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        said.addWidget(self.sentence, 1)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self.action)
        self._buttons.addWidget(self.cancel)
        row = self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.addLayout(said, 1)
        row.addLayout(self._buttons)
        for part in (said, self._buttons, row):
            part.setSpacing(theme.px(theme.SPACE_12))
        layout = QVBoxLayout(self)
        side, height = theme.px(theme.SPACE_16), theme.px(theme.SPACE_12)
        layout.setContentsMargins(side, height, side, height)
        layout.setSpacing(theme.px(theme.SPACE_12))
        layout.addLayout(row)
        layout.addWidget(self.progress)

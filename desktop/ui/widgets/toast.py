"""A sentence that floats above the composer for a while, with a button that undoes what was done."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import ElidedLabel

STANDS_MS = 8000


class Toast(QFrame):
    """Says what was done and offers to undo it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.sentence = ElidedLabel("", "plain")
        self.undo = IconButton("undo-2", self.tr("Undo"), "quiet", theme.ACCENT)
        self.undo.clicked.connect(self._undo)
        self._undone: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        layout = self._row = QHBoxLayout(self)
        side = theme.px(theme.SPACE_16)
        layout.setContentsMargins(side, theme.px(theme.SPACE_8), theme.px(theme.SPACE_8), theme.px(theme.SPACE_8))
        layout.addWidget(self.sentence, 1)
        layout.addWidget(self.undo)
        self.hide()

    def say(self, sentence: str, undo: Callable[[], object] | None = None) -> None:
        """Show a sentence for some seconds; with `undo`, a button calls it."""
        self._undone = undo
        self.sentence.setText(sentence)
        self.sentence.setToolTip(sentence)
        self.undo.setVisible(undo is not None)
        self.place()
        self.show()
        self.raise_()
        self._timer.start(STANDS_MS)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def place(self) -> None:
        """Stand at the foot of the window's page, in its middle."""
        around = self.parentWidget()
        if around is None:
            return
        self._row.activate()
        room = around.width() - theme.px(theme.SPACE_24)
        self.resize(min(self.sizeHint().width(), room), self.sizeHint().height())
        self.move((around.width() - self.width()) // 2, around.height() - self.height() - theme.px(theme.SPACE_8))

    @Slot()
    def _undo(self) -> None:
        self.hide()
        if self._undone is not None:
            self._undone()

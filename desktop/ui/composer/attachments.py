"""Texts that stand beside a message rather than in it: which, what they may hold, and their chips above the message."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.attached import Attachment
from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import shortened
from desktop.ui.widgets.layouts import FlowLayout

LONG_PASTE = 3000  # characters; from here on a paste is a text of its own, not part of the sentence
LONG_PASTE_LINES = 40
LONGEST = 1_000_000  # characters of an attachment; far more than any model here reads


def is_long(text: str) -> bool:
    """Tell whether a paste is a text of its own."""
    return len(text) > LONG_PASTE or text.count("\n") >= LONG_PASTE_LINES


def named(name: str, text: str, taken: set[str]) -> Attachment:
    """Make an attachment of a text, under a name that no other one has; what cannot be kept is left out."""
    line = " ".join(name.split())
    unique, number = line, 1
    while unique in taken:
        number += 1
        unique = f"{line} ({number})"
    return Attachment(unique, text.replace("\0", "").encode("utf-8", "replace").decode("utf-8"))


class Chips(QWidget):
    """A chip for each; pressing it takes it away.

    Signals:
        removed(int): the attachment of this place is not wanted.
        stopped(int): the document of this place need not be read.
    """

    removed = Signal(int)
    stopped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(theme.px(theme.SPACE_8))
        self.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_all(self, attachments: Sequence[Attachment], reading: Sequence[str]) -> None:
        """Show these attachments, and documents of these names that are being read."""
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, one in enumerate(attachments):
            said = self.tr("{name} · {n} characters").format(name=shortened(one.name), n=f"{len(one.text):,}")
            chip = self._chip(said, self.tr("Remove {name}").format(name=one.name), theme.ACCENT)
            chip.clicked.connect(lambda _=False, at=at: self.removed.emit(at))
        for at, name in enumerate(reading):
            said = self.tr("{name} · being read…").format(name=shortened(name))
            chip = self._chip(said, self.tr("Stop reading {name}").format(name=name), theme.SOFT)
            chip.clicked.connect(lambda _=False, at=at: self.stopped.emit(at))
        self.setVisible(bool(attachments or reading))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as the rows take at the width of now."""
        width = self.width()
        return QSize(width, self._flow.heightForWidth(width))

    def _chip(self, said: str, does: str, role: theme.ColorRole) -> IconButton:
        chip = IconButton("x", said, "chip", role)
        chip.setAccessibleName(does)
        chip.setToolTip(does)
        self._flow.addWidget(chip)
        chip.show()
        return chip

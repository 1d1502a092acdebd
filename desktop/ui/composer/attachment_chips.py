"""The chips above a message: texts that go with it, and documents that are still being read."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.attached import Attachment
from desktop.ui.conversation.attachments import shortened
from desktop.ui.widgets import theme
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.icons import IconButton


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

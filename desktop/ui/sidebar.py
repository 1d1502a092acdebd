"""The sidebar: who this is, a new draft, and the conversations of this run."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout

from desktop.ui import theme
from desktop.ui.icons import IconButton, IconLabel
from desktop.ui.labels import label

_ID = Qt.ItemDataRole.UserRole


class Sidebar(QFrame):
    """Lists the conversations, the newest first.

    Signals:
        new_wanted(): the user wants a new draft.
        picked(int): the user wants to see this conversation.
    """

    new_wanted = Signal()
    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setFixedWidth(theme.px(theme.SIDEBAR_WIDTH))
        self.new = IconButton("plus", self.tr("New draft"), "primary", theme.ON_ACCENT)
        self.new.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.new.setToolTip(self.tr("Begin a new draft (Ctrl+N)"))
        self.new.clicked.connect(self.new_wanted)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Conversations"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentItemChanged.connect(self._pick)
        self._section = label(self.tr("THIS SESSION"), "section")
        self._note = label(self.tr("Conversations are kept until this window closes."), "small")
        self._note.setWordWrap(True)
        for text in (self._section, self._note):
            text.setContentsMargins(theme.px(theme.SPACE_8), 0, 0, 0)
        self._lay_out()
        self._refresh()

    def add(self, conversation: int, title: str) -> None:
        """List a conversation and mark it as the one shown."""
        item = QListWidgetItem(title)
        item.setToolTip(title)
        item.setData(_ID, conversation)
        self.list.insertItem(0, item)
        self.mark(conversation)
        self._refresh()

    def mark(self, conversation: int | None) -> None:
        """Mark the conversation that is shown; none for a new draft."""
        with QSignalBlocker(self.list):
            self.list.setCurrentRow(-1)
            for row in range(self.list.count()):
                if self.list.item(row).data(_ID) == conversation:
                    self.list.setCurrentRow(row)

    def _refresh(self) -> None:
        some = self.list.count() > 0
        self._section.setVisible(some)
        self._note.setVisible(some)

    @Slot()
    def _pick(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.picked.emit(item.data(_ID))

    def _lay_out(self) -> None:
        brand = QHBoxLayout()
        brand.setSpacing(theme.px(theme.SPACE_8))
        brand.setContentsMargins(theme.px(theme.SPACE_4), 0, 0, 0)
        brand.addWidget(IconLabel("seal", theme.ACCENT, theme.SEAL))
        brand.addWidget(label("Inkstone", "strong"))
        brand.addStretch(1)
        key = QLabel(self.tr("Ctrl N"), self.new)
        key.setObjectName("newKey")
        inside = QHBoxLayout(self.new)
        inside.setContentsMargins(0, 0, theme.px(theme.SPACE_12), 0)
        inside.addWidget(key, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        side = theme.px(theme.SPACE_12)
        layout.setContentsMargins(side, theme.px(theme.SPACE_16), side, side)
        layout.setSpacing(theme.px(theme.SPACE_8))
        layout.addLayout(brand)
        layout.addSpacing(theme.px(theme.SPACE_8))
        layout.addWidget(self.new)
        layout.addSpacing(theme.px(theme.SPACE_8))
        layout.addWidget(self._section)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._note)

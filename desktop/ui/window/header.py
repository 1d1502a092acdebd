"""The line above a conversation: its title, whether it is temporary, and the button of the details."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.ui.conversation.chat import Chat
from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import ElidedLabel, label


class ConversationHeader(QFrame):
    """Says what is read.

    Attributes:
        details: shows or hides the details panel.

    Signals:
        details_wanted(bool): whether the user wants to see the details.
    """

    details_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setFixedHeight(theme.px(theme.HEADER_HEIGHT))
        self.title = ElidedLabel("", "strong")
        self.temporary = label(self.tr("Temporary: never saved"), "badge")
        self.details = IconButton("panel-right", self.tr("Details"), "quiet", theme.SOFT)
        self.details.setCheckable(True)
        self.details.toggled.connect(self.details_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(theme.SPACE_24), 0, theme.px(theme.SPACE_16), 0)
        layout.setSpacing(theme.px(theme.SPACE_12))
        layout.addWidget(self.title)
        layout.addWidget(self.temporary, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)
        layout.addWidget(self.details)

    @Slot(object)
    def show_chat(self, chat: Chat) -> None:
        """Say which conversation is read."""
        self.title.setText(chat.title or self.tr("New chat"))
        self.title.setToolTip(chat.title)
        self.title.updateGeometry()
        self.temporary.setVisible(chat.temporary)

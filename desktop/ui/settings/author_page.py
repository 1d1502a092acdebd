"""The page of the settings about the user: what stands below his letters, and the tone that he likes."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from desktop.ui.settings.general_page import Form
from desktop.ui.widgets import theme
from desktop.ui.widgets.preferences import Preferences

_LINES = 4


class AuthorPage(Form):
    """Asks who writes; saved as each field is left.

    Attributes:
        author: the name below letters.
        firm: for whom the user writes.
        signature: lines that stand there in the place of both.
        tone: of drafts whose request wishes none.
    """

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences, now = preferences, preferences.settings
        self.author, self.firm, self.tone = QLineEdit(now.author_name), QLineEdit(now.author_firm), QLineEdit()
        self.tone.setText(now.author_tone)
        self.tone.setPlaceholderText(self.tr("friendly, short sentences"))
        self.signature = QPlainTextEdit(now.author_signature)
        self.signature.setTabChangesFocus(True)
        self.signature.setFixedHeight(_LINES * self.signature.fontMetrics().lineSpacing() + theme.px(theme.SPACE_16))
        self.row(self.tr("Name"), self.author)
        self.row(self.tr("Firm"), self.firm)
        self.row(
            self.tr("Signature"),
            self.signature,
            self.tr("Stands below letters instead of name and firm. A name that a request gives goes before it."),
        )
        self.row(
            self.tr("Tone"),
            self.tone,
            self.tr("How drafts are to sound where you wish nothing else. All this stays on this machine."),
        )
        for edit in (self.author, self.firm, self.tone):
            edit.editingFinished.connect(self.keep)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed when another page is shown."""
        self.keep()
        super().hideEvent(event)

    @Slot()
    def keep(self) -> None:
        """Save what the fields hold."""
        self._preferences.change(
            author_name=self.author.text().strip(),
            author_firm=self.firm.text().strip(),
            author_signature=self.signature.toPlainText().strip(),
            author_tone=self.tone.text().strip(),
        )

"""The bars of the window: above a conversation which one it is, at the foot which model answers, and what leaves."""

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.codes import Coded
from desktop.engine.interface import EngineInfo
from desktop.ui.conversation.chat import Chat
from desktop.ui.models.manager import ModelManager
from desktop.ui.models.menu import ModelButton
from desktop.ui.models.model_texts import languages_text
from desktop.ui.models.state import ModelState
from desktop.ui.widgets import theme
from desktop.ui.widgets.error_messages import worded
from desktop.ui.widgets.icons import IconButton, IconLabel
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


class Dot(QWidget):
    """A small disc; decoration beside words that say the same."""

    def __init__(self) -> None:
        super().__init__()
        self.role = theme.FAINT
        self.setFixedSize(theme.px(theme.DOT), theme.px(theme.DOT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        """Paint the disc."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self.role))
        painter.drawEllipse(self.rect())


class StatusBar(QFrame):
    """One line at the foot of the window.

    Attributes:
        model: which model answers, with the menu of all.
        fetch: how far a model is that is on its way; hidden where none is. A click shows it among the others.
        languages: what the model writes.
    """

    def __init__(self, state: ModelState) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setFixedHeight(theme.px(theme.STATUS_HEIGHT))
        self._state = state
        self._dot = Dot()
        self.model = ModelButton(state, precise=True)
        self.languages = ElidedLabel("", "small")
        self.device = ElidedLabel("", "small")
        self.speed = ElidedLabel("", "small")
        self.fetch = IconButton("download", "", "tool", theme.SOFT)
        self.fetch.setAccessibleName(self.tr("The model on its way"))
        self.fetch.clicked.connect(state.models_wanted)
        self.fetch.hide()
        self.privacy = ElidedLabel(self.tr("Local only: nothing leaves this machine"), "small")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(theme.SPACE_12), 0, theme.px(theme.SPACE_12), 0)
        layout.setSpacing(theme.px(theme.SPACE_8))
        layout.addWidget(self._dot)
        layout.addWidget(self.model)
        for more in (self.languages, self.device, self.speed):
            layout.addWidget(more)
            layout.addSpacing(theme.px(theme.SPACE_8))
        layout.addWidget(self.fetch)
        layout.addStretch(1)
        layout.addWidget(IconLabel("shield", theme.SOFT, theme.TEXT_BASE))
        layout.addWidget(self.privacy)
        self._listens_to: ModelManager | None = None
        state.changed.connect(self._show_state)
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        """Say who answers and where, or what the model is doing while it does not."""
        state, manager = self._state, self._state.manager
        if manager is not None and self._listens_to is not manager:
            self._listens_to = manager
            manager.progressed.connect(self._show_fetch)
            manager.changed.connect(self._show_fetch)
        self._show_fetch()
        if state.info is not None:
            self._show_engine(state.info)
            return
        self._set_dot(theme.ACCENT if state.broken else theme.FAINT)
        for part in (self.languages, self.device, self.speed):
            self._set(part, "")

    def _show_engine(self, info: EngineInfo) -> None:
        self._set_dot(theme.READY)
        self._set(self.languages, languages_text(info.languages))
        self._set(self.device, worded(info.device))
        reason = worded(info.reason)
        self.device.setToolTip(reason)
        self.device.setAccessibleDescription(reason)

    @Slot()
    def _show_fetch(self) -> None:
        """Say how far a model is that is on its way, or that it waits."""
        manager = self._state.manager
        fetch = (manager.fetching or manager.paused) if manager is not None else None
        self.fetch.setVisible(fetch is not None)
        online = manager is not None and manager.fetching is not None
        local = self.tr("Local only: nothing leaves this machine")
        self._set(self.privacy, self.tr("A model is being fetched; what you write stays here") if online else local)
        if manager is None or fetch is None:
            return
        locale = QLocale()
        if manager.fetching is not None:
            work, share = manager.progress or ("", 0.0)
            said = self.tr("{model} {percent} %").format(model=fetch.name, percent=locale.toString(int(100 * share)))
            about = worded(work) if isinstance(work, Coded) else work
        else:
            said = self.tr("{model} waits").format(model=fetch.name)
            about = self.tr("The download is not whole yet; a click shows it.")
        if self.fetch.text() != said:
            self.fetch.setText(said)
            self.fetch.setAccessibleName(said)
        self.fetch.setToolTip(about)

    def show_speed(self, tokens_per_s: float) -> None:
        """Say how fast the last answer came; 0 is not worth saying."""
        if tokens_per_s:
            self._set(self.speed, self.tr("{speed} tokens/s").format(speed=round(tokens_per_s)))

    def _set(self, part: ElidedLabel, text: str) -> None:
        part.setText(text)
        part.setVisible(bool(text))
        part.updateGeometry()

    def _set_dot(self, role: theme.ColorRole) -> None:
        self._dot.role = role
        self._dot.update()

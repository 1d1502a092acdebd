"""What every message of a conversation has: its tools, and the ring around its text while the keyboard is in it."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.conversation.message_model import MessageViewModel
from desktop.ui.conversation.message_tools import MessageTools
from desktop.ui.widgets import theme
from desktop.ui.widgets.text_view import TextView


class MessageWidget(QWidget):
    """What all messages have in common: tools, and a ring while their text has the keyboard.

    Attributes:
        ring: around the text.
        message: what is shown.
        view: the text.
        tools: what can be done with it.

    Signals:
        wanted(str): the user wants something done with it: edit, regenerate, fork, export, delete, continue or retry.
        stepped(int): the user wants another version, -1 or 1.
    """

    wanted = Signal(str)
    stepped = Signal(int)

    view: TextView
    tools: MessageTools

    def __init__(self, message: MessageViewModel, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.message = message
        self._latest = False

    def set_latest(self, *, latest: bool) -> None:
        """Show the tools always on the latest answer, on others only when they are wanted."""
        self._latest = latest
        self._refresh_tools()

    def show_versions(self, place: int, versions: int) -> None:
        """Say which of its versions this is, from 0, and how many there are."""
        self.message = replace(self.message, place=place, versions=versions)
        self.tools.versions.show_place(place, versions)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the tools to whoever points here."""
        super().enterEvent(event)
        self._refresh_tools()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the tools again."""
        super().leaveEvent(event)
        self._refresh_tools()

    def around_text(self) -> QRect:
        """Tell where the ring around the text stands, all of it within this widget."""
        room = theme.px(theme.SPACE_8)
        place = self.view.rect().translated(self.view.mapTo(self, QPoint(0, 0)))
        return place.adjusted(-room, -theme.px(2), room, theme.px(2)) & self.rect()

    def _adopt(self, view: TextView, tools: MessageTools, radius: int = theme.RADIUS_ROW) -> None:
        self.view, self.tools = view, tools
        self.ring = FocusRing(self, view, self.around_text, radius)
        view.focus_changed.connect(self._refresh_tools)
        tools.wanted.connect(self.wanted)
        tools.versions.stepped.connect(self.stepped)

    @Slot()
    def _refresh_tools(self) -> None:
        self.tools.reveal(revealed=self._latest or self.underMouse() or self.view.hasFocus())
        self.ring.setVisible(self.view.focused_by_key)


class FocusRing(QWidget):
    """The ring around the text that the keyboard is in: above everything in a message, and nothing for the mouse."""

    def __init__(self, message: QWidget, view: QWidget, around: Callable[[], QRect], radius: int) -> None:
        """Know where to stand.

        Args:
            message: what it stands in.
            view: the text, which it follows.
            around: gives its place in the message.
            radius: of its corners, for a base font of 14 px.
        """
        super().__init__(message)
        self._view, self._around, self._radius = view, around, radius
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """Stand where the text is now, and follow it."""
        super().showEvent(event)
        self._view.installEventFilter(self)
        self._place()

    def hideEvent(self, event: QHideEvent) -> None:
        """Follow it no longer."""
        super().hideEvent(event)
        self._view.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the text."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, radius = theme.px(2), theme.px(self._radius)
        painter.setPen(QPen(theme.colour(theme.ACCENT), width))
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)

    def _place(self) -> None:
        self.setGeometry(self._around())
        self.raise_()

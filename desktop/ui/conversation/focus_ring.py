"""The ring around the text of a message that the keyboard is in."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.widgets import theme


class FocusRing(QWidget):
    """Stands above everything in a message, and is nothing for the mouse."""

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

"""Labels of the window: text of a kind, and text that is cut with an ellipsis where there is no room."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.ui.widgets import theme


def label(text: str, kind: str, parent: QWidget | None = None) -> QLabel:
    """Make a label; `kind` is one that the style sheet knows."""
    result = QLabel(text, parent)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setProperty("kind", kind)
    return result


def name_beside(text: str, kind: str) -> QLabel:
    """Make a label that stands in one line with the field beside it; of a tall field, with its first line."""
    result = label(text, kind)
    result.setFixedHeight(theme.px(theme.BUTTON_HEIGHT))
    result.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
    return result


def shortened(name: str, longest: int = 36) -> str:
    """Cut a long name in its middle: its beginning says what it is, its ending of which kind."""
    return name if len(name) <= longest else f"{name[: longest - 11]}…{name[-10:]}"


class WrappedLabel(QLabel):
    """Text in as many lines as its width asks for, never fewer: what stands around it makes room."""

    def __init__(self, text: str, kind: str) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        """Say something else."""
        super().setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the lines of the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(0)  # Qt counts it in what it says of a width: once high, it would never shrink
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))


class ElidedLabel(QLabel):
    """One line that ends in “…” where there is no room; the tool tip has it whole."""

    def __init__(self, text: str, kind: str) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """Room for the whole line."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + theme.px(2), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for hardly more than the ellipsis."""
        return QSize(self.fontMetrics().horizontalAdvance("…"), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        """Paint as much as fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        line = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, line)

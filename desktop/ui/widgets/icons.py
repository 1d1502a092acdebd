"""Lucide icons and the seal, drawn in the colours of the palette; they follow the theme by themselves."""

import math

from PySide6.QtCore import QByteArray, QDir, QEvent, QFile, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from desktop.ui.widgets import theme

_SEAL_RED = "#A8321F"  # as it stands in seal.svg


def icon_pixmap(name: str, colour: QColor, side: int, room: int = 0) -> QPixmap:
    """Draw an icon of `assets/icons`, its own colour replaced by `colour`.

    Args:
        name: file name without `.svg`.
        colour: what it is drawn in.
        side: width and height in device-independent pixels.
        room: left free at the right of the icon, in the same pixels.
    """
    ratio = math.ceil(max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1))
    key, pixmap = f"icon {name} {colour.name()} {side} {room} {ratio}", QPixmap()
    if QPixmapCache.find(key, pixmap):
        return pixmap
    file = QFile(f"icons:{name}.svg")  # the folder is the search path that `Appearance` sets
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise FileNotFoundError(file.fileName())
    shape = bytes(file.readAll().data())
    for own_colour in ("currentColor", _SEAL_RED):
        shape = shape.replace(own_colour.encode(), colour.name().encode())
    pixmap = QPixmap((side + room) * ratio, side * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(shape)).render(painter, QRectF(0, 0, side * ratio, side * ratio))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, pixmap)
    return pixmap


class IconLabel(QLabel):
    """An icon that stands beside text and says nothing by itself."""

    def __init__(self, name: str, role: theme.ColorRole, side: int = theme.ICON) -> None:
        super().__init__()
        self._name, self._role, self._side = name, role, side
        self._draw()

    def show_as(self, name: str) -> None:
        """Become another icon."""
        self._name = name
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in the new colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        self.setPixmap(icon_pixmap(self._name, theme.colour(self._role), theme.px(self._side)))


class IconButton(QPushButton):
    """A button with an icon before its label.

    Args:
        icon: file name without `.svg`; "" for none.
        text: the label, also what a screen reader says.
        kind: primary, outlined or quiet: see the style sheet.
        role: the colour of the icon, that of the label beside it.
    """

    def __init__(
        self, icon: str, text: str, kind: str, role: theme.ColorRole = theme.INK, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._icon, self._role = icon, role
        self.setProperty("kind", kind)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(True)  # Enter presses it, too, where it has the focus
        self._draw()

    def setText(self, text: str) -> None:
        """Have another label, and room before it."""
        super().setText(text)
        self._draw()

    def show_as(self, icon: str, text: str, kind: str, role: theme.ColorRole) -> None:
        """Become another button in the same place."""
        self._icon, self._role = icon, role
        self.setText(text)
        self.setAccessibleName(text)
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in the new colours, or faint while it cannot be pressed."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.EnabledChange):
            self._draw()

    def _draw(self) -> None:
        if not self._icon:
            self.setIcon(QIcon())
            return
        role = self._role if self.isEnabled() else theme.FAINT
        gap = theme.px(theme.SPACE_4) if self.text() else 0
        self.setIconSize(QSize(theme.px(theme.ICON) + gap, theme.px(theme.ICON)))
        self.setIcon(QIcon(icon_pixmap(self._icon, theme.colour(role), theme.px(theme.ICON), gap)))


def icon_names() -> list[str]:
    """Name the icons that there are."""
    return sorted(name.removesuffix(".svg") for name in QDir("icons:").entryList(["*.svg"]))


def seal_icon() -> QIcon:
    """Draw the seal as the icon of the window."""
    return QIcon(icon_pixmap("seal", QColor(_SEAL_RED), theme.WINDOW_ICON))

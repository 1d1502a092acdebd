"""Formulas within text: drawn by ziamath as SVG, on the baseline, in the colour of the text around them."""

import importlib
import re
import warnings
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSizeF, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPyTextObject, QTextCharFormat, QTextDocument, QTextFormat
from PySide6.QtSvg import QSvgRenderer

from desktop.ui import theme
from desktop.ui.markdown.source import Formula

OBJECT = int(QTextFormat.ObjectTypes.UserObject) + 1
SOURCE = int(QTextFormat.Property.UserProperty) + 1
_LATEX = int(QTextFormat.Property.UserProperty) + 2
_DISPLAY = int(QTextFormat.Property.UserProperty) + 3
_SIZE = int(QTextFormat.Property.UserProperty) + 4

_STEPS = ("ziafont", "latex2mathml.converter", "ziamath")  # one at a time: together they take an eighth of a second
_VIEW_BOX = re.compile(r'viewBox="(-?[\d.]+) (-?[\d.]+) ([\d.]+) ([\d.]+)"')
_COLOUR = "#010203"  # stands for the colour of the text until it is drawn
_REACH = 0.55  # of the text's size below the line: so far a formula may hang into the gap between lines


@dataclass(frozen=True, slots=True)
class Drawing:
    """A formula as it is drawn; lengths in pixels.

    Attributes:
        svg: with `_COLOUR` where the colour of the text belongs.
        width: of all of it.
        ascent, descent: above and below the baseline.
    """

    svg: bytes
    width: float
    ascent: float
    descent: float


class Formulas(QObject):
    """Draws formulas once each, for one view.

    Signals:
        ready(): formulas can be drawn from now on; until then they are shown as they are written.
    """

    ready = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._drawings: dict[tuple[str, bool, int], Drawing | None] = {}
        self._renderers: dict[tuple[str, bool, int, str], QSvgRenderer] = {}
        self._steps = list(_STEPS)
        self._loader = QTimer(self)
        self._loader.timeout.connect(self._load_step)
        self._object = FormulaObject(self)

    def attach(self, document: QTextDocument) -> None:
        """Have the document draw the formulas that it holds."""
        document.documentLayout().registerHandler(OBJECT, self._object)

    def char_format(self, formula: Formula, around: QTextCharFormat, size: int) -> QTextCharFormat | None:
        """Give the look of the one character that stands for a formula; None if it must be shown as it is written."""
        if self.drawing(formula.latex, display=formula.display, size=size) is None:
            return None
        look = QTextCharFormat(around)
        look.setObjectType(OBJECT)
        look.setProperty(SOURCE, formula.source)
        look.setProperty(_LATEX, formula.latex)
        look.setProperty(_DISPLAY, formula.display)
        look.setProperty(_SIZE, size)
        return look

    def drawing(self, latex: str, *, display: bool, size: int) -> Drawing | None:
        """Draw a formula; None while that cannot be done, or if it is not one."""
        if self._steps:
            if not self._loader.isActive():
                self._loader.start()
            return None
        key = (latex, display, size)
        if key not in self._drawings:
            self._drawings[key] = _draw(latex, display=display, size=size)
        return self._drawings[key]

    def renderer(self, latex: str, *, display: bool, size: int, colour: str) -> QSvgRenderer | None:
        """Give what paints a formula in a colour."""
        drawing = self.drawing(latex, display=display, size=size)
        if drawing is None:
            return None
        key = (latex, display, size, colour)
        if key not in self._renderers:
            svg = drawing.svg.replace(_COLOUR.encode(), colour.encode())
            self._renderers[key] = QSvgRenderer(QByteArray(svg), self)
        return self._renderers[key]

    @Slot()
    def _load_step(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of ziamath, about itself
            importlib.import_module(self._steps[0])
        del self._steps[0]
        if not self._steps:
            self._loader.stop()
            self.ready.emit()


class FormulaObject(QPyTextObject):
    """How a document measures and paints the character that stands for a formula."""

    def __init__(self, formulas: Formulas) -> None:
        super().__init__(formulas)
        self._formulas = formulas

    def intrinsicSize(self, doc: QTextDocument, _position: int, look: QTextFormat) -> QSizeF:
        """Room for a formula: Qt sets it on the baseline, so what hangs below counts only where it is deep."""
        drawing = self._drawing(look)
        if drawing is None:
            return QSizeF()
        fits = _shrunk(drawing, doc)
        return QSizeF(drawing.width * fits, (drawing.ascent + _overhang(drawing, look)) * fits)

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, doc: QTextDocument, _position: int, look: QTextFormat
    ) -> None:
        """Paint a formula in the colour of the text, its baseline on that of the text."""
        latex, display, size = _key(look)
        drawing = self._drawing(look)
        colour = painter.pen().color().name()
        renderer = self._formulas.renderer(latex, display=display, size=size, colour=colour)
        if drawing is None or renderer is None:
            return
        fits, room = _shrunk(drawing, doc), QRectF(rect)
        top = room.bottom() - (_overhang(drawing, look) + drawing.ascent) * fits
        renderer.render(painter, QRectF(room.left(), top, room.width(), (drawing.ascent + drawing.descent) * fits))

    def _drawing(self, look: QTextFormat) -> Drawing | None:
        latex, display, size = _key(look)
        return self._formulas.drawing(latex, display=display, size=size)


def _key(look: QTextFormat) -> tuple[str, bool, int]:
    return look.stringProperty(_LATEX), look.boolProperty(_DISPLAY), look.intProperty(_SIZE)


def _overhang(drawing: Drawing, look: QTextFormat) -> float:
    """How far the formula is lifted because it hangs deeper than the gap between lines."""
    return max(0.0, drawing.descent - _REACH * look.intProperty(_SIZE))


def _shrunk(drawing: Drawing, document: QTextDocument) -> float:
    """Tell how much smaller a formula must be to fit into the text's width; 1 where it fits."""
    room = document.textWidth() - theme.px(theme.SPACE_24)
    return min(1.0, room / drawing.width) if room > 0 else 1.0


def _draw(latex: str, *, display: bool, size: int) -> Drawing | None:
    ziamath = importlib.import_module("ziamath")
    ziamath.config.svg2 = False  # Qt draws SVG Tiny
    try:
        svg = ziamath.Latex(latex, size=size * 1.15, inline=not display, color=_COLOUR).svg()
    except Exception:
        return None
    box = _VIEW_BOX.search(svg)
    if box is None or float(box[3]) <= 0:
        return None
    top, width, height = float(box[2]), float(box[3]), float(box[4])
    return Drawing(svg.encode(), width, -top, max(0.0, height + top))

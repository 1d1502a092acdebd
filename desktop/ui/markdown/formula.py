"""Formulas within text: drawn by ziamath as SVG, on the baseline, in the colour of the text around them."""

import importlib
import importlib.util
import re
import sys
import time
import warnings
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSizeF, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPyTextObject, QTextCharFormat, QTextDocument, QTextFormat
from PySide6.QtSvg import QSvgRenderer
from shiboken6 import isValid

from desktop.text.formulas import Formula
from desktop.ui.widgets import theme

OBJECT = int(QTextFormat.ObjectTypes.UserObject) + 1
SOURCE = int(QTextFormat.Property.UserProperty) + 1
_LATEX = int(QTextFormat.Property.UserProperty) + 2
_DISPLAY = int(QTextFormat.Property.UserProperty) + 3
_SIZE = int(QTextFormat.Property.UserProperty) + 4

# One at a time: together they take an eighth of a second.
_STEPS = (
    "importlib.metadata",
    "xml.sax.saxutils",
    "ziafont",
    "latex2mathml.symbols_parser",
    "latex2mathml.converter",
    "ziamath.escapes",
    "ziamath.styles",
    "ziamath",
)
_VIEW_BOX = re.compile(r'viewBox="(-?[\d.]+) (-?[\d.]+) ([\d.]+) ([\d.]+)"')
_COLOUR = "#010203"  # stands for the colour of the text until it is drawn
_DRAWS = ("ziamath", "ziafont", "latex2mathml")  # the libraries at work while a formula is drawn
_LONGEST, _LONGEST_S = 600, 0.080  # characters, and seconds of drawing; what takes more is shown as it is written
_DEEPEST = 8  # braces within each other
_SLICE_S = 0.008  # of drawing at once
_GUESSED, _GUESSED_MOST = 0.4, 30  # width of a character of a formula that is not drawn yet, in sizes of the text
_REACH = 0.55  # of the text's size below the line: so far a formula may hang into the gap between lines


FormulaKey = tuple[str, bool, int]  # LaTeX, whether it stands alone, size of the text in pixels


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


_UNKNOWN = Drawing(b"", 0, 0, 0)


class Formulas(QObject):
    """Draws formulas one at a time while the window has nothing else to do; until then their place is kept free.

    Signals:
        ready(): formulas have been drawn, or turned out to be none.
    """

    ready = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._drawings: dict[FormulaKey, Drawing | None] = {}
        self._renderers: dict[tuple[FormulaKey, str], QSvgRenderer] = {}
        self._wanted: deque[FormulaKey] = deque()
        self._steps = [name for name in _STEPS if name not in sys.modules]
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)
        self._object = FormulaObject(self)

    @property
    def busy(self) -> bool:
        """Whether there are formulas to draw."""
        return bool(self._wanted)

    def attach(self, document: QTextDocument) -> None:
        """Have the document draw the formulas that it holds."""
        document.documentLayout().registerHandler(OBJECT, self._object)

    def char_format(self, formula: Formula, around: QTextCharFormat, size: int) -> QTextCharFormat | None:
        """Give the look of the one character that stands for a formula; None if it must be shown as it is written."""
        key = (formula.latex, formula.display, size)
        if (
            len(formula.latex) > _LONGEST
            or _depth(formula.latex) > _DEEPEST
            or self._drawings.get(key, _UNKNOWN) is None
        ):
            return None
        self._want(key)
        look = QTextCharFormat(around)
        look.setObjectType(OBJECT)
        look.setProperty(SOURCE, formula.source)
        look.setProperty(_LATEX, formula.latex)
        look.setProperty(_DISPLAY, formula.display)
        look.setProperty(_SIZE, size)
        return look

    def drawing(self, key: FormulaKey) -> Drawing | None:
        """Give a formula as it was drawn; None while it is not, or if it is none."""
        return self._drawings.get(key)

    def failed(self, key: FormulaKey) -> bool:
        """Tell whether this turned out to be no formula."""
        return self._drawings.get(key, _UNKNOWN) is None

    def renderer(self, key: FormulaKey, colour: str) -> QSvgRenderer | None:
        """Give what paints a formula in a colour."""
        drawing = self._drawings.get(key)
        if drawing is None:
            return None
        if (key, colour) not in self._renderers:
            svg = drawing.svg.replace(_COLOUR.encode(), colour.encode())
            self._renderers[key, colour] = QSvgRenderer(QByteArray(svg), self)
        return self._renderers[key, colour]

    def _want(self, key: FormulaKey) -> None:
        if key not in self._drawings and key not in self._wanted:
            self._wanted.append(key)
            if not self._timer.isActive():
                self._timer.start(0)

    @Slot()
    def _go_on(self) -> None:
        """Load one module, or draw for as long as nobody notices."""
        began = time.monotonic()
        if self._steps:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # of ziamath, about itself
                _load(self._steps.pop(0))
        else:
            while self._wanted and time.monotonic() - began < _SLICE_S:
                key = self._wanted.popleft()
                self._drawings[key] = _draw(*key)
        if not isValid(self):  # Python may have cleaned up meanwhile, and the view with all that belongs to it
            return
        if not self._steps:
            self.ready.emit()
        if self._wanted:
            self._timer.start(max(1, round(1000 * (time.monotonic() - began))))


class FormulaObject(QPyTextObject):
    """How a document measures and paints the character that stands for a formula."""

    def __init__(self, formulas: Formulas) -> None:
        super().__init__(formulas)
        self._formulas = formulas

    def intrinsicSize(self, doc: QTextDocument, _position: int, look: QTextFormat) -> QSizeF:
        """Room for a formula: Qt sets it on the baseline, so what hangs below counts only where it is deep."""
        drawing = self._formulas.drawing(key_of(look))
        if drawing is None:
            latex, _, size = key_of(look)
            return QSizeF(size * min(len(latex), _GUESSED_MOST) * _GUESSED, size)
        fits = _shrunk(drawing, doc)
        return QSizeF(drawing.width * fits, (drawing.ascent + _overhang(drawing, look)) * fits)

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, doc: QTextDocument, _position: int, look: QTextFormat
    ) -> None:
        """Paint a formula in the colour of the text, its baseline on that of the text."""
        drawing = self._formulas.drawing(key_of(look))
        renderer = self._formulas.renderer(key_of(look), painter.pen().color().name())
        if drawing is None or renderer is None:
            return
        fits, room = _shrunk(drawing, doc), QRectF(rect)
        top = room.bottom() - (_overhang(drawing, look) + drawing.ascent) * fits
        renderer.render(painter, QRectF(room.left(), top, room.width(), (drawing.ascent + drawing.descent) * fits))


def key_of(look: QTextFormat) -> FormulaKey:
    """Give the formula that a character stands for."""
    return look.stringProperty(_LATEX), look.boolProperty(_DISPLAY), look.intProperty(_SIZE)


def _overhang(drawing: Drawing, look: QTextFormat) -> float:
    """How far the formula is lifted because it hangs deeper than the gap between lines."""
    return max(0.0, drawing.descent - _REACH * look.intProperty(_SIZE))


def _shrunk(drawing: Drawing, document: QTextDocument) -> float:
    """Tell how much smaller a formula must be to fit into the text's width; 1 where it fits."""
    room = document.textWidth() - theme.px(theme.SPACE_24)
    return min(1.0, room / drawing.width) if room > 0 else 1.0


def _load(name: str) -> None:
    """Import a module; one of ziamath without the rest of its package, which imports all of itself at once."""
    package, _, part = name.partition(".")
    spec = importlib.util.find_spec(package) if part and package == "ziamath" else None
    if spec is None or package in sys.modules:
        importlib.import_module(name)
        return
    sys.modules[package] = importlib.util.module_from_spec(spec)  # empty: not executed
    try:
        importlib.import_module(name)
    finally:
        del sys.modules[package]


def _depth(latex: str) -> int:
    """Tell how deep braces lie within each other: the time that fractions take is exponential in it."""
    depth = deepest = 0
    for character in latex:
        depth += (character == "{") - (character == "}")
        deepest = max(deepest, depth)
    return deepest


def _draw(latex: str, display: bool, size: int) -> Drawing | None:
    ziamath = importlib.import_module("ziamath")
    ziamath.config.svg2 = False  # Qt draws SVG Tiny
    try:
        with _time_limit(_LONGEST_S):
            svg = ziamath.Latex(latex, size=size * 1.15, inline=not display, color=_COLOUR).svg()
    except (Exception, _TookTooLong):
        return None
    box = _VIEW_BOX.search(svg)
    if box is None or float(box[3]) <= 0:
        return None
    top, width, height = float(box[2]), float(box[3]), float(box[4])
    return Drawing(svg.encode(), width, -top, max(0.0, height + top))


class _TookTooLong(BaseException):
    """A formula that would hold up the window; no `Exception`, so that nothing on the way takes it for its own."""


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """End a drawing that takes longer, in seconds of processor time; tracing sees every call of a function.

    Only code of the drawing is ended: it may be the garbage collector that called, which swallows what is raised.
    """
    deadline, before = time.thread_time() + seconds, sys.gettrace()

    def watch(frame: FrameType, _event: str, _argument: object) -> None:
        if time.thread_time() > deadline and str(frame.f_globals.get("__name__")).startswith(_DRAWS):
            raise _TookTooLong

    sys.settrace(watch)
    try:
        yield
    finally:
        sys.settrace(before)

"""What lies behind and beside the text of an answer: boxes of code, bars of quotations, check marks, rules."""

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer, QTimerEvent, Slot
from PySide6.QtGui import QGuiApplication, QMouseEvent, QPainter, QPen, QTextBlock
from PySide6.QtWidgets import QTextBrowser

from desktop.ui.markdown.code import LANGUAGE, box_of, code_of, lines_of, shown_name
from desktop.ui.markdown.document import BULLET, OWN_RULE, QUOTE, TASK, code_head
from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton

_DONE = 2  # of a task
_AT_ONCE = 16  # buttons that are made without a break
_SAID_MS = 1500  # how long “Copied” stands


class CopyCode(IconButton):
    """Copies one block of code; lies in its head, at the right."""

    def __init__(self, view: QTextBrowser, box: int) -> None:
        super().__init__("copy", "", "tool", theme.SOFT, view.viewport())
        self.setAccessibleName(self.tr("Copy code"))
        self.setToolTip(self.tr("Copy code"))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box = box
        self.position = 0  # of the first line
        self._view = view
        self.clicked.connect(self._copy)

    def timerEvent(self, event: QTimerEvent) -> None:
        """Be the button that it was."""
        self.killTimer(event.timerId())
        self._show("copy", self.tr("Copy code"))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Keep the text below from selecting."""
        event.accept()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(code_of(self._view.document().findBlock(self.position)))
        self._show("check", self.tr("Copied"))
        self.startTimer(_SAID_MS)

    def _show(self, icon: str, name: str) -> None:
        self.show_as(icon, "", "tool", theme.SOFT)
        self.setAccessibleName(name)
        self.setToolTip(name)


class BlockDecorations(QObject):
    """Draws behind the text of a view, and keeps a button at each of its blocks of code."""

    def __init__(self, view: QTextBrowser) -> None:
        super().__init__(view)
        self._view = view
        self._buttons: dict[int, CopyCode] = {}
        self._firsts: dict[int, int] = {}
        self._maker = QTimer(self)
        self._maker.setSingleShot(True)
        self._maker.timeout.connect(self._make_buttons)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the buttons with the text."""
        if event.type() is QEvent.Type.Resize:
            self.place_buttons()
        return super().eventFilter(watched, event)

    def set_boxes(self, firsts: dict[int, int]) -> None:
        """Have a button at each block of code: number -> position of its first line."""
        for box in self._buttons.keys() - firsts.keys():
            button = self._buttons.pop(box)
            button.hide()
            button.deleteLater()
        self._firsts = firsts
        self._make_buttons()

    @Slot()
    def _make_buttons(self) -> None:
        """Make those that are missing, some at a time: a text may hold hundreds."""
        missing = [box for box in self._firsts if box not in self._buttons]
        for box in missing[:_AT_ONCE]:
            self._buttons[box] = CopyCode(self._view, box)
            self._buttons[box].show()
        for box, button in self._buttons.items():
            button.position = self._firsts[box]
        self.place_buttons()
        if len(missing) > _AT_ONCE:
            self._maker.start(0)

    def place_buttons(self) -> None:
        """Lay each button into the head of its block."""
        document = self._view.document()
        for button in self._buttons.values():
            block = document.findBlock(button.position)
            box = document.documentLayout().blockBoundingRect(block)
            room = theme.px(theme.SPACE_4)
            x = self._view.viewport().width() - button.sizeHint().width() - room
            y = round(box.top()) - code_head() + theme.px(theme.SPACE_12) + room
            button.move(x, y)

    def draw(self, painter: QPainter, visible: QRectF) -> None:
        """Draw what `visible` shows of it."""
        layout = self._view.document().documentLayout()
        block = self._view.cursorForPosition(visible.topLeft().toPoint()).block()
        if box_of(block):
            block = self._first_line(block)
        elif block.previous().isValid():
            block = block.previous()
        below = visible.bottom() + code_head()  # the head of code lies above its first line
        while block.isValid() and layout.blockBoundingRect(block).top() <= below:
            if box_of(block):
                block = self._draw_code(painter, block)
            else:
                self._draw_beside(painter, block)
            block = block.next()

    def _first_line(self, block: QTextBlock) -> QTextBlock:
        while box_of(block.previous()) == box_of(block):
            block = block.previous()
        return block

    def _draw_code(self, painter: QPainter, first: QTextBlock) -> QTextBlock:
        """Draw one box; gives its last line."""
        layout, last = self._view.document().documentLayout(), first
        for last in lines_of(first):
            self._draw_bars(painter, last)
        above, below = layout.blockBoundingRect(first), layout.blockBoundingRect(last)
        look = first.blockFormat()
        left = look.leftMargin() - theme.px(theme.SPACE_12) + look.indent() * self._view.document().indentWidth()
        top = above.top() - code_head() + theme.px(theme.SPACE_12)
        bottom = below.bottom() + theme.px(theme.SPACE_12)
        box = QRectF(left, top, self._view.viewport().width() - left, bottom - top)
        painter.setPen(theme.colour(theme.LINE))
        painter.setBrush(theme.colour(theme.SUNK))
        radius = theme.px(theme.RADIUS_BUTTON)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        font = self._view.font()
        font.setPixelSize(theme.px(theme.TEXT_SMALL))
        painter.setFont(font)
        painter.setPen(theme.colour(theme.SOFT))
        side = theme.px(theme.SPACE_12)
        head = QRectF(box.left() + side, top, box.width() - 2 * side - theme.px(theme.SPACE_36), code_head() - side)
        name = shown_name(look.stringProperty(LANGUAGE)) or self.tr("Code")
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(head.width()))
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        return last

    def _draw_beside(self, painter: QPainter, block: QTextBlock) -> None:
        look = block.blockFormat()
        self._draw_bars(painter, block)
        if look.hasProperty(OWN_RULE):
            box = self._view.document().documentLayout().blockBoundingRect(block)
            middle = round(box.center().y()) + 0.5
            painter.setPen(theme.colour(theme.LINE))
            painter.drawLine(QPointF(0, middle), QPointF(self._view.viewport().width(), middle))
        if look.hasProperty(TASK):
            self._draw_task(painter, block, done=look.intProperty(TASK) == _DONE)
        elif look.hasProperty(BULLET):
            self._draw_bullet(painter, block, look.intProperty(BULLET))

    def _draw_bars(self, painter: QPainter, block: QTextBlock) -> None:
        """Draw one bar for each quotation that the block is within."""
        look = block.blockFormat()
        level, layout = look.intProperty(QUOTE), self._view.document().documentLayout()
        if not level:
            return
        down = theme.half_leading(self._view.fontMetrics().height(), theme.LINE_HEIGHT)
        box = layout.blockBoundingRect(block)
        following = block.next()
        bottom = box.bottom()
        if following.isValid() and following.blockFormat().intProperty(QUOTE):
            bottom = layout.blockBoundingRect(following).top()
        for depth in range(level):
            left = depth * theme.px(theme.SPACE_16)
            bar = QRectF(left, box.top() + down, theme.px(theme.CARET + 1), bottom - box.top())
            painter.fillRect(bar, theme.colour(theme.LINE))

    def _draw_bullet(self, painter: QPainter, block: QTextBlock, depth: int) -> None:
        """Draw the bullet of an item: filled in a list, open in a list within it."""
        mark = self._mark_place(block, theme.px(theme.BULLET))
        painter.setPen(theme.colour(theme.SOFT))
        painter.setBrush(theme.colour(theme.SOFT) if depth % 2 else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(mark)

    def _mark_place(self, block: QTextBlock, side: int) -> QRectF:
        """Where the mark of an item belongs: before its first line, in the middle of its letters."""
        box = self._view.document().documentLayout().blockBoundingRect(block)
        line = block.layout().lineAt(0)
        middle = box.top() + line.y() + line.ascent() - self._view.fontMetrics().xHeight() / 2
        left = box.left() + line.x() - side - theme.px(theme.SPACE_8)
        return QRectF(round(left) + 0.5, round(middle - side / 2) + 0.5, side - 1, side - 1)

    def _draw_task(self, painter: QPainter, block: QTextBlock, *, done: bool) -> None:
        """Draw the box of a task, where the bullet of its item would be."""
        side = theme.px(theme.TEXT_BASE)
        square = self._mark_place(block, side)
        painter.setPen(theme.colour(theme.ACCENT if done else theme.FAINT))
        painter.setBrush(theme.colour(theme.ACCENT) if done else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(square, theme.px(3), theme.px(3))
        if done:
            pen = QPen(theme.colour(theme.ON_ACCENT), theme.px(2))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            points = ((0.25, 0.52), (0.43, 0.7), (0.76, 0.32))
            painter.drawPolyline([square.topLeft() + QPointF(x * side, y * side) for x, y in points])

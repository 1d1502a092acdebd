"""An answer, rendered as Markdown while it is still being written.

Only the unfinished tail is rendered anew as text comes; finished blocks stay. At the end the whole text is parsed
once more and compared, so that what is shown is exactly what the text says.
"""

import time

from PySide6.QtCore import QEvent, QRectF, QTimer
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextDocumentFragment,
    QTextFormat,
    QTextFrameFormat,
    QTextTable,
)

from desktop.ui import theme
from desktop.ui.markdown_blocks import settled_length
from desktop.ui.text_view import TextView

_DIALECT = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_FENCE = int(QTextFormat.Property.BlockCodeFence)
_QUOTE = int(QTextFormat.Property.BlockQuoteLevel)
_BUSY_SHARE = 3  # after rendering for 10 ms, leave the window alone for 30


class MarkdownView(TextView):
    """Shows Markdown and takes more of it at the end.

    Attributes:
        markdown: the whole text so far.
    """

    def __init__(self, accessible_name: str) -> None:
        self.markdown = ""  # first: changes of style come while Qt builds the widget
        super().__init__(accessible_name)
        self.document().setIndentWidth(theme.px(theme.SPACE_24))
        frame = self.document().rootFrame()
        look = frame.frameFormat()
        look.setBottomMargin(theme.px(theme.SPACE_8))  # for the ground of code that ends the text
        frame.setFrameFormat(look)
        self._settled = 0  # characters of `markdown` whose rendering stays
        self._settled_end = 0  # position in the document where they end
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._render_tail)
        self._rest_until = 0.0

    def add(self, text: str) -> None:
        """Append a piece of the answer; shown at once, or a breath later where rendering is slow."""
        self.markdown += text
        rest = self._rest_until - time.monotonic()
        if rest <= 0:
            self._render_tail()
        elif not self._later.isActive():
            self._later.start(round(rest * 1000))

    def render_held_back(self) -> None:
        """Show all text there is, also what waits for its turn."""
        self._later.stop()
        self._render_tail()

    def finish(self) -> None:
        """No text follows: make what is shown exact."""
        self.render_held_back()
        # The marks of Markdown vanish where they are understood, so a difference in how it was read shows in the text.
        if _read(self.markdown).toPlainText() != self.document().toPlainText():
            self._show_whole()

    def changeEvent(self, event: QEvent) -> None:
        """Render again where colours are part of the text: links."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self.markdown:
            self._show_whole()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground of code and the bar of quotations, then the text."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, QRectF(event.rect()))
        painter.end()
        super().paintEvent(event)

    def _render_tail(self) -> None:
        began = time.monotonic()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.setPosition(self._settled_end)
        look = cursor.blockFormat()
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.setBlockFormat(look)  # an empty block, such as the one behind a table, would take that of the tail
        finished = settled_length(self.markdown[self._settled :])
        if finished:
            self._append(
                cursor, self._parsed(self.markdown[self._settled : self._settled + finished], self._settled == 0)
            )
            self._settled += finished
            self._settled_end = cursor.position()
        self._append(cursor, self._parsed(self.markdown[self._settled :], self._settled == 0))
        cursor.endEditBlock()
        self._rest_until = time.monotonic() + _BUSY_SHARE * (time.monotonic() - began)

    def _append(self, cursor: QTextCursor, piece: QTextDocument) -> None:
        """Put a rendered piece behind everything else; leaves the cursor at the end."""
        if piece.isEmpty():
            return
        cursor.movePosition(QTextCursor.MoveOperation.End)
        wanted = piece.firstBlock()
        if not self.document().isEmpty() and not wanted.text() and QTextCursor(wanted.next()).currentTable():
            cursor.insertFragment(QTextDocumentFragment(piece))  # a table brings the block that it stands behind
            cursor.movePosition(QTextCursor.MoveOperation.End)
            return
        if not self.document().isEmpty():
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        start = cursor.position()
        cursor.insertFragment(QTextDocumentFragment(piece))
        first = self.document().findBlock(start)
        if not first.text() and wanted.text():  # before a list Qt leaves the empty block that it was inserted into
            cursor.setPosition(start)
            cursor.deleteChar()
            first = self.document().findBlock(start)
        # The first block takes the text, but not the format of what is inserted into it.
        look = wanted.blockFormat()
        look.clearProperty(int(QTextFormat.Property.ObjectIndex))
        cursor.setPosition(first.position())
        cursor.mergeBlockFormat(look)
        cursor.movePosition(QTextCursor.MoveOperation.End)

    def _show_whole(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        cursor.setBlockFormat(QTextBlockFormat())
        self._append(cursor, self._parsed(self.markdown, opens=True))
        cursor.endEditBlock()
        self._settled, self._settled_end = len(self.markdown), cursor.position()

    def _parsed(self, markdown: str, opens: bool) -> QTextDocument:
        """Make the text a document of its own, not laid out, with the spacing of a page to read.

        Args:
            markdown: whole blocks.
            opens: whether the answer begins with it, so that no room is left above.
        """
        document = _read(markdown)
        document.setDefaultFont(self.font())
        block = document.begin()
        while block.isValid():
            _space(block, opens=opens and not block.blockNumber())
            block = block.next()
        for table in _tables(document):
            _rule(table)
        return document

    def _draw_ground(self, painter: QPainter, visible: QRectF) -> None:
        layout = self.document().documentLayout()
        block = self.cursorForPosition(visible.topLeft().toPoint()).block()
        while block.previous().isValid() and _kind(block.previous()) and _kind(block.previous()) == _kind(block):
            block = block.previous()
        while block.isValid() and layout.blockBoundingRect(block).top() <= visible.bottom():
            kind, box = _kind(block), layout.blockBoundingRect(block)
            while kind and _kind(block.next()) == kind:
                block = block.next()
                box = box.united(layout.blockBoundingRect(block))
            if kind == "code":
                self._draw_code_ground(painter, box)
            elif kind == "quote":
                down = theme.half_leading(self.fontMetrics().height(), theme.LINE_HEIGHT)
                bar = QRectF(0, box.top() + down, theme.px(theme.CARET), box.height())
                painter.fillRect(bar, theme.colour(theme.LINE))
            block = block.next()

    def _draw_code_ground(self, painter: QPainter, box: QRectF) -> None:
        padding = theme.px(theme.SPACE_8)
        down = theme.half_leading(self.fontMetrics().height(), theme.CODE_LINE_HEIGHT)
        ground = QRectF(0, box.top() - padding + down, self.viewport().width(), box.height() + 2 * padding)
        painter.setPen(theme.colour(theme.LINE))
        painter.setBrush(theme.colour(theme.SUNK))
        radius = theme.px(theme.RADIUS_BUTTON)
        painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def _read(markdown: str) -> QTextDocument:
    """Parse whole blocks of Markdown, without any look."""
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setMarkdown(markdown, _DIALECT)
    for table in _tables(document):
        cell = table.cellAt(0, 0)
        first = cell.firstCursorPosition()
        if not first.block().text() and first.block().next().position() <= cell.lastPosition():
            first.deleteChar()  # behind a quotation Qt begins the first cell with an empty block
    return document


def _tables(document: QTextDocument) -> list[QTextTable]:
    return [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]


def _kind(block: QTextBlock) -> str:
    """Tell what is drawn behind a block: code, quote or nothing."""
    if not block.isValid():
        return ""
    look = block.blockFormat()
    if look.hasProperty(_FENCE):
        return "code"
    return "quote" if look.intProperty(_QUOTE) else ""


def _space(block: QTextBlock, opens: bool) -> None:
    """Give a block its room and, to headings and code, their font."""
    look, cursor = block.blockFormat(), QTextCursor(block)
    in_list, kind = block.textList() is not None, _kind(block)
    in_table = cursor.currentTable() is not None
    above = below = 0 if in_table or not block.text() else theme.SPACE_4 if in_list else theme.SPACE_8
    font = QTextCharFormat()
    if kind == "code":
        first, last = _kind(block.previous()) != kind, _kind(block.next()) != kind
        above, below = (theme.SPACE_16 if first else 0), (theme.SPACE_16 if last else 0)
        look.setLeftMargin(theme.px(theme.SPACE_12))
        look.setRightMargin(theme.px(theme.SPACE_12))
        font.setFontFamilies(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).families())
        font.setProperty(int(QTextFormat.Property.FontPixelSize), theme.px(theme.TEXT_SMALL + 1))
    elif kind == "quote":
        look.setLeftMargin(theme.px(theme.SPACE_16))
    if look.headingLevel():
        above, below = theme.SPACE_12, theme.SPACE_4
        _size_heading(block, theme.TEXT_HEADING if look.headingLevel() <= 2 else theme.TEXT_BASE)
    if font.properties():
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        cursor.mergeCharFormat(font)
    look.setTopMargin(0 if opens else theme.px(above))
    look.setBottomMargin(theme.px(below))
    height = theme.px(theme.TEXT_BASE * (theme.CODE_LINE_HEIGHT if kind == "code" else theme.LINE_HEIGHT))
    look.setLineHeight(height, theme.AT_LEAST)
    QTextCursor(block).setBlockFormat(look)


def _size_heading(block: QTextBlock, size: int) -> None:
    """Set a heading in the size of the page's headings; Qt's own are relative, and win as long as they are there."""
    runs = []
    place = block.begin()
    while not place.atEnd():
        runs.append(place.fragment())
        place += 1
    for run in runs:
        font = run.charFormat()
        font.clearProperty(int(QTextFormat.Property.FontSizeAdjustment))
        font.setProperty(int(QTextFormat.Property.FontPixelSize), theme.px(size))
        font.setFontWeight(QFont.Weight.DemiBold)
        cursor = QTextCursor(block)
        cursor.setPosition(run.position())
        cursor.setPosition(run.position() + run.length(), QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(font)


def _rule(table: QTextTable) -> None:
    """Give a table hairlines, room, and a head that is bold in every column."""
    look = table.format()
    look.setBorder(1)
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBorderCollapse(True)
    look.setBorderBrush(theme.colour(theme.LINE))
    look.setCellPadding(theme.px(theme.SPACE_8))
    look.setCellSpacing(0)
    look.setTopMargin(theme.px(theme.SPACE_4))
    look.setBottomMargin(theme.px(theme.SPACE_4))
    table.setFormat(look)
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.DemiBold)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        cursor = cell.firstCursorPosition()
        cursor.setPosition(cell.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(bold)

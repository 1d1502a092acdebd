"""An answer, rendered as Markdown while it is still being written.

Only the unfinished tail is rendered anew as text comes; finished pieces stay. A long text that is there at once is
rendered a little at a time as well, so that the window never waits for it.
"""

import time
from collections import deque

from PySide6.QtCore import QEvent, QMimeData, QRectF, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextDocumentFragment,
    QTextFormat,
)
from PySide6.QtWidgets import QWidget

from desktop.ui.markdown.block_decorations import BlockDecorations
from desktop.ui.markdown.code import BOX, JOINS, LANGUAGE, Highlighter, box_of
from desktop.ui.markdown.copying import selection_as_text
from desktop.ui.markdown.document import behind_code, code_formats, code_head, dressed
from desktop.ui.markdown.formula import OBJECT, Formulas, key_of
from desktop.ui.markdown.pieces import MarkdownPiece, Splitter
from desktop.ui.markdown.source import cleaned
from desktop.ui.widgets import theme
from desktop.ui.widgets.text_view import TextView

_BUSY_SHARE = 3  # after rendering for 10 ms, leave the window alone for 30
_READ_AT_ONCE = 8_000  # characters
_SLICE_S = 0.012  # of rendering at once
_BOXES = 1000  # blocks of code that one piece may hold within its lists and quotations, for their numbers


class MarkdownView(TextView):
    """Shows Markdown and takes more of it at the end.

    Attributes:
        markdown: the whole text so far.

    Signals:
        link_activated(str): the user wants to open an address; nothing was opened.
        rendered(): all text that there is, is shown.
    """

    link_activated = Signal(str)
    rendered = Signal()

    def __init__(self, accessible_name: str, parent: QWidget | None = None, formulas: Formulas | None = None) -> None:
        self.markdown = ""  # first: changes of style come while Qt builds the widget
        self._dress = self._held = ""
        super().__init__(accessible_name, parent)
        self.hang = theme.px(theme.SPACE_4)
        self.document().setIndentWidth(theme.px(theme.SPACE_24))
        self._formulas = formulas or Formulas(self)
        self._formulas.attach(self.document())
        self._formulas.ready.connect(self._take_formulas)
        self._undrawn = False  # a formula is shown whose size was only guessed
        self._highlighter = Highlighter(self.document(), self)
        self._ground = BlockDecorations(self)
        self.document().documentLayout().documentSizeChanged.connect(self._ground.place_buttons)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._go_on)
        self._rest_until = 0.0
        self._complete = False  # whether no text follows
        self.anchorClicked.connect(self._tell_link)
        self._forget()

    def add(self, text: str) -> None:
        """Append a piece of the answer; shown at once, or a breath later where rendering is slow."""
        self.markdown += text
        self._complete = False
        self._take(text)
        rest = self._rest_until - time.monotonic()
        if rest <= 0:
            self._go_on()
        elif not self._later.isActive():
            self._later.start(round(rest * 1000))

    def set_markdown(self, text: str) -> None:
        """Show another text, whole; a long one as soon as the window has time for it."""
        self.markdown = text
        self._splitter, self._complete = Splitter(), True
        self._start_again()
        self._later.stop()
        self._go_on()

    def render_held_back(self) -> None:
        """Show all text there is, also what waits for its turn."""
        self._later.stop()
        self._render(until=None)

    @property
    def complete(self) -> bool:
        """Whether all text that there is, is shown."""
        return not (self._waiting or self._unread or self._later.isActive())

    def show_whole(self) -> None:
        """Show what waits for its turn."""
        if not self.complete:
            self.render_held_back()

    def finish(self) -> None:
        """No text follows: make what is shown exact."""
        self._take("\n" if self._held else "")
        self._complete = True
        self.render_held_back()
        if self._later.isActive():  # links were defined after they were used: it begins again
            self.render_held_back()

    def changeEvent(self, event: QEvent) -> None:
        """Render again where colours and sizes are part of the text."""
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in kinds and self.markdown and self._dress != self._dress_now():
            self._start_again()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground of code and the bar of quotations, then the text."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground.draw(painter, QRectF(event.rect()))
        painter.end()
        super().paintEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy formulas as they are written, not as the character that stands for them."""
        return selection_as_text(self.textCursor())

    def _forget(self) -> None:
        self._splitter = Splitter()
        self._unread: deque[str] = deque()
        self._held = ""  # a carriage return, until the character behind it is known
        self._waiting: deque[MarkdownPiece] = deque()  # certain, not rendered
        self._defined: list[str] = []  # definitions that the pieces shown know of
        self._count = 0  # of pieces rendered
        self._settled_end = 0  # position in the document where they end
        self._boxes: dict[int, int] = {}  # number of a block of code -> position of its first line
        self._dress = self._dress_now()

    def _dress_now(self) -> str:
        return f"{theme.px(1000)} {theme.colour(theme.LINE).name()}"

    def _take(self, text: str) -> None:
        self._unread.extend(text[start : start + _READ_AT_ONCE] for start in range(0, len(text), _READ_AT_ONCE))

    def _next_piece(self) -> MarkdownPiece | None:
        """Give the next piece that is certain; reads on for it."""
        while not self._waiting and self._unread:
            text = self._held + self._unread.popleft()
            self._held = "\r" if text.endswith("\r") else ""
            text = text.removesuffix("\r").replace("\r\n", "\n").replace("\r", "\n")
            self._waiting.extend(self._splitter.feed(cleaned(text)))
        return self._waiting.popleft() if self._waiting else None

    @Slot()
    def _start_again(self) -> None:
        """Render the whole text anew."""
        known = self._splitter.definitions
        self._forget()
        self._defined = list(known)
        self._highlighter.forget()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        cursor.setBlockFormat(QTextBlockFormat())
        cursor.setBlockCharFormat(QTextCharFormat())
        cursor.endEditBlock()
        self._take(self.markdown)
        self._later.start(0)

    @Slot()
    def _go_on(self) -> None:
        self._render(until=time.monotonic() + _SLICE_S)

    def _render(self, until: float | None) -> None:
        """Show what waits, then the tail; leaves off at the time `until`."""
        began = time.monotonic()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.setPosition(self._settled_end)
        look = cursor.blockFormat()
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        # An empty block, such as the one behind a table, would take the look of the tail.
        cursor.setBlockFormat(look if self._settled_end else QTextBlockFormat())
        late = False
        while not late and (piece := self._next_piece()) is not None:
            self._show_piece(cursor, piece, self._count)
            self._count += 1
            self._settled_end = cursor.position()
            late = until is not None and time.monotonic() > until
        if not late:
            for piece in self._splitter.tail():
                self._show_piece(cursor, piece, self._count)
        cursor.endEditBlock()
        self._ground.set_boxes(
            {box: place for box, place in self._boxes.items() if box_of(self.document().findBlock(place)) == box}
        )
        now = time.monotonic()
        self._rest_until = now + _BUSY_SHARE * (now - began)
        if late:
            self._later.start(1)
        elif self._complete and self._defined != self._splitter.definitions:
            self._start_again()  # links were defined after they were used
        else:
            self.rendered.emit()

    def _show_piece(self, cursor: QTextCursor, piece: MarkdownPiece, number: int) -> None:
        if piece.kind == "code":
            self._append_code(cursor, piece)
            return
        before = cursor.position()
        box = (number + 1) * _BOXES
        definitions = "\n".join(self._defined)
        self._append(cursor, dressed(piece, self._formulas, self.font(), definitions, box))
        self._undrawn = self._undrawn or self._formulas.busy
        block = self.document().findBlock(before)
        while "`" in piece.text or "~~~" in piece.text:
            if box_of(block) and box_of(block) != box_of(block.previous()):
                self._boxes[box_of(block)] = block.position()
                self._highlighter.changed(block)
            block = block.next()
            if not block.isValid():
                break

    def _append_code(self, cursor: QTextCursor, piece: MarkdownPiece) -> None:
        """Put one line of code behind everything else."""
        cursor.movePosition(QTextCursor.MoveOperation.End)
        first = box_of(cursor.block()) != piece.box
        look, font = code_formats()
        look.setProperty(BOX, piece.box)
        look.setProperty(LANGUAGE, piece.language)
        look.setProperty(JOINS, piece.joins)
        look.setTopMargin(0 if not first else code_head())
        if self._is_blank():
            cursor.setBlockFormat(look)
            cursor.setBlockCharFormat(font)
        else:
            cursor.insertBlock(look, font)
        if first:
            self._boxes[piece.box] = cursor.block().position()
        cursor.insertText(piece.text, font)
        self._highlighter.changed(self.document().findBlock(self._boxes[piece.box]))

    def _is_blank(self) -> bool:
        """Tell whether nothing is shown; an empty line of code is something."""
        return self.document().isEmpty() and not box_of(self.document().firstBlock())

    def _append(self, cursor: QTextCursor, piece: QTextDocument) -> None:
        """Put a rendered piece behind everything else; leaves the cursor at the end."""
        if piece.isEmpty():
            return
        cursor.movePosition(QTextCursor.MoveOperation.End)
        wanted, opens, behind = piece.firstBlock(), self._is_blank(), box_of(cursor.block())
        begins_with_table = not wanted.text() and QTextCursor(wanted.next()).currentTable() is not None
        if not opens and begins_with_table and not behind:
            cursor.insertFragment(QTextDocumentFragment(piece))  # a table brings the block that it stands behind
            cursor.movePosition(QTextCursor.MoveOperation.End)
            return
        if not opens:
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
        if not box_of(wanted):
            look.setTopMargin(0 if opens else behind_code() if behind else look.topMargin())
        cursor.setPosition(first.position())
        cursor.mergeBlockFormat(look)
        cursor.movePosition(QTextCursor.MoveOperation.End)

    @Slot()
    def _take_formulas(self) -> None:
        """Make room for formulas that have been drawn; show as text what turned out to be none."""
        if not self._undrawn:
            return
        self._undrawn, failed = self._formulas.busy, False
        block = self.document().begin()
        while block.isValid():
            if "\ufffc" in block.text():
                keys = [key_of(run.format) for run in block.textFormats() if run.format.objectType() == OBJECT]
                failed = failed or any(map(self._formulas.failed, keys))
                self.document().markContentsDirty(block.position(), block.length())
            block = block.next()
        if failed:
            self._start_again()

    @Slot(QUrl)
    def _tell_link(self, address: QUrl) -> None:
        self.link_activated.emit(address.toString())

"""Copying an answer: as plain text, and as rich text for a word processor."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextTable

from desktop.text.formulas import PLACEHOLDER
from desktop.ui.markdown.code import JOINS, box_of
from desktop.ui.markdown.document import FENCE, TASK, read
from desktop.ui.markdown.formula import OBJECT, SOURCE
from desktop.ui.markdown.pieces import MarkdownPiece, Splitter
from desktop.ui.markdown.rich_html import rich_html
from desktop.ui.markdown.source import cleaned


def as_text(markdown: str) -> str:
    """Give the text as one would type it: no marks of Markdown, items with a bullet or their number."""
    return "\n".join(_block_text(document) for document in _documents(markdown)).strip("\n")


def as_read(markdown: str) -> str:
    """Give the text as a view shows it, paragraph by paragraph; a character that stands for it where a formula is."""
    return "\n".join(
        PLACEHOLDER.sub("\ufffc", document.toPlainText()) for document in _documents(markdown, formulas=False)
    )


def as_rich_text(markdown: str) -> QMimeData:
    """Give the text as HTML that word processors read, and as plain text beside it."""
    result = QMimeData()
    result.setHtml(rich_html(markdown))
    result.setText(as_text(markdown))
    return result


def selection_as_text(selection: QTextCursor) -> QMimeData:
    """Give what is selected, formulas as they are written."""
    result = QMimeData()
    document = selection.document()
    parts: list[str] = []
    block, last = document.findBlock(selection.selectionStart()), document.findBlock(selection.selectionEnd())
    while block.isValid() and block.position() <= last.position():
        if parts and not (box_of(block) and block.blockFormat().boolProperty(JOINS)):
            parts.append("\n")
        parts.append(_selected(block, selection))
        block = block.next()
    result.setText("".join(parts))
    return result


def _selected(block: QTextBlock, selection: QTextCursor) -> str:
    parts: list[str] = []
    place = block.begin()
    while not place.atEnd():
        run = place.fragment()
        place += 1
        if run.charFormat().objectType() == OBJECT:
            inside = selection.selectionStart() <= run.position() < selection.selectionEnd()
            parts += [str(run.charFormat().property(SOURCE))] * run.length() if inside else []
            continue
        start = max(run.position(), selection.selectionStart())
        end = min(run.position() + run.length(), selection.selectionEnd())
        if start < end:
            cursor = QTextCursor(block)
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            parts.append(cursor.selectedText().replace("\u2028", "\n"))
    return "".join(parts)


def _documents(markdown: str, *, formulas: bool = True) -> list[QTextDocument]:
    splitter = Splitter()
    pieces = [*splitter.feed(cleaned(markdown.replace("\r\n", "\n")) + "\n"), *splitter.tail()]
    definitions = "\n".join(splitter.definitions)
    result: list[QTextDocument] = []
    code: list[MarkdownPiece] = []
    for piece in pieces:
        if piece.kind == "code" and (not code or code[-1].box == piece.box):
            code.append(piece)
            continue
        if code:
            result.append(_code_document(code))
            code = []
        if piece.kind == "code":
            code.append(piece)
        else:
            result.append(_plain_document(piece, definitions, formulas=formulas))
    return [*result, _code_document(code)] if code else result


def _plain_document(piece: MarkdownPiece, definitions: str, *, formulas: bool) -> QTextDocument:
    text = f"{piece.text}\n\n{definitions}" if definitions and "[" in piece.text else piece.text
    document, found = read(text)
    block = document.begin() if formulas and found else QTextBlock()
    while block.isValid():
        for mark in reversed(list(PLACEHOLDER.finditer(block.text()))):
            cursor = QTextCursor(block)
            cursor.setPosition(block.position() + len(block.text()[: mark.start()].encode("utf-16-le")) // 2)
            moves = mark.end() - mark.start()
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor, moves)
            cursor.insertText(found[int(mark[1])].source)
        block = block.next()
    items = document.begin().textList()
    if piece.number and items is not None:
        look = items.format()
        look.setStart(piece.number)
        items.setFormat(look)
    return document


def _code_document(lines: list[MarkdownPiece]) -> QTextDocument:
    text = "".join(("" if line.joins else "\n") + line.text for line in lines).removeprefix("\n")
    document = QTextDocument()
    look = QTextCharFormat()
    look.setFontFixedPitch(True)
    look.setFontFamilies(["monospace"])
    QTextCursor(document).insertText(text, look)
    block = document.begin()
    while block.isValid():
        shape = block.blockFormat()
        shape.setProperty(FENCE, "`")
        QTextCursor(block).setBlockFormat(shape)
        block = block.next()
    return document


def _block_text(document: QTextDocument) -> str:
    lines: list[str] = []
    block, row = document.begin(), -1
    table: QTextTable | None = None
    while block.isValid():
        inside = QTextCursor(block).currentTable()
        if inside is not None:
            cell = inside.cellAt(QTextCursor(block))
            if table is not None and cell.row() == row:
                lines[-1] += "\t" + block.text()
            else:
                lines.append(block.text())
            row = cell.row()
        elif block.text() or lines:
            lines.append(_item_mark(block) + block.text().replace("\u2028", "\n"))
        table = inside
        block = block.next()
    code = document.begin().blockFormat().hasProperty(FENCE)
    tight = code or document.begin().textList() is not None
    return "\n".join(lines) + ("" if tight else "\n")


def _item_mark(block: QTextBlock) -> str:
    items = block.textList()
    if items is None:
        return ""
    marker = block.blockFormat().marker()
    text = items.itemText(block)
    mark = f"{text} " if text[:1].isalnum() else "• "
    if marker is marker.Unchecked or block.blockFormat().intProperty(TASK) == 1:
        mark = "☐ "
    elif marker is marker.Checked:
        mark = "☑ "
    return "  " * (items.format().indent() - 1) + mark

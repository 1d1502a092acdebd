"""A piece of Markdown as a document with the look of a page to read."""

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from desktop.text.formulas import PLACEHOLDER, Formula
from desktop.ui.markdown.code import BOX
from desktop.ui.markdown.formula import Formulas
from desktop.ui.markdown.pieces import DEEPEST, MarkdownPiece
from desktop.ui.markdown.source import JOINER, prepared
from desktop.ui.widgets import theme

DIALECT = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
FENCE = int(QTextFormat.Property.BlockCodeFence)
QUOTE = int(QTextFormat.Property.BlockQuoteLevel)
RULE = int(QTextFormat.Property.BlockTrailingHorizontalRulerWidth)
OWN_RULE = int(QTextFormat.Property.UserProperty) + 7  # a line that is drawn by hand, in the colour of hairlines
TASK = int(QTextFormat.Property.UserProperty) + 8  # 1: to do, 2: done
_INDEX = int(QTextFormat.Property.ObjectIndex)
_WIDE_TABLE = 60  # characters; the columns of a wider table share the width that there is
_LONGEST_SHARE = 24  # characters that a column may claim of it
BULLET = int(QTextFormat.Property.UserProperty) + 9  # drawn by hand: depth of the list


def read(markdown: str) -> tuple[QTextDocument, list[Formula]]:
    """Parse whole blocks of Markdown, without any look; formulas are placeholders in the text."""
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    text, formulas = prepared(markdown)
    document.setMarkdown(text, DIALECT)
    if JOINER in text:
        _take_out_joiners(document)
    for table in tables(document):
        cell = table.cellAt(0, 0)
        first = cell.firstCursorPosition()
        if not first.block().text() and first.block().next().position() <= cell.lastPosition():
            first.deleteChar()  # behind a quotation Qt begins the first cell with an empty block
    return document, formulas


def dressed(piece: MarkdownPiece, formulas: Formulas, font: QFont, definitions: str, box: int) -> QTextDocument:
    """Make a piece a document of its own, not laid out.

    Args:
        piece: whole blocks.
        formulas: draws those of the view that it is for.
        font: of the text.
        definitions: the addresses of links that are defined elsewhere in the text.
        box: number of its first block of code, if there is one.
    """
    source = f"{piece.text}\n\n{definitions}" if definitions and "[" in piece.text else piece.text
    document, found = read(source)
    document.setDefaultFont(font)
    block, previous, after_code = document.begin(), 0, False
    while block.isValid():
        if block.blockFormat().hasProperty(FENCE):
            box += not after_code
            after_code = True
        else:
            after_code = False
        _space(block, box if after_code else 0, previous)
        previous = box if after_code else 0
        block = block.next()
    if document.begin().textList() is not None and not piece.follows:
        _set_top(document.begin(), theme.px(theme.SPACE_8))
    for table in tables(document):
        _rule(table)
    if found:
        _place_formulas(document, found, formulas)
    if piece.number:
        _count_from(document.begin(), piece.number)
    return document


def code_formats(level: int = 0) -> tuple[QTextBlockFormat, QTextCharFormat]:
    """Give the look of a line of code."""
    look = QTextBlockFormat()
    look.setLeftMargin(theme.px(theme.SPACE_12) + level)
    look.setRightMargin(theme.px(theme.SPACE_12))
    look.setLineHeight(theme.px(theme.TEXT_BASE * theme.CODE_LINE_HEIGHT), theme.AT_LEAST)
    look.setProperty(FENCE, "`")
    return look, code_font()


def code_font() -> QTextCharFormat:
    """Give the font of code."""
    font = QTextCharFormat()
    font.setFontFamilies(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).families())
    font.setProperty(int(QTextFormat.Property.FontPixelSize), theme.px(theme.TEXT_SMALL + 1))
    return font


def code_head() -> int:
    """Room above the first line of code, in pixels: for the language and the button."""
    return theme.px(theme.SPACE_12 + theme.SPACE_24 + theme.SPACE_4)


def tables(document: QTextDocument) -> list[QTextTable]:
    """Give the tables of a document."""
    return [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]


def _space(block: QTextBlock, box: int, previous: int) -> None:
    """Give a block its room and, to headings and code, their font; `box` and `previous` are numbers of code."""
    look, cursor = block.blockFormat(), QTextCursor(block)
    in_list, quote = block.textList() is not None, look.intProperty(QUOTE)
    in_table = cursor.currentTable() is not None
    above = below = 0 if in_table or not block.text() else theme.SPACE_4 if in_list else theme.SPACE_8
    margin = theme.px(theme.SPACE_16) * quote
    if look.indent() > DEEPEST:
        look.setIndent(DEEPEST)
    if box:
        code, font = code_formats(margin)
        code.setIndent(look.indent())
        code.setProperty(BOX, box)
        code.setProperty(int(QTextFormat.Property.BlockCodeLanguage), look.stringProperty(_LANGUAGE))
        code.setTopMargin(code_head() if box != previous else 0)
        code.setProperty(QUOTE, quote)
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        cursor.mergeCharFormat(font)
        QTextCursor(block).setBlockFormat(code)
        return
    look.setLeftMargin(margin)
    if look.headingLevel():
        above, below = theme.SPACE_16, theme.SPACE_4
        _size_heading(block, look.headingLevel())
    elif look.hasProperty(RULE):
        look.clearProperty(RULE)
        look.setProperty(OWN_RULE, 1)
        above = below = theme.SPACE_8
    else:
        _shade_code(block)
    if look.marker() is not QTextBlockFormat.MarkerType.NoMarker:
        look.setProperty(TASK, 1 if look.marker() is QTextBlockFormat.MarkerType.Unchecked else 2)
        look.setMarker(QTextBlockFormat.MarkerType.NoMarker)
    if in_list:
        _take_bullet(block, look)
    look.setTopMargin(theme.px(above) if not previous else behind_code())
    look.setBottomMargin(theme.px(below))
    if look.hasProperty(OWN_RULE):
        look.setTopMargin(look.topMargin() - theme.px(theme.SPACE_8) if previous else look.topMargin())
        look.setLineHeight(theme.px(theme.SPACE_8), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    elif not in_table:  # rows have room of their own
        look.setLineHeight(theme.px(theme.TEXT_BASE * theme.LINE_HEIGHT), theme.AT_LEAST)
    QTextCursor(block).setBlockFormat(look)


def _take_bullet(block: QTextBlock, look: QTextBlockFormat) -> None:
    """Have the bullet drawn by hand: Qt sets its own too close to the text."""
    items = block.textList()
    shape = items.format()
    bullets = (shape.Style.ListDisc, shape.Style.ListCircle, shape.Style.ListSquare)
    if shape.style() in bullets or look.hasProperty(TASK):
        shape.setStyle(shape.Style.ListStyleUndefined)
        items.setFormat(shape)
    if shape.style() is shape.Style.ListStyleUndefined and not look.hasProperty(TASK):
        look.setProperty(BULLET, shape.indent())


def _set_top(block: QTextBlock, margin: int) -> None:
    look = block.blockFormat()
    look.setTopMargin(margin)
    QTextCursor(block).setBlockFormat(look)


def behind_code() -> int:
    """Room above what follows code, in pixels: the foot of its ground and a gap."""
    return theme.px(theme.SPACE_12 + theme.SPACE_8)


_LANGUAGE = int(QTextFormat.Property.BlockCodeLanguage)


def _runs(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    """Give start, length and look of the stretches of a block."""
    result = []
    place = block.begin()
    while not place.atEnd():
        run = place.fragment()
        result.append((run.position(), run.length(), run.charFormat()))
        place += 1
    return result


def _size_heading(block: QTextBlock, level: int) -> None:
    """Set a heading in the size of the page's headings; Qt's own are relative, and win as long as they are there."""
    size = {1: theme.TEXT_HEADING + 4, 2: theme.TEXT_HEADING + 1}.get(level, theme.TEXT_BASE)
    for start, length, font in _runs(block):
        font.clearProperty(int(QTextFormat.Property.FontSizeAdjustment))
        font.setProperty(int(QTextFormat.Property.FontPixelSize), theme.px(size))
        font.setFontWeight(QFont.Weight.DemiBold)
        _selected(block, start, length).setCharFormat(font)


def _shade_code(block: QTextBlock) -> None:
    """Set code within text in the font of code, on its ground."""
    for start, length, font in _runs(block):
        if font.fontFixedPitch():
            font.merge(code_font())
            font.setBackground(theme.colour(theme.SUNK))
            _selected(block, start, length).setCharFormat(font)


def _selected(block: QTextBlock, start: int, length: int) -> QTextCursor:
    cursor = QTextCursor(block)
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def _rule(table: QTextTable) -> None:
    """Give a table hairlines, room, and a head that is bold and shaded; a wide one shares the width that there is."""
    look = table.format()
    look.setBorder(1)
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBorderCollapse(True)
    look.setBorderBrush(theme.colour(theme.LINE))
    look.setCellPadding(theme.px(theme.SPACE_8))
    look.setCellSpacing(0)
    look.setTopMargin(theme.px(theme.SPACE_8))
    look.setBottomMargin(theme.px(theme.SPACE_8))
    longest = [_longest(table, column) for column in range(table.columns())]
    if sum(longest) > _WIDE_TABLE:
        claims = [min(length, _LONGEST_SHARE) + 2 for length in longest]
        look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        look.setColumnWidthConstraints(
            [QTextLength(QTextLength.Type.PercentageLength, 100 * claim / sum(claims)) for claim in claims]
        )
    table.setFormat(look)
    head = QTextCharFormat()
    head.setFontWeight(QFont.Weight.DemiBold)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        ground = cell.format()
        ground.setBackground(theme.colour(theme.SUNK))
        cell.setFormat(ground)
        cursor = cell.firstCursorPosition()
        if table.rows() > 1:  # Qt aligns the rows only
            shape = QTextBlockFormat()
            shape.setAlignment(table.cellAt(1, column).firstCursorPosition().blockFormat().alignment())
            cursor.mergeBlockFormat(shape)
        cursor.setPosition(cell.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(head)


def _longest(table: QTextTable, column: int) -> int:
    """How many characters the longest cell of a column has, Chinese ones counted twice."""
    cells = (table.cellAt(row, column).firstCursorPosition().block().text() for row in range(table.rows()))
    return max((len(text.encode("gb18030", "replace")) for text in cells), default=0)


def _place_formulas(document: QTextDocument, found: list[Formula], formulas: Formulas) -> None:
    """Put what draws a formula where its placeholder stands, or its source where it cannot be drawn."""
    block = document.begin()
    while block.isValid():
        # From the end, so that what lies before keeps its place; the text may hold characters of two units.
        for mark in reversed(list(PLACEHOLDER.finditer(block.text()))):
            formula = found[int(mark[1])]
            start = block.position() + len(block.text()[: mark.start()].encode("utf-16-le")) // 2
            cursor = _selected(block, start, mark.end() - mark.start())
            around = cursor.charFormat()
            size = around.font().pixelSize()
            look = formulas.char_format(formula, around, size if size > 0 else theme.px(theme.TEXT_BASE))
            alone = formula.display and mark[0] == block.text()
            if look is None:
                around.merge(code_font())
                cursor.insertText(formula.source.replace("\n", " "), around)
                continue
            cursor.insertText("\ufffc", look)
            if alone:
                shape = block.blockFormat()
                shape.setTopMargin(theme.px(theme.SPACE_12))
                shape.setBottomMargin(theme.px(theme.SPACE_12))
                shape.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                QTextCursor(block).setBlockFormat(shape)
        block = block.next()


def _take_out_joiners(document: QTextDocument) -> None:
    cursor = document.find(JOINER)
    while not cursor.isNull():
        cursor.removeSelectedText()
        cursor = document.find(JOINER, cursor.position())


def _count_from(first: QTextBlock, number: int) -> None:
    """Count the list that begins with `first` from `number` on."""
    items = first.textList()
    if items is not None:
        look = items.format()
        look.setStart(number)
        items.setFormat(look)

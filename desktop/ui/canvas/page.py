"""The page of the canvas: the title and the sections of a draft below one another, all of it editable."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.chat.drafting import Draft
from desktop.ui.canvas.changes_view import ChangesView
from desktop.ui.canvas.commands import PieceKeys
from desktop.ui.canvas.editors import HeadingEdit
from desktop.ui.canvas.markdown_keys import TextEdit
from desktop.ui.canvas.section_pane import SectionPane
from desktop.ui.widgets import theme


class Sheet(QFrame):
    """The paper.

    Signals:
        pressed(QPoint): the user pressed it beside what stands on it; where on the screen.
    """

    pressed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell where it was pressed."""
        super().mousePressEvent(event)
        self.pressed.emit(event.globalPosition().toPoint())


class CanvasPage(QScrollArea):
    """Shows a draft as a sheet of paper that scrolls.

    Attributes:
        title: above the sections.
        panes: the sections, in order.
        column: what scrolls.

    Signals:
        entered(SectionPane), edited(SectionPane), decided(SectionPane, str), suggestion_wanted(SectionPane): what a
            section tells.
        selected(SectionPane): what is selected in it is another text, or none.
        menu_opening(SectionPane, QMenu): its context menu is about to be shown.
        typed(): the text of a section is another one now.
        titled(str): the user gave the draft another title.
    """

    entered = Signal(object)
    edited = Signal(object)
    decided = Signal(object, str)
    suggestion_wanted = Signal(object)
    selected = Signal(object)
    menu_opening = Signal(object, object)
    typed = Signal()
    titled = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.panes: list[SectionPane] = []
        self._keys = PieceKeys({})
        self.title = HeadingEdit(self.tr("Title"), theme.TEXT_TITLE)
        self.title.finished.connect(self._title_edited)
        self._sections = QVBoxLayout()
        self._sections.setSpacing(theme.px(theme.SPACE_24))
        sheet = Sheet()
        sheet.pressed.connect(self._pressed)
        inner = QVBoxLayout(sheet)
        inner.setContentsMargins(*(theme.px(theme.SPACE_36),) * 4)
        inner.setSpacing(theme.px(theme.SPACE_16))
        inner.addWidget(self.title)
        inner.addLayout(self._sections)
        inner.addStretch(1)
        sheet.setMaximumWidth(theme.px(theme.COLUMN_WIDTH))
        self.column = QWidget()
        self.column.setObjectName("column")
        around = QHBoxLayout(self.column)
        around.setContentsMargins(0, 0, 0, 0)
        around.addStretch(1)
        around.addWidget(sheet, 100)
        around.addStretch(1)
        self.setWidgetResizable(True)
        self.setWidget(self.column)
        self.verticalScrollBar().valueChanged.connect(self._dock)
        self.verticalScrollBar().rangeChanged.connect(self._dock)

    def show_draft(self, draft: Draft) -> None:
        """Make the parts of the page fit the outline."""
        self.title.setText(draft.title)
        self.title.setVisible(bool(draft.title))
        if [pane.heading.text() for pane in self.panes] != [each.heading for each in draft.sections]:
            for pane in self.panes:
                self._sections.removeWidget(pane)
                pane.deleteLater()
            self.panes = [SectionPane(each, self._keys, with_heading=draft.headings) for each in draft.sections]
            for pane in self.panes:
                pane.entered.connect(self.entered)
                pane.edited.connect(self.edited)
                pane.decided.connect(self.decided)
                pane.suggestion_wanted.connect(self.suggestion_wanted)
                pane.opened.connect(partial(self.reveal, pane))
                pane.text.textChanged.connect(self.typed)
                pane.text.selectionChanged.connect(partial(self.selected.emit, pane))
                pane.text.menu_opening.connect(partial(self.menu_opening.emit, pane))
                self._sections.addWidget(pane)
        for pane, section in zip(self.panes, draft.sections, strict=True):
            pane.show_section(section)

    def use_keys(self, keys: PieceKeys) -> None:
        """Have changes decided with these keys from now on."""
        self._keys = keys
        for pane in self.panes:
            pane.use_keys(keys)

    def underline(self, sentences: Sequence[str]) -> None:
        """Mark sentences of the draft."""
        for pane in self.panes:
            pane.text.underline(sentences)

    def set_read_only(self, draft: Draft, *, all_of_it: bool) -> None:
        """Let nothing be typed into locked sections, or into `all_of_it`."""
        for pane, section in zip(self.panes, draft.sections, strict=True):
            pane.set_read_only(read_only=all_of_it or section.locked)
        self.title.setReadOnly(all_of_it)

    def typed_into(self, draft: Draft) -> Draft:
        """Give the draft with what is being typed."""
        pairs = zip(self.panes, draft.sections, strict=True)
        texts = [replace(each, text=pane.text.toPlainText()) if not each.locked else each for pane, each in pairs]
        return replace(draft, sections=tuple(texts))

    def flush(self) -> None:
        """Hand over what is being typed."""
        for pane in self.panes:
            pane.text.flush()

    def change_text(self, key: Callable[[str, int, int], TextEdit | None]) -> None:
        """Do what a key of Markdown does in the section that has the focus."""
        for pane in self.panes:
            if pane.text.hasFocus():
                pane.text.change(key)

    def select_only_in(self, chosen: SectionPane) -> None:
        """Let no selection stand in another section: two look as if both were meant."""
        for pane in self.panes:
            cursor = pane.text.textCursor()
            if pane is not chosen and cursor.hasSelection():
                cursor.clearSelection()
                pane.text.setTextCursor(cursor)

    def reveal(self, pane: SectionPane) -> None:
        """Scroll until what stands in a section now is seen: of changes the one that the keys decide about."""
        QTimer.singleShot(0, pane, partial(self._reveal, pane))

    def _reveal(self, pane: SectionPane) -> None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # everything is where it will be
        if pane.changes is not None:
            self._reveal_changes(pane.changes)
        else:
            self._reveal_part(pane.suggestion or pane)

    def _reveal_changes(self, changes: ChangesView) -> None:
        here = changes.here().translated(changes.mapTo(self.column, QPoint(0, 0)))
        bar, room, space = self.verticalScrollBar(), self.viewport().height(), theme.px(theme.SPACE_16)
        if here.top() - space < bar.value() or here.bottom() + space > bar.value() + room:
            whole = changes.mapTo(self.column, QPoint(0, 0)).y(), changes.height()
            fits = whole[1] + 2 * space <= room
            bar.setValue((whole[0] if fits else here.top()) - space)
        self._dock()

    def _reveal_part(self, part: QWidget) -> None:
        """Show all of it, or where it begins."""
        top = part.mapTo(self.column, QPoint(0, 0)).y()
        bar, space = self.verticalScrollBar(), theme.px(theme.SPACE_16)
        if part.height() > self.viewport().height():
            bar.setValue(top - space)
        else:
            self.ensureWidgetVisible(part, 0, space)

    @Slot()
    def _dock(self) -> None:
        """Keep the buttons of open changes within sight."""
        for pane in self.panes:
            if pane.changes is not None:
                pane.changes.dock(pane.changes.mapFrom(self.viewport(), QPoint(0, self.viewport().height())).y())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the buttons of open changes within sight."""
        super().resizeEvent(event)
        self._dock()

    def go_to(self, index: int) -> None:
        """Scroll to a section."""
        self.ensureWidgetVisible(self.panes[index])

    @Slot(object)
    def _pressed(self, at: QPoint) -> None:
        """Put the cursor into the text nearest to where the paper was pressed."""
        texts = [pane.text for pane in self.panes if pane.text.isVisible()]
        if not texts:
            return
        places = {text: text.mapFromGlobal(at) for text in texts}
        nearest = min(texts, key=lambda text: max(-places[text].y(), places[text].y() - text.height(), 0))
        nearest.setFocus()
        nearest.setTextCursor(nearest.cursorForPosition(nearest.viewport().mapFrom(nearest, places[nearest])))

    @Slot()
    def _title_edited(self) -> None:
        self.titled.emit(self.title.text().strip())

"""The sidebar: who this is, a new chat, search, and the conversations of the history."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QItemSelection, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
)

from desktop.ui.sidebar.conversation_library import ConversationLibrary, LibraryPlace
from desktop.ui.sidebar.conversation_list import ConversationList, ConversationListView, ListRow
from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton, IconLabel
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.save_dialog import WHOLE, ask_where

if TYPE_CHECKING:
    from desktop.history import Conversation, Hit


class SearchField(QLineEdit):
    """Where the user types what to find; Escape clears it.

    Signals:
        left(): the user wants back to where they were.
        downwards(): the user wants into the list below.
    """

    left = Signal()
    downwards = Signal()

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the shortcuts of the window."""
        if event.type() is QEvent.Type.ShortcutOverride and cast(QKeyEvent, event).key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape clears, the arrow goes into the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.downwards.emit()
        else:
            super().keyPressEvent(event)


class Sidebar(QFrame):
    """Lists the conversations of a `ConversationLibrary` and does with them what the user wants.

    Attributes:
        list: the conversations, or what a search found.
        search: the search field.

    Signals:
        new_wanted(): the user wants a new chat.
        temporary_wanted(): the user wants a chat that is never saved.
        picked(int, str): the user wants to see this conversation; its title.
        hit_picked(Hit, str): the user wants to see what a search found; the search.
        templates_wanted(), settings_wanted(): the user wants to draft from a template, or to change the settings.
        left(): the user is done here and wants to write.
    """

    new_wanted = Signal()
    temporary_wanted = Signal()
    picked = Signal(int, str)
    hit_picked = Signal(object, str)
    templates_wanted = Signal()
    settings_wanted = Signal()
    left = Signal()

    def __init__(self, library: ConversationLibrary) -> None:
        super().__init__()
        self._library = library
        self._shown: int | None = None
        self.setObjectName("sidebar")
        self.setFixedWidth(theme.px(theme.SIDEBAR_WIDTH))
        self.new = IconButton("plus", self.tr("New chat"), "primary", theme.ON_ACCENT)
        self.new.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.new.clicked.connect(self.new_wanted)
        self.temporary = IconButton("ghost", "", "outlined", theme.SOFT)
        self.temporary.setFixedWidth(theme.px(theme.SPACE_36))  # as high as wide
        self.temporary.setAccessibleName(self.tr("New temporary chat"))
        self.temporary.setToolTip(self.tr("New temporary chat: it is never saved"))
        self.temporary.clicked.connect(self.temporary_wanted)
        self._key = QLabel("", self.new)
        self._key.setObjectName("newKey")
        self.search = SearchField()
        self.search.setObjectName("search")
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search all conversations"))
        self.search.setClearButtonEnabled(False)
        self.search.textChanged.connect(library.search)
        self.search.left.connect(self.left)
        self.search.downwards.connect(self._enter_list)
        self.place = IconButton("chevron-down", "", "quiet", theme.SOFT)
        self.place.clicked.connect(self._choose_place)
        self.empty_bin = IconButton("trash-2", self.tr("Empty the bin"), "quiet", theme.SOFT)
        self.empty_bin.clicked.connect(library.empty_bin)
        self.templates = IconButton("file-text", self.tr("Templates"), "quiet", theme.SOFT)
        self.templates.clicked.connect(self.templates_wanted)
        self.settings = IconButton("settings", self.tr("Settings"), "quiet", theme.SOFT)
        self.settings.clicked.connect(self.settings_wanted)
        self.model = ConversationList(self)
        self.model.renamed.connect(library.rename)
        self.list = ConversationListView(self.model)
        self.list.setAccessibleName(self.tr("Conversations"))
        self.list.selectionModel().selectionChanged.connect(self._pick)
        self.list.clicked.connect(self._pick_again)
        self.list.entered.connect(self._enter_row)
        self.list.menu_wanted.connect(self._open_menu)
        self.nothing = label("", "small")
        self.nothing.setWordWrap(True)
        self.nothing.setContentsMargins(theme.px(theme.SPACE_8), 0, 0, 0)
        library.changed.connect(self.refresh)
        library.found.connect(self._show_found)
        self._lay_out()
        self.refresh()

    def mark(self, number: int | None) -> None:
        """Mark the conversation that is read; none for a new chat."""
        self._shown = number
        self.list.mark(number)

    def show_key(self, key: str) -> None:
        """Show the key that begins a new chat."""
        self._key.setText(key)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Give what can be done here by key, by the ids of the window's commands."""
        return {
            "next": lambda: self.step(1),
            "previous": lambda: self.step(-1),
            "rename": self.rename_shown,
            "pin": self.pin_shown,
            "archive": self.archive_shown,
            "delete": self.delete_shown,
            "folder": self.move_shown,
            "export": self.export_shown,
            "bin": self.show_bin,
        }

    def rename_shown(self) -> None:
        """Edit the title of the conversation that is marked."""
        index = self.list.currentIndex()
        if index.isValid():
            self.list.edit(index)

    def step(self, step: int) -> None:
        """Show the next conversation of the list, or the one before."""
        rows = [at for at, row in enumerate(self.model.rows) if not row.is_heading]
        at = self.list.currentIndex().row()
        ahead = [row for row in rows if row > at] if step > 0 else [row for row in rows if row < at][::-1]
        if ahead:
            self.list.setCurrentIndex(self.model.index(ahead[0], 0))

    def pin_shown(self) -> None:
        """Pin the conversation that is read, or not any more."""
        if (one := self._library.known(self._shown)) is not None:
            self._library.pin(one, pinned=not one.pinned)

    def archive_shown(self) -> None:
        """Archive the conversation that is read."""
        if (one := self._library.known(self._shown)) is not None:
            self._library.archive(one, archived=True)

    def delete_shown(self) -> None:
        """Delete the conversation that is read."""
        if (one := self._library.known(self._shown)) is not None:
            self._library.delete(one)

    def move_shown(self) -> None:
        """Choose the folder of the conversation that is read."""
        if (one := self._library.known(self._shown)) is not None:
            menu = QMenu(self)
            self._add_folders(menu, one)
            menu.popup(self.list.mapToGlobal(self.list.visualRect(self.list.currentIndex()).bottomLeft()))

    def show_bin(self) -> None:
        """List what lies in the bin."""
        self._look_at(LibraryPlace("bin"))

    def menu_for(self, one: "Conversation") -> QMenu:
        """Make the menu of what can be done with a conversation."""
        menu, library = QMenu(self), self._library
        if one.deleted_at is not None:
            menu.addAction(self.tr("Restore")).triggered.connect(lambda: library.restore(one))
            return menu
        menu.addAction(self.tr("Rename")).triggered.connect(self.rename_shown)
        pin = self.tr("Unpin") if one.pinned else self.tr("Pin")
        menu.addAction(pin).triggered.connect(lambda: library.pin(one, pinned=not one.pinned))
        self._add_folders(menu.addMenu(self.tr("Move to a folder")), one)
        menu.addAction(self.tr("Tags…")).triggered.connect(lambda: self._ask_tags(one))
        archive = self.tr("Take out of the archive") if one.archived else self.tr("Archive")
        menu.addAction(archive).triggered.connect(lambda: library.archive(one, archived=not one.archived))
        menu.addAction(self.tr("Export…")).triggered.connect(lambda: self._export(one))
        menu.addSeparator()
        menu.addAction(self.tr("Delete")).triggered.connect(lambda: library.delete(one))
        return menu

    @Slot()
    def refresh(self) -> None:
        """Show what the library lists now."""
        library = self._library
        if library.query:
            return
        self.model.show(library.conversations())
        self.list.rows_changed(self._shown)
        self.place.show_as("chevron-down", self._name(library.place), "quiet", theme.SOFT)
        self.empty_bin.setVisible(library.place.kind == "bin" and bool(self.model.rows))
        self._say_nothing("" if self.model.rows else self._nothing_here(library.place))

    @Slot(str, object)
    def _show_found(self, query: str, hits: "list[Hit]") -> None:
        self.model.show_hits(hits)
        self.list.rows_changed(None)
        self.empty_bin.hide()
        self._say_nothing("" if hits else self.tr("Nothing says “{query}”.").format(query=query))

    def _say_nothing(self, sentence: str) -> None:
        self.nothing.setText(sentence)
        self.nothing.setVisible(bool(sentence))

    @Slot()
    def _enter_list(self) -> None:
        if self.model.rows:
            first = next((at for at, row in enumerate(self.model.rows) if not row.is_heading), 0)
            self.list.setFocus()
            self.list.setCurrentIndex(self.model.index(first, 0))

    @Slot(QItemSelection, QItemSelection)
    def _pick(self, chosen: QItemSelection, _before: QItemSelection) -> None:
        if chosen.indexes():
            row = self.model.rows[chosen.indexes()[0].row()]
            if not row.is_draft:  # it would open a window of its own on the way through the list
                self._tell_picked(row)

    def _pick_again(self) -> None:
        row = self.list.current()
        if row is not None and row.number != self._shown:
            self._tell_picked(row)

    @Slot()
    def _enter_row(self) -> None:
        """Open a draft, or go on in the conversation that is read already."""
        row = self.list.current()
        if row is not None and row.is_draft:
            self._tell_picked(row)
        else:
            self.left.emit()

    def _tell_picked(self, row: ListRow) -> None:
        if row.hit is not None:
            self.hit_picked.emit(row.hit, self._library.query)
        elif row.conversation is not None and row.conversation.deleted_at is None:
            self.picked.emit(row.conversation.id, row.title)

    @Slot(object, object)
    def _open_menu(self, row: ListRow, at: QPoint) -> None:
        if row.conversation is not None:
            self.menu_for(row.conversation).popup(at)

    def _add_folders(self, menu: QMenu, one: "Conversation") -> None:
        for folder in self._library.folders:
            action = menu.addAction(folder)
            action.setCheckable(True)
            action.setChecked(folder == one.folder)
            action.triggered.connect(lambda _checked=False, name=folder: self._library.move(one, name))
        if one.folder:
            menu.addAction(self.tr("No folder")).triggered.connect(lambda: self._library.move(one, ""))
        menu.addSeparator()
        menu.addAction(self.tr("New folder…")).triggered.connect(lambda: self._ask_folder(one))

    def _ask_tags(self, one: "Conversation") -> None:
        now, about = ", ".join(one.tags), self.tr("Tags, separated by commas")
        text, agreed = QInputDialog.getText(self, self.tr("Tags"), about, QLineEdit.EchoMode.Normal, now)
        if agreed:
            self._library.set_tags(one, [tag.strip().lstrip("#") for tag in re.split("[,，、;；]", text)])

    def export_shown(self) -> None:
        """Export the conversation that is read."""
        if (one := self._library.known(self._shown)) is not None:
            self._export(one)

    def _export(self, one: "Conversation") -> None:
        usual = re.sub(r"[^\w\- ]", "", one.title).strip() or "inkstone"
        path = ask_where(self, self.tr("Export the conversation"), usual, WHOLE)
        if path is not None:
            self._library.export(one, path)

    def _ask_folder(self, one: "Conversation") -> None:
        name, agreed = QInputDialog.getText(self, self.tr("New folder"), self.tr("Name of the folder"))
        if agreed and name.strip():
            self._library.move(one, name.strip())

    @Slot()
    def _choose_place(self) -> None:
        self.place_menu().popup(self.place.mapToGlobal(self.place.rect().bottomLeft()))

    def place_menu(self) -> QMenu:
        """Make the menu of the places that can be listed."""
        menu = QMenu(self)
        library = self._library
        folders = [LibraryPlace("folder", name) for name in library.folders]
        tags = [LibraryPlace("tag", name) for name in library.tags]
        places = [LibraryPlace(), *folders, *tags, LibraryPlace("archive"), LibraryPlace("bin")]
        for place in places:
            if place.kind == "archive":
                menu.addSeparator()
            action = QAction(self._name(place), menu, checkable=True, checked=place == self._library.place)
            action.triggered.connect(lambda _checked=False, one=place: self._look_at(one))
            menu.addAction(action)
        return menu

    def _look_at(self, place: LibraryPlace) -> None:
        self.search.clear()
        self._library.look_at(place)

    def _name(self, place: LibraryPlace) -> str:
        names = {"all": self.tr("All conversations"), "archive": self.tr("Archive"), "bin": self.tr("Bin")}
        return names.get(place.kind, f"#{place.name}" if place.kind == "tag" else place.name)

    def _nothing_here(self, place: LibraryPlace) -> str:
        return {
            "all": self.tr("What you write appears here."),
            "folder": self.tr("This folder is empty."),
            "tag": self.tr("Nothing has this tag any more."),
            "archive": self.tr("The archive is empty."),
            "bin": self.tr("The bin is empty. What lies here is deleted after 30 days."),
        }[place.kind]

    def _lay_out(self) -> None:
        brand = QHBoxLayout()
        brand.setSpacing(theme.px(theme.SPACE_8))
        brand.setContentsMargins(theme.px(theme.SPACE_4), 0, 0, 0)
        brand.addWidget(IconLabel("seal", theme.ACCENT, theme.SEAL))
        brand.addWidget(label("Inkstone", "strong"))
        brand.addStretch(1)
        inside = QHBoxLayout(self.new)
        inside.setContentsMargins(0, 0, theme.px(theme.SPACE_12), 0)
        inside.addWidget(self._key, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        where = QHBoxLayout()
        where.addWidget(self.place)
        where.addStretch(1)
        where.addWidget(self.empty_bin)
        foot = QHBoxLayout()
        foot.setSpacing(0)
        foot.addWidget(self.templates)
        foot.addStretch(1)
        foot.addWidget(self.settings)
        layout = QVBoxLayout(self)
        side = theme.px(theme.SPACE_12)
        layout.setContentsMargins(side, theme.px(theme.SPACE_16), side, theme.px(theme.SPACE_8))
        layout.setSpacing(theme.px(theme.SPACE_8))
        layout.addLayout(brand)
        layout.addSpacing(theme.px(theme.SPACE_8))
        begin = QHBoxLayout()
        begin.setSpacing(theme.px(theme.SPACE_8))
        begin.addWidget(self.new, 1)
        begin.addWidget(self.temporary)
        layout.addLayout(begin)
        layout.addWidget(self.search)
        layout.addLayout(where)
        layout.addWidget(self.nothing)
        layout.addWidget(self.list, 1)
        layout.addLayout(foot)

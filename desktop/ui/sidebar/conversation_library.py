"""The conversations of the history as the sidebar lists them: where to look, search, and what is done with one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.errors import InkstoneError
from desktop.ui.history.link import HistoryLink
from desktop.ui.widgets.background import Background
from desktop.ui.widgets.error_messages import localised

if TYPE_CHECKING:
    from desktop.history import Conversation, Hit, Store
    from desktop.history.exchange import Imported
    from desktop.history.exchange.exporting import WriteParts

FIRST_PAGE, PAGE = 60, 1000  # rows: what a window shows at once, then the rest
SEARCH_MS = 120  # after the last key
MOST_FOUND = 60


@dataclass(frozen=True, slots=True)
class LibraryPlace:
    """Where the sidebar looks: everything, what has a tag, a folder, the archive or the bin.

    Attributes:
        name: of the folder or the tag.
    """

    kind: Literal["all", "tag", "folder", "archive", "bin"] = "all"
    name: str = ""

    def holds(self, conversation: "Conversation") -> bool:
        """Tell whether a conversation is listed here."""
        if conversation.deleted_at is not None:
            return self.kind == "bin"
        if conversation.archived:
            return self.kind == "archive"
        if self.kind == "tag":
            return self.name in conversation.tags
        return self.kind == "all" or (self.kind == "folder" and conversation.folder == self.name)


class ConversationLibrary(QObject):
    """Lists, searches and changes conversations; each change is told once it is on the disk.

    Attributes:
        place: where it looks.
        folders, tags: all that are in use.
        query: what is searched; "" lists the place.

    Signals:
        changed(): other conversations are listed, or the same ones differently.
        found(str, list[Hit]): what a search gave.
        renamed(int, str): the title that a conversation has now.
        removed(Conversation): it went to the bin, or out of it for good where it was there already.
        archived(Conversation): it went to the archive.
        said(str): what became of an import or an export, a sentence.
    """

    changed = Signal()
    found = Signal(str, object)
    renamed = Signal(int, str)
    removed = Signal(object)
    archived = Signal(object)
    said = Signal(str)

    def __init__(self, link: HistoryLink, write: "WriteParts") -> None:
        """List what a history holds.

        Args:
            link: to the history.
            write: writes texts as a document of the kind that the file's name asks for.
        """
        super().__init__()
        self._link, self._write, self._background = link, write, Background(self)
        self.place, self.query = LibraryPlace(), ""
        self.folders, self.tags = list[str](), list[str]()
        self._listed: dict[int, Conversation] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_MS)
        self._timer.timeout.connect(self._search)

    def conversations(self) -> "list[Conversation]":
        """Give what is listed: pinned first, then the last changed."""
        if self.place.kind == "bin":
            return sorted(self._listed.values(), key=lambda one: (-(one.deleted_at or 0), -one.id))
        return sorted(self._listed.values(), key=lambda one: (not one.pinned, -one.updated, -one.id))

    @Slot()
    def load(self) -> None:
        """Read the place anew."""
        self.look_at(self.place)

    def look_at(self, place: LibraryPlace) -> None:
        """List another place."""
        self.place = place
        self._listed.clear()
        self._read_page(place, 0)
        self._link.read(lambda store: (store.conversations.folders(), store.conversations.all_tags()), self._take_names)

    @Slot(str)
    def search(self, query: str) -> None:
        """Search everything, a moment after the last key; an empty query lists the place again."""
        self.query = query.strip()
        if self.query:
            self._timer.start()
        else:
            self._timer.stop()
            self.changed.emit()

    @Slot(object)
    def take(self, conversation: "Conversation") -> None:
        """Know a conversation that is new or was changed."""
        if self.place.holds(conversation):
            self._listed[conversation.id] = conversation
        else:
            self._listed.pop(conversation.id, None)
        if conversation.folder and conversation.folder not in self.folders:
            self.folders = sorted([*self.folders, conversation.folder])
        self.tags = sorted({*self.tags, *conversation.tags})
        self.changed.emit()

    # What is done with a conversation.

    def rename(self, number: int, title: str) -> None:
        """Give it the user's title; "" goes back to the automatic one."""

        def change(store: "Store") -> "Conversation":
            store.conversations.rename(number, title.strip())
            if not title.strip():
                store.conversations.suggest_title(number, _first_words(store, number))
            return store.conversations.get(number)

        self._link.write(change, self._renamed)

    def pin(self, conversation: "Conversation", *, pinned: bool) -> None:
        """Keep it at the top, or not any more."""
        self._change(conversation, lambda store: store.conversations.pin(conversation.id, pinned=pinned))

    def move(self, conversation: "Conversation", folder: str) -> None:
        """Put it into a folder; "" takes it out."""
        self._change(conversation, lambda store: store.conversations.move(conversation.id, folder))

    def set_tags(self, conversation: "Conversation", tags: Sequence[str]) -> None:
        """Give it exactly these tags."""
        self._change(conversation, lambda store: store.conversations.set_tags(conversation.id, tags))

    def archive(self, conversation: "Conversation", *, archived: bool) -> None:
        """Take it out of the list without deleting it, or back."""
        self._change(conversation, lambda store: store.conversations.archive(conversation.id, archived=archived))
        if archived:
            self.archived.emit(conversation)

    def delete(self, conversation: "Conversation") -> None:
        """Move it to the bin."""
        self._change(conversation, lambda store: store.conversations.delete(conversation.id))
        self.removed.emit(conversation)

    def restore(self, conversation: "Conversation") -> None:
        """Take it out of the bin."""
        self._change(conversation, lambda store: store.conversations.restore(conversation.id))

    def empty_bin(self) -> None:
        """Delete for good what lies in the bin."""
        self._link.write(lambda store: store.empty_bin(), lambda _count: self.load())

    def bring_in(self, path: Path) -> None:
        """Import conversations: ChatGPT's export, Markdown, or JSON of our own."""

        def work(store: "Store") -> "Imported":
            from desktop.history.exchange import read_file, save

            return save(store, read_file(path))

        self._link.aside(work, self._brought_in, self._tell)

    def export(self, conversation: "Conversation", path: Path) -> None:
        """Write a conversation as the kind of file that its name asks for."""

        def work(store: "Store") -> Path:
            from desktop.history.exchange.exporting import export_one, format_of

            return export_one(store, conversation.id, path, format_of(path), replace=True, write=self._write)

        self._link.aside(work, self._exported, self._tell)

    def export_text(self, text: str, path: Path) -> None:
        """Write a message as the kind of file that its name asks for."""

        def work() -> Path:
            self._write([text], path, "")
            return path

        self._background.run(work, self._exported, self._tell)

    def export_all(self, path: Path) -> None:
        """Write everything into one JSON file."""

        def work(store: "Store") -> Path:
            from desktop.history.exchange.exporting import export_all

            return export_all(store, None, path, "json", replace=True)[0]

        self._link.aside(work, self._exported, self._tell)

    def known(self, number: int | None) -> "Conversation | None":
        """Give a conversation that is listed."""
        return self._listed.get(number or 0)

    def _change(self, conversation: "Conversation", change: "Callable[[Store], None]") -> None:
        def do(store: "Store") -> "Conversation":
            change(store)
            return store.conversations.get(conversation.id)

        self._link.write(do, self.take)

    def _brought_in(self, done: "Imported") -> None:
        self.load()
        said = self.tr("{n} conversations were imported, {known} were there already.")
        said = said.format(n=done.conversations, known=done.known)
        if done.unread:
            said += " " + self.tr("{unread} could not be read.").format(unread=len(done.unread))
        self.said.emit(said)

    def _exported(self, path: Path) -> None:
        self.said.emit(self.tr("Exported to {file}.").format(file=path))

    def _tell(self, error: InkstoneError) -> None:
        self.said.emit(localised(error))

    def _renamed(self, conversation: "Conversation") -> None:
        self.take(conversation)
        self.renamed.emit(conversation.id, conversation.title)

    def _read_page(self, place: LibraryPlace, offset: int) -> None:
        size = PAGE if offset else FIRST_PAGE

        def read(store: "Store") -> "list[Conversation]":
            if place.kind == "bin":
                return store.conversations.bin()
            folder = place.name if place.kind == "folder" else None
            tag = place.name if place.kind == "tag" else None
            archived = place.kind == "archive"
            return store.conversations.page(folder=folder, tag=tag, archived=archived, limit=size, offset=offset)

        def take(page: "list[Conversation]") -> None:
            if place != self.place:
                return
            self._listed.update((one.id, one) for one in page)
            self.changed.emit()
            if len(page) == size and place.kind != "bin":
                self._read_page(place, offset + size)

        self._link.read(read, take)

    def _take_names(self, found: tuple[list[str], list[str]]) -> None:
        self.folders, self.tags = found

    @Slot()
    def _search(self) -> None:
        query = self.query

        def take(hits: "list[Hit]") -> None:
            if query == self.query:
                self.found.emit(query, _one_for_each_text(hits))

        self._link.read(lambda store: _with_titles(store, store.search(query, limit=MOST_FOUND)), take)


def _first_words(store: "Store", number: int) -> str:
    from desktop.history.conversations import automatic_title

    return next((automatic_title(one.text) for one in store.messages.branch(number) if one.role == "user"), "")


def _with_titles(store: "Store", hits: "list[Hit]") -> "list[Hit]":
    """Give drafts of their own, which belong to no conversation, the titles that they have."""
    return [replace(hit, title=store.drafts.get(hit.owner).title) if hit.place == "draft" else hit for hit in hits]


def _one_for_each_text(hits: "list[Hit]") -> "list[Hit]":
    """Leave out a title that was found where a message of the same conversation says the same."""
    said = {hit.conversation for hit in hits if hit.place == "message"}
    return [hit for hit in hits if hit.place != "title" or hit.conversation not in said]

"""Conversations: what the sidebar lists, and the bin."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from desktop.attached import split
from desktop.errors import NotFound
from desktop.history.database import Database
from desktop.history.records import Conversation
from desktop.history.search import Search

BIN_DAYS = 30
TITLE_LENGTH = 60

_COLUMNS = "id, uid, title, title_is_automatic, folder, pinned, archived, created, updated, deleted_at"


def automatic_title(text: str) -> str:
    """Make a title from the first message: its first line with words, cut at a word; else what goes with it."""
    typed, attached = split(text)
    lines = typed.splitlines() if typed.strip() else [one.name for one in attached]
    line = next((" ".join(line.split()) for line in lines if line.strip()), "").lstrip("#>-* ")
    if len(line) <= TITLE_LENGTH:
        return line
    cut = line[:TITLE_LENGTH]
    return (cut.rsplit(" ", 1)[0] if " " in cut[TITLE_LENGTH // 2 :] else cut).rstrip(" ,;:，；：") + "…"


class Conversations:
    """The conversations of a `Store`; every change is on the disk when the call returns."""

    def __init__(self, database: Database, search: Search, now: Callable[[], int]) -> None:
        self._database, self._search, self._now = database, search, now

    def create(self, title: str = "", folder: str = "") -> Conversation:
        """Begin a conversation; without a title it gets one from its first message."""
        now = self._now()
        with self._database.transaction():
            number = self._database.insert(
                "INSERT INTO conversations (uid, title, title_is_automatic, folder, created, updated) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (uuid.uuid4().hex, title, not title, folder, now, now),
            )
            self._search.index("title", number, number, title, now)
        return self.get(number)

    def get(self, number: int) -> Conversation:
        """Give one conversation, also from the bin.

        Raises:
            NotFound: there is none of that number.
        """
        found = self._database.rows(f"SELECT {_COLUMNS} FROM conversations WHERE id = ?", (number,))  # noqa: S608
        if not found:
            raise NotFound("conversation", number)
        return self._with_tags(found)[0]

    def page(
        self,
        *,
        folder: str | None = None,
        tag: str | None = None,
        archived: bool = False,
        limit: int = 100,
        offset: int = 0,
    ) -> list[Conversation]:
        """Give a page of the sidebar: pinned first, then the last changed; not the bin."""
        where, values = ["deleted_at IS NULL", "archived = ?"], list[str | int]([int(archived)])
        if folder is not None:
            where.append("folder = ?")
            values.append(folder)
        if tag is not None:
            where.append("id IN (SELECT conversation FROM tags WHERE tag = ?)")
            values.append(tag)
        sql = (
            f"SELECT {_COLUMNS} FROM conversations WHERE {' AND '.join(where)} "  # noqa: S608
            "ORDER BY pinned DESC, updated DESC, id DESC LIMIT ? OFFSET ?"
        )
        return self._with_tags(self._database.rows(sql, (*values, limit, offset)))

    def count(self, *, archived: bool = False) -> int:
        """How many are listed, or archived; the bin does not count."""
        sql = "SELECT count(*) FROM conversations WHERE deleted_at IS NULL AND archived = ?"
        row = self._database.one(sql, (int(archived),))
        return int(row[0]) if row else 0

    def folders(self) -> list[str]:
        """Give the names of all folders in use, sorted."""
        sql = "SELECT DISTINCT folder FROM conversations WHERE folder <> '' AND deleted_at IS NULL ORDER BY folder"
        return [str(name) for (name,) in self._database.rows(sql)]

    def all_tags(self) -> list[str]:
        """All tags in use, sorted."""
        sql = (
            "SELECT DISTINCT tag FROM tags JOIN conversations c ON c.id = tags.conversation "
            "WHERE c.deleted_at IS NULL ORDER BY tag"
        )
        return [str(tag) for (tag,) in self._database.rows(sql)]

    def rename(self, number: int, title: str) -> None:
        """Give a conversation the user's title; "" goes back to automatic ones."""
        title = " ".join(title.split())
        with self._database.transaction():
            self._set(number, "title = ?, title_is_automatic = ?", (title, not title))
            self._search.index("title", number, number, title, self._now())

    def suggest_title(self, number: int, title: str) -> None:
        """Give a conversation an automatic title, unless the user named it."""
        with self._database.transaction():
            if self.get(number).title_is_automatic:
                self._set(number, "title = ?", (title,))
                self._search.index("title", number, number, title, self._now())

    def pin(self, number: int, *, pinned: bool = True) -> None:
        """Keep a conversation at the top, or not any more."""
        self._set(number, "pinned = ?", (pinned,))

    def archive(self, number: int, *, archived: bool = True) -> None:
        """Take a conversation out of the list without deleting it, or back."""
        self._set(number, "archived = ?", (archived,))

    def move(self, number: int, folder: str) -> None:
        """Put a conversation into a folder; "" takes it out."""
        self._set(number, "folder = ?", (folder.strip(),))

    def set_tags(self, number: int, tags: Sequence[str]) -> None:
        """Give a conversation exactly these tags."""
        with self._database.transaction():
            self.get(number)
            self._database.rows("DELETE FROM tags WHERE conversation = ?", (number,))
            wanted = sorted({tag.strip() for tag in tags} - {""})
            self._database.each("INSERT INTO tags VALUES (?, ?)", [(number, tag) for tag in wanted])

    def delete(self, number: int) -> None:
        """Move a conversation to the bin, where it stays for 30 days; `restore` undoes it."""
        self._set(number, "deleted_at = ?", (self._now(),))

    def restore(self, number: int) -> None:
        """Take a conversation out of the bin."""
        self._set(number, "deleted_at = ?", (None,))

    def bin(self) -> list[Conversation]:
        """Give what lies in the bin, last deleted first."""
        sql = f"SELECT {_COLUMNS} FROM conversations WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC"  # noqa: S608
        return self._with_tags(self._database.rows(sql))

    def purge(self, deleted_before: int) -> int:
        """Delete for good what went to the bin until then; gives how many conversations. Their drafts are kept."""
        with self._database.transaction():
            gone = self._database.rows("SELECT id FROM conversations WHERE deleted_at <= ?", (deleted_before,))
            for (number,) in gone:
                self._search.forget_conversation(number)
                self._database.rows("DELETE FROM composer WHERE conversation = ?", (number,))
                self._database.rows("DELETE FROM conversations WHERE id = ?", (number,))
        return len(gone)

    def _set(self, number: int, change: str, values: Sequence[str | int | None]) -> None:
        sql = f"UPDATE conversations SET {change} WHERE id = ? RETURNING id"  # noqa: S608
        if not self._database.rows(sql, (*values, number)):
            raise NotFound("conversation", number)

    def _with_tags(self, rows: Sequence[tuple[Any, ...]]) -> list[Conversation]:
        tags: dict[int, list[str]] = {}
        for at in range(0, len(rows), 500):
            numbers = [row[0] for row in rows[at : at + 500]]
            marks = ", ".join("?" * len(numbers))
            sql = f"SELECT conversation, tag FROM tags WHERE conversation IN ({marks}) ORDER BY tag"  # noqa: S608
            for number, tag in self._database.rows(sql, numbers):
                tags.setdefault(number, []).append(tag)
        return [
            Conversation(
                id=row[0],
                uid=row[1],
                title=row[2],
                title_is_automatic=bool(row[3]),
                folder=row[4],
                pinned=bool(row[5]),
                archived=bool(row[6]),
                created=row[7],
                updated=row[8],
                deleted_at=row[9],
                tags=tuple(tags.get(row[0], ())),
            )
            for row in rows
        ]

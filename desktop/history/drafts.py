"""Drafts of the document canvas with their versions, text in composers, and small facts such as the window's place."""

import uuid
from collections.abc import Callable

from desktop.errors import NotFound
from desktop.history.database import Database
from desktop.history.records import DraftRecord, DraftVersion
from desktop.history.search import Search

_COLUMNS = "id, uid, conversation, title, template, brief, sections, text, created, updated"
_VERSION = "id, draft, number, label, brief, sections, text, created"


class Drafts:
    """The drafts of a `Store`; every change is on the disk when the call returns."""

    def __init__(self, database: Database, search: Search, now: Callable[[], int]) -> None:
        self._database, self._search, self._now = database, search, now

    def create(
        self,
        title: str = "",
        template: str = "",
        *,
        brief: str = "{}",
        sections: str = "[]",
        text: str = "",
        conversation: int | None = None,
    ) -> DraftRecord:
        """Begin a draft."""
        now = self._now()
        with self._database.transaction():
            number = self._database.insert(
                "INSERT INTO drafts (uid, conversation, title, template, brief, sections, text, created, updated) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (uuid.uuid4().hex, conversation, title, template, brief, sections, text, now, now),
            )
            self._search.index("draft", number, conversation, f"{title}\n{text}", now)
        return self.get(number)

    def save(
        self,
        number: int,
        *,
        title: str | None = None,
        brief: str | None = None,
        sections: str | None = None,
        text: str | None = None,
    ) -> None:
        """Put what is given in the place of what was there; versions stay as they are."""
        old = self.get(number)
        new = {"title": title, "brief": brief, "sections": sections, "text": text}
        values = [getattr(old, name) if value is None else value for name, value in new.items()]
        with self._database.transaction():
            sql = "UPDATE drafts SET title = ?, brief = ?, sections = ?, text = ?, updated = ? WHERE id = ?"
            self._database.rows(sql, (*values, self._now(), number))
            if not self._is_deleted(number):
                self._search.index("draft", number, old.conversation, f"{values[0]}\n{values[3]}", self._now())

    def get(self, number: int) -> DraftRecord:
        """Give one draft.

        Raises:
            NotFound: there is none of that number.
        """
        row = self._database.one(f"SELECT {_COLUMNS} FROM drafts WHERE id = ?", (number,))  # noqa: S608
        if row is None:
            raise NotFound("draft", number)
        return DraftRecord(*row)

    def page(self, *, limit: int = 100, offset: int = 0) -> list[DraftRecord]:
        """Give a page of drafts, last changed first."""
        sql = (
            f"SELECT {_COLUMNS} FROM drafts WHERE deleted_at IS NULL "  # noqa: S608
            "ORDER BY updated DESC, id DESC LIMIT ? OFFSET ?"
        )
        return [DraftRecord(*row) for row in self._database.rows(sql, (limit, offset))]

    def delete(self, number: int) -> None:
        """Take a draft out of the list; `restore` undoes it."""
        with self._database.transaction():
            self.get(number)
            self._database.rows("UPDATE drafts SET deleted_at = ? WHERE id = ?", (self._now(), number))
            self._search.forget("draft", number)

    def restore(self, number: int) -> None:
        """Put a deleted draft back."""
        with self._database.transaction():
            draft = self.get(number)
            self._database.rows("UPDATE drafts SET deleted_at = NULL WHERE id = ?", (number,))
            self._search.index("draft", number, draft.conversation, f"{draft.title}\n{draft.text}", self._now())

    def bin(self) -> list[DraftRecord]:
        """Give the deleted drafts, last deleted first."""
        sql = f"SELECT {_COLUMNS} FROM drafts WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC"  # noqa: S608
        return [DraftRecord(*row) for row in self._database.rows(sql)]

    def purge(self, deleted_before: int) -> int:
        """Delete for good, with their versions, what was deleted until then; gives how many."""
        return len(self._database.rows("DELETE FROM drafts WHERE deleted_at <= ? RETURNING id", (deleted_before,)))

    def keep_version(self, number: int, label: str = "") -> DraftVersion:
        """Keep the draft as it is now under the next number."""
        with self._database.transaction():
            draft = self.get(number)
            self._database.rows(
                "INSERT INTO draft_versions (draft, number, label, brief, sections, text, created) "
                "SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, ? FROM draft_versions WHERE draft = ?",
                (number, label, draft.brief, draft.sections, draft.text, self._now(), number),
            )
        return self.versions(number)[-1]

    def versions(self, number: int) -> list[DraftVersion]:
        """Give the versions of a draft, oldest first."""
        sql = f"SELECT {_VERSION} FROM draft_versions WHERE draft = ? ORDER BY number"  # noqa: S608
        return [DraftVersion(*row) for row in self._database.rows(sql, (number,))]

    def go_back(self, number: int, version: int) -> DraftRecord:
        """Put version `version` in the draft's place; what was there is kept as a version first."""
        with self._database.transaction():
            old = next((kept for kept in self.versions(number) if kept.number == version), None)
            if old is None:
                raise NotFound("version", version)
            self.keep_version(number)
            self.save(number, brief=old.brief, sections=old.sections, text=old.text)
        return self.get(number)

    def _is_deleted(self, number: int) -> bool:
        return bool(self._database.one("SELECT 1 FROM drafts WHERE id = ? AND deleted_at IS NOT NULL", (number,)))


class UnsentText:
    """What is typed and not sent, for each conversation; None is the chat that has not begun."""

    def __init__(self, database: Database, now: Callable[[], int]) -> None:
        self._database, self._now = database, now

    def save(self, conversation: int | None, text: str) -> None:
        """Keep `text` in the place of what was there; "" forgets it."""
        if text:
            sql = "INSERT OR REPLACE INTO composer (conversation, text, updated) VALUES (?, ?, ?)"
            self._database.rows(sql, (conversation or 0, text, self._now()))
        else:
            self._database.rows("DELETE FROM composer WHERE conversation = ?", (conversation or 0,))

    def text(self, conversation: int | None) -> str:
        """Give what was kept, "" if nothing."""
        row = self._database.one("SELECT text FROM composer WHERE conversation = ?", (conversation or 0,))
        return str(row[0]) if row else ""


class State:
    """Small facts by name, such as where the window stood."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def set(self, key: str, value: str) -> None:
        """Keep a fact."""
        self._database.rows("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))

    def get(self, key: str, default: str = "") -> str:
        """Give a fact."""
        row = self._database.one("SELECT value FROM state WHERE key = ?", (key,))
        return str(row[0]) if row else default

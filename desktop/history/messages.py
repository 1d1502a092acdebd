"""Messages: a tree for each conversation, and answers that are saved while they are written."""

import dataclasses
import json
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from desktop.errors import NotFound
from desktop.history.conversations import automatic_title
from desktop.history.database import Database
from desktop.history.records import Role, StoredMessage, StoredStatus, StoredUsage
from desktop.history.search import Search, is_deleted

_COLUMNS = "id, uid, conversation, parent, role, text, status, usage, extra, created"
_OPEN = ("pending", "streaming")


class Messages:
    """The messages of a `Store`; every change is on the disk when the call returns."""

    def __init__(self, database: Database, search: Search, now: Callable[[], int]) -> None:
        self._database, self._search, self._now = database, search, now

    def add(
        self,
        conversation: int,
        role: Role,
        text: str = "",
        *,
        parent: int | None = None,
        status: StoredStatus = "done",
        extra: str = "",
    ) -> StoredMessage:
        """Hang a message under `parent` (None: as a first message) and make its branch the one that is read.

        A second message under one parent is its sibling: so regenerating an answer is another `add` with the same
        parent, and editing a question is an `add` with the question's own parent.

        Raises:
            NotFound: no such conversation, or the parent is not one of its messages.
        """
        now = self._now()
        with self._database.transaction():
            if not self._database.one("SELECT 1 FROM conversations WHERE id = ?", (conversation,)):
                raise NotFound("conversation", conversation)
            if parent is not None and self._node(parent)[2] != conversation:
                raise NotFound("message", parent)
            number = self._database.insert(
                "INSERT INTO messages (uid, conversation, parent, role, text, status, extra, created) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (uuid.uuid4().hex, conversation, parent, role, text, status, extra, now),
            )
            self.point(conversation, parent, number)
            self._database.rows("UPDATE conversations SET updated = ? WHERE id = ?", (now, conversation))
            if status not in _OPEN:
                self._index(number, conversation, text)
            if role == "user":
                self._title(conversation, text, now)
        return self.get(number)

    def append(self, number: int, text: str) -> None:
        """Save more of an answer: on the disk when this returns, at a cost that does not grow with the answer.

        Call it for batches, every 200–300 ms, not for each token: each call waits for the disk (`Writer.append` does
        both). An answer that was finished is open again from then on, as when a cut one is continued.

        Raises:
            NotFound: there is no such message.
        """
        if not text:
            return
        with self._database.transaction():
            row = self._database.one("SELECT status FROM messages WHERE id = ?", (number,))
            if row is None:
                raise NotFound("message", number)
            if row[0] != "streaming":
                self._database.rows("UPDATE messages SET status = 'streaming' WHERE id = ?", (number,))
                self._search.forget("message", number)
            self._database.rows("INSERT INTO pieces (message, text) VALUES (?, ?)", (number, text))

    def finish(self, number: int, status: StoredStatus, usage: StoredUsage | None = None) -> StoredMessage:
        """End an answer: its pieces become one text, which can be searched from now on."""
        with self._database.transaction():
            conversation = self._node(number)[2]
            text = self._joined(number)
            statistics = json.dumps(dataclasses.asdict(usage)) if usage else ""
            now = self._now()
            sql = "UPDATE messages SET text = ?, status = ?, usage = ? WHERE id = ?"
            self._database.rows(sql, (text, status, statistics, number))
            self._database.rows("DELETE FROM pieces WHERE message = ?", (number,))
            self._database.rows("UPDATE conversations SET updated = ? WHERE id = ?", (now, conversation))
            self._index(number, conversation, text)
        return self.get(number)

    def set_text(self, number: int, text: str) -> None:
        """Put another text in a message's place, as when the user corrects an answer by hand."""
        with self._database.transaction():
            conversation = self._node(number)[2]
            self._database.rows("DELETE FROM pieces WHERE message = ?", (number,))
            self._database.rows("UPDATE messages SET text = ? WHERE id = ?", (text, number))
            self._index(number, conversation, text)

    def set_extra(self, number: int, extra: str) -> None:
        """Keep something else beside a message; see `StoredMessage.extra`."""
        with self._database.transaction():
            self._node(number)
            self._database.rows("UPDATE messages SET extra = ? WHERE id = ?", (extra, number))

    def get(self, number: int) -> StoredMessage:
        """Give one message with its siblings.

        Raises:
            NotFound: there is none of that number.
        """
        row = self._node(number)
        message = _message(row, self._siblings(row[2], row[3]))
        return dataclasses.replace(message, text=self._joined(number)) if message.status in _OPEN else message

    def branch(self, conversation: int) -> list[StoredMessage]:
        """Give the messages that are read now, first to last: at each fork the child that was chosen last."""
        rows = self._database.rows(
            f"SELECT {_COLUMNS}, active_child FROM messages WHERE conversation = ? AND deleted_at IS NULL",  # noqa: S608
            (conversation,),
        )
        rows.sort(key=lambda row: row[0])  # much quicker here than in SQL, which would copy the texts
        children: dict[int | None, list[int]] = {}
        by_number = {}
        for row in rows:
            children.setdefault(row[3], []).append(row[0])
            by_number[row[0]] = row
        found = self._database.one("SELECT active_root FROM conversations WHERE id = ?", (conversation,))
        active, parent, branch = (found[0] if found else None), None, list[StoredMessage]()
        while below := children.get(parent):
            chosen = by_number[active if active in below else below[-1]]
            message = _message(chosen, tuple(below))
            if message.status in _OPEN:
                message = dataclasses.replace(message, text=self._joined(message.id))
            branch.append(message)
            parent, active = chosen[0], chosen[-1]
        return branch

    def tree(self, conversation: int) -> list[StoredMessage]:
        """Give every message that can be reached, parents before children, with siblings."""
        rows = self._database.rows(
            f"SELECT {_COLUMNS} FROM messages WHERE conversation = ? AND deleted_at IS NULL ORDER BY id",  # noqa: S608
            (conversation,),
        )
        children: dict[int | None, list[tuple[Any, ...]]] = {}
        for row in rows:
            children.setdefault(row[3], []).append(row)
        found, level = list[StoredMessage](), children.get(None, [])
        while level:
            found += [_message(row, tuple(other[0] for other in children[row[3]])) for row in level]
            level = [child for row in level for child in children.get(row[0], ())]
        return [dataclasses.replace(m, text=self._joined(m.id)) if m.status in _OPEN else m for m in found]

    def choose(self, number: int) -> None:
        """Read the branch through this message, as an arrow between siblings or a search hit does."""
        with self._database.transaction():
            at: int | None = number
            while at is not None:
                row = self._node(at)
                self.point(row[2], row[3], at)
                at = row[3]

    def delete(self, number: int) -> None:
        """Take a message and what hangs under it out of the conversation; `restore` undoes it for 30 days."""
        with self._database.transaction():
            self._node(number)
            sql = "UPDATE messages SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL"
            self._database.rows(sql, (self._now(), number))
            for below, _ in self._below(number):
                self._search.forget("message", below)

    def restore(self, number: int) -> None:
        """Put a deleted message and what hangs under it back; deleted ones above it stay deleted."""
        with self._database.transaction():
            conversation = self._node(number)[2]
            self._database.rows("UPDATE messages SET deleted_at = NULL WHERE id = ?", (number,))
            if not is_deleted(self._database, number):
                for below, text in self._below(number):
                    self._search.index("message", below, conversation, text, self._now())

    def purge(self, deleted_before: int) -> int:
        """Delete for good what was deleted until then, with what hangs under it; gives how many were deleted."""
        with self._database.transaction():
            gone = self._database.rows("SELECT id FROM messages WHERE deleted_at <= ?", (deleted_before,))
            self._database.each("DELETE FROM messages WHERE id = ?", gone)
        return len(gone)

    def fork(self, number: int) -> int:
        """Copy the branch that ends with this message into a conversation of its own; gives that one's number."""
        path = []
        at: int | None = number
        while at is not None:
            row = self._node(at)
            path.append(row)
            at = row[3]
        now = self._now()
        with self._database.transaction():
            old = self._database.one("SELECT title, folder FROM conversations WHERE id = ?", (path[0][2],))
            title, folder = old or ("", "")
            conversation = self._database.insert(
                "INSERT INTO conversations (uid, title, title_is_automatic, folder, created, updated) "
                "VALUES (?, ?, 0, ?, ?, ?)",
                (uuid.uuid4().hex, title, folder, now, now),
            )
            self._search.index("title", conversation, conversation, title, now)
            parent = None
            for row in reversed(path):
                text, status = self._joined(row[0]), "interrupted" if row[6] in _OPEN else row[6]
                copy = self._database.insert(
                    "INSERT INTO messages (uid, conversation, parent, role, text, status, usage, extra, created) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (uuid.uuid4().hex, conversation, parent, row[4], text, status, *row[7:]),
                )
                self.point(conversation, parent, copy)
                self._search.index("message", copy, conversation, text, row[9])
                parent = copy
        return conversation

    def interrupt_open(self) -> int:
        """Give answers that a crash left unfinished the status “interrupted”, with all that was saved of them."""
        with self._database.transaction():
            left = self._database.rows("SELECT id FROM messages WHERE status IN ('pending', 'streaming')")
            for (number,) in left:
                self.finish(number, "interrupted")
        return len(left)

    def _node(self, number: int) -> tuple[Any, ...]:
        row = self._database.one(f"SELECT {_COLUMNS} FROM messages WHERE id = ?", (number,))  # noqa: S608
        if row is None:
            raise NotFound("message", number)
        return row

    def _siblings(self, conversation: int, parent: int | None) -> tuple[int, ...]:
        sql = "SELECT id FROM messages WHERE conversation = ? AND parent IS ? AND deleted_at IS NULL ORDER BY id"
        return tuple(number for (number,) in self._database.rows(sql, (conversation, parent)))

    def chosen(self, conversation: int) -> set[int]:
        """Give, for every fork of a conversation, the message that is read there."""
        rows = self._database.rows(
            "SELECT active_root FROM conversations WHERE id = ? UNION SELECT active_child FROM messages "
            "WHERE conversation = ? AND active_child IS NOT NULL",
            (conversation, conversation),
        )
        return {number for (number,) in rows if number is not None}

    def point(self, conversation: int, parent: int | None, child: int) -> None:
        """Make `child` the one that is read under `parent`."""
        if parent is None:
            self._database.rows("UPDATE conversations SET active_root = ? WHERE id = ?", (child, conversation))
        else:
            self._database.rows("UPDATE messages SET active_child = ? WHERE id = ?", (child, parent))

    def _joined(self, number: int) -> str:
        pieces = self._database.rows("SELECT text FROM pieces WHERE message = ? ORDER BY id", (number,))
        return str(self._node(number)[5]) + "".join(text for (text,) in pieces)

    def _index(self, number: int, conversation: int, text: str) -> None:
        if not is_deleted(self._database, number):
            self._search.index("message", number, conversation, text, self._now())

    def _below(self, number: int) -> Sequence[tuple[int, str]]:
        """Give this message and those under it that are not deleted by themselves."""
        rows = self._database.rows(
            "WITH RECURSIVE below (id, text) AS (SELECT id, text FROM messages WHERE id = ? UNION ALL SELECT m.id, "
            "m.text FROM messages m JOIN below ON m.parent = below.id WHERE m.deleted_at IS NULL) SELECT * FROM below",
            (number,),
        )
        return [(row[0], row[1]) for row in rows]

    def _title(self, conversation: int, text: str, now: int) -> None:
        row = self._database.one("SELECT title, title_is_automatic FROM conversations WHERE id = ?", (conversation,))
        if row and row[1] and not row[0] and (title := automatic_title(text)):
            self._database.rows("UPDATE conversations SET title = ? WHERE id = ?", (title, conversation))
            self._search.index("title", conversation, conversation, title, now)


def _message(row: tuple[Any, ...], siblings: tuple[int, ...]) -> StoredMessage:
    number, uid, conversation, parent, role, text, status, usage, extra, created = row[:10]
    return StoredMessage(
        number, uid, conversation, parent, role, text, status, usage_of(usage), extra, created, siblings
    )


def usage_of(text: str) -> StoredUsage | None:
    """Read the statistics of an answer; what this version does not know is left out."""
    if not text:
        return None
    known = {field.name for field in dataclasses.fields(StoredUsage)}
    return StoredUsage(**{name: value for name, value in json.loads(text).items() if name in known})

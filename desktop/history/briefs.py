"""The briefs that the user keeps for the next time: texts by name, which their writer understands."""

from collections.abc import Callable

from desktop.history.database import Database


class Briefs:
    """The briefs of a `Store`; every change is on the disk when the call returns."""

    def __init__(self, database: Database, now: Callable[[], int]) -> None:
        self._database, self._now = database, now

    def names(self) -> list[str]:
        """Give the names of all, the one saved last is first."""
        return [str(name) for (name,) in self._rows("SELECT name FROM briefs ORDER BY updated DESC, rowid DESC")]

    def text(self, name: str) -> str | None:
        """Give one; None where there is none of this name."""
        rows = self._rows("SELECT text FROM briefs WHERE name = ?", name)
        return str(rows[0][0]) if rows else None

    def save(self, name: str, text: str, updated: int | None = None) -> None:
        """Keep one; another of the same name is replaced. `updated` is in milliseconds since 1970, by default now."""
        when = self._now() if updated is None else updated
        self._database.rows("INSERT OR REPLACE INTO briefs (name, text, updated) VALUES (?, ?, ?)", (name, text, when))

    def remove(self, name: str) -> None:
        """Delete one."""
        self._database.rows("DELETE FROM briefs WHERE name = ?", (name,))

    def _rows(self, sql: str, *values: str) -> list[tuple[object, ...]]:
        """Read; there are none in a history of an earlier version that can only be read."""
        if not self._database.rows("SELECT 1 FROM sqlite_schema WHERE name = 'briefs'"):
            return []
        return self._database.rows(sql, values)

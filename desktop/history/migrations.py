"""The steps that bring a database up to date: append, never edit; a step's number is its place in the list.

Every step and its number are one transaction, so a crash leaves the version before or the version after. A step that
takes seconds goes in parts, each a transaction that keeps how far it came: the next start goes on from there. Before
the first step on a database that holds something, a dated copy is put beside it.
"""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.errors import HistoryTooNew
from desktop.history.copies import dated_copy
from desktop.history.database import Database
from desktop.history.search import Search

_LOG = logging.getLogger(__name__)
# SQL, several statements; or a function that does a part in each call and tells whether it was the last one.
MigrationStep = str | Callable[[Database], bool]
_REFOLDED = "search.refolded"  # in `state`: the number of the document that was looked at last
_PART = 5_000  # documents

FIRST = """
CREATE TABLE conversations (
  id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE, title TEXT NOT NULL DEFAULT '',
  title_is_automatic INTEGER NOT NULL DEFAULT 1, folder TEXT NOT NULL DEFAULT '', pinned INTEGER NOT NULL DEFAULT 0,
  archived INTEGER NOT NULL DEFAULT 0, created INTEGER NOT NULL, updated INTEGER NOT NULL, deleted_at INTEGER,
  active_root INTEGER, source TEXT NOT NULL DEFAULT '');
CREATE INDEX conversations_listed ON conversations (deleted_at, archived, pinned DESC, updated DESC, id DESC);
CREATE TABLE tags (
  conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE, tag TEXT NOT NULL,
  PRIMARY KEY (conversation, tag)) WITHOUT ROWID;
CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE,
  conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
  parent INTEGER REFERENCES messages ON DELETE CASCADE, role TEXT NOT NULL, text TEXT NOT NULL, status TEXT NOT NULL,
  usage TEXT NOT NULL DEFAULT '', extra TEXT NOT NULL DEFAULT '', created INTEGER NOT NULL, active_child INTEGER,
  deleted_at INTEGER);
CREATE INDEX messages_tree ON messages (conversation, parent, id);
CREATE INDEX messages_parent ON messages (parent);
CREATE INDEX messages_open ON messages (status) WHERE status IN ('pending', 'streaming');
-- Tokens of answers that are being written: a small row each, so that saving them does not rewrite the answer.
CREATE TABLE pieces (
  id INTEGER PRIMARY KEY AUTOINCREMENT, message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,
  text TEXT NOT NULL);
CREATE INDEX pieces_message ON pieces (message, id);
CREATE TABLE drafts (
  id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE,
  conversation INTEGER REFERENCES conversations ON DELETE SET NULL, title TEXT NOT NULL, template TEXT NOT NULL,
  brief TEXT NOT NULL, sections TEXT NOT NULL, text TEXT NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL,
  deleted_at INTEGER, source TEXT NOT NULL DEFAULT '');
CREATE INDEX drafts_listed ON drafts (deleted_at, updated DESC);
CREATE TABLE draft_versions (
  id INTEGER PRIMARY KEY AUTOINCREMENT, draft INTEGER NOT NULL REFERENCES drafts ON DELETE CASCADE,
  number INTEGER NOT NULL, label TEXT NOT NULL, brief TEXT NOT NULL, sections TEXT NOT NULL, text TEXT NOT NULL,
  created INTEGER NOT NULL, UNIQUE (draft, number));
-- Conversation 0 is the composer of a chat that has not begun.
CREATE TABLE composer (conversation INTEGER PRIMARY KEY, text TEXT NOT NULL, updated INTEGER NOT NULL);
CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- What can be found: a row per text, and two indexes by its number. See search.py.
CREATE TABLE documents (
  id INTEGER PRIMARY KEY AUTOINCREMENT, place TEXT NOT NULL, owner INTEGER NOT NULL, conversation INTEGER,
  created INTEGER NOT NULL, UNIQUE (place, owner));
CREATE INDEX documents_conversation ON documents (conversation);
CREATE VIRTUAL TABLE trigrams USING fts5 (
  text, content='', contentless_delete=1, tokenize='trigram case_sensitive 1');
CREATE VIRTUAL TABLE grams USING fts5 (text, content='', contentless_delete=1, detail=none, tokenize='ascii');
"""

# Emptying the bin at every start read every message.
INDEX_OF_DELETED = """
CREATE INDEX messages_deleted ON messages (deleted_at) WHERE deleted_at IS NOT NULL;
"""

# Briefs that the user keeps lay in plain files beside the encrypted history.
BRIEFS = """
CREATE TABLE briefs (name TEXT PRIMARY KEY, text TEXT NOT NULL, updated INTEGER NOT NULL);
"""


def without_accents(database: Database) -> bool:
    """Put what holds marked letters into the index as it is searched since: "resume" did not find "résumé"."""
    done = database.one("SELECT value FROM state WHERE key = ?", (_REFOLDED,))
    last = Search(database).refold(int(done[0]) if done else 0, _PART)
    if last is None:
        database.rows("DELETE FROM state WHERE key = ?", (_REFOLDED,))
    else:
        database.rows("INSERT OR REPLACE INTO state (key, value) VALUES (?, ?)", (_REFOLDED, str(last)))
    return last is None


STEPS: tuple[MigrationStep, ...] = (FIRST, INDEX_OF_DELETED, BRIEFS, without_accents)


def version_of(database: Database) -> int:
    """How many steps this database has seen."""
    row = database.one("PRAGMA user_version")
    return int(row[0]) if row else 0


def migrate(database: Database, key: bytes | None, steps: Sequence[MigrationStep] = STEPS) -> Path | None:
    """Bring `database` up to date and give the dated copy, if one was made.

    Raises:
        HistoryTooNew: it was written by a newer version; it can still be opened with `readonly`.
    """
    version = version_of(database)
    if version > len(steps):
        raise HistoryTooNew(database.path)
    copy = None
    if 0 < version < len(steps):
        copy = dated_copy(database, key, f"before-version-{len(steps)}")
    while (version := version_of(database)) < len(steps):
        _LOG.info("history: from version %d to %d", version, version + 1)
        with database.transaction():
            if _take(steps[version], database):
                database.rows(f"PRAGMA user_version = {version + 1}")
    return copy


def _take(step: MigrationStep, database: Database) -> bool:
    """Do a step, or a part of it; tells whether it is done."""
    if callable(step):
        return step(database)
    for statement in _statements(step):
        database.rows(statement)
    return True


def _statements(script: str) -> list[str]:
    found, rest = [], ""
    for line in script.splitlines():
        if line.strip().startswith("--"):
            continue
        rest += line + "\n"
        if line.rstrip().endswith(";"):
            found.append(rest)
            rest = ""
    if rest.strip():
        found.append(rest)
    return found

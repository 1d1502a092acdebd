"""Full-text search that is right for Chinese of any length.

Two indexes hold every text. `trigrams` finds whatever has three characters or more, anywhere in a word. `grams` finds
one and two characters: of text outside ASCII every character and every pair (so 砚 and 重点 are found wherever they
stand), of ASCII the beginnings of words, and whatever stands beside punctuation (c#). Both hold text folded to lower
case, half width and letters without marks (`desktop.text.folding`); what was found is looked up in the text itself.

A search is words between spaces; a text is found if it holds all of them. Nothing in a search is an operator. What
changes with every key or token (text in composers, answers being written) is few: it is read through, not indexed.
"""

import re
from collections.abc import Sequence
from typing import Any

from desktop.history.database import Database
from desktop.history.records import Hit, HitPlace, SearchFilter
from desktop.text.folding import fold, may_be_marked, places_of

SNIPPET = 120  # characters, about two lines of a sidebar
RECENT = 16_384  # texts that are asked first where asking for all takes long
MOST_TERMS, LONGEST_TERM = 16, 200  # of a search; more is cut off
_WORD_START = re.compile("(?<![a-z0-9])[a-z0-9]{1,2}")
_OTHER = re.compile(r"[^a-z0-9\s]")
_OTHER_PAIR = re.compile(r"(?=([^a-z0-9\s]\S|[a-z0-9][^a-z0-9\s]))")


def terms_of(query: str) -> tuple[str, ...]:
    """Give the words of a search, folded, each once."""
    return tuple(dict.fromkeys(term[:LONGEST_TERM] for term in fold(query).split()))[:MOST_TERMS]


def grams_of(folded: str) -> str:
    """Make what the index of short terms holds for a text."""
    starts = set(_WORD_START.findall(folded))
    others = {*_OTHER.findall(folded), *_OTHER_PAIR.findall(folded)}
    return " ".join({*starts, *(start[0] for start in starts), *map(_token, others)})


def _token(gram: str) -> str:
    """Write a gram as the index's tokenizer takes it: ASCII punctuation would split it, so that is spelled out."""
    if gram.isalnum():
        return gram
    return "".join(c if c.isalnum() or ord(c) > 127 else f"z{ord(c):02x}z" for c in gram)


class Search:
    """Keeps the index and asks it; part of a `Store`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def index(self, place: HitPlace, owner: int, conversation: int | None, text: str, created: int) -> None:
        """Put a text into the index, in the place of what was there; an empty text is taken out."""
        self.forget(place, owner)
        if not text.strip():
            return
        number = self._database.insert(
            "INSERT INTO documents (place, owner, conversation, created) VALUES (?, ?, ?, ?)",
            (place, owner, conversation, created),
        )
        self._put(number, text)

    def refold(self, after: int, limit: int) -> int | None:
        """Put texts with marked letters into the index anew: of the `limit` documents that follow number `after`.

        Gives the number of the last one that was looked at; None where there are no more.
        """
        sql = "SELECT id, place, owner FROM documents WHERE id > ? ORDER BY id LIMIT ?"
        found = self._database.rows(sql, (after, limit))
        texts = ((number, self._text(place, owner)) for number, place, owner in found)
        marked = [(number, text) for number, text in texts if may_be_marked(text)]
        # One after the other, SQLite would write its index to the disk for each.
        for number, _ in marked:
            self._take_out(number)
        for number, text in marked:
            self._put(number, text)
        return found[-1][0] if found else None

    def _put(self, number: int, text: str) -> None:
        folded = fold(text)
        self._database.rows("INSERT INTO trigrams (rowid, text) VALUES (?, ?)", (number, folded))
        self._database.rows("INSERT INTO grams (rowid, text) VALUES (?, ?)", (number, grams_of(folded)))

    def forget(self, place: HitPlace, owner: int) -> None:
        """Take a text out of the index."""
        found = self._database.one("SELECT id FROM documents WHERE place = ? AND owner = ?", (place, owner))
        if found:
            self._drop(found[0])

    def forget_conversation(self, conversation: int) -> None:
        """Take everything of a conversation out of the index."""
        sql = "SELECT id FROM documents WHERE conversation = ? AND place <> 'draft'"
        for (number,) in self._database.rows(sql, (conversation,)):
            self._drop(number)
        self._database.rows("UPDATE documents SET conversation = NULL WHERE conversation = ?", (conversation,))

    def _drop(self, number: int) -> None:
        self._take_out(number)
        self._database.rows("DELETE FROM documents WHERE id = ?", (number,))

    def _take_out(self, number: int) -> None:
        for table in ("trigrams", "grams"):
            self._database.rows(f"DELETE FROM {table} WHERE rowid = ?", (number,))  # noqa: S608

    def find(self, query: str, limited: SearchFilter | None = None, limit: int = 50) -> list[Hit]:
        """Find the newest texts that hold every word of `query`; nothing in the bin, nothing for an empty query."""
        terms = terms_of(query)
        wanted = _matches(terms)
        if wanted is None:
            return []
        source, values = wanted
        where, more = _conditions(limited or SearchFilter())
        # The literal parts are constants of this module; what the user typed is bound.
        sql = (
            f"SELECT d.place, d.owner, d.conversation, c.title, d.created FROM {source} "  # noqa: S608
            "JOIN documents d ON d.id = hit.rowid LEFT JOIN conversations c ON c.id = d.conversation "
            f"WHERE {where} ORDER BY hit.rowid DESC LIMIT ?"
        )
        newest = 0
        if len(values) > 1:  # two indexes are asked, and joining all that both know takes long: first the newest
            newest = max(int((self._database.one("SELECT max(id) FROM documents") or (0,))[0] or 0) - RECENT, 0)
        found: list[tuple[Any, ...]] = []
        for after in dict.fromkeys((newest, 0)):
            if len(found) < limit:
                bound = [part for value in values for part in (value, after)]
                found = self._database.rows(sql, (*bound, *more, limit))
        rows = [(*row, self._text(row[0], row[1])) for row in found]
        hits = []
        for place, owner, conversation, title, created, text in [*self._unindexed(where, more), *rows]:
            spans = matches_in(text, terms)
            if spans is not None:
                snippet, marks = snippet_of(text, spans)
                hits.append(Hit(place, owner, conversation, title or "", snippet, created, marks))
        return hits[:limit]

    def _unindexed(self, where: str, values: Sequence[str | int]) -> list[tuple[Any, ...]]:
        """Give what is not in the index yet: text in composers, and answers that are being written."""
        sql = (
            "SELECT d.*, c.title FROM ("  # noqa: S608
            "SELECT 'composer' place, conversation owner, nullif(conversation, 0) conversation, updated created, text "
            "FROM composer UNION ALL SELECT 'message', m.id, m.conversation, m.created, m.text || coalesce(("
            "SELECT group_concat(text, '' ORDER BY id) FROM pieces WHERE message = m.id), '') FROM messages m "
            "WHERE m.status IN ('pending', 'streaming') AND m.deleted_at IS NULL) d "
            f"LEFT JOIN conversations c ON c.id = d.conversation WHERE {where} ORDER BY d.created DESC"
        )
        return [
            (place, owner, chat, title, created, text)
            for place, owner, chat, created, text, title in self._database.rows(sql, values)
            if place != "message" or not is_deleted(self._database, owner)
        ]

    def _text(self, place: HitPlace, owner: int) -> str:
        sql = {
            "title": "SELECT title FROM conversations WHERE id = ?",
            "message": "SELECT text FROM messages WHERE id = ?",
            "draft": "SELECT title || char(10) || text FROM drafts WHERE id = ?",
        }[place]
        found = self._database.one(sql, (owner,))
        return str(found[0]) if found else ""


def is_deleted(database: Database, message: int) -> bool:
    """Tell whether a message, or one above it, is deleted."""
    row = database.one(
        "WITH RECURSIVE above (parent, deleted_at) AS ("
        "SELECT parent, deleted_at FROM messages WHERE id = ? "
        "UNION ALL SELECT m.parent, m.deleted_at FROM messages m JOIN above ON m.id = above.parent) "
        "SELECT 1 FROM above WHERE deleted_at IS NOT NULL LIMIT 1",
        (message,),
    )
    return row is not None


def _matches(terms: Sequence[str]) -> tuple[str, tuple[str, ...]] | None:
    """Give the rows that hold every term as SQL named `hit`, and its values; None where nothing can be asked.

    Behind each value the SQL takes a number: only rows after that one are asked for.
    """
    long = " AND ".join(f'"{term.replace(chr(34), chr(34) * 2)}"' for term in terms if len(term) >= 3)
    short = " AND ".join(f'"{token}"' for token in filter(None, (_short(term) for term in terms)))
    if long and short:
        source = (
            "(SELECT rowid FROM trigrams WHERE trigrams MATCH ? AND rowid > ? "
            "INTERSECT SELECT rowid FROM grams WHERE grams MATCH ? AND rowid > ? ORDER BY rowid DESC) hit"
        )
        return source, (long, short)
    if long:
        return "(SELECT rowid FROM trigrams WHERE trigrams MATCH ? AND rowid > ?) hit", (long,)
    if short:
        return "(SELECT rowid FROM grams WHERE grams MATCH ? AND rowid > ?) hit", (short,)
    return None


def _short(term: str) -> str:
    """Give what to ask the index of grams for a term of one or two characters; "" where it cannot help."""
    return _token(term) if len(term) < 3 else ""


def _conditions(limited: SearchFilter) -> tuple[str, list[str | int]]:
    where, values = ["(c.deleted_at IS NULL OR d.place = 'draft')"], list[str | int]()
    if limited.folder is not None:
        where.append("c.folder = ?")
        values.append(limited.folder)
    if limited.conversation is not None:
        where.append("d.conversation = ?")
        values.append(limited.conversation)
    for tag in limited.tags:
        where.append("EXISTS (SELECT 1 FROM tags t WHERE t.conversation = c.id AND t.tag = ?)")
        values.append(tag)
    if limited.since is not None:
        where.append("d.created >= ?")
        values.append(limited.since)
    if limited.until is not None:
        where.append("d.created < ?")
        values.append(limited.until)
    if not limited.with_archived:
        where.append("coalesce(c.archived, 0) = 0")
    return " AND ".join(where), values


def matches_in(text: str, terms: Sequence[str]) -> list[tuple[int, int]] | None:
    """Where the terms stand around the first match in `text`, in order, overlaps joined; None if one is not there."""
    firsts = [_first(text, term) for term in terms]
    if min(firsts) < 0:
        return None
    start, end = _window(min(firsts), text)
    folded, spans = fold(text[start:end]), list[tuple[int, int]]()
    begins, ends = places_of(text[start:end])
    for term in terms:
        at = folded.find(term)
        while at >= 0:
            spans.append((start + begins[at], start + ends[at + len(term) - 1]))
            at = folded.find(term, at + len(term))
    joined: list[tuple[int, int]] = []
    for begin, finish in sorted(spans):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(finish, joined[-1][1]))
        else:
            joined.append((begin, finish))
    return joined or [(min(firsts), end)]  # a match that is longer than what is shown


def snippet_of(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Cut out the text around the first match, in one line, with the matches that lie in it."""
    start, end = _window(spans[0][0], text)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    line = "".join(" " if letter.isspace() else letter for letter in text[start:end])
    shift = len(before) - start
    marks = tuple((max(a, start) + shift, min(b, end) + shift) for a, b in spans if a < end and b > start)
    return before + line + after, marks


def _first(text: str, term: str) -> int:
    """Where a term stands first, -1 if nowhere; folds no more of a long text than it must."""
    for at in range(0, len(text), 8192):
        part = text[at : at + 8192 + 2 * len(term)]  # letters may have marks of their own
        found = fold(part).find(term)
        if found >= 0:
            return at + places_of(part)[0][found]
    found = -1 if text.isascii() else fold(text).find(term)  # under more marks than anyone writes
    return places_of(text)[0][found] if found >= 0 else -1


def _window(first: int, text: str) -> tuple[int, int]:
    start = max(first - SNIPPET // 4, 0)
    return start, min(start + SNIPPET, len(text))

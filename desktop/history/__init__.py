"""Conversations, drafts, versions, search: what the user writes, kept on this machine, encrypted.

    history = History.open(folder, key)            # once, off the GUI thread; key: see desktop.history.keys
    store = history.connect()                      # one for each thread; close it when the thread ends
    writer = HistoryWriter(history, noticed)       # one for the process: its thread does the waiting for the disk

    chat = writer.change(lambda s: s.conversations.create()).result()
    question = writer.change(lambda s: s.messages.add(chat.id, "user", "A plan for next week")).result()
    answer = writer.change(
        lambda s: s.messages.add(chat.id, "assistant", parent=question.id, status="pending")).result()
    writer.append(answer.id, "Monday: ")           # each token as it comes; on the disk 0.2 s later
    writer.finish(answer.id, "done", StoredUsage(new_tokens=3))
    writer.save_composer(chat.id, "half a sen")    # each key as it is typed

    store.messages.branch(chat.id)                 # what is read now; .siblings and .choose() are the arrows
    store.search("plan")                           # hits with snippets and highlight ranges
    History.temporary()                            # the same, in memory: a chat that is never written

Threads: a `History` and a `HistoryWriter` may be used from every thread, a `Store` from one only. Reading through a
`Store` takes milliseconds and never waits for a writer: the GUI thread does it directly. Whatever changes something
waits for the disk; the GUI thread gives it to the `HistoryWriter` (`change(…)` with a callback on the future, never
`.result()`), the chat thread may wait for the result. Everything is on the disk when a `Store` call returns or a
future is done.

No Qt here. Failures are `HistoryError`s (`desktop/errors.py`).
"""

from desktop.history.records import (
    Conversation,
    DraftRecord,
    DraftVersion,
    Hit,
    SearchFilter,
    StoredMessage,
    StoredUsage,
)
from desktop.history.store import History, Store, is_in_use
from desktop.history.writer import HistoryWriter

__all__ = [
    "Conversation",
    "DraftRecord",
    "DraftVersion",
    "History",
    "HistoryWriter",
    "Hit",
    "SearchFilter",
    "Store",
    "StoredMessage",
    "StoredUsage",
    "is_in_use",
]

"""Conversations, drafts, versions, search: what the user writes, kept on this machine, encrypted.

    history = History.open(folder, key)            # once, off the GUI thread; key: see desktop.history.keys
    store = history.connect()                      # one for each thread; close it when the thread ends
    chat = store.conversations.create()
    question = store.messages.add(chat.id, "user", "A plan for next week")
    answer = store.messages.add(chat.id, "assistant", parent=question.id, status="pending")
    store.messages.append(answer.id, "Monday: ")   # in batches, every 200–300 ms; durable when it returns
    store.messages.finish(answer.id, "done", Usage(new_tokens=3))
    store.messages.branch(chat.id)                 # what is read now; .siblings and .choose() are the arrows
    store.composer.save(chat.id, "half a sen")     # as it is typed
    store.search("plan")                           # hits with snippets and highlight ranges
    History.temporary()                            # the same, in memory: a chat that is never written

Every call is synchronous, and what it wrote is on the disk when it returns. No Qt here, no threads but the caller's.
Failures are `HistoryError`s (`desktop/errors.py`).
"""

from desktop.history.records import Conversation, Draft, DraftVersion, Hit, SearchFilter, StoredMessage, Usage
from desktop.history.store import History, Store

__all__ = [
    "Conversation",
    "Draft",
    "DraftVersion",
    "History",
    "Hit",
    "SearchFilter",
    "Store",
    "StoredMessage",
    "Usage",
]

"""Processes that are killed in the middle of their work; each tells its parent what it was promised.

Every kind of work sends (what, when) through a pipe after the call that promised it came back; `when` is the clock of
the whole machine, so that the parent knows how old a promise was at the moment of death.
"""

import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from desktop.history import History, HistoryWriter, vault
from desktop.history.backup import back_up
from desktop.history.exchange import read_file, save
from desktop.history.migrations import STEPS

KEY = bytes(range(32))
# What a later version might do: a new column, filled, and an index over it.
LATER = (
    *STEPS,
    "ALTER TABLE messages ADD COLUMN words INTEGER;\nUPDATE messages SET words = length(text);\n",
    "CREATE INDEX messages_words ON messages (words);\nUPDATE messages SET words = words + 1;\n",
)
WORK = ("typing", "streaming", "migrating", "importing", "backing up", "protecting")


def victim(work: str, folder: Path, promised: Connection) -> None:
    """Do `work` until killed."""

    def promise(what: Any) -> None:
        promised.send((what, time.monotonic()))

    {
        "typing": _type,
        "streaming": _stream,
        "migrating": _migrate,
        "importing": _import,
        "backing up": _back_up,
        "protecting": _protect,
    }[work](folder, promise)
    promise("end")
    time.sleep(60)


def _type(folder: Path, promise: Any) -> None:
    writer = HistoryWriter(History.open(folder, KEY), interval_s=0.05)
    text = ""
    for n in range(3000):
        text += chr(ord("a") + n % 26)
        writer.save_composer(None, text)
        promise(len(text))
        time.sleep(0.0005)


def _stream(folder: Path, promise: Any) -> None:
    history = History.open(folder, KEY)
    store, writer = history.connect(), HistoryWriter(history, interval_s=0.05)
    chat = store.conversations.create().id
    direct = store.messages.add(chat, "assistant", status="pending").id
    queued = store.messages.add(chat, "assistant", status="pending").id
    promise(("begun", direct, queued))
    for n in range(1500):
        store.messages.append(direct, f"{n} ")  # on the disk when it returns
        promise(("saved", n))
        writer.append(queued, f"{n} ")  # on the disk soon
        promise(("given", n))


def _migrate(folder: Path, promise: Any) -> None:
    promise("begun")
    History.open(folder, KEY, steps=LATER).close()


def _import(folder: Path, promise: Any) -> None:
    store = History.open(folder, KEY).connect()
    found = read_file(folder.parent / "import.json")
    promise(("whole", 0))
    save(store, found, lambda share: promise(("whole", round(share * len(found.conversations)))))


def _back_up(folder: Path, promise: Any) -> None:
    history = History.open(folder, KEY)
    for n in range(100):
        back_up(history, folder.parent / "backup.inkstone")
        promise(n)


def _protect(folder: Path, promise: Any) -> None:
    key: bytes | None = KEY
    for n in range(100):
        key = vault.protect(folder, "passphrase" if n % 2 else "none", key=key, passphrase=f"p{n}", cost=16)
        promise(n)

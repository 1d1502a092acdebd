"""A way to wake a thread that waits for a file descriptor."""

import contextlib
import os
import queue
import select
from typing import Generic, TypeVar

_Item = TypeVar("_Item")


class Inbox(Generic[_Item]):
    """Things for a thread that sleeps in `select`; put from any thread, taken by that one."""

    def __init__(self) -> None:
        self._items: queue.SimpleQueue[_Item] = queue.SimpleQueue()
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._writer, False)

    def fileno(self) -> int:
        """Be something that `select` waits for."""
        return self._reader

    def put(self, item: _Item) -> None:
        """Add something and wake the thread."""
        self._items.put(item)
        with contextlib.suppress(BlockingIOError):  # the pipe is full of signs to wake up
            os.write(self._writer, b"x")

    def take(self) -> list[_Item]:
        """Give all that came, in order."""
        if select.select([self._reader], [], [], 0)[0]:
            os.read(self._reader, 4096)
        items = []
        while not self._items.empty():
            items.append(self._items.get())
        return items

    def close(self) -> None:
        """Give the descriptors back; nothing is put or taken from now on."""
        os.close(self._reader)
        os.close(self._writer)

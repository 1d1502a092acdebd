"""What the back ends of shortcuts have in common that live on a thread of their own."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping

from desktop.quick.inbox import Inbox
from desktop.quick.shortcuts.shortcut import Shortcut


class ShortcutThread(ABC):
    """A `ShortcutBackEnd` whose thread sleeps until its inbox has something: shortcuts to take, or None to end."""

    def __init__(self) -> None:
        self._inbox: Inbox[Mapping[str, Shortcut] | None] = Inbox()
        self._wanted: Mapping[str, Shortcut] = {}
        self._thread = threading.Thread(target=self._live, name="inkstone-shortcuts", daemon=True)

    @abstractmethod
    def _live(self) -> None:
        """Do the work of the thread; return once the inbox has given None."""

    def bind(self, shortcuts: Mapping[str, Shortcut]) -> None:
        """Take these in place of those before."""
        self._inbox.put(dict(shortcuts))

    def close(self) -> None:
        """Let go of all and end the thread."""
        self._inbox.put(None)
        self._thread.join()
        self._inbox.close()

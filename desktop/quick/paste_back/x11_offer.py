"""X11: text on the clipboard that notes which program fetches it (ICCCM 2.0, chapter 2).

A clipboard manager fetches whatever is new. That the program where the text was pasted has fetched it is the only proof
that the paste happened, and Qt does not tell who asks.
"""

import contextlib
import select
import threading
from typing import Any

from Xlib import X, Xatom, display, error
from Xlib.protocol import event as events

from desktop.quick.inbox import Inbox
from desktop.quick.x11_display import connect

_SECRET = "x-kde-passwordManagerHint"  # noqa: S105 - the name of a format: clipboard managers keep nothing of it
_TEXTS = ("UTF8_STRING", "text/plain;charset=utf-8", "text/plain", "TEXT", "STRING")


class X11Offer:
    """Owns the clipboard until another program does or it is closed; an `Offer`.

    Answers on a thread and a connection of its own: this process may ask for what is on the clipboard, too, and its
    window waits meanwhile. The text is short enough to be handed over in one piece (20,000 characters; every server
    takes 256 KiB).
    """

    def __init__(self, text: str, window: int) -> None:
        """Take the clipboard.

        Args:
            text: what is offered.
            window: of the program that is to fetch it.

        Raises:
            XUnavailable: no X server answers.
        """
        self.fetches = 0
        self.held = True
        self._text = text
        self._display: display.Display = connect()
        mask = int(self._display.display.info.resource_id_mask)
        self._mask, self._program = mask, window & ~mask
        atom = self._display.intern_atom
        self._clipboard, self._targets, self._secret = atom("CLIPBOARD"), atom("TARGETS"), atom(_SECRET)
        self._texts = {atom(name): name for name in _TEXTS}
        self._window = self._display.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        self._window.set_selection_owner(self._clipboard, X.CurrentTime)
        self._display.sync()
        self._inbox: Inbox[None] = Inbox()
        self._thread = threading.Thread(target=self._serve, name="inkstone-offer", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Leave the clipboard."""
        self._inbox.put(None)
        self._thread.join()
        self._inbox.close()

    def _serve(self) -> None:
        try:
            while not self._inbox.take():
                if not self._display.pending_events():
                    select.select([self._display, self._inbox], [], [])
                while self._display.pending_events():
                    happened = self._display.next_event()
                    if happened.type == X.SelectionRequest:
                        self._answer(happened)
                    elif happened.type == X.SelectionClear:
                        self.held = False
                self._display.flush()
        except (error.ConnectionClosedError, OSError):  # the session ends
            self.held = False
        finally:
            with contextlib.suppress(error.ConnectionClosedError):
                self._display.close()

    def _answer(self, request: Any) -> None:
        # A requestor of before ICCCM names no property; what is given has its target's name then.
        place = request.property or request.target
        done = self._hand_over(request.requestor, request.target, place)
        if done and request.target in self._texts and request.requestor.id & ~self._mask == self._program:
            self.fetches += 1
        told = events.SelectionNotify(
            time=request.time,
            requestor=request.requestor,
            selection=request.selection,
            target=request.target,
            property=place if done else X.NONE,
        )
        request.requestor.send_event(told, onerror=error.CatchError(error.BadWindow))

    def _hand_over(self, requestor: Any, target: int, place: int) -> bool:
        gone = error.CatchError(error.BadWindow)
        if target == self._targets:
            offered = [self._targets, self._secret, *self._texts]
            requestor.change_property(place, Xatom.ATOM, 32, offered, onerror=gone)
        elif target == self._secret:
            requestor.change_property(place, target, 8, b"secret", onerror=gone)
        elif target in self._texts:
            name = self._texts[target]
            latin = name in ("STRING", "TEXT")
            content = self._text.encode("latin-1" if latin else "utf-8", "replace")
            kind = Xatom.STRING if latin else target
            requestor.change_property(place, kind, 8, content, onerror=gone)
        else:
            return False
        return True

"""Events of a real X server, waited for but not for ever: a window manager may take the keyboard away meanwhile."""

import select
import time
from typing import Any

from Xlib import display

PATIENCE_S = 60


def next_event(server: display.Display) -> Any:
    """Wait for the next event of a connection; fails where none comes."""
    end = time.monotonic() + PATIENCE_S
    while not server.pending_events():
        ready, _, _ = select.select([server.fileno()], [], [], max(0.0, end - time.monotonic()))
        assert ready, "no event came from the X server"
    return server.next_event()

"""Whether a window can be shown here; asked before Qt is loaded, because a failed start of Qt aborts the process."""

import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

_X_PORT = 6000


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether a screen answers; always true off Linux and where Qt's platform is chosen by hand."""
    if not sys.platform.startswith("linux") or environment.get("QT_QPA_PLATFORM"):
        return True
    return _wayland_answers(environment) or _x_answers(environment.get("DISPLAY", ""))


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY", "")
    place = Path(environment.get("XDG_RUNTIME_DIR", "/")) / name  # an absolute name stands for itself
    return bool(name) and _answers(socket.AF_UNIX, str(place))


def _x_answers(display: str) -> bool:
    """Ask the X server of `[host]:number[.screen]` (X(7), "DISPLAY NAMES")."""
    parts = re.fullmatch(r"(?:unix)?([^:/]*):(\d+)(?:\.\d+)?", display)
    if parts is None:
        return False
    host, number = parts[1], int(parts[2])
    if host:
        return _answers(socket.AF_INET, (host, _X_PORT + number))
    place = f"/tmp/.X11-unix/X{number}"  # noqa: S108  # where X servers listen
    return _answers(socket.AF_UNIX, place) or _answers(socket.AF_UNIX, f"\0{place}")


def _answers(family: int, address: str | tuple[str, int]) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(2)
        try:
            probe.connect(address)
        except OSError:
            return False
    return True

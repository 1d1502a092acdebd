"""The desktop entry that the portal wants to see of a program before it gives it shortcuts."""

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop.quick.startup.command import as_exec
from desktop.quick.startup.identity import X11_CLASS


def ensure_entry(app_id: str, command: Sequence[str], environment: Mapping[str, str], home: Path) -> None:
    """Write `APP_ID.desktop` into the user's own folder of applications, where no folder has one.

    It is not shown among the applications: it only tells the desktop's dialogs the name and the icon. Where it cannot
    be written, the portal says what it thinks of that.

    Args:
        app_id: name of the entry.
        command: what starts the application.
        environment: names the folders (XDG Base Directory Specification).
        home: of the user.
    """
    own = Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share")
    shared = (environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    name = Path("applications") / f"{app_id}.desktop"
    if any((folder / name).is_file() for folder in (own, *map(Path, shared))):
        return
    entry = (
        "[Desktop Entry]\nType=Application\nName=Inkstone\nIcon=inkstone\nTerminal=false\nNoDisplay=true\n"
        f"StartupWMClass={X11_CLASS}\nExec={as_exec(command)}\n"
    )
    with contextlib.suppress(OSError):
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text(entry, encoding="utf-8")

"""Binds a command to a key in the keyboard settings of GNOME, KDE Plasma or Xfce, with the desktop's own tools.

Where these settings lie: GNOME, the schema org.gnome.settings-daemon.plugins.media-keys; KDE, kglobalshortcutsrc, whose
services are desktop entries; Xfce, the channel xfce4-keyboard-shortcuts of xfconf.
"""

import ast
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop.errors import InkstoneError
from desktop.quick.shortcuts.shortcut import Shortcut
from desktop.quick.startup.command import as_exec, as_line
from desktop.reasons import QuickReason

_PATIENCE_S = 10
_GNOME = "org.gnome.settings-daemon.plugins.media-keys"
_GNOME_PATH = "/org/gnome/settings-daemon/plugins/media-keys/custom-keybindings/inkstone/"
_KDE_ENTRY = "inkstone-quick.desktop"
_TOOLS = {"GNOME": ("gsettings",), "KDE": ("kwriteconfig6", "kwriteconfig5"), "Xfce": ("xfconf-query",)}
_MODIFIERS = {"Ctrl": "<Primary>", "Alt": "<Alt>", "Shift": "<Shift>", "Meta": "<Super>"}


def desktop_of(environment: Mapping[str, str]) -> str:
    """Name the desktop of a session, GNOME, KDE or Xfce; "" for another one, or where its tool is missing."""
    names = environment.get("XDG_CURRENT_DESKTOP", "").lower().split(":")
    found = next((name for name in _TOOLS if name.lower() in names), "")
    return found if found and _tool(found, environment) else ""


def bind_command(
    desktop: str, command: Sequence[str], shortcut: Shortcut, environment: Mapping[str, str], home: Path
) -> bool:
    """Bind a command to a key; bound before, it gets this key instead. Waits for the desktop's tool.

    Args:
        desktop: as `desktop_of` names it.
        command: what the key starts.
        shortcut: the key.
        environment: of the session.
        home: of the user.

    Returns:
        Whether the key holds at once; else from the next login.

    Raises:
        InkstoneError: the desktop's tool is missing or refused.
    """
    tool = _tool(desktop, environment)
    if not tool:
        raise InkstoneError(QuickReason.NO_TOOL(desktop=desktop))
    if desktop == "GNOME":
        _bind_in_gnome(tool, command, shortcut)
    elif desktop == "Xfce":
        _bind_in_xfce(tool, command, shortcut)
    else:
        _bind_in_kde(tool, command, shortcut, Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share"))
    return desktop != "KDE"


def accelerator(shortcut: Shortcut) -> str:
    """Write a shortcut as GTK does, e.g. <Primary><Alt>space."""
    return "".join(_MODIFIERS[one] for one in shortcut.modifiers) + shortcut.key


def _bind_in_gnome(tool: str, command: Sequence[str], shortcut: Shortcut) -> None:
    listed = _run(tool, "get", _GNOME, "custom-keybindings").strip()
    try:
        paths = ast.literal_eval(listed.removeprefix("@as "))  # text of a GVariant: strings are written as Python's
    except (ValueError, SyntaxError) as error:
        raise InkstoneError(QuickReason.UNREADABLE_LIST(listed=listed)) from error
    own = f"{_GNOME}.custom-keybinding:{_GNOME_PATH}"
    for key, value in (("name", "Inkstone"), ("command", as_line(command)), ("binding", accelerator(shortcut))):
        _run(tool, "set", own, key, value)
    if _GNOME_PATH not in paths:
        _run(tool, "set", _GNOME, "custom-keybindings", repr([*paths, _GNOME_PATH]))


def _bind_in_xfce(tool: str, command: Sequence[str], shortcut: Shortcut) -> None:
    channel, line = ("-c", "xfce4-keyboard-shortcuts"), as_line(command)
    for row in _run(tool, *channel, "-l", "-v").splitlines():
        place, _, value = row.strip().partition(" ")
        if value.strip() == line:  # its key of before
            _run(tool, *channel, "-p", place, "-r")
    _run(tool, *channel, "-p", f"/commands/custom/{accelerator(shortcut)}", "-n", "-t", "string", "-s", line)


def _bind_in_kde(tool: str, command: Sequence[str], shortcut: Shortcut, data: Path) -> None:
    entry = data / "applications" / _KDE_ENTRY
    text = (
        "[Desktop Entry]\nType=Application\nName=Inkstone quick prompt\nIcon=inkstone\nNoDisplay=true\n"
        f"Exec={as_exec(command)}\nX-KDE-Shortcuts={shortcut}\n"
    )
    try:
        entry.parent.mkdir(parents=True, exist_ok=True)
        entry.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InkstoneError(QuickReason.NOT_BOUND(file=entry, why=error)) from error
    group = ("--group", "services", "--group", _KDE_ENTRY)
    _run(tool, "--file", "kglobalshortcutsrc", *group, "--key", "_launch", str(shortcut))


def _tool(desktop: str, environment: Mapping[str, str]) -> str:
    found = (shutil.which(name, path=environment.get("PATH")) for name in _TOOLS.get(desktop, ()))
    return next((path for path in found if path), "")


def _run(*command: str) -> str:
    try:
        done = subprocess.run(
            command, check=True, capture_output=True, text=True, timeout=_PATIENCE_S
        )  # a tool of the desktop
    except subprocess.CalledProcessError as error:
        reason = (error.stderr or "").strip().splitlines() or [f"exit code {error.returncode}"]
        raise InkstoneError(QuickReason.KEY_REFUSED(detail=reason[0])) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InkstoneError(QuickReason.KEY_REFUSED(detail=error)) from error
    return done.stdout

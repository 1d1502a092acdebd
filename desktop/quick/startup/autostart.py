"""Start at login: an XDG autostart entry, a value in the Windows registry, or a LaunchAgent of macOS; off by default.

The Windows and macOS ways follow their vendors' documentation and were not run on the platform.
"""

import plistlib
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from desktop.errors import InkstoneError
from desktop.files.atomic import write_bytes
from desktop.quick.startup.command import as_exec
from desktop.quick.startup.identity import APP_ID

_RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
_NAME = "Inkstone"
_NAME_BEFORE = "inkstone.desktop"  # of the entry, before all names were one


class Autostart(Protocol):
    """Whether Inkstone starts when the user logs in."""

    @property
    def on(self) -> bool:
        """Whether it does."""
        ...

    def turn(self, *, on: bool) -> None:
        """Change it. Raises InkstoneError."""
        ...


def open_autostart(
    command: Sequence[str], environment: Mapping[str, str], home: Path, platform: str = sys.platform
) -> Autostart:
    """Give the way of this system.

    Args:
        command: what is started.
        environment: tells where the desktop keeps its settings.
        home: of the user.
        platform: as `sys.platform`.
    """
    if platform == "win32":
        import winreg

        return RegistryRun(command, winreg)
    if platform == "darwin":
        return LaunchAgent(command, home / "Library" / "LaunchAgents" / f"{APP_ID}.plist")
    settings = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    return DesktopEntry(command, settings / "autostart" / f"{APP_ID}.desktop")


class DesktopEntry:
    """An entry of the folder `autostart` (Desktop Application Autostart Specification 0.5)."""

    def __init__(self, command: Sequence[str], file: Path) -> None:
        self._command, self._file = command, file
        self._before = file.with_name(_NAME_BEFORE)

    @property
    def on(self) -> bool:
        """Whether there is an entry that nobody has switched off, here or in the settings of the desktop."""
        try:
            entry = self._file if self._file.exists() else self._before
            lines = entry.read_text(encoding="utf-8").lower().splitlines()
        except (OSError, UnicodeDecodeError):
            return False
        pairs = {key.strip(): value.strip() for key, sign, value in (line.partition("=") for line in lines) if sign}
        return pairs.get("hidden") != "true" and pairs.get("x-gnome-autostart-enabled") != "false"

    def turn(self, *, on: bool) -> None:
        """Write the entry, or remove it."""
        entry = (
            "[Desktop Entry]\nType=Application\nName=Inkstone\nIcon=inkstone\nTerminal=false\n"
            f"Exec={as_exec(self._command)}\n"
        )
        _keep(self._file, entry.encode() if on else None)
        _keep(self._before, None)


class LaunchAgent:
    """A property list that launchd reads at login (launchd.plist(5))."""

    def __init__(self, command: Sequence[str], file: Path) -> None:
        self._command, self._file = command, file

    @property
    def on(self) -> bool:
        """Whether there is one that runs at login."""
        try:
            return bool(plistlib.loads(self._file.read_bytes()).get("RunAtLoad"))
        except (OSError, plistlib.InvalidFileException, ValueError):
            return False

    def turn(self, *, on: bool) -> None:
        """Write the list, or remove it."""
        table = {
            "Label": APP_ID,
            "ProgramArguments": list(self._command),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
        }
        _keep(self._file, plistlib.dumps(table) if on else None)


class RegistryRun:
    """A value below the user's Run key (Microsoft: “Run and RunOnce Registry Keys”)."""

    def __init__(self, command: Sequence[str], registry: Any) -> None:
        """Know the command; `registry` is the module winreg."""
        self._command, self._registry = command, registry

    @property
    def on(self) -> bool:
        """Whether the value is there."""
        registry = self._registry
        try:
            with registry.OpenKey(registry.HKEY_CURRENT_USER, _RUN) as key:
                registry.QueryValueEx(key, _NAME)
        except OSError:
            return False
        return True

    def turn(self, *, on: bool) -> None:
        """Write the value, or delete it."""
        registry = self._registry
        try:
            with registry.CreateKey(registry.HKEY_CURRENT_USER, _RUN) as key:
                if on:
                    registry.SetValueEx(key, _NAME, 0, registry.REG_SZ, subprocess.list2cmdline(self._command))
                elif self.on:
                    registry.DeleteValue(key, _NAME)
        except OSError as error:
            raise InkstoneError(f"Start at login could not be changed ({error}); nothing was changed.") from error


def _keep(file: Path, content: bytes | None) -> None:
    try:
        if content is None:
            file.unlink(missing_ok=True)
            return
        write_bytes(file, content)
    except OSError as error:
        raise InkstoneError(f"Start at login could not be changed ({error}); nothing was changed.") from error

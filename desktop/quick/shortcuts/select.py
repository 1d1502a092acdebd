"""Which back end of global shortcuts this machine has."""

import sys
from collections.abc import Mapping

from desktop.quick.shortcuts.interface import BackEnd, BackEndUnavailable, Pressed, Reported, ShortcutBackEnd


def chosen_back_end(environment: Mapping[str, str], platform: str = sys.platform) -> BackEnd:
    """Choose by what the machine can do; on Wayland that asks the desktop's portal, for 2 s at most."""
    if platform == "win32":
        return "windows"
    if platform == "darwin":
        return "macos"
    if not platform.startswith("linux"):
        return "other"
    if environment.get("WAYLAND_DISPLAY"):
        from desktop.quick.shortcuts.portal import portal_version

        return "portal" if portal_version(environment) else "wayland"
    return "x11" if environment.get("DISPLAY") else "nothing"


def open_back_end(
    environment: Mapping[str, str], pressed: Pressed, reported: Reported, platform: str = sys.platform
) -> tuple[BackEnd, ShortcutBackEnd | None]:
    """Open the back end of this machine; None where the command must be bound instead.

    Waits for nothing, so on Wayland it is “portal” in any case; without a portal each shortcut is reported as that.
    """
    try:
        if platform == "win32":
            from desktop.quick.shortcuts.windows import WindowsShortcuts

            return "windows", WindowsShortcuts(pressed, reported)
        if platform == "darwin":
            from desktop.quick.shortcuts.macos import MacShortcuts

            return "macos", MacShortcuts(pressed, reported)
        if platform.startswith("linux") and environment.get("WAYLAND_DISPLAY"):
            from desktop.quick.shortcuts.portal import PortalShortcuts

            return "portal", PortalShortcuts(pressed, reported, environment)
        if platform.startswith("linux") and environment.get("DISPLAY"):
            from desktop.quick.shortcuts.x11 import X11Shortcuts

            return "x11", X11Shortcuts(pressed, reported, environment["DISPLAY"])
    except BackEndUnavailable:
        return "nothing", None
    return ("nothing" if platform.startswith("linux") else "other"), None

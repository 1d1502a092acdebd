"""Which way back into other programs this machine has, said in a sentence."""

import sys
from collections.abc import Mapping

from desktop.quick.paste_back.interface import NoPasteBack, PasteBack
from desktop.quick.shortcuts.interface import BackEndUnavailable

WAYS: Mapping[str, str] = {
    "x11": "selections are read or copied, results are pasted",
    "windows": "selections are copied, results are pasted (written from the documentation, not tried there)",
    "macos": "selections are copied, results are pasted, if you allow it (written from the headers, not tried there)",
    "none": "selections are read where the desktop tells them, results go to the clipboard",
}


def way_back(environment: Mapping[str, str], platform: str = sys.platform) -> str:
    """Name the back end for the way back into other programs: x11, windows, macos or none.

    Wayland lets no program press keys in another.
    """
    if platform in ("win32", "darwin"):
        return "windows" if platform == "win32" else "macos"
    on_x11 = platform.startswith("linux") and environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY")
    return "x11" if on_x11 else "none"


def open_paste_back(environment: Mapping[str, str], platform: str = sys.platform) -> PasteBack:
    """Open the back end of this machine."""
    try:
        match way_back(environment, platform):
            case "x11":
                from desktop.quick.paste_back.x11 import X11PasteBack

                return X11PasteBack()
            case "windows":
                from desktop.quick.paste_back.windows import WindowsPasteBack

                return WindowsPasteBack()
            case "macos":
                from desktop.quick.paste_back.macos import MacPasteBack

                return MacPasteBack()
    except BackEndUnavailable:
        pass
    return NoPasteBack()

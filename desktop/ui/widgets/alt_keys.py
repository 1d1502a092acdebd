"""Alt and a letter is a command, never text: else a key without meaning would take the place of what is selected."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


def is_command_key(event: QKeyEvent, platform: str = sys.platform) -> bool:
    """Tell whether a key is none that types; on macOS, Option types letters."""
    if platform == "darwin":
        return False
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return held == Qt.KeyboardModifier.AltModifier and event.text().isprintable() and bool(event.text())

"""Qt without a screen, for tests of widgets: its platform, what it warns about, and the clipboard that it keeps."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtWidgets import QApplication

ICONS = Path(__file__).parents[1] / "assets" / "icons"


def ignore_its_warnings(items: Sequence[pytest.Item], folder: Path) -> None:
    """What the offscreen platform cannot do, it warns about; that is not Inkstone's doing."""
    for item in items:
        if folder in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise"))


@pytest.fixture(scope="session", autouse=True)
def emptied_clipboard(qapp: QApplication) -> Iterator[None]:
    """What Python put on this platform's clipboard must not outlive Python: it is freed behind the interpreter."""
    yield
    qapp.clipboard().clear()

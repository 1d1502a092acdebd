"""The quick window without a screen, on Qt's offscreen platform."""

import os
from collections.abc import Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtWidgets import QApplication

from desktop.ui.theme import Appearance

ICONS = Path(__file__).parents[2] / "assets" / "icons"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What the offscreen platform cannot do, it warns about; that is not Inkstone's doing."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise"))


@pytest.fixture(scope="session", autouse=True)
def _emptied_clipboard(qapp: QApplication) -> Iterator[None]:
    """What Python put on this platform's clipboard must not outlive Python: it is freed behind the interpreter."""
    yield
    qapp.clipboard().clear()


@pytest.fixture
def appearance(qapp: QApplication) -> Appearance:
    return Appearance(qapp, "light", ICONS, scale=1)

"""The quick window without a screen, on Qt's offscreen platform."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.ui.theme import Appearance
from tests.offscreen import ICONS, emptied_clipboard, ignore_its_warnings

__all__ = ["emptied_clipboard"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ignore_its_warnings(items, Path(__file__).parent)


@pytest.fixture
def appearance(qapp: QApplication) -> Appearance:
    return Appearance(qapp, "light", ICONS, scale=1)

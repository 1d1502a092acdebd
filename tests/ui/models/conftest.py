"""A window whose models are scripted."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from desktop.chat.history_unlocker import HistoryUnlocker
from desktop.settings import Settings
from desktop.ui.models.manager import ModelManager
from desktop.ui.models.notice import ModelNotice
from desktop.ui.window.dialogs import Dialogs
from tests.ui.conftest import Chat, StartChat
from tests.ui.models.scripted_models import PATIENCE_MS, ScriptedModels, manage


class Shop:
    """A window, its models, and what is done with them."""

    def __init__(self, start_chat: StartChat, models: ScriptedModels, folder: Path) -> None:
        settings = Settings(theme="light", model=models.chosen, welcomed=True)
        until = "loaded" if models.chosen in models.prepared else "model_missing"
        self.models, self.saved = models, folder / "settings.toml"
        self.chat: Chat = start_chat(models.open, settings=settings, open_other=models.open, until=until)
        self.dialogs = Dialogs(self.chat.window, HistoryUnlocker(folder / "history"))
        self.manager: ModelManager = manage(self.chat, models, self.dialogs)

    @property
    def notice(self) -> ModelNotice:
        return self.chat.window.model_notice

    def wait(self, until: Callable[[], bool]) -> None:
        self.chat.qtbot.waitUntil(until, timeout=PATIENCE_MS)

    def click(self, button: QAbstractButton) -> None:
        assert button.isVisible()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def until_working(self, model_id: str) -> None:
        """Wait until a model is being fetched, and the window has heard how far it is."""
        self.wait(lambda: self.manager.fetching is not None and self.manager.fetching.id == model_id)
        self.wait(lambda: self.manager.progress is not None and self.manager.progress[1] == 0.44)

    def answers(self, name: str) -> bool:
        info = self.chat.window.model.info
        return info is not None and info.model == name


OpenShop = Callable[[ScriptedModels], Shop]


@pytest.fixture
def open_shop(start_chat: StartChat, tmp_path: Path) -> Iterator[OpenShop]:
    opened: list[Shop] = []

    def open_(models: ScriptedModels) -> Shop:
        opened.append(Shop(start_chat, models, tmp_path))
        return opened[-1]

    yield open_
    for shop in opened:
        shop.models.may_end.set()
        shop.manager.end()

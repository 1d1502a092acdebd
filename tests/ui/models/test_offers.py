"""The card above the composer where the chosen model does not answer: what it offers, and that each offer works."""

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop import services
from desktop.chat.history_unlocker import HistoryUnlocker
from desktop.paths import AppPaths
from desktop.settings import Settings
from desktop.ui.installed_models import make_manager
from desktop.ui.models.manager import ModelManager
from desktop.ui.models.notice import ModelNotice
from desktop.ui.window.dialogs import Dialogs
from tests.tiny_folder import TINY_OPTIMUM
from tests.ui.conftest import PATIENCE_S, Chat, StartChat, Wear

PATIENCE_MS = round(1000 * PATIENCE_S)
SOURCE = """
[source]
package = "x"
version = "1"
size = 7000000
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
member = "x"
member_size = 1
member_sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
"""


class Trouble:
    """A window whose chosen model does not answer."""

    def __init__(self, start_chat: StartChat, home: Path, chosen: str, until: str) -> None:
        self.paths = AppPaths(home, (home / "models",), home / "models", home)
        settings = Settings(theme="light", model=chosen)

        def open_model(model_id: str):  # type: ignore[no-untyped-def]  # the engine of the product
            return services.open_engine(
                self.paths, dataclasses.replace(settings, model=model_id, threads=1, device="cpu")
            )

        self.chat: Chat = start_chat(lambda: open_model(chosen), settings=settings, open_other=open_model, until=until)
        self.manager: ModelManager = make_manager(self.paths, self.chat.window, self.chat.worker, offline=True)
        self.dialogs = Dialogs(self.chat.window, HistoryUnlocker(home / "history"))
        self.dialogs.show_models(self.manager)
        with self.chat.qtbot.waitSignal(self.manager.changed, timeout=PATIENCE_MS):
            self.chat.window.signals.load_wanted.emit()

    @property
    def notice(self) -> ModelNotice:
        return self.chat.window.model_notice

    @property
    def offered(self) -> list[str]:
        """The entries of the menu."""
        menu = self.notice.other.menu()
        return [action.text() for action in menu.actions() if action.text()] if menu else []


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shutil.copytree(TINY_OPTIMUM, tmp_path / "models" / "tiny-optimum")
    return tmp_path


@pytest.fixture
def troubles() -> Iterator[list[Trouble]]:
    begun: list[Trouble] = []
    yield begun
    for one in begun:
        one.manager.end()


def another(home: Path, model_id: str, *, source: str = "", cut: bool = False) -> None:
    """Put a second model beside the first: one whose weights are not there, or are cut."""
    folder = home / "models" / model_id
    folder.mkdir()
    manifest = (TINY_OPTIMUM / "manifest.toml").read_text(encoding="utf-8")
    named = manifest.replace('id = "tiny-optimum"', f'id = "{model_id}"')
    (folder / "manifest.toml").write_text(named + source, encoding="utf-8")
    if cut:
        shutil.copy(TINY_OPTIMUM / "tokenizer.json", folder)


def test_for_an_unknown_model_the_others_are_offered_and_no_retry(
    start_chat: StartChat, home: Path, troubles: list[Trouble]
) -> None:
    trouble = Trouble(start_chat, home, "gone", "model_unknown")
    troubles.append(trouble)
    chat, notice = trouble.chat, trouble.notice
    chat.qtbot.waitUntil(lambda: len(trouble.offered) == 2, timeout=PATIENCE_MS)
    assert "There is no model “gone”" in notice.sentence.text()
    assert not notice.action.isVisible()
    assert notice.other.text() == "Use another model"
    assert chat.window.composer.hint.text() == "Choose a model first"
    notice.other.menu().actions()[0].trigger()
    chat.qtbot.waitUntil(lambda: not notice.isVisible() and chat.window.model.info is not None, timeout=PATIENCE_MS)
    assert chat.window.preferences.settings.model == "tiny-optimum"
    chat.ask("zq")


def test_a_model_that_is_not_prepared_can_be_prepared_or_replaced(
    start_chat: StartChat, home: Path, troubles: list[Trouble]
) -> None:
    another(home, "later", source=SOURCE)
    trouble = Trouble(start_chat, home, "later", "model_missing")
    troubles.append(trouble)
    trouble.chat.qtbot.waitUntil(lambda: len(trouble.offered) == 2, timeout=PATIENCE_MS)
    assert trouble.notice.sentence.text().endswith("is not on this machine yet (7 MB download).")
    assert trouble.notice.action.text() == "Download"


def test_an_imported_model_without_its_files_is_not_offered_to_be_prepared(
    start_chat: StartChat, home: Path, troubles: list[Trouble]
) -> None:
    another(home, "imported")
    trouble = Trouble(start_chat, home, "imported", "model_missing")
    troubles.append(trouble)
    trouble.chat.qtbot.waitUntil(lambda: len(trouble.offered) == 2, timeout=PATIENCE_MS)
    assert "not on this machine any more" in trouble.notice.sentence.text()
    assert not trouble.notice.action.isVisible()
    assert trouble.chat.window.composer.hint.text() == "Choose a model first"


def test_beside_retry_of_a_broken_model_stand_the_others(
    start_chat: StartChat, home: Path, troubles: list[Trouble]
) -> None:
    another(home, "broken", cut=True)
    trouble = Trouble(start_chat, home, "broken", "load_failed")
    troubles.append(trouble)
    trouble.chat.qtbot.waitUntil(lambda: len(trouble.offered) == 2, timeout=PATIENCE_MS)
    assert trouble.notice.action.text() == "Retry"
    assert trouble.notice.action.isVisible()


def test_where_no_model_is_ready_the_page_is_offered(
    start_chat: StartChat, home: Path, troubles: list[Trouble]
) -> None:
    shutil.rmtree(home / "models" / "tiny-optimum")
    another(home, "later", source=SOURCE)
    trouble = Trouble(start_chat, home, "gone", "model_unknown")
    troubles.append(trouble)
    trouble.chat.qtbot.waitUntil(lambda: len(trouble.manager.models) == 1, timeout=PATIENCE_MS)
    assert trouble.notice.other.text() == "Choose a model…"
    QTest.mouseClick(trouble.notice.other, Qt.MouseButton.LeftButton)
    assert trouble.dialogs.settings is not None
    assert trouble.dialogs.settings.section == "model"
    assert trouble.dialogs.settings.models is not None
    assert trouble.dialogs.settings.models.list.rows["later"].prepare.isVisible()


def test_where_the_other_cannot_be_loaded_either_that_is_said_and_offers_stay(
    start_chat: StartChat, home: Path, troubles: list[Trouble]
) -> None:
    trouble = Trouble(start_chat, home, "gone", "model_unknown")
    troubles.append(trouble)
    chat, notice = trouble.chat, trouble.notice
    chat.qtbot.waitUntil(lambda: len(trouble.offered) == 2, timeout=PATIENCE_MS)
    graph = home / "models" / "tiny-optimum" / "model.onnx"
    graph.write_bytes(bytes(graph.stat().st_size))
    notice.other.menu().actions()[0].trigger()
    chat.qtbot.waitUntil(lambda: "model.onnx cannot be used" in notice.sentence.text(), timeout=PATIENCE_MS)
    assert notice.isVisible()
    assert not notice.action.isVisible()
    assert chat.window.preferences.settings.model == "gone"


def test_in_large_text_the_sentence_is_seen_whole(
    start_chat: StartChat, home: Path, troubles: list[Trouble], wear: Wear
) -> None:
    wear("light", 2)
    another(home, "later", source=SOURCE)
    trouble = Trouble(start_chat, home, "later", "model_missing")
    troubles.append(trouble)
    trouble.chat.window.resize(1024, 700)
    trouble.chat.qtbot.waitUntil(lambda: len(trouble.offered) == 2, timeout=PATIENCE_MS)
    sentence, notice = trouble.notice.sentence, trouble.notice
    trouble.chat.qtbot.waitUntil(lambda: sentence.height() >= sentence.heightForWidth(sentence.width()))
    assert notice.other.geometry().top() > sentence.geometry().bottom()
    assert notice.rect().contains(notice.action.geometry())

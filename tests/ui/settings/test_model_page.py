"""The page of the settings about models, on real folders: real files converted, loaded, checked and removed."""

import dataclasses
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest

from desktop import services
from desktop.chat.history_unlocker import HistoryUnlocker
from desktop.engine.interface import Engine
from desktop.errors import OutOfMemory
from desktop.models.progress import Work
from desktop.paths import AppPaths
from desktop.settings import Settings, load_settings
from desktop.ui.installed_models import make_manager
from desktop.ui.models.manager import ModelManager, ModelOffer
from desktop.ui.models.rows import RemoveQuestion
from desktop.ui.settings.model_page import ModelPage, dropped_model
from desktop.ui.window.dialogs import Dialogs
from tests.tiny_folder import TINY_OPTIMUM
from tests.tiny_gguf import TINY_MODELS, TinyModel, write_tiny_gguf
from tests.ui.conftest import PATIENCE_S, Chat, StartChat
from tests.ui.window.test_window import controls, spoken_name

PATIENCE_MS = round(1000 * PATIENCE_S)
FIRST = "tiny-optimum"


class Machine:
    """A window, its settings, and the models of a home."""

    def __init__(self, start_chat: StartChat, tmp_path: Path) -> None:
        own, installation = tmp_path / "models", tmp_path / "installation"
        installation.mkdir()
        shutil.copytree(TINY_OPTIMUM, own / FIRST)
        self.own, self.saved = own, tmp_path / "settings.toml"
        self.paths = AppPaths(tmp_path, (own, installation), own, tmp_path)
        self.loads: list[str] = []
        self.may_load = threading.Event()
        self.may_load.set()
        settings = Settings(theme="light", model=FIRST)
        self.chat: Chat = start_chat(lambda: self.open(FIRST), settings=settings, open_other=self.open)
        self.manager: ModelManager = make_manager(self.paths, self.chat.window, self.chat.worker, offline=True)
        self.dialogs = Dialogs(self.chat.window, HistoryUnlocker(tmp_path / "history"))
        self.dialogs.show_models(self.manager)

    def open(self, model_id: str) -> Engine:
        self.may_load.wait()
        self.loads.append(model_id)
        settings = dataclasses.replace(Settings(), model=model_id, threads=1, device="cpu")
        return services.open_engine(self.paths, settings)

    def page(self) -> ModelPage:
        with self.chat.qtbot.waitSignal(self.manager.changed, timeout=PATIENCE_MS):
            self.dialogs.open_settings("model")
        assert self.dialogs.settings is not None
        assert self.dialogs.settings.models is not None
        return self.dialogs.settings.models

    def gguf(self, name: str = "mine.gguf", model: TinyModel = TINY_MODELS["qwen2"]) -> Path:
        return write_tiny_gguf(self.paths.home / name, model)

    def bring_in(self, path: Path) -> None:
        """Import a file, and wait until the list shows it."""
        count = len(self.manager.models)
        self.manager.bring_in(path)
        self.chat.qtbot.waitUntil(
            lambda: len(self.manager.models) > count and self.manager.progress is None, timeout=PATIENCE_MS
        )

    def until_idle(self) -> None:
        self.chat.qtbot.waitUntil(
            lambda: self.manager.progress is None and bool(self.manager.said), timeout=PATIENCE_MS
        )


@pytest.fixture
def machine(start_chat: StartChat, tmp_path: Path) -> Iterator[Machine]:
    made = Machine(start_chat, tmp_path)
    yield made
    made.may_load.set()
    made.manager.end()


def test_models_are_listed_with_what_their_manifests_say(machine: Machine) -> None:
    page = machine.page()
    (row,) = page.list.rows.values()
    assert row.choice.isChecked()
    assert row.state.text() == "In use"
    said = row.choice.accessibleDescription()
    assert said.startswith("515 kB · ")
    assert "256 tokens of context" in said
    assert not row.prepare.isVisible()


def test_a_file_is_imported_offered_used_and_answers(machine: Machine) -> None:
    page, chat = machine.page(), machine.chat
    chat.ask("zq zq")
    machine.bring_in(machine.gguf())
    assert page.notice.isVisible()
    assert page.notice.sentence.text() == "“Tiny qwen2” is ready."
    assert page.notice.action.text() == "Use it"
    assert machine.loads == [FIRST]  # not before it is wanted
    with chat.qtbot.waitSignal(machine.manager.use_wanted):
        QTest.mouseClick(page.notice.action, Qt.MouseButton.LeftButton)
    chat.qtbot.waitUntil(lambda: machine.manager.used == "mine", timeout=PATIENCE_MS)
    assert page.list.rows["mine"].choice.isChecked()
    assert not page.list.rows[FIRST].choice.isChecked()
    chat.qtbot.waitUntil(lambda: chat.window.status.model.text().startswith("Tiny qwen2"), timeout=PATIENCE_MS)
    chat.ask("zq")  # in the conversation that the other model began
    assert len(chat.window.shown.view.answers) == 2
    chat.window.preferences.end()
    assert load_settings(machine.saved).model == "mine"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_key_chooses_a_model_and_arrows_only_move(machine: Machine, key: Qt.Key) -> None:
    machine.bring_in(machine.gguf())
    page = machine.page()
    page.list.rows["mine"].choice.setFocus()
    QTest.keyClick(page.list.rows["mine"].choice, Qt.Key.Key_Down)
    assert machine.manager.loading == ""
    QTest.keyClick(page.list.rows["mine"].choice, key)
    assert machine.manager.loading == "mine"
    assert page.list.rows["mine"].state.text() == "Loading…"
    assert page.list.rows[FIRST].choice.isChecked()  # until the other one answers
    assert machine.dialogs.settings is not None
    assert machine.dialogs.settings.isVisible()
    machine.chat.qtbot.waitUntil(lambda: machine.manager.used == "mine", timeout=PATIENCE_MS)


def test_where_a_model_cannot_be_loaded_the_one_before_stays(machine: Machine) -> None:
    machine.bring_in(machine.gguf())
    graph = machine.own / "mine" / "model.onnx"
    graph.write_bytes(bytes(graph.stat().st_size))  # the size is right, so that it is known as prepared
    page, chat = machine.page(), machine.chat
    QTest.mouseClick(page.list.rows["mine"].choice, Qt.MouseButton.LeftButton)
    chat.qtbot.waitUntil(lambda: machine.manager.failed, timeout=PATIENCE_MS)
    assert "model.onnx cannot be used" in page.notice.sentence.text()
    assert page.list.rows[FIRST].choice.isChecked()
    assert page.list.rows[FIRST].state.text() == "In use"
    assert chat.window.preferences.settings.model == FIRST
    chat.ask("zq")
    assert not chat.window.model_notice.isVisible()


def test_cancel_leaves_nothing_half_made(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    page, chat = machine.page(), machine.chat
    held = threading.Event()
    real = services.import_model

    def slow(*given, **more):  # type: ignore[no-untyped-def]  # as the function it stands before
        held.wait()
        return real(*given, **more)

    monkeypatch.setattr(services, "import_model", slow)
    machine.manager.bring_in(machine.gguf())
    assert page.notice.progress.isVisible()
    assert not page.bring_in.isEnabled()
    QTest.mouseClick(page.notice.cancel, Qt.MouseButton.LeftButton)
    held.set()
    chat.qtbot.waitUntil(lambda: machine.manager.progress is None, timeout=PATIENCE_MS)
    assert not page.notice.isVisible()
    assert [path.name for path in machine.own.iterdir() if path.is_dir()] == [FIRST]
    assert page.bring_in.isEnabled()


def test_a_file_that_is_no_model_is_refused_with_one_sentence(machine: Machine) -> None:
    page = machine.page()
    path = machine.paths.home / "notes.gguf"
    path.write_bytes(b"not a model")
    machine.manager.bring_in(path)
    machine.until_idle()
    assert page.notice.sentence.text() == f"{path} cannot be used: it is not a whole GGUF file."
    assert not page.notice.action.isVisible()
    assert list(machine.own.iterdir()) == [machine.own / FIRST]


def test_the_same_name_twice_makes_two_models(machine: Machine) -> None:
    machine.bring_in(machine.gguf())
    machine.bring_in(machine.gguf())
    machine.bring_in(machine.gguf("通义.gguf"))
    assert [model.id for model in machine.manager.models] == ["mine", "mine-2", "model", FIRST]


def test_a_model_is_removed_after_a_question_and_never_the_one_in_use(machine: Machine) -> None:
    machine.bring_in(machine.gguf())
    page = machine.page()
    assert not page.list.rows[FIRST].remove.isEnabled()
    page.list.rows["mine"].remove.trigger()
    (question,) = page.findChildren(RemoveQuestion)
    assert "This frees" in question.text()
    QTest.mouseClick(question.remove, Qt.MouseButton.LeftButton)
    machine.chat.qtbot.waitUntil(lambda: len(machine.manager.models) == 1, timeout=PATIENCE_MS)
    assert "was removed" in page.notice.sentence.text()
    assert list(page.list.rows) == [FIRST]
    assert not (machine.own / "mine").exists()
    machine.manager.remove(FIRST)  # whatever the page lets pass
    machine.until_idle()
    assert (machine.own / FIRST).exists()


def test_checking_finds_a_changed_file(machine: Machine) -> None:
    page = machine.page()
    page.list.rows[FIRST].check.trigger()
    machine.until_idle()
    assert page.notice.sentence.text().startswith("All files of “")
    tokenizer = machine.own / FIRST / "tokenizer.json"
    tokenizer.write_bytes(tokenizer.read_bytes()[::-1])
    page.list.rows[FIRST].check.trigger()
    machine.until_idle()
    assert "it is not the file that was prepared" in page.notice.sentence.text()


def test_a_page_made_anew_shows_what_is_being_done(machine: Machine) -> None:
    page = machine.page()
    machine.manager.progress = (Work.CONVERTING(), 0.5)
    again = ModelPage(machine.manager, page_form(machine))
    again.show()
    assert again.notice.progress.value() == 500
    assert not again.bring_in.isEnabled()
    machine.manager.progress = None
    page.close()
    again.deleteLater()


def page_form(machine: Machine):  # type: ignore[no-untyped-def]  # the form of the settings
    from desktop.ui.settings.general_page import RunForm

    return RunForm(machine.chat.window.preferences)


def test_what_ends_while_the_settings_are_closed_is_said_in_the_window(machine: Machine) -> None:
    machine.bring_in(machine.gguf())
    assert machine.chat.window.toast.isVisible()
    assert machine.chat.window.toast.sentence.text() == "“Tiny qwen2” is ready."
    assert machine.manager.offer == ModelOffer("use", "mine")


def test_a_file_dropped_on_the_composer_is_imported_on_the_page(machine: Machine) -> None:
    data = QMimeData()
    path = machine.gguf()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    assert dropped_model(data) == path
    machine.chat.window.composer.edit.insertFromMimeData(data)
    machine.chat.qtbot.waitUntil(lambda: machine.manager.model("mine") is not None, timeout=PATIENCE_MS)
    assert machine.dialogs.settings is not None
    assert machine.dialogs.settings.section == "model"
    assert not machine.chat.window.composer.attachments


def test_a_bug_ends_the_work_with_a_sentence(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = []
    monkeypatch.setattr("sys.excepthook", lambda *bug: reports.append(bug))

    def fail(*_given: object, **_more: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(services, "import_model", fail)
    page = machine.page()
    machine.manager.bring_in(machine.gguf())
    machine.until_idle()
    assert "its own fault" in page.notice.sentence.text()
    assert len(reports) == 1


def test_every_control_of_the_page_has_a_name(machine: Machine) -> None:
    machine.bring_in(machine.gguf())
    page = machine.page()
    for control in controls(page):
        assert spoken_name(control), f"{control} says nothing to a screen reader"


def test_a_model_for_which_there_is_too_little_memory_is_refused_before_it_is_loaded(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.bring_in(machine.gguf())
    with monkeypatch.context() as patched:
        patched.setattr(services, "_free_memory", lambda: 1000)
        with pytest.raises(OutOfMemory):
            services.open_engine(machine.paths, Settings(model="mine", threads=1, device="cpu"))
    machine.chat.ask("zq")

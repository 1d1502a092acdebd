"""The only place that builds the application's objects and connects them.

Qt is imported where the window is built: the terminal commands need none of it.
"""

import dataclasses
import functools
import os
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.crashes import install_crash_hook
from desktop.engine.interface import Engine, Sampling
from desktop.models.progress import Progress
from desktop.paths import AppPaths
from desktop.settings import Settings, save_settings

if TYPE_CHECKING:
    from desktop.chat.drafts import Draft
    from desktop.chat.keeper import OpenHistory
    from desktop.engine.local import LocalEngine
    from desktop.history import History
    from desktop.models.library import Model, ModelLibrary
    from desktop.quick.loading import Actions
    from desktop.quick.options import QuickOptions
    from desktop.quick.window.prompt import QuickPrompt
    from desktop.router.router import Router
    from desktop.ui.chat_worker import ChatWorker, Prepare
    from desktop.ui.dialogs import Dialogs
    from desktop.ui.drafting_pane import Models
    from desktop.ui.drafting_window import DraftingOpener
    from desktop.ui.main_window import MainWindow
    from desktop.ui.model_facts import ModelFacts
    from desktop.ui.model_shelf import ModelShelf
    from desktop.ui.preferences import Preferences
    from desktop.ui.single_instance import SingleInstance
    from desktop.ui.suggesting import SuggestionThread
    from desktop.ui.tray import Tray

ROUTER_ID = "router-minilm"  # its model is committed, and is no language model


def open_engine(paths: AppPaths, settings: Settings) -> "LocalEngine":
    """Load the chosen model.

    Raises:
        ModelError: it is unknown, not prepared, or damaged.
    """
    from desktop.engine.local import LocalEngine

    if settings.low_priority:
        let_others_go_first()
    files = open_library(paths).find(settings.model).files()
    return LocalEngine(files, settings.device, settings.threads, kv_cache_mib=settings.kv_cache_mib)


def let_others_go_first() -> None:
    """Give this thread, and those that it starts from now on, a low priority; for good, as only root may raise it."""
    if sys.platform.startswith("linux"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
    elif sys.platform == "win32":
        import psutil

        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        os.nice(10)


def open_library(paths: AppPaths) -> "ModelLibrary":
    """Find the models of this machine, after tidying up what a killed preparation may have left."""
    from desktop.models.library import ModelLibrary
    from desktop.models.staging import recover

    for folder in paths.model_folders:
        recover(folder)
    return ModelLibrary(paths.model_folders)


def open_history(
    paths: AppPaths, passphrase: str | None = None, recovery: str | None = None, *, write: bool = True
) -> "History":
    """Open the user's history; a new one gets its key in the keyring. May wait for the keyring: off the GUI thread.

    Raises:
        PassphraseNeeded: ask for it and try again.
        ProtectionNeeded: there is no keyring; the user chooses (`desktop.history.vault.protect`).
        HistoryError: it cannot be opened; nothing was changed.
    """
    from desktop.history import History
    from desktop.history.vault import find_key

    folder = paths.history
    return History.open(folder, find_key(folder, passphrase=passphrase, recovery=recovery), write=write)


def own_actions(paths: AppPaths) -> Path:
    """Give the folder of the user's own quick actions."""
    return paths.home / "actions"


def open_actions(paths: AppPaths, *, shipped: bool = True) -> "Actions":
    """Read the quick actions, the user's own in place of shipped ones of the same id."""
    from desktop.quick.loading import load_actions
    from desktop.quick.shortcuts import load_choices

    folders = [*([paths.assets / "actions"] if shipped else []), own_actions(paths)]
    return load_actions(folders, load_choices(quick_choices(paths)).order)


def open_router(paths: AppPaths) -> "Router":
    """Give the router with what the user taught it; its model is loaded with the first request.

    Raises:
        ModelNotPrepared: the installation lacks the router's model.
    """
    from desktop.errors import ModelNotPrepared
    from desktop.router.learning import Corrections
    from desktop.router.router import Router

    for folder in paths.model_folders:
        if (folder / ROUTER_ID / "model.onnx").is_file():
            return Router(folder / ROUTER_ID, Corrections(paths.home / "router" / "corrections.jsonl"))
    raise ModelNotPrepared(ROUTER_ID)


def chat_sampling(**changed: float) -> Sampling:
    """Give the sampling of conversations, with what the user changed."""
    return dataclasses.replace(Sampling(), **changed)  # type: ignore[arg-type]  # the command line checks the types


def prepare_model(
    paths: AppPaths,
    model_id: str,
    report: Callable[[str, float], None],
    stop: threading.Event | None = None,
    *,
    again: bool = False,
    cuda: bool = False,
    offline: bool = False,
) -> Path:
    """Fetch and convert a model, or its variant for CUDA, where it is not there yet; gives its folder.

    Raises:
        UnknownModel: there is no model of this id.
        PrepareError: it could not be fetched or converted, or was stopped.
        OfflineRefused: it would need the network.
    """
    model = open_library(paths).find(model_id)
    if model.prepared and not again and not cuda:
        return model.folder  # the usual case, and it needs no converter
    from desktop.models.prepare import for_cuda, prepare

    if cuda:
        model = for_cuda(model, paths.prepared_models)

    progress = Progress(report, stop or threading.Event())
    return prepare(model, paths.prepared_models, progress, again=again, offline=offline)


def import_model(
    paths: AppPaths,
    file: Path,
    report: Callable[[str, float], None],
    model_id: str | None = None,
    stop: threading.Event | None = None,
    *,
    any_id: bool = False,
) -> Path:
    """Convert a GGUF file to a model of its own; gives its folder. Raises InkstoneError.

    Its id is `model_id`, or comes from the file's name; with `any_id` a number makes it another one than all others.
    """
    from desktop.models.prepare import free_id, import_gguf

    taken = {model.manifest.id for model in open_library(paths).models()}
    chosen = free_id(file, taken) if any_id else model_id
    return import_gguf(file, paths.home / "models", Progress(report, stop or threading.Event()), chosen, taken=taken)


def verify_model(
    paths: AppPaths, model_id: str, report: Callable[[str, float], None], stop: threading.Event | None = None
) -> "Model":
    """Compare every file of a model with its sha256; gives the model. Raises ModelError."""
    model = open_library(paths).find(model_id)
    model.verify(Progress(report, stop or threading.Event()))
    return model


def remove_model(paths: AppPaths, model_id: str, chosen: str) -> int:
    """Delete the files of a model that is not the chosen one; gives how many bytes that freed.

    Raises:
        UnknownModel: there is no model of this id.
        ModelInUse, ModelShared: it must stay.
        PrepareError: it could not be deleted.
    """
    from desktop.errors import ModelInUse, ModelShared
    from desktop.models.remove import remove

    model = open_library(paths).find(model_id)
    if model_id == chosen:
        raise ModelInUse(model_id)
    if not removable(paths, model):
        raise ModelShared(model.folder)
    committed = model.folder.parent != paths.home / "models" and model.manifest.source is not None
    return remove(model, keep_manifest=committed)


def removable(paths: AppPaths, model: "Model") -> bool:
    """Tell whether a model's files are this home's: those of the installation are where it prepares none there."""
    return model.folder.parent in (paths.home / "models", paths.prepared_models) and model.size > 0


def open_temporary_history() -> "History":
    """Open a history that is never written."""
    from desktop.history import History

    return History.temporary()


def run_window(
    paths: AppPaths,
    settings: Settings,
    open_engine: Callable[[Settings], Engine],
    prepare: "Prepare",
    *,
    quick: str | None = None,
    hidden: bool = False,
    offline: bool = False,
) -> int:
    """Show the window until the user closes it.

    Args:
        paths: where the history, crash reports and icons lie.
        settings: as they were saved.
        open_engine: loads the chosen model; called on the chat thread. Raises ModelNotPrepared where it must be
            prepared first, another InkstoneError where it cannot be loaded.
        prepare: prepares the starter model; called on the chat thread with what to call with a sentence and the
            share done in [0, 1], and with the event that stops it. Raises InkstoneError (Cancelled when stopped).
        quick: begin with a quick prompt of this action ("" for none), the window unseen.
        hidden: begin with nothing to be seen, but in the tray.
        offline: no model may be fetched.

    Returns:
        The exit code of the process.
    """
    install_crash_hook(paths.logs)

    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from desktop.chat.door import Door
    from desktop.quick.identity import APP_ID, X11_CLASS
    from desktop.ui import theme
    from desktop.ui.chat_worker import ChatThread, ChatWorker
    from desktop.ui.collecting import Collector
    from desktop.ui.dialogs import Dialogs
    from desktop.ui.icons import seal_icon
    from desktop.ui.interrupt import ends_on_interrupt
    from desktop.ui.language import Speech
    from desktop.ui.preferences import Preferences
    from desktop.ui.staying import Staying
    from desktop.ui.theme import Appearance
    from desktop.ui.tray import Tray

    app = QApplication([X11_CLASS])
    app.setApplicationDisplayName("Inkstone")
    app.setDesktopFileName(APP_ID)
    Collector(app)
    wanted = {"command": "stay" if hidden else "show"} if quick is None else {"command": "quick", "action": quick}
    instance = open_instance(paths, wanted)
    if instance is None:
        return 0  # the one that runs already does what is wanted
    preferences = Preferences(settings, lambda chosen: save_settings(chosen, paths.settings_file))
    appearance = Appearance(app, settings.theme, paths.assets / "icons")
    appearance.choose_font(settings.font, settings.text_size)
    speech = Speech(app, paths.assets / "translations", settings.language)
    preferences.changed.connect(appearance.apply)  # before the window, which is made anew in the new look
    preferences.changed.connect(speech.apply)
    app.setWindowIcon(seal_icon())
    worker = ChatWorker(
        lambda: open_engine(preferences.settings),
        prepare,
        paths.logs,
        open_other=lambda model_id: open_engine(dataclasses.replace(preferences.settings, model=model_id)),
    )
    thread = ChatThread(worker)
    door = Door(paths.history)
    window = make_window(preferences, door.open)
    window.resize(theme.window_size(window.screen().availableSize()))
    dialogs = Dialogs(window, door)
    connect(window, worker)
    shelf = make_shelf(paths, window, worker, offline=offline)
    dialogs.show_models(shelf)
    dialogs.ready.connect(window.desk.link.start)
    window.left.connect(app.quit)
    instance.answer("show", window.come_forward)
    instance.answer("stay", lambda _: None)
    ends: list[Callable[[], object]] = [shelf.end]  # of what is built behind the first paint
    tray = Tray()
    staying = Staying(window, tray, hidden=hidden)
    build_the_rest = functools.partial(equip, paths, worker, window, dialogs, instance, tray, quick, ends)
    with ends_on_interrupt(window.quit):
        for begin in (build_the_rest, thread.start):  # they compete for the interpreter: paint first
            window.painted.connect(begin)
        QTimer.singleShot(0, dialogs.begin)
        if quick is None and not hidden:
            window.show()
        else:
            if not tray.shown:
                window.showMinimized()
            window.begin()  # it is not seen until the user wants it
        code = app.exec()
        staying.end()
        instance.close()
        worker.close()  # whoever waits for the model waits no longer
        for end in ends:
            end()
        thread.end()
        window.desk.end()
        preferences.end()
    del window, appearance, speech  # before the application that they belong to
    return code


def equip(
    paths: AppPaths,
    worker: "ChatWorker",
    window: "MainWindow",
    dialogs: "Dialogs",
    instance: "SingleInstance",
    tray: "Tray",
    quick: str | None,
    ends: list[Callable[[], object]],
) -> None:
    """Build what can wait until the window is seen: drafting, suggestions, and quick prompts with their keys.

    Args:
        paths: where templates, actions and keys lie.
        worker: its model answers them.
        window: where drafting is asked for.
        dialogs: whose settings show how quick prompts are called.
        instance: hears later starts.
        tray: where quick prompts are called and paused, too.
        quick: the quick prompt to open at once; None: none.
        ends: gets what ends each of them.
    """
    from desktop.quick.window.hotkeys import Hotkeys
    from desktop.ui.drafting_window import DraftingOpener

    prompt = make_quick(paths, worker, window)
    instance.answer("quick", prompt.answer)
    hotkeys = Hotkeys(quick_choices(paths))
    hotkeys.pressed.connect(prompt.open)
    dialogs.quick = (quick_options(paths), hotkeys)
    tray.quick_wanted.connect(prompt.open)
    tray.pause_wanted.connect(hotkeys.pause)
    drafting = DraftingOpener(
        window.desk.link,
        worker.engine,
        shipped=paths.assets / "templates",
        home=paths.home,
        reports=paths.logs,
        export=export_draft,
        actions=lambda: open_actions(paths).sound,
        preferences=window.preferences,
        models=drafting_models(paths, window),
        read_source=read_source,
    )
    window.templates_wanted.connect(drafting.open)
    window.draft_wanted.connect(drafting.resume)
    drafting.keys_wanted.connect(functools.partial(dialogs.open_settings, "shortcuts"))
    ends += [hotkeys.close, suggest(paths, window, dialogs, drafting).end, drafting.end, prompt.end]
    prompt.start()
    if quick is not None:
        prompt.open(quick)


def drafting_models(paths: AppPaths, window: "MainWindow") -> "Models":
    """Tell drafting which models are ready here, and let it change the one that answers."""
    from desktop.chat.writers import Writer
    from desktop.models.library import ModelLibrary
    from desktop.ui.drafting_pane import Models

    def writers() -> list[Writer]:
        used = window.preferences.settings.model
        ready = [model.manifest for model in ModelLibrary(paths.model_folders).models() if model.prepared]
        return [Writer(each.id, each.name, each.languages, each.id == used) for each in ready]

    def use(model_id: str) -> None:
        window.use_wanted.emit(model_id)

    models = Models(writers, use, lambda: window.model.loading)
    window.model.changed.connect(models.changed)
    return models


def suggest(
    paths: AppPaths, window: "MainWindow", dialogs: "Dialogs", drafting: "DraftingOpener"
) -> "SuggestionThread":
    """Offer templates for what is written in the window; Tab opens their briefs."""
    from desktop.chat.drafts import Shelf
    from desktop.chat.suggestions import Suggestion, Suggestions
    from desktop.ui.suggesting import SuggestionThread

    def open_brief(suggestion: Suggestion) -> None:
        drafting.begin(suggestion.template, suggestion.given, suggestion.points)

    shelf = Shelf(paths.assets / "templates", paths.templates)
    dialogs.suggestions = Suggestions(lambda: open_router(paths), shelf)
    thread = SuggestionThread(dialogs.suggestions)
    window.suggest_with(thread)
    window.brief_wanted.connect(open_brief)
    return thread


def read_source(path: Path, stop: threading.Event) -> str:
    """Give the text of a document; `stop` ends the reading. Raises DocumentError."""
    from desktop.documents.reading import read_document

    return read_document(path, stop=stop)


def export_draft(draft: "Draft", path: Path) -> None:
    """Write a draft as a document of the kind that the name asks for. Raises DocumentError."""
    from desktop.documents.export import write_document

    write_document(draft.text, path, title=draft.title)


def write_parts(parts: Sequence[str], path: Path, title: str) -> None:
    """Write texts in Markdown as a document of the kind that the name asks for. Raises DocumentError."""
    from desktop.documents import export

    export.write_parts(parts, path, title=title)


def open_instance(paths: AppPaths, message: Mapping[str, str]) -> "SingleInstance | None":
    """Become the one instance of this home; None where another is, which was given the message."""
    from desktop.ui.single_instance import SingleInstance, socket_name

    try:
        name = socket_name(paths.home)
    except OSError:  # no private folder for the socket: the lock of the history still keeps two from writing
        name = ""
    instance = SingleInstance(name)
    asked = {**message, "activation": os.environ.get("XDG_ACTIVATION_TOKEN", "")}
    if name and instance.listen_or_hand_over(asked) is not None:
        return None
    instance.expect("quick")  # the quick prompt is built behind the first paint
    return instance


def make_quick(paths: AppPaths, worker: "ChatWorker", window: "MainWindow") -> "QuickPrompt":
    """Build the quick prompt; its answers come from the model of the window."""
    from desktop.quick.window.prompt import QuickPrompt
    from desktop.quick.window.worker import QuickWorker
    from desktop.ui.sentences import told

    def talk(text: str) -> None:
        window.come_forward({})
        window.new_draft()
        window.composer.set_text(text)

    quick = QuickWorker(worker.engine, lambda: open_actions(paths).sound.values())
    prompt = QuickPrompt(quick, lambda: open_actions(paths).sound, told)
    prompt.continue_wanted.connect(talk)
    return prompt


def quick_choices(paths: AppPaths) -> Path:
    """Give the file of what the user chose about quick prompts."""
    return paths.home / "quick.toml"


def quick_options(paths: AppPaths) -> "QuickOptions":
    """Give what the settings show and change about quick prompts."""
    from desktop.paths import usual_home
    from desktop.quick.autostart import open_autostart
    from desktop.quick.command import own_command
    from desktop.quick.options import QuickOptions

    command = own_command(paths.home if paths.home != usual_home() else None, frozen=getattr(sys, "frozen", False))
    return QuickOptions(
        quick_choices(paths),
        functools.partial(open_actions, paths),
        own_actions(paths),
        (*command, "quick"),
        open_autostart((*command, "--hidden"), os.environ, Path.home()),
        os.environ,
        Path.home(),
    )


def make_window(preferences: "Preferences", open_history: "OpenHistory") -> "MainWindow":
    """Build the window and what it shows; the history is opened once its keeper is started."""
    from desktop.ui.desk import Desk
    from desktop.ui.history_link import HistoryLink
    from desktop.ui.library import Library
    from desktop.ui.main_window import MainWindow
    from desktop.ui.model_state import ModelState

    link = HistoryLink(open_history)
    desk = Desk(link, lambda: HistoryLink(open_temporary_history))
    window = MainWindow(desk, Library(link, write_parts), ModelState(), preferences, read_source)
    desk.restore()
    window.library.load()
    return window


def make_shelf(paths: AppPaths, window: "MainWindow", worker: "ChatWorker", *, offline: bool) -> "ModelShelf":
    """Show the models of this machine, and let the user choose, import, prepare, check and remove them."""
    from desktop.ui.model_facts import ModelFacts, ModelWork, Report
    from desktop.ui.model_shelf import ModelShelf

    def models() -> list[ModelFacts]:
        from desktop.models.library import ModelLibrary  # not `open_library`, whose tidying up holds off a preparation

        return [model_facts(paths, model) for model in ModelLibrary(paths.model_folders).models()]

    def bring_in(file: Path, report: Report, stop: threading.Event) -> str:
        return import_model(paths, file, report, stop=stop, any_id=True).name

    def prepare(model_id: str, report: Report, stop: threading.Event) -> Path:
        return prepare_model(paths, model_id, report, stop, again=True, offline=offline)

    def remove(model_id: str) -> int:
        return remove_model(paths, model_id, window.preferences.settings.model)

    shelf = ModelShelf(
        ModelWork(models, bring_in, prepare, functools.partial(verify_model, paths), remove), window.preferences
    )
    shelf.use_wanted.connect(window.use_wanted)
    window.use_wanted.connect(worker.use)
    worker.used.connect(shelf.take_used)
    window.model.know(shelf)
    worker.not_used.connect(shelf.take_unused)
    return shelf


def model_facts(paths: AppPaths, model: "Model") -> "ModelFacts":
    """Say of a model what the window shows."""
    from desktop.ui.model_facts import ModelFacts

    manifest = model.manifest
    return ModelFacts(
        id=manifest.id,
        name=manifest.name,
        languages=manifest.languages,
        precision=manifest.quantization,
        context_length=manifest.context_length,
        licence="" if manifest.licence == "unknown" else manifest.licence,
        size=model.size,
        prepared=model.prepared,
        download=manifest.source.size if manifest.source else 0,
        removable=removable(paths, model),
    )


def connect(window: "MainWindow", worker: "ChatWorker") -> None:
    """Connect the window and the worker; every signal that crosses the threads is queued by Qt, but for `make_way`."""
    from PySide6.QtCore import Qt

    window.desk.asked.connect(worker.make_way, Qt.ConnectionType.DirectConnection)
    window.desk.asked.connect(worker.answer)
    window.prepare_wanted.connect(worker.prepare)
    window.load_wanted.connect(worker.load)
    window.ahead_wanted.connect(worker.read_ahead)
    worker.ahead_too_long.connect(window.too_long)
    worker.loading.connect(window.model.model_loading)
    worker.loaded.connect(window.model.model_loaded)
    worker.model_missing.connect(window.model.model_missing)
    worker.load_failed.connect(window.model.load_failed)
    worker.model_unknown.connect(window.model.model_unknown)
    worker.prepare_progressed.connect(window.model.prepare_progressed)
    worker.prepare_failed.connect(window.model.prepare_failed)
    worker.prepare_cancelled.connect(window.model.prepare_cancelled)
    worker.happened.connect(window.desk.happened)
    worker.failed.connect(window.desk.failed)

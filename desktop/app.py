"""The only place that builds the application's objects and connects them; also the crash hook.

Qt is imported where the window is built: the terminal commands need none of it.
"""

import dataclasses
import itertools
import platform
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from desktop.engine.interface import Engine, Sampling
from desktop.models.progress import Progress
from desktop.paths import AppPaths
from desktop.settings import Settings

if TYPE_CHECKING:
    from desktop.engine.local import LocalEngine
    from desktop.models.library import Model, ModelLibrary
    from desktop.router.router import Router
    from desktop.ui.chat_worker import ChatWorker, Prepare
    from desktop.ui.main_window import MainWindow

ROUTER_ID = "router-minilm"  # its model is committed, and is no language model


def open_engine(paths: AppPaths, settings: Settings) -> "LocalEngine":
    """Load the chosen model.

    Raises:
        ModelError: it is unknown, not prepared, or damaged.
    """
    from desktop.engine.local import LocalEngine

    files = open_library(paths).find(settings.model).files()
    return LocalEngine(files, settings.device, settings.threads, kv_cache_mib=settings.kv_cache_mib)


def open_library(paths: AppPaths) -> "ModelLibrary":
    """Find the models of this machine, after tidying up what a killed preparation may have left."""
    from desktop.models.library import ModelLibrary
    from desktop.models.staging import recover

    for folder in paths.model_folders:
        recover(folder)
    return ModelLibrary(paths.model_folders)


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
    offline: bool = False,
) -> Path:
    """Fetch and convert a model where it is not there yet; gives its folder.

    Raises:
        UnknownModel: there is no model of this id.
        PrepareError: it could not be fetched or converted, or was stopped.
        OfflineRefused: it would need the network.
    """
    model = open_library(paths).find(model_id)
    if model.prepared and not again:
        return model.folder  # the usual case, and it needs no converter
    from desktop.models.prepare import prepare

    progress = Progress(report, stop or threading.Event())
    return prepare(model, paths.prepared_models, progress, again=again, offline=offline)


def import_model(
    paths: AppPaths, file: Path, report: Callable[[str, float], None], model_id: str | None = None
) -> Path:
    """Convert a GGUF file to a model of its own; gives its folder. Raises InkstoneError."""
    from desktop.models.prepare import import_gguf

    taken = {model.manifest.id for model in open_library(paths).models()}
    return import_gguf(file, paths.home / "models", Progress(report), model_id, taken=taken)


def verify_model(paths: AppPaths, model_id: str, report: Callable[[str, float], None]) -> "Model":
    """Compare every file of a model with its sha256; gives the model. Raises ModelError."""
    model = open_library(paths).find(model_id)
    model.verify(Progress(report))
    return model


def run_window(paths: AppPaths, settings: Settings, open_engine: Callable[[], Engine], prepare: "Prepare") -> int:
    """Show the window until the user closes it.

    Args:
        paths: where crash reports and icons lie.
        settings: the theme.
        open_engine: loads the chosen model; called on the chat thread. Raises ModelNotPrepared where it must be
            prepared first, another InkstoneError where it cannot be loaded.
        prepare: prepares the starter model; called on the chat thread with what to call with a sentence and the
            share done in [0, 1], and with the event that stops it. Raises InkstoneError (Cancelled when stopped).

    Returns:
        The exit code of the process.
    """
    install_crash_hook(paths.logs)

    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from desktop.ui.chat_worker import ChatThread, ChatWorker
    from desktop.ui.icons import seal_icon
    from desktop.ui.interrupt import ends_on_interrupt
    from desktop.ui.main_window import MainWindow
    from desktop.ui.theme import Appearance

    app = QApplication(["inkstone"])
    app.setApplicationDisplayName("Inkstone")
    app.setDesktopFileName("inkstone")
    appearance = Appearance(app, settings.theme, paths.assets / "icons")
    app.setWindowIcon(seal_icon())
    worker = ChatWorker(open_engine, prepare, paths.logs)
    thread = ChatThread(worker)
    window = MainWindow()
    connect(window, worker)
    with ends_on_interrupt(app):
        window.show()
        QTimer.singleShot(0, thread.start)  # loading a model competes for the interpreter: first paint, then load
        code = app.exec()
        thread.end()
    del window, appearance  # before the application that they belong to
    return code


def connect(window: "MainWindow", worker: "ChatWorker") -> None:
    """Connect the window and the worker; every signal that crosses the threads is queued by Qt."""
    window.asked.connect(worker.answer)
    window.prepare_wanted.connect(worker.prepare)
    window.load_wanted.connect(worker.load)
    worker.loading.connect(window.model_loading)
    worker.loaded.connect(window.model_loaded)
    worker.model_missing.connect(window.model_missing)
    worker.load_failed.connect(window.load_failed)
    worker.prepare_progressed.connect(window.prepare_progressed)
    worker.prepare_failed.connect(window.prepare_failed)
    worker.prepare_cancelled.connect(window.prepare_cancelled)
    worker.happened.connect(window.happened)
    worker.failed.connect(window.failed)


def install_crash_hook(logs: Path) -> None:
    """Write a report of every bug to `logs`, then do what was done before; on all threads."""
    before, before_in_threads = sys.excepthook, threading.excepthook
    numbers = itertools.count(1)

    def report(kind: type[BaseException], error: BaseException | None) -> None:
        if error is not None and not issubclass(kind, KeyboardInterrupt | SystemExit):
            write_crash_report(logs, error, next(numbers))

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        report(kind, error)
        before(kind, error, trace)

    def hook_in_threads(args: threading.ExceptHookArgs) -> None:
        report(args.exc_type, args.exc_value)
        before_in_threads(args)

    sys.excepthook, threading.excepthook = hook, hook_in_threads


def write_crash_report(logs: Path, error: BaseException, number: int) -> None:
    """Write what happened and where, but nothing that the user wrote: messages of errors may quote it, so none are."""
    name = f"crash-{time.strftime('%Y%m%d-%H%M%S')}-{number}.txt"
    facts = f"{platform.platform()}, Python {platform.python_version()}"
    try:
        logs.mkdir(parents=True, exist_ok=True)
        (logs / name).write_text("\n".join([facts, "", *_places(error)]), encoding="utf-8")
    except OSError as unwritten:  # a full disk must not hide the bug itself
        print(f"No crash report could be written: {unwritten}", file=sys.stderr)


def _places(error: BaseException) -> Iterator[str]:
    """Tell the chain of errors, oldest first, each as its type and the lines of code that it passed."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _places(cause)
        yield "which led to"
    yield type(error).__qualname__
    yield "".join(traceback.format_tb(error.__traceback__))

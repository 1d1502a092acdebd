"""What the commands and the window both need: the engine, models, the history, the router, quick actions, documents.

Each function opens or does one thing for the home that it is given. Nothing here knows Qt, and what a function needs is
imported when it is called: a command must not wait for what it does not use. What is done to models is in `models`.
"""

import dataclasses
import functools
import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.engine.interface import Sampling
from desktop.model_ids import ROUTER_ID
from desktop.paths import AppPaths
from desktop.services.models import (
    add_model,
    calibrate_model,
    catalogue,
    chosen_model,
    discard_download,
    encoder_of,
    fit_of,
    found_models,
    import_model,
    open_library,
    prepare_encoder,
    prepare_model,
    recommended_tier,
    removable,
    remove_model,
    tiers,
    verify_model,
)
from desktop.settings import Settings

if TYPE_CHECKING:
    from desktop.chat.drafting import Author, Draft, Examples
    from desktop.documents.parser_client import DocumentText
    from desktop.engine.local import LocalEngine
    from desktop.history import History
    from desktop.quick.actions.loading import Actions
    from desktop.quick.options import QuickOptions
    from desktop.router.router import Router
    from desktop.router.vectors import SentenceVectors

_LOG = logging.getLogger(__name__)

__all__ = [
    "ROUTER_ID",
    "add_model",
    "author_of",
    "calibrate_model",
    "catalogue",
    "chat_sampling",
    "chosen_model",
    "discard_download",
    "encoder_of",
    "export_draft",
    "fit_of",
    "found_models",
    "import_model",
    "let_others_go_first",
    "open_actions",
    "open_engine",
    "open_examples",
    "open_history",
    "open_library",
    "open_router",
    "open_temporary_history",
    "own_actions",
    "prepare_encoder",
    "prepare_model",
    "quick_choices",
    "quick_options",
    "read_source",
    "recommended_tier",
    "removable",
    "remove_model",
    "tiers",
    "verify_model",
    "write_parts",
]


def open_engine(paths: AppPaths, settings: Settings) -> "LocalEngine":
    """Load the chosen model.

    Raises:
        ModelError: it is unknown, not prepared, or damaged, or the memory does not hold it.
    """
    from importlib import metadata

    from desktop.engine.local import LocalEngine
    from desktop.errors import OutOfMemory

    if settings.low_priority:
        let_others_go_first()
    model_id = chosen_model(paths, settings.model)
    model = open_library(paths).find(model_id)
    files = model.files()
    if model.size > _free_memory():  # many systems promise memory that is not there, and then end the process
        raise OutOfMemory
    _LOG.info("Inkstone %s loads %s for %s", metadata.version("inkstone"), model_id, settings.device)
    return LocalEngine(files, settings.device, settings.threads, kv_cache_mib=settings.kv_cache_mib)


def _free_memory() -> int:
    """Tell how many bytes a process may still take, of memory and of what is swapped out to the disk."""
    import psutil

    from desktop.models.tiers import total_memory

    return min(int(psutil.virtual_memory().available + psutil.swap_memory().free), total_memory())


def let_others_go_first() -> None:
    """Give this thread, and those that it starts from now on, a low priority; for good, as only root may raise it."""
    if sys.platform.startswith("linux"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
    elif sys.platform == "win32":
        import psutil

        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        os.nice(10)


def open_history(
    paths: AppPaths, passphrase: str | None = None, recovery: str | None = None, *, write: bool = True
) -> "History":
    """Open the user's history; a new one gets its key in the keyring. May wait for the keyring: off the GUI thread.

    Raises:
        PassphraseNeeded: ask for it and try again.
        ProtectionNeeded: there is no keyring; the user chooses (`desktop.history.vault.protect`).
        HistoryError: it cannot be opened; nothing was changed.
    """
    from desktop.history.plain_briefs import take_over
    from desktop.history.vault import open_found

    history = open_found(paths.history, passphrase=passphrase, recovery=recovery, write=write)
    take_over(history, paths.briefs)
    return history


def own_actions(paths: AppPaths) -> Path:
    """Give the folder of the user's own quick actions."""
    return paths.home / "actions"


def open_actions(paths: AppPaths, *, shipped: bool = True) -> "Actions":
    """Read the quick actions, the user's own in place of shipped ones of the same id."""
    from desktop.quick.actions.loading import load_actions
    from desktop.quick.shortcuts.choices import load_choices

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
            corrections = Corrections(paths.home / "router" / "corrections.jsonl")
            return Router(folder / ROUTER_ID, corrections, encoder_of(paths))
    raise ModelNotPrepared(ROUTER_ID)


def open_examples(paths: AppPaths) -> "Examples":
    """Give the worked examples of the scenes; by meaning too where the sentence encoder is prepared."""
    from desktop.chat.drafting import Examples, SceneLibrary

    return Examples(SceneLibrary((paths.assets / "scenes", paths.scenes)), encoder(paths))


def author_of(settings: Settings) -> "Author":
    """Give who signs what is drafted."""
    from desktop.chat.drafting import Author

    return Author(settings.author_name, settings.author_firm, settings.author_signature, settings.author_tone)


def encoder(paths: AppPaths) -> "Callable[[], SentenceVectors | None]":
    """Give what loads the encoder of sentences when it is first wanted; None where it is not prepared or is broken."""

    @functools.cache
    def load() -> "SentenceVectors | None":
        from desktop.errors import BrokenModel
        from desktop.router.vectors import SentenceVectors

        folder = encoder_of(paths)
        try:
            return SentenceVectors(folder) if folder is not None else None
        except BrokenModel:
            return None  # what the words find is found all the same; `models list` says what is broken

    return load


def chat_sampling(**changed: float) -> Sampling:
    """Give the sampling of conversations: the model's own, but for what the user changed."""
    return dataclasses.replace(Sampling(thinking=None), **changed)  # type: ignore[arg-type]  # the command line checks the types


def open_temporary_history() -> "History":
    """Open a history that is never written."""
    from desktop.history import History

    return History.temporary()


def read_source(path: Path, stop: threading.Event) -> "DocumentText":
    """Give the text of a document, and what was left out of it; `stop` ends the reading. Raises DocumentError."""
    from desktop.documents.reading import read_with_rest

    return read_with_rest(path, stop=stop)


def export_draft(draft: "Draft", path: Path) -> None:
    """Write a draft as a document of the kind that the name asks for. Raises DocumentError."""
    from desktop.documents.export import write_document

    write_document(draft.text, path, title=draft.title)


def write_parts(parts: Sequence[str], path: Path, title: str) -> None:
    """Write texts in Markdown as a document of the kind that the name asks for. Raises DocumentError."""
    from desktop.documents import export

    export.write_parts(parts, path, title=title)


def quick_choices(paths: AppPaths) -> Path:
    """Give the file of what the user chose about quick prompts."""
    return paths.home / "quick.toml"


def quick_options(paths: AppPaths) -> "QuickOptions":
    """Give what the settings show and change about quick prompts."""
    from desktop.paths import usual_home
    from desktop.quick.options import QuickOptions
    from desktop.quick.startup.autostart import open_autostart
    from desktop.quick.startup.command import own_command

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

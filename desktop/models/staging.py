"""Puts folders in place in one step: a crash or kill at any point leaves the old folder or the new one.

A folder is made as `.NAME.partial` beside its place, flushed to disk, and renamed; the old one steps aside as
`.NAME.previous` until the new one stands. A lock keeps two preparations apart. `recover` tidies up after a kill; what
was downloaded, `.NAME.download`, stays for the next preparation, or until it is discarded.
"""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from desktop.codes import system_reason
from desktop.errors import DiskFull, PrepareBusy, PrepareError
from desktop.files.atomic import make_durable
from desktop.reasons import PrepareReason

_MIB = 1 << 20
DOWNLOAD = ".download"  # behind the name of a folder of what is downloaded
_PARTIAL, _PREVIOUS = ".partial", ".previous"


def download_folder(target: Path, model_id: str) -> Path:
    """Give the folder of what is downloaded of a model that is not prepared yet."""
    return target / f".{model_id}{DOWNLOAD}"


def discard_download(target: Path, model_id: str) -> None:
    """Throw away what is downloaded of a model.

    Raises:
        PrepareBusy: a model is being prepared.
    """
    folder = download_folder(target, model_id)
    if folder.exists():
        with locked(target):
            shutil.rmtree(folder, ignore_errors=True)


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
def locked(target: Path) -> Iterator[None]:
    """Keep other preparations and removals away from a folder of models.

    Raises:
        PrepareBusy: another process prepares.
    """
    lock = _lock(target)
    try:
        lock.acquire(blocking=False)
    except filelock.Timeout as error:
        raise PrepareBusy from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def staging_folder(target: Path, model_id: str, needed: int) -> Iterator[Path]:
    """Give a hidden folder to work in; it is gone afterwards, whatever happens.

    Raises:
        DiskFull: fewer than `needed` bytes are free, or the disk fills up on the way.
        PrepareError: the folder cannot be written, or another process prepares.
    """
    try:
        target.mkdir(parents=True, exist_ok=True)
        with locked(target):
            _recover(target)
            if shutil.disk_usage(target).free < needed:
                raise DiskFull(target, -(-needed // _MIB))
            staging = target / f".{model_id}{_PARTIAL}"
            staging.mkdir()
            try:
                yield staging
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(target, -(-needed // _MIB)) from error
        raise PrepareError(PrepareReason.NOT_WRITTEN(folder=target, why=system_reason(error))) from error


def put_in_place(final: Path, made: Path) -> None:
    """Put `made` where `final` is; `recover` undoes it if it is cut off in the middle."""
    for path in [*made.iterdir(), made]:
        make_durable(path)
    previous = final.with_name(f".{final.name}{_PREVIOUS}")
    if final.exists():
        final.rename(previous)
    made.rename(final)
    make_durable(final.parent)
    shutil.rmtree(previous, ignore_errors=True)


def take_away(folder: Path) -> None:
    """Remove a folder in one step; a kill in the middle leaves it whole, or a rest that `recover` clears.

    Called with the folder above it `locked`. Raises OSError.
    """
    if folder.is_symlink():
        folder.unlink()  # what it points to is not ours
        return
    going = folder.with_name(f".{folder.name}{_PARTIAL}")
    shutil.rmtree(going, ignore_errors=True)
    folder.rename(going)
    shutil.rmtree(going, ignore_errors=True)

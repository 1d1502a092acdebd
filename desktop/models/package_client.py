"""Runs the ordinary package client: the user's index, mirror, proxy and certificates hold for it."""

import contextlib
import errno
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from desktop.errors import DiskFull, DownloadFailed
from desktop.models.manifest import SourcePackage
from desktop.reasons import PrepareReason

_MIB = 1 << 20
_WHEELS = "*.whl"


def download_packages(
    packages: Sequence[SourcePackage], folder: Path, moved: Callable[[int, int], object], stop: threading.Event
) -> list[Path]:
    """Download packages in one run of the client, whose start takes as long as 50 MB of a fast line.

    A package that is whole in `folder` is not fetched again, also where the run that brought it failed or was killed.
    One that was cut off is begun anew: the client resumes within a run only.

    Args:
        packages: which.
        folder: gets the package files, and what the client writes meanwhile; belongs to this function.
        moved: hears how many of the packages are whole here and how many bytes of all are; ends it by raising.
        stop: ends it at once, also while it waits for the network.

    Returns:
        The package files in the order of the packages; whole by size, not checked.

    Raises:
        DownloadFailed: the client failed; also where it was stopped.
        DiskFull: there is no room.
    """
    folder.mkdir(parents=True, exist_ok=True)
    scratch = folder / "scratch"
    _leave_whole(packages, folder)
    if len(_files(packages, folder)) == len(packages):
        return _files(packages, folder)
    scratch.mkdir()
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(folder), "--no-cache-dir"]
    command += ["--only-binary", ":all:", "--no-input", "--disable-pip-version-check", "--progress-bar", "raw"]
    command += ["--retries", "2", "--timeout", "30", *(f"{each.package}=={each.version}" for each in packages)]
    for platform in sorted({each.platform for each in packages if each.platform}):
        command += ["--platform", platform]
    environment = {**os.environ, "TMPDIR": str(scratch), "TEMP": str(scratch), "PYTHONUNBUFFERED": "1"}
    said: list[str] = []
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as client:
        watcher = threading.Thread(target=_end_on_stop, args=(client, stop))
        watcher.start()
        try:
            for line in _lines(client):
                said.append(line)
                _hold(scratch, folder)
                moved(len(_files(packages, folder)), sum(map(_size, folder.glob(_WHEELS))))
        finally:
            client.terminate()
            watcher.join()
    _leave_whole(packages, folder)
    files = _files(packages, folder)
    if len(files) == len(packages):
        return files
    raise _failure(packages[len(files)], said, folder)


def _hold(scratch: Path, folder: Path) -> None:
    """Keep what the client has begun to write: it puts all of a run in place together, and throws it away if it fails.

    A second name for the same file takes no room, and the client copies nothing to where a file stands already.
    """
    with contextlib.suppress(OSError):  # folders of the client come and go
        for begun in scratch.rglob(_WHEELS):
            with contextlib.suppress(OSError):  # there already, gone meanwhile, or on a disk that knows no second names
                os.link(begun, folder / begun.name)


def _leave_whole(packages: Sequence[SourcePackage], folder: Path) -> None:
    """Throw away what was cut off."""
    shutil.rmtree(folder / "scratch", ignore_errors=True)
    whole = set(_files(packages, folder))
    for file in folder.glob(_WHEELS):
        if file not in whole:
            file.unlink()


def _files(packages: Sequence[SourcePackage], folder: Path) -> list[Path]:
    """Give the files of those packages that are here, whole by size.

    A file is called after its package: packaging.python.org, "Binary distribution format", "File name convention".
    """
    found = []
    for package in packages:
        name = re.sub(r"[-_.]+", "_", package.package).lower()
        files = folder.glob(_WHEELS)
        found += [each for each in files if each.name.lower().startswith(f"{name}-") and _size(each) == package.size]
    return found


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _end_on_stop(client: "subprocess.Popen[str]", stop: threading.Event) -> None:
    """End the client as soon as the user stops, also while it waits for the network."""
    while client.poll() is None:
        if stop.wait(0.1):
            client.terminate()


def _lines(client: "subprocess.Popen[str]") -> Iterator[str]:
    assert client.stdout is not None  # noqa: S101  # opened as a pipe above
    for line in client.stdout:
        yield line.strip()


def _failure(package: SourcePackage, said: list[str], folder: Path) -> Exception:
    """Turn what the package client printed into one sentence."""
    name, text = f"{package.package} {package.version}", "\n".join(said)
    if os.strerror(errno.ENOSPC) in text:
        return DiskFull(folder, package.size // _MIB)
    if re.search(r"connection|resolve|resolution|timed out|unreachable|proxy", text, re.IGNORECASE):
        return DownloadFailed(name, PrepareReason.NO_CONNECTION())
    errors = [line.removeprefix("ERROR: ") for line in said if line.startswith("ERROR: ")]
    reason = PrepareReason.CLIENT_SAID(said=errors[0].rstrip(".")) if errors else PrepareReason.CLIENT_FAILED()
    return DownloadFailed(name, reason)

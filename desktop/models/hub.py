"""Files of a hub of models: found, fetched, resumed and checked.

    address ─▶ size, sha256 (headers of the redirection) ─▶ part of an earlier try? ─▶ rest by Range ─▶ checked ─▶ file

`huggingface_hub` gives the addresses and the rules of names, and the HTTP client that it brings is asked
(`hub_client.py`). Its own download is not used: it sees no stop while it waits, sleeps or connects, keeps what it
fetched in a cache of its own outside the folder that is named, sends a token that it finds on the machine, and fetches
through native code that `--offline` does not see.

A part is kept beside its file under a name that tells which content it is of, so a kill at any moment loses nothing but
what the system had not written yet, and parts of two versions are never joined. What is not what was expected is
thrown away. Headers (X-Linked-Size, X-Linked-ETag, X-Repo-Commit, X-Error-Code) are those of the hub's HTTP interface.
"""

import contextlib
import email.utils
import errno
import glob
import hashlib
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TypeVar

from desktop.codes import Coded, system_reason
from desktop.errors import BadInput, Cancelled, DiskFull, DownloadFailed, DownloadRefused, PrepareError, WrongChecksum
from desktop.files.atomic import make_durable
from desktop.files.names import is_inner_path
from desktop.models.checksum import sha256 as sha256_of
from desktop.models.hub_client import ConnectionLost, HubAnswer, HubClient
from desktop.models.progress import Progress, Transfer, Work
from desktop.reasons import HubReason, PrepareReason
from desktop.text.addresses import host_of, is_safe_address

_MIB = 1 << 20
_PAUSES_S = (1.0, 3.0, 10.0)  # before a request that brought nothing is made again
_LONGEST_WAIT_S = 120.0  # that a hub may ask for
_REPORTED_S = 0.1  # between two reports of a download
_PART = ".part"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_Got = TypeVar("_Got")


def fetch_file(
    repository: str,
    file: str,
    revision: str,
    folder: Path,
    progress: Progress,
    *,
    size: int | None = None,
    sha256: str | None = None,
    endpoint: str | None = None,
) -> Path:
    """Fetch a file of a repository, or the rest of it where an earlier try was cut; gives where it lies.

    Args:
        repository: owner/name.
        file: its path in the repository.
        revision: branch, tag or commit.
        folder: gets the file, under the last part of its name, and nothing else is written anywhere; it is made.
        progress: told how far it is; its stop ends it at once, and what was fetched so far stays for the next try.
        size: in bytes, where it is known.
        sha256: hexadecimal, where it is known; else the hub's own is what is checked.
        endpoint: address of the hub or of a mirror; None or "" is HF_ENDPOINT of the environment, else the hub's own.

    Raises:
        BadInput: these names or this address cannot be meant.
        DownloadFailed: the network failed.
        DownloadRefused: the hub does not give the file; its reason says what to do.
        WrongChecksum: it is not the file that was expected; it was thrown away.
        DiskFull: there is no room for the rest.
        PrepareError: the folder cannot be written.
        Cancelled: the user stopped.
        OfflineRefused: the network may not be used.
    """
    address = address_of(repository, file, revision, endpoint)
    whole = folder / file.rpartition("/")[2]
    needed = size or 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if (
            whole.is_file()
            and size in (None, whole.stat().st_size)
            and sha256 in (None, _checked(whole, whole.name, progress))
        ):
            return whole
        with HubClient(whole.name, progress.stop) as client:
            return _Download(client, repository, address, whole, progress, size, sha256).run()
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(folder, -(-needed // _MIB)) from error
        raise PrepareError(PrepareReason.NOT_WRITTEN(folder=folder, why=system_reason(error))) from error


def address_of(repository: str, file: str, revision: str, endpoint: str | None = None) -> str:
    """Give where a file of a repository is fetched.

    Raises:
        BadInput: repository, file or address cannot be meant.
    """
    from huggingface_hub import hf_hub_url
    from huggingface_hub.errors import HFValidationError

    hub = hub_address(endpoint)
    try:
        address = hf_hub_url(repository, file, revision=revision, endpoint=hub)
    except HFValidationError as error:
        raise BadInput(HubReason.NO_REPOSITORY(repository=repository)) from error
    if not is_inner_path(file) or "/" not in repository:
        raise BadInput(HubReason.NO_REPOSITORY(repository=f"{repository}/{file}"))
    return address


def hub_address(endpoint: str | None = None) -> str:
    """Give the address of the hub: this one, or that of the environment, or the hub's own.

    Raises:
        BadInput: it is neither https nor on this machine.
    """
    from huggingface_hub import constants

    chosen = (endpoint or constants.ENDPOINT).rstrip("/")
    if not is_safe_address(chosen):
        raise BadInput(HubReason.BAD_ENDPOINT(address=chosen))
    return chosen


def patiently(name: str, host: str, stop: Event, ask: Callable[[], _Got], moved: Callable[[], int] = lambda: 0) -> _Got:
    """Ask again where the network or the hub failed, some seconds later each time.

    Args:
        name: what is fetched.
        host: of the hub.
        stop: ends the waiting.
        ask: raises ConnectionLost or `TryLater` where it may be asked again.
        moved: gives how far it has come; whoever moves has as many tries as in the beginning.

    Raises:
        DownloadFailed, DownloadRefused: it failed too often.
        Cancelled: the user stopped.
    """
    tries, before = 0, moved()
    while True:
        try:
            return ask()
        except ConnectionLost as error:
            failure: DownloadFailed = DownloadFailed(name, HubReason.NO_ANSWER(host=host))
            failure.__cause__, wait_s = error, None
        except TryLater as later:
            failure, wait_s = DownloadRefused(name, later.reason), later.wait_s
        if moved() > before:
            tries, before = 0, moved()
        if tries == len(_PAUSES_S) or (wait_s or 0) > _LONGEST_WAIT_S:
            raise failure
        if stop.wait(_PAUSES_S[tries] if wait_s is None else wait_s):
            raise Cancelled(name)
        tries += 1


class TryLater(Exception):
    """The hub fails now; `wait_s` is how long it asks to wait, None where it does not say."""

    def __init__(self, reason: Coded, wait_s: float | None = None) -> None:
        super().__init__(str(reason))
        self.reason, self.wait_s = reason, wait_s


def raise_for_status(name: str, repository: str, answer: HubAnswer) -> None:
    """Say what an answer means that is none of 200 and 206.

    Raises:
        DownloadRefused: asking again would not help.
        TryLater: it may.
    """
    status, code = answer.status, answer.headers.get("x-error-code", "")
    if status in (200, 206):
        return
    if status == 429:
        wait_s = _retry_after(answer.headers.get("retry-after", ""))
        raise TryLater(HubReason.BUSY(host=answer.host, seconds=round(wait_s or _LONGEST_WAIT_S)), wait_s)
    if code == "GatedRepo" or (status == 403 and "location" not in answer.headers):
        raise DownloadRefused(name, HubReason.GATED(repository=repository))
    if status in (401, 404):  # without a token, a hub does not tell what is private from what is not there
        raise DownloadRefused(name, HubReason.NOT_THERE(host=answer.host, repository=repository))
    if status in (403, 408, 416) or status >= 500:  # of a store of files, whose addresses hold for some minutes
        raise TryLater(HubReason.SERVER_FAILED(host=answer.host, status=status))
    raise DownloadRefused(name, HubReason.SERVER_FAILED(host=answer.host, status=status))


def _retry_after(said: str) -> float | None:
    """Read Retry-After: seconds, or a date (RFC 9110, 10.2.3)."""
    if said.strip().isdigit():
        return float(said)
    with contextlib.suppress(ValueError, TypeError):
        return max(0.0, email.utils.parsedate_to_datetime(said).timestamp() - time.time())
    return None


def _checked(path: Path, name: str, progress: Progress) -> str:
    """Give the sha256 of a file, telling how far it is; `name` is what it is called meanwhile."""
    size = max(1, path.stat().st_size)
    return sha256_of(path, lambda done: progress.at(name, Work.CHECKING(name=name), done / size))


class _Download:
    """One file on its way."""

    def __init__(
        self,
        client: HubClient,
        repository: str,
        address: str,
        whole: Path,
        progress: Progress,
        size: int | None,
        sha256: str | None,
    ) -> None:
        self._client, self._repository, self._address, self._progress = client, repository, address, progress
        self._whole, self._size, self._sha256 = whole, size, sha256
        self._part: Path | None = None  # until the hub told which content it gives
        self._transfer: Transfer | None = None  # until it comes

    def run(self) -> Path:
        """Fetch, check and put it in place."""
        name, host = self._whole.name, host_of(self._address)
        part = patiently(name, host, self._progress.stop, self._fetch, self._have)
        if self._sha256 and (found := _checked(part, name, self._progress.part(0.95, 1.0))) != self._sha256:
            part.unlink()
            raise WrongChecksum(name, self._sha256, found)
        make_durable(part)
        part.replace(self._whole)
        with contextlib.suppress(OSError):  # it is in place; not every file system can be asked for this
            make_durable(self._whole.parent)
        return self._whole

    def _have(self) -> int:
        return self._part.stat().st_size if self._part is not None and self._part.exists() else 0

    def _fetch(self) -> Path:
        """Fetch what is missing; gives the whole part."""
        if not self._have():
            with self._client.get(self._address) as answer:
                size, part = self._learn(answer)
                if not self._have():
                    return self._write(answer, part, 0, size)
        have = self._have()
        if have == self._size and self._part is not None:
            return self._part
        with self._client.get(self._address, range=f"bytes={have}-") as answer:
            size, part = self._learn(answer)
            if self._have() != have or (answer.status == 206 and _range(answer)[0] != have):
                raise TryLater(HubReason.SERVER_FAILED(host=answer.host, status=answer.status))  # it has changed
            return self._write(answer, part, have if answer.status == 206 else 0, size)  # 200: all once more

    def _learn(self, answer: HubAnswer) -> tuple[int, Path]:
        """Take its size and which content it is of from an answer; gives the size and the part.

        Raises:
            DownloadRefused: it is another file than the caller or an earlier answer said, or none at all.
            TryLater: the hub fails.
            DiskFull: the rest has no room.
        """
        name, headers = self._whole.name, answer.headers
        raise_for_status(name, self._repository, answer)
        linked = headers.get("x-linked-etag", "").strip('"')
        said = [int(one) for one in (headers.get("x-linked-size", ""), _length(answer)) if one.isdigit()]
        sizes = {*said, *([] if self._size is None else [self._size])}
        hashes = {one for one in (self._sha256, linked) if one and _SHA256.fullmatch(one)}
        if len(sizes) > 1 or len(hashes) > 1 or headers.get("content-encoding", "identity") != "identity":
            raise DownloadRefused(name, HubReason.OTHER_FILE(host=answer.host))
        if not sizes:
            raise DownloadRefused(name, HubReason.NO_SIZE(host=answer.host))
        (size,), self._sha256 = sizes, next(iter(hashes), None)
        self._size = size
        content = self._sha256 or f"{linked or headers.get('etag', '')} {headers.get('x-repo-commit', '')} {size}"
        part = self._whole.with_name(f".{name}.{hashlib.sha256(content.encode()).hexdigest()[:12]}{_PART}")
        for other in self._whole.parent.glob(f".{glob.escape(name)}.*{_PART}"):
            if other != part or other.stat().st_size > size:
                other.unlink()
        self._part = part
        if shutil.disk_usage(part.parent).free < size - self._have():
            raise DiskFull(part.parent, -(-(size - self._have()) // _MIB))
        return size, part

    def _write(self, answer: HubAnswer, part: Path, at: int, size: int) -> Path:
        """Write what comes from this place on."""
        name = self._whole.name
        if self._transfer is None:
            self._transfer = Transfer(self._progress.part(0.0, 0.95), size, at)
        self._transfer.at(name, at)
        with part.open("r+b" if part.exists() else "wb", buffering=0) as file:  # what came survives a kill
            file.truncate(at)
            file.seek(at)
            told = time.monotonic()
            for chunk in answer.chunks:
                at += len(chunk)
                if at > size:  # or one that never ends
                    break
                file.write(chunk)
                if time.monotonic() > told + _REPORTED_S:
                    told = time.monotonic()
                    self._transfer.at(name, at)
        if at > size:
            part.unlink()
            raise DownloadRefused(name, HubReason.OTHER_FILE(host=answer.host))
        if at < size:
            raise ConnectionLost(answer.host)
        return part


def _length(answer: HubAnswer) -> str:
    """Give how large the whole file is, as an answer says it; "" where it does not."""
    return _range(answer)[1] if answer.status == 206 else answer.headers.get("content-length", "")


def _range(answer: HubAnswer) -> tuple[int, str]:
    """Read Content-Range: where a part begins, and the size of the whole (RFC 9110, 14.4)."""
    found = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", answer.headers.get("content-range", ""))
    return (int(found[1]), found[2]) if found else (-1, "")

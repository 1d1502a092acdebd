"""Asks a hub over HTTP, and gives up at once when the user stops.

    caller's thread: `HubAnswer.chunks` ◀── queue of a few chunks ◀── reader's thread: connect, send, read

Reading from the network waits in a thread of its own, which touches no file; the caller waits for it and for the stop.
A stop shuts the socket, which ends a wait for a stalled server at once; only a look-up of a name and a connection that
nobody accepts end by themselves, unheard, within `_CONNECT_S`.

The HTTP client is httpx2, which `huggingface_hub` brings. Proxies come from the environment (HTTPS_PROXY, NO_PROXY …),
certificates from the system's store. No token, no cookie, no name of other programs is sent, and redirections are
followed here, one by one: only to https, or on this machine.
"""

import contextlib
import queue
import socket
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Self
from urllib.parse import urljoin

import httpx2

from desktop.errors import Cancelled, DownloadFailed, DownloadRefused
from desktop.reasons import HubReason
from desktop.text.addresses import host_of, is_safe_address

_CONNECT_S, _READ_S = 15.0, 30.0  # until a server that says nothing is given up
_LOOK_S = 0.1  # between two looks at the stop
_QUEUED = 16  # chunks of 64 KiB at most
_HOPS = 8  # redirections; a hub has one or two
_END_S = 1.0  # a reader has, to end after its socket was shut
_REDIRECTED = frozenset({301, 302, 303, 307, 308})


class ConnectionLost(Exception):
    """The network or the server let go in the middle; it may be tried again."""


@dataclass(frozen=True, slots=True)
class HubAnswer:
    """What a server answers, after all redirections.

    Attributes:
        status: of HTTP.
        headers: names in small letters; those that only an earlier redirection had are among them.
        chunks: the body as it comes, not unpacked; raises ConnectionLost and Cancelled.
        host: who answered.
    """

    status: int
    headers: Mapping[str, str]
    chunks: Iterator[bytes]
    host: str


class HubClient:
    """Sends requests that end with a stop; a context that lets go of all it holds.

    Args:
        what: is fetched, in errors.
        stop: may be set from any thread.

    Raises:
        DownloadRefused: the proxy that the environment names cannot be used.
    """

    def __init__(self, what: str, stop: threading.Event) -> None:
        self._what, self._stop = what, stop
        try:
            self._client = httpx2.Client(
                timeout=httpx2.Timeout(_READ_S, connect=_CONNECT_S),
                limits=httpx2.Limits(max_keepalive_connections=0),  # so that each request tells its socket
                headers={"user-agent": "inkstone", "accept-encoding": "identity"},
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            )
        except (ImportError, ValueError, httpx2.InvalidURL) as error:
            raise DownloadRefused(what, HubReason.PROXY(detail=error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    @contextlib.contextmanager
    def get(self, address: str, **headers: str) -> Iterator[HubAnswer]:
        """Ask for an address.

        Raises:
            ConnectionLost: no server answered.
            DownloadRefused: it is sent on to where nothing may be fetched.
            DownloadFailed: the address is none.
            Cancelled: the user stopped.
            OfflineRefused: the network may not be used.
        """
        gathered: dict[str, str] = {}
        for _ in range(_HOPS):
            if self._stop.is_set():
                raise Cancelled(self._what)
            if not is_safe_address(address):
                raise DownloadRefused(self._what, HubReason.UNSAFE_ADDRESS(host=host_of(address)))
            reader = _Reader(self._client, address, headers)
            with contextlib.closing(reader):
                status, found = self._wait(reader)
                gathered |= found
                if status not in _REDIRECTED or "location" not in found:
                    yield HubAnswer(status, gathered, self._chunks(reader), host_of(address))
                    return
            # What describes the body describes that of the redirection.
            gathered = {name: one for name, one in gathered.items() if not name.startswith("content-")}
            address = urljoin(address, found["location"])
        raise DownloadRefused(self._what, HubReason.UNSAFE_ADDRESS(host=host_of(address)))

    def _chunks(self, reader: "_Reader") -> Iterator[bytes]:
        while chunk := self._wait(reader):
            yield chunk

    def _wait(self, reader: "_Reader") -> Any:
        """Give what comes next: status and headers, then chunks, then b""."""
        while True:
            if self._stop.is_set():
                raise Cancelled(self._what)
            try:
                came = reader.came.get(timeout=_LOOK_S)
            except queue.Empty:
                continue
            if isinstance(came, httpx2.InvalidURL | httpx2.UnsupportedProtocol):
                raise DownloadFailed(self._what, HubReason.UNSAFE_ADDRESS(host=reader.host)) from came
            if isinstance(came, httpx2.HTTPError | OSError):
                raise ConnectionLost(reader.host) from came
            if isinstance(came, Exception):
                raise came
            return came


class _Reader:
    """Sends one request and reads its answer on a thread of its own.

    Attributes:
        came: status and headers, then chunks, then b"" at the end; or an exception, which is the last.
        host: who is asked.
    """

    def __init__(self, client: httpx2.Client, address: str, headers: Mapping[str, str]) -> None:
        self.came: queue.Queue[Any] = queue.Queue(_QUEUED)
        self.host = host_of(address)
        self._left = threading.Event()
        self._socket: socket.socket | None = None
        self._thread = threading.Thread(target=self._read, args=(client, address, headers), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread; what it still reads nobody gets."""
        self._left.set()
        if self._socket is not None:
            with contextlib.suppress(OSError):  # it was closed already
                self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(_END_S)

    def _read(self, client: httpx2.Client, address: str, headers: Mapping[str, str]) -> None:
        try:
            request = client.build_request("GET", address, headers=dict(headers), extensions={"trace": self._traced})
            answer = client.send(request, stream=True)
            try:
                self._give((answer.status_code, {name.lower(): value for name, value in answer.headers.items()}))
                for chunk in answer.iter_raw():
                    self._give(chunk)
                self._give(b"")
            finally:
                answer.close()
        except _Left:
            return
        except Exception as error:  # told to whoever waits
            with contextlib.suppress(_Left):
                self._give(error)

    def _traced(self, event: str, facts: Mapping[str, Any]) -> None:
        """Hear of the socket as soon as there is one, for `close`."""
        if event.endswith("connect_tcp.complete"):
            self._socket = facts["return_value"].get_extra_info("socket")
            if self._left.is_set():
                facts["return_value"].close()  # the client has not taken it over yet
                raise _Left

    def _give(self, one: object) -> None:
        while not self._left.is_set():
            with contextlib.suppress(queue.Full):
                self.came.put(one, timeout=_LOOK_S)
                return
        raise _Left


class _Left(Exception):
    """Nobody waits for the answer any more."""

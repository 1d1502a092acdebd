"""A hub of models on this machine: it lists files, sends on to a store of its own, and fails as told."""

import contextlib
import hashlib
import json
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from desktop.models.hub import fetch_file
from desktop.models.progress import Progress
from tests.tiny_folder import silent

REPOSITORY, REVISION, FILE = "ink/tiny-GGUF", "main", "tiny.gguf"
CONTENT = bytes(range(256)) * 100
SHA256 = hashlib.sha256(CONTENT).hexdigest()
_PIECE = 1000  # bytes that are sent at once


@dataclass(frozen=True)
class Fault:
    """What one answer does wrong.

    Attributes:
        status: instead of 200 or 206.
        headers: besides the usual ones, or instead of them; None takes one away.
        body: instead of the file's bytes.
        cut_at: the connection ends behind so many bytes.
        stall_at: nothing comes behind so many bytes, until the server ends.
        ignores_range: the whole file is sent though a part is asked for.
        endless: it goes on behind the end.
    """

    status: int | None = None
    headers: Mapping[str, str | None] = field(default_factory=dict)
    body: bytes | None = None
    cut_at: int | None = None
    stall_at: int | None = None
    ignores_range: bool = False
    endless: bool = False


@dataclass
class HubServer:
    """The hub and the store that it sends on to.

    Attributes:
        files: bytes by repository and path.
        hub_faults: of the hub's next answers, the first first; None is a good answer.
        store_faults: of the store's.
        asked: what was asked for, in order: hub or store, path, Range.
        heard: the headers of each request.
        stalled: set once an answer stalls.
        plain: the hub gives files itself, as simple mirrors do, and says nothing of sha256.
        page: files of one page of a list.
    """

    files: dict[tuple[str, str], bytes]
    hub_faults: deque[Fault | None] = field(default_factory=deque)
    store_faults: deque[Fault | None] = field(default_factory=deque)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    heard: list[dict[str, str]] = field(default_factory=list)
    stalled: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)
    plain: bool = False
    page: int = 1000
    endpoint: str = ""
    store: str = ""

    def put(self, file: str, content: bytes, repository: str = REPOSITORY) -> str:
        """Publish a file; gives its sha256."""
        self.files[repository, file] = content
        return hashlib.sha256(content).hexdigest()


@contextlib.contextmanager
def hub_server(**files: bytes) -> Iterator[HubServer]:
    """Serve these files of `REPOSITORY` until the context ends."""
    hub = HubServer({})
    for file, content in files.items():
        hub.put(file, content)
    with contextlib.ExitStack() as stack:
        for name in ("endpoint", "store"):
            server = _Server(hub, name)
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
            thread.start()
            stack.callback(server.server_close)
            stack.callback(thread.join)
            stack.callback(server.shutdown)
            setattr(hub, name, f"http://127.0.0.1:{server.server_address[1]}")
        stack.callback(hub.over.set)
        yield hub


class _Handler(BaseHTTPRequestHandler):
    """Answers for the hub or its store, as its server says."""

    server: "_Server"

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        hub, role = self.server.hub, self.server.role
        path = unquote(urlsplit(self.path).path)
        hub.asked.append((role, self.path, self.headers.get("range", "")))
        hub.heard.append({name.lower(): value for name, value in self.headers.items()})
        faults = hub.hub_faults if role == "endpoint" else hub.store_faults
        fault = (faults.popleft() if faults else None) or Fault()
        with contextlib.suppress(ConnectionError):
            if path.startswith("/api/models/"):
                self.list_files(path, fault)
            else:
                self.give(path.strip("/").split("/"), fault)

    def list_files(self, path: str, fault: Fault) -> None:
        hub = self.server.hub
        repository = path.removeprefix("/api/models/").partition("/tree/")[0]
        found = [(file, content) for (one, file), content in sorted(hub.files.items()) if one == repository]
        at = int(urlsplit(self.path).query.partition("cursor=")[2] or 0)
        entries: list[dict[str, Any]] = [{"type": "directory", "path": "folder", "oid": "0"}] if at == 0 else []
        for file, content in found[at : at + hub.page]:
            lfs = {"oid": hashlib.sha256(content).hexdigest(), "size": len(content), "pointerSize": 134}
            entries.append({"type": "file", "path": file, "size": len(content), "oid": "0", "lfs": lfs})
        body = json.dumps(entries).encode() if fault.body is None else fault.body
        more: dict[str, str] = {}
        if len(found) > at + hub.page:
            more["Link"] = f'<{hub.endpoint}{path}?recursive=true&cursor={at + hub.page}>; rel="next"'
        status = 200 if found else 404
        self.send(fault, status, {"Content-Length": str(len(body)), **more}, body)

    def give(self, parts: list[str], fault: Fault) -> None:
        hub, role = self.server.hub, self.server.role
        repository, file = "/".join(parts[:2]), "/".join(parts[4:])
        content = hub.files.get((repository, file))
        if content is None:
            self.send(fault, 404, {"X-Error-Code": "EntryNotFound", "Content-Length": "0"}, b"")
        elif role == "endpoint" and not hub.plain:
            headers = {
                "X-Linked-Size": str(len(content)),
                "X-Linked-ETag": f'"{hashlib.sha256(content).hexdigest()}"',
                "X-Repo-Commit": "c0ffee",
                "ETag": '"blob"',
                "Location": f"{hub.store}{self.path}?signed=1",
                "Content-Length": "0",
                "Set-Cookie": "who=you; Path=/",
            }
            self.send(fault, 302, headers, b"")
        else:
            self.send_file(content, fault)

    def send_file(self, content: bytes, fault: Fault) -> None:
        content = content if fault.body is None else fault.body
        begin = 0
        if (asked := self.headers.get("range")) and not fault.ignores_range:
            begin = int(asked.removeprefix("bytes=").partition("-")[0])
        rest = content[begin:] + (b"\0" * (len(content) + 2 * _PIECE) if fault.endless else b"")
        headers = {"ETag": '"of-the-store"', "Content-Length": str(len(rest))}
        if begin:
            headers["Content-Range"] = f"bytes {begin}-{len(content) - 1}/{len(content)}"
        self.send(fault, 206 if begin else 200, headers, rest)

    def send(self, fault: Fault, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(fault.status or status)
        for name, value in {**headers, **fault.headers}.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        for at in range(0, len(body), _PIECE):
            piece = body[at : at + _PIECE]
            if fault.cut_at is not None and at + len(piece) > fault.cut_at:
                self.wfile.write(piece[: fault.cut_at - at])
                return
            if fault.stall_at is not None and at >= fault.stall_at:
                self.server.hub.stalled.set()
                self.server.hub.over.wait(60)
                return
            self.wfile.write(piece)


class _Server(ThreadingHTTPServer):
    """One of the two servers."""

    daemon_threads = True

    def __init__(self, hub: HubServer, role: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.hub, self.role = hub, role


def fetch(hub: HubServer, folder: Path, progress: Progress | None = None, **known: Any) -> Path:
    """Fetch the file; `known` is said otherwise."""
    known = {"file": FILE, "endpoint": hub.endpoint, **known}
    return fetch_file(
        known.pop("repository", REPOSITORY), known.pop("file"), REVISION, folder, progress or silent(), **known
    )


def ranges(hub: HubServer) -> list[str]:
    """Give what was asked of the store."""
    return [asked for role, _, asked in hub.asked if role == "store"]

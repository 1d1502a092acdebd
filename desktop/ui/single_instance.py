"""One window for each home: a second start hands over to the first through a socket that only its user can open.

The protocol is one JSON object a line, in UTF-8, each request answered by one line:

    → {"version": 1, "command": "show"}          bring the window to the front
    ← {"version": 1, "ok": true}
    ← {"version": 1, "ok": false, "error": "…"}  the command is unknown or failed; a sentence

Other parts add commands with `SingleInstance.answer`; unknown keys of a request are left to them.
"""

import contextlib
import errno
import hashlib
import json
import logging
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from filelock import FileLock, Timeout
from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop.crashes import failure_of
from desktop.errors import InkstoneError, InstanceSilent

_LOG = logging.getLogger(__name__)
VERSION = 1
LONGEST_LINE = 4 << 20  # bytes
PATIENCE_MS = 20_000  # a first one that starts on a busy machine answers when its window stands
LONGEST_NAME = 103  # bytes of a socket's path: macOS takes so many, Linux four more
_LOOK_MS = 20  # between looks at a first instance that does not listen yet, or no longer

InstanceMessage = Mapping[str, Any]
Responder = Callable[[InstanceMessage], InstanceMessage | None]


def socket_name(home: Path) -> str:
    """Give where the first instance of a home listens: a path in the user's runtime folder, or a pipe on Windows.

    Raises:
        OSError: the folder cannot be made, belongs to someone else, or its path is too long for a socket.
    """
    number = hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:16]
    if sys.platform == "win32":
        return f"inkstone-{number}"
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    folders = [Path(runtime) / "inkstone"] if runtime else []
    folders.append(Path(tempfile.gettempdir()) / f"inkstone-{os.getuid()}")
    folder = next((one for one in folders if len(os.fsencode(one / f"{number}.sock")) <= LONGEST_NAME), None)
    if folder is None:
        raise OSError(errno.ENAMETOOLONG, f"{folders[-1]} is too long for a socket")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise PermissionError(f"{folder} is not private")
    return str(folder / f"{number}.sock")


def hand_over(name: str, message: InstanceMessage, patience_ms: int = PATIENCE_MS) -> InstanceMessage | None:
    """Give a command to the instance that listens at `name`; gives its answer, None where nobody does.

    Raises:
        InstanceSilent: one is there, but does not answer in time, or not as agreed.
    """
    deadline = QDeadlineTimer(patience_ms)
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(patience_ms):
        if socket.state() == QLocalSocket.LocalSocketState.ConnectingState:  # others wait there too
            raise InstanceSilent
        return None
    socket.write(_line({"version": VERSION, **message}))
    received = b""
    while b"\n" not in received:
        if not socket.bytesAvailable() and not socket.waitForReadyRead(deadline.remainingTime()):
            if socket.state() != QLocalSocket.LocalSocketState.ConnectedState:  # it has ended
                return None
            raise InstanceSilent
        received += bytes(socket.readAll().data())
        if len(received) > LONGEST_LINE:
            raise InstanceSilent
    try:
        answer = json.loads(received.split(b"\n", 1)[0])
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise InstanceSilent
    return answer


class SingleInstance(QObject):
    """Listens for later starts.

    Attributes:
        name: where.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self._answers: dict[str, Responder] = {}
        self._early: dict[str, list[InstanceMessage]] = {}
        self._received: dict[QLocalSocket, bytes] = {}
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)
        beside = name if os.sep in name else str(Path(tempfile.gettempdir(), name))  # a pipe of Windows has no folder
        self._lock = FileLock(f"{beside}.lock", timeout=0)

    def answer(self, command: str, do: Responder) -> None:
        """Have `do` called for a command with the whole request; what it gives is added to the answer.

        An `InkstoneError` that it raises is the answer's `error`.
        """
        self._answers[command] = do
        for request in self._early.pop(command, []):
            with contextlib.suppress(InkstoneError):  # whoever asked has had an answer
                do(request)

    def expect(self, command: str) -> None:
        """Keep the requests of a command until `answer` tells what does it, so that none is lost while starting."""
        kept: list[InstanceMessage] = []
        self._early[command] = kept
        self._answers[command] = kept.append

    def listen_or_hand_over(self, message: InstanceMessage, patience_ms: int = PATIENCE_MS) -> InstanceMessage | None:
        """Become the first instance; gives None then, else the answer of the one that is already there.

        Where it cannot listen, later starts are first as well.

        Raises:
            InstanceSilent: there is one, but it does not answer in time.
        """
        deadline = QDeadlineTimer(patience_ms)
        while not self._acquire():
            answer = hand_over(self.name, message, deadline.remainingTime())
            if answer is not None:
                return answer
            if deadline.hasExpired():
                raise InstanceSilent
            QThread.msleep(_LOOK_MS)  # it is starting or ending
        return self._begin(message, deadline)

    def _begin(self, message: InstanceMessage, deadline: QDeadlineTimer) -> InstanceMessage | None:
        """Listen, unless somebody answers all the same: the lock's file was deleted, or an old version has none."""
        try:
            answer = hand_over(self.name, message, deadline.remainingTime())
        except InstanceSilent:
            self.release()
            raise
        if answer is not None:
            self.release()
            return answer
        QLocalServer.removeServer(self.name)  # of an instance that was killed
        if not self._server.listen(self.name):
            _LOG.warning("instance: cannot listen: %s", self._server.serverError().name)
            self.release()  # nobody is to wait for what never hears; the lock of the history still parts two writers
        return None

    def _acquire(self) -> bool:
        """Become the one that holds the lock; where no lock can be made, the socket alone tells who is first."""
        try:
            self._lock.acquire()
        except Timeout:
            return False
        except OSError:
            return True
        return True

    def release(self) -> None:
        """Let a later start be the first: nothing of this home is written any more."""
        self._lock.release()

    @property
    def listening(self) -> bool:
        """Whether later starts reach this instance."""
        return self._server.isListening()

    def close(self) -> None:
        """Listen no longer; later starts wait until this one gives the home back."""
        self._server.close()

    @Slot()
    def _welcome(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self._received[socket] = b""
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(self._forget)
            self._take(socket)

    @Slot()
    def _read(self) -> None:
        self._take(cast(QLocalSocket, self.sender()))

    @Slot()
    def _forget(self) -> None:
        socket = cast(QLocalSocket, self.sender())
        self._received.pop(socket, None)
        socket.deleteLater()

    def _take(self, socket: QLocalSocket) -> None:
        *lines, rest = (self._received.get(socket, b"") + bytes(socket.readAll().data())).split(b"\n")
        for line in lines:
            socket.write(self._answered(line))
        socket.flush()
        if len(rest) > LONGEST_LINE:
            socket.abort()
        else:
            self._received[socket] = rest

    def _answered(self, line: bytes) -> bytes:
        try:
            return _line(self._done(line))
        except Exception as error:  # whoever asked must not wait in vain
            return _line(_refusal(str(failure_of(error))))

    def _done(self, line: bytes) -> InstanceMessage:
        try:
            request = json.loads(line)
        except (ValueError, RecursionError):
            return _refusal("This is not a line of JSON.")
        if not isinstance(request, dict) or request.get("version") != VERSION:
            return _refusal(f"This instance speaks version {VERSION} only.")
        command = request.get("command")
        do = self._answers.get(command) if isinstance(command, str) else None
        if do is None:
            return _refusal(f"There is no command “{command}”." if isinstance(command, str) else "There is no command.")
        return {"version": VERSION, "ok": True, **(do(request) or {})}


def _refusal(sentence: str) -> InstanceMessage:
    return {"version": VERSION, "ok": False, "error": sentence}


def _line(message: InstanceMessage) -> bytes:
    text = json.dumps(dict(message), ensure_ascii=False)
    return text.encode(errors="backslashreplace") + b"\n"  # half a letter stays what JSON writes for it

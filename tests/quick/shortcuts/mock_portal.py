"""A portal with GlobalShortcuts that tests tell how to answer; speaks D-Bus through jeepney, on a thread of its own."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.bus import get_bus
from jeepney.io.blocking import DBusConnection, prep_socket

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"


@dataclass
class MockPortal:
    """The portal of a desktop.

    Attributes:
        bus: its address.
        version: of GlobalShortcuts; 0: this portal has none.
        code: of the answer to BindShortcuts: 0 the user agrees, 1 the user refuses.
        leaves_out: ids that the user struck from the list.
        unassigned: ids that the user gave no key.
        knows_programs: whether it has found out who calls; a portal of GNOME refuses otherwise.
        calls: members that were called, in order, with their bodies.
    """

    bus: str
    version: int = 2
    code: int = 0
    leaves_out: frozenset[str] = frozenset()
    unassigned: frozenset[str] = frozenset()
    knows_programs: bool = True
    calls: "list[tuple[str, tuple[Any, ...]]]" = field(default_factory=list)

    def __enter__(self) -> "MockPortal":
        self._connection = DBusConnection(prep_socket(get_bus(self.bus)))
        taken = self._connection.send_and_get_reply(message_bus.RequestName(NAME))
        assert taken.body == (1,)
        self._caller, self._session = "", ""
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self._connection.close()

    def press(self, shortcut: str, **options: tuple[str, Any]) -> None:
        """Do as the compositor does when the user presses a shortcut."""
        self._signal(SHORTCUTS, "Activated", "osta{sv}", (self._session, shortcut, 1, options))

    def change(self, keys: Mapping[str, str]) -> None:
        """Do as the desktop's settings do when the user changes keys there."""
        about = [(one, {"trigger_description": ("s", key)}) for one, key in keys.items()]
        self._signal(SHORTCUTS, "ShortcutsChanged", "oa(sa{sv})", (self._session, about))

    def end_session(self) -> None:
        self._signal("org.freedesktop.portal.Session", "Closed", "a{sv}", ({},), self._session)

    def called(self) -> list[str]:
        return [name for name, _ in self.calls]

    def _serve(self) -> None:
        while not self._ended.is_set():
            try:
                message = self._connection.receive(timeout=0.05)
            except TimeoutError:
                continue
            if message.header.message_type is MessageType.method_call:
                self._answer(message)

    def _answer(self, message: Message) -> None:
        fields = message.header.fields
        member, interface = fields[HeaderFields.member], fields.get(HeaderFields.interface)
        self.calls.append((member, message.body))
        if member == "Get":
            if self.version:
                self._reply(message, "v", (("u", self.version),))
            else:
                self._error(message, "org.freedesktop.DBus.Error.InvalidArgs", "no such interface")
        elif interface == SHORTCUTS and not self.version:
            self._error(message, "org.freedesktop.DBus.Error.UnknownMethod", "no such interface")
        elif member == "CreateSession":
            self._create(message)
        elif member == "BindShortcuts":
            self._bind(message)
        else:
            self._reply(message)

    def _create(self, message: Message) -> None:
        if not self.knows_programs:
            self._error(message, "org.freedesktop.portal.Error.NotAllowed", "An app id is required")
            return
        (options,) = message.body
        self._caller = message.header.fields[HeaderFields.sender]
        self._session = f"{PATH}/session/{self._short_caller}/{options['session_handle_token'][1]}"
        self._respond(message, options, 0, {"session_handle": ("s", self._session)})

    def _bind(self, message: Message) -> None:
        session, wishes, _, options = message.body
        assert session == self._session
        given = [
            (
                one,
                {
                    "description": about["description"],
                    "trigger_description": (
                        "s",
                        "" if one in self.unassigned else f"Press {about['preferred_trigger'][1]}",
                    ),
                },
            )
            for one, about in wishes
            if one not in self.leaves_out
        ]
        self._respond(message, options, self.code, {} if self.code else {"shortcuts": ("a(sa{sv})", given)})

    @property
    def _short_caller(self) -> str:
        return self._caller[1:].replace(".", "_")

    def _respond(self, message: Message, options: Any, code: int, results: Any) -> None:
        path = f"{PATH}/request/{self._short_caller}/{options['handle_token'][1]}"
        self._reply(message, "o", (path,))
        self._signal("org.freedesktop.portal.Request", "Response", "ua{sv}", (code, results), path)

    def _reply(self, message: Message, signature: str | None = None, body: tuple[Any, ...] = ()) -> None:
        self._connection.send(new_method_return(message, signature, body))

    def _error(self, message: Message, name: str, text: str) -> None:
        self._connection.send(new_error(message, name, "s", (text,)))

    def _signal(self, interface: str, member: str, signature: str, body: tuple[Any, ...], path: str = PATH) -> None:
        self._connection.send(new_signal(DBusAddress(path, interface=interface), member, signature, body))

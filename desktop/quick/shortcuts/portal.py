"""Wayland: shortcuts through the desktop's portal, org.freedesktop.portal.GlobalShortcuts.

Described at flatpak.github.io/xdg-desktop-portal: “Global Shortcuts”, “Request”, “Session”, and “Registry” for programs
outside of a sandbox. The form of a wished key is that of the XDG shortcuts specification: CTRL+ALT+space.
"""

import select
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, Properties, message_bus, new_method_call
from jeepney.bus import parse_addresses
from jeepney.io.blocking import DBusConnection, prep_socket

from desktop.quick.shortcuts.desktop_entry import ensure_entry
from desktop.quick.shortcuts.interface import BoundShortcut, Pressed, Reported, Trouble
from desktop.quick.shortcuts.shortcut import Shortcut
from desktop.quick.shortcuts.thread import ShortcutThread
from desktop.quick.startup.command import own_command
from desktop.quick.startup.identity import APP_ID

_BUS_NAME, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_SHORTCUTS = DBusAddress(_PATH, bus_name=_BUS_NAME, interface="org.freedesktop.portal.GlobalShortcuts")
_REGISTRY = DBusAddress(_PATH, bus_name=_BUS_NAME, interface="org.freedesktop.host.portal.Registry")
_REQUEST, _SESSION = "org.freedesktop.portal.Request", "org.freedesktop.portal.Session"
_WORDS = {"Ctrl": "CTRL", "Alt": "ALT", "Shift": "SHIFT", "Meta": "LOGO"}
_PATIENCE_S = 2.0
_ABSENT = (  # what a bus answers where there is no portal, and a portal without these shortcuts
    "org.freedesktop.DBus.Error.ServiceUnknown",
    "org.freedesktop.DBus.Error.NameHasNoOwner",
    "org.freedesktop.DBus.Error.UnknownInterface",
    "org.freedesktop.DBus.Error.UnknownMethod",
    "org.freedesktop.DBus.Error.UnknownObject",
)

PortalResponder = Callable[[Message], None]


def portal_version(environment: Mapping[str, str]) -> int:
    """Ask which version of GlobalShortcuts the portal has; 0 where there is none. Waits 2 s at most."""
    try:
        connection = _connect(environment)
    except OSError:
        return 0
    try:
        reply = connection.send_and_get_reply(Properties(_SHORTCUTS).get("version"), timeout=_PATIENCE_S)
        return _version(reply)
    except OSError:  # also no answer in time
        return 0
    finally:
        connection.close()


class PortalShortcuts(ShortcutThread):
    """Asks the portal for shortcuts, on a thread and a connection of its own; a `ShortcutBackEnd`.

    The user decides in a dialog of the desktop, so a result may come much later than `bind`. A set can be asked for
    once in a session: a new set makes a new session. When the portal ends and comes back, the set is asked for again.
    """

    def __init__(self, pressed: Pressed, reported: Reported, environment: Mapping[str, str]) -> None:
        """Begin; without a portal, each shortcut is reported as “no portal”.

        Args:
            pressed: called on the thread with the name of a shortcut and the desktop's leave to come to the front.
            reported: called on the thread when the desktop or the user decided.
            environment: names the session's bus.
        """
        super().__init__()
        self._pressed, self._reported, self._environment = pressed, reported, environment
        self._session = ""
        self._token = 0
        self._lost = False  # there is no portal now
        self._replies: dict[int, PortalResponder] = {}
        self._requests: dict[str, PortalResponder] = {}
        self._thread.start()

    # The thread.

    def _live(self) -> None:
        try:
            self._connection = _connect(self._environment)
        except OSError:
            self._answer_without_bus("no portal")
            return
        try:
            self._subscribe()
            if portal_version(self._environment):
                ensure_entry(APP_ID, own_command(), self._environment, Path.home())
                self._register()
            while self._step():
                pass
        except OSError:  # the bus has ended: the session is over
            self._answer_without_bus("gone")
        finally:
            self._connection.close()

    def _answer_without_bus(self, trouble: Trouble) -> None:
        self._tell_all(trouble)
        while True:
            select.select([self._inbox], [], [])
            for wanted in self._inbox.take():
                if wanted is None:
                    return
                self._wanted = wanted
                self._tell_all(trouble)

    def _step(self) -> bool:
        select.select([self._connection.sock, self._inbox], [], [])
        for wanted in self._inbox.take():
            if wanted is None:
                self._end_session()
                return False
            self._wanted = wanted
            self._begin_session()
        while True:
            try:
                message = self._connection.receive(timeout=0)
            except TimeoutError:
                return True
            try:
                self._hear(message)
            except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
                self._tell_all("failed", f"the portal sent what it should not: {error!r}")

    def _hear(self, message: Message) -> None:
        fields = message.header.fields
        if message.header.message_type in (MessageType.method_return, MessageType.error):
            answer = self._replies.pop(fields.get(HeaderFields.reply_serial, -1), None)
            if answer is not None:
                answer(message)
            return
        member, path = fields.get(HeaderFields.member), fields.get(HeaderFields.path)
        if member == "Response":
            answer = self._requests.pop(path, None)
            if answer is not None:
                answer(message)
        elif member == "Activated":
            session, shortcut, _, options = message.body
            if session == self._session and (name := _name_of(shortcut)) in self._wanted:
                self._pressed(name, str(options.get("activation_token", ("s", ""))[1]))
        elif member == "ShortcutsChanged" and message.body[0] == self._session:
            self._tell(message.body[1])
        elif member == "Closed" and path == self._session:
            self._session = ""
            self._tell_all("gone")
        elif member == "NameOwnerChanged":
            self._portal_changed(gone=bool(message.body[1]), come=bool(message.body[2]))

    # What is said to the portal.

    def _subscribe(self) -> None:
        rules = [
            MatchRule(type="signal", sender=_BUS_NAME, interface=one)
            for one in (_SHORTCUTS.interface, _REQUEST, _SESSION)
        ]
        owner = MatchRule(type="signal", sender="org.freedesktop.DBus", member="NameOwnerChanged")
        owner.add_arg_condition(0, _BUS_NAME)
        for rule in (*rules, owner):
            self._connection.send_and_get_reply(message_bus.AddMatch(rule), timeout=_PATIENCE_S)

    def _register(self) -> None:
        """Say who we are, before anything else on this connection; an old portal finds it out by itself."""
        self._send(new_method_call(_REGISTRY, "Register", "sa{sv}", (APP_ID, {})), lambda _: None)

    def _begin_session(self) -> None:
        self._end_session()
        if not self._wanted:
            self._reported({})
            return
        self._tell_all("asked")
        options = {"session_handle_token": ("s", self._new_token())}
        self._ask("CreateSession", "a{sv}", (), options, self._session_made)

    def _session_made(self, response: Message) -> None:
        code, results = response.body
        if code:
            self._tell_all("denied" if code == 1 else "failed")
            return
        self._session = results["session_handle"][1]
        wishes = [
            (
                _id_of(name),
                {
                    "description": ("s", f"Inkstone: {name}" if name else "Inkstone"),
                    "preferred_trigger": ("s", as_trigger(shortcut)),
                },
            )
            for name, shortcut in self._wanted.items()
        ]
        self._ask("BindShortcuts", "oa(sa{sv})sa{sv}", (self._session, wishes, ""), {}, self._shortcuts_bound)

    def _shortcuts_bound(self, response: Message) -> None:
        code, results = response.body
        if code:
            self._tell_all("denied" if code == 1 else "failed")
        else:
            self._tell(results.get("shortcuts", ("a(sa{sv})", []))[1])

    def _end_session(self) -> None:
        self._requests.clear()  # what was asked for before is not wanted any more
        if self._session:
            address = DBusAddress(self._session, bus_name=_BUS_NAME, interface=_SESSION)
            self._send(new_method_call(address, "Close"), lambda _: None)
            self._session = ""

    def _ask(self, method: str, signature: str, before: tuple[Any, ...], options: Any, then: PortalResponder) -> None:
        """Call a method whose answer comes later as a signal, at a path that is known before."""
        token = self._new_token()
        sender = (self._connection.unique_name or "")[1:].replace(".", "_")
        path = f"{_PATH}/request/{sender}/{token}"
        self._requests[path] = then
        body = (*before, {**options, "handle_token": ("s", token)})

        def replied(message: Message) -> None:
            if message.header.message_type is MessageType.error and self._requests.pop(path, None) is not None:
                self._refused(message)

        self._send(new_method_call(_SHORTCUTS, method, signature, body), replied)

    def _refused(self, message: Message) -> None:
        name = message.header.fields.get(HeaderFields.error_name, "")
        detail = str(message.body[0]) if message.body else name
        self._tell_all("no portal" if name in _ABSENT else "failed", "" if name in _ABSENT else detail)

    def _portal_changed(self, *, gone: bool, come: bool) -> None:
        """Ask again when it is back. The first call of all may start it: that is no coming back."""
        if gone:
            self._session = ""
            self._requests.clear()
            self._tell_all("gone")
        if come and self._lost:
            self._register()
            self._begin_session()

    def _send(self, message: Message, answer: PortalResponder) -> None:
        serial = next(self._connection.outgoing_serial)
        self._replies[serial] = answer
        self._connection.send(message, serial=serial)

    def _new_token(self) -> str:
        self._token += 1
        return f"inkstone{self._token}"

    # What is told to the application.

    def _tell(self, shortcuts: list[tuple[str, Mapping[str, tuple[str, Any]]]]) -> None:
        given = {_name_of(one): str(about.get("trigger_description", ("s", ""))[1]) for one, about in shortcuts}
        results = {}
        for name in self._wanted:
            if name not in given:
                results[name] = BoundShortcut("denied")
            else:
                results[name] = BoundShortcut(keys=given[name]) if given[name] else BoundShortcut("unassigned")
        self._reported(results)

    def _tell_all(self, trouble: Trouble, detail: str = "") -> None:
        self._lost = trouble in ("gone", "no portal")
        self._reported({name: BoundShortcut(trouble, detail=detail) for name in self._wanted})


def as_trigger(shortcut: Shortcut) -> str:
    """Write a shortcut as the XDG shortcuts specification does."""
    return "+".join([*(_WORDS[one] for one in shortcut.modifiers), shortcut.key])


def _id_of(name: str) -> str:
    return f"action-{name}" if name else "open"


def _name_of(shortcut_id: str) -> str:
    return shortcut_id.removeprefix("action-") if shortcut_id != "open" else ""


def _version(reply: Message) -> int:
    return int(reply.body[0][1]) if reply.header.message_type is MessageType.method_return else 0


def _connect(environment: Mapping[str, str]) -> DBusConnection:
    """Open the session's bus. Raises OSError."""
    address = environment.get("DBUS_SESSION_BUS_ADDRESS")
    if not address:
        address = f"unix:path={environment['XDG_RUNTIME_DIR']}/bus" if environment.get("XDG_RUNTIME_DIR") else ""
    try:
        for transport, options in parse_addresses(address):
            if transport == "unix":
                place = options.get("path") or "\0" + options.get("abstract", "")
                return DBusConnection(prep_socket(place, timeout=_PATIENCE_S))
    except (ValueError, KeyError, RuntimeError) as error:
        raise OSError(f"{address} is no address of a bus") from error
    raise OSError("there is no session bus")

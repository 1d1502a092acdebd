"""`--offline`: every outgoing connection of this process is refused before a packet leaves.

An audit hook sees each connection, datagram and name look-up that Python code makes, whatever library it goes through
(urllib, http.client, asyncio on POSIX, a raw socket), and raises `OfflineRefused`. What stays on the machine is let
through: Unix sockets (the keyring's D-Bus) and loopback addresses (a model server on the same machine).

Limits, so that nobody trusts it for more: it covers this Python process only. Child processes are not covered; whoever
starts one (the package client) refuses first. Native code that opens sockets of its own is not seen, nor is a program
on this machine that listens on loopback and sends on what it receives.

Hook and events: PEP 578 and the audit events table of the Python documentation.
"""

import ipaddress
import socket
import sys
from collections.abc import Callable

from desktop.errors import OfflineRefused

# Audit event -> what it is called in the sentence that the user reads.
_CONNECTIONS = {
    "socket.connect": "a connection to",
    "socket.sendto": "a datagram to",
    "socket.sendmsg": "a datagram to",
}
_LOOKUPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"})

# Method of a socket -> its event, and which argument is the address.
_METHODS = {
    "connect": ("socket.connect", 0),
    "connect_ex": ("socket.connect", 0),
    "sendto": ("socket.sendto", -1),
    "sendmsg": ("socket.sendmsg", 3),
}


def refuse_network() -> None:
    """Refuse every outgoing connection of this process from now on; it cannot be undone.

    The calls that would have reached the network raise `OfflineRefused` instead.
    """
    sys.addaudithook(_heard)
    # Given a name instead of an address, these look it up before the hook hears of them, so they have to ask first.
    for name, (event, position) in _METHODS.items():
        if hasattr(socket.socket, name):
            setattr(socket.socket, name, _asking_first(getattr(socket.socket, name), event, position))


def stays_local(family: int, address: object) -> bool:
    """Say whether a socket of this family reaches nothing but this machine when it is sent to this address."""
    if family == getattr(socket, "AF_UNIX", None):
        return True
    if family not in (socket.AF_INET, socket.AF_INET6) or not isinstance(address, tuple) or not address:
        return False
    return _is_loopback(address[0])


def _is_loopback(host: object) -> bool:
    """Only literals and the name localhost count: any other name would have to be looked up to know."""
    if isinstance(host, bytes | bytearray):
        host = host.decode("ascii", errors="replace")
    if not isinstance(host, str):
        return False
    if host.lower() == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


def _heard(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse or let pass; the interpreter tells of all it does, and nearly none of that is about the network."""
    if event in _CONNECTIONS:
        _refuse_connection(event, arguments[0], arguments[1])
    elif event in _LOOKUPS:
        host = arguments[0][0] if isinstance(arguments[0], tuple) else arguments[0]
        # No host means this machine: a socket that is going to listen.
        if host is not None and not _is_loopback(host):
            raise OfflineRefused(f"looking up {_spoken(host)}")


def _asking_first(method: Callable[..., object], event: str, position: int) -> Callable[..., object]:
    def asked(self: socket.socket, *arguments: object) -> object:
        if position < len(arguments):
            _refuse_connection(event, self, arguments[position])
        return method(self, *arguments)

    return asked


def _refuse_connection(event: str, sender: object, address: object) -> None:
    # A message on a connected socket names no address: its connection was asked about before.
    if address is not None and not stays_local(getattr(sender, "family", -1), address):
        raise OfflineRefused(f"{_CONNECTIONS[event]} {_spoken(address)}")


def _spoken(address: object) -> str:
    """Write an address as a person would: host and port, without the rest of the tuple."""
    match address:
        case (host, port, *_):
            return f"{_spoken(host)} port {port}"
        case bytes() | bytearray():
            return address.decode("utf-8", errors="replace")
        case _:
            return str(address)

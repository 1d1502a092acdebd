"""Reads addresses of servers that a user writes into the settings, or that a server sends us on to."""

import ipaddress
from urllib.parse import urlsplit


def is_safe_address(text: str) -> bool:
    """Tell whether what goes there cannot be read or changed on the way: https, or plain http to this machine.

    An address with a user's name or password in it is none: it would stand in settings and logs.
    """
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port  # a port that is no number is told when it is asked for
    except ValueError:
        return False
    if not host or "@" in parts.netloc or any(letter.isspace() or not letter.isprintable() for letter in text):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(host))


def host_of(address: str) -> str:
    """Give the host of an address, with its port where one is written; the address itself where it has none."""
    try:
        return urlsplit(address).netloc.rpartition("@")[2] or address
    except ValueError:
        return address


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

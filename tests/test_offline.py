"""`--offline` refuses what would leave the machine; each proof is a child process, for a refusal cannot be undone."""

import os
import socket
import subprocess
import sys
import textwrap

import pytest

from desktop.offline import stays_local

PRELUDE = """
import asyncio, http.client, os, socket, tempfile, threading, urllib.request
from desktop.errors import OfflineRefused
from desktop.offline import refuse_network
refuse_network()
"""

# 192.0.2.0/24 and 2001:db8::/32 are reserved for documentation, .example for examples: no such machine exists.
REFUSED = {
    "a raw socket": ("socket.socket().connect(('192.0.2.1', 80))", "a connection to 192.0.2.1 port 80"),
    "IPv6": ("socket.socket(socket.AF_INET6).connect(('2001:db8::1', 80))", "a connection to 2001:db8::1 port 80"),
    "connect_ex": ("socket.socket().connect_ex(('192.0.2.1', 80))", "a connection to 192.0.2.1 port 80"),
    "a name in connect": ("socket.socket().connect(('ink.example', 80))", "a connection to ink.example port 80"),
    "create_connection": ("socket.create_connection(('192.0.2.1', 80))", "looking up 192.0.2.1"),
    "a datagram": ("socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))", "a datagram to 192.0.2.1"),
    "a message": (
        "socket.socket(type=socket.SOCK_DGRAM).sendmsg([b'x'], [], 0, ('192.0.2.1', 53))",
        "a datagram to 192.0.2.1 port 53",
    ),
    "a broadcast": ("socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('<broadcast>', 9))", "to <broadcast> port 9"),
    "getaddrinfo": ("socket.getaddrinfo('ink.example', 443)", "looking up ink.example"),
    "gethostbyname": ("socket.gethostbyname('ink.example')", "looking up ink.example"),
    "gethostbyaddr": ("socket.gethostbyaddr('192.0.2.1')", "looking up 192.0.2.1"),
    "getnameinfo": ("socket.getnameinfo(('192.0.2.1', 80), 0)", "looking up 192.0.2.1"),
    "http.client": ("http.client.HTTPConnection('192.0.2.1').request('GET', '/')", "looking up 192.0.2.1"),
    "urllib": ("urllib.request.urlopen('https://ink.example/')", "looking up ink.example"),
    "asyncio": ("asyncio.run(asyncio.open_connection('192.0.2.1', 80))", "a connection to 192.0.2.1 port 80"),
}


def run_offline(body: str) -> str:
    """Run `body` in a Python that refuses the network and give what it printed; proxies would be on other machines."""
    child = subprocess.run(
        [sys.executable, "-c", PRELUDE + textwrap.dedent(body)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")},
    )
    assert child.returncode == 0, child.stderr
    return child.stdout


@pytest.mark.parametrize(("call", "named"), REFUSED.values(), ids=REFUSED)
def test_what_would_leave_the_machine_is_refused(call: str, named: str) -> None:
    said = run_offline(f"""
        try:
            {call}
        except OfflineRefused as refused:
            print(refused)
        """)
    assert said.startswith("Inkstone runs with --offline, so ")
    assert named in said


def test_a_refused_connection_is_never_started() -> None:
    """A connect that had begun would leave the socket with a local port and a pending error."""
    said = run_offline("""
        asked = socket.socket()
        asked.setblocking(False)
        try:
            asked.connect(("192.0.2.1", 80))
        except OfflineRefused:
            print(asked.getsockname(), asked.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
        """)
    assert said == "('0.0.0.0', 0) 0\n"


def test_a_server_on_this_machine_is_reached() -> None:
    said = run_offline("""
        server = socket.create_server(("127.0.0.1", 0))
        def serve():
            peer, _ = server.accept()
            with peer:
                peer.recv(1000)
                peer.sendall(b"HTTP/1.0 200 OK\\r\\n\\r\\nfrom this machine")
        threading.Thread(target=serve, daemon=True).start()
        print(urllib.request.urlopen(f"http://localhost:{server.getsockname()[1]}/", timeout=30).read().decode())
        """)
    assert said == "from this machine\n"


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this platform has no Unix sockets")
def test_a_unix_socket_is_reached() -> None:
    said = run_offline("""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "bus")
            server, client = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
            server.bind(path)
            server.listen()
            client.connect(path)
            peer, _ = server.accept()
            client.sendall(b"over the bus")
            print(peer.recv(100).decode())
        """)
    assert said == "over the bus\n"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "localhost", "LOCALHOST", b"127.0.0.1"])
def test_loopback_stays_on_the_machine(host: object) -> None:
    assert stays_local(socket.AF_INET, (host, 80))


@pytest.mark.parametrize("host", ["::1", "::ffff:127.0.0.1", "localhost"])
def test_loopback_of_ipv6_stays_on_the_machine(host: str) -> None:
    assert stays_local(socket.AF_INET6, (host, 80, 0, 0))


@pytest.mark.parametrize(
    "host",
    ["192.0.2.1", "10.0.0.1", "::", "::ffff:192.0.2.1", "fe80::1%eth0", "localhost.example", "", "127.1", None],
)
def test_everything_else_leaves_it(host: object) -> None:
    assert not stays_local(socket.AF_INET, (host, 80))
    assert not stays_local(socket.AF_INET6, (host, 80, 0, 0))


def test_an_unknown_kind_of_socket_counts_as_leaving() -> None:
    assert not stays_local(socket.AF_INET, "127.0.0.1")
    assert not stays_local(-1, ("127.0.0.1", 80))

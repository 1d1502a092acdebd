"""Addresses of servers: which are safe, and whose they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.text.addresses import host_of, is_safe_address


@pytest.mark.parametrize(
    "address",
    [
        "https://hub.example",
        "https://hub.example:8443/mirror",
        "https://192.0.2.1",
        "http://localhost:8080",
        "http://127.0.0.1",
        "http://127.8.9.1:1/x",
        "http://[::1]:80",
    ],
)
def test_https_and_this_machine_are_safe(address: str) -> None:
    assert is_safe_address(address)


@pytest.mark.parametrize(
    "address",
    [
        *("", "hub.example", "http://hub.example", "http://192.0.2.1", "http://localhost.example", "ftp://127.0.0.1"),
        *("https://", "https:///path", "https://me:secret@hub.example", "https://hub.example:port", "https://[::1"),
        *("https://hub.example/a b", "https://hub.example/\n", "file:///etc/passwd", "http://127.1", "http://0x7f.1"),
    ],
)
def test_all_else_is_not(address: str) -> None:
    assert not is_safe_address(address)


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(text: str) -> None:
    for address in (text, f"http://{text}", f"https://{text}/"):
        assert is_safe_address(address) in (True, False)
        assert isinstance(host_of(address), str)


def test_a_host_is_named_without_who_logs_in() -> None:
    assert host_of("https://me:secret@hub.example:8443/x") == "hub.example:8443"
    assert host_of("nonsense") == "nonsense"

"""A hub on loopback, for the tests of everything that fetches from one."""

from collections.abc import Iterator

import pytest

from tests.models.hub_server import CONTENT, FILE, HubServer, hub_server


@pytest.fixture
def quick_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries follow at once, and no proxy of this machine is between."""
    monkeypatch.setattr("desktop.models.hub._PAUSES_S", (0.0, 0.0, 0.0))
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def hub() -> Iterator[HubServer]:
    with hub_server() as server:
        server.put(FILE, CONTENT)
        yield server

import gc
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.ui.collecting import Collector, collect_what_is_due
from tests.real.screen import ROOT

LISTS_MODELS = """
import gc, sys
from desktop.cli import main
sys.argv = ["inkstone", "models", "list"]
try:
    main()
finally:
    print(gc.isenabled())
"""


class Tied(QObject):
    """Knows itself, so that only a collection ends it, as a widget with a function that knows it."""

    def __init__(self, ends: list[str]) -> None:
        super().__init__()
        self.itself = self
        # Not one of its own methods: those go before it does.
        self.destroyed.connect(lambda: ends.append(threading.current_thread().name), Qt.ConnectionType.DirectConnection)


class Knot:
    """Garbage that only a collection ends."""

    alive = 0

    def __init__(self) -> None:
        self.itself = self
        Knot.alive += 1

    def __del__(self) -> None:
        Knot.alive -= 1


def on_another_thread(qtbot: QtBot, make: Callable[[], object], count: int) -> list[object]:
    """Make objects there and give them, while the GUI thread runs its loop."""
    made: list[object] = []
    thread = threading.Thread(target=lambda: made.extend(make() for _ in range(count)), name="worker")
    thread.start()
    qtbot.waitUntil(lambda: not thread.is_alive(), timeout=60_000)
    return made


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    gc.collect()
    gc.enable()  # as in any process that begins
    one = Collector(interval_ms=10)
    yield one
    delete(one)
    gc.disable()
    gc.unfreeze()


@pytest.fixture
def pythons_own() -> Iterator[None]:
    gc.collect()
    gc.enable()
    yield
    gc.disable()


@pytest.mark.usefixtures("pythons_own", "qapp")
def test_left_to_python_another_thread_destroys_what_is_of_qt() -> None:
    """The danger is real; where this fails, Python or PySide have mended it, and `Collector` is not needed any more."""
    ends: list[str] = []
    Tied(ends)
    thread = threading.Thread(target=lambda: [[number] for number in range(200_000)])
    thread.start()
    thread.join()  # this thread makes nothing meanwhile; threads of earlier tests may
    assert ends
    assert ends != [threading.current_thread().name]


@pytest.mark.usefixtures("collector")
def test_what_is_of_qt_is_destroyed_on_its_own_thread_whatever_others_do(qtbot: QtBot) -> None:
    ends: list[str] = []
    Tied(ends)
    made = on_another_thread(qtbot, list[object], 200_000)
    qtbot.waitUntil(lambda: bool(ends), timeout=60_000)
    assert (ends, len(made)) == ([threading.current_thread().name], 200_000)


@pytest.mark.usefixtures("collector")
def test_garbage_of_other_threads_does_not_pile_up(qtbot: QtBot) -> None:
    most, made = 0, 2_000_000
    Knot.alive = 0

    class Counted(QObject):
        def timerEvent(self, _event: object) -> None:
            nonlocal most
            most = max(most, Knot.alive)

    counted = Counted()
    counted.startTimer(1)
    on_another_thread(qtbot, lambda: Knot() and None, made)
    assert 0 < most < made // 2


def test_generations_are_collected_by_pythons_thresholds() -> None:
    gc.collect()
    assert collect_what_is_due() is None
    found, kept = list[int | None](), list[dict[str, list[int]]]()
    while 2 not in found:
        kept += ({"itself": [number]} for number in range(gc.get_threshold()[0] * 2))
        found.append(collect_what_is_due())
        assert found[-1] is not None, len(kept)
    assert found.index(1) == gc.get_threshold()[1] + 1
    assert found.count(1) == gc.get_threshold()[2] + 1


def test_without_a_window_python_collects_as_ever() -> None:
    done = subprocess.run([sys.executable, "-c", LISTS_MODELS], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines()[-1:] == ["True"], done.stderr

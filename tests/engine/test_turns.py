"""Turns: one run at a time, and an urgent stream goes on until it is over."""

import threading

import pytest

from desktop.engine.decoder import Stopped
from desktop.engine.turns import EngineTurns


def test_a_waiting_stream_sees_its_stop() -> None:
    turns, stop = EngineTurns(), threading.Event()
    stop.set()
    with turns.stream(urgent=True), pytest.raises(Stopped), turns.turn(stop, urgent=False):
        pass


def test_others_wait_until_the_urgent_stream_is_over() -> None:
    turns, order, waits = EngineTurns(), list[str](), threading.Event()

    def other() -> None:
        waits.set()
        with turns.turn(None, urgent=False):
            order.append("other")

    thread = threading.Thread(target=other)
    with turns.stream(urgent=True):
        thread.start()
        assert waits.wait(5)
        for number in range(3):
            with turns.turn(None, urgent=True):
                order.append(f"urgent {number}")
    thread.join(5)
    assert order == ["urgent 0", "urgent 1", "urgent 2", "other"]


def test_a_failed_run_gives_its_turn_back() -> None:
    turns = EngineTurns()
    with pytest.raises(ValueError, match="failed"), turns.turn(None, urgent=False):
        raise ValueError("failed")
    with turns.turn(None, urgent=False):
        pass

"""The arithmetic of the router's report, on answers small enough to count by hand."""

import pytest

from tests.bench.router_requests import Request
from tests.bench.router_scores import Answer, calibration_error, confusions, macro_f1, share, slot_f1


def answer(meant: str, said: str, confidence: float = 1.0, *, slots: tuple[tuple[str, int, int], ...] = ()) -> Answer:
    request = Request("the old sea", tuple(meant.split("/")), (("topic", 0, 11),), "plain", "en")
    return Answer(request, said, confidence, chip=said != "chat", slots=slots)


def test_either_of_two_labels_is_right() -> None:
    answers = [answer("email/chat", "chat"), answer("email", "chat"), answer("chat", "chat")]
    assert share(a.right for a in answers) == pytest.approx(2 / 3)
    assert confusions(answers) == [("email", "chat", 1)]


def test_f1_counts_misses_and_false_alarms() -> None:
    answers = [answer("email", "email"), answer("email", "chat"), answer("chat", "chat"), answer("chat", "email")]
    assert macro_f1(answers) == {"chat": 0.5, "email": 0.5}


def test_calibration_error_is_the_gap_between_confidence_and_accuracy() -> None:
    answers = [answer("chat", "chat", 0.9), answer("chat", "email", 0.9)]
    assert calibration_error(answers) == pytest.approx(0.4)
    assert calibration_error([answer("chat", "chat", 1.0)]) == 0


def test_slots_are_compared_as_spans_without_their_article() -> None:
    answers = [answer("email", "email", slots=(("topic", 4, 11),)), answer("email", "email", slots=(("topic", 4, 7),))]
    assert slot_f1(answers)["topic"] == (0.5, 2)

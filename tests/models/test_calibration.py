"""What a calibration makes of answers: thresholds held against answers that were recorded from real models."""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.engine.interface import Ability, Event, Message, Sampling
from desktop.models.calibrating import calibrate
from desktop.models.calibration import TASKS, Measured, Verdict, is_written, judge, knows, summary
from tests.scripted_engine import ScriptedEngine

RECORDED = json.loads((Path(__file__).parent.parent / "data" / "calibration.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("model", RECORDED)
def test_recorded_answers_give_what_their_models_can_do(model: str) -> None:
    recorded = RECORDED[model]
    verdicts = [(task, judge(task, answer)) for task, answer in zip(TASKS, recorded["answers"], strict=True)]
    measured = summary(verdicts, recorded["nats_per_letter"], 20.0, "2026-11-30")
    assert {language: str(ability) for language, ability in measured.abilities.items()} == recorded["abilities"]


@pytest.mark.parametrize(
    ("answer", "followed"),
    [
        ("This week, the team signed 3 contracts worth 45,000 euros, and Lee visited 12 customers.", 1.0),
        ("Here is a sentence: 3 contracts worth 45,000 euros were signed, and Lee visited 12 customers.", 0.75),
        ("This week, the team signed 3 contracts worth 45,000 euros, and Lee visited many customers.", 0.0),
        ("This week, the team signed 3 contracts worth 45,000 euros, Lee visited 12 customers in 5 cities.", 0.0),
    ],
)
def test_a_brief_is_followed_where_no_fact_is_lost_or_invented(answer: str, followed: float) -> None:
    assert judge(TASKS[0], answer) == Verdict(written=True, followed=followed)


def test_an_answer_that_was_cut_for_want_of_time_only_tells_the_language() -> None:
    assert judge(TASKS[0], "This week, the team signed 3", out_of_time=True) == Verdict(written=True, followed=None)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I'm sorry, but I can only answer in English.", "zh"),
        ("你可以在这里提供替代码你可以在这里提供替代码你可以在这里提供替代码你可以在这里提供替代码", "zh"),
        ("我们下周开会，请大家准时参加，带上预算表和上周的报告\ufffd", "zh"),
        ("本周团队签了三份合同，回款四十五万元，李明拜访了十二家客户。", "en"),
        ("Yes.", "en"),
    ],
)
def test_another_script_garbage_and_circles_are_not_the_language(text: str, language: str) -> None:
    assert not is_written(text, language)


def test_a_language_is_known_to_a_model_that_finds_good_text_likely() -> None:
    assert knows("zh", 2.7)
    assert not knows("zh", 4.9)  # of SmolLM2 135M, which has hardly seen any


def test_a_language_without_enough_time_is_guided() -> None:
    short = [(TASKS[0], Verdict(written=True, followed=1.0)), (TASKS[2], Verdict(written=True, followed=None))]
    measured = summary(short, {}, 5.0, "2026-11-30")
    assert measured.languages == ("en",)
    assert measured.follows_brief == {}
    assert measured.abilities == {"en": Ability.GUIDED, "zh": Ability.NONE}


@pytest.mark.parametrize(
    "fields",
    [
        {"version": 0},
        {"when": "yesterday"},
        {"languages": (3,)},
        {"follows_brief": {"en": 1.5}},
        {"decode_tokens_per_s": -1.0},
    ],
)
def test_a_record_that_cannot_be_is_refused(fields: dict[str, object]) -> None:
    good: dict[str, object] = {"version": 1, "when": "2026-11-30", "languages": ("en",)}
    with pytest.raises(ValueError, match="measured"):
        Measured(**(good | fields))  # type: ignore[arg-type]  # what is wrong is refused


class FixedJudging:
    """Finds English likely and Chinese not."""

    def likelihood(self, text: str) -> float:
        return -len(text) * (0.9 if text.isascii() else 4.9)

    def first_sights(self, text: str, others: Sequence[str]) -> list[float]:
        raise NotImplementedError


@dataclass
class CalibratedEngine(ScriptedEngine):
    """Answers each task with the words of its prompt behind the colon, and judges."""

    def stream(self, messages: Sequence[Message], options: Sampling, stop: threading.Event) -> Iterator[Event]:
        assert options.temperature == 0
        self.script = [messages[-1].content.partition(":")[2] or messages[-1].content.partition("：")[2]]
        return super().stream(messages, options, stop)

    @contextmanager
    def judging(
        self, messages: Sequence[Message], stop: threading.Event, *, urgent: bool = True
    ) -> Iterator[FixedJudging]:
        assert not urgent
        yield FixedJudging()


def test_a_calibration_asks_all_tasks_and_tells_how_far_it_is() -> None:
    engine, told = CalibratedEngine(), list[float]()
    measured = calibrate(engine, told.append, threading.Event())
    assert measured is not None
    assert len(engine.asked) == len(TASKS)
    assert told == sorted(told)
    assert measured.languages == ("en",)
    assert measured.follows_brief["en"] > 0.5


def test_a_calibration_ends_when_its_time_is_over() -> None:
    engine, times = CalibratedEngine(), iter(range(0, 10_000, 9))
    measured = calibrate(engine, lambda _: None, threading.Event(), longest_s=30, clock=lambda: float(next(times)))
    assert measured is not None
    assert 2 <= len(engine.asked) < len(TASKS)


def test_a_calibration_that_is_stopped_gives_nothing() -> None:
    stop = threading.Event()
    stop.set()
    assert calibrate(CalibratedEngine(), lambda _: None, stop) is None


def test_a_machine_too_busy_for_an_answer_says_nothing_against_a_language() -> None:
    cut = [(task, judge(task, "本周" if task.language == "zh" else "We", out_of_time=True)) for task in TASKS[:4]]
    assert {verdict.written for _, verdict in cut} == {None}
    assert summary(cut, {"en": 0.5, "zh": 2.0}, 2.0, "2026-11-30").languages == ("en", "zh")
    assert summary(cut, {"en": 0.5, "zh": 9.0}, 2.0, "2026-11-30").languages == ("en",)
    assert summary(cut, {}, 2.0, "2026-11-30").languages == ()

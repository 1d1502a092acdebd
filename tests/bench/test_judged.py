"""The blind reading: what is asked, what a reader sees, and how marks become wins. No text is judged here."""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from desktop.engine.interface import Sampling
from desktop.errors import OutOfMemory
from tests.bench.judged import (
    REQUESTS,
    Cost,
    DraftCommandFailed,
    choose,
    key_of,
    order,
    ours,
    ours_of,
    plain,
    put_down,
    request_page,
)
from tests.bench.judged_scores import NOTHING, Kind, WrongMarks, read_lines, reading, readings, scores, sheet
from tests.scripted_engine import ScriptedEngine

REQUEST = {"id": "en-1", "lang": "en", "request": "A note to Ann.", "criteria": ["Names Ann", "Short"]}
TEXTS: dict[Kind, str] = {"ours": "Dear Ann", "plain": "Hi"}
COSTS: dict[Kind, Cost] = {"ours": Cost(4.0, 40, "", "email"), "plain": Cost(2.0, 20, "", "done")}


def key_row(request_id: str = "en-1", lang: str = "en", first: Kind = "ours", **changed: object) -> dict[str, Any]:
    cost = {"seconds": 2.0, "tokens": 10, "unwritten": "", "told": ""}
    sides = {"A": first, "B": "plain" if first == "ours" else "ours"}
    row = {"id": request_id, "lang": lang, "criteria": 2, **sides, "same": False, "ours_cost": cost, "plain_cost": cost}
    return {**row, **changed}


def mark_row(request_id: str = "en-1", better: str = "A", **changed: object) -> dict[str, Any]:
    row: dict[str, Any] = {"id": request_id, "marks": {"A": [8, 6], "B": [3, 2]}, "better": better}
    row |= {name: {"A": [], "B": []} for name in ("invented", "ignored", "empty")}
    return {**row, **changed}


def test_the_requests_are_as_many_in_each_language_and_half() -> None:
    requests = read_lines(REQUESTS)
    assert Counter((each["lang"], each["half"]) for each in requests) == {
        (lang, half): number for lang in ("en", "zh") for half, number in (("open", 30), ("kept", 20))
    }
    assert len({each["id"] for each in requests}) == len(requests)
    assert all(len(each["criteria"]) == 4 for each in requests)


def test_a_part_of_the_requests_is_chosen() -> None:
    requests = read_lines(REQUESTS)
    assert [each["id"] for each in choose(requests, "open", "zh", 1, 3)] == ["zh-02", "zh-03"]
    assert choose(requests, "kept", "en", 0, 1)[0]["id"] == "en-31"
    assert choose([REQUEST], "kept", None, 0, 9) == [REQUEST]  # a yardstick has no halves


def test_the_order_is_drawn_for_each_request_and_stays() -> None:
    drawn = [order(f"en-{number}", 1) for number in range(40)]
    assert drawn == [order(f"en-{number}", 1) for number in range(40)]
    assert 10 < sum(first == "ours" for first, _ in drawn) < 30
    assert drawn != [order(f"en-{number}", 2) for number in range(40)]


def test_a_reader_sees_request_criteria_and_texts_but_not_whose_they_are(tmp_path: Path) -> None:
    out = tmp_path / "texts"
    put_down(out, REQUEST, TEXTS, COSTS, 1)
    page = "\n".join(sheet(out))
    assert "A note to Ann." in page
    assert "1. Names Ann\n2. Short" in page
    assert "Dear Ann" in page
    assert not {"ours", "plain", "email", "seconds"} & set(page.replace("\n", " ").split(" "))
    assert sorted(path.name for path in out.rglob("*")) == ["A.md", "B.md", "en-1", "request.md"]


def test_the_key_says_which_text_is_whose(tmp_path: Path) -> None:
    out = tmp_path / "texts"
    for number in range(8):
        put_down(out, {**REQUEST, "id": f"en-{number}"}, TEXTS, COSTS, 1)
    rows = read_lines(key_of(out))
    assert {row["A"] for row in rows} == {"ours", "plain"}
    for row in rows:
        for side in ("A", "B"):
            assert (out / row["id"] / f"{side}.md").read_text(encoding="utf-8").strip() == TEXTS[row[side]]
    assert rows[0]["ours_cost"] == {"seconds": 4.0, "tokens": 40, "unwritten": "", "told": "email"}


def test_a_text_that_was_not_written_is_shown_as_such(tmp_path: Path) -> None:
    put_down(tmp_path / "texts", REQUEST, {**TEXTS, "ours": ""}, COSTS, 1)
    assert NOTHING in "\n".join(sheet(tmp_path / "texts"))


def test_criteria_of_a_yardstick_have_a_name_and_what_it_means() -> None:
    page = request_page({**REQUEST, "criteria": [{"name": "Facts", "about": "all are there"}]})
    assert "1. Facts: all are there" in page


def test_plain_is_the_request_alone() -> None:
    asked: list[Sampling] = []

    class Noting(ScriptedEngine):
        def stream(self, messages: Any, options: Any, stop: Any) -> Any:
            asked.append(options)
            return super().stream(messages, options, stop)

    engine = Noting(script=("Dear ", "Ann\n"))
    text, cost = plain(engine, REQUEST)
    assert (text, cost.unwritten, cost.told) == ("Dear Ann", "", "done")
    assert [(each.role, each.content) for each in engine.asked[0]] == [("user", "A note to Ann.")]
    one = asked[0]
    assert (one.temperature, one.top_p, one.top_k, one.min_p, one.dry_multiplier) == (0.7, 0.8, 20, 0.0, 0.0)
    assert one.max_tokens == 700
    plain(engine, REQUEST)
    assert asked[1].seed == one.seed is not None


def test_ours_is_what_the_command_prints_also_when_a_check_failed() -> None:
    printed = json.dumps(
        {"template": "email", "slots": {}, "text": "Hi\n", "checks": {"length": False}, "seconds": 3.5}
    )
    text, cost = ours_of(ScriptedEngine(), 3, printed, "")
    assert (text, cost.seconds, cost.unwritten) == ("Hi", 3.5, "")
    assert cost.told == "email {}; failed: length"


def test_a_command_that_broke_is_no_refusal() -> None:
    for code, said in ((1, "Traceback"), (2, str(OutOfMemory()))):
        with pytest.raises(DraftCommandFailed):
            ours_of(ScriptedEngine(), code, "", said)


def test_the_command_is_asked_and_its_refusal_kept(tmp_path: Path) -> None:
    question = {**REQUEST, "request": "what is the capital of France?"}
    text, cost = ours(ScriptedEngine(), question, "tiny", tmp_path)
    assert text == ""
    assert "asks for no document" in cost.unwritten


@pytest.mark.parametrize(
    ("first", "better", "won"), [("ours", "A", "ours"), ("plain", "A", "plain"), ("plain", "B", "ours")]
)
def test_a_letter_becomes_who_wrote_it(first: Kind, better: str, won: Kind) -> None:
    marks = mark_row(better=better, invented={"A": ["x", "y"], "B": []}, ignored={"A": [], "B": ["z"]})
    found = reading(key_row(first=first), marks)
    other: Kind = "plain" if first == "ours" else "ours"
    assert found.won == won
    assert found.mean_mark == {first: 7.0, other: 2.5}
    assert found.invented == {first: 2, other: 0}
    assert found.ignored == {first: 0, other: 1}


@pytest.mark.parametrize(
    "changed",
    [
        {"marks": {"A": [8], "B": [3, 2]}},
        {"marks": {"A": [8, 11], "B": [3, 2]}},
        {"marks": {"A": [8, 6]}},
        {"better": "="},
        {"invented": {"A": "none", "B": []}},
    ],
)
def test_marks_that_do_not_fit_are_refused(changed: Mapping[str, Any]) -> None:
    with pytest.raises(WrongMarks, match="en-1"):
        reading(key_row(), mark_row(**changed))


def test_only_texts_that_are_the_same_may_be_equal() -> None:
    assert reading(key_row(same=True), mark_row(better="=")).won is None


def test_a_request_is_marked_once_by_each_reader() -> None:
    assert len(readings([key_row()], [mark_row()], [mark_row()])) == 2
    for marks in ([mark_row(), mark_row()], [mark_row("en-9")]):
        with pytest.raises(WrongMarks):
            readings([key_row()], marks)


def test_scores_are_told_by_language_and_over_all() -> None:
    refused = {"seconds": 0.0, "tokens": 0, "unwritten": "no", "told": ""}
    slow = {"seconds": 9.0, "tokens": 50, "unwritten": "", "told": ""}
    key = [key_row(), key_row("en-2", first="plain", ours_cost=slow), key_row("zh-1", "zh", ours_cost=refused)]
    marks = [mark_row(), mark_row("en-2", "A", ignored={"A": [], "B": ["a", "b"]}), mark_row("zh-1", "B")]
    rows = {(row["lang"], row["text"]): row for row in scores(key, readings(key, marks))}
    assert list(rows) == [(lang, kind) for lang in ("en", "zh", "all") for kind in ("ours", "plain")]
    english, whole = rows["en", "ours"], rows["all", "ours"]
    assert (english["readings"], english["wins"], english["mark"], english["ignored"]) == (2, 1, 4.75, 1.0)
    assert (english["seconds"], english["tokens"], english["unwritten"]) == (5.5, 30.0, 0)
    assert (whole["wins"], rows["all", "plain"]["wins"], whole["unwritten"]) == (1, 2, 1)
    assert rows["zh", "ours"]["seconds"] is None

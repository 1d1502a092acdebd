"""Outlines: which point goes where."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.drafting.brief import Brief, understand
from desktop.drafting.outline import length_of, plan
from desktop.drafting.sentences import strip_list_mark
from tests.drafting.template.test_shipped import SHIPPED


def place_of(point: str, template: str, variant: str = "") -> str:
    brief = Brief(template, {"topic": "x", "source": "all good"}, (point,), variant)
    slots = {name: value for name, value in brief.slots.items() if SHIPPED.sound[template].slot(name)}
    outline = plan(SHIPPED.sound[template], Brief(template, slots, brief.points, variant))
    return next(section.id for section in outline.sections if point in section.points)


@pytest.mark.parametrize(
    ("point", "place"),
    [
        ("Tariq orders 40 chairs by 5 May", "actions"),
        ("Dr. Weiß writes a letter to the city", "actions"),
        ("Ms. D'Angelo says that Easter is too late", "notes"),
        ("\"We can't wait until Easter,\" said Ms. D'Angelo.", "notes"),
        ("Wi-Fi is slow", "notes"),
        ("Lunch prices: from 3.20 to 3.60 (vote 7:2)", "decisions"),
    ],
)
def test_minutes_keep_what_somebody_does_apart_from_what_was_said(point: str, place: str) -> None:
    assert place_of(point, "meeting_minutes") == place


@pytest.mark.parametrize(
    ("point", "place"),
    [
        ("Anna joins on Monday", "next"),
        ("新同事周一入职", "next"),
        ("answered 340 tickets on Monday", "done"),
        ("新同事周一入职了", "done"),
    ],
)
def test_what_is_to_come_is_no_work_done(point: str, place: str) -> None:
    assert place_of(point, "work_report") == place


@pytest.mark.parametrize("point", ["two nights without a cook", "supplier Ferrari & Sons raised prices by 4.5%"])
def test_a_report_has_what_went_wrong_among_the_problems(point: str) -> None:
    assert place_of(point, "work_report") == "problems"


@pytest.mark.parametrize(
    ("point", "place"),
    [("C1 English, B2 German", "skills"), ("likes chess", "skills"), ("2015-2019 barista", "facts")],
)
def test_a_resume_has_languages_among_the_skills(point: str, place: str) -> None:
    assert place_of(point, "resume", "resume") == place


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("- 1. Lunch prices", "Lunch prices"),
        ("12.03. is too early", "12.03. is too early"),
        ("3.20 is the price", "3.20 is the price"),
        ("-5 °C in the cellar", "-5 °C in the cellar"),
        ("-milk", "milk"),
        ("2) bread", "bread"),
        ("a) bread", "bread"),
        ("A. Smith calls", "A. Smith calls"),
        ("- [x] bread", "bread"),
        ("① 面包", "面包"),
        ("1、面包", "面包"),
        ("（二）面包", "面包"),
        ("● bread", "bread"),
        ("三十、四十人", "三十、四十人"),
    ],
)
def test_the_mark_of_a_list_goes_and_figures_stay(line: str, text: str) -> None:
    assert strip_list_mark(line) == text


@given(st.from_regex(r"\A(?:\d{1,3}\.\d{1,2}\.?|-\d+) [a-z]+\Z"))
def test_no_figure_of_a_note_is_taken_for_the_mark_of_a_list(line: str) -> None:
    assert strip_list_mark(line) == line.strip()


def test_a_draft_is_held_against_the_length_it_was_planned_with() -> None:
    template = SHIPPED.sound["work_report"]
    for slots, wanted in (({"topic": "x"}, 400), ({"topic": "x", "length": "200 words"}, 200)):
        brief = Brief("work_report", slots)
        draft = plan(template, brief)
        longer = replace(draft, sections=tuple(replace(section, amount=100) for section in draft.sections))
        assert length_of(understand(template, brief), longer).amount == wanted

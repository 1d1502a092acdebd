"""The committed briefs of the benchmark: enough of each kind, and each one understood."""

from collections import Counter

import pytest

from desktop.drafting.brief import Brief, understand
from desktop.drafting.outline import plan
from tests.bench.drafts import BRIEFS, SETS, held_out, read_briefs
from tests.drafting.template.test_shipped import SHIPPED

ENGLISH, CHINESE = read_briefs(BRIEFS / "english.toml"), read_briefs(BRIEFS / "chinese.toml")


def test_there_are_sixty_and_five_for_each_template_of_documents() -> None:
    documents = {name for name, each in SHIPPED.sound.items() if each.format == "document"}
    assert Counter(brief.template for brief in ENGLISH) == dict.fromkeys(documents, 5)
    assert len(ENGLISH) == 60


@pytest.mark.parametrize(("briefs", "language"), [(ENGLISH, "en"), (CHINESE, "zh")])
def test_every_brief_is_understood_and_every_point_has_its_place(briefs: list[Brief], language: str) -> None:
    for brief in briefs:
        template = SHIPPED.sound[brief.template]
        filled = understand(template, brief)
        draft = plan(template, brief)
        assert filled.language == language
        assert sorted(point for section in draft.sections for point in section.points) == sorted(filled.points)
        assert sum(section.amount for section in draft.sections) == pytest.approx(filled.length.amount, abs=3)


def test_the_held_out_briefs_are_forty_of_all_kinds_half_of_them_kept_and_none_is_a_committed_one() -> None:
    briefs = held_out("all")
    assert len(briefs) == 40
    assert len(held_out("kept")) == len(held_out("development")) == 20
    assert {brief.template for brief in briefs} >= {name for name in SHIPPED.sound if name != "chat"}
    assert not {brief.slots.get("topic", brief.points) for brief in briefs} & {
        brief.slots.get("topic", "") for brief in ENGLISH
    }
    for brief in briefs:
        understand(SHIPPED.sound[brief.template], brief)


@pytest.mark.parametrize("name", SETS)
def test_the_named_sets_of_briefs_are_understood(name: str) -> None:
    for brief in held_out(name):
        understand(SHIPPED.sound[brief.template], brief)


def test_there_are_odd_briefs_for_each_template_of_documents() -> None:
    documents = {name for name, each in SHIPPED.sound.items() if each.format == "document"}
    assert Counter(brief.template for brief in held_out("odd")) == dict.fromkeys(documents, 2)

"""What an empty conversation offers to begin with: only what the model at hand can write."""

import dataclasses

import pytest
from pytestqt.qtbot import QtBot

from desktop.engine.interface import Ability
from desktop.ui.conversation.empty_state import EmptyState
from tests.scripted_engine import INFO

ENGLISH = dataclasses.replace(INFO, languages=("en",))
BOTH = dataclasses.replace(INFO, languages=("en", "zh"))
CHINESE = [
    ("邮件", "写一封简短的邮件。"),
    ("计划", "写下周的计划。"),
    ("解释", "解释光合作用。"),
    ("代码", "写一个函数。"),
]


def briefs(state: EmptyState) -> list[str]:
    return [sample.brief for sample in state.samples]


def test_samples_are_in_english_where_the_model_writes_no_chinese(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = EmptyState({})
    qtbot.addWidget(english)
    monkeypatch.setattr(EmptyState, "_briefs", lambda _: CHINESE)
    state = EmptyState({})
    qtbot.addWidget(state)
    chinese = [brief for _, brief in CHINESE]
    assert briefs(state) == chinese
    state.show_writer(ENGLISH)
    assert briefs(state) == briefs(english)
    assert state.samples[0].accessibleDescription() == english.samples[0].brief
    state.show_writer(BOTH)
    assert briefs(state) == chinese
    state.show_writer(dataclasses.replace(BOTH, abilities={"en": Ability.FREE, "zh": Ability.NONE}))
    assert briefs(state) == briefs(english)


def test_samples_stay_where_nobody_answers_yet(qtbot: QtBot) -> None:
    state = EmptyState({})
    qtbot.addWidget(state)
    before = briefs(state)
    state.show_writer(None)
    assert briefs(state) == before

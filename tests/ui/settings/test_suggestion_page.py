"""What was learned, in the settings, with the real router."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.chat.suggestions import Suggestions
from desktop.drafting.template.store import TemplateStore
from desktop.paths import app_paths
from desktop.services import open_router
from desktop.settings import Settings
from desktop.ui.settings.suggestion_page import SuggestionPage
from desktop.ui.widgets.preferences import Preferences

REQUEST = "weekly report of the support team, 300 words, formal"


@pytest.fixture
def suggestions(tmp_path: Path) -> Suggestions:
    paths = app_paths(tmp_path)
    return Suggestions(lambda: open_router(paths), TemplateStore(paths.assets / "templates", paths.templates))


def teach(suggestions: Suggestions) -> None:
    offer = suggestions.find(REQUEST, "en")
    assert offer is not None
    suggestions.overrule(offer, "work_plan")
    offer = suggestions.find("an essay about rivers, 500 words", "en")
    assert offer is not None
    suggestions.refuse(offer)


def open_page(suggestions: Suggestions, qtbot: QtBot) -> SuggestionPage:
    page = SuggestionPage(suggestions, Preferences(Settings(), lambda _: None))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: bool(page.state.text()))
    return page


def rows(page: SuggestionPage) -> list[str]:
    return [one.text() for one in page.findChildren(QLabel) if "→" in one.text() and one.isVisible()]


def test_each_lesson_is_shown_and_can_be_forgotten(suggestions: Suggestions, qtbot: QtBot) -> None:
    teach(suggestions)
    page = open_page(suggestions, qtbot)
    assert rows(page) == ["Essay → plain chat", "Work report → Work plan"]
    page.forgetting[1].click()
    qtbot.waitUntil(lambda: len(page.forgetting) == 1)
    assert rows(page) == ["Essay → plain chat"]
    offer = suggestions.find(REQUEST, "en")
    assert offer is not None
    assert offer.template == "work_report"  # as before it was taught


def test_lessons_are_seen_as_soon_as_they_are_told(suggestions: Suggestions, qtbot: QtBot) -> None:
    """What a layout takes over, Qt shows only when it comes to it: until then the page would be empty."""
    teach(suggestions)
    page = open_page(suggestions, qtbot)
    page._show(suggestions.learned("en"))
    assert rows(page) == ["Essay → plain chat", "Work report → Work plan"]


def test_everything_can_be_forgotten_at_once(suggestions: Suggestions, qtbot: QtBot, tmp_path: Path) -> None:
    teach(suggestions)
    page = open_page(suggestions, qtbot)
    page.forget_all.click()
    qtbot.waitUntil(lambda: not page.forget_all.isVisible())
    assert page.state.text().startswith("Nothing was learned yet")
    assert not (tmp_path / "router" / "corrections.jsonl").exists()


def test_a_disk_that_refuses_is_told(suggestions: Suggestions, qtbot: QtBot, tmp_path: Path) -> None:
    teach(suggestions)
    page = open_page(suggestions, qtbot)
    file = tmp_path / "router" / "corrections.jsonl"
    file.unlink()
    file.mkdir()  # a file cannot be put in its place
    page.forgetting[0].click()
    qtbot.waitUntil(lambda: page.state.text().startswith("That could not be forgotten"))


def test_offers_are_switched_off(suggestions: Suggestions, qtbot: QtBot) -> None:
    preferences = Preferences(Settings(), lambda _: None)
    page = SuggestionPage(suggestions, preferences)
    qtbot.addWidget(page)
    page.offers.click()
    assert not preferences.settings.suggestions
    preferences.end()

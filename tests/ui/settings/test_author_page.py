"""The page about the user: each field is kept as it is left, and shown again."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.drafting.author import Author
from desktop.services import author_of
from desktop.settings import Settings
from desktop.ui.settings.author_page import AuthorPage
from desktop.ui.widgets.preferences import Preferences


def test_what_is_typed_is_kept_and_signs_letters(qtbot: QtBot) -> None:
    saved: list[Mapping[str, Any]] = []
    preferences = Preferences(Settings(author_firm="Falk & Sons"), saved.append)
    page = AuthorPage(preferences)
    qtbot.addWidget(page)
    page.show()
    assert page.firm.text() == "Falk & Sons"
    QTest.keyClicks(page.author, " Ida Falk ")
    page.author.editingFinished.emit()
    page.signature.setPlainText("Ida Falk\nHead of repairs\n")
    page.hide()  # another page of the settings
    preferences.end()
    assert saved == [{"author_name": "Ida Falk"}, {"author_signature": "Ida Falk\nHead of repairs"}]
    author = author_of(preferences.settings)
    assert author == Author("Ida Falk", "Falk & Sons", "Ida Falk\nHead of repairs")
    assert author.signed == "Ida Falk\nHead of repairs"


def test_name_and_firm_sign_where_there_is_no_signature() -> None:
    assert author_of(Settings(author_name="Ida Falk", author_firm="Falk & Sons")).signed == "Ida Falk\nFalk & Sons"
    assert author_of(Settings()).signed == ""

"""What the model at hand does not write is said before it is asked to, with the way out."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.ui.widgets.translations import Translations
from tests.offscreen import ICONS
from tests.ui.models.conftest import OpenShop
from tests.ui.models.scripted_models import LIGHT, MB, STANDARD, TINY, ScriptedModels

CHINESE = "写一份周报"
TRANSLATIONS = Path(ICONS).parent / "translations"


def test_chinese_with_tiny_is_warned_of_while_it_is_typed_and_standard_is_offered(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels(TINY, chosen=TINY))
    warning, edit = shop.chat.window.language_notice, shop.chat.window.composer.edit
    edit.setPlainText("A weekly report")
    assert not warning.isVisible()
    edit.setPlainText(CHINESE)
    assert warning.isVisible()
    assert warning.sentence.text() == "Tiny 1B does not write Chinese: what it answers cannot be used."
    assert warning.action.text() == "Get Standard (1.1 GB download)"
    shop.click(warning.action)
    shop.until_working(STANDARD)
    assert warning.sentence.text().endswith("Standard is on its way.")
    assert not warning.action.isVisible()
    shop.models.may_end.set()
    shop.wait(lambda: shop.answers("Standard 1B"))
    assert not warning.isVisible()
    assert edit.toPlainText() == CHINESE


def test_a_model_that_is_here_and_writes_it_is_used_at_once(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels(TINY, LIGHT, chosen=TINY))
    warning = shop.chat.window.language_notice
    shop.chat.window.composer.edit.setPlainText(CHINESE)
    assert warning.action.text() == "Use Light 1B"
    shop.click(warning.action)
    shop.wait(lambda: shop.answers("Light 1B"))
    assert not warning.isVisible()


def test_where_a_download_waits_that_would_help_its_card_is_the_way_out(open_shop: OpenShop) -> None:
    models = ScriptedModels(TINY, chosen=TINY)
    models.kept[LIGHT] = 9 * MB
    shop = open_shop(models)
    shop.chat.window.composer.edit.setPlainText(CHINESE)
    shop.wait(lambda: shop.notice.isVisible() and not shop.chat.window.language_notice.action.isVisible())
    assert shop.chat.window.language_notice.isVisible()
    shop.click(shop.notice.action)
    assert shop.chat.window.focusWidget() is shop.chat.window.composer.edit


def test_it_is_put_away_for_good(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels(TINY, chosen=TINY))
    warning, edit = shop.chat.window.language_notice, shop.chat.window.composer.edit
    edit.setPlainText(CHINESE)
    shop.click(warning.hush)
    assert not warning.isVisible()
    edit.setPlainText(CHINESE * 2)
    assert not warning.isVisible()
    shop.chat.window.build()
    shop.chat.window.composer.edit.setPlainText(CHINESE)
    assert not shop.chat.window.language_notice.isVisible()


def test_a_chinese_window_warns_before_a_word_is_typed_and_offers_english_samples(
    open_shop: OpenShop, qapp: QApplication, request: pytest.FixtureRequest
) -> None:
    speech = Translations(qapp, TRANSLATIONS, "zh_CN")
    request.addfinalizer(lambda: speech.choose("en"))
    shop = open_shop(ScriptedModels(TINY, LIGHT, chosen=TINY))
    window = shop.chat.window
    shop.wait(window.language_notice.isVisible)
    assert window.shown.view.empty is not None
    assert window.shown.view.empty.samples[0].brief.startswith("Write a short, friendly email")
    shop.manager.use(LIGHT)
    shop.wait(lambda: shop.answers("Light 1B"))
    assert not window.language_notice.isVisible()
    assert window.shown.view.empty.samples[0].brief.startswith("给")

"""Where models are chosen: the first start, the catalogue, the files of other programs."""

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.models.fit import FitReason, WritingSpeed
from desktop.reasons import ModelReason
from desktop.ui.models.catalogue_list import CatalogueRow
from desktop.ui.models.model_facts import CatalogueFacts, FoundFacts
from desktop.ui.settings.catalogue_page import CataloguePage
from desktop.ui.settings.model_page import ModelPage
from desktop.ui.widgets import theme
from desktop.ui.window.welcome import Welcome
from tests.ui.conftest import Wear
from tests.ui.models.conftest import OpenShop, Shop
from tests.ui.models.scripted_models import LIGHT, MB, STANDARD, TINY, ScriptedModels

BOTH = ("en", "zh")
SMALL = CatalogueFacts(
    "qwen3-0.6b",
    "Qwen3 0.6B",
    "short texts",
    BOTH,
    "Apache-2.0",
    400 * MB,
    900 * MB,
    "fits",
    FitReason.FITS(speed=WritingSpeed(14, 28)),
)
HEAVY = dataclasses.replace(
    SMALL,
    id="qwen3-8b",
    name="Qwen3 8B",
    good_for="long texts",
    fits="slow",
    foretold=FitReason.SLOW(speed=WritingSpeed(2, 4)),
)
LARGE = dataclasses.replace(
    SMALL,
    id="qwen3-32b",
    name="Qwen3 32B",
    fits="no",
    foretold=FitReason.TOO_LARGE(needed=22.1, there=16.0),
)


def welcomed(shop: Shop) -> Welcome:
    """Open the last step of the first start."""
    welcome = Welcome(shop.chat.window, shop.chat.window.model, Path("history"), "en", keyring=True, step=2)
    welcome.show()
    return welcome


def test_the_first_start_asks_with_sizes_and_the_reason(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels())
    welcome = welcomed(shop)
    cards = welcome.tiers.cards
    assert welcome.tiers.chosen == "standard"
    assert [card.cost.text() for card in cards.values()] == [
        "1.1 GB download · 2.1 GB of memory",
        "491 MB download · 0.9 GB of memory",
        "93 MB download · 0.2 GB of memory",
        "",
    ]
    assert cards["standard"].badge.text() == "Recommended here"
    assert cards["standard"].why.text() == (
        "The best that this machine runs well, with 15 GB of memory and 80.0 GB free on the disk."
    )
    assert cards["tiny"].about.text().startswith("English only")
    assert welcome.next.text() == "Download and begin"
    shop.click(welcome.next)
    shop.until_working(STANDARD)
    assert not welcome.isVisible()
    shop.models.may_end.set()
    shop.wait(lambda: shop.answers("Standard 1B"))


def test_the_first_start_fetches_tiny_first_where_nobody_wants_to_wait(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels())
    shop.models.may_end.set()
    welcome = welcomed(shop)
    welcome.meanwhile.setChecked(True)
    shop.click(welcome.next)
    shop.wait(lambda: shop.answers("Standard 1B"))
    assert shop.models.opened == [TINY, STANDARD]


def test_an_arrow_chooses_another_card_and_its_size_is_what_is_fetched(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels())
    welcome = welcomed(shop)
    welcome.activateWindow()
    welcome.tiers.cards["standard"].button.setFocus()
    QTest.keyClick(welcome.tiers.cards["standard"].button, Qt.Key.Key_Down)
    assert str(welcome.tiers.chosen) == "light"
    QTest.mouseClick(welcome.tiers.cards["tiny"], Qt.MouseButton.LeftButton)
    assert str(welcome.tiers.chosen) == "tiny"
    assert not welcome.meanwhile.isVisible()
    with shop.chat.qtbot.waitSignal(shop.manager.changed):
        shop.manager.look()
    assert str(welcome.tiers.chosen) == "tiny"  # what is found out later changes it no more
    shop.click(welcome.next)
    shop.until_working(TINY)


def test_a_model_that_is_here_is_taken_without_a_download(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels(LIGHT, TINY, chosen=TINY))
    welcome = welcomed(shop)
    QTest.mouseClick(welcome.tiers.cards["light"], Qt.MouseButton.LeftButton)
    assert welcome.next.text() == "Begin"
    shop.click(welcome.next)
    shop.wait(lambda: shop.answers("Light 1B"))
    assert shop.models.done == []


def test_a_file_of_ones_own_is_asked_for(open_shop: OpenShop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("desktop.ui.settings.model_page.ask_model_file", lambda _: tmp_path / "mine.gguf")
    shop = open_shop(ScriptedModels())
    shop.models.may_end.set()
    welcome = welcomed(shop)
    QTest.mouseClick(welcome.tiers.cards["file"], Qt.MouseButton.LeftButton)
    assert welcome.next.text() == "Choose the file…"
    shop.click(welcome.next)
    shop.wait(lambda: shop.answers("mine"))


def test_what_the_chosen_model_does_not_write_is_said(open_shop: OpenShop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.ui.window.welcome.window_language", lambda: "zh")
    welcome = welcomed(open_shop(ScriptedModels()))
    assert not welcome.warning.isVisible()
    QTest.mouseClick(welcome.tiers.cards["tiny"], Qt.MouseButton.LeftButton)
    assert welcome.warning.text() == "Tiny does not write Chinese: what it answers there cannot be used."


@pytest.mark.parametrize("size", [1, 2])
def test_no_card_of_the_first_start_is_cut(open_shop: OpenShop, wear: Wear, size: int) -> None:
    wear("light", size)
    welcome = welcomed(open_shop(ScriptedModels()))
    for card in welcome.tiers.cards.values():
        for part in (card.about, card.why):
            if part.isVisible():
                assert part.height() >= part.heightForWidth(part.width())
    assert welcome.width() <= max(theme.px(theme.DIALOG_WIDTH), welcome.minimumSizeHint().width())


def catalogue(shop: Shop, *entries: CatalogueFacts) -> CataloguePage:
    shop.models.entries = list(entries)
    shop.dialogs.open_settings("catalogue")
    settings = shop.dialogs.settings
    assert settings is not None
    page = settings.findChild(CataloguePage)
    assert page is not None
    shop.wait(lambda: len(page.list.rows) == len(entries))
    return page


def told(row: CatalogueRow) -> str:
    return row.fit.text()


def test_the_catalogue_says_what_fits_before_it_is_fetched(open_shop: OpenShop) -> None:
    page = catalogue(open_shop(ScriptedModels(TINY, chosen=TINY)), LARGE, HEAVY, SMALL)
    assert [told(row) for row in page.list.rows] == [
        "Fits, about 14 words a second",
        "Slow, about 2 words a second",
        "Will not fit: it needs 22.1 GB of memory, and 16.0 GB are there",
    ]
    assert [row.add.isEnabled() for row in page.list.rows] == [True, True, False]


def test_a_model_of_the_catalogue_is_added_and_offered(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels(TINY, chosen=TINY))
    page = catalogue(shop, SMALL)
    shop.click(page.list.rows[0].add)
    shop.until_working(SMALL.id)
    assert page.notice.sentence.text() == "Qwen3 0.6B: Converting the weights"
    assert not page.list.rows[0].add.isEnabled()
    shop.models.may_end.set()
    shop.wait(lambda: page.notice.action.text() == "Use it" and page.notice.action.isVisible())
    shop.click(page.notice.action)
    shop.wait(lambda: shop.answers(SMALL.id))


def test_a_model_is_found_by_a_few_letters_and_any_other_fetched_by_its_name(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels(TINY, chosen=TINY))
    page = catalogue(shop, SMALL, HEAVY)
    QTest.keyClicks(page.list.field, "8b long")
    assert [row.entry.id for row in page.list.rows if row.isVisible()] == [HEAVY.id]
    QTest.keyClicks(page.list.field, "zzz")
    assert page.list.said.isVisible()
    QTest.keyClicks(page.name, "owner/some-model")
    QTest.keyClick(page.name, Qt.Key.Key_Return)
    shop.until_working("owner/some-model")


def test_a_file_of_another_program_is_used_with_one_click(open_shop: OpenShop, tmp_path: Path) -> None:
    models = ScriptedModels(TINY, chosen=TINY)
    models.may_end.set()
    models.files = [
        FoundFacts("Jan", "Odd", tmp_path / "odd.gguf", 9 * MB, "rwkv", ModelReason.NO_GGUF()),
        FoundFacts("Ollama", "Qwen2.5 7B", tmp_path / "sha256-1", 4700 * MB, "qwen2", None),
    ]
    shop = open_shop(models)
    shop.dialogs.open_settings("model")
    settings = shop.dialogs.settings
    assert settings is not None
    page = settings.findChild(ModelPage)
    assert page is not None
    shop.wait(lambda: len(page.found.rows) == 2)
    usable, refused = page.found.rows
    assert not refused.use.isVisible()
    shop.click(usable.use)
    shop.wait(lambda: shop.answers("sha256-1"))
    assert models.done == ["bring in sha256-1"]


def test_no_file_of_another_program_takes_no_room(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels(TINY, chosen=TINY))
    shop.dialogs.open_settings("model")
    assert shop.dialogs.settings is not None
    assert shop.dialogs.settings.models is not None
    assert not shop.dialogs.settings.models.found.isVisible()


def test_a_mirror_is_kept_and_what_is_no_address_is_not(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels(TINY, chosen=TINY))
    page = catalogue(shop)
    page.mirror.setText("https://mirror.example")
    page.mirror.editingFinished.emit()
    assert shop.chat.window.preferences.settings.hub_endpoint == "https://mirror.example"
    page.mirror.setText("mirror dot example")
    page.mirror.editingFinished.emit()
    assert page.wrong.isVisible()
    assert shop.chat.window.preferences.settings.hub_endpoint == "https://mirror.example"


def test_a_model_is_measured_again(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels(TINY, chosen=TINY))
    shop.dialogs.open_settings("model")
    settings = shop.dialogs.settings
    assert settings is not None
    assert settings.models is not None
    settings.models.list.rows[TINY].measure.trigger()
    shop.wait(lambda: shop.manager.said == "“Tiny 1B” was measured.")
    assert shop.models.done == [f"measure {TINY}"]


class Watch(QObject):
    """Notes which widgets are shown as windows."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.add(type(watched).__name__)
        return False


def test_no_part_of_the_pages_is_ever_a_window_of_its_own(
    open_shop: OpenShop, qapp: QApplication, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    models = ScriptedModels(TINY, chosen=TINY)
    models.files = [FoundFacts("Jan", "One", tmp_path / "one.gguf", 9 * MB, "qwen2", None)]
    models.entries = [SMALL]
    shop = open_shop(models)
    shop.manager.prepare(STANDARD)
    shop.until_working(STANDARD)
    watch = Watch()
    qapp.installEventFilter(watch)
    request.addfinalizer(lambda: qapp.removeEventFilter(watch))
    shop.dialogs.open_settings("model")
    settings = shop.dialogs.settings
    assert settings is not None
    assert settings.models is not None
    found = settings.models.found
    shop.wait(lambda: bool(found.rows) and len(settings.findChildren(CatalogueRow)) == 1)
    assert watch.seen == {"SettingsDialog"}

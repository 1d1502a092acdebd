"""The menu on the model's name, in the status bar and in the composer, and the same by name in the palette."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from desktop.ui.models.device_reason import DeviceReasonBox
from desktop.ui.models.menu import ModelButton
from tests.ui.models.conftest import OpenShop, Shop
from tests.ui.models.scripted_models import STANDARD, TINY, ScriptedModels


def entries(button: ModelButton) -> dict[str, QAction]:
    button.models.fill()
    return {action.text(): action for action in button.models.actions() if action.text()}


def buttons(shop: Shop) -> list[ModelButton]:
    return shop.chat.window.findChildren(ModelButton)


def test_status_bar_and_composer_offer_what_is_here_and_what_can_be_had(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels(TINY, STANDARD, chosen=TINY))
    assert {button.parent() for button in buttons(shop)} == {shop.chat.window.status, shop.chat.window.composer}
    for button in buttons(shop):
        offered = entries(button)
        assert list(offered) == [
            "Standard: Standard 1B",
            "Tiny: Tiny 1B",
            "Get Light (491 MB download)",
            "More models…",
            "Models of this machine…",
            "Why CPU?",
        ]
        assert [name for name, action in offered.items() if action.isChecked()] == ["Tiny: Tiny 1B"]


def test_the_menu_changes_the_model(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels(TINY, STANDARD, chosen=TINY))
    button = shop.chat.window.status.model
    entries(button)["Standard: Standard 1B"].trigger()
    shop.wait(lambda: shop.answers("Standard 1B"))
    assert button.said == "Standard 1B · int8"


def test_the_menu_fetches_a_model_that_then_answers(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels(TINY, chosen=TINY))
    shop.models.may_end.set()
    entries(shop.chat.window.status.model)["Get Standard (1.1 GB download)"].trigger()
    shop.wait(lambda: shop.answers("Standard 1B"))


def test_why_it_runs_there_is_answered(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels(TINY, chosen=TINY))
    entries(shop.chat.window.status.model)["Why CPU?"].trigger()
    (box,) = shop.chat.window.findChildren(DeviceReasonBox)
    assert box.text() == "Tiny 1B runs on: CPU, 2 threads."
    assert box.informativeText() == "The reason: The CPU was chosen in the settings."
    box.close()


def test_more_models_opens_the_catalogue(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels(TINY, chosen=TINY))
    entries(shop.chat.window.status.model)["More models…"].trigger()
    assert shop.dialogs.settings is not None
    assert shop.dialogs.settings.section == "catalogue"


def test_the_palette_uses_a_model_and_finds_the_catalogue(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels(TINY, STANDARD, chosen=TINY))
    shop.dialogs.open_palette()
    assert shop.dialogs.palette is not None
    titles = [entry.title for entry in shop.dialogs.palette.model.entries]
    assert {"Choose the model", "More models…", "Why does the model run where it does?"} <= set(titles)
    QTest.keyClicks(shop.dialogs.palette.field, "use standard")
    QTest.keyClick(shop.dialogs.palette.field, Qt.Key.Key_Return)
    shop.wait(lambda: shop.answers("Standard 1B"))


def test_a_name_without_room_is_cut_and_told_whole(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels(TINY, chosen=TINY))
    button = shop.chat.window.status.model
    button.resize(button.minimumSizeHint())
    assert button.text().endswith("…")
    assert button.toolTip() == "Tiny 1B · int8"
    assert button.accessibleName() == "Model: Tiny 1B · int8"

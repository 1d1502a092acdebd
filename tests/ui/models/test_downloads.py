"""A model on its way: begun, paused, gone on, cancelled, failed, and taken over by a conversation that goes on."""

import pytest
from PySide6.QtCore import Qt

from desktop.errors import DownloadFailed, OutOfMemory
from desktop.reasons import PrepareReason
from desktop.settings import load_settings
from tests.ui.models.conftest import OpenShop
from tests.ui.models.scripted_models import LIGHT, MB, STANDARD, TINY, ScriptedModels, Speaker


def test_size_and_use_are_said_before_the_download_and_progress_while_it_goes_on(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels())
    notice, window = shop.notice, shop.chat.window
    assert notice.sentence.text() == (
        "Standard is not on this machine yet: 1.1 GB to download. "
        "Writes what was asked, in English and Chinese: the best of the three."
    )
    assert [action.text() for action in notice.other.menu().actions() if action.text()] == [
        "Light · 491 MB download",
        "Tiny · 93 MB download",
        "My own file…",
        "More models…",
    ]
    shop.chat.type("Kept while there is no model")
    assert window.composer.hint.text() == "Prepare the model first"
    shop.click(notice.action)
    shop.until_working(STANDARD)
    assert notice.sentence.text() == "Standard: Converting the weights"
    assert notice.progress.value() == 440
    assert window.status.fetch.text() == "Standard 44 %"
    assert window.composer.hint.text() == "The model is being prepared"
    shop.models.may_end.set()
    shop.wait(lambda: shop.answers("Standard 1B"))
    assert not notice.isVisible()
    assert not window.status.fetch.isVisible()
    shop.wait(lambda: window.toast.sentence.text() == "“Standard 1B” answers from now on.")
    with shop.chat.qtbot.waitSignal(shop.chat.seen.finished):
        shop.click(window.composer.button)


def test_a_paused_download_keeps_what_is_here_and_goes_on(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels())
    shop.click(shop.notice.action)
    shop.until_working(STANDARD)
    shop.click(shop.notice.pause)
    shop.wait(lambda: shop.manager.paused is not None and shop.manager.paused.kept == 40 * MB)
    assert shop.notice.sentence.text() == "Standard is not whole yet: 40 MB of 1.1 GB are here already."
    assert shop.chat.window.status.fetch.text() == "Standard waits"
    shop.models.may_end.set()
    shop.click(shop.notice.action)
    shop.wait(lambda: shop.answers("Standard 1B"))
    assert shop.models.done == [f"prepare {STANDARD}"] * 2


def test_a_cancelled_download_leaves_nothing_and_is_offered_again(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels())
    shop.click(shop.notice.action)
    shop.until_working(STANDARD)
    shop.click(shop.notice.cancel)
    shop.wait(lambda: shop.models.done[-1] == f"discard {STANDARD}" and not shop.notice.progress.isVisible())
    shop.wait(lambda: shop.notice.action.text() == "Download")
    assert shop.models.kept == {}
    assert shop.manager.paused is None


def test_what_an_earlier_start_has_left_is_offered_and_can_be_put_off(open_shop: OpenShop) -> None:
    models = ScriptedModels(TINY, chosen=TINY)
    models.kept[STANDARD] = 700 * MB
    shop = open_shop(models)
    shop.wait(lambda: shop.notice.isVisible())
    assert shop.notice.sentence.text() == "Standard is not whole yet: 700 MB of 1.1 GB are here already."
    shop.click(shop.notice.later)
    assert not shop.notice.isVisible()
    assert models.done == []
    assert shop.chat.window.status.fetch.text() == "Standard waits"  # the way back


def test_what_an_earlier_start_has_left_goes_on_and_takes_over(open_shop: OpenShop) -> None:
    models = ScriptedModels(TINY, chosen=TINY)
    models.kept[STANDARD] = 700 * MB
    models.may_end.set()
    shop = open_shop(models)
    shop.wait(lambda: shop.notice.isVisible())
    shop.click(shop.notice.action)
    shop.wait(lambda: shop.answers("Standard 1B"))
    shop.chat.window.preferences.end()
    assert load_settings(shop.saved).model == STANDARD


def test_what_is_whole_but_not_converted_is_told_as_such(open_shop: OpenShop) -> None:
    models = ScriptedModels(TINY, chosen=TINY)
    models.kept[LIGHT] = 500 * MB  # unpacked, it is larger than its download
    shop = open_shop(models)
    shop.wait(lambda: shop.notice.isVisible())
    assert shop.notice.sentence.text() == "Light is downloaded, and has yet to be converted."


def test_a_discarded_download_is_deleted(open_shop: OpenShop) -> None:
    models = ScriptedModels(TINY, chosen=TINY)
    models.kept[STANDARD] = 700 * MB
    shop = open_shop(models)
    shop.wait(lambda: shop.notice.isVisible())
    shop.click(shop.notice.discard)
    shop.wait(lambda: models.kept == {} and not shop.notice.isVisible())


def test_a_failed_download_says_why_and_can_go_on(open_shop: OpenShop) -> None:
    models = ScriptedModels()
    models.may_end.set()
    models.failures = [DownloadFailed("The model", PrepareReason.CLIENT_SAID(said="no route"))]
    shop = open_shop(models)
    shop.click(shop.notice.action)
    shop.wait(lambda: shop.manager.failed)
    assert shop.notice.sentence.text() == (
        "The model could not be downloaded (no route); check the network and try again."
    )
    shop.click(shop.notice.action)
    shop.wait(lambda: shop.answers("Standard 1B"))


def test_whoever_does_not_want_to_wait_writes_with_tiny_and_the_chat_goes_on(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels())
    chat, models = shop.chat, shop.models
    shop.click(shop.notice.action)
    shop.until_working(STANDARD)
    assert shop.notice.meanwhile.text() == "Write with Tiny meanwhile (93 MB first)"
    shop.click(shop.notice.meanwhile)
    shop.until_working(TINY)
    models.held = {STANDARD}
    models.may_end.set()
    shop.wait(lambda: shop.answers("Tiny 1B"))
    shop.until_working(STANDARD)
    chat.ask("Hi")
    models.held = set()
    shop.wait(lambda: shop.answers("Standard 1B"))
    assert not shop.notice.isVisible()
    chat.ask("And now?")
    assert len(chat.window.shown.view.answers) == 2
    assert models.done == [f"prepare {one}" for one in (STANDARD, TINY, STANDARD)]
    assert models.opened == [TINY, STANDARD]


def test_a_model_that_is_ready_waits_until_the_answer_is_whole(
    open_shop: OpenShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[Speaker] = []
    made = Speaker.__init__

    def note(self: Speaker, name: str, languages: tuple[str, ...]) -> None:
        made(self, name, languages)
        spoken.append(self)

    monkeypatch.setattr(Speaker, "__init__", note)
    shop = open_shop(ScriptedModels(TINY, chosen=TINY))
    spoken[0].hold.clear()
    shop.chat.type("Hi")
    with shop.chat.qtbot.waitSignal(shop.chat.seen.written):
        shop.chat.press(Qt.Key.Key_Return)
    shop.models.may_end.set()
    shop.manager.prepare(STANDARD, then_use=True)
    shop.wait(lambda: shop.manager.loading == STANDARD)
    assert not spoken[0].closed
    assert shop.answers("Tiny 1B")
    with shop.chat.qtbot.waitSignal(shop.chat.seen.finished):
        spoken[0].hold.set()
    shop.wait(lambda: shop.answers("Standard 1B"))
    assert spoken[0].closed
    assert shop.chat.last.view.markdown == "Hello world"


def test_a_download_survives_the_settings_and_is_seen_in_the_status_bar(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels(TINY, chosen=TINY))
    shop.dialogs.open_settings("model")
    settings = shop.dialogs.settings
    assert settings is not None
    assert settings.models is not None
    shop.click(settings.models.list.rows[STANDARD].prepare)
    shop.until_working(STANDARD)
    assert settings.models.notice.sentence.text() == "Standard: Converting the weights"
    settings.accept()
    assert shop.manager.fetching is not None
    assert not shop.notice.isVisible()  # a model answers: nothing stands in the way
    shop.click(shop.chat.window.status.fetch)
    assert shop.dialogs.settings is not None
    assert shop.dialogs.settings.models is not None
    shop.click(shop.dialogs.settings.models.notice.pause)
    shop.wait(lambda: shop.manager.paused is not None)


def test_ending_stops_the_download_and_keeps_what_is_here(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels())
    shop.click(shop.notice.action)
    shop.until_working(STANDARD)
    assert shop.manager.end()
    assert shop.models.kept == {STANDARD: 40 * MB}


def test_a_model_without_room_in_memory_becomes_a_sentence_and_the_one_before_goes_on(open_shop: OpenShop) -> None:
    models = ScriptedModels(TINY, STANDARD, chosen=TINY)
    models.refused = {STANDARD}
    shop = open_shop(models)
    shop.manager.use(STANDARD)
    shop.wait(lambda: shop.manager.failed)
    assert shop.chat.window.toast.sentence.text() == str(OutOfMemory())
    shop.wait(lambda: shop.answers("Tiny 1B"))
    shop.chat.ask("Hi")
    assert shop.chat.window.preferences.settings.model == TINY


def test_a_second_download_waits_for_the_first(open_shop: OpenShop) -> None:
    shop = open_shop(ScriptedModels(TINY, chosen=TINY))
    shop.manager.prepare(STANDARD)
    shop.manager.prepare(LIGHT)
    shop.until_working(STANDARD)
    assert [one.id for one in shop.manager.waits] == [LIGHT]
    shop.models.may_end.set()
    shop.wait(lambda: shop.models.prepared == {TINY, LIGHT, STANDARD})
    assert shop.models.done == [f"prepare {STANDARD}", f"prepare {LIGHT}"]

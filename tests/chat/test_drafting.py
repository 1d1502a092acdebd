"""Drafting as a window uses it: gallery, form, and a draft that is kept after every sentence."""

import threading
from pathlib import Path

import pytest

from desktop.chat.drafting import Brief, Draft, DraftChecked, DraftingService, TemplateStore
from desktop.drafting.template.template import Template
from desktop.errors import BadInput
from tests.drafting.template.test_shipped import ASSETS
from tests.drafting.test_session import REPORT, Talker


@pytest.fixture
def kept() -> list[Draft]:
    return []


@pytest.fixture
def room(tmp_path: Path, kept: list[Draft]) -> DraftingService:
    store = TemplateStore(ASSETS / "templates", tmp_path / "templates")
    return DraftingService(store, kept.append)


def test_the_gallery_is_searched_in_names_and_variants(room: DraftingService) -> None:
    assert {card.id for card in room.gallery("en", "weekly")[0]} == {"work_report", "work_plan"}
    assert [card.id for card in room.gallery("zh", "周报")[0]] == ["work_report"]
    assert len(room.gallery("en")[0]) == 21


def test_a_broken_template_is_told_beside_the_others(room: DraftingService) -> None:
    room.store.own.mkdir()
    (room.store.own / "mine.toml").write_text("label = 3", encoding="utf-8")
    cards, broken = room.gallery("en")
    assert len(cards) == 21
    assert [error.path.name for error in broken] == ["mine.toml"]


def test_a_form_is_prefilled_and_asks_for_what_is_required_first(room: DraftingService) -> None:
    fields = room.form("email", "en", {"tone": "friendly"})
    assert (fields[0].name, fields[0].required, fields[0].value) == ("topic", True, "")
    values = {field.name: field.value for field in fields}
    assert (values["tone"], values["audience"]) == ("friendly", "Sir or Madam")
    assert {field.name for field in room.form("rewrite", "zh") if field.long} == {"source"}
    with pytest.raises(BadInput):
        room.form("nothing", "en")


def test_a_draft_is_kept_after_every_sentence(room: DraftingService, kept: list[Draft]) -> None:
    draft = room.begin(REPORT)
    events = list(room.write(Talker(), draft, threading.Event()))
    assert kept[0] == draft
    assert [event.draft for event in events] == kept[1:]
    lengths = [len(each.text) for each in kept]
    assert lengths == sorted(lengths)
    assert room.check(kept[-1]).passed


def test_a_change_is_kept_when_it_is_done(room: DraftingService, kept: list[Draft]) -> None:
    draft = [event.draft for event in room.write(Talker(), room.begin(REPORT), threading.Event())][-1]
    kept.clear()
    events = list(room.change(Talker(), draft, 1, "shorten", threading.Event()))
    assert isinstance(events[-1], DraftChecked)
    assert kept == [events[-1].draft]
    assert kept[0].sections[1].versions == (draft.sections[1].text,)


def test_a_brief_that_does_not_fit_keeps_nothing(room: DraftingService, kept: list[Draft]) -> None:
    with pytest.raises(BadInput):
        room.begin(Brief("email"))
    assert kept == []


def test_a_template_is_found_while_another_thread_saves_one(room: DraftingService) -> None:
    own = room.own_copy("email")
    text = room.source_of(own)
    saving = threading.Thread(target=room.replace_source, args=(own, text))

    class Overtaken(dict[str, Template]):
        """Is replaced by the other thread right behind the look whether it holds a template."""

        def __contains__(self, key: object) -> bool:
            if saving.ident is None:
                saving.start()
                saving.join()
            return super().__contains__(key)

    room._templates = Overtaken(room.store.load().sound)  # the moment that matters cannot be met else
    assert room.template("email").id == "email"
    assert not saving.is_alive()

"""Drafting as a window uses it: gallery, form, and a draft that is kept after every sentence."""

import threading
from pathlib import Path

import pytest

from desktop.chat.drafting import Brief, DraftChecked, DraftingService, TemplateStore
from desktop.drafting.template.template import Template
from desktop.errors import BadInput
from tests.drafting.template.test_shipped import ASSETS
from tests.drafting.test_session import REPORT, Talker


@pytest.fixture
def drafting(tmp_path: Path) -> DraftingService:
    return DraftingService(TemplateStore(ASSETS / "templates", tmp_path / "templates"))


def test_the_gallery_is_searched_in_names_and_variants(drafting: DraftingService) -> None:
    assert {card.id for card in drafting.gallery("en", "weekly")[0]} == {"work_report", "work_plan"}
    assert [card.id for card in drafting.gallery("zh", "周报")[0]] == ["work_report"]
    assert len(drafting.gallery("en")[0]) == 21


def test_a_broken_template_is_told_beside_the_others(drafting: DraftingService) -> None:
    drafting.store.own.mkdir()
    (drafting.store.own / "mine.toml").write_text("label = 3", encoding="utf-8")
    cards, broken = drafting.gallery("en")
    assert len(cards) == 21
    assert [error.path.name for error in broken] == ["mine.toml"]


def test_a_form_is_prefilled_and_asks_for_what_is_required_first(drafting: DraftingService) -> None:
    fields = drafting.form("email", "en", {"tone": "friendly"})
    assert (fields[0].name, fields[0].required, fields[0].value) == ("topic", True, "")
    values = {field.name: field.value for field in fields}
    assert (values["tone"], values["audience"]) == ("friendly", "Sir or Madam")
    assert {field.name for field in drafting.form("rewrite", "zh") if field.long} == {"source"}
    with pytest.raises(BadInput):
        drafting.form("nothing", "en")


def test_a_draft_grows_with_every_event(drafting: DraftingService) -> None:
    drafts = [event.draft for event in drafting.write(Talker(), drafting.begin(REPORT), threading.Event())]
    lengths = [len(draft.text) for draft in drafts]
    assert lengths == sorted(lengths)
    assert drafting.check(drafts[-1]).passed


def test_a_section_that_is_changed_keeps_its_old_text_as_a_version(drafting: DraftingService) -> None:
    draft = [event.draft for event in drafting.write(Talker(), drafting.begin(REPORT), threading.Event())][-1]
    *_, last = drafting.change(Talker(), draft, 1, "shorten", threading.Event())
    assert isinstance(last, DraftChecked)
    assert last.draft.sections[1].versions == (draft.sections[1].text,)


def test_a_brief_that_does_not_fit_is_refused(drafting: DraftingService) -> None:
    with pytest.raises(BadInput):
        drafting.begin(Brief("email"))


def test_a_template_is_found_while_another_thread_saves_one(drafting: DraftingService) -> None:
    own = drafting.own_copy("email")
    text = drafting.source_of(own)
    saving = threading.Thread(target=drafting.replace_source, args=(own, text))

    class Overtaken(dict[str, Template]):
        """Is replaced by the other thread right behind the look whether it holds a template."""

        def __contains__(self, key: object) -> bool:
            if saving.ident is None:
                saving.start()
                saving.join()
            return super().__contains__(key)

    drafting._templates = Overtaken(drafting.store.load().sound)  # the moment that matters cannot be met else
    assert drafting.template("email").id == "email"
    assert not saving.is_alive()

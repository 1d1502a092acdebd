"""The templates that come with Inkstone: all of the taxonomy, each in two languages, each sound."""

import json
import tomllib
from pathlib import Path

import pytest

from desktop.drafting.template.former_keys import upgraded
from desktop.drafting.template.loading import OWN_VARIABLES, load_templates
from desktop.drafting.template.phrase_bank import PhraseBank
from desktop.drafting.template.template import Template, find_variant
from desktop.drafting.template.wording import variables

ASSETS = Path(__file__).resolve().parents[3] / "assets"
SHIPPED = load_templates([ASSETS / "templates"])
# Ids and required slots, as the router and the command line know them.
REQUIRED = {
    "article": ["topic"], "work_report": ["topic"], "work_plan": ["topic"], "proposal": ["topic"],
    "marketing_copy": ["topic"], "paper": ["topic"], "essay": ["topic"], "speech": ["topic"], "email": ["topic"],
    "meeting_minutes": ["source"], "resume": ["topic"], "story": ["topic"], "poem": ["topic"], "code": ["topic"],
    "solve": ["source"], "rewrite": ["source"], "summarize": ["source"], "translate": ["source", "language"],
    "analyze": ["source"], "brainstorm": ["topic"], "chat": [],
}  # fmt: skip


def test_every_template_is_sound() -> None:
    assert [str(error) for error in SHIPPED.broken] == []


def test_the_ids_and_required_slots_are_those_of_the_taxonomy() -> None:
    found = {name: [slot.name for slot in each.slots if slot.required] for name, each in SHIPPED.sound.items()}
    assert found == REQUIRED
    taxonomy = ASSETS / "taxonomy.json"
    if taxonomy.exists():  # the router's
        entries = json.loads(taxonomy.read_text(encoding="utf-8"))["templates"]
        assert {entry["id"]: entry["required"] for entry in entries} == REQUIRED


@pytest.mark.parametrize("template", SHIPPED.sound.values(), ids=lambda each: each.id)
def test_every_text_is_there_in_both_languages(template: Template) -> None:
    for text in (template.label, template.about, template.kind, template.system, template.prompt):
        assert text.en
        assert text.zh
    for section in template.sections:
        prefixes = template.phrase_bank.of_section(section.id).prefixes
        assert bool(prefixes.en) == bool(prefixes.zh)
        assert section.heading.zh != section.heading.en
    assert len({slot.label.zh for slot in template.slots}) == len(template.slots)


@pytest.mark.parametrize("template", SHIPPED.sound.values(), ids=lambda each: each.id)
def test_a_document_has_phrases_for_sections_and_variables_that_are_there(template: Template) -> None:
    bank = template.phrase_bank
    assert (bank != PhraseBank()) is (template.format == "document")
    assert bank.sections.keys() <= {section.id for section in template.sections}
    assert template.common_phrases.connectives.en
    assert template.common_phrases.connectives.zh
    path = ASSETS / "templates" / "guided" / f"{template.id}.toml"
    used = variables(path.read_text(encoding="utf-8")) if path.exists() else []
    assert set(used) <= OWN_VARIABLES | {slot.name for slot in template.slots}


def test_every_bank_of_phrases_is_named_by_a_template() -> None:
    banks = {path.stem for path in (ASSETS / "templates" / "guided").glob("*.toml")} - {"common"}
    named = {each.id for each in SHIPPED.sound.values() if f'phrase_bank = "{each.id}"' in each.path.read_text("utf-8")}
    assert banks == named


@pytest.mark.parametrize("path", sorted((ASSETS / "templates").glob("*.toml")), ids=lambda path: path.stem)
def test_a_shipped_template_says_no_key_of_an_earlier_version(path: Path) -> None:
    _, origins = upgraded(tomllib.loads(path.read_text(encoding="utf-8")))
    assert origins == {}
    assert "{holds}" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("template", "said", "variant"),
    [
        ("work_report", "weekly report", "weekly"),
        ("work_report", "March", "monthly"),
        ("work_report", "marching bands", None),
        ("work_report", "年度总结", "annual"),
        ("proposal", "a summer festival", "event"),
        ("proposal", "fairness at work", None),
        ("paper", "literature review", "review"),
        ("resume", "nurse", "cover_letter"),
        ("resume", "my CV", "resume"),
        ("marketing_copy", "reading lamps", None),
        ("marketing_copy", "Instagram post", "social"),
    ],
)
def test_a_brief_that_names_a_variant_gets_it(template: str, said: str, variant: str | None) -> None:
    found = find_variant(SHIPPED.sound[template], [said])
    assert (found.id if found else None) == variant

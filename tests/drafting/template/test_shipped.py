"""The templates that come with Inkstone: all of the taxonomy, each in two languages, each sound."""

import json
from pathlib import Path

import pytest

from desktop.drafting.template.loading import load_templates
from desktop.drafting.template.template import Template, find_variant

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
        assert bool(section.leads.en) == bool(section.leads.zh)
        assert section.heading.zh != section.heading.en
    assert len({slot.label.zh for slot in template.slots}) == len(template.slots)


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

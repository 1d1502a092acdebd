"""Which templates there are, and what one asks for: the first part of `inkstone draft list`, and `show ID`."""

import json
import sys
from typing import TYPE_CHECKING

from desktop.commands.start import Start
from desktop.errors import BadInput

if TYPE_CHECKING:
    from desktop.drafting.template.template import Template


def templates(start: Start) -> dict[str, "Template"]:
    """Read the templates; those that are broken are named on stderr."""
    from desktop.drafting.template.store import TemplateStore

    found = TemplateStore(start.paths.assets / "templates", start.paths.templates).load()
    for error in found.broken:
        print(f"(Left out: {error})", file=sys.stderr)
    return dict(found.sound)


def find_template(start: Start, template_id: str) -> "Template":
    """Find a template by its id. Raises BadInput."""
    found = templates(start)
    if template_id not in found:
        raise BadInput(f"There is no template “{template_id}”; there are: {', '.join(found)}.")
    return found[template_id]


def describe_template(start: Start, template_id: str, *, as_json: bool) -> None:
    """List the templates, or tell all of one."""
    store = templates(start)
    if not template_id:
        for each in store.values():
            about = {"id": each.id, "name": each.label.en, "about": each.about.en, "zh": each.label.zh}
            print(
                json.dumps(about, ensure_ascii=False) if as_json else f"{each.id:16} {each.label.en}: {each.about.en}"
            )
        return
    template = find_template(start, template_id)
    about_one = {
        "id": template.id,
        "name": template.label.en,
        "slots": [
            {"name": s.name, "required": s.required, "default": s.default.en, "choices": list(s.choices.en)}
            for s in template.slots
        ],
        "sections": [section.heading.en for section in template.sections],
        "variants": [variant.id for variant in template.variants],
        "words": template.words,
        "file": str(template.path),
    }
    if as_json:
        print(json.dumps(about_one, ensure_ascii=False))
        return
    print(f"{template.label.en} ({template.id}): {template.about.en}")
    for entry in template.slots:
        notes = ["required"] if entry.required else []
        notes += [f"default {entry.default.en}"] if entry.default.en else []
        notes += [f"one of {', '.join(entry.choices.en)}"] if entry.choices.en else []
        print(f"  --slot {entry.name}=…{'  (' + '; '.join(notes) + ')' if notes else ''}")
    for name in ("sections", "variants"):
        if about_one[name]:
            print(f"  {name}: {', '.join(about_one[name])}")  # type: ignore[arg-type]  # both are lists of texts
    print(f"  file: {template.path}")

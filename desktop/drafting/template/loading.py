"""Reads templates: strict, and every mistake is named with its file and line.

Keys that are unknown, texts that are missing in one language, variables that no slot gives: each is a `TemplateError`.
A broken template of the user's never hides the others: `load_templates` gives it back beside those that are sound.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.drafting.template.template import LANGUAGES, Template
from desktop.drafting.template.wording import variables
from desktop.errors import TemplateError
from desktop.files.names import is_bare_name
from desktop.files.toml import Keys, Mistake, checked, dotted, parse

# What a template's text may use besides the names of its slots.
OWN_VARIABLES = frozenset(
    ("kind", "holds", "point", "a_point", "Topic", "about", "reader", "role", "highlights", "hero", "question")
)
_MAX_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Templates:
    """What was found.

    Attributes:
        sound: by id; a user's template with the id of a shipped one takes its place.
        broken: what is wrong with the others.
    """

    sound: Mapping[str, Template]
    broken: tuple[TemplateError, ...] = ()


def load_templates(folders: Iterable[Path]) -> Templates:
    """Read every `.toml` file of the folders; a later folder goes before an earlier one."""
    sound: dict[str, Template] = {}
    broken = []
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            try:
                template = read_template(path)
            except TemplateError as error:
                broken.append(error)
            else:
                sound[template.id] = template
    return Templates(sound, tuple(broken))


def read_template(path: Path) -> Template:
    """Read one template.

    Raises:
        TemplateError: it cannot be read, or is not as a template must be.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TemplateError(path, 0, f"it cannot be read ({error.strerror or error})") from error
    if len(data) > _MAX_BYTES:
        raise TemplateError(path, 0, "it is too large for a template")
    try:
        return parse_template(data.decode("utf-8"), path)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise TemplateError(path, line, "it is not UTF-8 text") from error


def parse_template(text: str, path: Path) -> Template:
    """Make a template of the text of its file.

    Args:
        text: TOML.
        path: named in errors; its stem is the id where the text gives none.

    Raises:
        TemplateError: it is not as a template must be.
    """
    try:
        table = parse(text)
        defaults = {"id": path.stem, "format": "document" if table.get("sections") else "text"}
        template = checked({**defaults, **table}, Template, path=path)
        if "seed" in table.get("sampling", {}):
            raise Mistake("unknown key “sampling.seed”", ("sampling", "seed"))
        _languages_given(table, ())
        _consistent(template)
        _variables_known(table, {slot.name for slot in template.slots} | OWN_VARIABLES, ())
    except Mistake as mistake:
        raise TemplateError(path, mistake.line_in(text), mistake.reason) from mistake
    return template


def _consistent(template: Template) -> None:
    """Look for names that are there twice, or not at all."""
    if not re.fullmatch(r"[\w-]{1,64}", template.id) or not is_bare_name(template.id):
        raise Mistake(f"“{template.id}” is no id: use letters, digits, - and _", ("id",))
    if (template.format == "document") != bool(template.sections):
        raise Mistake("a document has sections, and nothing else has", ("format",))
    slots = [slot.name for slot in template.slots]
    sections = [section.id for section in template.sections]
    variants = [variant.id for variant in template.variants]
    for table, key, names in (("slots", "name", slots), ("sections", "id", sections), ("variants", "id", variants)):
        for at, name in enumerate(names):
            if names.count(name) > 1:
                raise Mistake(f"“{name}” stands twice in {table}", (table, at, key))
    _there(template.usual, variants, "“usual” names a variant", ("usual",))
    _there(template.points_from, slots, "“points_from” names a slot", ("points_from",))
    for at, variant in enumerate(template.variants):
        for index, name in enumerate(variant.sections):
            _there(name, sections, f"the variant “{variant.id}” names a section", ("variants", at, "sections", index))


def _there(name: str, names: Sequence[str], reason: str, keys: Keys) -> None:
    if name and name not in names:
        raise Mistake(f"{reason} “{name}” that is not there", keys, holding=name)


def _languages_given(value: Any, keys: Keys) -> None:
    """Look for texts that are given in one language only."""
    if isinstance(value, list):
        for at, entry in enumerate(value):
            _languages_given(entry, (*keys, at))
    elif isinstance(value, dict):
        if keys and isinstance(keys[-1], str) and keys[-1] != "sampling":
            for language, name in zip(LANGUAGES, ("English", "Chinese"), strict=True):
                if language not in value:
                    raise Mistake(f"“{dotted(keys)}” is missing in {name}", keys)
        for key, entry in value.items():
            _languages_given(entry, (*keys, key))


def _variables_known(value: Any, known: set[str] | frozenset[str], keys: Keys) -> None:
    """Look for variables in every text."""
    if isinstance(value, dict | list):
        for key, entry in value.items() if isinstance(value, dict) else enumerate(value):
            _variables_known(entry, known, (*keys, key))
    elif isinstance(value, str):
        for name in variables(value):
            if name not in known:
                raise Mistake(f"{{{name}}} is used, but there is no slot of this name", keys, holding=f"{{{name}}}")

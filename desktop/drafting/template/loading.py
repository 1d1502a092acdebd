"""Reads templates: strict, and every mistake is named with its file and line.

Keys that are unknown, texts that are missing in one language, variables that no slot gives: each is a `TemplateError`.
A broken template of the user's never hides the others: `load_templates` gives it back beside those that are sound.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar, get_args

from desktop.drafting.template.template import (
    LANGUAGES,
    Localized,
    LocalizedList,
    PointStyle,
    Section,
    Slot,
    Strictness,
    Template,
    TextFormat,
    Variant,
)
from desktop.drafting.template.wording import variables
from desktop.engine.interface import Sampling
from desktop.errors import TemplateError
from desktop.file_names import is_bare_name

# What a template's text may use besides the names of its slots.
OWN_VARIABLES = frozenset(
    ("kind", "holds", "point", "a_point", "Topic", "about", "reader", "role", "highlights", "hero", "question")
)
_MAX_BYTES = 256 * 1024
_Read = TypeVar("_Read")


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
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise TemplateError(path, line, re.sub(r" \(at .*\)$", "", str(error))) from error
    return _Reader(path, text).template(table)


class _Reader:
    """Turns tables into a template, and knows where in the file a mistake is."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.lines = path, text.splitlines()
        self._span = (1, len(self.lines))  # the lines of the table that is being read

    def fail(self, message: str, *words: str) -> TemplateError:
        """Make an error that names the first line of the table that holds all `words`, else where the table begins."""
        first, last = self._span
        for number in range(first, last + 1):
            line = self.lines[number - 1]
            if words and all(word in line for word in words) and not line.lstrip().startswith("#"):
                return TemplateError(self.path, number, message)
        return TemplateError(self.path, first if first > 1 else 0, message)

    def within(self, key: str, read: Callable[[dict[str, Any]], _Read], table: dict[str, Any]) -> tuple[_Read, ...]:
        """Read each table of `[[key]]`, so that a mistake in one is looked for in its own lines."""
        heads = [at for at, line in enumerate(self.lines, 1) if re.match(r"\s*\[", line)]
        own = [at for at in heads if re.match(rf"\s*\[\[\s*{key}\s*\]\]", self.lines[at - 1])]
        entries, whole, made = self.tables(table, key), self._span, []
        for index, entry in enumerate(entries):
            if len(own) == len(entries):
                following = [at for at in heads if at > own[index]]
                self._span = (own[index], following[0] - 1 if following else len(self.lines))
            made.append(read(entry))
            self.variables_known(entry, {str(slot.get("name")) for slot in self.tables(table, "slots")} | OWN_VARIABLES)
            self._span = whole
        return tuple(made)

    def template(self, table: dict[str, Any]) -> Template:
        self.known(table, Template, {"path"}, "the template")
        slots = self.within("slots", self.slot, table)
        sections = self.within("sections", self.section, table)
        variants = self.within("variants", self.variant, table)
        template = Template(
            id=self.text(table, "id", self.path.stem),
            path=self.path,
            format=self.choice(table, "format", get_args(TextFormat), "document" if sections else "text"),
            label=self.localized(table, "label", required=True),
            about=self.localized(table, "about"),
            kind=self.localized(table, "kind", required=True),
            title=self.localized(table, "title"),
            system=self.localized(table, "system", required=True),
            prompt=self.localized(table, "prompt", required=True),
            slots=slots,
            sections=sections,
            variants=variants,
            usual=self.text(table, "usual") if "usual" in table else "",
            more=self.localized_list(table, "more"),
            subject=self.localized(table, "subject"),
            asks=self.flag(table, "asks", default=False),
            examples=self.localized_list(table, "examples"),
            point_frames=self.localized_list(table, "point_frames"),
            points_from=self.text(table, "points_from") if "points_from" in table else "",
            avoid=self.localized_list(table, "avoid"),
            words=self.number(table, "words", 0),
            characters=self.number(table, "characters", 0),
            full_from=self.number(table, "full_from", 0),
            headings=self.flag(table, "headings", default=True),
            strictness=self.choice(table, "strictness", get_args(Strictness), "opinion"),
            items=self.number(table, "items", 0),
            facets=self.localized_list(table, "facets"),
            sentences=self.number(table, "sentences", 2),
            sampling=self.sampling(table.get("sampling", {})),
        )
        self.consistent(template)
        self.variables_known(table, {slot.name for slot in slots} | OWN_VARIABLES)
        return template

    def consistent(self, template: Template) -> None:
        if not re.fullmatch(r"[\w-]{1,64}", template.id) or not is_bare_name(template.id):
            raise self.fail(f"“{template.id}” is no id: use letters, digits, - and _", "id", template.id)
        if (template.format == "document") != bool(template.sections):
            raise self.fail("a document has sections, and nothing else has", "format")
        named = {
            "slots": [slot.name for slot in template.slots],
            "sections": [section.id for section in template.sections],
            "variants": [variant.id for variant in template.variants],
        }
        for name, entries in named.items():
            for entry in entries:
                if entries.count(entry) > 1:
                    raise self.fail(f"“{entry}” stands twice in {name}", f'"{entry}"')
        self.names_known(template)

    def names_known(self, template: Template) -> None:
        if template.usual and template.variant(template.usual) is None:
            raise self.fail(f"“usual” names a variant “{template.usual}” that is not there", "usual")
        if template.points_from and template.slot(template.points_from) is None:
            raise self.fail(f"“points_from” names a slot “{template.points_from}” that is not there", "points_from")
        known = {section.id for section in template.sections}
        for variant in template.variants:
            for section_id in variant.sections:
                if section_id not in known:
                    message = f"the variant “{variant.id}” names a section “{section_id}” that is not there"
                    raise self.fail(message, f'"{section_id}"')

    def slot(self, table: dict[str, Any]) -> Slot:
        self.known(table, Slot, set(), "a slot")
        return Slot(
            name=self.text(table, "name"),
            required=self.flag(table, "required", default=False),
            label=self.localized(table, "label"),
            default=self.localized(table, "default"),
            choices=self.localized_list(table, "choices"),
        )

    def section(self, table: dict[str, Any]) -> Section:
        self.known(table, Section, set(), "a section")
        share = table.get("share", 1)
        if type(share) not in (int, float) or not share > 0:
            raise self.fail("“share” must be a number above 0", "share", str(share))
        return Section(
            id=self.text(table, "id"),
            heading=self.localized(table, "heading", required=True),
            holds=self.localized(table, "holds", required=True),
            share=share,
            points=self.choice(table, "points", get_args(PointStyle), "none"),
            takes=self.localized_list(table, "takes"),
            opening=self.localized(table, "opening"),
            closing=self.localized(table, "closing"),
            empty=self.localized(table, "empty"),
            leads=self.localized_list(table, "leads"),
            point_leads=self.localized_list(table, "point_leads"),
            point_frames=self.localized_list(table, "point_frames"),
            items=self.flag(table, "items", default=False),
        )

    def variant(self, table: dict[str, Any]) -> Variant:
        self.known(table, Variant, set(), "a variant")
        sections = self.texts(table.get("sections", []), "sections")
        return Variant(
            id=self.text(table, "id"),
            label=self.localized(table, "label", required=True),
            matches=self.localized_list(table, "matches"),
            kind=self.localized(table, "kind"),
            title=self.localized(table, "title"),
            sections=sections,
            words=self.number(table, "words", 0) if "words" in table else None,
            characters=self.number(table, "characters", 0) if "characters" in table else None,
            headings=self.flag(table, "headings", default=False) if "headings" in table else None,
            avoid=self.localized_list(table, "avoid") if "avoid" in table else None,
        )

    def sampling(self, table: Any) -> Sampling:
        if not isinstance(table, dict):
            raise self.fail("“sampling” must be a table", "sampling")
        self.known(table, Sampling, {"seed"}, "sampling")
        defaults = Sampling()
        given: dict[str, Any] = {}
        for key, value in table.items():
            default = getattr(defaults, key)
            if key == "stop":
                given[key] = self.texts(value, key)
            elif isinstance(default, float) and type(value) in (int, float):
                given[key] = float(value)
            elif type(value) is type(default) or (key == "max_tokens" and type(value) is int):
                given[key] = value
            else:
                raise self.fail(f"“{key}” has a value of the wrong kind", key)
        return Sampling(**given)

    def variables_known(self, value: Any, known: set[str] | frozenset[str]) -> None:
        """Look for variables in every text of a table."""
        if isinstance(value, dict):
            for entry in value.values():
                self.variables_known(entry, known)
        elif isinstance(value, list):
            for entry in value:
                self.variables_known(entry, known)
        elif isinstance(value, str):
            for name in variables(value):
                if name not in known:
                    message = f"{{{name}}} is used, but there is no slot of this name"
                    raise self.fail(message, f"{{{name}}}")

    def known(self, table: Mapping[str, Any], kind: type, without: set[str], where: str) -> None:
        names = {field.name for field in fields(kind)} - without
        for key in table:
            if key not in names:
                pattern = re.compile(rf"(^|[\s{{,.\[]){re.escape(key)}\s*[=.\]]")
                line = next((at for at, line in enumerate(self.lines, 1) if pattern.search(line)), 0)
                raise TemplateError(self.path, line, f"unknown key “{key}” in {where}")

    def tables(self, table: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
        entries = table.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self.fail(f"“{key}” must be a list of tables: [[{key}]]", key)
        return entries

    def localized(self, table: Mapping[str, Any], key: str, *, required: bool = False) -> Localized:
        value = table.get(key)
        if value is None:
            if required:
                raise self.fail(f"“{key}” is missing", *(['"' + str(table["id"]) + '"'] if "id" in table else []))
            return Localized()
        self.two_languages(value, key)
        for language in LANGUAGES:
            if not isinstance(value[language], str):
                raise self.fail(f"“{key}” must be text", key)
        return Localized(value["en"], value["zh"])

    def localized_list(self, table: Mapping[str, Any], key: str) -> LocalizedList:
        value = table.get(key)
        if value is None:
            return LocalizedList()
        self.two_languages(value, key)
        return LocalizedList(self.texts(value["en"], key), self.texts(value["zh"], key))

    def two_languages(self, value: Any, key: str) -> None:
        if not isinstance(value, dict):
            raise self.fail(f"“{key}” must be given in both languages: {{en = …, zh = …}}", key)
        for language in value:
            if language not in LANGUAGES:
                raise self.fail(f"unknown key “{language}” in “{key}”", key)
        for language in LANGUAGES:
            if language not in value:
                raise self.fail(f"“{key}” is missing in {'English' if language == 'en' else 'Chinese'}", key)

    def texts(self, value: Any, key: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise self.fail(f"“{key}” must be a list of texts", key)
        return tuple(value)

    def text(self, table: Mapping[str, Any], key: str, default: str | None = None) -> str:
        value = table.get(key, default)
        if not isinstance(value, str) or not value:
            raise self.fail(f"“{key}” is missing or is no text", key)
        return value

    def number(self, table: Mapping[str, Any], key: str, default: int) -> int:
        value = table.get(key, default)
        if type(value) is not int or value < 0:
            raise self.fail(f"“{key}” must be a whole number", key)
        return value

    def flag(self, table: Mapping[str, Any], key: str, *, default: bool) -> bool:
        value = table.get(key, default)
        if type(value) is not bool:
            raise self.fail(f"“{key}” must be true or false", key)
        return value

    def choice(self, table: Mapping[str, Any], key: str, choices: Sequence[str], default: str) -> Any:
        value = table.get(key, default)
        if value not in choices:
            raise self.fail(f"“{key}” must be one of: {', '.join(choices)}", key, str(value))
        return value

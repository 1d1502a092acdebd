"""Reads templates: strict, and every mistake is named with its file and line.

Keys that are unknown, texts that are missing in one language, variables that no slot gives: each is a `TemplateError`.
A broken template of the user's never hides the others: `load_templates` gives it back beside those that are sound.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from desktop.drafting.template.former_keys import as_in_file, upgraded
from desktop.drafting.template.phrase_bank import CommonPhrases, PhraseBank, PhraseBanks, SectionPhrases
from desktop.drafting.template.template import Template
from desktop.drafting.template.wording import LANGUAGES, variables
from desktop.errors import TemplateError
from desktop.files.names import is_bare_name
from desktop.files.plain import FileTooLarge, read_whole
from desktop.files.toml import Keys, Mistake, checked, dotted, parse

# What a template's text may use besides the names of its slots.
OWN_VARIABLES = frozenset(
    ("kind", "instruction", "point", "a_point", "Topic", "about", "reader", "role", "highlights", "hero", "question")
)
_MAX_BYTES = 256 * 1024
_GROUPS = ("sampling", "phrase_bank", "sections")  # tables that are no text in two languages
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
    """Read every `.toml` file of the folders; a later folder goes before an earlier one.

    The phrases of the guided writer lie in `guided/` of the first one.
    """
    sound: dict[str, Template] = {}
    broken: list[TemplateError] = []
    banks: PhraseBanks | None = None
    for folder in folders:
        if banks is None:
            banks, broken = load_banks(folder / "guided")
        for path in sorted(folder.glob("*.toml")):
            try:
                template = read_template(path, banks)
            except TemplateError as error:
                broken.append(error)
            else:
                sound[template.id] = template
    return Templates(sound, tuple(broken))


def load_banks(folder: Path) -> tuple[PhraseBanks, list[TemplateError]]:
    """Read the phrases of the guided writer; gives those that are sound, and what is wrong with the others."""
    common, by_id = CommonPhrases(), {}
    broken: list[TemplateError] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            if path.stem == "common":
                common = _read_phrases(path, CommonPhrases)
            else:
                by_id[path.stem] = _read_phrases(path, PhraseBank)
        except TemplateError as error:
            broken.append(error)
    return PhraseBanks(common, by_id), broken


def _read_phrases(path: Path, kind: type[_Read]) -> _Read:
    text = _read_text(path)
    try:
        table = parse(text)
        _check_sections(table, ())
        phrases = checked(table, kind)
        _languages_given(table, ())
    except Mistake as mistake:
        raise TemplateError(path, mistake.line_in(text), mistake.reason) from mistake
    return phrases


def read_template(path: Path, banks: PhraseBanks | None = None) -> Template:
    """Read one template; see `parse_template`.

    Raises:
        TemplateError: it cannot be read, or is not as a template must be.
    """
    return parse_template(_read_text(path), path, banks)


def _read_text(path: Path) -> str:
    try:
        data = read_whole(path, _MAX_BYTES)
    except FileTooLarge as error:
        raise TemplateError(path, 0, "it is too large for a template") from error
    except OSError as error:
        raise TemplateError(path, 0, f"it cannot be read ({error.strerror or error})") from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise TemplateError(path, line, "it is not UTF-8 text") from error


def parse_template(text: str, path: Path, banks: PhraseBanks | None = None) -> Template:
    """Make a template of the text of its file.

    Args:
        text: TOML.
        path: named in errors; its stem is the id where the text gives none.
        banks: the shipped ones, one of which a template may name; None: its name is not looked up.

    Raises:
        TemplateError: it is not as a template must be.
    """
    origins: dict[Keys, Keys] = {}
    try:
        table, origins = upgraded(parse(text))
        template = _template(table, path, banks)
        if "seed" in table.get("sampling", {}):
            raise Mistake("unknown key “sampling.seed”", ("sampling", "seed"))
        _languages_given(table, ())
        _consistent(template, named=isinstance(table.get("phrase_bank"), str))
        _variables_known(table, {slot.name for slot in template.slots} | OWN_VARIABLES, ())
    except Mistake as mistake:
        mistake = as_in_file(mistake, origins)
        raise TemplateError(path, mistake.line_in(text), mistake.reason) from mistake
    return template


def _template(table: Mapping[str, Any], path: Path, banks: PhraseBanks | None) -> Template:
    defaults = {"id": path.stem, "format": "document" if table.get("sections") else "text"}
    given: dict[str, Any] = {"path": path, "common_phrases": banks.common if banks else CommonPhrases()}
    bank = table.get("phrase_bank")
    if isinstance(bank, str):
        if banks is not None and bank not in banks.by_id:
            raise Mistake(f"“phrase_bank” names a bank “{bank}” that is not there", ("phrase_bank",))
        given["phrase_bank"] = banks.by_id[bank] if banks else PhraseBank()
        table = {key: value for key, value in table.items() if key != "phrase_bank"}
    else:
        _check_sections(bank, ("phrase_bank",))
    return checked({**defaults, **table}, Template, **given)


def _check_sections(bank: Any, keys: Keys) -> None:
    """Look for mistakes in the phrases of each section: msgspec does not say which entry of a mapping it means."""
    sections = bank.get("sections") if isinstance(bank, dict) else None
    for name, phrases in sections.items() if isinstance(sections, dict) else ():
        try:
            checked(phrases if isinstance(phrases, dict) else {}, SectionPhrases)
        except Mistake as mistake:
            raise Mistake(mistake.reason, (*keys, "sections", name, *mistake.keys)) from mistake


def _consistent(template: Template, *, named: bool) -> None:
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
    _there(template.default_variant, variants, "“default_variant” names a variant", ("default_variant",))
    for name in () if named else template.phrase_bank.sections:  # a shipped bank may serve a template with fewer
        _there(name, sections, "“phrase_bank” names a section", ("phrase_bank", "sections", name))
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
        if keys and isinstance(keys[-1], str) and keys[-1] not in _GROUPS and keys[-2:-1] != ("sections",):
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

"""Reads templates: strict, and every mistake is named with its file and line.

Keys that are unknown, texts that are missing in one language, variables that no slot gives: each is a `TemplateError`.
A broken template of the user's never hides the others: `load_templates` gives it back beside those that are sound.
"""

import itertools
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args

from desktop.drafting.template.former_keys import upgraded
from desktop.drafting.template.phrase_bank import CommonPhrases, PhraseBank, PhraseBanks, SectionPhrases
from desktop.drafting.template.table_reader import TableReader
from desktop.drafting.template.template import (
    PointStyle,
    Section,
    Slot,
    Strictness,
    Template,
    TextFormat,
    Variant,
)
from desktop.engine.interface import Sampling
from desktop.errors import TemplateError
from desktop.file_names import is_bare_name
from desktop.toml_reading import Keys

# What a template's text may use besides the names of its slots.
OWN_VARIABLES = frozenset(
    ("kind", "instruction", "point", "a_point", "Topic", "about", "reader", "role", "highlights", "hero", "question")
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
            text = _read_text(path)
            reader = _Reader(path, text)
            if path.stem == "common":
                common = reader.lists(_parse(text, path), CommonPhrases)
            else:
                by_id[path.stem] = reader.bank(_parse(text, path))
        except TemplateError as error:
            broken.append(error)
    return PhraseBanks(common, by_id), broken


def read_template(path: Path, banks: PhraseBanks | None = None) -> Template:
    """Read one template; see `parse_template`.

    Raises:
        TemplateError: it cannot be read, or is not as a template must be.
    """
    return parse_template(_read_text(path), path, banks)


def _read_text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TemplateError(path, 0, f"it cannot be read ({error.strerror or error})") from error
    if len(data) > _MAX_BYTES:
        raise TemplateError(path, 0, "it is too large for a template")
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
    table, origins = upgraded(_parse(text, path))
    return _Reader(path, text, banks, origins).template(table)


def _parse(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise TemplateError(path, line, re.sub(r" \(at .*\)$", "", str(error))) from error


class _Reader(TableReader):
    """Turns tables into a template."""

    def __init__(
        self, path: Path, text: str, banks: PhraseBanks | None = None, origins: Mapping[Keys, Keys] | None = None
    ) -> None:
        super().__init__(path, text, origins)
        self.banks = banks

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
        self.known(table, Template, {"path", "common_phrases"}, "the template")
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
            default_variant=self.text(table, "default_variant") if "default_variant" in table else "",
            points_from=self.text(table, "points_from") if "points_from" in table else "",
            avoid=self.localized_list(table, "avoid"),
            words=self.number(table, "words", 0),
            characters=self.number(table, "characters", 0),
            points_for_full_length=self.number(table, "points_for_full_length", 0),
            headings=self.flag(table, "headings", default=True),
            strictness=self.choice(table, "strictness", get_args(Strictness), "opinion"),
            list_length=self.number(table, "list_length", 0),
            sampling=self.sampling(table.get("sampling", {})),
            phrase_bank=self.chosen_bank(table, [section.id for section in sections]),
            common_phrases=self.banks.common if self.banks else CommonPhrases(),
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
        if template.default_variant and template.variant(template.default_variant) is None:
            message = f"“default_variant” names a variant “{template.default_variant}” that is not there"
            raise self.fail(message, "default_variant")
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
            instruction=self.localized(table, "instruction", required=True),
            share=share,
            points=self.choice(table, "points", get_args(PointStyle), "none"),
            point_keywords=self.localized_list(table, "point_keywords"),
            opening=self.localized(table, "opening"),
            closing=self.localized(table, "closing"),
            empty=self.localized(table, "empty"),
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

    def chosen_bank(self, table: Mapping[str, Any], sections: Sequence[str]) -> PhraseBank:
        """Give the bank that a template names, or the one that stands in it."""
        bank = table.get("phrase_bank", {})
        if isinstance(bank, str):
            if self.banks is not None and bank not in self.banks.by_id:
                raise self.fail(f"“phrase_bank” names a bank “{bank}” that is not there", "phrase_bank")
            return self.banks.by_id[bank] if self.banks else PhraseBank()
        if not isinstance(bank, dict):
            raise self.fail("“phrase_bank” must be the name of a bank, or a table", "phrase_bank")
        own = self.bank(bank)
        for section_id in own.sections:
            if section_id not in sections:
                raise self.fail(f"“phrase_bank” names a section “{section_id}” that is not there", section_id)
        return own

    def bank(self, table: Mapping[str, Any]) -> PhraseBank:
        self.known(table, PhraseBank, set(), "a phrase bank")
        sections = table.get("sections", {})
        if not isinstance(sections, dict) or not all(isinstance(section, dict) for section in sections.values()):
            raise self.fail("“sections” must be a table of tables", "sections")
        return PhraseBank(
            subject=self.localized(table, "subject"),
            verbs_are_requests=self.flag(table, "verbs_are_requests", default=False),
            sentences_per_prefix=self.number(table, "sentences_per_prefix", 2),
            point_examples=self.localized_list(table, "point_examples"),
            point_frames=self.localized_list(table, "point_frames"),
            prefixes=self.localized_list(table, "prefixes"),
            aspects=self.localized_list(table, "aspects"),
            sections={name: self.section_phrases(name, section) for name, section in sections.items()},
        )

    def section_phrases(self, section_id: str, table: Mapping[str, Any]) -> SectionPhrases:
        """Read what is said in a section; a mistake is looked for in its lines if it stood there formerly."""
        whole = self._span
        if self.former:
            heads = [at for at, line in enumerate(self.lines, 1) if re.match(r"\s*\[", line)] + [len(self.lines) + 1]
            named = re.compile(rf"\s*id\s*=\s*[\"']{re.escape(section_id)}[\"']")
            for head, following in itertools.pairwise(heads):
                lines = self.lines[head - 1 : following - 1]
                if "[[sections]]" in lines[0].replace(" ", "") and any(map(named.match, lines)):
                    self._span = (head, following - 1)
        phrases = self.lists(table, SectionPhrases)
        self._span = whole
        return phrases

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

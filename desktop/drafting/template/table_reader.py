"""Reads tables of TOML strictly: a mistake is a `TemplateError` with the key as it stands in the file, and its line."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from desktop.drafting.template.wording import LANGUAGES, Localized, LocalizedList, variables
from desktop.errors import TemplateError
from desktop.toml_reading import Keys

_Read = TypeVar("_Read")


class TableReader:
    """Turns values of tables into texts, lists and numbers, and knows where in the file a mistake is."""

    def __init__(self, path: Path, text: str, origins: Mapping[Keys, Keys] | None = None) -> None:
        """Be ready.

        Args:
            path: named in errors.
            text: of the file.
            origins: keys of values that moved -> their keys in the file.
        """
        self.path, self.lines = path, text.splitlines()
        self._span = (1, len(self.lines))  # the lines of the table that is being read
        self.former = {str(now[-1]): str(was[-1]) for now, was in (origins or {}).items()}

    def fail(self, message: str, *words: str) -> TemplateError:
        """Make an error that names the first line of the table that holds all `words`, else where the table begins."""
        first, last = self._span
        words = tuple(self.former.get(word, word) for word in words)
        for now, was in self.former.items():
            message = message.replace(f"“{now}”", f"“{was}”")
        for number in range(first, last + 1):
            line = self.lines[number - 1]
            if words and all(word in line for word in words) and not line.lstrip().startswith("#"):
                return TemplateError(self.path, number, message)
        return TemplateError(self.path, first if first > 1 else 0, message)

    def lists(self, table: Mapping[str, Any], kind: type[_Read]) -> _Read:
        """Read a table all of whose values are lists of texts."""
        self.known(table, kind, set(), "phrases")
        return kind(**{key: self.localized_list(table, key) for key in table})

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
        """Refuse a key that no field of a dataclass has."""
        names = {each.name for each in fields(kind)} - without
        for key in table:
            if key not in names:
                pattern = re.compile(rf"(^|[\s{{,.\[]){re.escape(key)}\s*[=.\]]")
                line = next((at for at, line in enumerate(self.lines, 1) if pattern.search(line)), 0)
                raise TemplateError(self.path, line, f"unknown key “{key}” in {where}")

    def tables(self, table: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
        """Give a list of tables."""
        entries = table.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self.fail(f"“{key}” must be a list of tables: [[{key}]]", key)
        return entries

    def localized(self, table: Mapping[str, Any], key: str, *, required: bool = False) -> Localized:
        """Give a text in both languages."""
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
        """Give lists of texts in both languages."""
        value = table.get(key)
        if value is None:
            return LocalizedList()
        self.two_languages(value, key)
        return LocalizedList(self.texts(value["en"], key), self.texts(value["zh"], key))

    def two_languages(self, value: Any, key: str) -> None:
        """Refuse what is not given in each language."""
        if not isinstance(value, dict):
            raise self.fail(f"“{key}” must be given in both languages: {{en = …, zh = …}}", key)
        for language in value:
            if language not in LANGUAGES:
                raise self.fail(f"unknown key “{language}” in “{key}”", key)
        for language in LANGUAGES:
            if language not in value:
                raise self.fail(f"“{key}” is missing in {'English' if language == 'en' else 'Chinese'}", key)

    def texts(self, value: Any, key: str) -> tuple[str, ...]:
        """Give a list of texts."""
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise self.fail(f"“{key}” must be a list of texts", key)
        return tuple(value)

    def text(self, table: Mapping[str, Any], key: str, default: str | None = None) -> str:
        """Give a text that is not empty."""
        value = table.get(key, default)
        if not isinstance(value, str) or not value:
            raise self.fail(f"“{key}” is missing or is no text", key)
        return value

    def number(self, table: Mapping[str, Any], key: str, default: int) -> int:
        """Give a whole number, 0 or more."""
        value = table.get(key, default)
        if type(value) is not int or value < 0:
            raise self.fail(f"“{key}” must be a whole number", key)
        return value

    def flag(self, table: Mapping[str, Any], key: str, *, default: bool) -> bool:
        """Give true or false."""
        value = table.get(key, default)
        if type(value) is not bool:
            raise self.fail(f"“{key}” must be true or false", key)
        return value

    def choice(self, table: Mapping[str, Any], key: str, choices: Sequence[str], default: str) -> Any:
        """Give one of a closed list."""
        value = table.get(key, default)
        if value not in choices:
            raise self.fail(f"“{key}” must be one of: {', '.join(choices)}", key, str(value))
        return value

"""Reads actions from TOML, strictly: a key that is unknown or a text that is missing is named, with its file.

A broken file of the user's never hides the other actions: `load_actions` gives its error beside those that are sound.
"""

import dataclasses
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import tomli_w

from desktop.atomic_file import write_text
from desktop.errors import ActionError
from desktop.file_names import is_bare_name
from desktop.quick.actions.action import (
    LANGUAGES,
    Action,
    ActionLimits,
    FactRule,
    Method,
    Outlet,
    RewriteUnit,
    Spoken,
    TextLanguage,
)

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_ICON = re.compile("[a-z0-9-]*")
_KEY = re.compile("[A-Z]?")
_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_MOST_BYTES = 256 * 1024
_CHOICES: dict[str, tuple[str, ...]] = {
    "result": get_args(Outlet),
    "unit": get_args(RewriteUnit),
    "method": get_args(Method),
    "language": get_args(Spoken),
    "numbers": get_args(FactRule),
    "names": get_args(FactRule),
}


@dataclass(frozen=True, slots=True)
class Actions:
    """What was found.

    Attributes:
        sound: by id, in the order in which they are offered.
        broken: what is wrong with the others.
    """

    sound: Mapping[str, Action]
    broken: tuple[ActionError, ...] = ()


def load_actions(folders: Iterable[Path], order: Iterable[str] = ()) -> Actions:
    """Read every `.toml` file of the folders.

    Args:
        folders: the shipped one first; an action in a later folder takes the place of one with its id.
        order: ids that come first; the others follow in the order of the file names (shipped ones begin with a number).
    """
    sound: dict[str, Action] = {}
    broken = []
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            try:
                sound |= {action.id: action for action in read_actions(path)}
            except ActionError as error:
                broken.append(error)
    first = [name for name in order if name in sound]
    return Actions({name: sound[name] for name in dict.fromkeys([*first, *sound])}, tuple(broken))


def read_actions(path: Path) -> list[Action]:
    """Read a file that holds one action, or several as `[[actions]]`.

    Raises:
        ActionError: it is not TOML, or not an action.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ActionError(path, f"it is larger than {_MOST_BYTES // 1024} KiB")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ActionError(path, str(error)) from error
    return parse_actions(text, path)


def parse_actions(text: str, path: Path) -> list[Action]:
    """Read the text of a file of actions.

    Args:
        text: as the file holds it, or as somebody copied it.
        path: named in errors.

    Raises:
        ActionError: it is not TOML, or not an action.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ActionError(path, str(error)) from error
    tables = table.pop("actions") if "actions" in table else [table]
    if not isinstance(tables, list) or not tables or (tables != [table] and table):
        raise ActionError(path, "“actions” must be a list of tables, and the only key")
    return [_Reader(path, one).action() for one in tables]


def save_actions(actions: Iterable[Action], path: Path) -> None:
    """Write actions to one file, which `read_actions` reads. Raises OSError."""
    write_text(path, write_actions(actions))


def write_actions(actions: Iterable[Action]) -> str:
    """Give the text that `parse_actions` reads."""
    return tomli_w.dumps({"actions": [_as_table(action) for action in actions]}, multiline_strings=True)


def import_actions(path: Path, folder: Path) -> list[Action]:
    """Read actions of somebody else's and keep each in a file of its own in the user's folder.

    Raises:
        ActionError: the file holds no actions; none is kept then.
    """
    actions = read_actions(path)
    for action in actions:
        save_actions([action], folder / f"{action.id}.toml")
    return actions


def _as_table(action: Action) -> dict[str, Any]:
    """Leave out what is as it would be anyway."""
    table: dict[str, Any] = {}
    for field in dataclasses.fields(action):
        value = getattr(action, field.name)
        if value == field.default:
            continue
        if isinstance(value, ActionLimits):
            changed = {one.name: getattr(value, one.name) for one in dataclasses.fields(ActionLimits)}
            value = {key: one for key, one in changed.items() if one != getattr(ActionLimits(), key)}
        elif field.name in ("examples", "phrases"):
            value = {language: [list(pair) for pair in pairs] for language, pairs in value.items()}
        table[field.name] = dict(value) if isinstance(value, Mapping) else value
    return table


class _Reader:
    """Turns one table into an action."""

    def __init__(self, path: Path, table: object) -> None:
        self._path = path
        if not isinstance(table, dict):
            raise ActionError(path, "an action must be a table")
        self._table: dict[str, Any] = table
        known = {field.name for field in dataclasses.fields(Action)}
        for key in table:
            if key not in known:
                raise self._error(f"unknown key “{key}”")
        for key in ("id", "name", "prompt"):
            if key not in table:
                raise self._error(f"“{key}” is missing")

    def action(self) -> Action:
        """Check every key."""
        languages = self._languages()
        read: dict[str, Callable[[str], Any]] = {
            "id": self._id,
            "icon": lambda key: self._matching(key, _ICON, "be the name of an icon"),
            "key": lambda key: self._matching(key, _KEY, "be one letter, A to Z"),
            "languages": lambda _: languages,
            "prompt": lambda _: self._prompt(languages),
            **dict.fromkeys(("examples", "phrases"), lambda key: self._pairs(key, languages)),
            "limits": lambda _: self._limits(),
            "temperature": lambda key: self._number(self._table, key, 2),
            **dict.fromkeys(("result", "unit", "method"), lambda key: self._text(self._table, key)),
            **dict.fromkeys(("code", "lookup"), lambda key: self._typed(self._table, key, bool, "true or false")),
            **dict.fromkeys(("name", "system", "begin"), lambda key: self._localized(key, languages)),
        }
        return Action(**{key: read[key](key) for key in self._table})

    def _error(self, reason: str) -> ActionError:
        name = self._table.get("id")
        return ActionError(self._path, f"{name}: {reason}" if isinstance(name, str) else reason)

    def _typed(self, table: Mapping[str, Any], key: str, kind: type, told: str) -> Any:
        value = table[key]
        if type(value) is not kind:
            raise self._error(f"“{key}” must be {told}")
        return value

    def _text(self, table: Mapping[str, Any], key: str) -> str:
        value: str = self._typed(table, key, str, "text")
        if key in _CHOICES and value not in _CHOICES[key]:
            raise self._error(f"“{key}” must be one of {', '.join(_CHOICES[key])}")
        return value

    def _id(self, key: str) -> str:
        value = self._matching(key, _ID, "be words of a-z and 0-9 joined by hyphens")
        if not is_bare_name(value):
            raise self._error(f"“{key}” must not be “{value}”, as no file can be called so on Windows")
        return value

    def _matching(self, key: str, pattern: re.Pattern[str], told: str) -> str:
        value = self._text(self._table, key)
        if not pattern.fullmatch(value):
            raise self._error(f"“{key}” must {told}")
        return value

    def _number(self, table: Mapping[str, Any], key: str, most: float) -> float:
        value = table[key]
        if type(value) not in (int, float) or not 0 <= value <= most:
            raise self._error(f"“{key}” must be a number between 0 and {most:g}")
        return float(value)

    def _languages(self) -> tuple[TextLanguage, ...]:
        if "languages" not in self._table:
            return LANGUAGES
        given = self._typed(self._table, "languages", list, "a list")
        chosen = tuple(language for language in LANGUAGES if language in given)
        if not chosen or len(chosen) != len(given):
            raise self._error(f"“languages” must hold {' or '.join(LANGUAGES)}, each once")
        return chosen

    def _localized(self, key: str, languages: tuple[TextLanguage, ...]) -> dict[TextLanguage, str]:
        table = self._typed(self._table, key, dict, "a table of languages")
        for language in table:
            if language not in languages:
                raise self._error(f"“{key}” has the unknown language “{language}”")
        for language in languages:
            if not isinstance(table.get(language), str) or (key in ("name", "prompt") and not table[language].strip()):
                raise self._error(f"“{key}” lacks a text in {language}")
        return {language: table[language] for language in languages}

    def _prompt(self, languages: tuple[TextLanguage, ...]) -> dict[TextLanguage, str]:
        prompts = self._localized("prompt", languages)
        for text in prompts.values():
            if text.count("{text}") != 1 or not set(_PLACEHOLDER.findall(text)) <= {"text", "request"}:
                raise self._error("“prompt” must hold {text} once, and no other placeholder than {request}")
        return prompts

    def _pairs(self, key: str, languages: tuple[TextLanguage, ...]) -> dict[TextLanguage, tuple[tuple[str, str], ...]]:
        table = self._typed(self._table, key, dict, "a table of languages")
        found: dict[TextLanguage, tuple[tuple[str, str], ...]] = {}
        for language in table:
            if language not in languages:
                raise self._error(f"“{key}” has the unknown language “{language}”")
        for language in languages:
            pairs = table.get(language, [])
            if not isinstance(pairs, list) or not all(
                isinstance(pair, list) and len(pair) == 2 and pair[0] and all(isinstance(text, str) for text in pair)
                for pair in pairs
            ):
                raise self._error(f"“{key}” must be pairs of texts")
            found[language] = tuple((before, after) for before, after in pairs)
        return found

    def _limits(self) -> ActionLimits:
        table = self._typed(self._table, "limits", dict, "a table")
        values: dict[str, Any] = {}
        for key in table:
            if key in ("shortest", "longest"):
                values[key] = self._number(table, key, 100)
            elif key in ("keeps", "adds"):
                values[key] = self._number(table, key, 1)
            elif key in _CHOICES and key in ActionLimits.__dataclass_fields__:
                values[key] = self._text(table, key)
            else:
                raise self._error(f"unknown key “limits.{key}”")
        return ActionLimits(**values)

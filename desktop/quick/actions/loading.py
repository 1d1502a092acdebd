"""Reads actions from TOML, strictly: what is unknown, missing or meaningless is named, with its file and line.

A broken file of the user's never hides the other actions: `load_actions` gives its error beside those that are sound.
"""

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from desktop.errors import ActionError
from desktop.files.atomic import write_text
from desktop.files.names import is_bare_name
from desktop.files.plain import FileTooLarge, read_text
from desktop.files.toml import Keys, Mistake, checked, parse
from desktop.quick.actions.action import LANGUAGES, Action, ActionLimits, FreeWay, TextLanguage

_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_MOST_BYTES = 256 * 1024
_PATTERNS = {
    "id": (re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"), "words of a-z and 0-9 joined by hyphens"),
    "icon": (re.compile("[a-z0-9-]*"), "the name of an icon"),
    "key": (re.compile("[A-Z]?"), "one letter, A to Z"),
}
_PAIRS = ("examples", "phrases")
_SPOKEN = ("name", "prompt", "system", "begin", *_PAIRS)


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
        text = read_text(path, _MOST_BYTES)
    except FileTooLarge as error:
        raise ActionError(path, f"it is larger than {_MOST_BYTES // 1024} KiB") from error
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
        table = parse(text)
        several = table.get("actions", [table])
        if not isinstance(several, list) or not several or ("actions" in table and len(table) > 1):
            raise Mistake("“actions” must be a list of tables, and the only key", ("actions",))
        above: Iterable[Keys] = [("actions", at) for at in range(len(several))] if "actions" in table else [()]
        return [_action(one, keys) for one, keys in zip(several, above, strict=True)]
    except Mistake as mistake:
        raise ActionError(path, mistake.reason, mistake.line_in(text)) from mistake


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


def _as_table(action: Action | FreeWay) -> dict[str, Any]:
    """Leave out what is as it would be anyway."""
    table: dict[str, Any] = {}
    for field in dataclasses.fields(action):
        value = getattr(action, field.name)
        if value == field.default:
            continue
        if isinstance(value, FreeWay):
            value = _as_table(value)
        if isinstance(value, ActionLimits):
            changed = {one.name: getattr(value, one.name) for one in dataclasses.fields(ActionLimits)}
            value = {key: one for key, one in changed.items() if one != getattr(ActionLimits(), key)}
        elif field.name in ("examples", "phrases"):
            value = {language: [list(pair) for pair in pairs] for language, pairs in value.items()}
        table[field.name] = dict(value) if isinstance(value, Mapping) else value
    return table


def _action(table: Any, above: Keys) -> Action:
    """Check one action, whose table the keys `above` lead to; a mistake begins with its id."""
    try:
        if not isinstance(table, dict):
            raise Mistake("an action must be a table")
        action = checked(table, Action)
        for key, (pattern, meant) in _PATTERNS.items():
            if not pattern.fullmatch(getattr(action, key)):
                raise Mistake(f"“{key}” must be {meant}", (key,))
        if not is_bare_name(action.id):
            raise Mistake(f"“id” must not be “{action.id}”, as no file can be called so on Windows", ("id",))
        languages = tuple(language for language in LANGUAGES if language in action.languages)
        if not languages or len(languages) != len(action.languages):
            raise Mistake(f"“languages” must hold {' or '.join(LANGUAGES)}, each once", ("languages",))
        given = {key: getattr(action, key) for key in table}
        spoken: dict[str, Any] = {key: _in(languages, key, value) for key, value in given.items() if key in _SPOKEN}
        return dataclasses.replace(action, languages=languages, free=_free(action.free, languages), **spoken)
    except Mistake as mistake:
        name = table.get("id") if isinstance(table, dict) else None
        reason = f"{name}: {mistake.reason}" if isinstance(name, str) else mistake.reason
        raise Mistake(reason, (*above, *mistake.keys)) from mistake


def _free(free: FreeWay | None, languages: tuple[TextLanguage, ...]) -> FreeWay | None:
    """Check what is otherwise for a model that can write; a mistake has the keys that lead to it."""
    if free is None:
        return None
    try:
        texts = {key: getattr(free, key) for key in _SPOKEN if getattr(free, key, None) is not None}
        spoken: dict[str, Any] = {key: _in(languages, key, value) for key, value in texts.items()}
        return dataclasses.replace(free, **spoken)
    except Mistake as mistake:
        raise Mistake(mistake.reason, ("free", *mistake.keys)) from mistake


def _in(languages: tuple[TextLanguage, ...], key: str, texts: Mapping[TextLanguage, Any]) -> dict[TextLanguage, Any]:
    """Give texts, or pairs of them, in the languages of an action, and only these."""
    for language in texts:
        if language not in languages:
            raise Mistake(f"“{key}” has the unknown language “{language}”", (key, language))
    if key in _PAIRS:
        for language, pairs in texts.items():
            if not all(before for before, _ in pairs):
                raise Mistake(f"“{key}” must be pairs of texts, the first not empty", (key, language))
        return {language: texts.get(language, ()) for language in languages}
    for language in languages:
        text = texts.get(language)
        if text is None or (key in ("name", "prompt") and not text.strip()):
            raise Mistake(f"“{key}” lacks a text in {language}", (key,))
        placeholders = set(_PLACEHOLDER.findall(text))
        if key == "prompt" and (text.count("{text}") != 1 or not placeholders <= {"text", "request"}):
            reason = "“prompt” must hold {text} once, and no other placeholder than {request}"
            raise Mistake(reason, (key, language))
    return {language: texts[language] for language in languages}

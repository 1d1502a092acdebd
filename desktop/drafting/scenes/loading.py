"""Reads scenes: strict, and every mistake is named with its file and line.

    file -> TOML -> `_SceneFile`, checked by its types -> `Scene`

All of them are read before the first is shown, and Python's reader of TOML looks at every letter by itself. So what is
written in the plain way of the shipped ones is read by one expression, four times as fast; all else by that reader.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.drafting.scenes.scene import Example, Group, Scene, SceneText
from desktop.errors import SceneError
from desktop.files.names import is_bare_name
from desktop.files.plain import FileTooLarge, read_whole
from desktop.files.toml import Mistake, checked, parse

_MAX_BYTES = 256 * 1024
_LANGUAGES = ("en", "zh")
# Text without signs that TOML reads in another way than they stand there: quotes, backslashes, control characters.
_PLAIN = r'[^"\\\x00-\x1f\x7f]*'
_QUOTED = re.compile(f'"({_PLAIN})"')
_STATEMENT = re.compile(
    rf"""(?: [#][^\x00-\x1f\x7f]* | \[(?P<head>[a-z]+)\] | \[\[(?P<listed>[a-z]+)\.example\]\] |
        (?P<key>[a-z]+)[ ]=[ ](?:
            \"{{3}}\n?(?P<long>(?:[^"\\\x00-\x09\x0b-\x1f\x7f] | \"{{1,2}}(?!"))*)\"{{3}} |
            \"(?P<line>{_PLAIN})\" | (?P<number>0|[1-9][0-9]{{0,8}}) | \[(?P<list>"{_PLAIN}"(?:,[ ]"{_PLAIN}")*)\] )
    )? (?:\n|\Z)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Scenes:
    """What was found.

    Attributes:
        sound: by id, in the order of their names; a user's scene with the id of a shipped one takes its place.
        broken: what is wrong with the others.
    """

    sound: Mapping[str, Scene]
    broken: tuple[SceneError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _TextInFile:
    label: str
    about: str = ""
    search: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    structure: str = ""
    length: int = 0
    tone: str = ""
    example: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _SceneFile:
    id: str
    template: str
    group: Group
    en: _TextInFile | None = None
    zh: _TextInFile | None = None


def load_scenes(folders: Iterable[Path]) -> Scenes:
    """Read every `.toml` file of the folders; a later folder goes before an earlier one."""
    sound: dict[str, Scene] = {}
    broken: list[SceneError] = []
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            try:
                scene = read_scene(path)
            except SceneError as error:
                broken.append(error)
            else:
                sound[scene.id] = scene
    return Scenes(dict(sorted(sound.items())), tuple(broken))


def read_scene(path: Path) -> Scene:
    """Read one scene; see `parse_scene`.

    Raises:
        SceneError: it cannot be read, or is not as a scene must be.
    """
    try:
        data = read_whole(path, _MAX_BYTES)
    except FileTooLarge as error:
        raise SceneError(path, 0, "it is too large for a scene") from error
    except OSError as error:
        raise SceneError(path, 0, f"it cannot be read ({error.strerror or error})") from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SceneError(path, line, "it is not UTF-8 text") from error
    return parse_scene(text, path)


def parse_scene(text: str, path: Path) -> Scene:
    """Make a scene of the text of its file.

    Args:
        text: TOML.
        path: named in errors; its stem must be the id.

    Raises:
        SceneError: it is not as a scene must be.
    """
    try:
        return _scene(_read_plain(text) or parse(text), path)
    except Mistake as mistake:
        raise SceneError(path, mistake.line_in(text), mistake.reason) from mistake


def _read_plain(text: str) -> dict[str, Any] | None:
    """Read TOML that is written as the shipped scenes are, just as `parse` reads it; None for any other."""
    table: dict[str, Any] = {}
    at, read_to = table, 0
    for found in _STATEMENT.finditer(text):
        if found.start() != read_to:
            return None
        read_to = found.end()
        if head := found["head"]:
            if head in table:
                return None
            at = table[head] = {}
        elif listed := found["listed"]:
            if not isinstance(table.get(listed), dict):
                return None
            at = {}
            table[listed].setdefault("example", []).append(at)
        elif key := found["key"]:
            if key in at or key == "example":
                return None
            at[key] = _value(found)
    return table if read_to == len(text) else None


def _value(found: re.Match[str]) -> Any:
    if (number := found["number"]) is not None:
        return int(number)
    if (words := found["list"]) is not None:
        return _QUOTED.findall(words)
    return found["line"] if found["long"] is None else found["long"]


def _scene(table: Mapping[str, Any], path: Path) -> Scene:
    read = checked(table, _SceneFile)
    if not re.fullmatch(r"[\w-]{1,64}", read.id) or not is_bare_name(read.id):
        raise Mistake(f"“{read.id}” is no id: use letters, digits, - and _", ("id",))
    if read.id != path.stem:
        raise Mistake(f"its id is “{read.id}”, but its file is called “{path.name}”", ("id",))
    if not read.template.strip():
        raise Mistake("“template” is empty", ("template",))
    given = {language: part for language in _LANGUAGES if (part := getattr(read, language)) is not None}
    if not given:
        raise Mistake("“en” or “zh” is missing: a scene is in English, in Chinese or in both")
    texts = {language: _text(part, language) for language, part in given.items()}
    return Scene(id=read.id, template=read.template, group=read.group, path=path, texts=texts)


def _text(read: _TextInFile, language: str) -> SceneText:
    if not read.label.strip():
        raise Mistake(f"“{language}.label” is empty", (language, "label"))
    if read.length < 0:
        raise Mistake(f"“{language}.length” must be a whole number, 0 or more", (language, "length"))
    if not read.example:
        raise Mistake(f"“{language}.example” is missing: a scene shows at least one", (language,))
    for number, example in enumerate(read.example):
        for key, value in (("request", example.request), ("text", example.text)):
            if not value.strip():
                raise Mistake(f"“{language}.example.{key}” is empty", (language, "example", number, key))
    return SceneText(
        label=read.label,
        about=read.about,
        search=tuple(word for word in read.search if word.strip()),
        hints=read.hints,
        structure=read.structure,
        length=read.length,
        tone=read.tone,
        examples=tuple(Example(one.request.strip(), one.text.strip()) for one in read.example),
    )

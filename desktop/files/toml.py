"""Reads TOML strictly, and says of a mistake what would be right and where in the file it is.

    text -> `parse` -> table -> `checked`: unknown keys refused, then msgspec -> a dataclass
    mistake -> its keys -> line

A file is described by a dataclass: the types of its fields are what msgspec checks (Literal: one of these;
`Annotated[int, Meta(ge=0)]`: a range). The line of a mistake is looked up only when there is one.
"""

import bisect
import contextlib
import dataclasses
import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

Keys = tuple[str | int, ...]  # from the whole file down to a value: names of keys, numbers of entries
_Kind = TypeVar("_Kind")
_LONGEST = 500  # lines of one statement that is looked into
_BITS = 63  # of a whole number besides its sign, as TOML says
_FEW = 3  # keys of a table that are named where something else stands in its place


class Mistake(ValueError):
    """Something in a TOML file is not as it must be.

    Attributes:
        reason: without a full stop, e.g. “words” must be a whole number.
        keys: lead to it; empty where the file is no TOML.
        line: from 1, where the file is no TOML; else 0: `line_in` finds it.
        holding: stands in the line, where the value goes over several.
    """

    def __init__(self, reason: str, keys: Keys = (), line: int = 0, holding: str = "") -> None:
        super().__init__(reason)
        self.reason, self.keys, self.line, self.holding = reason, keys, line, holding

    def line_in(self, text: str) -> int:
        """Find its line in the text of the file, from 1; 0 where it is about the whole file."""
        return self.line or (line_of(text, self.keys, self.holding) if self.keys else 0)


def parse(text: str) -> dict[str, Any]:
    """Read TOML.

    Raises:
        Mistake: it is none; with its line.
    """
    try:
        table = tomllib.loads(text)
        _refuse_large(table, ())
    except Mistake:
        raise
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise Mistake(re.sub(r" \(at .*\)$", "", str(error)), line=line) from error
    except RecursionError as error:
        raise Mistake("it is nested too deeply") from error
    except ValueError as error:  # a number with more digits than Python reads
        raise Mistake("it holds too large a number", line=_line_of_digits(text)) from error
    return table


def checked(table: Mapping[str, Any], kind: type[_Kind], **given: Any) -> _Kind:
    """Make a dataclass of a table.

    Args:
        table: as `parse` gives it.
        kind: the dataclass, which may hold others, tuples and mappings of them; one that refuses its values when it is
            made raises ValueError.
        given: fields that no file gives, with what they are.

    Raises:
        Mistake: a key is unknown or missing, or a value is not as its field says; with its keys.
    """
    for key in given.keys() & table.keys():
        raise Mistake(f"unknown key “{key}”", (key,))
    _refuse_unknown(dict(table), kind, ())
    try:
        return msgspec.convert({**table, **given}, kind)
    except msgspec.ValidationError as error:
        refused = error.__cause__  # by a dataclass that can say of which key
        raise (refused if isinstance(refused, Mistake) else _worded(str(error), kind)) from error


def line_of(text: str, keys: Keys, holding: str = "") -> int:
    """Find the line of a value, or of the innermost table around it that the text writes; 0 for the whole file.

    Args:
        text: TOML.
        keys: lead to the value.
        holding: stands in the line, where a value goes over several.
    """
    found, furthest = 0, 0
    value: Any
    for line, lines, at, table in _statements(text):
        if keys[: len(at)] != at:
            continue
        reached, value = len(at), table
        with contextlib.suppress(KeyError, IndexError, TypeError):
            for key in keys[len(at) :]:
                value = value[key]
                reached += 1
        if reached > furthest:
            inside = next((more for more, one in enumerate(lines) if holding and holding in one), 0)
            found, furthest = line + inside, reached
    return found


def dotted(keys: Keys) -> str:
    """Name a value by the keys behind its last number: limits.shortest."""
    names = [""]
    for key in keys:
        names = [""] if isinstance(key, int) else [*names, key]
    return ".".join(names[1:])


def _statements(text: str) -> Iterator[tuple[int, list[str], Keys, dict[str, Any]]]:
    """Cut TOML into what is TOML by itself: keys with their values, and heads of tables, whose tables are empty.

    Gives the first line, the lines, the keys of the table it belongs to or is the head of, and what it says.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    counts: dict[Keys, int] = {}
    first, at = 0, Keys()
    while first < len(lines):
        for end in range(first + 1, min(first + _LONGEST, len(lines)) + 1):
            try:
                table = tomllib.loads("\n".join(lines[first:end]))
            except (ValueError, RecursionError):
                continue
            break
        else:
            return
        if lines[first].lstrip().startswith("["):
            at, table = _head(table, counts), {}
        yield first + 1, lines[first:end], at, table
        first = end


def _line_of_digits(text: str) -> int:
    """Find the line of the number that Python does not read: up to there, the text is no mistake of another kind."""
    lines = text.split("\n")

    def holds_it(count: int) -> bool:
        try:
            tomllib.loads("\n".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            return False
        except ValueError:
            return True
        return False

    return 1 + bisect.bisect_left(range(1, len(lines)), x=True, key=holds_it)


def _refuse_large(value: Any, keys: Keys) -> None:
    """Look for whole numbers that TOML does not have; those in other bases can be too long to be written again."""
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            _refuse_large(one, (*keys, key))
    elif isinstance(value, int) and (value if value >= 0 else ~value).bit_length() > _BITS:
        while isinstance(keys[-1], int):  # in a list, which is what has a name
            keys = keys[:-1]
        raise Mistake(f"“{dotted(keys)}” is too large a number", keys)


def _head(table: Mapping[str, Any], counts: dict[Keys, int]) -> Keys:
    """Give the keys of a head; `counts` holds how many tables each list has so far."""
    at: Keys = ()
    value: Any = table
    while value:
        ((name, value),) = value.items()
        at = (*at, name)
        if isinstance(value, list):
            counts[at] = counts.get(at, 0) + 1
            value = value[0]
        if at in counts:
            at = (*at, counts[at] - 1)
    return at


@functools.cache
def _fields(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _plain(kind: Any) -> tuple[Any, Any, tuple[Any, ...]]:
    """Take ranges and None away from a type; gives it, what it is made of, and of which others."""
    while True:
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        elif get_origin(kind) in (Union, UnionType):
            (kind,) = (one for one in get_args(kind) if one is not NoneType)
        else:
            return kind, get_origin(kind) or kind, get_args(kind)


def _refuse_unknown(value: Any, kind: Any, keys: Keys) -> None:
    """Look for keys that nothing reads: msgspec passes over those of a dataclass."""
    kind, made_of, of = _plain(kind)
    if isinstance(value, dict) and dataclasses.is_dataclass(kind):
        fields = _fields(kind)  # type: ignore[arg-type]  # a class, as its type says
        for key, one in value.items():
            if key not in fields:
                raise Mistake(f"unknown key “{dotted((*keys, key))}”", (*keys, key))
            _refuse_unknown(one, fields[key], (*keys, key))
    elif isinstance(value, dict) and isinstance(made_of, type) and issubclass(made_of, Mapping):
        for key, one in value.items():
            if get_origin(of[0]) is Literal and key not in get_args(of[0]):
                raise Mistake(f"unknown key “{dotted((*keys, key))}”", (*keys, key))
            _refuse_unknown(one, of[1], (*keys, key))
    elif isinstance(value, list) and made_of is tuple:
        for at, one in enumerate(value):
            _refuse_unknown(one, of[0], (*keys, at))


def _worded(message: str, kind: Any) -> Mistake:
    """Say in the user's words what msgspec says of a table that was to become `kind`."""
    place = re.search(r"`\$([^`]*)`$", message)
    steps = re.findall(r"\.(\w+)|\[(\d+|\.\.\.)\]", place[1]) if place else []
    keys: Keys = tuple(name or (int(number) if number.isdigit() else 0) for name, number in steps)
    if missing := re.match(r"Object missing required field `(\w+)`", message):
        return Mistake(f"“{dotted((*keys, missing[1]))}” is missing", (*keys, missing[1]))
    if not message.startswith(("Expected ", "Invalid ", "Integer ")):  # the dataclass itself refused its values
        return Mistake(message[: place.start()].removesuffix(" - at ") if place else message, keys)
    while keys and isinstance(keys[-1], int):  # what is said of an entry is said of the list
        keys = keys[:-1]
    for key in keys:
        plain, _, of = _plain(kind)
        kind = _fields(plain)[key] if isinstance(key, str) else of[-1] if of[-1] is not Ellipsis else of[0]
    return Mistake(f"“{dotted(keys)}” must be {_wanted(kind)}", keys)


def _wanted(kind: Any) -> str:
    plain, made_of, of = _plain(kind)
    if made_of is Literal:
        return f"one of {', '.join(map(str, of))}"
    if plain is bool:
        return "true or false"
    if dataclasses.is_dataclass(plain):
        names = list(_fields(plain))  # type: ignore[arg-type]  # as above
        return f"a table: {{{', '.join(f'{name} = …' for name in names)}}}" if len(names) <= _FEW else "a table"
    return f"a {_noun(plain)}{_range(kind)}"


def _noun(kind: Any) -> str:
    plain, made_of, of = _plain(kind)
    if made_of is tuple:
        pair = len(of) == 2 and of[1] is not Ellipsis
        return f"{'pair' if pair else 'list'} of {_plural(of[0])}"
    if isinstance(made_of, type) and issubclass(made_of, Mapping):
        return f"table of {_plural(of[1])}"
    return {str: "text", int: "whole number", float: "number"}.get(plain, "table")


def _plural(kind: Any) -> str:
    _, made_of, choices = _plain(kind)
    if made_of is Literal:
        return " or ".join(map(str, choices))
    first, *rest = _noun(kind).split(" of ", 1)
    return " of ".join([f"{first}s", *rest])


def _range(kind: Any) -> str:
    while get_origin(kind) is Annotated or get_origin(kind) in (Union, UnionType):
        for meta in get_args(kind)[1:]:
            if isinstance(meta, msgspec.Meta):
                if meta.gt is not None:
                    return f" above {meta.gt:g}"
                if meta.ge is not None:
                    return f" between {meta.ge:g} and {meta.le:g}" if meta.le is not None else f", {meta.ge:g} or more"
        kind = get_args(kind)[0]
    return ""

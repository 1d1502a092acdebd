"""What is wrong in a TOML file is said in the user's words, and found in the file however it is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta

from desktop.files.toml import Keys, Mistake, checked, line_of, parse


@dataclass(frozen=True, slots=True)
class Name:
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Part:
    id: str
    name: Name | None = None
    share: Annotated[float, Meta(gt=0)] = 1

    def __post_init__(self) -> None:
        if self.id == "con":
            raise ValueError("“con” cannot be an id")


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    size: Annotated[int, Meta(ge=0)] | None = None
    some: Annotated[int, Meta(ge=1, le=9)] = 1
    way: Literal["up", "down"] = "up"
    texts: tuple[str, ...] = ()
    pairs: Mapping[Literal["en", "zh"], tuple[tuple[str, str], ...]] | None = None
    parts: tuple[Part, ...] = ()
    on: bool = False


@pytest.mark.parametrize(
    ("text", "reason", "keys"),
    [
        ("size = -1", "“size” must be a whole number, 0 or more", ("size",)),
        ("some = 'x'", "“some” must be a whole number between 1 and 9", ("some",)),
        ("way = 'left'", "“way” must be one of up, down", ("way",)),
        ("on = 1", "“on” must be true or false", ("on",)),
        ("texts = ['a', 1]", "“texts” must be a list of texts", ("texts",)),
        ("texts = 2026-01-01", "“texts” must be a list of texts", ("texts",)),
        ("pairs = {en = [['a']]}", "“pairs” must be a table of lists of pairs of texts", ("pairs",)),
        ("pairs = {fr = []}", "unknown key “pairs.fr”", ("pairs", "fr")),
        ("parts = 1", "“parts” must be a list of tables", ("parts",)),
        ("[[parts]]\nname = {en = 'a', zh = 'b'}", "“id” is missing", ("parts", 0, "id")),
        ("[[parts]]\nid = 'a'\n[[parts]]\nid = 2", "“id” must be a text", ("parts", 1, "id")),
        ("[[parts]]\nid = 'a'\nname = 'b'", "“name” must be a table: {en = …, zh = …}", ("parts", 0, "name")),
        ("[[parts]]\nid = 'a'\nname.en = 'b'", "“name.zh” is missing", ("parts", 0, "name", "zh")),
        ("[[parts]]\nid = 'a'\nname = {de = 'b'}", "unknown key “name.de”", ("parts", 0, "name", "de")),
        ("[[parts]]\nid = 'a'\n[[parts]]\nid = 'con'", "“con” cannot be an id", ("parts", 1)),
        ("[[parts]]\nid = 'a'\nshare = 0", "“share” must be a number above 0", ("parts", 0, "share")),
        ("[[parts]]\nid = 'a'\nshare = nan", "“share” must be a number above 0", ("parts", 0, "share")),
    ],
)
def test_a_mistake_says_what_would_be_right(text: str, reason: str, keys: Keys) -> None:
    with pytest.raises(Mistake) as told:
        checked(parse(text), File)
    assert (told.value.reason, told.value.keys) == (reason, keys)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("1" * 5000, "it holds too large a number"),
        ("0x" + "f" * 6000, "“b.c” is too large a number"),
        (str(1 << 63), "“b.c” is too large a number"),
        (str(-(1 << 63) - 1), "“b.c” is too large a number"),
    ],
)
@pytest.mark.parametrize("before", ["a = 1\n\n", 'a = """\n' + "2" * 5000 + '"""\n', "# " + "3" * 5000 + "\n\n"])
def test_a_number_that_no_program_keeps_is_told_with_its_line(before: str, number: str, reason: str) -> None:
    text = f"{before}[b]\nc = [0, {number}]\nd = 1\n"
    with pytest.raises(Mistake) as raised:
        parse(text)
    assert (raised.value.reason, raised.value.line_in(text)) == (reason, 4)


def test_the_largest_numbers_of_toml_are_read() -> None:
    assert parse(f"a = {(1 << 63) - 1}\nb = {-(1 << 63)}") == {"a": (1 << 63) - 1, "b": -(1 << 63)}


def test_tables_too_deep_for_python_are_a_mistake() -> None:
    with pytest.raises(Mistake, match="nested too deeply"):
        parse(".".join("a" * 20_000) + " = 1")


def test_the_line_of_what_nests_too_deep_is_not_looked_for() -> None:
    text = "a = " + "[" * 100_000
    with pytest.raises(Mistake) as raised:
        parse(text)
    assert raised.value.line_in(text) == 0


def test_a_sound_file_becomes_what_describes_it() -> None:
    text = "some = 3\npairs = {zh = [['a', 'b']]}\n[[parts]]\nid = 'x'\nshare = 2\nname = {en = 'a', zh = 'b'}"
    parts = (Part("x", Name("a", "b"), 2.0),)
    assert checked(parse(text), File) == File(some=3, pairs={"zh": (("a", "b"),)}, parts=parts)


LINES = """\
# head = 1
"head" = 1
text = '''
head = 2
[[parts]]
'''
list = [
  {a = 1},
  {a = 2},
]
site."a.b".c = 1
[table.inner]
head = 3
[[parts]]
id = "one"
name = {en = "[x]", zh = "y"}
[parts.more]
deep = [1, 2]
[[parts]]
id = "two"
[[parts.rows]]
[[parts.rows]]
cell = 1
"""


@pytest.mark.parametrize(
    ("keys", "holding", "line"),
    [
        (("head",), "", 2),
        (("text",), "", 3),
        (("text",), "head = 2", 4),
        (("list", 1, "a"), "", 7),
        (("list", 1, "a"), "a = 2", 9),
        (("site", "a.b", "c"), "", 11),
        (("table", "inner"), "", 12),
        (("table", "inner", "head"), "", 13),
        (("parts", 0), "", 14),
        (("parts", 0, "missing"), "", 14),
        (("parts", 0, "name", "zh"), "", 16),
        (("parts", 0, "more", "deep", 1), "", 18),
        (("parts", 1, "id"), "", 20),
        (("parts", 1, "rows", 1, "cell"), "", 23),
        (("parts", 2), "", 0),
        (("absent",), "", 0),
        ((), "", 0),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_line_of_a_value_is_found(keys: Keys, holding: str, line: int, newline: str) -> None:
    assert line_of(LINES.replace("\n", newline), keys, holding) == line


@given(st.text(max_size=200))
def test_any_text_is_toml_or_a_mistake_in_one_of_its_lines(text: str) -> None:
    lines = [0]
    try:
        parse(text)
    except Mistake as mistake:
        lines = [mistake.line]
    assert 0 <= lines[0] <= text.count("\n") + 1

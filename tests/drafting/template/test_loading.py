"""Templates are read strictly: every mistake is told with its line."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.drafting.template.loading import load_templates, parse_template
from desktop.drafting.template.wording import fill, variables
from desktop.errors import TemplateError

SOUND = """\
id = "memo"
label = {en = "Memo", zh = "便条"}
kind = {en = "a memo", zh = "便条"}
system = {en = "You write.", zh = "你写。"}
prompt = {en = "Write {kind} about {topic}[ for {audience}].", zh = "请写{topic}。"}
words = 100

[sampling]
temperature = 0.5

[[slots]]
name = "topic"
required = true

[[slots]]
name = "audience"

[[sections]]
id = "start"
heading = {en = "Start", zh = "开头"}
holds = {en = "How it starts.", zh = "开头。"}
share = 1

[[sections]]
id = "end"
heading = {en = "End", zh = "结尾"}
holds = {en = "How it ends.", zh = "结尾。"}
share = 2.5
"""
PATH = Path("memo.toml")


def line_of(text: str, nth: int = 1) -> int:
    lines = [number for number, line in enumerate(SOUND.splitlines(), 1) if text in line]
    return lines[nth - 1]


def test_a_sound_template_is_read() -> None:
    template = parse_template(SOUND, PATH)
    assert (template.id, template.format, template.words, template.sampling.temperature) == (
        "memo",
        "document",
        100,
        0.5,
    )
    assert [section.share for section in template.sections] == [1, 2.5]
    assert template.prompt.zh == "请写{topic}。"


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("words = 100", "words = -1", line_of("words"), "whole number"),
        ("words = 100", "wrods = 100", line_of("words"), "unknown key “wrods”"),
        ("words = 100", "words = 100 200", line_of("words"), ""),
        ("share = 2.5", 'share = "2.5"', line_of("share", 2), "“share”"),
        (', zh = "结尾"}', "}", line_of("heading", 2), "missing in Chinese"),
        ('zh = "开头"}', 'de = "Anfang"}', line_of("heading", 1), "unknown key “heading.de”"),
        ('holds = {en = "How it ends.", zh = "结尾。"}\n', "", line_of("[[sections]]", 2), "“holds” is missing"),
        ("[ for {audience}]", "[ for {crowd}]", line_of("prompt"), "{crowd}"),
        ('id = "end"', 'id = "start"', line_of('id = "start"'), "twice"),
        ("How it ends.", "About {nobody}.", line_of("holds", 2), "{nobody}"),
        ("temperature = 0.5", 'temperature = "hot"', line_of("temperature"), "“sampling.temperature” must be a number"),
        ("temperature = 0.5", "seed = 1", line_of("temperature"), "unknown key “sampling.seed”"),
        ('name = "audience"', 'name = ""', line_of("name", 2), "“name” must be a text"),
        ('label = {en = "Memo", zh = "便条"}', 'label = "Memo"', line_of("label"), "a table: {en = …, zh = …}"),
        ('label = {en = "Memo", zh = "便条"}', "label = {}", line_of("label"), "“label” is missing in English"),
        ('label = {en = "Memo", zh = "便条"}', "", 0, "“label” is missing"),
        ("words = 100", "usual = 'odd'", line_of("words"), "a variant “odd” that is not there"),
        ("words = 100", "format = 'text'", line_of("words"), "a document has sections"),
        ("words = 100", "path = '/etc'", line_of("words"), "unknown key “path”"),
        (
            "share = 2.5",
            'share = 2\n[[variants]]\nid = "v"\nlabel = {en = "a", zh = "b"}\nsections = [\n"odd"]',
            line_of("share", 2) + 5,
            "“odd”",
        ),
        ('id = "memo"', 'id = "../memo"', 1, "is no id"),
        ('id = "memo"', 'id = "NUL"', 1, "is no id"),
        ("required = true", 'required = "yes"', line_of("required"), "true or false"),
    ],
)
def test_a_mistake_is_told_with_its_line(old: str, new: str, line: int, words: str) -> None:
    assert old in SOUND
    with pytest.raises(TemplateError) as told:
        parse_template(SOUND.replace(old, new, 1), PATH)
    assert words in told.value.reason
    assert told.value.line == line
    assert str(told.value).startswith(f"memo.toml, line {line}: " if line else "memo.toml: ")


def test_a_broken_template_never_hides_the_others(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "bad.toml").write_text("id = ", encoding="utf-8")
    (tmp_path / "binary.toml").write_bytes(b"label = 1\n\xff\xfe")
    (tmp_path / "folder.toml").mkdir()
    found = load_templates([tmp_path, tmp_path / "absent"])
    assert list(found.sound) == ["memo"]
    assert sorted(error.path.name for error in found.broken) == ["bad.toml", "binary.toml", "folder.toml"]
    assert {error.path.name: error.line for error in found.broken}["binary.toml"] == 2


def test_a_later_folder_goes_before_an_earlier_one(tmp_path: Path) -> None:
    for name, words in (("shipped", 100), ("own", 200)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "memo.toml").write_text(SOUND.replace("100", str(words)), encoding="utf-8")
    assert load_templates([tmp_path / "shipped", tmp_path / "own"]).sound["memo"].words == 200


@given(st.text(max_size=300))
def test_any_text_is_a_template_or_a_template_error(text: str) -> None:
    with pytest.raises(TemplateError):
        parse_template(text, PATH)


@given(st.integers(0, len(SOUND) - 1), st.text(max_size=3))
def test_a_damaged_template_is_read_or_refused(at: int, put: str) -> None:
    with contextlib.suppress(TemplateError):
        assert parse_template(SOUND[:at] + put + SOUND[at + 1 :], PATH).format in ("document", "text", "code", "line")


def test_a_part_without_its_value_is_left_out() -> None:
    text = "a report[ for {audience}][, {period}] [sic]"
    assert fill(text, {"audience": "all"}) == "a report for all [sic]"
    assert variables(text) == ["audience", "period"]


@given(st.text(), st.text())
def test_a_value_that_looks_like_a_variable_stays_as_it_is(one: str, other: str) -> None:
    assert fill("{a}-{b}", {"a": f"{{b}}{one}", "b": other}) == f"{{b}}{one}-{other}"

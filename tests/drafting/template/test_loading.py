"""Templates are read strictly: every mistake is told with its line."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.drafting.template.loading import Templates, load_templates, parse_template
from desktop.drafting.template.phrase_bank import SectionPhrases
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
instruction = {en = "How it starts.", zh = "开头。"}
share = 1

[[sections]]
id = "end"
heading = {en = "End", zh = "结尾"}
instruction = {en = "How it ends.", zh = "结尾。"}
share = 2.5
"""
PATH = Path("memo.toml")
# As a user of an earlier version wrote it.
FORMER = """\
id = "memo"
label = {en = "Memo", zh = "便条"}
kind = {en = "a memo", zh = "便条"}
system = {en = "You write.", zh = "你写。"}
prompt = {en = "Write about {topic}. {holds}", zh = "请写{topic}。{holds}"}
full_from = 3
usual = "short"
subject = {en = "We", zh = "我们"}
asks = true
examples = {en = ["lunch included => Lunch is included."], zh = []}
point_frames = {en = ["There is {a_point}."], zh = []}
sentences = 1
more = {en = ["In addition, it is"], zh = ["此外，"]}
facets = {en = ["The paragraph is about time."], zh = []}

[[slots]]
name = "topic"

[[sections]]
id = "start"
heading = {en = "Start", zh = "开头"}
holds = {en = "How it starts.", zh = "开头。"}
takes = {en = ["begin"], zh = ["开始"]}
leads = {en = ["At first,"], zh = ["首先，"]}

[[sections]]
id = "end"
heading = {en = "End", zh = "结尾"}
holds = {en = "How it ends.", zh = "结尾。"}
leads = {en = ["At last,"], zh = ["最后，"]}
point_leads = {en = ["This means that"], zh = ["这意味着"]}
point_frames = {en = ["Last, {point}."], zh = []}

[[variants]]
id = "short"
label = {en = "Short memo", zh = "短便条"}
"""


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
        (
            'instruction = {en = "How it ends.", zh = "结尾。"}\n',
            "",
            line_of("[[sections]]", 2),
            "“instruction” is missing",
        ),
        ("[ for {audience}]", "[ for {crowd}]", line_of("prompt"), "{crowd}"),
        ('id = "end"', 'id = "start"', line_of('id = "start"'), "twice"),
        ("How it ends.", "About {nobody}.", line_of("instruction", 2), "{nobody}"),
        ("temperature = 0.5", 'temperature = "hot"', line_of("temperature"), "“sampling.temperature” must be a number"),
        ("temperature = 0.5", "seed = 1", line_of("temperature"), "unknown key “sampling.seed”"),
        ('name = "audience"', 'name = ""', line_of("name", 2), "“name” must be a text"),
        ('label = {en = "Memo", zh = "便条"}', 'label = "Memo"', line_of("label"), "a table: {en = …, zh = …}"),
        ('label = {en = "Memo", zh = "便条"}', "label = {}", line_of("label"), "“label” is missing in English"),
        ('label = {en = "Memo", zh = "便条"}', "", 0, "“label” is missing"),
        ("words = 100", "default_variant = 'odd'", line_of("words"), "a variant “odd” that is not there"),
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


def test_a_template_of_an_earlier_version_is_read() -> None:
    template = parse_template(FORMER, PATH)
    assert template.prompt.en == "Write about {topic}. {instruction}"
    assert (template.points_for_full_length, template.default_variant) == (3, "short")
    start = template.sections[0]
    assert (start.instruction.en, start.point_keywords.zh) == ("How it starts.", ("开始",))
    bank = template.phrase_bank
    assert (bank.subject.zh, bank.verbs_are_requests, bank.sentences_per_prefix) == ("我们", True, 1)
    assert bank.point_examples.en == ("lunch included => Lunch is included.",)
    assert bank.point_frames.en == ("There is {a_point}.",)
    assert (bank.prefixes.zh, bank.aspects.en) == (("此外，",), ("The paragraph is about time.",))
    assert bank.of_section("start").prefixes.en == ("At first,",)
    assert bank.of_section("end").prefixes.zh == ("最后，",)
    assert bank.of_section("end").point_prefixes.en == ("This means that",)
    assert bank.of_section("end").point_frames.en == ("Last, {point}.",)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('leads = {en = ["At last,"], zh = ["最后，"]}', 'leads = ["At last,"]', 30, "“leads”"),
        (
            'leads = {en = ["At first,"], zh = ["首先，"]}',
            'leads = {en = ["At first,"]}',
            24,
            "“leads” is missing in Ch",
        ),
        ('holds = {en = "How it starts.", zh = "开头。"}', "holds = 1", 22, "“holds”"),
        ("asks = true", 'asks = "yes"', 9, "“asks” must be true or false"),
        ('usual = "short"', 'usual = "long"', 7, "“usual” names a variant “long”"),
        ("full_from = 3", "full_from = -3", 6, "“full_from”"),
        ("full_from = 3", "full_from = 3\npoints_for_full_length = 4", 6, "unknown key “full_from”"),
        ("{a_point}", "{a_pint}", 11, "{a_pint}"),
    ],
)
def test_a_mistake_in_a_former_key_is_told_by_the_name_that_stands_in_the_file(
    old: str, new: str, line: int, words: str
) -> None:
    assert old in FORMER
    with pytest.raises(TemplateError) as caught:
        parse_template(FORMER.replace(old, new, 1), PATH)
    assert words in caught.value.reason
    assert caught.value.line == line


BANK = """\
sentences_per_prefix = 3
prefixes.en = ["In addition, it is"]
prefixes.zh = ["此外，"]

[sections.end]
prefixes = {en = ["At last,"], zh = ["最后，"]}
"""


def with_bank(folder: Path, bank: str) -> Templates:
    (folder / "guided").mkdir()
    (folder / "guided" / "letters.toml").write_text(bank, encoding="utf-8")
    text = SOUND.replace("words = 100", 'words = 100\nphrase_bank = "letters"')
    (folder / "memo.toml").write_text(text, encoding="utf-8")
    return load_templates([folder])


def test_a_template_names_the_bank_of_what_the_guided_writer_says(tmp_path: Path) -> None:
    bank = with_bank(tmp_path, BANK).sound["memo"].phrase_bank
    assert (bank.sentences_per_prefix, bank.prefixes.zh) == (3, ("此外，",))
    assert bank.of_section("end").prefixes.en == ("At last,",)
    assert bank.of_section("start") == SectionPhrases()


def test_a_mistake_in_a_bank_is_told_with_its_file(tmp_path: Path) -> None:
    first, second = with_bank(tmp_path, BANK.replace('prefixes.zh = ["此外，"]', "")).broken
    assert str(first).endswith("letters.toml, line 2: “prefixes” is missing in Chinese.")
    assert (second.path.name, second.reason) == ("memo.toml", "“phrase_bank” names a bank “letters” that is not there")


def test_a_template_may_hold_a_bank_of_its_own() -> None:
    text = f"{SOUND}\n[phrase_bank]\nsentences_per_prefix = 3\n[phrase_bank.sections.end]\n"
    text += 'prefixes = {en = ["At last,"], zh = ["最后，"]}\n'
    bank = parse_template(text, PATH).phrase_bank
    assert (bank.sentences_per_prefix, bank.of_section("end").prefixes.en) == (3, ("At last,",))
    with pytest.raises(TemplateError, match="a section “odd” that is not there"):
        parse_template(text.replace("sections.end", "sections.odd"), PATH)


def test_a_broken_template_never_hides_the_others(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "bad.toml").write_text("id = ", encoding="utf-8")
    (tmp_path / "digits.toml").write_text("id = " + "1" * 5000, encoding="utf-8")
    (tmp_path / "deep.toml").write_text("id = " + "[" * 5000, encoding="utf-8")
    (tmp_path / "binary.toml").write_bytes(b"label = 1\n\xff\xfe")
    (tmp_path / "folder.toml").mkdir()
    found = load_templates([tmp_path, tmp_path / "absent"])
    assert list(found.sound) == ["memo"]
    broken = ["bad.toml", "binary.toml", "deep.toml", "digits.toml", "folder.toml"]
    assert sorted(error.path.name for error in found.broken) == broken
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

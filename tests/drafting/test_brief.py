"""Briefs: understood, refused, saved and read again."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.drafting.brief import Brief, from_table, keywords, to_table, understand
from desktop.drafting.outline import plan
from desktop.drafting.template.saved_briefs import SavedBriefs, read_brief
from desktop.drafting.template.template import Template
from desktop.drafting.template.wording import fill
from desktop.errors import BadInput
from desktop.history import History, Store
from tests.drafting.template.test_shipped import SHIPPED

TEXT = st.text(max_size=30).filter(lambda text: "\x00" not in text)


def test_a_brief_is_filled_with_defaults() -> None:
    filled = understand(SHIPPED.sound["email"], Brief("email", {"topic": "damaged kettle"}))
    assert filled.values["audience"] == "Sir or Madam"
    assert filled.values["about"] == "the damaged kettle"
    assert (filled.language, filled.length.amount) == ("en", 90)


def test_what_the_form_filled_in_is_no_part_of_the_request() -> None:
    slots = {"topic": "damaged kettle", "audience": "Sir or Madam", "tone": "firm"}
    filled = understand(SHIPPED.sound["email"], Brief("email", slots, ("bought on 3 May",)))
    assert filled.request == "a polite email: damaged kettle; bought on 3 May"
    assert filled.notes == ("Tone: firm",)
    own = understand(SHIPPED.sound["email"], Brief("email", slots, request="a firm email about my damaged kettle"))
    assert (own.request, own.notes) == ("a firm email about my damaged kettle", ())


def test_what_was_read_from_a_request_is_not_told_twice() -> None:
    asked = "写个通知 听到警铃走楼梯到南广场集合 有事找老魏 内线6018"
    brief = Brief("article", {"topic": "消防演练", "keywords": "警铃走、内线6018"}, ("带上毛巾",), request=asked)
    assert understand(SHIPPED.sound["article"], brief).request == f"{asked}\n消防演练\n带上毛巾"


def test_few_points_make_a_shorter_text_unless_its_length_is_asked_for() -> None:
    def words(points: int, **slots: str) -> int:
        brief = Brief("work_report", {"topic": "warehouse", **slots}, tuple(f"point {at}" for at in range(points)))
        return understand(SHIPPED.sound["work_report"], brief).length.amount

    assert [words(points) for points in (0, 2, 4, 9)] == [110, 155, 200, 200]
    assert words(1, length="200 words") == 200
    assert words(0, keywords="stock, scanners, staff, rent") == 200


@pytest.mark.parametrize(
    ("prefilled", "topic", "reader"),
    [
        ("先生/女士", "broken lamp", "Sir or Madam"),
        ("Sir or Madam", "台灯损坏", "先生/女士"),
        ("先生/女士", "台灯损坏", "先生/女士"),
        ("王先生", "broken lamp", "王先生"),
    ],
)
def test_a_default_that_the_form_filled_in_is_that_of_the_documents_language(
    prefilled: str, topic: str, reader: str
) -> None:
    filled = understand(SHIPPED.sound["email"], Brief("email", {"topic": topic, "audience": prefilled}))
    assert filled.values["reader"] == reader


def test_the_language_is_the_asked_one_or_that_of_the_brief() -> None:
    template = SHIPPED.sound["essay"]
    assert understand(template, Brief("essay", {"topic": "读书的好处"})).language == "zh"
    assert understand(template, Brief("essay", {"topic": "读书", "language": "English"})).language == "en"
    assert understand(template, Brief("essay", {"topic": "reading", "language": "中文"})).language == "zh"
    assert understand(template, Brief("essay", {"topic": "reading", "language": "fr"})).language == "fr"


@pytest.mark.parametrize(
    ("points", "title", "opening"),
    [
        (("please fix by Friday", "heating broken since 3 Jan"), "Heating broken since 3 Jan", "Dear landlord,"),
        (("please fix by Friday",), "", "Dear landlord,"),
        (("暖气从1月3日起坏了", "请在周五前修好"), "暖气从1月3日起坏了", "尊敬的landlord：\n\n您好！"),
    ],
)
def test_a_letter_without_a_topic_has_its_subject_from_its_points(
    points: tuple[str, ...], title: str, opening: str
) -> None:
    template, brief = SHIPPED.sound["email"], Brief("email", {"audience": "landlord"}, points)
    filled = understand(template, brief)
    assert plan(template, brief).title == title
    assert fill(template.sections[0].opening.of(filled.language), filled.values).strip() == opening


@pytest.mark.parametrize("template", [each for each in SHIPPED.sound.values() if each.sections], ids=lambda t: t.id)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_topic_that_nobody_gave_leaves_no_hole(template: Template, language: str) -> None:
    slots = {slot.name: "all good" for slot in template.slots if slot.required and slot.name != "topic"}
    brief = Brief(template.id, {**slots, "language": language}, request="write it")
    filled = understand(template, brief)
    texts = [section.opening.of(language) for section in template.sections] + [template.title.of(language)]
    told = [template.prompt.of(language), *(variant.title.of(language) for variant in template.variants)]
    for text in (*texts, *told):
        said = fill(text, {**filled.values, "instruction": "It ends."})
        assert not re.search(r"[:：]\s*$|“”|about[ .,]*(?:$|\.)|\b(?:of|for)[.,]|[:：]。|谈谈。|研究。", said), said


def test_nothing_at_all_is_still_too_little() -> None:
    with pytest.raises(BadInput, match="topic"):
        understand(SHIPPED.sound["email"], Brief("email"))


def test_the_language_is_that_of_the_request_and_not_of_its_nouns() -> None:
    def language(template: str, request: str, **slots: str) -> str:
        return understand(SHIPPED.sound[template], Brief(template, slots, request=request)).language

    chinese = "给李经理写一封邮件：项目 Phoenix 的 deadline 是 2027-03-01，server 是 AWS us-east-1，请 review PR 4471"
    assert language("email", chinese, topic="Phoenix deadline") == "zh"
    assert language("summarize", "Summarize this in one sentence: 市政府决定修桥。", source="市政府决定修桥。") == "en"
    assert language("rewrite", "Make this polite: 你明天来不来？", source="你明天来不来？") == "zh"


def test_keywords_become_points() -> None:
    filled = understand(
        SHIPPED.sound["essay"], Brief("essay", {"topic": "x", "keywords": "trust, hope；love"}, ("hope wins",))
    )
    assert filled.points == ("hope wins", "trust", "love")
    assert keywords(" a ,, b\nc") == ["a", "b", "c"]


@pytest.fixture
def store() -> Iterator[Store]:
    with History.temporary() as history, history.connect() as store:
        yield store


def test_a_saved_brief_is_the_same_again(store: Store) -> None:
    saved = SavedBriefs(store.briefs)
    brief = Brief("email", {"topic": "kettle", "source": "two\nlines"}, ("a “point”", "zwei"), "reply")
    name = saved.save("last/week: kettle", brief)
    assert saved.names() == [name]
    assert saved.load(name) == brief
    saved.save("second", Brief("essay", {"topic": "x"}))
    store.briefs.save("broken", "nonsense")
    assert saved.of("email") == [(name, brief)]
    with pytest.raises(BadInput, match="The brief broken is no TOML"):
        saved.load("broken")
    store.briefs.save("broken", "a = 1\nb = " + "1" * 5000)
    with pytest.raises(BadInput, match=r"The brief broken is no TOML: .* \(line 2\)\."):
        saved.load("broken")
    with pytest.raises(BadInput, match="There is no brief “absent”; there are: broken, second, "):
        saved.load("absent")
    for one in saved.names():
        saved.remove(one)
    assert saved.names() == []


@given(
    st.builds(Brief, st.just("email"), st.dictionaries(TEXT, TEXT, max_size=3), st.lists(TEXT, max_size=3).map(tuple))
)
def test_any_brief_goes_through_plain_data(brief: Brief) -> None:
    assert from_table(to_table(brief)) == brief


@given(TEXT)
def test_any_name_can_be_saved(name: str) -> None:
    with History.temporary() as history, history.connect() as store:
        saved = SavedBriefs(store.briefs)
        kept = saved.save(name, Brief("email", {"topic": "x"}))
        assert saved.names() == [kept]
        assert saved.load(kept).slots == {"topic": "x"}


@pytest.mark.parametrize(
    "text",
    [
        "", "template = 1", 'template = "email"\nslots = 3', 'template = "email"\npoints = "one"', "nonsense",
        'template = "email"\nextra = 1', 'template = "email"\n[slots]\ntopic = 3',
    ],
)  # fmt: skip
def test_a_wrong_brief_gets_one_sentence(text: str, tmp_path: Path) -> None:
    (tmp_path / "brief.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as told:
        read_brief(tmp_path / "brief.toml")
    assert "brief.toml" in str(told.value)
    with pytest.raises(BadInput):
        read_brief(tmp_path / "absent.toml")


def test_a_topic_that_is_a_question_opens_an_essay() -> None:
    template = SHIPPED.sound["essay"]
    asked = understand(template, Brief("essay", {"topic": "should school start later?"}))
    opening = fill(template.sections[0].opening.of("en"), asked.values)
    assert opening == "Should school start later? People answer this question in different ways."
    told = understand(template, Brief("essay", {"topic": "bees"}))
    assert fill(template.sections[0].opening.of("en"), told.values) == ""

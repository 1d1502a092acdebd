import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.quick.actions.action import ActionLimits
from desktop.quick.editing.checks import check, usable
from desktop.text.language import language_of

STRICT = ActionLimits(shortest=0.5, longest=1.5, numbers="kept", names="kept")


def wrong(text: str, result: str, limits: ActionLimits = STRICT) -> dict[str, str]:
    return {one.name: str(one.found) for one in check(text, result, limits) if not one.ok}


@pytest.mark.parametrize(
    ("text", "result", "found"),
    [
        ("Come at 5.", "Come at 6.", {"numbers": "−5, +6"}),
        ("Come on 3 May.", "Come in May.", {"numbers": "−3"}),
        ("It costs 1000 euros.", "It costs 1,000 euros.", {}),
        ("Three came, and 2 left.", "3 came, and two left.", {}),
        ("来了三个人。", "来了3个人。", {}),
        ("I asked Maria Lopez.", "I asked Maria.", {"names": "−Lopez"}),
        ("I asked her.", "I asked Maria.", {"names": "+Maria"}),
        ("I asked Tom.", "Tom was asked by me.", {}),
        ("Tom was asked.", "They asked Tom.", {}),
        ("and then I left", "And then I left. We Left.", {}),
        ("Mail to a.b@c.org now", "Mail to a.b@c.com now", {"names": "−a.b@c.org, +a.b@c.com"}),
        ("call foo_bar twice", "call foobar twice", {"names": "−foo_bar"}),
        ("We go home now.", "我们现在回家。", {"language": "中文"}),
        ("We go home now.", "I'm sorry, but I can't do that.", {"chatter": "I'm sorry, but"}),
        ("We go home now.", "We go home, [Your Name].", {"chatter": "[Your Name]", "names": "+Name"}),
        ("We go home now.", "", {"empty": "the model wrote nothing"}),
        ("We all go home right now.", "We all go home right now. " * 2, {"length": "6 → 12", "repeats": ""}),
    ],
)
def test_what_is_wrong_is_named(text: str, result: str, found: dict[str, str]) -> None:
    told = wrong(text, result)
    assert told.keys() == found.keys()
    assert all(told[name] == said for name, said in found.items() if said)


def test_a_summary_may_leave_out_but_not_invent() -> None:
    limits = ActionLimits(longest=0.8, numbers="none added", names="none added")
    text = "On 5 May Anna and Tom met 30 guests in Oslo, and all of them stayed for the whole long evening."
    assert wrong(text, "Anna met guests.", limits) == {}
    assert wrong(text, "Anna met 40 guests in Rome.", limits) == {"numbers": "+40", "names": "+Rome"}


def test_a_rewriting_keeps_most_of_the_meaning_and_adds_little() -> None:
    limits = ActionLimits(keeps=0.5, adds=0.3)
    text = "You have not paid the bill of 40 euros."
    assert wrong(text, "Could you please pay the bill of 40 euros?", limits) == {}
    assert wrong(text, "No worries at all!", limits) == {"meaning": "0/3, +1"}
    assert wrong("Come at 5.", "Come at 5, and bring cake, wine, bread and friends.", limits).keys() == {"meaning"}


REWRITTEN = ActionLimits(shortest=0.5, longest=1.6, keeps=0.5, adds=0.35, numbers="kept", names="kept")


@pytest.mark.parametrize(
    ("text", "result", "found"),
    [
        ("这个方案我们不同意，请周五前修改。", "我们同意这个方案，请在周五前修改。", {"meaning": "−不"}),
        ("我们同意这个方案。", "我们没同意这个方案。", {"meaning": "+没"}),
        ("他没有完成任务，别再等了。", "他完成了任务，请再等等。", {"meaning": "−别, −没"}),
        ("会议不仅很长，而且没有结果。", "会议很长，并且没有结果。", {}),
        ("不好意思，我周五来晚了。", "很抱歉，我周五来晚了。", {}),
        ("特别感谢非常认真的同事。", "衷心感谢十分认真的同事。", {}),
        ("请把 report 发给 Anna。", "请将 report 发送给 Anna。", {}),
        ("请把 report 发给 Anna。", "请将报告发送给 Anna。", {"names": "−report"}),
        ("预算是 500 元。", "预算为 800 元。", {"numbers": "−500, +800"}),
        ("项目下周开始测试，预算由财务部门审批。", "今天天气很好，我和朋友在公园散步聊天。", {"meaning": "0/17, +11"}),
        ("麻烦你们快点把货发过来。", "烦请贵方尽快将货物发送过来。", {}),
    ],
)
def test_a_chinese_rewriting_denies_what_the_text_denies_and_keeps_its_terms(
    text: str, result: str, found: dict[str, str]
) -> None:
    assert wrong(text, result, REWRITTEN) == found


@given(st.text(alphabet="我们不没未别同意这个方案，。5a", max_size=40))
def test_a_chinese_text_means_what_it_says(text: str) -> None:
    assert "meaning" not in wrong(text, text, REWRITTEN)


def test_going_in_circles_is_seen_within_a_sentence() -> None:
    assert wrong("You are late.", "I'm sorry, I'm sorry, I'm sorry, I am.", ActionLimits()) == {"repeats": "I'm sorry"}
    assert wrong("No, no, no, no!", "No, no, no, no!", ActionLimits()) == {}


def test_a_translation_must_be_in_the_other_language() -> None:
    limits = ActionLimits(language="other")
    assert wrong("We go home.", "我们回家。", limits) == {}
    assert wrong("We go home.", "We are going home.", limits) == {"language": "English"}


@pytest.mark.parametrize(
    ("text", "language"),
    [("Hello", "en"), ("你好", "zh"), ("请看 README 和 API 文档", "zh"), ("我用Python写", "zh"), ("", "en")],
)
def test_the_language_is_that_of_most_words(text: str, language: str) -> None:
    assert language_of(text) == language


@given(st.text(max_size=80))
def test_a_text_that_is_not_changed_is_usable(text: str) -> None:
    assert not text.strip() or usable(check(text, text, STRICT)) or wrong(text, text).keys() <= {"repeats"}


def test_nothing_is_no_result() -> None:
    assert wrong("Come at 5.", " ", ActionLimits(numbers="free", names="free")) == {"empty": "the model wrote nothing"}


def test_without_a_limit_one_word_may_be_explained_at_length() -> None:
    assert wrong("Amortization", "It is paid back little by little. " * 1 + "word " * 200, ActionLimits()).keys() <= {
        "repeats"
    }
    assert "length" in wrong("Amortization", "word " * 200, ActionLimits(longest=4.0))

"""A request in the user's own words: facts, wishes, what to leave out, parts; nothing of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.drafting.request import clauses, read_request, signature_of


@pytest.mark.parametrize(
    ("text", "facts", "wishes"),
    [
        (
            "email to my landlord: heating broken since Tuesday, flat 4B, polite, ask for 10% off the rent",
            ("heating broken since Tuesday", "flat 4B", "ask for 10% off the rent"),
            ("polite",),
        ),
        (
            "speech for Lena, she found the 40,000 euro error in 2019, warm and a bit funny, 2 minutes",
            ("she found the 40,000 euro error in 2019",),
            ("warm and a bit funny", "2 minutes"),
        ),
        ("apology to Mrs Okafor. no interest was charged. don't blame the carrier", ("no interest was charged",), None),
        ("写一份周报：新签合同3份，回款45万元，400字左右", ("新签合同3份", "回款45万元"), ("400字左右",)),
        (
            "事故报告：3分钟扑灭，换型从40分钟降到15分钟，语气平实",
            ("3分钟扑灭", "换型从40分钟降到15分钟"),
            ("语气平实",),
        ),
        ("给李经理写一封邮件：请 review PR 4471，别太长", ("请 review PR 4471",), ("别太长",)),
    ],
)
def test_facts_and_wishes_are_told_apart(text: str, facts: tuple[str, ...], wishes: tuple[str, ...] | None) -> None:
    read = read_request(text)
    assert read.facts == facts
    if wishes is not None:
        assert read.wishes == wishes


@pytest.mark.parametrize(
    ("text", "avoided"),
    [
        ("letter to Ana, the parcel is late, don't mention the carrier", ("the carrier",)),
        ("道歉信，孩子吵到很晚，不要提蛋糕", ("蛋糕",)),
    ],
)
def test_what_is_to_be_left_out_is_read(text: str, avoided: tuple[str, ...]) -> None:
    assert read_request(text).avoided == avoided


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "写实施方案，按“总体要求-工作目标-主要任务-保障措施”四个部分",
            ("总体要求", "工作目标", "主要任务", "保障措施"),
        ),
        ("写一份总结，分为背景、过程、结果三部分", ("背景", "过程", "结果")),
        ("letter to Ana, Ben and Carla about lunch", ()),
    ],
)
def test_parts_that_are_asked_for_become_the_outline(text: str, parts: tuple[str, ...]) -> None:
    assert read_request(text).parts == parts


@pytest.mark.parametrize(
    ("text", "count"),
    [("Prof. Keller comes at 3 p.m. Bring no. 7", 2), ("1,000 euros, “a, b” and more", 2), ("a (b, c), d", 2)],
)
def test_what_belongs_together_is_not_cut(text: str, count: int) -> None:
    assert len(clauses(text)) == count


@given(st.text(alphabet=st.sampled_from("ab 12,，.。:：;；“”()（）\n-是"), max_size=60))
def test_no_letter_of_a_request_is_lost(text: str) -> None:
    def letters(each: str) -> list[str]:
        return [sign for sign in each if sign.isalpha()]  # the number of a list item goes

    assert letters("".join(clauses(text))) == letters(text)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("客人给差评,等菜等了70分钟。帮我回复:出菜慢是我们的错,鱼的钱88元已退", ("出菜慢是我们的错", "鱼的钱88元已退")),
        ("Mrs Halloran complained. Write our reply: we refund 40 euros", ("we refund 40 euros",)),
    ],
)
def test_what_is_replied_to_need_not_be_said_again(text: str, facts: tuple[str, ...]) -> None:
    assert read_request(text).facts == facts


def test_a_denial_is_a_wish_only_behind_another_one() -> None:
    assert read_request("email to Ana: no interest, firm but not rude, no legal threats").facts == ("no interest",)


def test_codes_and_hyphens_stand_as_they_are() -> None:
    said = clauses("letter: ref HB-2291) and a 7-month-old\n1. call 07700-900143\n2. v2.10.1")
    assert said == ["letter", "ref HB-2291) and a 7-month-old", "call 07700-900143", "v2.10.1"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("thank-you note to Gus, 70ish words, from Kim and Theo", "Kim and Theo"),
        ("给邓老师的信，螺丝还留着，署名学生纪航", "学生纪航"),
        ("email to Ana: greetings from the whole team", ""),
    ],
)
def test_who_signs_is_read(text: str, name: str) -> None:
    assert signature_of(text) == name


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        ("thank you note to Gus, from Kim and Theo", "Kim and Theo"),
        ("reply to Mrs Halloran: the shelf ships on Friday. Signed Owen Pryce, customer care", "Owen Pryce"),
        ("email to Mr Petrakis: boiler out, and end with my name, Dana Whitfield", "Dana Whitfield"),
        ("resignation letter. I'm Pete Solano, my last day is 18 December", "Pete Solano"),
        ("email to Ana: I'm sorry about Friday", ""),
        ("写封求职信，我叫郑可，32岁", "郑可"),
        ("给老师写封信，落款学生纪航", "学生纪航"),
        ("请假条，我是会计2302班的林晓雯，请三天假", "林晓雯"),
    ],
)
def test_who_signs_is_read_from_the_request(text: str, signature: str) -> None:
    assert signature_of(text) == signature


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("cover letter: no clinic yet, so say that honestly", ["so say that honestly"]),
        ("copy: don't use “super”, “perfect” or the like, 20 litres", ["don't use “super”", "“perfect” or the like"]),
        ("essay: sleep, last sentence should be a question", ["last sentence should be a question"]),
        ("note: bin day is Friday now, ~120 words", ["~120 words"]),
        ("letter: I never worked there, but don't apologise for it", ["but don't apologise for it"]),
    ],
)
def test_what_is_said_to_the_writer_is_no_fact(text: str, wishes: list[str]) -> None:
    read = read_request(text)
    assert list(read.wishes) == wishes
    assert not set(read.facts) & set(wishes)


def test_apostrophes_are_no_quotation_of_parts() -> None:
    assert read_request("letter: I'm Jo, 120 check-ins a day, first-aid course, but don't say it").parts == ()

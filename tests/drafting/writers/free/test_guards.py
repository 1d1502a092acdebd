"""Sentences that nobody asked for: each kind of fault, and the like that is none."""

import pytest

from desktop.drafting.request import read_request, signature_of
from desktop.drafting.template.template import Strictness
from desktop.drafting.writers.free.given import GivenFacts
from desktop.drafting.writers.free.guards import Fault, SentenceGuard, speaks_to_its_subject

REQUEST = (
    "letter to Mr Petrov: heating broken since Tuesday, flat 4B, 2 small kids, fix by Friday, "
    "ask for 10% off the rent, Anna joins on Monday"
)
EXAMPLE = "letter to Ms Weir at Cannon Court: the boiler leaks, technician came twice"
CHINESE = "写一份周报：新签合同3份，回款45万元，下周拜访客户王总"


def fault(sentence: str, before: tuple[str, ...] = (), request: str = REQUEST, language: str = "en") -> Fault:
    guard = SentenceGuard(request, language, "factual", EXAMPLE, ("the carrier",), ("firm but not rude",), 5)
    return guard.fault(sentence, before)


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("The heating in flat 4B has been broken since Tuesday.", ""),
        ("Please have it fixed by Friday, as we have two small kids.", ""),
        ("Dear Mr Petrov,", ""),
        ("Kind regards", ""),
        ("Thank you for your help with this matter.", ""),
        ("Sure, here is your letter:", "talk"),
        ("Please call [Your Name] about the heating.", "placeholder"),
        ("The heating has been broken for 14 days since Tuesday.", "figure"),
        ("The heating has been broken for three weeks, since Tuesday.", "figure"),
        ("The heating has been broken since Wednesday.", "date"),
        ("My neighbour John says that the heating is broken.", "name"),
        ("Dear Ms Weir,", "name"),
        ("Subject: Heating broken at Cannon Court", "name"),
        ("The heating broke because the boiler leaks, and the technician came.", "example"),
        ("The carrier lost the heating.", "avoided"),
        ("I am firm but not rude about the heating.", "talk"),
        ("I hope this letter about the heating finds you well.", "cliché"),
        ("Anna joined us on Monday and looked at the heating.", "tense"),
        ("Anna will be joined by the kids on Monday.", ""),
    ],
)
def test_each_fault_is_seen(sentence: str, wrong: Fault) -> None:
    assert fault(sentence) == wrong


def test_a_sentence_that_tells_nothing_new_is_empty_and_one_may_stand() -> None:
    said = ("The heating in flat 4B has been broken since Tuesday.",)
    talk = "It is essential for everybody involved to feel comfortable."
    assert fault(talk, said) == ""  # one may explain
    assert fault("It makes a real difference to all parties.", (*said, talk)) == "empty"


def test_the_same_again_is_repeated() -> None:
    said = "The heating in flat 4B has been broken since Tuesday."
    assert fault("The heating in flat 4B was broken since Tuesday.", (said,)) == "repeated"


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("本周新签合同3份，回款45万元。", ""),
        ("回款450000元，新签三份合同。", ""),
        ("【周报】", ""),
        ("本周新签合同3份，总金额250万元。", "figure"),
        ("客户李明表示满意，回款45万元。", "name"),
        ("本周拜访了客户王总。", "tense"),
        ("下周一拜访客户王总。", "date"),
        ("回款45万元，为公司做出了重要贡献。", "cliché"),
        ("以下是本周的周报：", "talk"),
        ("联系人：【您的姓名】，回款45万元。", "placeholder"),
    ],
)
def test_each_fault_is_seen_in_chinese(sentence: str, wrong: Fault) -> None:
    assert fault(sentence, request=CHINESE, language="zh") == wrong


def test_a_fault_that_nothing_can_mend_is_seen_within_the_sentence() -> None:
    guard = SentenceGuard(REQUEST, "en", "factual")
    assert guard.early_fault("The heating has been broken for 14 days and") == "figure"
    assert guard.early_fault("The heating has been broken for 1") == ""  # 10 % perhaps


def test_a_story_may_invent_and_an_opinion_may_explain() -> None:
    story = SentenceGuard("a story about a heating", "en", "fiction")
    assert story.fault("John had 14 of them in March.", ()) == ""
    essay = SentenceGuard("essay: why we need libraries", "en", "opinion", facts=1)
    assert essay.fault("A quiet room is worth more than its rent to somebody who shares a bed.", ()) == ""
    assert essay.fault("In 1998 the city closed half of them.", ()) == "figure"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("回款45万元", "450,000"),
        ("at 14:00", "2 pm"),
        ("3 days", "three days"),
        ("三天", "3 days"),
        ("下午3点", "15:00"),
        ("12 people", "twelve people"),
    ],
)
def test_a_figure_may_be_written_otherwise(given: str, sentence: str) -> None:
    assert GivenFacts(given).foreign_figures(sentence) == []


@pytest.mark.parametrize(
    ("given", "sentence"), [("3 days", "4 days"), ("45万", "46万"), ("3月", "五月"), ("v2.10.1", "v2.10.2")]
)
def test_another_figure_is_foreign(given: str, sentence: str) -> None:
    assert GivenFacts(given).foreign_figures(sentence)


def test_a_heading_of_the_example_stays_only_where_it_means_something() -> None:
    shown = "一、本周进展\n招了3人。\n\n二、需要您决定\n加人。\n\n三、一点改进\n早开会。"
    guard = SentenceGuard("写周报，客服组，投诉19件，下周培训", "zh", "factual", shown=shown)
    assert guard.fault("\n\n二、需要您决定", []) == guard.fault("\n\n## 一点改进", []) == "example"
    assert (
        guard.fault("\n\n一、本周进展", [])
        == guard.fault("\n\n二、下周培训", [])
        == guard.fault("\n\n三、投诉", [])
        == ""
    )


def test_who_signs_is_not_greeted() -> None:
    asked = "帮我回复差评，两位厨师请假，鱼的钱已退回，店长阿勇"
    guard = SentenceGuard(asked, "zh", "factual", signer=signature_of(asked))
    assert guard.fault("阿勇，您好！", []) == "name"
    assert guard.fault("您好，", []) == ""


@pytest.mark.parametrize(
    ("asked", "sentence", "expected"),
    [
        ("写个通知 11月21号星期六消防演练", "消防演练定在11月21日周六。", ""),
        ("写个通知 11月21号星期六消防演练", "消防演练定在今晚，请参加。", "date"),
        ("notice: water off tues 17 nov", "The water will be off on Tuesday, 17 November.", ""),
        ("notice: water off tues 17 nov", "Yesterday the water was off for the lobby.", "date"),
        ("朋友圈：小店三周年，买一送一，80-120字", "小店三周年，买一送一，80-120字。", "talk"),
        ("朋友圈：小店三周年，买一送一，下午2点到6点，地址梧桐路", "小店三周年，买一送一，下午2点到6点。", "copied"),
    ],
)
def test_days_have_many_names_and_a_request_is_not_copied(asked: str, sentence: str, expected: str) -> None:
    language = "zh" if "。" in sentence else "en"
    wishes = read_request(asked).wishes
    strictness: Strictness = "opinion" if "朋友圈" in asked else "factual"
    assert SentenceGuard(asked, language, strictness, wishes=wishes).fault(sentence, []) == expected


@pytest.mark.parametrize(
    ("asked", "sentence", "expected"),
    [
        ("thank you note to Gus: he watched our cat, from Kim", "He watched our cat.", "person"),
        ("thank you note to Gus: he watched our cat, from Kim", "You watched our cat.", ""),
        ("帮我回复差评：承认两位厨师请假，鱼的钱已退", "承认两位厨师请假。", "talk"),
        ("帮我回复差评：承认两位厨师请假，鱼的钱已退", "当晚两位厨师请假。", ""),
        ("copy: don't use “super” or “perfect”, 20 litres", "It has 20 litres and is perfect for you.", "avoided"),
        ("essay: why sleep matters, 300 words", "That is why sleep matters. #Sleep #School", "talk"),
        ("instagram post: why sleep matters", "That is why sleep matters. #Sleep #School", ""),
    ],
)
def test_the_reader_is_spoken_to_and_the_writer_is_not(asked: str, sentence: str, expected: str) -> None:
    read = read_request(asked)
    language = "zh" if "。" in sentence else "en"
    guard = SentenceGuard(
        asked,
        language,
        "opinion",
        avoided=read.avoided,
        wishes=read.wishes,
        to_reader=speaks_to_its_subject(read.facts),
    )
    assert guard.fault(sentence, []) == expected

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.text.line_breaks import kept_breaks, with_breaks

PROSE = (
    "The committee met on Monday to look at the figures of the last quarter, and it found that most of them had been "
    "taken from an older report. Mr Okafor will check them again before the next meeting, which is on 4 May; until "
    "then nobody should use them. A list of open questions is attached, and Ines will answer what can be answered now."
)
CHINESE = (
    "委员会星期一开会讨论上个季度的数字，发现其中大部分来自旧的报告。李经理会在下次会议之前再检查一遍，会议定于五月四日"
    "举行；在此之前任何人都不应使用这些数字。附件里有一份未解决问题的清单，王芳会回答现在可以回答的问题。"
)


@pytest.mark.parametrize(
    "text",
    [
        "Ines Moreau\n12 Rue de l'Église\n75005 Paris\nFrance",
        "**Ines Moreau**\nHead of Finance\n[ines@example.org](mailto:ines@example.org)",
        "Kind regards,\nInes",
        "此致\n敬礼",
        "张三\n2027年3月1日",
        "北京市朝阳区建国路88号\n现代城5号楼1201室\n邮编：100022",
        "Two roads diverged in a yellow wood,\nAnd sorry I could not travel both\nAnd be one traveler, long I stood",
        "so much depends\nupon",
        "it rains\nand the lamp\nkeeps a small moon\nof its own",
        "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。",
        "日照香炉生紫烟，遥看瀑布挂前川。\n飞流直下三千尺，疑是银河落九天。\n两岸青山相对出，孤帆一片日边来。",
        "我把夏天折进信封里\n寄给一个没有名字的城市\n邮差说，那里只下雪",
        "Shall I compare the harbour to a painted afternoon of June,\n"
        "Or leave it to the gulls, who never learned to read,\n"
        "And let the evening write its own and crooked tune,\nWith nothing but the wind to be its pen and reed?",
        "Name: Ines Moreau\nDate: 12 May 2027\nPlace: Paris",
        "📅 12 May\n📍 Room 4",
    ],
)
def test_lines_that_are_meant_stay(text: str) -> None:
    lines = text.split("\n")
    assert kept_breaks(lines) == set(range(len(lines) - 1))


@pytest.mark.parametrize("width", [36, 42, 50, 60, 72, 80, 100, 120])
def test_wrapped_prose_flows(width: int) -> None:
    assert kept_breaks(textwrap.wrap(PROSE, width)) == frozenset()


@pytest.mark.parametrize("width", [16, 20, 25, 30, 36, 40, 60])
def test_wrapped_chinese_flows(width: int) -> None:
    lines, rest = [], CHINESE
    while rest:
        cut = width - 1 if rest[width : width + 1] and rest[width] in "，。；" else width
        lines.append(rest[:cut])
        rest = rest[cut:]
    assert kept_breaks(lines) == frozenset()


def test_a_form_of_address_and_a_signature_around_wrapped_prose_stay() -> None:
    body = textwrap.wrap(PROSE, 72)
    lines = ["Dear Mr Zheng,", *body, "Kind regards,", "Ines Moreau"]
    assert kept_breaks(lines) == {0, len(body), len(body) + 1}


def test_a_long_line_among_the_short_ones_of_an_address_stays() -> None:
    assert kept_breaks(["Department of Comparative Literature and Linguistics", "12 Rue Cujas", "75005 Paris"]) == {
        0,
        1,
    }


def test_sentences_of_a_line_each_flow() -> None:
    lines = [
        "The first sentence stands on a line of its own, as some write.",
        "The second one is a little longer, so that nothing was wrapped here.",
        "The third one ends the paragraph.",
    ]
    assert kept_breaks(lines) == frozenset()


def test_what_ends_hard_and_code_over_an_end_of_line_stay_as_they_are() -> None:
    lines = ["one  ", "two\\", "three<br>", "`a", "b` four", "five"]
    assert kept_breaks(lines) == {4}
    assert with_breaks(lines) == ["one  ", "two\\", "three<br>", "`a", "b` four  ", "five"]


@given(st.lists(st.text(max_size=70), max_size=6))
def test_any_lines_are_taken(lines: list[str]) -> None:
    assert kept_breaks(lines) <= set(range(len(lines) - 1))
    assert [line.rstrip() for line in with_breaks(lines)] == [line.rstrip() for line in lines]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.quick.editing.kept import (
    addressed,
    amounts,
    dates,
    lost_address,
    lost_amounts,
    lost_apology,
    lost_dates,
    lost_negation,
    swapped_roles,
)

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ZH_DAYS = "一二三四五六日"
TITLES = ("总", "经理", "老师", "先生", "女士", "主任")


@given(st.integers(0, 6), st.integers(0, 6))
def test_another_day_is_found_in_both_languages(one: int, other: int) -> None:
    texts = f"Come on {DAYS[one]}.", f"Please come on {DAYS[other]}."
    assert bool(lost_dates(*texts, "kept")) == (one != other)
    assert bool(lost_dates(f"请周{ZH_DAYS[one]}来", f"请您星期{ZH_DAYS[other]}前来", "kept")) == (one != other)
    assert bool(lost_dates(texts[0], f"请周{ZH_DAYS[other]}来。", "kept")) == (one != other)


@given(st.integers(2, 99), st.integers(2, 99), st.sampled_from("元天人份"))
def test_another_amount_in_characters_is_found_and_one_in_figures_is_the_same(one: int, other: int, unit: str) -> None:
    def characters(number: int) -> str:
        tens, ones = divmod(number, 10)
        digits = "零一二三四五六七八九"
        return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones else "")

    text = f"一共{characters(one)}{unit}。"
    assert bool(lost_amounts(text, f"总共{characters(other)}{unit}。", "kept")) == (one != other)
    assert lost_amounts(text, f"总共{one}{unit}。", "kept") == ""


@given(
    st.sampled_from("王李张刘陈杨赵"),
    st.sampled_from(TITLES),
    st.sampled_from("王李张刘陈杨赵"),
    st.sampled_from(TITLES),
)
def test_another_form_of_address_is_found(one: str, title: str, other: str, other_title: str) -> None:
    texts = f"{one}{title}：您好！请回复。", f"尊敬的{other}{other_title}：您好！敬请回复。"
    assert bool(lost_address(*texts, "kept")) == ((one, title) != (other, other_title))


@given(
    st.sampled_from(
        ["We did not pay.", "He can't come.", "It never works.", "我们没有付款。", "他不能来。", "无法送达。"]
    )
)
def test_a_text_keeps_what_it_denies(text: str) -> None:
    assert lost_negation(text, text, "kept") == ""
    assert lost_negation(text, "We paid and he comes, it works.", "kept")
    assert lost_negation("He comes." if text.isascii() else "他来。", text, "kept")


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("We can't come.", "Unfortunately, we are unable to come."),
        ("周五我们来不了。", "我们周五无法出席。"),
        ("Please reply.", "Please do not hesitate to reply."),
        ("我不得不走。", "我必须走。"),
        ("对不起，来晚了。", "很抱歉，我来晚了。"),
        ("It won't work without a key.", "Without a key it does not work."),
    ],
)
def test_another_wording_of_a_denial_is_the_same(text: str, result: str) -> None:
    assert lost_negation(text, result, "kept") == ""


@pytest.mark.parametrize(
    ("text", "result", "swapped"),
    [
        ("I will send you the file.", "You will send me the file.", True),
        ("I will send you the file.", "I shall gladly send you the file.", False),
        ("Send me the file.", "Could you please send me the file?", False),
        ("Send me the file.", "I will send you the file.", True),
        ("He pays us on Friday.", "We pay him on Friday.", True),
        ("We will call you.", "You will get a call from us.", False),
        ("把报告发给我。", "请将报告发给我。", False),
        ("把报告发给我。", "我会将报告发给您。", True),
        ("我会通知你。", "请您通知我。", True),
        ("她说他欠我们400元。", "她表示他欠你们400元。", True),
        ("Give us the keys.", "Could you give us the keys?", False),
    ],
)
def test_who_does_what_to_whom_is_compared(text: str, result: str, *, swapped: bool) -> None:
    assert bool(swapped_roles(text, result, "kept")) == swapped


def test_an_apology_is_not_lost_and_may_be_said_otherwise() -> None:
    assert lost_apology("Sorry, we are late.", "We apologize for being late.", "kept") == ""
    assert lost_apology("Sorry, we are late.", "We are late.", "kept") == "−Sorry"
    assert lost_apology("不好意思，来晚了。", "很抱歉，我来晚了。", "kept") == ""
    assert lost_apology("We are late.", "Sorry, we are late.", "kept") == ""


def test_what_is_no_day_amount_or_address_is_not_taken_for_one() -> None:
    assert dates("The sunny month may bring monetary march.") == {}
    assert amounts("一个人一下子一起走，周三点名。") == {}
    assert addressed("各位老师，你们先生产，再总结。") == {}


def test_new_days_are_told_where_only_new_ones_count() -> None:
    assert lost_dates("Come on Monday.", "Come.", "none added") == ""
    assert lost_dates("Come.", "Come on Monday.", "none added") == "+Monday"
    assert lost_dates("Come.", "Come on Monday.", "free") == ""

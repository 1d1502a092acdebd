import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.quick.editing.chinese import corrected_chinese


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("你好,世界.", "你好，世界。"),
        ("我门明天去,他门不去!", "我们明天去，他们不去！"),
        ("这是我的的书。", "这是我的书。"),
        ("我觉的很好。", "我觉得很好。"),
        ("他不的不走。", "他不得不走。"),
        ("我以经到了。", "我已经到了。"),
        ("到时侯再说。", "到时候再说。"),
        ("他一如继往, 再接再励。", "他一如既往，再接再厉。"),
    ],
)
def test_sure_mistakes_are_corrected(wrong: str, right: str) -> None:
    assert corrected_chinese(wrong) == right


@pytest.mark.parametrize(
    "right",
    [
        "我门口有一棵树。", "这个目的的意义。", "的的确确是这样。", "是是非非说不清。", "这是视觉的问题。",
        "国家以经济建设为中心。", "版本1.5:见a.txt", "价格是3.5元。", "会议改到星期五下午3:30。", "他说的很对。",
        "坐我的的士去。", "不了了之。",
        "但是是他说的。", "睡觉的好处。", "打开 main.py, 然后运行。", "因该公司破产，我们换了一家。",
    ],
)  # fmt: skip
def test_what_is_right_stays(right: str) -> None:
    assert corrected_chinese(right) == right


@given(st.text(alphabet="我门的是觉不以经时侯,.!? 你好a1，。"))
def test_a_text_never_grows(text: str) -> None:
    assert len(corrected_chinese(text)) <= len(text)


@given(st.text(alphabet=st.characters(max_codepoint=0x2FF)))
def test_other_languages_are_never_touched(text: str) -> None:
    assert corrected_chinese(text) == text

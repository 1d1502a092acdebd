import pytest

from desktop.quick.editing.form import frame_of, lost_form, wrong_form


@pytest.mark.parametrize(
    "line",
    ["Dear Ms Chen,", "Hi all,", "Kind regards", "Yours sincerely,", "Tom Berg", "| a | b |", "|---|---|", "王经理：",
     "您好！", "此致", "敬礼！", "张伟", "行政部", "2026年5月1日", "---"],
)  # fmt: skip
def test_the_frame_of_a_letter_and_the_rows_of_a_table_stay(line: str) -> None:
    assert frame_of(line, alone=False)
    assert not frame_of(line, alone=True)


@pytest.mark.parametrize(
    "line",
    [
        "Your order is late.",
        "I can't come, sorry",
        "hey, can u send me the file asap?",
        "您的包裹今天寄出。",
        "麻烦把文件发我，谢谢",
    ],
)
def test_what_a_text_says_is_no_frame(line: str) -> None:
    assert not frame_of(line, alone=False)


def test_a_lost_table_list_or_fence_is_told() -> None:
    assert lost_form("- a\n- b", "a and b") == "- 2 → 0"
    assert lost_form("| a | b |\n|---|---|\n| 1 | 2 |", "a: 1, b: 2") == "| 3 → 0"
    assert lost_form("```\nx\n```", "x") == "``` 2 → 0"
    assert lost_form("- a\n- b", "- a\n- b\n- c") == ""
    assert lost_form("1. one thing", "one thing") == ""


def test_a_result_that_must_be_a_list_or_a_table_is_one() -> None:
    assert wrong_form("- a\n- b", "list") == ""
    assert wrong_form("Here:\n- a", "list") == "Here:"
    assert wrong_form("| a |\n|---|\n| 1 |", "table") == ""
    assert wrong_form("| a | b |", "table") == "| a | b |"
    assert wrong_form("anything", "") == ""

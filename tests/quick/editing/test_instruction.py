import pytest

from desktop.quick.editing.instruction import is_said, missing_additions, read_instruction


@pytest.mark.parametrize(
    ("asked", "additions", "styles"),
    [
        ("make this more polite and add that we give a 5 % discount", ("we give a 5 % discount",), ("formal",)),
        ("改得正式一点，并加上周五前回复", ("周五前回复",), ("formal",)),
        ("shorter, and mention Anna joins on Monday", ("Anna joins on Monday",), ("shorter",)),
        ("add that the room is 204 and make it friendlier", ("the room is 204",), ("friendly",)),
        ("告诉他会议改到三楼，语气客气点", ("会议改到三楼",), ("formal",)),
        ("Please add a sentence saying lunch is included", ("lunch is included",), ()),
        ("fix the typos", (), ("proofread",)),
        ("润色一下", (), ("rewrite",)),
    ],
)
def test_styles_and_additions_are_read_from_a_request(
    asked: str, additions: tuple[str, ...], styles: tuple[str, ...]
) -> None:
    read = read_instruction(asked)
    assert (read.additions, read.styles, read.question) == (additions, styles, False)


@pytest.mark.parametrize("asked", ["replace the date by 21 May", "把时间改成周四下午", "remove the last paragraph"])
def test_what_no_code_reads_is_left_to_the_model(asked: str) -> None:
    assert read_instruction(asked).rest


def test_what_is_wholly_read_leaves_nothing_to_the_model() -> None:
    assert not read_instruction("please make it a bit more formal").rest
    assert not read_instruction("add that lunch is included").rest


@pytest.mark.parametrize(
    "asked", ["what does this mean?", "总结一下", "is this correct", "这句话对吗", "write a reply"]
)
def test_a_question_is_no_edit(asked: str) -> None:
    assert read_instruction(asked).question


def test_an_addition_is_said_with_its_figures_names_and_most_of_its_words() -> None:
    text = "Dear Ms Chen, your order is late."
    what = "we give a 5 % discount"
    assert is_said(what, text, text + " We are giving you a discount of 5 %.")
    assert not is_said(what, text, text + " We are giving you a discount of 10 %.")
    assert not is_said(what, text, text)
    assert not is_said("call Sara", text, text + " Please call Tom.")
    assert is_said("周五前回复", "您好。", "您好，请于周五前回复我。")
    assert not is_said("周五前回复", "您好。", "您好，请尽快联系我。")


def test_what_is_missing_is_told_in_the_users_words() -> None:
    wanted = read_instruction("add that lunch is included and mention room 204")
    assert missing_additions(wanted, "Come.", "Come. Lunch is included.") == "room 204"

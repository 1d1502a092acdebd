import pytest

from desktop.quick.editing.chinese_sounds import ChineseSounds
from desktop.quick.editing.chinese_words import ChineseWords


@pytest.fixture(scope="module")
def sounds() -> ChineseSounds:
    return ChineseSounds()


@pytest.mark.parametrize(
    ("char", "syllable"),
    [("啊", "a"), ("应", "ying"), ("已", "yi"), ("旅", "lv"), ("略", "lve"), ("中", "zhong"), ("龘", "")],
)  # fmt: skip
def test_a_character_of_everyday_use_has_its_sound(sounds: ChineseSounds, char: str, syllable: str) -> None:
    assert sounds.syllable(char) == syllable


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("因", "应"), ("以", "已"), ("侯", "候"), ("扬", "场"), ("再", "在"), ("治", "指"), ("昌", "冒"), ("员", "园")],
)
def test_what_is_often_mixed_up_is_among_what_it_may_be(sounds: ChineseSounds, wrong: str, right: str) -> None:
    assert right in sounds.taken_for(wrong)
    assert wrong not in sounds.taken_for(wrong)


def test_each_of_3755_characters_has_one_syllable(sounds: ChineseSounds) -> None:
    assert len({sounds.syllable(char) for char in "波坡摸佛得特呢了哥科和机七西之吃是日资此思"}) == 21
    assert sum(bool(sounds.syllable(chr(code))) for code in range(0x4E00, 0xA000)) == 3755


def test_names_and_what_is_protected_are_not_touched() -> None:
    text = "请王芳老师：因该看看图"
    edits = list(ChineseWords().edits(text, ((8, 9),)))
    assert {(edit.start, edit.text) for edit in edits} >= {(6, "应")}
    assert not {edit.start for edit in edits} & {1, 2, 8}


def test_a_short_line_is_a_name() -> None:
    assert list(ChineseWords().edits("因该晓明", ())) == []

"""Chinese characters: which they are, and that a rare one counts wherever a common one does."""

import pytest

from desktop.chat.request_reading import is_request
from desktop.documents.pdf import _no_font as reason_about_fonts
from desktop.drafting import length
from desktop.drafting.english import as_sentence
from desktop.quick.editing.chinese import corrected_chinese
from desktop.quick.editing.length import length_of
from desktop.text.han import count_han, holds_han, is_punctuation, is_wide, needs_no_blank, without_han
from desktop.text.language import language_of, request_language

RARE = [
    "\u3431",  # extension A, in names of people
    "\U00020bb7",  # extension B, 𠮷 of 𠮷野家
    "\U00030edd",  # extension G, the noodles of biangbiang
    "\ufa0e",  # stands among the compatibility ideographs
    "〇",
]


@pytest.mark.parametrize("char", [*RARE, "中", "龥", "鿿", "々"])
def test_rare_characters_are_chinese(char: str) -> None:
    assert holds_han(f"a{char}b")
    assert count_han(f"a{char}{char}") == 2
    assert without_han(f"a{char}b") == "a b"


@pytest.mark.parametrize("char", ["a", "é", "1", "，", "　", "あ", "カ", "한", "①", "😀", ""])
def test_other_characters_are_not(char: str) -> None:
    assert not holds_han(char)


@pytest.mark.parametrize(
    ("before", "after", "none"),
    [
        ("中", "文", True),
        ("，", "文", True),
        ("中", "\U00020bb7", True),
        ("中", "a", False),
        ("a", "文", False),
        ("", "文", False),
        ("中", "", False),
    ],
)
def test_chinese_knows_no_blanks(before: str, after: str, none: bool) -> None:
    assert needs_no_blank(before, after) is none


def test_punctuation_and_width() -> None:
    assert [is_punctuation(char) for char in "，*+a中"] == [True, True, True, False, False]
    assert [is_wide(char) for char in "，中あa*"] == [True, True, True, False, False]


@pytest.mark.parametrize("char", RARE)
def test_a_rare_character_counts_wherever_a_common_one_does(char: str) -> None:
    text = char * 4
    assert is_request(text)
    assert request_language(text) == "zh"
    assert language_of(text) == "zh"
    assert length_of(text) == length.count(text) == 4
    assert as_sentence(f"A {text}").endswith("。")
    assert corrected_chinese(f"{text},{text}") == f"{text}，{text}"
    assert "fonts-noto-cjk" in str(reason_about_fonts([char]))

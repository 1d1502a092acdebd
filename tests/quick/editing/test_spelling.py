from hypothesis import given
from hypothesis import strategies as st

from desktop.quick.editing.spelling import WordList, distance

WORDS = WordList({"tomorrow": 900, "borrow": 300, "customers": 500, "customer": 700, "tommyrot": 3, "cats": 90})
SHORT = st.text(alphabet="abc", max_size=5)


def test_one_edit_comes_before_two() -> None:
    assert WORDS.near("custommers") == ["customers"]
    assert WORDS.near("tommorow") == ["tomorrow"]
    assert WORDS.near("acts") == ["cats"]
    assert WORDS.near("zzzzzzzz") == []


def test_the_most_used_comes_first() -> None:
    assert WORDS.near("customerz") == ["customer", "customers"]


def test_the_list_that_comes_along_is_english() -> None:
    words = WordList.english()
    assert words.near("recieve")[0] == "receive"
    assert words.near("tommorow")[0] == "tomorrow"
    assert "because" in words
    assert words.often("because")


@given(SHORT, SHORT, SHORT)
def test_a_distance_is_one(one: str, other: str, third: str) -> None:
    there = distance(one, other, most=99)
    assert there == distance(other, one, most=99)
    assert (there == 0) == (one == other)
    assert abs(len(one) - len(other)) <= there <= max(len(one), len(other))
    assert distance(one, other, most=1) == min(there, 2)
    assert distance(one + third, other + third, most=99) <= there


@given(st.sampled_from(["tomorrow", "customers"]), st.data())
def test_a_word_with_two_letters_wrong_is_found(word: str, data: st.DataObject) -> None:
    first, second = sorted(data.draw(st.sets(st.integers(0, len(word) - 1), min_size=2, max_size=2)))
    wrong = word[:first] + "x" + word[first + 1 : second] + "x" + word[second + 1 :]
    assert word in WORDS.near(wrong) or distance(wrong, WORDS.near(wrong)[0], most=2) == 1

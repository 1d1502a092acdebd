import itertools
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.quick.editing.diff import Part, common_words, difference_so_far, word_difference

WORDS = st.sampled_from(["a", "the", "cat", "sat", " ", "  ", "\n", ",", ".", "don't", "一", "二", "好", "3.5", "x_1"])
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=40).map("".join))


def changes(old: str, new: str, *, code: bool = False) -> list[tuple[str, str]]:
    return [(part.removed, part.added) for part in word_difference(old, new, code=code).changes]


def longest(old: list[str], new: list[str]) -> int:
    """The length of a longest common subsequence, by the textbook."""
    row = [0] * (len(new) + 1)
    for one in old:
        before = row[:]
        for place, other in enumerate(new):
            row[place + 1] = before[place] + 1 if one == other else max(before[place + 1], row[place])
    return row[-1]


@given(TEXTS, TEXTS, st.booleans())
def test_all_changes_give_the_new_text_and_none_the_old_one(old: str, new: str, code: bool) -> None:
    difference = word_difference(old, new, code=code)
    assert difference.old == old
    assert difference.new == new
    assert difference.with_changes(range(len(difference.changes))) == new
    assert difference.with_changes(()) == old


@given(TEXTS, TEXTS)
def test_kept_and_changed_parts_take_turns_and_none_is_empty(old: str, new: str) -> None:
    parts = word_difference(old, new).parts
    assert all(part.removed or part.added for part in parts)
    assert all(one.changed != other.changed for one, other in itertools.pairwise(parts))


@given(st.lists(st.sampled_from("abcde"), max_size=30), st.lists(st.sampled_from("abcde"), max_size=30))
@settings(max_examples=300)
def test_as_many_words_are_kept_as_can_be(old: list[str], new: list[str]) -> None:
    pairs = common_words(old, new)
    assert all(old[one] == new[other] for one, other in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in itertools.pairwise(pairs))
    assert len(pairs) == longest(old, new)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert word_difference(text, text).changes == ()


@given(TEXTS, TEXTS)
def test_a_text_that_is_being_written_loses_nothing(old: str, begun: str) -> None:
    difference = difference_so_far(old, begun)
    assert difference.old == old
    assert difference.new == begun


def test_whole_words_change() -> None:
    old = "If you have told me a year ago that I would finish, I would of laughed."
    new = "If you had told me a year ago that today I would finish, I would have laughed."
    assert changes(old, new) == [("have", "had"), ("", "today "), ("of", "have")]


def test_words_that_change_together_are_one_change() -> None:
    assert changes("He have went home.", "He had gone home.") == [("have went", "had gone")]


def test_two_misspellings_side_by_side_are_two_changes() -> None:
    assert changes("a qick brwn fox", "a quick brown fox") == [("qick", "quick"), ("brwn", "brown")]


def test_an_apostrophe_is_part_of_its_word() -> None:
    assert changes("I dont know", "I don't know") == [("dont", "don't")]


def test_a_comma_is_a_change_of_its_own() -> None:
    assert changes("Yes we can", "Yes, we can") == [("", ",")]


def test_chinese_changes_by_character_and_joins_over_a_single_one() -> None:
    assert changes("我昨天去公园玩", "我昨日去公园玩") == [("天", "日")]
    assert changes("请你快些回复我", "请您快速回复我") == [("你快些", "您快速")]


def test_code_changes_by_token() -> None:
    assert changes("if user_name = 1:", "if user_name == 1:", code=True) == [("=", "==")]


def test_a_changed_line_break_is_told() -> None:
    assert changes("one\ntwo", "one two") == [("\n", " ")]


def test_one_of_two_changes_can_be_refused() -> None:
    difference = word_difference("teh cat, teh dog", "the cat, the dog")
    assert difference.with_changes({1}) == "teh cat, the dog"


def test_what_is_not_written_yet_is_pending_and_not_removed() -> None:
    difference = difference_so_far("I has a cat and a dog.", "I have a cat")
    assert difference.changes == (Part("has", "have"),)
    assert difference.pending == " and a dog."


def test_a_book_is_compared_in_a_blink() -> None:
    """Beyond exact matching: runs of eight words are anchors. Also holds the memory down."""
    old = [str(number) for number in range(40_000)]
    new = ["x" if number % 100 == 7 else word for number, word in enumerate(old)]
    begun = time.thread_time()
    pairs = common_words(old, new)
    assert len(pairs) == 40_000 - 400
    assert time.thread_time() - begun < 5

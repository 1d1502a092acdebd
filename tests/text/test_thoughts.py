"""Thoughts are parted from the answer, however the pieces are cut."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.text.thoughts import Parts, ThoughtSplitter, opened_thought, with_closed_thought

_BITS = st.sampled_from(
    ["<think>", "</think>", "[THINK]", "[/THINK]", "<th", "ink>", "</", " ", "\n\n", "Because", "好的。", "x < y", "<"]
)


def parted(pieces: list[str], prompt_end: str = "", *, begun: bool = False) -> Parts:
    splitter = ThoughtSplitter(prompt_end, begun=begun)
    parts = [*map(splitter.feed, pieces), splitter.close()]
    return Parts("".join(part.thought for part in parts), "".join(part.text for part in parts))


@given(st.lists(_BITS, max_size=12).map("".join), st.sets(st.integers(0, 80)), st.sampled_from(["", "<think>\n"]))
def test_the_parts_are_the_same_however_the_answer_is_cut(whole: str, cuts: set[int], prompt_end: str) -> None:
    edges = [0, *sorted(cut for cut in cuts if cut < len(whole)), len(whole)]
    pieces = [whole[start:end] for start, end in itertools.pairwise(edges)]
    assert parted(pieces, prompt_end) == parted([whole], prompt_end)


@given(st.text(alphabet="abc .\n好", max_size=30), st.text(alphabet="abc .\n好", max_size=30))
def test_a_thought_and_the_answer_behind_it_are_told_apart(thought: str, answer: str) -> None:
    assert parted([*f"\n<think>{thought}</think>\n\n{answer}"]) == (thought.lstrip(), answer.lstrip())


@given(st.text(max_size=40).filter(lambda text: not text.strip().startswith(("<", "["))))
def test_an_answer_without_a_thought_is_all_text(text: str) -> None:
    assert parted([*text]) == ("", text)


def test_a_thought_may_be_opened_by_the_prompt() -> None:
    assert parted(["Well", "…</thi", "nk>\n\nYes."], "<|im_start|>assistant\n<think>\n") == ("Well…", "Yes.")


def test_a_thought_that_is_never_closed_is_a_thought_to_its_end() -> None:
    assert parted(["<think>It goes on", " and on </thin"]) == ("It goes on and on </thin", "")


def test_an_empty_thought_is_none() -> None:
    assert parted(["<think>\n\n</think>\n\n", "Yes."]) == ("", "Yes.")


@pytest.mark.parametrize("answer", ["The tag <think> opens a thought.", "`<think>` and `</think>`", "<thin ice>"])
def test_an_answer_about_the_tags_is_text(answer: str) -> None:
    assert parted([*answer]) == ("", answer)


def test_an_answer_that_goes_on_holds_no_thought() -> None:
    assert parted(["<think>", "x</think>"], begun=True) == ("", "<think>x</think>")


def test_a_splitter_tells_whether_it_is_in_a_thought() -> None:
    splitter = ThoughtSplitter("<think>")
    assert splitter.thinking
    splitter.feed("a</think>b")
    assert not splitter.thinking


def test_a_thought_that_the_prompt_opens_is_closed_with_nothing_in_it() -> None:
    assert with_closed_thought("assistant\n<think>\n") == "assistant\n<think>\n\n</think>\n\n"
    assert with_closed_thought("assistant\n") == "assistant\n"
    assert opened_thought("<think>\n\n</think>\n\n") == ""

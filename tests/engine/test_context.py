"""Which messages go into the prompt when not all of them fit."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.context import fit
from desktop.engine.interface import Message
from desktop.errors import PromptTooLong


def encode(messages: Sequence[Message]) -> list[int]:
    """One token per character, and one per message."""
    return [ord(letter) for message in messages for letter in f"{message.content}|"]


def conversation(*lengths: int) -> list[Message]:
    return [Message("user" if n % 2 == 0 else "assistant", "abcdef"[n % 6] * size) for n, size in enumerate(lengths)]


def test_a_conversation_that_fits_is_kept_whole() -> None:
    messages = conversation(5, 5, 5)
    assert fit(messages, encode, 40, 10) == (encode(messages), 0)


def test_the_oldest_turns_go_first_and_whole() -> None:
    messages = conversation(10, 10, 10, 10, 5)
    prompt, dropped = fit(messages, encode, 45, 10)
    assert dropped == 2
    assert prompt == encode(messages[2:])


def test_the_system_message_stays() -> None:
    messages = [Message("system", "S"), *conversation(10, 10, 5)]
    prompt, dropped = fit(messages, encode, 20, 5)
    assert dropped == 2
    assert prompt == encode([messages[0], messages[3]])


def test_a_long_question_takes_the_room_of_the_answer() -> None:
    messages = conversation(5, 5, 30)
    assert fit(messages, encode, 40, 20) == (encode(messages[2:]), 2)


def test_a_question_longer_than_the_context_is_refused_with_both_numbers() -> None:
    with pytest.raises(PromptTooLong) as refusal:
        fit(conversation(5, 5, 40), encode, 40, 10)
    assert (refusal.value.prompt_tokens, refusal.value.limit) == (41, 39)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=15), st.integers(32, 200), st.integers(1, 20))
def test_no_more_is_left_out_than_must_be(lengths: list[int], context: int, room: int) -> None:
    messages = conversation(*lengths if len(lengths) % 2 else lengths[1:] or [1])
    prompt, dropped = fit(messages, encode, context, room)
    assert prompt == encode(messages[dropped:])
    assert messages[dropped].role == "user"
    assert len(prompt) < context
    if dropped:
        assert len(encode(messages[dropped - 2 :])) + room > context

"""Fits a conversation into the context window: the oldest turns go first, the system message and the question stay."""

from collections.abc import Callable, Sequence

from desktop.engine.interface import Message
from desktop.errors import PromptTooLong


def fit(
    messages: Sequence[Message], encode: Callable[[Sequence[Message]], list[int]], context_length: int, room: int
) -> tuple[list[int], int]:
    """Build the prompt from as many of the newest messages as fit.

    Args:
        messages: the conversation, oldest first; the last one is to be answered, or to be continued.
        encode: messages to token ids.
        context_length: prompt and answer together, in tokens.
        room: tokens to keep free for the answer, >= 1; less is kept when the question alone needs more.

    Returns:
        The prompt, and how many messages were left out.

    Raises:
        PromptTooLong: the system message and the question alone fill the context.
    """
    head = list(messages[:1]) if messages[0].role == "system" and len(messages) > 1 else []
    turns = messages[len(head) :]
    asked = [at for at, turn in enumerate(turns) if turn.role == "user"]
    last = len(turns) - 1 if turns[-1].role == "user" or not asked else asked[-1]  # a begun answer keeps its question
    starts = sorted({0, last, *asked})
    low, high = 0, len(starts) - 1  # the first start that fits lies in here; length falls with the start
    prompt = encode([*head, *turns[starts[low] :]])
    if len(prompt) + room <= context_length:
        return prompt, 0
    while low < high:
        middle = (low + high) // 2
        prompt = encode([*head, *turns[starts[middle] :]])
        low, high = (low, middle) if len(prompt) + room <= context_length else (middle + 1, high)
    prompt = encode([*head, *turns[starts[low] :]])
    if len(prompt) >= context_length:
        raise PromptTooLong(len(prompt), context_length - 1)
    return prompt, starts[low]

"""A text as it streams, looked at where each sentence or line ends; what is at fault is written again.

    model -> pieces -> sentences -> fault? -> shown
                          └ the stream ends, and goes on from the end of the sentence before, with another seed

The model goes on from an answer that it has begun, so the KV cache holds all but the refused sentence. After some tries
the text goes on behind the sentence, which then stands in what the model has said, and not in what is shown.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from desktop.drafting.sentences import split_sentences
from desktop.drafting.writers.section_writer import DraftContext
from desktop.engine.interface import Message, Sampling, TextAdded

FaultOf = Callable[[str, Sequence[str]], str]  # a sentence, and those before it -> what is wrong with it; "": nothing

_TRIES, _MOST_PASSED = 3, 4  # of a sentence; sentences that are let past before the text ends
_HOTTER, _SEEDS_APART = 0.15, 101


def written_guarded(
    context: DraftContext,
    messages: Sequence[Message],
    sampling: Sampling,
    fault_of: FaultOf,
    refused: Counter[str],
    *,
    most: int = 0,
) -> Iterator[str]:
    """Write a text; gives what passed so far, each time that it has grown.

    Args:
        context: of the draft.
        messages: the prompt.
        sampling: of the first try; `max_tokens` counts for the whole text.
        fault_of: judges sentences.
        refused: counts those refused by fault, and those that passed under "".
        most: sentences, behind which the text ends; 0: it ends by itself.
    """
    shown = said = ""
    sentences: list[str] = []
    tries = passed = 0
    while not context.stop.is_set() and passed < _MOST_PASSED:
        unit, fault = "", ""
        for unit in _sentences(context, messages, said, _hotter(context, sampling, said, tries)):
            fault = fault_of(unit.strip(), sentences)
            if fault:
                break
            said, shown, tries = said + unit, shown + unit, 0
            sentences.append(unit.strip())
            refused[""] += 1
            yield shown.strip()
            if len(sentences) == most:
                return
        if not fault:
            return
        refused[fault] += 1
        tries += 1
        if tries == _TRIES:
            said, tries, passed = said + unit, 0, passed + 1


def _hotter(context: DraftContext, sampling: Sampling, said: str, tries: int) -> Sampling:
    seed = context.seed + len(said) + _SEEDS_APART * tries
    heat = (sampling.temperature or 0.0) + _HOTTER * tries
    left = sampling.max_tokens
    if left is not None and said:
        left = max(1, left - context.engine.count_tokens(said))
    return replace(sampling, temperature=heat, seed=seed, max_tokens=left)


def _sentences(context: DraftContext, messages: Sequence[Message], said: str, options: Sampling) -> Iterator[str]:
    """Give the sentences and lines that come next, with the blanks before them; joined they are the text."""
    asked = [*messages, Message("assistant", said)] if said else messages
    pending = ""
    for event in context.engine.stream(asked, options, context.stop):
        if isinstance(event, TextAdded):
            pending += event.text
            while unit := first_sentence(pending):
                pending = pending[len(unit) :]
                yield unit
    if pending.strip():
        yield pending


def first_sentence(pending: str) -> str:
    """Give the first sentence or line that is whole, with the blanks before it; "" if none is yet."""
    begun = len(pending) - len(pending.lstrip())
    line, newline, _ = pending[begun:].partition("\n")
    parts = split_sentences(line)
    if len(parts) < 2:  # the one that is being written
        return pending[:begun] + line if newline and line.strip() else ""
    return pending[: pending.index(parts[0], begun) + len(parts[0])]

"""Guesses from the prompt: never a different answer, fewer runs where the answer repeats its source."""

import threading
from collections import Counter
from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.decoder import Logits
from desktop.engine.generate import generate
from desktop.engine.interface import Sampling
from desktop.engine.lookup import PromptLookup
from desktop.engine.sampling import make_sampler

END = 0
VOCAB = 24


class MarkovModel:
    """Scores the next token by the last two; counts its runs."""

    def __init__(self, prompt: Sequence[int], seed: int = 1, scale: float = 3) -> None:
        self.held = list(prompt)
        self.runs = 0
        self._scores = np.random.default_rng(seed).normal(0, scale, (VOCAB, VOCAB, VOCAB)).astype(np.float32)

    def logits(self) -> Logits:
        first, second = self.held[-2:]
        row: Logits = self._scores[first, second]
        return row

    def read(self, ids: Sequence[int], stop: threading.Event | None = None) -> Logits:
        return self.verify(ids)[-1]

    def verify(self, ids: Sequence[int]) -> list[Logits]:
        self.runs += 1
        rows = []
        for token in ids:
            self.held.append(token)
            rows.append(self.logits())
        return rows

    def forget(self, count: int) -> None:
        if count:
            del self.held[-count:]


class CopyingModel(MarkovModel):
    """Copies `text` token by token, whatever it read before the answer."""

    def __init__(self, prompt: Sequence[int], text: Sequence[int]) -> None:
        super().__init__(prompt)
        self._start, self._text = len(prompt), [*text, END]

    def logits(self) -> Logits:
        row = np.zeros(1000, np.float32)
        row[self._text[min(len(self.held) - self._start, len(self._text) - 1)]] = 9
        return row


def answer(model: MarkovModel, options: Sampling, lookup: PromptLookup | None, max_tokens: int = 60) -> list[int]:
    sample = make_sampler(options)
    ends = frozenset({END})
    tokens = generate(
        model,
        model.logits(),
        sample,
        end_tokens=ends,
        max_tokens=max_tokens,
        stopped=lambda: False,
        lookup=lookup,
    )
    return list(tokens)


prompts = st.lists(st.integers(1, VOCAB - 1), min_size=2, max_size=80)


@given(prompts, st.integers(0, 50), st.sampled_from([0.0, 0.8]), st.sampled_from([0.0, 0.8]), st.integers(0, 70))
def test_the_answer_is_the_same_with_and_without_guesses(
    prompt: list[int], seed: int, temperature: float, dry: float, max_tokens: int
) -> None:
    """Sampled answers too: the same random numbers meet the same logits."""
    options = Sampling(temperature=temperature, seed=5, dry_multiplier=dry)
    plain, guessed = MarkovModel(prompt, seed), MarkovModel(prompt, seed)
    expected = answer(plain, options, None, max_tokens)
    lookup = PromptLookup(prompt)
    assert answer(guessed, options, lookup, max_tokens) == expected
    assert lookup.accepted <= len(expected)
    assert guessed.held[: len(prompt) + len(expected) - 1] == plain.held[: len(prompt) + len(expected) - 1]


def test_sampling_with_guesses_keeps_the_distribution() -> None:
    """Chi-square over the third token of 4,000 answers of each kind, 23 degrees of freedom; 99.99 % lie below 59."""
    prompt = [3, 4, 5, 6, 7, 3, 4, 5, 6, 7, 3, 4]
    counts = []
    for guesses in (False, True):
        third = Counter[int]()
        for seed in range(4000):
            options = Sampling(
                temperature=1.0, top_k=0, top_p=1, min_p=0, repetition_penalty=1, seed=seed * 2 + guesses
            )
            model = MarkovModel(prompt, scale=0.5)
            third[([*answer(model, options, PromptLookup(prompt) if guesses else None, 3), -1, -1, -1])[2]] += 1
        counts.append(third)
    plain, guessed = counts
    keys = [key for key in range(-1, VOCAB) if plain[key] + guessed[key]]
    chi = sum((plain[key] - guessed[key]) ** 2 / (plain[key] + guessed[key]) for key in keys)
    assert chi < 59


def test_copying_takes_a_fraction_of_the_runs() -> None:
    source = [10 + number * 7 % 400 for number in range(120)]
    model = CopyingModel(source, source)
    lookup = PromptLookup(source)
    greedy = Sampling(temperature=0, repetition_penalty=1, dry_multiplier=0)
    assert answer(model, greedy, lookup, 200) == source
    assert model.runs < 20
    assert lookup.accepted > 90


def test_a_corrected_word_does_not_end_the_copying() -> None:
    """Every tenth token is another one, left out, or has one more before it."""
    source = list(range(100, 220))
    edited: list[int] = []
    for index, token in enumerate(source):
        match index % 30:
            case 9:
                edited.append(500 + index)
            case 19:
                pass
            case 29:
                edited += [500 + index, token]
            case _:
                edited.append(token)
    model = CopyingModel(source, edited)
    greedy = Sampling(temperature=0, repetition_penalty=1, dry_multiplier=0)
    assert answer(model, greedy, PromptLookup(source), 300) == edited
    assert model.runs < len(edited) / 2.5


def test_it_pauses_where_nothing_is_repeated() -> None:
    """Ends of three tokens occur in the prompt by chance, and what follows there never comes."""
    source = [1, 2, 3, 9] * 10
    text = [token for number in range(60) for token in (1, 2, 3, 100 + number, 200 + number, 300 + number)]
    model = CopyingModel(source, text)
    lookup = PromptLookup(source)
    guesses = []
    propose = lookup.propose

    def counted(answer: Sequence[int], most: int) -> list[int]:
        guesses.append(propose(answer, most))
        return guesses[-1]

    lookup.propose = counted  # type: ignore[method-assign]
    greedy = Sampling(temperature=0, repetition_penalty=1, dry_multiplier=0)
    assert answer(model, greedy, lookup, 400) == text
    assert sum(map(bool, guesses[-100:])) <= 6

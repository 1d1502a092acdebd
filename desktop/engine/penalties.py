"""Penalties on what the answer said before, and what they leave alone (`repeatable`).

The repetition penalty divides positive and multiplies negative logits of tokens in the last 256 of the answer (CTRL,
Keskar et al. 2019, eq. in 4.1); tokens of the prompt are not penalized, so that the user's own words stay free. Behind
it comes DRY (`dry`). Where it is known what the language repeats by nature, both are held back:

- The repetition penalty takes words only: no glue, no pieces of words, nothing that the user wrote, and the word just
  said only when it stands there twice already.
- DRY measures a repeat by the weight of its tokens, without those of a quote of the user's message that goes on, and
  punishes glue only in a repeat so long that it is a loop by itself.
"""

from collections.abc import Sequence

import numpy as np

from desktop.engine.decoder import Logits
from desktop.engine.dry import Repeats
from desktop.engine.interface import SamplingParameters
from desktop.engine.repeatable import Repeatable

_WINDOW = 256  # tokens
_LOOP = 20  # tokens; a repeat as long as this is a loop, whatever it is made of


class Penalties:
    """Takes logits down for one answer, as it grows."""

    def __init__(
        self,
        parameters: SamplingParameters,
        never_penalized: frozenset[int] = frozenset(),
        repeatable: Repeatable | None = None,
    ) -> None:
        """Begin an answer.

        Args:
            parameters: how hard.
            never_penalized: tokens that are left alone, such as the end of the answer.
            repeatable: what the language repeats by nature; None: nothing.
        """
        self._parameters, self._spared, self._repeatable = parameters, never_penalized, repeatable
        weight = repeatable.vocabulary.weight if repeatable is not None else None
        self._repeats = Repeats(parameters.dry_allowed_length, weight)

    def apply(self, logits: Logits, answer: Sequence[int]) -> Logits:
        """Give the logits behind the answer with the penalties taken off; `logits` stay as they are."""
        changed = logits
        if self._parameters.repetition_penalty != 1 and answer:
            said = [token for token in set(answer[-_WINDOW:]) - self._spared if not self._at_once(token, answer)]
            if said:
                changed = _divided(logits, said, self._parameters.repetition_penalty)
        if self._parameters.dry_multiplier:
            self._repeats.follow(answer)
            multiplier, repeatable = self._parameters.dry_multiplier, self._repeatable
            if repeatable is None:
                penalties = self._repeats.penalties(multiplier)
            else:
                penalties = self._repeats.penalties(multiplier, lambda token: repeatable.quoted(token, answer))
            punished = {
                token: penalty
                for token, (penalty, length) in penalties.items()
                if token not in self._spared and (length >= _LOOP or not self._is_glue(token))
            }
            if punished:
                changed = changed.copy() if changed is logits else changed
                for token, penalty in punished.items():
                    changed[token] -= penalty
        return changed

    def _at_once(self, token: int, answer: Sequence[int]) -> bool:
        return self._repeatable is not None and self._repeatable.at_once(token, answer)

    def _is_glue(self, token: int) -> bool:
        return self._repeatable is not None and self._repeatable.vocabulary.is_glue(token)


def _divided(logits: Logits, tokens: Sequence[int], penalty: float) -> Logits:
    changed = logits.copy()
    index = np.fromiter(tokens, np.intp, len(tokens))
    values = changed[index]
    changed[index] = np.where(values > 0, values / penalty, values * penalty)
    return changed

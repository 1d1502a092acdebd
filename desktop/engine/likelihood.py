"""How likely texts are as the answer to a conversation: what a model that cannot write well can still tell.

Texts that begin alike are read once up to where they part.
"""

from collections.abc import Sequence

import numpy as np

from desktop.engine.decoder import Logits
from desktop.engine.generate import Model


class Likelihood:
    """Judges texts one after another, all behind the same prompt.

    Attributes:
        tokens: the text judged last.
    """

    def __init__(self, model: Model, logits: Logits) -> None:
        """Begin.

        Args:
            model: has read the prompt.
            logits: behind the prompt.
        """
        self._model = model
        self.tokens: list[int] = []
        self._rows: list[Logits] = [logits]  # behind each token; one more than there are tokens

    def of(self, ids: Sequence[int]) -> float:
        """Give the natural logarithm of how likely these tokens are. Raises Stopped."""
        shared = 0
        while shared < min(len(ids), len(self.tokens)) and ids[shared] == self.tokens[shared]:
            shared += 1
        self._model.forget(len(self.tokens) - shared)
        del self.tokens[shared:], self._rows[shared + 1 :]
        if shared < len(ids):
            self._rows += self._model.judge(ids[shared:])
            self.tokens += ids[shared:]
        return sum(log_probability(row, token) for row, token in zip(self._rows, ids, strict=False))


def log_probability(logits: Logits, token: int) -> float:
    """Give the natural logarithm of the softmax at a token."""
    most = float(logits.max())
    return float(logits[token]) - most - float(np.log(np.exp(logits - most).sum()))

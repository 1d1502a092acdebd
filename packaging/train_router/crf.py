"""A linear-chain CRF over the tags (Lafferty et al. 2001): how likely each tag follows another, begins, and ends.

Its loss is that of the whole sequence of tags, not of each alone: a slot cut one word too early costs what it is, a
wrong slot. When the router reads, the Viterbi algorithm of `desktop.router.spans` finds the best sequence.
"""

from typing import Any

import torch
from batching import IGNORED
from torch import nn


class Moves(nn.Module):  # type: ignore[misc]  # torch is not installed where types are checked
    """The scores of going from tag to tag."""

    def __init__(self, tags: int) -> None:
        super().__init__()
        self.begin = nn.Parameter(torch.zeros(tags))
        self.between = nn.Parameter(torch.zeros(tags, tags))
        self.end = nn.Parameter(torch.zeros(tags))

    def loss(self, scores: Any, tags: Any, mask: Any) -> Any:
        """Give the mean loss of a word: minus the log-likelihood of its sequence, shared out.

        Args:
            scores: (rows, words, tags).
            tags: (rows, words), 0 where the mask is.
            mask: (rows, words), whether there is a word; the first of each row always is.
        """
        return (self._total(scores, mask) - self._path(scores, tags, mask)).sum() / mask.sum()

    def _total(self, scores: Any, mask: Any) -> Any:
        """Add up all sequences: the logarithm of the sum of their powers."""
        reached = self.begin + scores[:, 0]
        for word in range(1, scores.shape[1]):
            following = torch.logsumexp(reached[:, :, None] + self.between, dim=1) + scores[:, word]
            reached = torch.where(mask[:, word, None], following, reached)
        return torch.logsumexp(reached + self.end, dim=1)

    def _path(self, scores: Any, tags: Any, mask: Any) -> Any:
        """Score the true sequence."""
        emitted = scores.gather(2, tags[:, :, None])[:, :, 0]
        moved = self.between[tags[:, :-1], tags[:, 1:]] * mask[:, 1:]
        last = tags.gather(1, mask.sum(1, keepdim=True) - 1)[:, 0]
        return (emitted * mask).sum(1) + moved.sum(1) + self.begin[tags[:, 0]] + self.end[last]


def words_of(scores: Any, tags: Any) -> tuple[Any, Any, Any]:
    """Take the tokens that begin a word, in rows from the left: their scores, tags, and the mask of what is there."""
    there = tags != IGNORED
    longest = int(there.sum(1).max())
    order = torch.argsort((~there).to(torch.int8), dim=1, stable=True)[:, :longest]
    mask = there.gather(1, order)
    chosen = scores.gather(1, order[:, :, None].expand(-1, -1, scores.shape[2]))
    return chosen, tags.gather(1, order).clamp(min=0), mask

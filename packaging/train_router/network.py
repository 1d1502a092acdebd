"""The network: the first layers of multilingual-e5-small with a head for the intent and one for the slot tags.

Joint intent classification and slot filling (Chen et al. 2019). The intent is read from the first token and the mean of
all, the tags from each token's own vector. The embeddings stay as they are: a word that no request of the training has
keeps the meaning that the encoder learned of it.
"""

from typing import Any

import numpy as np
import torch
from crf import Moves
from torch import nn
from torch.nn import functional

from desktop.models.e5_file import E5File

PRODUCTS = ("q", "k", "v", "ao", "fi", "fo")
NORMS = ("aln", "oln")


class Layer(nn.Module):  # type: ignore[misc]  # torch is not installed where types are checked
    """One layer of the encoder, with the weights of the file."""

    def __init__(self, source: E5File, number: int) -> None:
        super().__init__()
        shape = source.shape
        self.heads, self.epsilon = shape.heads, shape.epsilon
        for part in PRODUCTS:
            columns = shape.feed_forward if part == "fo" else shape.hidden
            weight = torch.from_numpy(source.matrix(f"l{number}.{part}.w", columns).values().copy())
            linear = nn.Linear(weight.shape[1], weight.shape[0])
            linear.weight.data, linear.bias.data = weight, torch.from_numpy(source.vector(f"l{number}.{part}.b"))
            setattr(self, part, linear)
        for part in NORMS:
            norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
            norm.weight.data, norm.bias.data = (
                torch.from_numpy(source.vector(f"l{number}.{part}.{kind}")) for kind in "wb"
            )
            setattr(self, part, norm)
        self.dropout = nn.Dropout(0.1)

    def forward(self, hidden: Any, mask: Any) -> Any:
        """Give the layer's output, (batch, tokens, hidden); `mask` is (batch, 1, 1, tokens), True where to look."""
        batch, tokens, width = hidden.shape

        def by_head(values: Any) -> Any:
            return values.view(batch, tokens, self.heads, -1).transpose(1, 2)

        attended = functional.scaled_dot_product_attention(
            *(by_head(getattr(self, part)(hidden)) for part in "qkv"), attn_mask=mask
        )
        attended = attended.transpose(1, 2).reshape(batch, tokens, width)
        hidden = self.aln(hidden + self.dropout(self.ao(attended)))
        return self.oln(hidden + self.dropout(self.fo(functional.gelu(self.fi(hidden)))))


class IntentAndSlots(nn.Module):  # type: ignore[misc]
    """The encoder's first layers with both heads.

    Args:
        source: the original.
        pieces: ids of the pieces that the embedding keeps.
        layers: how many.
        intents: how many.
        tags: how many.
    """

    def __init__(self, source: E5File, pieces: list[int], layers: int, intents: int, tags: int) -> None:
        super().__init__()
        shape, hidden = source.shape, source.shape.hidden
        table = source.matrix("emb.word", hidden).rows(np.asarray(pieces, np.intp)).values()
        rest = source.vector("emb.pos").reshape(-1, hidden) + source.vector("emb.type")[:hidden]
        self.register_buffer("words", torch.from_numpy(table), persistent=False)
        self.register_buffer("places", torch.from_numpy(rest[: shape.positions].copy()), persistent=False)
        self.norm = nn.LayerNorm(hidden, eps=shape.epsilon)
        self.norm.weight.data, self.norm.bias.data = (torch.from_numpy(source.vector(f"emb.ln.{k}")) for k in "wb")
        self.norm.requires_grad_(requires_grad=False)  # the graph takes it from the original
        self.layers = nn.ModuleList(Layer(source, number) for number in range(layers))
        self.dropout = nn.Dropout(0.1)
        self.intent = nn.Linear(2 * hidden, intents)
        self.tags = nn.Linear(hidden, tags)
        self.moves = Moves(tags)  # read by the loss, and by the router when it looks for the best tags

    def forward(self, input_ids: Any, attention_mask: Any) -> dict[str, Any]:
        """Give intent (batch, intents) and tags (batch, tokens, tags)."""
        hidden = self.norm(self.words[input_ids] + self.places[: input_ids.shape[1]])
        seen = attention_mask.bool()[:, None, None, :]
        for layer in self.layers:
            hidden = layer(hidden, seen)
        mean = mean_of(hidden, attention_mask)
        both = torch.cat([hidden[:, 0], mean], dim=-1)
        return {"intent": self.intent(self.dropout(both)), "tags": self.tags(self.dropout(hidden))}


def mean_of(hidden: Any, attention_mask: Any) -> Any:
    """Average the token vectors, (batch, tokens, hidden) to (batch, hidden), as e5 was trained to be read."""
    mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
    return (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-6)

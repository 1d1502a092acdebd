"""The network: a BERT encoder with a head for the intent and one for the slot tags (Chen et al. 2019)."""

from typing import Any

import torch
from crf import Moves
from torch import nn
from transformers import BertConfig, BertModel, BertPreTrainedModel

HALF_WAY = 2  # of the four layers


class BertForIntentAndSlots(BertPreTrainedModel):  # type: ignore[misc]  # transformers is not typed here
    """Joint intent classification and slot filling.

    The intent is read from [CLS] and the mean of all tokens, the tags from each token's own vector. `vector` is what
    nearest-example correction compares: the mean of the tokens half way up, where a text still lies near to those of
    its own words, and not yet on one heap with all texts of its intent.
    """

    config_class = BertConfig
    config: Any

    def __init__(self, config: BertConfig) -> None:
        super().__init__(config)
        self.bert = BertModel(config, add_pooling_layer=False)
        self.dropout = nn.Dropout(0.1)
        self.intent = nn.Linear(2 * config.hidden_size, config.intents)
        self.tags = nn.Linear(config.hidden_size, config.tags)
        self.moves = Moves(config.tags)  # read by the loss, and by the router when it looks for the best tags
        self.post_init()

    def forward(self, input_ids: Any, attention_mask: Any) -> dict[str, Any]:
        """Give intent (batch, intents), tags (batch, tokens, tags) and vector (batch, hidden)."""
        read = self.bert(input_ids=input_ids, attention_mask=attention_mask, output_hidden_states=True)
        hidden = read.last_hidden_state
        mean = mean_of(hidden, attention_mask)
        both = torch.cat([hidden[:, 0], mean], dim=-1)
        return {
            "intent": self.intent(self.dropout(both)),
            "tags": self.tags(self.dropout(hidden)),
            "vector": torch.nn.functional.normalize(mean_of(read.hidden_states[HALF_WAY], attention_mask), dim=-1),
        }


def mean_of(hidden: Any, attention_mask: Any) -> Any:
    """Average the token vectors, (batch, tokens, hidden) to (batch, hidden), as MiniLM was trained to be read."""
    mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
    return (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-6)

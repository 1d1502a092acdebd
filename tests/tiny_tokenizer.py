"""A tokenizer of 320 tokens, trained on a few sentences: what the tiny models of the tests read and write."""

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

SPECIAL_TOKENS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
END_OF_TEXT, BEGIN_OF_TURN, END_OF_TURN = range(3)
VOCAB = 320

CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)

_SENTENCES = (
    "The ink dries slowly on the stone while the writer thinks about the next line.",
    "There is a letter on the table, and the table stands at the window of the house.",
    "user asks, assistant answers, system waits: the three of them write one page together.",
    "When the rain ended they went to the market and bought paper, ink and a new brush.",
    "Please write the plan for next week: meetings on Monday, the report on Wednesday, rest on Sunday.",
    "写一封信，写一页计划，写一个故事。",
)


def train_tokenizer() -> Tokenizer:
    """Train the byte-level BPE; the same on every machine. Tokens 0, 1 and 2 are the special ones."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCAB,
        special_tokens=[AddedToken(token, special=True, normalized=False) for token in SPECIAL_TOKENS],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(_SENTENCES, trainer)
    if tokenizer.get_vocab_size() != VOCAB:
        raise ValueError(f"the sentences give only {tokenizer.get_vocab_size()} tokens")
    return tokenizer

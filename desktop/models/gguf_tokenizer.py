"""Builds `tokenizer.json` and the chat template from what a GGUF file says of them.

GGUF keeps a byte-level BPE ("gpt2") as a token list, a merge list and the name of a pre-tokenizer; what the name means
is written in llama.cpp (`llama-vocab.cpp`), and here as the regular expressions of `_PRE_TOKENIZERS`. A SentencePiece
vocabulary ("llama") is a token list with scores: see `desktop.models.sentencepiece`.
"""

from collections.abc import Mapping
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers

from desktop.engine.interface import TEMPLATE_FILE, TOKENIZER_FILE
from desktop.errors import BrokenModel, UnsupportedModel
from desktop.models.chat_tokens import ENDS, ChatTokens, chat_format
from desktop.models.gguf_file import GgufFile
from desktop.models.sentencepiece import build_sentencepiece
from desktop.reasons import ModelReason

_GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
_LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
_QWEN2 = _LLAMA3.replace(r"\p{N}{1,3}", r"\p{N}")
_QWEN35 = _QWEN2.replace(r"]?\p{L}+", r"]?[\p{L}\p{M}]+").replace(r"[^\s\p{L}\p{N}]+[", r"[^\s\p{L}\p{M}\p{N}]+[")
_SMOLLM = (r"\p{N}", _GPT2)
_PRE_TOKENIZERS: dict[str, tuple[str, ...]] = {
    "default": (r"[\p{P}$+<=>^~|]+", _GPT2, r"\p{N}+", r"[0-9][0-9][0-9]"),
    **dict.fromkeys(("gpt-2", "phi-2", "olmo", "exaone4", "trillion"), (_GPT2,)),
    **dict.fromkeys(("smollm", "starcoder", "refact", "command-r", "codeshell", "exaone"), _SMOLLM),
    **dict.fromkeys(("llama-bpe", "llama3", "llama-v3", "falcon3", "pixtral", "lfm2"), (_LLAMA3,)),
    **dict.fromkeys(("qwen2", "stablelm2", "deepseek-r1-qwen", "megrez", "hunyuan", "kormo"), (_QWEN2,)),
    **dict.fromkeys(("dbrx", "smaug-bpe"), (_LLAMA3,)),  # SmolLM3's
    "qwen35": (_QWEN35,),
}
# For these, llama.cpp keeps a word whole that is a token, whatever the merges say, and begins with BOS by default.
_LIKE_LLAMA3 = {"llama-bpe", "llama3", "llama-v3", "falcon3", "pixtral", "lfm2"}

_BYTE_LEVEL, _SENTENCEPIECE = "gpt2", "llama"  # tokenizer.ggml.model
_NORMAL, _UNKNOWN, _CONTROL, _USER_DEFINED = 1, 2, 3, 4  # tokenizer.ggml.token_type
_ALWAYS_CONTROL = {*ENDS, "</s>"}  # whatever their type: llama.cpp takes them for ends
_CHATML = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


def write_tokenizer(source: GgufFile, folder: Path) -> ChatTokens:
    """Write `tokenizer.json` and `chat_template.jinja` into `folder`.

    Raises:
        BrokenModel: the file says too little of its tokenizer.
        UnsupportedModel: its tokenizer is of a kind that Inkstone cannot build.
    """
    tokens = _tokens(source)
    tokenizer = _build(source, tokens)
    tokenizer.save(str(folder / TOKENIZER_FILE))
    known = {token: index for index, token in enumerate(tokens)}
    template = source.value("tokenizer.chat_template")
    if template is None and "<|im_start|>" in known:
        template = _CHATML
    if template is None:
        raise UnsupportedModel(source.path, ModelReason.TEMPLATE_MISSING())
    (folder / TEMPLATE_FILE).write_text(str(template), encoding="utf-8", newline="\n")

    def named(key: str) -> str:
        index = source.value(f"tokenizer.ggml.{key}")
        return tokens[index] if index is not None and index < len(tokens) else ""

    ends = {known[token] for token in (*ENDS, named("eos_token_id"), named("eot_token_id")) if token in known}
    return ChatTokens(
        chat_format=chat_format(str(template)),
        bos=named("bos_token_id"),
        eos=named("eos_token_id"),
        add_bos=source.value("tokenizer.ggml.add_bos_token", _adds_bos(source)) is True,
        end_tokens=tuple(sorted(ends)),
    )


def build_tokenizer(source: GgufFile) -> Tokenizer:
    """Build the tokenizer that gives the ids llama.cpp gives. Raises as `write_tokenizer`."""
    return _build(source, _tokens(source))


def _build(source: GgufFile, tokens: list[str]) -> Tokenizer:
    tokenizer = _sentencepiece(source, tokens) if _kind(source) == _SENTENCEPIECE else _byte_level(source, tokens)
    kinds = source.value("tokenizer.ggml.token_type") or [_NORMAL] * len(tokens)
    special, own = [], []
    for text, kind in zip(tokens, kinds, strict=True):
        if kind in (_CONTROL, _UNKNOWN) or text in _ALWAYS_CONTROL:
            special.append(AddedToken(text, special=True, normalized=False))
        elif kind == _USER_DEFINED:
            own.append(AddedToken(text, special=False, normalized=False))
    tokenizer.add_special_tokens(special)
    tokenizer.add_tokens(own)
    return tokenizer


def _sentencepiece(source: GgufFile, tokens: list[str]) -> Tokenizer:
    scores = source.value("tokenizer.ggml.scores")
    if not scores or len(scores) != len(tokens):
        raise BrokenModel(source.path, ModelReason.NO_SCORES())
    unknown = source.value("tokenizer.ggml.unknown_token_id", 0)
    return build_sentencepiece(
        tokens,
        scores,
        unknown=tokens[unknown] if unknown < len(tokens) else None,
        space_before=source.value("tokenizer.ggml.add_space_prefix") is not False,
    )


def _byte_level(source: GgufFile, tokens: list[str]) -> Tokenizer:
    name = _pre(source)
    if name not in _PRE_TOKENIZERS:
        raise UnsupportedModel(source.path, ModelReason.PRE_TOKENIZER(name=name))
    merges = source.value("tokenizer.ggml.merges")
    if not merges:
        raise BrokenModel(source.path, ModelReason.NO_MERGES())
    known = {token: index for index, token in enumerate(tokens)}
    pairs = [pair for pair in (_pair(merge) for merge in merges) if "".join(pair) in known]
    whole_words = name in _LIKE_LLAMA3
    tokenizer = Tokenizer(models.BPE(vocab=known, merges=pairs, fuse_unk=False, ignore_merges=whole_words))
    tokenizer.pre_tokenizer = _pre_tokenizer(name, known)
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def _pre_tokenizer(name: str, known: Mapping[str, int]) -> pre_tokenizers.PreTokenizer:
    """Split text as llama.cpp does, then write its bytes as the characters that stand for them in the vocabulary."""
    steps: list[pre_tokenizers.PreTokenizer] = [
        pre_tokenizers.Split(Regex(pattern), "isolated") for pattern in _PRE_TOKENIZERS[name]
    ]
    steps.append(pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False))
    if unknown := sorted(set(pre_tokenizers.ByteLevel.alphabet()) - known.keys()):
        # A byte without a token has no id, but its neighbours are not merged across it.
        steps.append(pre_tokenizers.Split(Regex(f"[{''.join(unknown)}]"), "removed"))
    return pre_tokenizers.Sequence(steps)


def _adds_bos(source: GgufFile) -> bool:
    """Tell whether llama.cpp begins a text with BOS where the header does not say."""
    return _kind(source) == _SENTENCEPIECE or _pre(source) in _LIKE_LLAMA3


def _tokens(source: GgufFile) -> list[str]:
    if _kind(source) not in (_BYTE_LEVEL, _SENTENCEPIECE):
        raise UnsupportedModel(source.path, ModelReason.TOKENIZER_KIND(kind=_kind(source)))
    tokens = source.value("tokenizer.ggml.tokens")
    if not tokens or len(tokens) != source.config.vocab:
        raise BrokenModel(source.path, ModelReason.TOKENS_DO_NOT_MATCH())
    return [str(token) for token in tokens]


def _kind(source: GgufFile) -> str:
    return str(source.value("tokenizer.ggml.model"))


def _pre(source: GgufFile) -> str:
    return str(source.value("tokenizer.ggml.pre", "default"))


def _pair(merge: str) -> tuple[str, str]:
    left, _, right = merge.partition(" ")
    return left, right

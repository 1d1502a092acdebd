"""Builds `tokenizer.json` and the chat template from what a GGUF file says of them.

GGUF keeps a byte-level BPE as a token list, a merge list and the name of a pre-tokenizer; what the name means is
written in llama.cpp (`llama-vocab.cpp`), and here as the regular expressions of `_PRE_TOKENIZERS`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers

from desktop.engine.interface import TEMPLATE_FILE, TOKENIZER_FILE
from desktop.errors import BrokenModel, UnsupportedModel
from desktop.models.gguf_file import GgufFile
from desktop.reasons import ModelReason

_GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
_LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
_QWEN2 = _LLAMA3.replace(r"\p{N}{1,3}", r"\p{N}")
_SMOLLM = (r"\p{N}", _GPT2)
_PRE_TOKENIZERS: dict[str, tuple[str, ...]] = {
    "default": (r"[\p{P}$+<=>^~|]+", _GPT2, r"\p{N}+", r"[0-9][0-9][0-9]"),
    **dict.fromkeys(("gpt-2", "phi-2", "olmo", "exaone4", "trillion"), (_GPT2,)),
    **dict.fromkeys(("smollm", "starcoder", "refact", "command-r", "codeshell", "exaone"), _SMOLLM),
    **dict.fromkeys(("llama-bpe", "llama3", "llama-v3", "falcon3", "pixtral", "lfm2"), (_LLAMA3,)),
    **dict.fromkeys(("qwen2", "stablelm2", "deepseek-r1-qwen", "megrez", "hunyuan"), (_QWEN2,)),
}
# For these, llama.cpp keeps a word whole that is a token, whatever the merges say, and begins with BOS by default.
_LIKE_LLAMA3 = {name for name, splits in _PRE_TOKENIZERS.items() if splits == (_LLAMA3,)}

_NORMAL, _CONTROL, _USER_DEFINED = 1, 3, 4  # tokenizer.ggml.token_type
_ENDS = ("<|im_end|>", "<|eot_id|>", "<|end|>", "<|endoftext|>", "<|end_of_text|>")
_CHATML = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


@dataclass(frozen=True, slots=True)
class ChatTokens:
    """What the manifest says of a model's special tokens; see `Manifest`."""

    chat_format: str
    bos: str
    eos: str
    add_bos: bool
    end_tokens: tuple[int, ...]


def write_tokenizer(source: GgufFile, folder: Path) -> ChatTokens:
    """Write `tokenizer.json` and `chat_template.jinja` into `folder`.

    Raises:
        BrokenModel: the file says too little of its tokenizer.
        UnsupportedModel: its tokenizer is of a kind that Inkstone cannot build.
    """
    tokens = _tokens(source)
    tokenizer = build_tokenizer(source, tokens)
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

    ends = {known[token] for token in (*_ENDS, named("eos_token_id"), named("eot_token_id")) if token in known}
    return ChatTokens(
        chat_format=_chat_format(str(template)),
        bos=named("bos_token_id"),
        eos=named("eos_token_id"),
        add_bos=source.value("tokenizer.ggml.add_bos_token", _pre(source) in _LIKE_LLAMA3) is True,
        end_tokens=tuple(sorted(ends)),
    )


def build_tokenizer(source: GgufFile, tokens: list[str]) -> Tokenizer:
    """Build the tokenizer that gives the ids llama.cpp gives."""
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
    kinds = source.value("tokenizer.ggml.token_type") or [_NORMAL] * len(tokens)
    tokenizer.add_special_tokens(
        [
            AddedToken(text, special=True, normalized=False)
            for text, kind in zip(tokens, kinds, strict=True)
            if kind == _CONTROL
        ]
    )
    tokenizer.add_tokens(
        [
            AddedToken(text, special=False, normalized=False)
            for text, kind in zip(tokens, kinds, strict=True)
            if kind == _USER_DEFINED
        ]
    )
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


def _tokens(source: GgufFile) -> list[str]:
    model = source.value("tokenizer.ggml.model")
    if model != "gpt2":
        raise UnsupportedModel(source.path, ModelReason.TOKENIZER_KIND(kind=model))
    tokens = source.value("tokenizer.ggml.tokens")
    if not tokens or len(tokens) != source.config.vocab:
        raise BrokenModel(source.path, ModelReason.TOKENS_DO_NOT_MATCH())
    return [str(token) for token in tokens]


def _pre(source: GgufFile) -> str:
    return str(source.value("tokenizer.ggml.pre", "default"))


def _pair(merge: str) -> tuple[str, str]:
    left, _, right = merge.partition(" ")
    return left, right


def _chat_format(template: str) -> str:
    if "<|im_start|>" in template:
        return "chatml"
    return "llama3" if "<|start_header_id|>" in template else "own"

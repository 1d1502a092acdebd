"""Chooses the pieces of XLM-R's vocabulary that English and Chinese need, and makes the tokenizer that knows only them.

Of 250,000 pieces most belong to other languages. Kept are: pieces that English words are made of, by how often the
words are used (the word list of pyspellchecker); Chinese characters, and the commonest pieces of several; what has no
letters. A text is then cut into other pieces than the original's where one is missing: they still say what they said.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from desktop.models.e5_file import E5File

_OURS = re.compile("[\0-\u024f\u2010-\u2dff\u3000-\u301f\uff00-\U0001ffff▁]")  # Latin, signs, symbols, pictures
_RARE = 100  # a word that was seen less often is left out
_CAPITALISED = 0.1  # how often a word begins a sentence or a name
_SPECIAL = 4  # <s> <pad> </s> <unk>
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_OTHER_CJK = re.compile("[\u3040-\u30ff\uac00-\ud7af]")
_ASCII = re.compile("[▁ -~]+")
# A piece that joins one of these with what stands beside it would lie across the edge of a slot.
_JOINTS = frozenset(
    "的了在和与及是有我你您他她它们给写请把被对为从到向帮要不这那就也都很更最让用跟并且或但而以于之其将已着过吗呢吧啊一二三四五六七八九十百千两几个份篇"
)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many pieces of each kind are kept at most."""

    english: int
    chinese: int
    signs: int


def english_words() -> dict[str, int]:
    """Give English words with how often each was seen in a large collection of texts."""
    from spellchecker import SpellChecker

    return {word: count for word, count in SpellChecker().word_frequency.dictionary.items() if count >= _RARE}


def choose_pieces(source: E5File, sizes: Sizes, words: Mapping[str, int], *, apart: bool) -> list[int]:
    """Give the ids of the pieces to keep, in order.

    Args:
        source: the original.
        sizes: how many.
        words: of English, with how often each is used.
        apart: leave out Chinese pieces that join a word with a particle or number beside it, as a tagger needs.
    """
    used = _use_in_english(source, words)
    ids = range(_SPECIAL, len(source.pieces))
    english = sorted((i for i in ids if _ASCII.fullmatch(source.pieces[i])), key=lambda i: -used[i])
    letters = [i for i in english if used[i] > 0][: sizes.english]
    short = [i for i in english if len(source.pieces[i].strip("▁")) <= 1]  # any Latin text can be spelled
    han = [i for i in ids if _HAN.search(source.pieces[i]) and not _OTHER_CJK.search(source.pieces[i])]
    single = [i for i in han if len(source.pieces[i]) == 1]
    several = [i for i in han if len(source.pieces[i]) > 1]
    if apart:
        several = [i for i in several if not _JOINTS & set(source.pieces[i]) and _HAN.fullmatch(source.pieces[i][0])]
    several = sorted(several, key=lambda i: -source.scores[i])[: max(0, sizes.chinese - len(single))]
    signs = [i for i in ids if not re.search(r"[^\W\d_]", source.pieces[i]) and _is_ours(source.pieces[i])]
    signs = sorted(signs, key=lambda i: -source.scores[i])[: sizes.signs]
    return [*range(_SPECIAL), *sorted({*letters, *short, *single, *several, *signs})]


def tokenizer_of(source: E5File, pieces: Sequence[int]) -> Tokenizer:
    """Make the tokenizer of these pieces; their ids are their places in the list."""
    rows = [(source.pieces[i], float(source.scores[i])) for i in pieces]
    tokenizer = Tokenizer(models.Unigram(rows, unk_id=source.unknown, byte_fallback=False))
    gone = "".join(sign for sign, shown in source.replaced.items() if not shown)
    blank = "".join(sign for sign, shown in source.replaced.items() if shown == " ")
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(f"[{re.escape(gone)}]"), ""),
            normalizers.Replace(Regex(f"[{re.escape(blank)}]"), " "),
            normalizers.NFKC(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    return tokenizer


def _use_in_english(source: E5File, words: Mapping[str, int]) -> dict[int, float]:
    """Count the pieces that English words are cut into, by how often the words are used."""
    pieces = list(zip(source.pieces, map(float, source.scores), strict=True))
    whole = Tokenizer(models.Unigram(pieces, unk_id=source.unknown))
    whole.pre_tokenizer = pre_tokenizers.Metaspace()
    used: dict[int, float] = defaultdict(float)
    for shaped, share in ((str.lower, 1.0), (str.capitalize, _CAPITALISED)):
        encoded = whole.encode_batch([shaped(word) for word in words], add_special_tokens=False)
        for encoding, count in zip(encoded, words.values(), strict=True):
            for piece in encoding.ids:
                used[piece] += share * count
    return used


def _is_ours(piece: str) -> bool:
    """Whether signs are such as English and Chinese texts have."""
    return all(_OURS.match(sign) for sign in piece)

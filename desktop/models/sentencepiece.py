"""Builds a tokenizer from the pieces and scores of a SentencePiece vocabulary, as GGUF has them of Llama 2 and Gemma.

SentencePiece's BPE puts two neighbours together where that gives a piece, the piece of the highest score first (Kudo
and Richardson, "SentencePiece", 2018, section 3.1). `tokenizers` wants a list of merges in order: every way to make a
piece of two others, by the score of what it makes. A character without a piece becomes its bytes, `<0x0A>`. A space is
`▁`, and one is put before each text, where the model was taught so. Ids are compared with llama.cpp's, which puts it
behind special tokens too (`tests/bench/tokenizer_ids.py`).
"""

from collections.abc import Mapping, Sequence

from tokenizers import Tokenizer, decoders, models, normalizers

SPACE = "\u2581"  # ▁


def build_sentencepiece(
    pieces: Sequence[str], scores: Sequence[float], *, unknown: str | None, space_before: bool
) -> Tokenizer:
    """Build the tokenizer; special tokens are not added to it yet.

    Args:
        pieces: all tokens, by id.
        scores: of each; the highest is merged first.
        unknown: the token for what has neither a piece nor bytes.
        space_before: whether a text begins with a space that is not there.
    """
    known = {piece: index for index, piece in enumerate(pieces)}
    model = models.BPE(vocab=known, merges=_merges(known, scores), unk_token=unknown, fuse_unk=True, byte_fallback=True)
    tokenizer = Tokenizer(model)
    steps: list[normalizers.Normalizer] = [normalizers.Prepend(SPACE)] if space_before else []
    tokenizer.normalizer = normalizers.Sequence([*steps, normalizers.Replace(" ", SPACE)])
    back = [decoders.Replace(SPACE, " "), decoders.ByteFallback(), decoders.Fuse()]
    if space_before:
        back.append(decoders.Strip(" ", 1, 0))
    tokenizer.decoder = decoders.Sequence(back)
    return tokenizer


def _merges(known: Mapping[str, int], scores: Sequence[float]) -> list[tuple[str, str]]:
    """Give all pairs that make a piece, those of the highest score first."""
    found = []
    for piece, index in known.items():
        pairs = [(piece[:cut], piece[cut:]) for cut in range(1, len(piece))]
        both = [(left, right) for left, right in pairs if left in known and right in known]
        both.sort(key=lambda pair: (known[pair[0]], known[pair[1]]))
        found += [(-scores[index], pair) for pair in both]
    found.sort(key=lambda entry: entry[0])
    return [pair for _, pair in found]

"""Tokens to text while they come: never half a character, never the beginning of a stop string."""

from collections.abc import Iterable, Iterator, Sequence

from tokenizers import Tokenizer
from tokenizers.decoders import DecodeStream


def detokenize(tokenizer: Tokenizer, tokens: Iterable[int]) -> Iterator[str]:
    """Yield the text that each token completes, "" while a character is unfinished.

    Special tokens have no text. All pieces together are what `tokenizer.decode` gives for all tokens.
    """
    stream = DecodeStream(skip_special_tokens=True)
    seen: list[int] = []
    length = 0
    for token in tokens:
        seen.append(token)
        piece = stream.step(tokenizer, token) or ""
        length += len(piece)
        yield piece
    rest = tokenizer.decode(seen, skip_special_tokens=True)[length:]
    if rest:  # an unfinished character at the very end
        yield rest


def until_stop(pieces: Iterable[str], stops: Sequence[str]) -> Iterator[str]:
    """Yield the pieces until the first stop string, which is left out; "" while the text may be its beginning."""
    held = ""
    for piece in pieces:
        held += piece
        found = [place for place in (held.find(stop) for stop in stops) if place >= 0]
        if found:
            yield held[: min(found)]
            return
        keep = max((_overlap(held, stop) for stop in stops), default=0)
        yield held[: len(held) - keep]
        held = held[len(held) - keep :]
    if held:
        yield held


def _overlap(text: str, stop: str) -> int:
    """Give the length of the longest end of `text` that begins `stop`."""
    return next((size for size in range(min(len(text), len(stop) - 1), 0, -1) if text.endswith(stop[:size])), 0)

"""Tokens to text while they come: never half a character, never the beginning of a stop string."""

from collections.abc import Callable, Iterable, Iterator, Sequence

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


def texts_of_tokens(tokenizer: Tokenizer) -> Callable[[int], str | None]:
    """Give what tells the text of a single token, its leading space included; None for one without a text of its own.

    Those are special tokens and parts of characters. Byte-level vocabularies write a byte as a letter (Radford et al.
    2019, `bytes_to_unicode` of their encoder), SentencePiece a space as U+2581 and a lone byte as <0x0A>.
    """
    special = {token for token, added in tokenizer.get_added_tokens_decoder().items() if added.special}
    byte_level = tokenizer.token_to_id(_BYTE_LEVEL_SPACE) is not None
    bytes_of = _bytes_of_letters() if byte_level else {}

    def text_of(token: int) -> str | None:
        written = tokenizer.id_to_token(token)
        if written is None or token in special:
            return None
        if not byte_level:
            return None if _is_lone_byte(written) else written.replace("\u2581", " ")
        try:
            return bytes(bytes_of[letter] for letter in written).decode("utf-8")
        except (KeyError, UnicodeDecodeError):  # an added token is written as it is
            return written if any(letter not in bytes_of for letter in written) else None

    return text_of


_BYTE_LEVEL_SPACE = "\u0120"


def _bytes_of_letters() -> dict[str, int]:
    """Give the byte that each letter of a byte-level vocabulary stands for: itself where it can be printed."""
    printed = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printed]
    return {chr(byte): byte for byte in printed} | {chr(256 + at): byte for at, byte in enumerate(others)}


def _is_lone_byte(written: str) -> bool:
    return len(written) == len("<0x0A>") and written.startswith("<0x") and written.endswith(">")

"""Text to the encoder's token ids; long texts are read from their beginning and their end."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.text.han import HAN

if TYPE_CHECKING:
    from tokenizers import Tokenizer

HEAD_TOKENS = 60
TAIL_TOKENS = 34
MAX_TOKENS = HEAD_TOKENS + TAIL_TOKENS + 3  # <s> head </s> tail </s>
_HEAD_CHARACTERS, _TAIL_CHARACTERS = 900, 500  # more than fill their tokens, except blanks and words of 100 letters
_BLANKS = re.compile(r"\s+")
_IN_A_WORD = re.compile(rf"[^\W\d_{HAN}]['’]?[^\W\d_{HAN}]")  # two letters that no edge of a slot can part
_GAP = "|"  # what a line break is read as
_SURROGATES = re.compile("[\ud800-\udfff]")  # halves of a character, which no tokenizer takes


@dataclass(frozen=True, slots=True)
class Encoding:
    """A text as the model reads it.

    Attributes:
        ids: token ids with the special ones, at most MAX_TOKENS.
        offsets: for each token its code points in the text, (0, 0) for special ones.
        first: for each token whether it begins a word; only these carry a slot.
        cut: index of the token behind which text was left out, None if all was read.
    """

    ids: list[int]
    offsets: list[tuple[int, int]]
    first: list[bool]
    cut: int | None


class Encoder:
    """Wraps the model's tokenizer. Thread-safe."""

    def __init__(self, tokenizer: "Tokenizer") -> None:
        self._tokenizer = tokenizer
        self._begin: int = tokenizer.token_to_id("<s>") or 0
        self._end: int = tokenizer.token_to_id("</s>") or 0

    def encode(self, text: str) -> Encoding:
        """Encode a text of any length in a time that does not grow with it."""
        if len(text) <= _HEAD_CHARACTERS + _TAIL_CHARACTERS:
            tokens = self._tokens(text, 0)
            if len(tokens) <= HEAD_TOKENS + TAIL_TOKENS:
                return self._join(tokens, None)
            return self._join(tokens[:HEAD_TOKENS], tokens[-TAIL_TOKENS:])
        head = self._tokens(text[:_HEAD_CHARACTERS], 0)[:HEAD_TOKENS]
        tail_from = len(text) - _TAIL_CHARACTERS
        return self._join(head, self._tokens(text[tail_from:], tail_from)[-TAIL_TOKENS:])

    def _tokens(self, text: str, shift: int) -> list[tuple[int, int, int, bool]]:
        """Give (id, start, end, begins a word) for each token, positions moved by `shift`."""
        shown = _BLANKS.sub(_shown, _SURROGATES.sub("\ufffd", text))
        encoding = self._tokenizer.encode(shown, add_special_tokens=False)
        found: list[tuple[int, int, int, bool]] = []
        for token, (start, end) in zip(encoding.ids, encoding.offsets, strict=True):
            while start < end and shown[start] == " ":
                start += 1  # the blank before a word belongs to its piece
            begins = start < end and (start == 0 or not _IN_A_WORD.match(shown, start - 1))
            found.append((token, start + shift, end + shift, begins))
        return found

    def _join(self, head: list[tuple[int, int, int, bool]], tail: list[tuple[int, int, int, bool]] | None) -> Encoding:
        special = (0, 0, 0, False)
        rows = [(self._begin, *special[1:]), *head, (self._end, *special[1:])]
        cut = None
        if tail is not None:
            cut = len(head)
            rows += [*tail, (self._end, *special[1:])]
        return Encoding(
            ids=[row[0] for row in rows],
            offsets=[(row[1], row[2]) for row in rows],
            first=[row[3] for row in rows],
            cut=cut,
        )


def _shown(blanks: re.Match[str]) -> str:
    """Let the model see a line break: its tokenizer reads it as any other blank."""
    return _GAP + " " * (len(blanks[0]) - 1) if "\n" in blanks[0] else " " * len(blanks[0])

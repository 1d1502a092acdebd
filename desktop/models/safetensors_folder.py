"""Reads a folder of transformers: `config.json` and safetensors files, whole or in shards, without its libraries.

Format of a safetensors file: 8 bytes little endian, the length of a JSON object that names each tensor's type, shape
and place; then the bytes of all, which are mapped and read one tensor at a time. `model.safetensors.index.json` says in
which shard a tensor lies. bf16, which numpy does not know, is the upper half of an fp32.
"""

import json
import math
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from desktop.errors import BrokenModel, UnsupportedModel
from desktop.models.decoder_config import DecoderConfig, check_shapes
from desktop.models.transformers_config import CONFIG_FILE, FAMILIES, decoder_config, read_json
from desktop.reasons import ModelReason

WEIGHTS = "model.safetensors"
_INDEX = f"{WEIGHTS}.index.json"
_LONGEST_HEADER = 100 << 20  # bytes; what the format's own library takes at most
_TYPES = {"F32": (np.float32, "F32"), "F16": (np.float16, "F16"), "BF16": (np.uint16, "BF16")}

_OUTER = {"token_embd": "embed_tokens", "output_norm": "norm"}
_INNER = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "attn_q_norm": "self_attn.q_norm",
    "attn_k_norm": "self_attn.k_norm",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
_NORMS_AFTER = {
    "post_attention_norm": "post_attention_layernorm",
    "ffn_norm": "pre_feedforward_layernorm",
    "post_ffw_norm": "post_feedforward_layernorm",
}
_PREFIXES = ("model.", "language_model.model.", "model.language_model.")  # the last two beside a part that sees


def holds_safetensors(folder: Path) -> bool:
    """Tell whether a folder has weights of this kind."""
    return (folder / WEIGHTS).is_file() or (folder / _INDEX).is_file()


class SafetensorsFolder:
    """An open folder; a context that closes it. See `WeightsSource`: the names are GGUF's.

    Attributes:
        path: the folder.
        config: the decoder's shape.

    Raises:
        BrokenModel: a file is missing, damaged or does not fit the others.
        UnsupportedModel: it is a decoder of another kind.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        said = read_json(path / CONFIG_FILE)
        if str(said.get("model_type", "")) not in FAMILIES:  # before gigabytes are looked at
            decoder_config(path, said, 0, tied=True)
        self._files: list[Path] = self._shards()
        self._tensors: dict[str, NDArray[Any]] = {}
        for file in self._files:
            self._tensors |= _mapped(file)
        self._prefix = next((one for one in _PREFIXES if f"{one}embed_tokens.weight" in self._tensors), "model.")
        embedding = self._tensors.get(f"{self._prefix}embed_tokens.weight")
        if embedding is None or embedding.ndim != 2:  # a matrix
            raise BrokenModel(path, ModelReason.TENSOR_MISSING(name="model.embed_tokens.weight"))
        tied = bool(said.get("tie_word_embeddings", False)) or self._head() is None
        self.config: DecoderConfig = decoder_config(path, said, len(embedding), tied=tied)
        self._names = self._by_gguf_name()
        check_shapes(path, self.config, lambda name: self._names[name].shape if name in self._names else None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the files back; they stay mapped while an array looks into them."""
        self._tensors, self._names = {}, {}

    @property
    def size(self) -> int:
        """Bytes of the weights."""
        return sum(file.stat().st_size for file in self._files)

    def has(self, name: str) -> bool:
        """Tell whether a tensor of this name exists."""
        return name in self._names

    def tensor(self, name: str) -> NDArray[np.float32]:
        """Give a tensor in fp32; a matrix has shape (outputs, inputs). Raises BrokenModel where there is none."""
        return self.rows(name, slice(None))

    def rows(self, name: str, which: slice | NDArray[np.integer[Any]]) -> NDArray[np.float32]:
        """Give some rows of a tensor in fp32; raises as `tensor` does."""
        if name not in self._names:
            raise BrokenModel(self.path, ModelReason.TENSOR_MISSING(name=name))
        stored = self._names[name][which]
        if stored.dtype == np.uint16:
            values = (stored.astype(np.uint32) << 16).view(np.float32)
        else:
            values = stored.astype(np.float32)
        if self.config.architecture == "gemma3" and "norm" in name:
            values += 1  # what is stored is the difference
        return values

    def blocks(self, name: str) -> tuple[str, NDArray[np.uint8]]:
        """Give a tensor as stored: GGUF's name of its type and its bytes, one row per output."""
        stored = self._names[name]
        kind = next(gguf for dtype, gguf in _TYPES.values() if dtype == stored.dtype)
        return kind, np.ascontiguousarray(stored).view(np.uint8).reshape(len(stored), -1)

    def _shards(self) -> list[Path]:
        if not (self.path / _INDEX).is_file():
            return [self.path / WEIGHTS]
        index = read_json(self.path / _INDEX).get("weight_map")
        names = sorted({str(name) for name in index.values()}) if isinstance(index, dict) else []
        if not names or any(Path(name).name != name for name in names):
            raise BrokenModel(self.path / _INDEX, ModelReason.NO_JSON())
        for name in names:
            if not (self.path / name).is_file():
                raise BrokenModel(self.path, ModelReason.PART_MISSING(name=name))
        return [self.path / name for name in names]

    def _head(self) -> NDArray[Any] | None:
        found = (self._tensors.get(name) for name in ("lm_head.weight", "language_model.lm_head.weight"))
        return next((head for head in found if head is not None), None)

    def _by_gguf_name(self) -> dict[str, NDArray[Any]]:
        config = self.config
        theirs = {name: f"{self._prefix}{module}" for name, module in _OUTER.items()}
        inner = _INNER | (_NORMS_AFTER if config.family.norms_after else {})
        for layer in range(config.layers):
            theirs |= {f"blk.{layer}.{name}": f"{self._prefix}layers.{layer}.{of}" for name, of in inner.items()}
        found = {
            f"{name}.{kind}": self._tensors[f"{module}.{kind}"]
            for name, module in theirs.items()
            for kind in ("weight", "bias")
            if f"{module}.{kind}" in self._tensors
        }
        if not config.tied and (head := self._head()) is not None:
            found["output.weight"] = head
        if config.family.fused:
            for layer in range(config.layers):
                found |= self._unfused(layer)
        return found

    def _unfused(self, layer: int) -> dict[str, NDArray[Any]]:
        """Part the fused matrices of a layer; what does not fit is found missing afterwards."""
        config, stem, block = self.config, f"{self._prefix}layers.{layer}", f"blk.{layer}"
        queries, keys = config.heads * config.head_dim, config.kv_heads * config.head_dim
        fused = {
            f"{stem}.self_attn.qkv_proj.weight": {"attn_q": queries, "attn_k": keys, "attn_v": keys},
            f"{stem}.mlp.gate_up_proj.weight": {"ffn_gate": config.ffn, "ffn_up": config.ffn},
        }
        found = {}
        for name, widths in fused.items():
            matrix, start = self._tensors.get(name), 0
            if matrix is None:
                continue
            for part, width in widths.items():
                found[f"{block}.{part}.weight"] = matrix[start : start + width]
                start += width
        return found


def _mapped(path: Path) -> dict[str, NDArray[Any]]:
    """Map the tensors of a safetensors file."""
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if not 0 < length <= _LONGEST_HEADER:
                raise ValueError("no length of a header")
            header = json.loads(file.read(length))
        content = np.memmap(path, np.uint8, "r", offset=8 + length) if path.stat().st_size > 8 + length else None
        return {name: _tensor(path, name, entry, content) for name, entry in header.items() if name != "__metadata__"}
    except FileNotFoundError as error:
        raise BrokenModel(path, ModelReason.FILE_MISSING()) from error
    except (ValueError, TypeError, KeyError, AttributeError, OSError, RecursionError) as error:
        raise BrokenModel(path, ModelReason.NO_SAFETENSORS()) from error


def _tensor(path: Path, name: str, entry: dict[str, Any], content: NDArray[np.uint8] | None) -> NDArray[Any]:
    if entry["dtype"] not in _TYPES:
        raise UnsupportedModel(path, ModelReason.BLOCK_TYPE(name=name))
    (start, end), shape = entry["data_offsets"], [int(width) for width in entry["shape"]]
    dtype = np.dtype(_TYPES[entry["dtype"]][0])
    if content is None or not 0 <= start <= end <= len(content) or end - start != math.prod(shape) * dtype.itemsize:
        raise ValueError("a tensor beyond the file")
    return content[start:end].view(dtype).reshape(shape)

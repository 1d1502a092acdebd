"""A GGUF as the folder that libraries of Hugging Face read."""

from pathlib import Path

import numpy as np
import pytest

from desktop.models.gguf_file import GgufFile
from tests.bench.peers.hugging_face import by_halves, configuration, weights
from tests.tiny_gguf import TinyModel, write_tiny_gguf


def test_turning_halves_of_the_reordered_rows_is_turning_neighbours_of_the_stored_ones() -> None:
    heads, width = 3, 8
    rows = np.random.default_rng(1).normal(size=(heads * width, 5)).astype(np.float32)
    angles = np.arange(1, width // 2 + 1)
    cos, sin = np.cos(angles)[:, None], np.sin(angles)[:, None]
    stored = rows.reshape(heads, width, 5)
    even, odd = stored[:, 0::2], stored[:, 1::2]
    turned = np.stack([even * cos - odd * sin, odd * cos + even * sin], axis=2).reshape(heads * width, 5)
    first, second = np.split(by_halves(rows, width).reshape(heads, width, 5), 2, axis=1)
    halves = np.concatenate([first * cos - second * sin, second * cos + first * sin], axis=1)
    np.testing.assert_allclose(halves.reshape(heads * width, 5), by_halves(turned.astype(np.float32), width), rtol=1e-5)


@pytest.mark.parametrize("architecture", ["llama", "qwen2", "qwen3"])
def test_every_tensor_of_the_file_gets_a_name(tmp_path: Path, architecture: str) -> None:
    source = GgufFile(write_tiny_gguf(tmp_path / "tiny.gguf", TinyModel(architecture, quantization="Q8_0")))
    found = weights(source)
    assert len(found) == len(source._tensors)
    assert configuration(source.config)["num_hidden_layers"] == source.config.layers
    stored = source.tensor("blk.1.attn_k.weight")
    assert (found["model.layers.1.self_attn.k_proj.weight"] == stored).all() == (architecture != "llama")
    assert all(values.dtype == np.float32 for values in found.values())

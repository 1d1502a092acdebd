"""The scales of an int8 KV cache against the keys and values that the graph itself holds in fp32."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop.engine.decoder import Decoder
from desktop.engine.ort_session import choose_device, open_session
from desktop.models.cache_scales import CacheScales
from desktop.models.gguf_file import GgufFile
from tests.tiny_folder import SAMPLES, convert_tiny
from tests.tiny_gguf import TINY_MODELS


def held(folder: Path, architecture: str) -> dict[str, NDArray[np.float32]]:
    """Give the largest magnitude of each channel of an fp32 cache, shape (kv_heads, head_dim), by its tensor's name."""
    files = convert_tiny(folder, TINY_MODELS[architecture], "fp32")
    decoder = Decoder(open_session(files, choose_device("cpu", 1, files, []))[0], files)
    largest: dict[str, NDArray[np.float32]] = {}
    for ids in SAMPLES:
        decoder.rewind([])
        decoder.read(ids)
        for name, buffer in decoder._cache._buffers.items():  # type: ignore[attr-defined]
            found = np.abs(buffer.numpy()[0, :, : len(ids)]).max(axis=1)
            largest[name] = np.maximum(largest.get(name, 0), found)
    return largest


@pytest.mark.parametrize("architecture", [name for name in TINY_MODELS if name != "llama"])
def test_every_key_and_value_of_the_samples_fits_and_values_fit_tightly(tmp_path: Path, architecture: str) -> None:
    largest = held(tmp_path, architecture)
    source = GgufFile(tmp_path / "tiny.gguf")
    scales = CacheScales(source, source.tensor, SAMPLES)
    for layer in range(source.config.layers):
        for part, scale in zip(("key", "value"), scales.layer(layer), strict=True):
            assert scale.dtype == np.float32
            ratio = 127 * scale[0, :, 0] / largest[f"past_key_values.{layer}.{part}"]
            assert ratio.min() > 1.05
            if part == "value":
                assert ratio.max() < 1.12

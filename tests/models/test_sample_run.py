"""What a decoder meets while it reads the samples, against what the graph itself computes in fp32."""

from functools import partial
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray
from onnx import helper

from desktop.engine.decoder import Decoder
from desktop.engine.ort_session import choose_device, open_session
from desktop.models.gguf_file import GgufFile
from desktop.models.products import rows_of
from desktop.models.sample_run import SampleRun, affordable
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
    run = SampleRun(source, source.tensor, SAMPLES)
    for layer in range(source.config.layers):
        for part, scale in zip(("key", "value"), run.cache_scales(layer), strict=True):
            assert scale.dtype == np.float32
            ratio = 127 * scale[0, :, 0] / largest[f"past_key_values.{layer}.{part}"]
            assert ratio.min() > 1.05
            if part == "value":
                assert ratio.max() < 1.12


def test_what_products_meet_is_what_they_meet_in_the_graph(tmp_path: Path) -> None:
    files = convert_tiny(tmp_path, TINY_MODELS["qwen2"], "fp32")
    names = {"blk.1.attn_qkv": "blk.1.attn_norm.normed", "blk.1.attn_output": "blk.1.attended"}
    names["blk.1.ffn_gate_up"] = "blk.1.ffn_norm.normed"
    model = onnx.load(files.folder / "model.onnx")
    model.graph.output.extend(helper.make_tensor_value_info(name, 1, None) for name in names.values())
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    run = SampleRun(GgufFile(tmp_path / "tiny.gguf"), partial(rows_of, GgufFile(tmp_path / "tiny.gguf")), SAMPLES)
    met: dict[str, list[NDArray[np.float32]]] = {product: [] for product in names}
    for ids in SAMPLES:
        inputs = {"input_ids": np.array([ids]), "attention_mask": np.ones((1, len(ids)), np.int64)}
        inputs["num_logits_to_keep"] = np.array(1)
        empty = {one.name: np.empty((1, one.shape[1], 0, one.shape[3]), np.float32) for one in session.get_inputs()[3:]}
        for product, found in zip(names, session.run(list(names.values()), inputs | empty), strict=True):
            met[product].append(np.asarray(found)[0])
    for product, rows in met.items():
        seen = run.seen(product)
        assert seen is not None
        np.testing.assert_allclose(seen, np.concatenate(rows), atol=2e-4)
    assert run.seen("blk.1.ffn_down") is None
    assert run.seen("logits") is None


def test_a_large_model_reads_less_of_the_samples() -> None:
    config = SimpleNamespace(heads=14, kv_heads=2, head_dim=64, layers=24, hidden=896, ffn=4864)
    samples = [list(range(150)), list(range(130))]
    assert affordable([[1] * 40, [2] * 50], config) == [[1] * 40, [2] * 50]  # type: ignore[arg-type]
    (shorter,) = affordable([list(range(400))], config)  # type: ignore[arg-type]
    assert 150 < len(shorter) < 250
    config.layers = 1000
    assert affordable(samples, config) == [list(range(64))]  # type: ignore[arg-type]

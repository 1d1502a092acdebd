"""The graph builder against the formulas written out in numpy, which transformers agrees with."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.engine.decoder import Decoder, Logits
from desktop.engine.interface import ModelFiles
from desktop.engine.ort_session import choose_device, open_session
from desktop.errors import UnsupportedModel
from desktop.models.gguf_file import GgufFile
from desktop.models.graph import write_graph
from tests.kernels import assert_same
from tests.reference_llama import ReferenceLlama
from tests.tiny_folder import SAMPLES, convert_tiny, silent
from tests.tiny_gguf import TINY_MODELS, TinyModel, write_tiny_gguf

EXPECTED: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[1] / "data" / "tiny-gguf.json").read_text(encoding="utf-8")
)


def decoder(files: ModelFiles) -> Decoder:
    return Decoder(open_session(files, choose_device("cpu", 1, files, []))[0], files)


def greedy(model: Decoder, logits: Logits, count: int) -> list[int]:
    tokens: list[int] = []
    while len(tokens) < count:
        tokens.append(int(logits.argmax()))
        logits = model.verify(tokens[-1:])[-1]
    return tokens


def correlation(files: ModelFiles) -> float:
    """Compare the logits of a converted model with those of its dequantized GGUF."""
    ids = list(range(30, 90))
    expected = ReferenceLlama(files.folder / "tiny.gguf").logits(np.array(ids))
    model = decoder(files)
    found = np.stack([model.verify([token])[-1] for token in ids])
    return float(np.corrcoef(found.ravel(), expected.ravel())[0, 1])


@pytest.mark.parametrize("architecture", TINY_MODELS)
def test_an_fp32_graph_answers_as_transformers_does(tmp_path: Path, architecture: str) -> None:
    model = decoder(convert_tiny(tmp_path, TINY_MODELS[architecture], "fp32"))
    for answer in EXPECTED[architecture]:
        model.rewind([])
        logits = model.read(answer["ids"])
        np.testing.assert_allclose(logits, answer["logits_after_prompt"], atol=2e-4)
        assert greedy(model, logits, len(answer["greedy"])) == answer["greedy"]


@pytest.mark.parametrize("tied", [False, True])
@pytest.mark.parametrize("architecture", TINY_MODELS)
def test_tied_and_untied_heads_give_the_reference_s_logits(tmp_path: Path, architecture: str, tied: bool) -> None:
    shape = TinyModel(architecture, tied=tied, key_length=32 if architecture == "qwen3" else None, seed=7)
    files = convert_tiny(tmp_path, shape, "fp32")
    ids = list(range(40, 60))
    expected = ReferenceLlama(tmp_path / "tiny.gguf", np.float64).logits(np.array(ids))
    model = decoder(files)
    one_by_one = np.stack([model.verify([token])[-1] for token in ids])
    np.testing.assert_allclose(one_by_one, expected, atol=2e-4)


@pytest.mark.parametrize("quantization", ["Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "F16", "BF16"])
@pytest.mark.parametrize("tied", [False, True])
def test_int8_stays_close_to_the_dequantized_weights(tmp_path: Path, quantization: str, tied: bool) -> None:
    # Random weights amplify every error layer by layer; what is left is that of int8 activations.
    shape = TinyModel("llama", quantization=quantization, tied=tied, seed=3)
    assert correlation(convert_tiny(tmp_path, shape)) > 0.995


# Wide enough for blocks of Q4_1 to stay 4 bits wide; the head of a tied model and all other products are int8.
WIDE: dict[str, Any] = {"hidden": 256, "ffn": 1024}


@pytest.mark.parametrize(("quantization", "tied", "int4"), [("Q4_1", True, 2), ("Q4_0", False, 9)])
def test_blocks_of_4_bits_stay_so_where_it_pays(tmp_path: Path, quantization: str, tied: bool, int4: int) -> None:
    shape = TinyModel("llama", quantization=quantization, tied=tied, seed=3, **WIDE)
    assert correlation(convert_tiny(tmp_path, shape)) > 0.995
    nodes = onnx.load(tmp_path / "model.onnx", load_external_data=False).graph.node
    products = [{value.name: value.i for value in node.attribute} for node in nodes if node.op_type == "MatMulNBits"]
    assert sum(product["bits"] == 4 for product in products) == int4
    assert any(node.name.endswith(".sums") for node in nodes) == (quantization == "Q4_1")


@pytest.mark.parametrize("quantization", ["Q4_K", "Q6_K"])
def test_the_block_types_of_most_downloads_are_converted_too(tmp_path: Path, quantization: str) -> None:
    shape = TinyModel("llama", quantization=quantization, hidden=256, ffn=256, tied=True)
    assert correlation(convert_tiny(tmp_path, shape)) > 0.995


INT8_CACHES = {
    "llama": TINY_MODELS["llama"],
    "qwen3": TINY_MODELS["qwen3"],
    "int4": TinyModel("llama", quantization="Q4_0", seed=5, **WIDE),
    "int4 with sums": TinyModel("llama", quantization="Q4_1", seed=5, **WIDE),
}


# Products of int4 are not exact on every processor, those of int8 are.
SAME = {name: assert_same if "int4" in name else np.testing.assert_array_equal for name in INT8_CACHES}
Named = tuple[str, Decoder]


@pytest.fixture(scope="module", params=INT8_CACHES)
def int8_cache(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Named:
    return request.param, decoder(convert_tiny(tmp_path_factory.mktemp("int8"), INT8_CACHES[request.param]))


CUTS = st.lists(st.integers(1, 59), max_size=12).map(lambda cuts: [0, *sorted(set(cuts)), 60])
IDS = list(range(60, 120))


@settings(max_examples=40)
@given(cuts=CUTS)
def test_a_token_is_written_alike_alone_and_among_others(int8_cache: Named, cuts: list[int]) -> None:
    name, model = int8_cache
    model.rewind([])
    at_once = model.verify(IDS)
    model.rewind([])
    in_parts = [row for start, end in pairwise(cuts) for row in model.verify(IDS[start:end])]
    SAME[name](in_parts, at_once)


@settings(max_examples=40)
@given(cuts=CUTS)
def test_a_prompt_is_read_alike_however_it_is_cut(int8_cache: Named, cuts: list[int]) -> None:
    name, model = int8_cache
    model.rewind([])
    at_once = model.read_each(IDS)
    model.rewind([])
    in_parts = [model.read(IDS[start:end]) for start, end in pairwise(cuts)]
    SAME[name](in_parts, [at_once[end - 1] for end in cuts[1:]])
    assert model.tokens == IDS


@settings(max_examples=40)
@given(cuts=CUTS)
def test_what_was_written_is_forgotten_and_leaves_no_trace(int8_cache: Named, cuts: list[int]) -> None:
    name, model = int8_cache
    model.rewind([])
    at_once = model.read_each(IDS)
    model.rewind([])
    for start, end in pairwise(cuts):
        found = model.read(IDS[start:end])
        SAME[name](found, at_once[end - 1])
        model.verify([3, 4, 5])
        assert model.kept == end
        model.forget(len(model.tokens) - model.kept)


def test_reading_and_writing_differ_by_rounding_only(int8_cache: Named) -> None:
    _, model = int8_cache
    model.rewind([])
    read = np.stack(model.read_each(IDS))
    model.rewind([])
    written = np.stack(model.verify(IDS))
    assert np.corrcoef(read.ravel(), written.ravel())[0, 1] > 0.999


def test_a_tied_head_and_the_embedding_are_the_same_bytes(tmp_path: Path) -> None:
    convert_tiny(tmp_path, TinyModel("llama", tied=True, quantization="Q8_0"))
    graph = onnx.load(tmp_path / "model.onnx", load_external_data=False).graph
    places = {tensor.name: {entry.key: entry.value for entry in tensor.external_data} for tensor in graph.initializer}
    assert places["token_embd.table"] == places["token_embd.int8"]


def test_the_graph_has_the_interface_of_the_public_model_hubs(tmp_path: Path) -> None:
    convert_tiny(tmp_path, TinyModel("llama"))
    graph = onnx.load(tmp_path / "model.onnx", load_external_data=False).graph
    caches = [f"{layer}.{part}" for layer in range(2) for part in ("key", "value")]
    assert [entry.name for entry in graph.input] == [
        "input_ids",
        "attention_mask",
        "num_logits_to_keep",
        "reading",
        *(f"past_key_values.{cache}" for cache in caches),
    ]
    assert [entry.name for entry in graph.output] == ["logits", *(f"present.{cache}" for cache in caches)]


def test_the_same_gguf_gives_the_same_bytes(tmp_path: Path) -> None:
    source = GgufFile(write_tiny_gguf(tmp_path / "tiny.gguf", TinyModel("qwen2", quantization="Q4_1")))
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_graph(source, tmp_path / name, silent(), samples=SAMPLES)
    for file in ("model.onnx", "model.onnx.data"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_widths_that_int8_blocks_cannot_hold_are_refused(tmp_path: Path) -> None:
    source = GgufFile(write_tiny_gguf(tmp_path / "tiny.gguf", TinyModel("llama", hidden=48, ffn=40)))
    with pytest.raises(UnsupportedModel, match="multiples of 32"):
        write_graph(source, tmp_path, silent())

"""Products of whole numbers: as near as they say, alike alone and among others, left out where they do not pay."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.engine.decoder import Decoder
from desktop.engine.interface import ModelFiles
from desktop.engine.ort_session import choose_device, open_session
from desktop.models.integer import miss, to_integers
from tests.reference_llama import ReferenceLlama
from tests.tiny_folder import convert_tiny
from tests.tiny_gguf import TinyModel

# Wide enough that rounding rows to bytes pays for gate and up.
WIDE: dict[str, Any] = {"hidden": 256, "ffn": 1024, "quantization": "Q5_0"}


@settings(max_examples=30)
@given(seed=st.integers(0, 10_000), outlier=st.sampled_from([1.0, 20.0, 300.0]), dead=st.booleans())
def test_the_product_is_as_near_as_promised_also_where_channels_stand_out(
    seed: int, outlier: float, dead: bool
) -> None:
    random = np.random.default_rng(seed)
    weights = random.standard_normal((48, 64)).astype(np.float32)
    seen = random.standard_normal((40, 64))
    seen[:, 3] *= outlier
    if dead:
        seen[:, 5], weights[7], weights[:, 9] = 0, 0, 0
    matrix = to_integers(weights, seen)
    if matrix is None:
        assert outlier > 1
        return
    assert np.abs(matrix.quants.astype(int)).max() <= 127
    assert miss(matrix, seen[::4], seen[::4] @ weights.T) <= 0.015
    assert (matrix.multiplied(np.zeros((1, 64))) == 0).all()


def test_smoothing_is_taken_where_a_channel_stands_out() -> None:
    random = np.random.default_rng(1)
    weights, seen = random.standard_normal((48, 64)).astype(np.float32), random.standard_normal((80, 64))
    plain = to_integers(weights, seen)
    seen[:, 3] *= 6
    smoothed = to_integers(weights, seen)
    assert plain is not None
    assert smoothed is not None
    assert smoothed.unsmooth is not None
    assert smoothed.unsmooth[3] < smoothed.unsmooth[4]


def test_a_matrix_that_does_not_stand_it_is_left_as_it_was() -> None:
    random = np.random.default_rng(1)
    weights, seen = random.standard_normal((48, 64)).astype(np.float32), random.standard_normal((80, 64))
    weights[:, :2], seen[:, :2] = [100, -51.7], [51.7, 100]  # cancel out, but not once they are rounded
    assert to_integers(weights, seen) is None


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> ModelFiles:
    return convert_tiny(tmp_path_factory.mktemp("wide"), TinyModel("llama", seed=5, **WIDE))


@pytest.fixture(scope="module")
def decoder(files: ModelFiles) -> Decoder:
    return Decoder(open_session(files, choose_device("cpu", 1, files, []))[0], files)


def test_large_products_of_a_graph_are_of_whole_numbers_and_small_ones_are_not(files: ModelFiles) -> None:
    nodes = onnx.load(files.folder / "model.onnx", load_external_data=False).graph.node
    names = {node.name for node in nodes if node.op_type == "MatMulIntegerToFloat"}
    assert names == {"blk.0.ffn_gate_up.sums"}  # the samples do not go through the last layer


def test_the_graph_stays_close_to_the_weights_of_its_file(files: ModelFiles, decoder: Decoder) -> None:
    ids = list(range(30, 90))
    expected = ReferenceLlama(files.folder / "tiny.gguf").logits(np.array(ids))
    decoder.rewind([])
    found = np.stack(decoder.read_each(ids))
    assert np.corrcoef(found.ravel(), expected.ravel())[0, 1] > 0.995


@settings(max_examples=25)
@given(ids=st.lists(st.integers(3, 300), min_size=2, max_size=60), step=st.integers(1, 20))
def test_a_prompt_has_the_same_numbers_however_it_is_cut(decoder: Decoder, ids: list[int], step: int) -> None:
    decoder.rewind([])
    whole = decoder.read(ids)
    decoder.rewind([])
    for start in range(0, len(ids), step):
        cut = decoder.read(ids[start : start + step])
    np.testing.assert_array_equal(cut, whole)


def test_no_sum_saturates(tmp_path: Path) -> None:
    """The largest bytes on both sides: a kernel that adds up pairs in 16 bits would cut them off."""
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    from desktop.models.gguf_file import GgufFile
    from desktop.models.nodes import Nodes, WeightsFile
    from desktop.models.products import Products
    from tests.tiny_gguf import write_tiny_gguf

    source = GgufFile(write_tiny_gguf(tmp_path / "tiny.gguf", TinyModel("llama")))
    file = (tmp_path / "weights").open("wb")
    graph = Nodes(WeightsFile(file))
    graph.constant("last_axis", np.array([-1], np.int64))
    weights = np.full((8, 256), 0.5, np.float32)
    matrix = to_integers(weights, np.ones((4, 256)))
    assert matrix is not None
    Products(graph, source, "int8")._multiply_integers("product", "rows", matrix)
    for tensor in graph.initializers:
        if tensor.name == "product.weight":
            tensor.CopyFrom(numpy_helper.from_array(matrix.quants, tensor.name))
    shapes = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in ("rows", "product")]
    model = helper.make_model(
        helper.make_graph(graph.nodes, "product", shapes[:1], shapes[1:], graph.initializers),
        opset_imports=[helper.make_opsetid("", 21), helper.make_opsetid("com.microsoft", 1)],
        ir_version=10,
    )
    (tmp_path / "model.onnx").write_bytes(model.SerializeToString())
    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.x64quantprecision", "1")
    session = onnxruntime.InferenceSession(tmp_path / "model.onnx", options, providers=["CPUExecutionProvider"])
    (found,) = session.run(None, {"rows": np.ones((1, 3, 256), np.float32)})
    np.testing.assert_allclose(found, 128.0, rtol=1e-6)
    file.close()

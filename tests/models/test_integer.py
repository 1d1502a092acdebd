"""Products of whole numbers: as near as they say, alike alone and among others, left out where they do not pay."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from onnx import TensorProto, helper

from desktop.engine.decoder import Decoder
from desktop.engine.interface import WEIGHTS_FILE, ModelFiles
from desktop.engine.kernel_race import shortest_runs
from desktop.engine.ort_session import choose_device, open_session
from desktop.models.gguf_file import GgufFile
from desktop.models.graph import write_graph
from desktop.models.integer import APART, IntegerMatrix, add_product, miss, rounded, to_integers
from desktop.models.integer_trial import integers_pay, write_trial
from desktop.models.nodes import MICROSOFT, Nodes, WeightsFile
from tests.reference_llama import ReferenceLlama
from tests.tiny_folder import SAMPLES, convert_tiny, silent
from tests.tiny_gguf import TinyModel, write_tiny_gguf

# Wide enough that rounding rows to bytes pays for gate and up.
WIDE = TinyModel("llama", seed=5, hidden=256, ffn=1024, quantization="Q5_0")
INPUTS, OUTPUTS = 96, 48

Rows = NDArray[np.float32]


def drawn(seed: int, loud: float = 1.0) -> tuple[Rows, NDArray[np.float64]]:
    """Draw weights and what they meet, a few channels of which are `loud` times as large as the rest."""
    random = np.random.default_rng(seed)
    weights = random.uniform(-1, 1, (OUTPUTS, INPUTS)).astype(np.float32)
    seen = random.uniform(-1, 1, (80, INPUTS))
    seen[:, [3, 50, 51]] *= loud
    return weights, seen


@settings(max_examples=30)
@given(seed=st.integers(0, 10_000), loud=st.sampled_from([1.0, 20.0, 3000.0]), dead=st.booleans())
def test_the_product_is_as_near_as_promised_also_where_channels_stand_out(seed: int, loud: float, dead: bool) -> None:
    weights, seen = drawn(seed, loud)
    if dead:
        seen[:, 5], weights[7], weights[:, 9] = 0, 0, 0
    matrix = to_integers(weights, seen)
    assert matrix is not None
    assert (matrix.quants[matrix.apart] == 128).all()
    assert loud == 1 or {3, 50, 51} <= set(matrix.apart.tolist())
    assert miss(matrix, seen, seen @ weights.T) <= 0.011
    assert (matrix.multiplied(np.zeros((1, INPUTS))) == 0).all()


def test_a_matrix_that_does_not_stand_it_is_left_as_it_was() -> None:
    weights, seen = drawn(1)
    weights[:, : APART + 4], seen[:, : APART + 4] = 100, 50  # more than there are apart, and they cancel out
    weights[:, 1 : APART + 4 : 2] *= -1
    assert to_integers(weights, seen) is None


def multiplied(folder: Path, matrix: IntegerMatrix, rows: Rows) -> Rows:
    """Run the product's nodes on rows, shape (batch, tokens, inputs)."""
    with (folder / WEIGHTS_FILE).open("wb") as file:
        graph = Nodes(WeightsFile(file))
        graph.constant("last_axis", np.array([-1], np.int64))
        add_product(graph, "product", "rows", matrix)
    shapes = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in ("rows", "product")]
    model = helper.make_model(
        helper.make_graph(graph.nodes, "product", shapes[:1], shapes[1:], graph.initializers),
        opset_imports=[helper.make_opsetid("", 21), helper.make_opsetid(MICROSOFT, 1)],
        ir_version=10,
    )
    (folder / "model.onnx").write_bytes(model.SerializeToString())
    session = onnxruntime.InferenceSession(folder / "model.onnx", providers=["CPUExecutionProvider"])
    (found,) = session.run(None, {"rows": rows})
    return np.asarray(found)


def test_the_graph_multiplies_as_the_matrix_says(tmp_path: Path) -> None:
    weights, seen = drawn(2, loud=30.0)
    matrix = to_integers(weights, seen)
    assert matrix is not None
    rows = seen[:12].reshape(2, 6, INPUTS).astype(np.float32)
    rows[1, 2] = 0
    found, expected = multiplied(tmp_path, matrix, rows), matrix.multiplied(rows.reshape(12, INPUTS).astype(float))
    apart = np.abs(rows[..., matrix.apart]).max()  # is rounded to bytes too, in blocks
    np.testing.assert_allclose(found.reshape(12, OUTPUTS), expected, atol=APART * apart / 254)
    assert (found[1, 2] == 0).all()


def test_a_row_has_the_same_numbers_alone_and_among_others(tmp_path: Path) -> None:
    weights, seen = drawn(3, loud=30.0)
    matrix, rows = rounded(weights, np.arange(APART)), seen[None, :9].astype(np.float32)
    together = multiplied(tmp_path, matrix, rows)
    for at in range(9):
        np.testing.assert_array_equal(multiplied(tmp_path, matrix, rows[:, at : at + 1])[0, 0], together[0, at])


def test_no_sum_saturates(tmp_path: Path) -> None:
    """The largest bytes on both sides: a kernel that adds up pairs in 16 bits would cut them off."""
    matrix = rounded(np.full((8, 256), 0.5, np.float32), np.arange(APART))
    found = multiplied(tmp_path, matrix, np.ones((1, 3, 256), np.float32))
    np.testing.assert_allclose(found, 128.0, rtol=1e-6)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModelFiles]:
    with pytest.MonkeyPatch.context() as patch:  # random weights have no channels that stand out, and miss 0.0100
        patch.setattr("desktop.models.integer._MOST_MISS", 0.02)
        yield convert_tiny(tmp_path_factory.mktemp("wide"), WIDE, integers=True)


@pytest.fixture(scope="module")
def decoder(files: ModelFiles) -> Decoder:
    return Decoder(open_session(files, choose_device("cpu", 1, files, []))[0], files)


def whole(folder: Path) -> set[str]:
    """Name a graph's products of whole numbers."""
    nodes = onnx.load(folder / "model.onnx", load_external_data=False).graph.node
    return {node.name.removesuffix(".whole") for node in nodes if node.op_type == "MatMulIntegerToFloat"}


def test_large_products_of_a_graph_are_of_whole_numbers_and_small_ones_are_not(files: ModelFiles) -> None:
    assert whole(files.folder) == {"blk.0.ffn_gate_up", "blk.1.ffn_gate_up"}


@pytest.mark.parametrize(("int8_cache", "pay"), [(True, True), (False, False)])
def test_over_an_int8_cache_and_where_they_are_slower_there_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, int8_cache: bool, pay: bool
) -> None:
    monkeypatch.setattr("desktop.models.integer._MOST_MISS", 0.02)
    source = GgufFile(write_tiny_gguf(tmp_path / "tiny.gguf", WIDE))
    write_graph(source, tmp_path, silent(), "int8", SAMPLES, int8_cache=int8_cache, integers=lambda: pay)
    assert whole(tmp_path) == set()


def test_the_graph_stays_close_to_the_weights_of_its_file(files: ModelFiles, decoder: Decoder) -> None:
    ids = list(range(30, 90))
    expected = ReferenceLlama(files.folder / "tiny.gguf").logits(np.array(ids))
    decoder.rewind([])
    found = np.stack(decoder.read_each(ids))
    assert np.corrcoef(found.ravel(), expected.ravel())[0, 1] > 0.995


@settings(max_examples=25)
@given(ids=st.lists(st.integers(3, 300), min_size=2, max_size=60), step=st.integers(2, 20))
def test_a_prompt_has_the_same_numbers_however_it_is_cut(decoder: Decoder, ids: list[int], step: int) -> None:
    decoder.rewind([])
    together = decoder.read(ids)
    decoder.rewind([])
    starts = [start for start in range(0, len(ids), step) if start + 1 < len(ids)]  # a last one goes with those before
    for start, end in zip(starts, [*starts[1:], len(ids)], strict=True):
        cut = decoder.read(ids[start:end])
    np.testing.assert_array_equal(cut, together)


@pytest.mark.parametrize(
    ("times", "pay"),
    [
        ([[1.0, 4.0], [1.0, 10.0]], True),
        ([[1.0, 9.0], [1.0, 10.0]], False),
        ([[1.6, 4.0], [1.0, 10.0]], False),
    ],
    ids=["faster", "no faster", "slower for one token"],
)
def test_they_are_taken_where_this_processor_is_faster_with_them(
    monkeypatch: pytest.MonkeyPatch, times: list[list[float]], pay: bool
) -> None:
    def raced(graphs: list[Path], inputs: list[Rows], rounds: int) -> list[list[float]]:
        found = shortest_runs(graphs, inputs, 1)  # both run
        assert [len(graph) for graph in found] == [len(inputs)] * len(graphs) == [2, 2]
        return times

    monkeypatch.setattr("desktop.models.integer_trial.shortest_runs", raced)
    integers_pay.cache_clear()
    assert integers_pay() is pay
    integers_pay.cache_clear()


def test_the_race_gives_the_time_of_each_graph_on_each_input(tmp_path: Path) -> None:
    def twice(graph: Nodes) -> None:
        graph.add("Add", ["rows", "rows"], "product")

    paths = [write_trial(tmp_path / name, twice) for name in ("one", "two")]
    few, many = np.ones((1, 4), np.float32), np.ones((4000, 4000), np.float32)
    for graph in shortest_runs(paths, [few, many], 3):
        assert 0 < graph[0] < graph[1]

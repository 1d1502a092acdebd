"""Products, the embedding and the head of a graph against the weights that they stand for."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gguf
import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper

from desktop.engine.interface import WEIGHTS_FILE
from desktop.errors import Cancelled
from desktop.models.decoder_config import Architecture
from desktop.models.gguf_blocks import BLOCK_TYPES
from desktop.models.graph import add_rotary_tables
from desktop.models.nodes import MICROSOFT, Nodes, WeightsFile
from desktop.models.products import Products
from tests.models.test_gguf_blocks import random_blocks

VOCAB, HIDDEN = 320, 512


class Tensors:
    """Stands for a GGUF file: tensors of block types, by name."""

    def __init__(self, tied: bool = True, **stored: tuple[str, NDArray[np.uint8]]) -> None:
        self._stored = {f"{name}.weight": tensor for name, tensor in stored.items()}
        self.path = Path("tensors.gguf")
        self.config = SimpleNamespace(tied=tied, vocab=VOCAB, hidden=HIDDEN, row_order=np.arange, family=Architecture())

    def has(self, name: str) -> bool:
        return name in self._stored

    def blocks(self, name: str) -> tuple[str, NDArray[np.uint8]]:
        return self._stored[name]

    def rows(self, name: str, which: Any) -> NDArray[np.float32]:
        kind, stored = self._stored[name]
        return BLOCK_TYPES[kind].weights(stored[which])


def drawn(block_type: str, outputs: int, inputs: int, seed: int = 0) -> tuple[str, NDArray[np.uint8]]:
    """Draw a tensor; of Q4_K one whose zero is among its levels, as real ones are."""
    per = gguf.GGML_QUANT_SIZES[gguf.GGMLQuantizationType[block_type]][0]
    stored = random_blocks(block_type, (outputs, inputs // per), seed)
    blocks = stored.reshape(outputs, inputs // per, -1)
    if block_type == "Q4_K":
        blocks[..., :4] = np.array([1e-3, 7e-3], np.float16).view(np.uint8)
        blocks[..., 4:16] = np.array([32] * 4 + [32] * 4 + [0] * 4, np.uint8)
    return block_type, stored


def quantized(block_type: str, values: NDArray[np.float32]) -> tuple[str, NDArray[np.uint8]]:
    return block_type, gguf.quantize(values, gguf.GGMLQuantizationType[block_type]).reshape(len(values), -1)


class Built:
    """A graph that is built in a folder, saved, and run."""

    def __init__(self, folder: Path, source: Tensors, build: Callable[[Products], object], given: str) -> None:
        self.folder, self._given = folder, given
        with (folder / WEIGHTS_FILE).open("wb") as file:
            self.graph = Nodes(WeightsFile(file))
            self.graph.constant("last_axis", np.array([-1], np.int64))
            build(Products(self.graph, source, "int8"))  # type: ignore[arg-type]

    def run(self, output: str, values: NDArray[Any]) -> NDArray[np.float32]:
        kind = helper.np_dtype_to_tensor_dtype(values.dtype)
        model = helper.make_model(
            helper.make_graph(
                self.graph.nodes,
                "products",
                [helper.make_tensor_value_info(self._given, kind, values.shape)],
                [helper.make_tensor_value_info(output, TensorProto.FLOAT, None)],
                self.graph.initializers,
            ),
            opset_imports=[helper.make_opsetid("", 21), helper.make_opsetid(MICROSOFT, 1)],
            ir_version=10,
        )
        onnx.save(model, self.folder / "model.onnx")
        session = onnxruntime.InferenceSession(self.folder / "model.onnx", providers=["CPUExecutionProvider"])
        result: NDArray[np.float32] = session.run([output], {self._given: values})[0]
        return result

    def products(self) -> list[dict[str, int]]:
        nodes = [node for node in self.graph.nodes if node.op_type == "MatMulNBits"]
        return [{value.name: value.i for value in node.attribute} for node in nodes]


def assert_multiplies(built: Built, source: Tensors, names: list[str]) -> None:
    """Holds a product against its weights; what is left is the rounding of its inputs to int8."""
    weights = np.concatenate([source.rows(f"{name}.weight", slice(None)) for name in names])
    given = np.random.default_rng(1).standard_normal((1, 3, weights.shape[1])).astype(np.float32)
    expected, found = given @ weights.T, built.run("product", given)
    assert np.sqrt(np.square(found - expected).mean()) < 0.01 * np.sqrt(np.square(expected).mean())


@pytest.mark.parametrize(
    ("types", "outputs", "bits"),
    [
        (("Q4_K", "Q4_K", "Q6_K"), (1024, 1024, 256), [4, 8]),  # the values of half the layers in Q4_K_M
        (("Q6_K", "Q4_K", "Q4_K"), (256, 1024, 1024), [8, 4]),
        (("Q4_K", "Q4_K", "Q4_K"), (1024, 1024, 256), [4]),
        (("Q4_K", "Q4_K", "Q6_K"), (512, 256, 256), [8]),  # too small for a node more
        (("Q5_K", "Q3_K", "Q6_K"), (96, 32, 32), [8]),
        (("Q5_0", "Q8_0", "IQ4_NL"), (96, 32, 32), [8]),
    ],
)
def test_matrices_of_several_types_are_one_product_or_one_of_each_kind(
    tmp_path: Path, types: tuple[str, ...], outputs: tuple[int, ...], bits: list[int]
) -> None:
    names = ["a", "b", "c"]
    tensors = [drawn(kind, rows, 512) for kind, rows in zip(types, outputs, strict=True)]
    source = Tensors(a=tensors[0], b=tensors[1], c=tensors[2])
    built = Built(tmp_path, source, lambda products: products.add("product", names, "given"), "given")
    assert [product["bits"] for product in built.products()] == bits
    assert_multiplies(built, source, names)


def test_one_matrix_of_narrow_blocks_makes_all_narrow(tmp_path: Path) -> None:
    source = Tensors(a=drawn("Q2_K", 64, 512), b=drawn("Q6_K", 64, 512))
    built = Built(tmp_path, source, lambda products: products.add("product", ["a", "b"], "given"), "given")
    assert [product["block_size"] for product in built.products()] == [16]
    assert_multiplies(built, source, ["a", "b"])


def embed_and_score(products: Products) -> None:
    products.embed("ids")
    products.head("embedded")


TABLE = np.random.default_rng(7).standard_normal((VOCAB, HIDDEN)).astype(np.float32)


@pytest.mark.parametrize("coarser", ["Q4_0", "Q5_0", "Q5_1"])
def test_a_head_that_is_the_embedding_but_for_rounding_shares_its_bytes(tmp_path: Path, coarser: str) -> None:
    source = Tensors(tied=False, token_embd=quantized(coarser, TABLE), output=quantized("Q8_0", TABLE))
    built = Built(tmp_path, source, embed_and_score, "ids")
    ids = np.array([[3, 250, 0]])
    finer = source.rows("output.weight", slice(None))
    np.testing.assert_array_equal(built.run("embedded", ids)[0], finer[ids[0]])
    logits = built.run("logits", ids)[0]
    np.testing.assert_allclose(logits, finer[ids[0]] @ finer.T, atol=0.02 * HIDDEN)
    assert (tmp_path / WEIGHTS_FILE).stat().st_size < 1.3 * VOCAB * HIDDEN


@pytest.mark.parametrize("apart", [0.3, 1.0])
def test_a_head_that_was_trained_apart_keeps_its_own_bytes(tmp_path: Path, apart: float) -> None:
    other = np.random.default_rng(8).standard_normal(TABLE.shape).astype(np.float32)
    head = TABLE.copy()
    head[100:] += apart * other[100:]
    source = Tensors(tied=False, token_embd=quantized("Q5_0", TABLE), output=quantized("Q8_0", head))
    built = Built(tmp_path, source, embed_and_score, "ids")
    ids = np.array([[3, 250, 0]])
    np.testing.assert_array_equal(built.run("embedded", ids)[0], source.rows("token_embd.weight", ids[0]))
    assert (tmp_path / WEIGHTS_FILE).stat().st_size > 2 * VOCAB * HIDDEN


def test_only_large_products_that_may_be_of_whole_numbers_are_looked_at(tmp_path: Path) -> None:
    asked: list[str] = []

    def build(products: Products) -> None:
        products._seen, products._integers_pay = asked.append, lambda: True
        products.add("blk.0.attn_output", ["large"], "given")
        products.add("blk.0.ffn_down", ["large"], "given")
        products.add("blk.0.attn_qkv", ["small"], "given")

    source = Tensors(large=drawn("Q8_0", 1024, 512), small=drawn("Q8_0", 512, 512))
    built = Built(tmp_path, source, build, "given")
    assert asked == ["blk.0.attn_output"]
    assert len(built.products()) == 3  # nothing is known of what they meet


@pytest.mark.parametrize("block_type", ["Q8_0", "Q5_1"])  # without zero points, and with
def test_a_large_head_is_multiplied_in_parts_and_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block_type: str
) -> None:
    source, ids = Tensors(token_embd=quantized(block_type, TABLE)), np.array([[5, 317, 0, 256]])
    for name in ("one", "parts"):
        (tmp_path / name).mkdir()
    whole = Built(tmp_path / "one", source, embed_and_score, "ids")
    monkeypatch.setattr("desktop.models.products._LARGE_HEAD", 1)
    monkeypatch.setattr("desktop.models.products._HEAD_ROWS", 128)
    parts = Built(tmp_path / "parts", source, embed_and_score, "ids")
    assert [product["N"] for product in parts.products()] == [128, 128, VOCAB - 256]
    assert (tmp_path / "parts" / WEIGHTS_FILE).read_bytes() == (tmp_path / "one" / WEIGHTS_FILE).read_bytes()
    np.testing.assert_array_equal(parts.run("logits", ids), whole.run("logits", ids))


def test_a_failure_on_a_thread_ends_the_conversion(tmp_path: Path) -> None:
    class Stopped(Tensors):
        def blocks(self, name: str) -> tuple[str, NDArray[np.uint8]]:
            kind, stored = super().blocks(name)

            class Rows(np.ndarray):
                def __getitem__(self, which: Any) -> Any:
                    raise Cancelled("tensors")

            return kind, stored.view(Rows)

    source = Stopped(a=drawn("Q8_0", 8, 512))
    with pytest.raises(Cancelled):
        Built(tmp_path, source, lambda products: products.add("product", ["a"], "given"), "given")


@pytest.mark.parametrize("magnitude", [1.0, 1.2])
def test_long_rotary_tables_are_made_of_short_ones(tmp_path: Path, magnitude: float) -> None:
    angles = np.outer(np.arange(16_384), 10_000.0 ** -np.linspace(0, 1, 16))
    cos, sin = magnitude * np.cos(angles), magnitude * np.sin(angles)
    source = Tensors()
    built = Built(
        tmp_path, source, lambda products: add_rotary_tables(products._graph, products, "rope", cos, sin), "unused"
    )
    for name, expected in (("rope.cos", cos), ("rope.sin", sin)):
        np.testing.assert_allclose(built.run(name, np.zeros(1, np.float32)), expected, atol=5e-7)
    assert (tmp_path / WEIGHTS_FILE).stat().st_size < cos.nbytes / 10

"""The products of a decoder's graph: how the matrices of a GGUF file are held, and multiplied by what is computed.

Matrices that meet the same inputs lie one under the other and are one product. For a CPU, blocks of 4 bits stay 4 bits
where that saves more time than the sums of inputs cost that Q4_1 needs (see `desktop.models.int4`). Else a product is
one of whole numbers where it stands that (`desktop.models.integer`), and int8 in blocks of 32 where it does not.
A tied head points at the embedding's bytes.
"""

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto

from desktop.errors import UnsupportedModel
from desktop.models.gguf_file import GgufFile
from desktop.models.int4 import Int4Matrix, levels, to_int4
from desktop.models.integer import Inputs, IntegerMatrix, to_integers
from desktop.models.nodes import MICROSOFT, Nodes
from desktop.models.quantize import BLOCK, Int8Matrix, is_lattice, lattice_to_int8, round_to_int8
from desktop.reasons import ModelReason

Precision = Literal["int8", "fp16", "fp32"]
_INT8_ACTIVATIONS = 4  # MatMulNBits accuracy_level: int8 dot products, the fast kernels
_WORTH_ROUNDING = 500_000  # weights; below, rounding the rows takes longer than the faster product saves
_WORTH_SUMS = 400_000  # weights; reading so many in 4 bits instead of 8 saves the 5 us that sums of inputs cost


class Products:
    """Adds products, the embedding and the head to a graph.

    Args:
        graph: what they are added to.
        source: the model.
        precision: see `desktop.models.graph.write_graph`.
        seen: gives what a product meets in sample texts, by its name, where that is known.
    """

    def __init__(
        self,
        graph: Nodes,
        source: GgufFile,
        precision: Precision,
        seen: Callable[[str], Inputs | None] = lambda _: None,
    ) -> None:
        self._seen = seen
        self._graph, self._source, self._config, self._precision = graph, source, source.config, precision
        self._floats = np.float16 if precision == "fp16" else np.float32  # of all that is not int8
        self._embedding_names: list[str] = []  # of the int8 initializers that a tied head shares
        self._with_sums: set[str] = set()  # inputs of products behind which their sums stand already

    def embed(self, ids: str) -> str:
        """Look token ids up, shape (batch, tokens); gives the name of (batch, tokens, hidden)."""
        if self._precision != "int8":
            table = self.stored("token_embd", self._source.tensor("token_embd.weight"))
            return self._graph.add("Gather", [table, ids], "embedded")
        matrix = self._int8(["token_embd.weight"])
        self._embedding_names = names = self._store_int8("token_embd", matrix)
        table = self._graph.view("token_embd.table", names[0], (self._config.vocab, self._config.hidden))
        inputs = [table, ids, *names[1:]]
        attributes: dict[str, Any] = {"gather_axis": 0, "quantize_axis": 1, "block_size": BLOCK, "bits": 8}
        return self._graph.add("GatherBlockQuantized", inputs, "embedded", domain=MICROSOFT, **attributes)

    def head(self, normed: str) -> None:
        """Add `logits`: the scores of all tokens."""
        tied = self._config.tied
        if not tied:
            self.add("logits", ["output"], normed)
        elif self._precision != "int8":
            transposed = self._graph.add("Transpose", ["token_embd"], "token_embd.transposed", perm=[1, 0])
            self._graph.add("MatMul", [normed, transposed], "logits")
        else:
            self._multiply_int8("logits", normed, self._embedding_names, self._config.hidden, self._config.vocab)

    def add(self, name: str, tensors: list[str], hidden: str) -> str:
        """Multiply by the matrices of these tensors, one under the other, and add their biases where they have some."""
        biases = [tensor for tensor in tensors if self._source.has(f"{tensor}.bias")]
        product = f"{name}.product" if biases else name
        weights = [f"{tensor}.weight" for tensor in tensors]
        if self._precision != "int8":
            matrix = np.concatenate([self.rows(tensor) for tensor in weights])
            self._graph.add("MatMul", [hidden, self.stored(f"{name}.weight", matrix.T)], product)
        elif (int4 := self._int4(weights)) is not None:
            self._multiply_int4(product, hidden, int4)
        elif (integers := self._integers(name, weights)) is not None:
            self._multiply_integers(product, hidden, integers)
        else:
            int8 = self._int8(weights)
            names = self._store_int8(name, int8)
            inputs = int8.quants.shape[1] * BLOCK
            self._multiply_int8(product, hidden, names, inputs, len(int8.quants))
        if not biases:
            return name
        if len(biases) != len(tensors):
            raise UnsupportedModel(self._source.path, ModelReason.PARTLY_BIASED(name=name))
        values = np.concatenate([self.rows(f"{tensor}.bias") for tensor in tensors])
        return self._graph.add("Add", [product, self.stored(f"{name}.bias", values)], name)

    def _int4(self, weights: list[str]) -> Int4Matrix | None:
        """Hold matrices in int4, one under the other; None where their blocks are others or it does not pay."""
        parts = []
        for name in weights:
            stored = levels(*self._source.blocks(name)) if self._source.has(name) else None
            if stored is None:
                return None
            order = self._row_order(name, len(stored.steps))
            parts.append(stored if order is None else stored.rows(order))
        size = sum(part.quants.size for part in parts)
        if size < _WORTH_SUMS and any(part.offsets is not None for part in parts):
            return None
        return to_int4(parts)

    def _multiply_int4(self, name: str, hidden: str, matrix: Int4Matrix) -> None:
        form: dict[str, Any] = {"K": matrix.inputs + matrix.sums, "N": len(matrix.scales), "bits": 4}
        inputs = [
            self._sums_behind(hidden, matrix.sums) if matrix.sums else hidden,
            self._graph.stored(f"{name}.int4", matrix.quants),
            self._graph.stored(f"{name}.int4.scale", matrix.scales),
        ]
        if matrix.zero_points is not None:
            inputs.append(self._graph.stored(f"{name}.int4.zero", matrix.zero_points))
        form |= {"block_size": BLOCK, "accuracy_level": _INT8_ACTIVATIONS}
        self._graph.add("MatMulNBits", inputs, name, domain=MICROSOFT, **form)

    def _integers(self, name: str, weights: list[str]) -> IntegerMatrix | None:
        """Hold matrices in int8 with a scale an output; None where they are small or would not stand it."""
        seen = self._seen(name)
        if seen is None or sum(self._source.size(tensor) for tensor in weights) < _WORTH_ROUNDING:
            return None
        return to_integers(np.concatenate([self.rows(tensor) for tensor in weights]), seen)

    def _multiply_integers(self, name: str, hidden: str, matrix: IntegerMatrix) -> None:
        """Round each row to bytes, multiply, and give the sums their scales; see `desktop.models.integer`."""
        graph = self._graph
        for constant, value in (("highest", 127.0), ("middle", 128.5)):
            if not graph.has(constant):
                graph.constant(constant, np.array(value, np.float32))
        if not graph.has("byte_zero"):
            graph.constant("byte_zero", np.array(128, np.uint8))
            graph.constant("byte_scale", np.array(1, np.float32))
        scaled = hidden
        if matrix.unsmooth is not None:
            scaled = graph.add("Mul", [hidden, graph.constant(f"{name}.unsmooth", matrix.unsmooth)], f"{name}.scaled")
        magnitude = graph.add("Abs", [scaled], f"{name}.magnitude")
        largest = graph.add("ReduceMax", [magnitude, "last_axis"], f"{name}.largest", keepdims=1)
        step = graph.add("Div", [largest, "highest"], f"{name}.step")
        steps = graph.add("Div", [scaled, step], f"{name}.steps")
        shifted = graph.add("Add", [steps, "middle"], f"{name}.shifted")
        rounded = graph.add("Cast", [shifted], f"{name}.bytes", to=TensorProto.UINT8)
        weights = [graph.stored(f"{name}.weight", matrix.quants), "byte_scale"]
        scales = graph.constant(f"{name}.weight.scale", matrix.scales)
        sums = graph.add(
            "MatMulIntegerToFloat",
            [rounded, *weights, scales, "byte_zero"],
            f"{name}.sums",
            domain=MICROSOFT,
        )
        graph.add("Mul", [sums, step], name)

    def _sums_behind(self, hidden: str, count: int) -> str:
        """Put the sums of each 32 of its numbers behind a vector.

        ReduceSum, and no product with ones: it adds up a token's numbers in the same order whether or not others are
        computed beside it.
        """
        graph, joined = self._graph, f"{hidden}.with_sums"
        if joined not in self._with_sums:
            self._with_sums.add(joined)
            shape = graph.constant(f"{hidden}.blocks.shape", np.array([0, 0, count, BLOCK], np.int64))
            blocks = graph.add("Reshape", [hidden, shape], f"{hidden}.blocks")
            sums = graph.add("ReduceSum", [blocks, "last_axis"], f"{hidden}.sums", keepdims=0)
            graph.add("Concat", [hidden, sums], joined, axis=-1)
        return joined

    def _multiply_int8(self, name: str, hidden: str, weights: list[str], inputs: int, outputs: int) -> None:
        form: dict[str, Any] = {"K": inputs, "N": outputs, "bits": 8, "block_size": BLOCK}
        self._graph.add(
            "MatMulNBits", [hidden, *weights], name, domain=MICROSOFT, accuracy_level=_INT8_ACTIVATIONS, **form
        )

    def _store_int8(self, name: str, matrix: Int8Matrix) -> list[str]:
        """Store quants, scales and, where there are some, zero points; gives their names in MatMulNBits' order."""
        names = [
            self._graph.stored(f"{name}.int8", matrix.quants),
            self._graph.stored(f"{name}.int8.scale", matrix.scales),
        ]
        if matrix.zero_points is not None:
            names.append(self._graph.stored(f"{name}.int8.zero", matrix.zero_points))
        return names

    def _int8(self, weights: list[str]) -> Int8Matrix:
        """Quantize matrices to int8, one under the other."""
        parts = [self._one_int8(name) for name in weights]
        zeros: NDArray[np.uint8] | None = None
        if any(part.zero_points is not None for part in parts):
            zeros = np.concatenate(
                [np.full(p.scales.shape, 128, np.uint8) if p.zero_points is None else p.zero_points for p in parts]
            )
        quants, scales = np.concatenate([p.quants for p in parts]), np.concatenate([p.scales for p in parts])
        return Int8Matrix(quants, scales, zeros)

    def _one_int8(self, name: str) -> Int8Matrix:
        block_type, stored = self._source.blocks(name)
        values = self._source.tensor(name)
        matrix = lattice_to_int8(block_type, stored, values) if is_lattice(block_type) else round_to_int8(values)
        order = self._row_order(name, len(values))
        if order is None:
            return matrix
        zeros = None if matrix.zero_points is None else matrix.zero_points[order]
        return Int8Matrix(matrix.quants[order], matrix.scales[order], zeros)

    def stored(self, name: str, values: NDArray[np.floating[Any]]) -> str:
        """Store numbers in the floating type of the graph."""
        return self._graph.stored(name, values.astype(self._floats))

    def rows(self, name: str) -> NDArray[np.float32]:
        """Give a tensor in the row order of the graph, dequantized."""
        values = self._source.tensor(name)
        order = self._row_order(name, len(values))
        return values if order is None else values[order]

    def _row_order(self, name: str, rows: int) -> NDArray[np.intp] | None:
        """Give the order that turns rotation of neighbouring pairs into rotation of halves, for queries and keys."""
        if not (self._config.rotates_pairs and (".attn_q." in name or ".attn_k." in name)):
            return None
        head_dim = self._config.head_dim
        within = np.concatenate([np.arange(0, head_dim, 2), np.arange(1, head_dim, 2)])
        order: NDArray[np.intp] = (np.arange(0, rows, head_dim)[:, None] + within).reshape(-1)
        return order

"""The products of a decoder's graph: how the matrices of a GGUF file are held, and multiplied by what is computed.

Matrices that meet the same inputs lie one under the other and are one product. For a CPU, blocks of 4 bits stay 4 bits
(see `desktop.models.int4`) where that saves more time than the sums of inputs cost that their offsets need. Else a
product is one of whole numbers where it stands that (`desktop.models.integer`), and int8 in blocks where it does not.
Where some of a product's matrices are of 4 bits and others are not (the values in a Q4_K_M file), each kind is a
product of its own, if that saves more than the further nodes cost.

The embedding and the head share their bytes where a file has one tensor for both, and also where it has two that differ
by the rounding of their block types only: the finer of the two serves both.

Matrices are converted some rows at a time, on several threads, and go to the weights file as they are made.
"""

import math
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby, islice
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from desktop.errors import UnsupportedModel
from desktop.models.decoder_config import WeightsSource
from desktop.models.gguf_blocks import BLOCK_TYPES
from desktop.models.int4 import Int4Matrix, fits_int4, to_int4
from desktop.models.integer import Inputs, IntegerMatrix, add_product, to_integers
from desktop.models.nodes import MICROSOFT, Nodes
from desktop.models.quantize import BLOCK, Int8Matrix, round_to_int8, to_int8, width_in_int8
from desktop.models.sample_run import LOOKED_AT
from desktop.reasons import ModelReason

Precision = Literal["int8", "fp16", "fp32"]
_INT8_ACTIVATIONS = 4  # MatMulNBits accuracy_level: int8 dot products, the fast kernels
_WORTH_ROUNDING = 500_000  # weights; below, rounding the rows takes longer than the faster product saves
_WORTH_SUMS = 400_000  # weights; reading so many in 4 bits instead of 8 saves the 5 us that sums of inputs cost
_WORTH_SPLIT = 1_000_000  # weights; the same for a product more and the node that joins the two
_AT_A_TIME = 1 << 22  # weights; their numbers in fp32 are 16 MiB
_MOST_THREADS = 4
_EMBEDDING, _HEAD = "token_embd.weight", "output.weight"
_LARGE_HEAD = 1 << 26  # weights
_HEAD_ROWS = 1 << 15  # of a part: such parts begin where memory can be mapped
_COMPARED = 512  # rows of the embedding and the head
_ROUNDING = 0.15  # of a row's size: Q4_K differs from Q6_K by 0.075, two tensors that were trained apart by 1.4

Given = TypeVar("Given")
Made = TypeVar("Made")
Rows = NDArray[np.intp]  # numbers of rows of a tensor as it is stored


class Products:
    """Adds products, the embedding and the head to a graph.

    Attributes:
        floats: the type of all that is not int8.

    Args:
        graph: what they are added to.
        source: the model.
        precision: see `desktop.models.graph.write_graph`.
        seen: gives what a product meets in sample texts, by its name, where that is known; None: of none.
        integers: tells whether products of whole numbers are faster than those in blocks of int8.
    """

    def __init__(
        self,
        graph: Nodes,
        source: WeightsSource,
        precision: Precision,
        seen: Callable[[str], Inputs | None] | None = None,
        integers: Callable[[], bool] = lambda: False,
    ) -> None:
        self._seen, self._integers_pay = seen, integers
        self._graph, self._source, self._config, self._precision = graph, source, source.config, precision
        self.floats = np.float16 if precision == "fp16" else np.float32
        self._shared = self._shared_table()
        self._embedding_names: list[str] = []  # of the int8 initializers that a head may share
        self._embedding_form: dict[str, Any] = {}
        self._with_sums: set[str] = set()  # inputs of products behind which their sums stand already

    def embed(self, ids: str) -> str:
        """Look token ids up, shape (batch, tokens); gives the name of (batch, tokens, hidden)."""
        tensor = self._shared or _EMBEDDING
        if self._precision != "int8":
            table = self.stored("token_embd", self._source.tensor(tensor))
            return self._scaled(self._graph.add("Gather", [table, ids], "embedded"))
        self._embedding_names, self._embedding_form = names, form = self._store_int8("token_embd", [tensor])
        table = self._graph.view("token_embd.table", names[0], (self._config.vocab, self._config.hidden))
        attributes: dict[str, Any] = {"gather_axis": 0, "quantize_axis": 1, "block_size": form["block_size"], "bits": 8}
        inputs = [table, ids, *names[1:]]
        embedded = self._graph.add("GatherBlockQuantized", inputs, "embedded", domain=MICROSOFT, **attributes)
        return self._scaled(embedded)

    def _scaled(self, embedded: str) -> str:
        if not self._config.family.embedding_scaled:
            return embedded
        scale = self.stored("embedded.scale", np.array(self._config.hidden**0.5, np.float32))
        return self._graph.add("Mul", [embedded, scale], "embedded.scaled")

    def head(self, normed: str) -> None:
        """Add `logits`: the scores of all tokens."""
        if self._shared is None:
            self.add("logits", [_HEAD.removesuffix(".weight")], normed)
        elif self._precision != "int8":
            transposed = self._graph.add("Transpose", ["token_embd"], "token_embd.transposed", perm=[1, 0])
            self._graph.add("MatMul", [normed, transposed], "logits")
        else:
            self._shared_head(normed)

    def _shared_head(self, normed: str) -> None:
        """Multiply by the embedding. By a large one in parts: while a matrix is packed it is in memory twice."""
        names, form, vocab = self._embedding_names, self._embedding_form, self._config.vocab
        if vocab * self._config.hidden < _LARGE_HEAD:
            self._multiply("logits", [normed, *names], form)
            return
        parts = []
        for first in range(0, vocab, _HEAD_ROWS):
            rows, part = min(_HEAD_ROWS, vocab - first), f"logits.{first // _HEAD_ROWS}"
            views = []
            for name in names:
                _, *row = self._graph.shape(name)
                views.append(self._graph.view(f"{part}.{name}", name, (rows, *row), first * math.prod(row)))
            self._multiply(part, [normed, *views], form | {"N": rows})
            parts.append(part)
        self._graph.drop(names[0])  # the embedding has a view of its own
        self._graph.add("Concat", parts, "logits", axis=-1)

    def add(self, name: str, tensors: list[str], hidden: str) -> str:
        """Multiply by the matrices of these tensors, one under the other, and add their biases where they have some."""
        biases = [tensor for tensor in tensors if self._source.has(f"{tensor}.bias")]
        product = f"{name}.product" if biases else name
        weights = [f"{tensor}.weight" for tensor in tensors]
        if self._precision != "int8":
            matrix = np.concatenate([self.rows(tensor) for tensor in weights])
            self._graph.add("MatMul", [hidden, self.stored(f"{name}.weight", matrix.T)], product)
        else:
            runs = self._runs(weights)
            parts = [f"{product}.{number}" for number in range(len(runs))] if len(runs) > 1 else [product]
            for part, (names, int4) in zip(parts, runs, strict=True):
                if int4 is None and (integers := self._integers(name, names)) is not None:
                    add_product(self._graph, part, hidden, integers)
                else:
                    self._add_quantized(part, names, int4, hidden)
            if len(parts) > 1:
                self._graph.add("Concat", parts, product, axis=-1)
        if not biases:
            return name
        if len(biases) != len(tensors):
            raise UnsupportedModel(self._source.path, ModelReason.PARTLY_BIASED(name=name))
        values = np.concatenate([self.rows(f"{tensor}.bias") for tensor in tensors])
        return self._graph.add("Add", [product, self.stored(f"{name}.bias", values)], name)

    def stored(self, name: str, values: NDArray[np.floating[Any]]) -> str:
        """Store numbers in the floating type of the graph."""
        return self._graph.stored(name, values.astype(self.floats))

    def rows(self, name: str) -> NDArray[np.float32]:
        """Give a tensor in the row order of the graph, dequantized."""
        return rows_of(self._source, name)

    def _shared_table(self) -> str | None:
        """Give the tensor that serves as embedding and as head; None where each has its own."""
        if self._source.config.tied:
            return _EMBEDDING
        if self._precision == "fp32":
            return None
        sampled = np.linspace(0, self._source.config.vocab - 1, _COMPARED).astype(np.intp)
        embedding, head = self._source.rows(_EMBEDDING, sampled), self._source.rows(_HEAD, sampled)
        apart, size = (np.sqrt(np.square(values).mean(axis=1)) for values in (embedding - head, head))
        if (apart > _ROUNDING * size).any():
            return None
        return max(_EMBEDDING, _HEAD, key=lambda name: self._source.blocks(name)[1].shape[1])

    def _runs(self, weights: list[str]) -> list[tuple[list[str], Int4Matrix | None]]:
        """Part a product into those of its tensors that are held in int4 and those that are not."""
        runs = [(names, self._int4(names)) for names in (list(run) for _, run in groupby(weights, self._fits_int4))]
        saved = sum(len(int4.scales) * int4.inputs for _, int4 in runs if int4 is not None)
        return [(weights, None)] if len(runs) > 1 and saved < _WORTH_SPLIT else runs

    def _add_quantized(self, name: str, weights: list[str], int4: Int4Matrix | None, hidden: str) -> None:
        if int4 is None:
            names, form = self._store_int8(name.removesuffix(".product"), weights)
            self._multiply(name, [hidden, *names], form)
            return
        given = self._sums_behind(hidden, int4.sums) if int4.sums else hidden
        inputs = [given, *self._store_int4(name, weights, int4)]
        self._multiply(name, inputs, _form(int4.inputs + int4.sums, len(int4.scales), 4))

    def _multiply(self, name: str, inputs: list[str], form: dict[str, Any]) -> None:
        self._graph.add("MatMulNBits", inputs, name, domain=MICROSOFT, **form)

    def _fits_int4(self, name: str) -> bool:
        known = BLOCK_TYPES.get(self._source.blocks(name)[0])
        return known is not None and fits_int4(known)

    def _int4(self, weights: list[str]) -> Int4Matrix | None:
        """Hold matrices in int4, one under the other; None where their blocks are others or it does not pay."""
        if not self._fits_int4(weights[0]):
            return None
        parts = []
        for name in weights:
            kind, stored = self._source.blocks(name)
            steps, offsets = BLOCK_TYPES[kind].steps(stored)
            order = self._row_order(name, len(stored))
            parts.append((steps[order], None if offsets is None else offsets[order]))
        size = sum(steps.size * BLOCK for steps, _ in parts)
        if size < _WORTH_SUMS and any(offsets is not None for _, offsets in parts):
            return None
        return to_int4(parts)

    def _store_int4(self, name: str, weights: list[str], matrix: Int4Matrix) -> list[str]:
        """Store quants, scales and, where there are some, zero points; gives their names in MatMulNBits' order."""

        def packed(part: tuple[str, Rows, int]) -> NDArray[np.uint8]:
            tensor, rows, first = part
            kind, stored = self._source.blocks(tensor)
            return matrix.packed(BLOCK_TYPES[kind].quants(stored[rows]), first)

        blocks = matrix.scales.shape[1]
        quants = _in_order(packed, self._some_rows(weights))
        names = [
            self._graph.stored_by_rows(f"{name}.int4", quants, (len(matrix.scales), blocks, BLOCK // 2)),
            self._graph.stored(f"{name}.int4.scale", matrix.scales),
        ]
        if matrix.zero_points is not None:
            names.append(self._graph.stored(f"{name}.int4.zero", matrix.zero_points))
        return names

    def _store_int8(self, name: str, weights: list[str]) -> tuple[list[str], dict[str, Any]]:
        """Store the same in int8; gives the attributes of the product too."""
        kinds = [BLOCK_TYPES.get(self._source.blocks(tensor)[0]) for tensor in weights]
        width = min(BLOCK if kind is None else width_in_int8(kind) for kind in kinds)
        shifted = any(kind is not None and kind.zero is None for kind in kinds)
        scales: list[NDArray[np.float32]] = []
        zeros: list[NDArray[np.uint8]] = []

        def converted(part: tuple[str, Rows, int]) -> Int8Matrix:
            return self._int8(*part[:2]).in_blocks_of(width)

        def quants() -> Iterator[NDArray[np.uint8]]:
            for matrix in _in_order(converted, self._some_rows(weights)):
                scales.append(matrix.scales)
                if shifted:
                    zeros.append(matrix.all_zero_points())
                yield matrix.quants

        outputs = sum(len(self._source.blocks(tensor)[1]) for tensor in weights)
        inputs = self._source.rows(weights[0], slice(1)).shape[1]
        names = [
            self._graph.stored_by_rows(f"{name}.int8", quants(), (outputs, inputs // width, width)),
            self._graph.stored(f"{name}.int8.scale", np.concatenate(scales)),
        ]
        if shifted:
            names.append(self._graph.stored(f"{name}.int8.zero", np.concatenate(zeros)))
        return names, _form(inputs, outputs, 8, width)

    def _int8(self, name: str, rows: Rows) -> Int8Matrix:
        kind, stored = self._source.blocks(name)
        known = BLOCK_TYPES.get(kind)
        return round_to_int8(self._source.rows(name, rows)) if known is None else to_int8(known, stored[rows])

    def _integers(self, name: str, weights: list[str]) -> IntegerMatrix | None:
        """Hold matrices in bytes with a scale an output; None where they are small, would not stand it or be slower."""
        outputs = sum(len(self._source.blocks(each)[1]) for each in weights)
        inputs = self._source.rows(weights[0], slice(1)).shape[1]
        if self._seen is None or not name.endswith(LOOKED_AT) or outputs * inputs < _WORTH_ROUNDING:
            return None
        if not self._integers_pay():
            return None
        seen = self._seen(name)
        return None if seen is None else to_integers(np.concatenate([self.rows(each) for each in weights]), seen)

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

    def _some_rows(self, weights: Sequence[str]) -> Iterator[tuple[str, Rows, int]]:
        """Go through matrices one under the other: a tensor's name, some of its rows, and the first one's number."""
        first = 0
        for name in weights:
            order = self._row_order(name, len(self._source.blocks(name)[1]))
            count = max(1, _AT_A_TIME // self._source.rows(name, slice(1)).shape[1])
            for start in range(0, len(order), count):
                yield name, order[start : start + count], first + start
            first += len(order)

    def _row_order(self, name: str, rows: int) -> Rows:
        """Give the order by which whole heads turn as halves, for queries and keys."""
        return self._config.row_order(rows) if _is_turned(name) else np.arange(rows)


def rows_of(source: WeightsSource, name: str) -> NDArray[np.float32]:
    """Give a tensor in the row order of the graph, dequantized."""
    values = source.tensor(name)
    return values[source.config.row_order(len(values))] if _is_turned(name) else values


def _is_turned(name: str) -> bool:
    return ".attn_q." in name or ".attn_k." in name


def _form(inputs: int, outputs: int, bits: int, block: int = BLOCK) -> dict[str, Any]:
    form = {"K": inputs, "N": outputs, "bits": bits, "block_size": block}
    return form | {"accuracy_level": _INT8_ACTIVATIONS}


def _in_order(work: Callable[[Given], Made], items: Iterator[Given]) -> Iterator[Made]:
    """Work on some items at once; gives the results in their order, and never holds many."""
    threads = min(_MOST_THREADS, os.cpu_count() or 1)
    with ThreadPoolExecutor(threads, "convert") as pool:
        waiting = deque(pool.submit(work, item) for item in islice(items, threads + 1))
        while waiting:
            yield waiting.popleft().result()
            waiting.extend(pool.submit(work, item) for item in islice(items, 1))

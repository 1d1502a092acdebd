"""Writes the graph of multilingual-e5-small, or of some of its layers, for ONNX Runtime.

A BERT encoder (Devlin et al. 2018) with the vocabulary of XLM-R: embeddings of pieces, positions and the one token
type, added and normed; then layers of attention and feed-forward, each with its residual and LayerNorm behind it. The
weights stay in the 4 bits in which they come: `MatMulNBits` and `GatherBlockQuantized` hold Q4_0 to the last bit.

Graph inputs: `input_ids` (batch, tokens), `attention_mask` (batch, tokens), 1 where there is a token.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto

from desktop.models.e5_file import BLOCK, E5File, E5Shape, Nibbles
from desktop.models.nodes import MICROSOFT, Nodes

_INT8_ACTIVATIONS = 4  # accuracy_level of MatMulNBits


class EncoderNodes:
    """Adds an encoder's nodes to a graph.

    Args:
        graph: to add to.
        source: the original.
        pieces: ids of the pieces that the embedding keeps, in the order of their new ids.
    """

    def __init__(self, graph: Nodes, source: E5File, pieces: Sequence[int]) -> None:
        self._graph, self._source, self._shape, self._pieces = graph, source, source.shape, pieces

    def embedding(self, longest: int) -> str:
        """Add what turns ids into vectors, (batch, tokens, hidden), and the mask that attention reads.

        Args:
            longest: text that is read, in tokens.
        """
        graph, source, hidden = self._graph, self._source, self._shape.hidden
        table = source.matrix("emb.word", hidden).rows(np.asarray(self._pieces, np.intp))
        quants = graph.stored("emb.word", table.quants.reshape(len(self._pieces), hidden // 2))
        halves = graph.stored("emb.word.step", table.steps.astype(np.float16))  # as they are in the file
        steps = graph.add("Cast", [halves], "emb.word.steps", to=TensorProto.FLOAT)
        form: dict[str, Any] = {"gather_axis": 0, "quantize_axis": 1, "block_size": BLOCK, "bits": 4}
        word = graph.add("GatherBlockQuantized", [quants, "input_ids", steps], "emb.words", domain=MICROSOFT, **form)
        rest = source.vector("emb.pos").reshape(-1, hidden) + source.vector("emb.type")[:hidden]
        places = graph.stored("emb.places", rest[:longest])
        one_axis = graph.constant("axis", np.array([0], np.int64))
        count = graph.add("Shape", ["input_ids"], "tokens", start=1, end=2)
        first = graph.constant("first", np.array([0], np.int64))
        here = graph.add("Slice", [places, first, count, one_axis], "emb.here")
        graph.add("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
        return self._norm("emb.ln", graph.add("Add", [word, here], "emb.sum"))

    def layer(self, number: int, hidden: str) -> str:
        """Add a layer of the original; gives its output's name."""
        name, shape = f"l{number}", self._shape
        columns = {"fo": shape.feed_forward}
        products = {
            part: Nibbled(
                self._source.matrix(f"{name}.{part}.w", columns.get(part, shape.hidden)),
                self._source.vector(f"{name}.{part}.b"),
            )
            for part in ("q", "k", "v", "ao", "fi", "fo")
        }
        norms = {part: tuple(self._source.vector(f"{name}.{part}.{kind}") for kind in "wb") for part in ("aln", "oln")}
        return add_layer(self._graph, shape, name, hidden, products, norms)

    def mean(self, hidden: str, name: str) -> str:
        """Add the mean over the tokens of each text, (batch, hidden)."""
        return add_mean(self._graph, hidden, name)

    def _norm(self, name: str, hidden: str) -> str:
        weights = [self._graph.stored(f"{name}.{kind}", self._source.vector(f"{name}.{kind}")) for kind in "wb"]
        epsilon = self._shape.epsilon
        return self._graph.add("LayerNormalization", [hidden, *weights], f"{name}.normed", axis=-1, epsilon=epsilon)


class Nibbled:
    """A product with a matrix in 4 bits."""

    def __init__(self, matrix: Nibbles, bias: NDArray[np.float32]) -> None:
        self._matrix, self._bias = matrix, bias

    def add(self, graph: Nodes, name: str, hidden: str) -> str:
        """Add it, its bias included; gives its output's name."""
        rows, blocks = self._matrix.steps.shape
        stored = [graph.stored(f"{name}.w", self._matrix.quants), graph.stored(f"{name}.step", self._matrix.steps)]
        bias = graph.stored(f"{name}.b", self._bias)
        form = {"K": blocks * BLOCK, "N": rows, "bits": 4, "block_size": BLOCK, "accuracy_level": _INT8_ACTIVATIONS}
        inputs = [hidden, *stored, "", "", bias]
        return graph.add("MatMulNBits", inputs, name, domain=MICROSOFT, **form)


class Rounded:
    """A product with a matrix in 8 bits, a step a row; what it is multiplied by is rounded as it comes.

    Both sides unsigned: older processors add two products of signed and unsigned numbers in 16 bits, which overflow.
    """

    def __init__(self, matrix: NDArray[np.float32], bias: NDArray[np.float32]) -> None:
        self._matrix, self._bias = matrix, bias

    def add(self, graph: Nodes, name: str, hidden: str) -> str:
        """Add it, its bias included; gives its output's name."""
        steps = np.maximum(np.abs(self._matrix).max(axis=1), 1e-9) / 127
        quants = np.rint(self._matrix / steps[:, None]).astype(np.int16) + 128
        inputs = [
            hidden,
            graph.stored(f"{name}.w", np.ascontiguousarray(quants.T.astype(np.uint8))),
            graph.stored(f"{name}.step", steps.astype(np.float32)),
            graph.stored(f"{name}.zero", np.full(len(steps), 128, np.uint8)),
            graph.stored(f"{name}.b", self._bias),
        ]
        return graph.add("DynamicQuantizeMatMul", inputs, name, domain=MICROSOFT)


Product = Nibbled | Rounded
Norm = Sequence[NDArray[np.float32]]  # weight and bias


def add_layer(
    graph: Nodes, shape: E5Shape, name: str, hidden: str, products: Mapping[str, Product], norms: Mapping[str, Norm]
) -> str:
    """Add attention and feed-forward; gives the output's name.

    Args:
        graph: to add to; `mask` is there.
        shape: the encoder's sizes.
        name: before all of its nodes.
        hidden: the input.
        products: q, k, v, ao (behind the attention), fi and fo (into and out of the feed-forward).
        norms: aln behind the attention, oln behind the feed-forward.
    """
    query, key, value = (products[part].add(graph, f"{name}.{part}", hidden) for part in "qkv")
    inputs = [query, key, value, "", "mask"]
    attended = graph.add("MultiHeadAttention", inputs, f"{name}.attended", domain=MICROSOFT, num_heads=shape.heads)
    attended = _add_and_norm(
        graph, shape, f"{name}.aln", products["ao"].add(graph, f"{name}.ao", attended), hidden, norms["aln"]
    )
    inner = products["fi"].add(graph, f"{name}.fi", attended)
    inner = graph.add("Gelu", [inner], f"{name}.gelu", domain=MICROSOFT)
    fed = products["fo"].add(graph, f"{name}.fo", inner)
    return _add_and_norm(graph, shape, f"{name}.oln", fed, attended, norms["oln"])


def add_mean(graph: Nodes, hidden: str, name: str) -> str:
    """Add the mean over the tokens of each text, (batch, hidden)."""
    shape = graph.constant(f"{name}.column", np.array([0, 0, 1], np.int64))
    middle = graph.constant(f"{name}.axis", np.array([1], np.int64))
    mask = graph.add("Cast", ["attention_mask"], f"{name}.mask", to=TensorProto.FLOAT)
    column = graph.add("Reshape", [mask, shape], f"{name}.weights")
    total = graph.add(
        "ReduceSum", [graph.add("Mul", [hidden, column], f"{name}.kept"), middle], f"{name}.sum", keepdims=0
    )
    count = graph.add("ReduceSum", [column, middle], f"{name}.count", keepdims=0)
    return graph.add("Div", [total, count], name)


def _add_and_norm(graph: Nodes, shape: E5Shape, name: str, added: str, residual: str, norm: Norm) -> str:
    weights = [graph.stored(f"{name}.{kind}", values) for kind, values in zip("wb", norm, strict=True)]
    return graph.add(
        "SkipLayerNormalization", [added, residual, *weights], f"{name}.normed", domain=MICROSOFT, epsilon=shape.epsilon
    )

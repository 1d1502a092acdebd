"""Builds the ONNX graph of a llama-family decoder from a GGUF file: no torch, no tracing.

Inputs   input_ids (batch, tokens), attention_mask (batch, past + tokens), past_key_values.N.key|value
         (batch, kv_heads, past, head_dim), num_logits_to_keep (): how many of the last tokens get logits;
         with an int8 cache, whose batch is 1, reading (): whether a prompt is read or an answer written.
Outputs  logits (batch, num_logits_to_keep, vocab), present.N.key|value.

Why this shape (measured on ONNX Runtime's CPU provider): query, key and value are one product, gate and up are one
product, attention is `GroupQueryAttention` with rotation inside and past and present in one buffer, residual sums are
fused with their norms, and in prefill only the last token meets the head, which is a fifth of the weights; a guess of
several tokens is judged with the logits of all of them (the input has the name that transformers gives it). The KV
cache is int8 (see `desktop.models.attention`). Blocks of 4 bits stay 4 bits where that saves more time than the sums
of inputs cost that Q4_1 needs (see `desktop.models.int4`); all else is int8. Weights go to `model.onnx.data` as they
are made, so that a model larger than memory can be converted; a tied head points at the embedding's bytes.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

from desktop.engine.interface import GRAPH_FILE
from desktop.errors import UnsupportedModel
from desktop.models.attention import READING, Attention, OneWay, TwoWays, split_heads
from desktop.models.cache_scales import CacheScales
from desktop.models.gguf_file import GgufFile
from desktop.models.int4 import Int4Matrix, levels, to_int4
from desktop.models.nodes import MICROSOFT, WEIGHTS_FILE, Nodes
from desktop.models.progress import Progress, Work
from desktop.models.quantize import BLOCK, Int8Matrix, is_lattice, lattice_to_int8, round_to_int8
from desktop.reasons import ModelReason

Precision = Literal["int8", "fp16", "fp32"]
_IR_VERSION, _OPSET = 10, 21
_INT8_ACTIVATIONS = 4  # MatMulNBits accuracy_level: int8 dot products, the fast kernels
_WORTH_SUMS = 400_000  # weights; reading so many in 4 bits instead of 8 saves the 5 us that sums of inputs cost


def write_graph(
    source: GgufFile,
    folder: Path,
    progress: Progress,
    precision: Precision = "int8",
    samples: Sequence[Sequence[int]] = (),
) -> None:
    """Write `model.onnx` and `model.onnx.data` into `folder`.

    Args:
        source: the model.
        folder: where to write.
        progress: told how far it is.
        precision: int8 is made for CPUs and fp16 for CUDA, whose attention has no other kernel; fp32 holds the
            weights as they are: the measure of what the others lose.
        samples: with int8, token ids of texts to find the scales of an int8 KV cache with; none makes an fp32 cache.

    Raises:
        BrokenModel: a tensor is missing.
        UnsupportedModel: a width is no multiple of 32, or a block type is unknown.
        OSError: the folder cannot be written.
        Cancelled: the user stopped.
    """
    config = source.config
    if precision == "int8" and any(
        width % BLOCK for width in (config.hidden, config.ffn, config.heads * config.head_dim)
    ):
        raise UnsupportedModel(source.path, ModelReason.WIDTHS(block=BLOCK))
    with (folder / WEIGHTS_FILE).open("wb") as weights:
        graph = Nodes(weights)
        _DecoderBuilder(graph, source, precision, samples).build(progress)
        weights.truncate()  # writes out a last hole left by alignment
    floats = TensorProto.FLOAT16 if precision == "fp16" else TensorProto.FLOAT
    cached = TensorProto.INT8 if samples else floats
    batch = 1 if samples else "batch"
    inputs, outputs = _inputs(source, cached, batch), _outputs(source, floats, cached, batch)
    if samples:
        inputs.insert(3, helper.make_tensor_value_info(READING, TensorProto.BOOL, []))
    model = helper.make_model(
        helper.make_graph(graph.nodes, "decoder", inputs, outputs, graph.initializers),
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(MICROSOFT, 1)],
        ir_version=_IR_VERSION,
        producer_name="inkstone",
    )
    (folder / GRAPH_FILE).write_bytes(model.SerializeToString(deterministic=True))


def _inputs(source: GgufFile, cache_type: int, batch: int | str) -> list[onnx.ValueInfoProto]:
    integer = TensorProto.INT64
    return [
        helper.make_tensor_value_info("input_ids", integer, [batch, "tokens"]),
        helper.make_tensor_value_info("attention_mask", integer, [batch, "total_tokens"]),
        helper.make_tensor_value_info("num_logits_to_keep", integer, []),
        *_caches(source, cache_type, "past_key_values", (batch, "past_tokens")),
    ]


def _outputs(source: GgufFile, floats: int, cache_type: int, batch: int | str) -> list[onnx.ValueInfoProto]:
    return [
        helper.make_tensor_value_info("logits", floats, [batch, "kept_tokens", source.config.vocab]),
        *_caches(source, cache_type, "present", (batch, "present_tokens")),
    ]


def _caches(source: GgufFile, kind: int, prefix: str, form: tuple[int | str, str]) -> list[onnx.ValueInfoProto]:
    shape: list[str | int | None] = [form[0], source.config.kv_heads, form[1], source.config.head_dim]
    return [
        helper.make_tensor_value_info(f"{prefix}.{layer}.{part}", kind, shape)
        for layer in range(source.config.layers)
        for part in ("key", "value")
    ]


class _DecoderBuilder:
    """Adds the decoder's nodes, from the embedding to the logits, to a graph."""

    def __init__(self, graph: Nodes, source: GgufFile, precision: Precision, samples: Sequence[Sequence[int]]) -> None:
        self._graph, self._source, self._config, self._precision = graph, source, source.config, precision
        self._floats = np.float16 if precision == "fp16" else np.float32  # of all that is not int8
        self._attend: Attention = OneWay(graph, source.config)
        if samples:
            self._attend = TwoWays(graph, source.config, CacheScales(source, self._rows, samples))
        self._embedding_names: list[str] = []  # of the int8 initializers that a tied head shares
        self._with_sums: set[str] = set()  # inputs of products behind which their sums stand already

    def build(self, progress: Progress) -> None:
        residual = self._embedding()
        self._positions()
        normed = self._norm("blk.0.attn_norm", residual)
        for layer in range(self._config.layers):
            progress.at(self._source.path.name, Work.CONVERTING(), layer / self._config.layers)
            attended = self._attention(layer, normed)
            normed, residual = self._add_and_norm(f"blk.{layer}.ffn_norm", attended, residual)
            fed = self._feed_forward(layer, normed)
            last = layer == self._config.layers - 1
            following = "output_norm" if last else f"blk.{layer + 1}.attn_norm"
            if last:
                fed, residual = self._kept(fed, "fed.kept"), self._kept(residual, "residual.kept")
            normed, residual = self._add_and_norm(following, fed, residual)
        self._head(normed)

    def _embedding(self) -> str:
        if self._precision != "int8":
            table = self._stored("token_embd", self._source.tensor("token_embd.weight"))
            return self._graph.add("Gather", [table, "input_ids"], "embedded")
        matrix = self._int8(["token_embd.weight"])
        self._embedding_names = names = self._store_int8("token_embd", matrix)
        table = self._graph.view("token_embd.table", names[0], (self._config.vocab, self._config.hidden))
        inputs = [table, "input_ids", *names[1:]]
        attributes: dict[str, Any] = {"gather_axis": 0, "quantize_axis": 1, "block_size": BLOCK, "bits": 8}
        return self._graph.add("GatherBlockQuantized", inputs, "embedded", domain=MICROSOFT, **attributes)

    def _positions(self) -> None:
        """Rotary tables, and the two forms of the length that GroupQueryAttention asks for."""
        graph, angles = self._graph, self._source.rotary_angles()
        self._stored("rope.cos", np.cos(angles))
        self._stored("rope.sin", np.sin(angles))
        for name, value in (("one", 1), ("last_axis", -1), ("end", np.iinfo(np.int64).max)):
            graph.constant(name, np.array([value], np.int64))
        kept = graph.add("Neg", ["num_logits_to_keep"], "minus_kept")
        graph.add("Reshape", [kept, "one"], "first_kept")
        counted = graph.add("ReduceSum", ["attention_mask", "one"], "counted", keepdims=0)
        graph.add("Cast", [graph.add("Sub", [counted, "one"], "last_position")], "seqlens_k", to=TensorProto.INT32)
        graph.constant("zero", np.array(0, np.int64))
        total = graph.add("Gather", [graph.add("Shape", ["attention_mask"], "mask_shape", start=1), "zero"], "total")
        graph.add("Cast", [total], "total_sequence_length", to=TensorProto.INT32)
        self._attend.begin()

    def _attention(self, layer: int, normed: str) -> str:
        config, graph, prefix = self._config, self._graph, f"blk.{layer}"
        projected = self._product(f"{prefix}.attn_qkv", [f"{prefix}.attn_{part}" for part in "qkv"], normed)
        query, key, value = projected, "", ""
        if self._source.has(f"{prefix}.attn_q_norm.weight"):
            parts = split_heads(graph, config, projected, prefix)
            query = self._norm_heads(f"{prefix}.attn_q_norm", parts[0])
            key, value = self._norm_heads(f"{prefix}.attn_k_norm", parts[1]), parts[2]
        attended = self._attend.add(layer, query, key, value)
        return self._product(f"{prefix}.attn_output", [f"{prefix}.attn_output"], attended)

    def _feed_forward(self, layer: int, normed: str) -> str:
        """SwiGLU: down(silu(gate(x)) * up(x))."""
        graph, prefix = self._graph, f"blk.{layer}"
        both = self._product(f"{prefix}.ffn_gate_up", [f"{prefix}.ffn_gate", f"{prefix}.ffn_up"], normed)
        parts = [f"{prefix}.gate", f"{prefix}.up"]
        graph.add("Split", [both], f"{prefix}.gate_up_split", outputs=parts, axis=-1, num_outputs=2)
        silu = graph.add("QuickGelu", parts[:1], f"{prefix}.silu", domain=MICROSOFT, alpha=1.0)
        gated = graph.add("Mul", [silu, parts[1]], f"{prefix}.gated")
        return self._product(f"{prefix}.ffn_down", [f"{prefix}.ffn_down"], gated)

    def _kept(self, hidden: str, name: str) -> str:
        """Keep the tokens whose logits are wanted, shape (batch, num_logits_to_keep, hidden)."""
        return self._graph.add("Slice", [hidden, "first_kept", "end", "one"], name)

    def _head(self, normed: str) -> None:
        tied = self._config.tied
        if not tied:
            self._product("logits", ["output"], normed)
        elif self._precision != "int8":
            transposed = self._graph.add("Transpose", ["token_embd"], "token_embd.transposed", perm=[1, 0])
            self._graph.add("MatMul", [normed, transposed], "logits")
        else:
            self._multiply_int8("logits", normed, self._embedding_names, self._config.hidden, self._config.vocab)

    def _norm(self, weight: str, hidden: str) -> str:
        scale = self._stored(weight, self._source.tensor(f"{weight}.weight"))
        return self._graph.add(
            "SimplifiedLayerNormalization",
            [hidden, scale],
            f"{weight}.normed",
            axis=-1,
            epsilon=self._config.rms_eps,
            stash_type=1,
        )

    def _norm_heads(self, weight: str, projected: str) -> str:
        """RMSNorm of each head on its own (Qwen 3)."""
        graph, head_dim = self._graph, self._config.head_dim
        split = graph.constant(f"{weight}.heads", np.array([0, 0, -1, head_dim], np.int64))
        joined = graph.constant(f"{weight}.joined", np.array([0, 0, -1], np.int64))
        normed = self._norm(weight, graph.add("Reshape", [projected, split], f"{weight}.split"))
        return graph.add("Reshape", [normed, joined], f"{weight}.whole")

    def _add_and_norm(self, weight: str, added: str, residual: str) -> tuple[str, str]:
        """Give (norm of the sum, the sum)."""
        scale = self._stored(weight, self._source.tensor(f"{weight}.weight"))
        outputs = [f"{weight}.normed", "", "", f"{weight}.residual"]
        self._graph.add(
            "SkipSimplifiedLayerNormalization",
            [added, residual, scale],
            outputs[0],
            outputs=outputs,
            domain=MICROSOFT,
            epsilon=self._config.rms_eps,
        )
        return outputs[0], outputs[3]

    def _product(self, name: str, tensors: list[str], hidden: str) -> str:
        """Multiply by the matrices of these tensors, one under the other, and add their biases where they have some."""
        biases = [tensor for tensor in tensors if self._source.has(f"{tensor}.bias")]
        product = f"{name}.product" if biases else name
        weights = [f"{tensor}.weight" for tensor in tensors]
        if self._precision != "int8":
            matrix = np.concatenate([self._rows(tensor) for tensor in weights])
            self._graph.add("MatMul", [hidden, self._stored(f"{name}.weight", matrix.T)], product)
        elif (int4 := self._int4(weights)) is not None:
            self._multiply_int4(product, hidden, int4)
        else:
            int8 = self._int8(weights)
            names = self._store_int8(name, int8)
            inputs = int8.quants.shape[1] * BLOCK
            self._multiply_int8(product, hidden, names, inputs, len(int8.quants))
        if not biases:
            return name
        if len(biases) != len(tensors):
            raise UnsupportedModel(self._source.path, ModelReason.PARTLY_BIASED(name=name))
        values = np.concatenate([self._rows(f"{tensor}.bias") for tensor in tensors])
        return self._graph.add("Add", [product, self._stored(f"{name}.bias", values)], name)

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

    def _stored(self, name: str, values: NDArray[np.floating[Any]]) -> str:
        """Store numbers in the floating type of the graph."""
        return self._graph.stored(name, values.astype(self._floats))

    def _rows(self, name: str) -> NDArray[np.float32]:
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

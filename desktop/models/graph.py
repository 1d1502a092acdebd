"""Builds the ONNX graph of a llama-family decoder from a GGUF file: no torch, no tracing.

Inputs   input_ids (batch, tokens), attention_mask (batch, past + tokens), past_key_values.N.key|value
         (batch, kv_heads, past, head_dim), num_logits_to_keep (): how many of the last tokens get logits;
         with an int8 cache, reading (): whether a prompt is read, in a batch of 1, or answers are written, a token
         each where there are several.
Outputs  logits (batch, num_logits_to_keep, vocab), present.N.key|value.

Why this shape (measured on ONNX Runtime's CPU provider): query, key and value are one product, gate and up are one
product, attention is `GroupQueryAttention` with rotation inside and past and present in one buffer, residual sums are
fused with their norms, and in prefill only the last token meets the head, which is a fifth of the weights; a guess of
several tokens is judged with the logits of all of them (the input has the name that transformers gives it). The KV
cache is int8 (see `desktop.models.attention`). How matrices are held and multiplied is in `desktop.models.products`.
Weights go to `model.onnx.data` as they are made, so that a model larger than memory can be converted.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

from desktop.engine.interface import GRAPH_FILE, WEIGHTS_FILE
from desktop.errors import UnsupportedModel
from desktop.models.attention import READING, Attention, OneWay, TwoWays, rope_name, split_heads
from desktop.models.decoder_config import WeightsSource
from desktop.models.nodes import MICROSOFT, Nodes, WeightsFile
from desktop.models.products import Precision, Products, rows_of
from desktop.models.progress import Progress, Work
from desktop.models.quantize import BLOCK
from desktop.models.sample_run import SampleRun
from desktop.reasons import ModelReason

_IR_VERSION, _OPSET = 10, 21
_LONG = 8192  # positions; the rotary tables of more are 4 MiB or more
_APART = 256


def write_graph(
    source: WeightsSource,
    folder: Path,
    progress: Progress,
    precision: Precision = "int8",
    samples: Sequence[Sequence[int]] = (),
    *,
    int8_cache: bool = True,
    integers: Callable[[], bool] = lambda: False,
) -> str:
    """Write `model.onnx` and `model.onnx.data` into `folder`; gives the sha256 of the latter.

    Args:
        source: the model.
        folder: where to write.
        progress: told how far it is.
        precision: int8 is made for CPUs and fp16 for CUDA, whose attention has no other kernel; fp32 holds the
            weights as they are: the measure of what the others lose.
        samples: with int8, token ids of texts to measure the model on; without any the KV cache is fp32.
        int8_cache: hold the KV cache in int8, with scales from the samples. All products are in blocks then: what
            both kinds of rounding lose together was not measured.
        integers: tells whether products of whole numbers are faster on this processor (see `desktop.models.integer`).
            Asked where there is one that could be.

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
    with (folder / WEIGHTS_FILE).open("wb") as file:
        weights = WeightsFile(file)
        graph = Nodes(weights)
        run = SampleRun(source, partial(rows_of, source), samples) if samples else None
        products = Products(graph, source, precision, None if run is None or int8_cache else run.seen, integers)
        attention = (
            OneWay(graph, source.config) if run is None or not int8_cache else TwoWays(graph, source.config, run)
        )
        _DecoderBuilder(graph, source, products, attention).build(progress)
    floats = TensorProto.FLOAT16 if precision == "fp16" else TensorProto.FLOAT
    two_ways = bool(samples) and int8_cache
    cached = TensorProto.INT8 if two_ways else floats
    inputs, outputs = _inputs(source, cached), _outputs(source, floats, cached)
    if two_ways:
        inputs.insert(3, helper.make_tensor_value_info(READING, TensorProto.BOOL, []))
    model = helper.make_model(
        helper.make_graph(graph.nodes, "decoder", inputs, outputs, graph.initializers),
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(MICROSOFT, 1)],
        ir_version=_IR_VERSION,
        producer_name="inkstone",
    )
    (folder / GRAPH_FILE).write_bytes(model.SerializeToString(deterministic=True))
    return weights.sha256()


def _inputs(source: WeightsSource, cache_type: int) -> list[onnx.ValueInfoProto]:
    integer = TensorProto.INT64
    return [
        helper.make_tensor_value_info("input_ids", integer, ["batch", "tokens"]),
        helper.make_tensor_value_info("attention_mask", integer, ["batch", "total_tokens"]),
        helper.make_tensor_value_info("num_logits_to_keep", integer, []),
        *_caches(source, cache_type, "past_key_values", "past_tokens"),
    ]


def _outputs(source: WeightsSource, floats: int, cache_type: int) -> list[onnx.ValueInfoProto]:
    return [
        helper.make_tensor_value_info("logits", floats, ["batch", "kept_tokens", source.config.vocab]),
        *_caches(source, cache_type, "present", "present_tokens"),
    ]


def _caches(source: WeightsSource, kind: int, prefix: str, length: str) -> list[onnx.ValueInfoProto]:
    shape: list[str | int | None] = ["batch", source.config.kv_heads, length, source.config.head_dim]
    return [
        helper.make_tensor_value_info(f"{prefix}.{layer}.{part}", kind, shape)
        for layer in range(source.config.layers)
        for part in ("key", "value")
    ]


def add_rotary_tables(
    graph: Nodes, products: Products, prefix: str, cos: NDArray[np.float64], sin: NDArray[np.float64]
) -> None:
    """Add a rope's tables, PREFIX.cos and PREFIX.sin, shape (context, head_dim / 2).

    Long ones are made as the model is loaded, from every 256th row and the first 256: an angle is the sum of two.
    """
    tables = {"cos": cos, "sin": sin}
    if len(cos) <= _LONG or len(cos) % _APART or products.floats != np.float32:
        for name, table in tables.items():
            products.stored(f"{prefix}.{name}", table)
        return
    magnitude = cos[0]  # of both factors, but once in their product
    far = {
        name: products.stored(f"{prefix}.{name}.far", table[::_APART, None] / magnitude)
        for name, table in tables.items()
    }
    near = {name: products.stored(f"{prefix}.{name}.near", table[None, :_APART]) for name, table in tables.items()}
    shape = graph.constant(f"{prefix}.shape", np.array(cos.shape, np.int64))
    sums = {"cos": ("Sub", ("cos", "cos"), ("sin", "sin")), "sin": ("Add", ("sin", "cos"), ("cos", "sin"))}
    for name, (op, *pairs) in sums.items():
        terms = [graph.add("Mul", [far[one], near[two]], f"{prefix}.{name}.{one}.{two}") for one, two in pairs]
        graph.add("Reshape", [graph.add(op, terms, f"{prefix}.{name}.blocks"), shape], f"{prefix}.{name}")


class _DecoderBuilder:
    """Adds the decoder's nodes, from the embedding to the logits, to a graph."""

    def __init__(self, graph: Nodes, source: WeightsSource, products: Products, attention: Attention) -> None:
        self._graph, self._source, self._config = graph, source, source.config
        self._products, self._attend = products, attention

    def build(self, progress: Progress) -> None:
        residual = self._products.embed("input_ids")
        self._positions()
        normed = self._norm("blk.0.attn_norm", residual)
        for layer in range(self._config.layers):
            progress.at(self._source.path.name, Work.CONVERTING(), layer / self._config.layers)
            attended = self._norm_after(f"blk.{layer}.post_attention_norm", self._attention(layer, normed))
            normed, residual = self._add_and_norm(f"blk.{layer}.ffn_norm", attended, residual)
            fed = self._norm_after(f"blk.{layer}.post_ffw_norm", self._feed_forward(layer, normed))
            last = layer == self._config.layers - 1
            following = "output_norm" if last else f"blk.{layer + 1}.attn_norm"
            if last:
                fed, residual = self._kept(fed, "fed.kept"), self._kept(residual, "residual.kept")
            normed, residual = self._add_and_norm(following, fed, residual)
        self._products.head(normed)

    def _positions(self) -> None:
        """Rotary tables, and the two forms of the length that GroupQueryAttention asks for."""
        graph = self._graph
        for number, rope in enumerate(self._config.ropes):
            cos, sin = rope.tables(self._config.context_length)
            add_rotary_tables(graph, self._products, rope_name(number), cos, sin)
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
        projected = self._products.add(f"{prefix}.attn_qkv", [f"{prefix}.attn_{part}" for part in "qkv"], normed)
        query, key, value = projected, "", ""
        if self._source.has(f"{prefix}.attn_q_norm.weight"):
            parts = split_heads(graph, config, projected, prefix)
            query = self._norm_heads(f"{prefix}.attn_q_norm", parts[0])
            key, value = self._norm_heads(f"{prefix}.attn_k_norm", parts[1]), parts[2]
        attended = self._attend.add(layer, query, key, value)
        return self._products.add(f"{prefix}.attn_output", [f"{prefix}.attn_output"], attended)

    def _feed_forward(self, layer: int, normed: str) -> str:
        """Add down(silu(gate(x)) * up(x)), or with gelu for silu."""
        graph, prefix = self._graph, f"blk.{layer}"
        both = self._products.add(f"{prefix}.ffn_gate_up", [f"{prefix}.ffn_gate", f"{prefix}.ffn_up"], normed)
        parts = [f"{prefix}.gate", f"{prefix}.up"]
        graph.add("Split", [both], f"{prefix}.gate_up_split", outputs=parts, axis=-1, num_outputs=2)
        if self._config.family.activation == "gelu":
            opened = graph.add("FastGelu", parts[:1], f"{prefix}.gelu", domain=MICROSOFT)
        else:
            opened = graph.add("QuickGelu", parts[:1], f"{prefix}.silu", domain=MICROSOFT, alpha=1.0)
        gated = graph.add("Mul", [opened, parts[1]], f"{prefix}.gated")
        return self._products.add(f"{prefix}.ffn_down", [f"{prefix}.ffn_down"], gated)

    def _kept(self, hidden: str, name: str) -> str:
        """Keep the tokens whose logits are wanted, shape (batch, num_logits_to_keep, hidden)."""
        return self._graph.add("Slice", [hidden, "first_kept", "end", "one"], name)

    def _norm(self, weight: str, hidden: str) -> str:
        scale = self._products.stored(weight, self._source.tensor(f"{weight}.weight"))
        return self._graph.add(
            "SimplifiedLayerNormalization",
            [hidden, scale],
            f"{weight}.normed",
            axis=-1,
            epsilon=self._config.rms_eps,
            stash_type=1,
        )

    def _norm_after(self, weight: str, added: str) -> str:
        """Norm what is added to the residual stream, where the family does."""
        return self._norm(weight, added) if self._config.family.norms_after else added

    def _norm_heads(self, weight: str, projected: str) -> str:
        """RMSNorm of each head on its own (Qwen 3, Gemma 3)."""
        graph, head_dim = self._graph, self._config.head_dim
        split = graph.constant(f"{weight}.heads", np.array([0, 0, -1, head_dim], np.int64))
        joined = graph.constant(f"{weight}.joined", np.array([0, 0, -1], np.int64))
        normed = self._norm(weight, graph.add("Reshape", [projected, split], f"{weight}.split"))
        return graph.add("Reshape", [normed, joined], f"{weight}.whole")

    def _add_and_norm(self, weight: str, added: str, residual: str) -> tuple[str, str]:
        """Give (norm of the sum, the sum)."""
        scale = self._products.stored(weight, self._source.tensor(f"{weight}.weight"))
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

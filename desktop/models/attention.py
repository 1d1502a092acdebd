"""The attention of a decoder's layers, with its KV cache.

A cache of floats is ONNX Runtime's `GroupQueryAttention`, rotation inside, past and present in one buffer.

A cache of int8 takes a quarter of the memory and writes an answer a third faster behind 2,000 tokens, but the same
kernel unpacks every key anew for every token that asks: a prompt is read several times slower than it could be. So
there are two ways, chosen by the input `reading`:

- writing: the int8 kernel. It computes a token alike alone and among others, so guessed tokens judged together are
  judged as one by one.
- reading: the cache is unpacked once for all tokens of the run, which then meet it in fp32. The new keys and values
  are rounded to int8 first, so a token sees the very same numbers whether they were read in this run or an earlier one:
  two tokens or more get the same results however a prompt is cut (ONNX Runtime multiplies a single row in another
  order, and the last bits of that grow, layer by layer, through int8 activations).

What the two ways keep of a token differs by such rounding. Who wants the numbers of a fresh run reads again what was
written (`desktop.engine.decoder`).
"""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper

from desktop.models.decoder_config import DecoderConfig
from desktop.models.nodes import MICROSOFT, Nodes
from desktop.models.sample_run import SampleRun

Scales = tuple[NDArray[np.float32], NDArray[np.float32]]  # of a layer's keys and values: see SampleRun.cache_scales
READING = "reading"
_CACHE_BITS = 8


class Attention(Protocol):
    """Adds attention to a graph, layer by layer."""

    def begin(self) -> None:
        """Add what all layers share; `seqlens_k`, `total_sequence_length` and the rotary tables are there."""
        ...

    def add(self, layer: int, query: str, key: str, value: str) -> str:
        """Add a layer's attention; gives its output's name, shape (batch, tokens, heads * head_dim).

        Args:
            layer: its number; layers are added in order.
            query: all three beside each other, shape (batch, tokens, (heads + 2 * kv_heads) * head_dim), when the
                other two are ""; else the queries alone.
            key: shape (batch, tokens, kv_heads * head_dim).
            value: as the keys.
        """
        ...


class OneWay:
    """`GroupQueryAttention` over a cache of floats."""

    def __init__(self, graph: Nodes, config: DecoderConfig) -> None:
        self._graph, self._config = graph, config

    def begin(self) -> None:
        """Nothing."""

    def add(self, layer: int, query: str, key: str, value: str) -> str:
        """See `Attention`."""
        name, past, present = f"blk.{layer}.attended", _caches("past_key_values", layer), _caches("present", layer)
        rotation, rotated = _rotation(self._config, layer)
        inputs = [query, key, value, *past, "seqlens_k", "total_sequence_length", *rotation]
        attributes = {**_heads(self._config, layer), **rotated}
        return self._graph.add(
            "GroupQueryAttention", inputs, name, outputs=[name, *present], domain=MICROSOFT, **attributes
        )


class TwoWays:
    """Attention over an int8 cache: one way to read, one to write."""

    def __init__(self, graph: Nodes, config: DecoderConfig, samples: SampleRun) -> None:
        self._graph, self._config, self._samples = graph, config, samples

    def begin(self) -> None:
        """Add where in the cache the new tokens go: `past_length` (1,), `places` (1, kv_heads, tokens, 3)."""
        graph, heads = self._graph, self._config.kv_heads
        graph.constant("step", np.array(1, np.int64))
        tokens = graph.add("Shape", ["input_ids"], "tokens", start=1)
        all_tokens = graph.add("Shape", ["attention_mask"], "all_tokens", start=1)
        past = graph.add("Sub", [all_tokens, tokens], "past_length")
        bounds = [graph.add("Squeeze", [end], f"{end}.number") for end in (past, all_tokens)]
        row = graph.add("Range", [*bounds, "step"], "positions")
        column = graph.add("Reshape", [row, graph.constant("column", np.array([1, 1, -1, 1], np.int64))], "position")
        sizes = [graph.constant("before_tokens", np.array([1, heads], np.int64)), tokens, "one"]
        shape = graph.add("Concat", sizes, "place_shape", axis=0)
        position = graph.add("Expand", [column, shape], "place.position")
        head = graph.constant("head", np.arange(heads, dtype=np.int64).reshape(1, heads, 1, 1))
        head = graph.add("Expand", [head, shape], "place.head")
        first = graph.add("Mul", [position, graph.constant("first_batch", np.array([0], np.int64))], "place.batch")
        graph.add("Concat", [first, head, position], "places", axis=-1)

    def add(self, layer: int, query: str, key: str, value: str) -> str:
        """See `Attention`."""
        name, kept = f"blk.{layer}.attended", _caches("present", layer)
        types = [TensorProto.FLOAT, TensorProto.INT8, TensorProto.INT8]
        scales = self._samples.cache_scales(layer)
        branches = {}
        for way, make in (("then", self._read), ("else", self._write)):
            branch = self._graph.branch()
            outputs = make(branch, layer, (query, key, value), scales)
            infos = [helper.make_tensor_value_info(*row, None) for row in zip(outputs, types, strict=True)]
            name_of_way = f"blk.{layer}.{way}"
            branches[f"{way}_branch"] = helper.make_graph(branch.nodes, name_of_way, [], infos, branch.initializers)
        return self._graph.add("If", [READING], name, outputs=[name, *kept], **branches)

    def _write(self, graph: Nodes, layer: int, states: tuple[str, str, str], scales: Scales) -> list[str]:
        """Have the kernel round, keep and meet the new keys and values."""
        outputs = [f"blk.{layer}.write.{name}" for name in ("attended", "keys", "values")]
        past, skipped = _caches("past_key_values", layer), ["", "", ""]  # positions, bias, sink
        rotation, rotated = _rotation(self._config, layer)
        inputs = [
            *states,
            *past,
            "seqlens_k",
            "total_sequence_length",
            *(rotation or ["", ""]),
            *skipped,
            *(graph.constant(f"blk.{layer}.write.{part}_scale", of) for part, of in zip("kv", scales, strict=True)),
        ]
        quantized: dict[str, Any] = {"kv_cache_bit_width": _CACHE_BITS}
        quantized |= {"k_quant_type": "PER_CHANNEL", "v_quant_type": "PER_CHANNEL"}
        attributes = {**_heads(self._config, layer), **rotated, **quantized}
        graph.add("GroupQueryAttention", inputs, outputs[0], outputs=outputs, domain=MICROSOFT, **attributes)
        return outputs

    def _read(self, graph: Nodes, layer: int, states: tuple[str, str, str], scales: Scales) -> list[str]:
        """Round and keep the new keys and values; meet them and the past in fp32."""
        prefix = f"blk.{layer}.read"
        query, key, value = states if states[1] else split_heads(graph, self._config, states[0], prefix)
        rotation, _ = _rotation(self._config, layer)
        if rotation:
            query, key = (
                graph.add("RotaryEmbedding", [state, "past_length", *rotation], f"{prefix}.{part}", domain=MICROSOFT)
                for part, state in (("query", query), ("key", key))
            )
        caches = _caches("past_key_values", layer)
        keys = self._keep(graph, f"{prefix}.keys", key, caches[0], scales[0])
        values = self._keep(graph, f"{prefix}.values", value, caches[1], scales[1])
        kept, new, past = zip(keys, values, strict=True)
        outputs = [f"{prefix}.attended", f"{prefix}.all_keys", f"{prefix}.all_values"]
        inputs = [query, *new, *past, "seqlens_k", "total_sequence_length"]
        graph.add(
            "GroupQueryAttention", inputs, outputs[0], outputs=outputs, domain=MICROSOFT, **_heads(self._config, layer)
        )
        return [outputs[0], *kept]

    def _keep(
        self, graph: Nodes, name: str, state: str, cache: str, scale: NDArray[np.float32]
    ) -> tuple[str, str, str]:
        """Round new keys or values into the cache, which is one buffer before and behind.

        Gives the names of the cache, of the new ones as rounded, and of those before them, both as floats.
        """

        def constant(of: str, values: NDArray[np.generic]) -> str:
            return graph.constant(f"{name}.{of}", values)

        flat = scale.reshape(-1)
        # One scale for all, after a product: QuantizeLinear is thirty times slower with a scale a channel.
        unit = [constant("unit", np.array(1, np.float32)), constant("zero", np.array(0, np.int8))]
        reciprocal = constant("reciprocal", (1 / flat).astype(np.float32))
        rounded = graph.add("Mul", [state, reciprocal], f"{name}.scaled")
        rounded = graph.add("QuantizeLinear", [rounded, *unit], f"{name}.rounded")
        in_heads = constant("in_heads", np.array([0, 0, self._config.kv_heads, self._config.head_dim], np.int64))
        heads = graph.add("Reshape", [rounded, in_heads], f"{name}.heads")
        heads = graph.add("Transpose", [heads], f"{name}.by_head", perm=[0, 2, 1, 3])
        kept = graph.add("ScatterND", [cache, "places", heads], f"{name}.kept")
        begin, axis = constant("begin", np.array([0], np.int64)), constant("length_axis", np.array([2], np.int64))
        past = graph.add("Slice", [cache, begin, "past_length", axis], f"{name}.before")
        new = graph.add("Mul", [_floats(graph, rounded), constant("scale.flat", flat)], f"{name}.new")
        return kept, new, graph.add("Mul", [_floats(graph, past), constant("scale", scale)], f"{name}.past")


def split_heads(graph: Nodes, config: DecoderConfig, projected: str, prefix: str) -> list[str]:
    """Part queries, keys and values that lie beside each other; gives the three names."""
    widths = [config.heads * config.head_dim] + [config.kv_heads * config.head_dim] * 2
    sizes = graph.constant(f"{prefix}.qkv_widths", np.array(widths, np.int64))
    parts = [f"{prefix}.{part}" for part in "qkv"]
    graph.add("Split", [projected, sizes], f"{prefix}.qkv_split", outputs=parts, axis=-1)
    return parts


def rope_name(number: int) -> str:
    """Name one of a decoder's ropes; its tables are NAME.cos and NAME.sin."""
    return f"rope.{number}" if number else "rope"


def _rotation(config: DecoderConfig, layer: int) -> tuple[list[str], dict[str, Any]]:
    """Give the inputs and attributes of a layer that turns queries and keys; none where it does not."""
    rope = config.layer_kinds[layer].rope
    if rope is None:
        return [], {}
    return [f"{rope_name(rope)}.{part}" for part in ("cos", "sin")], {"do_rotary": 1, "rotary_interleaved": 0}


def _heads(config: DecoderConfig, layer: int) -> dict[str, Any]:
    heads = {"num_heads": config.heads, "kv_num_heads": config.kv_heads, "scale": config.attention_scale}
    window = config.layer_kinds[layer].window
    return heads if window is None else {**heads, "local_window_size": window}


def _caches(prefix: str, layer: int) -> list[str]:
    return [f"{prefix}.{layer}.{part}" for part in ("key", "value")]


def _floats(graph: Nodes, rounded: str) -> str:
    return graph.add("Cast", [rounded], f"{rounded}.floats", to=TensorProto.FLOAT)

"""What the header of a GGUF becomes, and which files are refused."""

import contextlib
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.errors import BrokenModel, ModelError, UnsupportedModel
from desktop.models.gguf_file import GgufFile
from desktop.models.rope import make_rope, plain
from tests.tiny_gguf import TinyModel, random_weights, write_tiny_gguf


def test_the_header_becomes_the_decoder_s_shape(tmp_path: Path) -> None:
    model = TinyModel("qwen3", key_length=32, tied=True, rope_base=1e6, rms_eps=1e-6, context_length=512)
    config = GgufFile(write_tiny_gguf(tmp_path / "tiny.gguf", model)).config
    assert (config.layers, config.hidden, config.heads, config.kv_heads, config.head_dim) == (2, 64, 4, 2, 32)
    assert (config.ffn, config.vocab, config.context_length, config.tied) == (96, 320, 512, True)
    assert config.ropes == (make_rope(1e6, plain(1e6, 32), 32),)
    assert config.rms_eps == pytest.approx(1e-6)


def test_tensors_are_given_as_they_were_written(tmp_path: Path) -> None:
    model = TinyModel("qwen2")
    source = GgufFile(write_tiny_gguf(tmp_path / "tiny.gguf", model))
    for name, values in random_weights(model).items():
        assert np.array_equal(source.tensor(name), values)


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ({"llama.expert_count": 8}, "mixture of experts"),
        ({"llama.rope.scaling.type": "dynamic"}, "dynamic"),
        ({"general.architecture": "gpt2"}, "gpt2"),
    ],
)
def test_other_kinds_of_network_are_refused_with_the_reason(
    tmp_path: Path, header: dict[str, Any], reason: str
) -> None:
    with pytest.raises(UnsupportedModel, match=reason):
        GgufFile(write_tiny_gguf(tmp_path / "tiny.gguf", TinyModel(), header))


def test_linear_scaling_of_positions_is_read(tmp_path: Path) -> None:
    header = {"llama.rope.scaling.type": "linear", "llama.rope.scaling.factor": 4.0}
    rope = GgufFile(write_tiny_gguf(tmp_path / "tiny.gguf", TinyModel(), header)).config.ropes[0]
    assert rope.frequencies == tuple(plain(10_000.0, 16) / 4)


def test_a_model_that_is_split_is_read_from_any_part_and_a_missing_one_is_named(tmp_path: Path) -> None:
    model = TinyModel("qwen2")
    write_tiny_gguf(tmp_path / "tiny.gguf", model, most_tensors=10)
    parts = sorted(tmp_path.glob("*.gguf"))
    assert [part.name for part in parts] == [f"tiny-0000{n}-of-0000{len(parts)}.gguf" for n in range(1, len(parts) + 1)]
    assert len(parts) > 2
    for part in parts:
        with GgufFile(part) as source:
            assert source.size == sum(one.stat().st_size for one in parts)
            for name, values in random_weights(model).items():
                assert np.array_equal(source.tensor(name), values)
    parts[1].unlink()
    with pytest.raises(BrokenModel, match=parts[1].name):
        GgufFile(parts[0])


@pytest.mark.parametrize("key", ["llama.block_count", "llama.feed_forward_length", "llama.context_length"])
def test_a_header_that_lacks_a_number_is_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(BrokenModel, match=f"{key} is missing"):
        GgufFile(write_tiny_gguf(tmp_path / "tiny.gguf", TinyModel(), {key: None}))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_tiny_gguf(tmp_path_factory.mktemp("gguf") / "tiny.gguf", TinyModel()).read_bytes()


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_a_known_failure_or_still_readable(tmp_path: Path, tiny: bytes, data: st.DataObject) -> None:
    path = tmp_path / "tiny.gguf"
    whole = bytearray(tiny)
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, 3000))] = data.draw(st.integers(0, 255))
    path.write_bytes(whole)
    with contextlib.suppress(ModelError):
        GgufFile(path)


def mapped(path: Path) -> bool:
    return any(Path(one.path) == path for one in psutil.Process().memory_maps())


@pytest.mark.skipif(not hasattr(psutil.Process, "memory_maps"), reason="macOS does not tell what is mapped")
def test_a_file_is_given_back_when_it_is_closed(tmp_path: Path) -> None:
    path = write_tiny_gguf(tmp_path / "tiny.gguf", TinyModel(quantization="Q4_1"))
    with GgufFile(path) as source:
        assert mapped(path)
        tensor = source.tensor("token_embd.weight").copy()
    assert not mapped(path)
    assert np.isfinite(tensor).all()
    source.close()


@pytest.mark.skipif(not hasattr(psutil.Process, "memory_maps"), reason="macOS does not tell what is mapped")
@pytest.mark.parametrize("damage", ["header", "end"])
def test_a_file_that_is_refused_is_given_back_while_the_error_is_still_there(tmp_path: Path, damage: str) -> None:
    header = {"llama.attention.head_count_kv": 3} if damage == "header" else {}
    path = write_tiny_gguf(tmp_path / "tiny.gguf", TinyModel(), header)
    if damage == "end":
        path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(ModelError) as raised:
        GgufFile(path)
    assert not mapped(path)
    assert raised.value.__traceback__ is not None

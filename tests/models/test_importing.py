"""What a user has becomes a model: folders of safetensors and of ONNX graphs, whole and damaged."""

import contextlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.engine.decoder import Decoder
from desktop.engine.ort_session import choose_device, open_session
from desktop.errors import BadInput, BrokenModel, ModelError, UnsupportedModel
from desktop.models.graph import write_graph
from desktop.models.importing import import_model
from desktop.models.library import InstalledModel
from desktop.models.manifest import Manifest, read_manifest
from desktop.models.safetensors_folder import SafetensorsFolder
from tests.tiny_architectures import TINY_ARCHITECTURES
from tests.tiny_folder import TINY_OPTIMUM, convert_tiny, silent
from tests.tiny_gguf import TinyModel, write_tiny_gguf
from tests.tiny_safetensors import write_tiny_folder, write_tokenizer_files

EXPECTED: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "tiny-architectures.json").read_text(encoding="utf-8")
)
TINY = TINY_ARCHITECTURES["qwen3"]


def imported(path: Path, home: Path) -> Manifest:
    return read_manifest(import_model(path, home / "models", silent()))


def decoder(folder: Path) -> Decoder:
    files = InstalledModel(folder, read_manifest(folder)).files()
    return Decoder(open_session(files, choose_device("cpu", 1, files, []))[0], files)


@pytest.mark.parametrize("name", TINY_ARCHITECTURES)
def test_a_folder_of_safetensors_holds_the_model_that_transformers_runs(tmp_path: Path, name: str) -> None:
    shape, expected = TINY_ARCHITECTURES[name], EXPECTED[name]
    with SafetensorsFolder(write_tiny_folder(tmp_path / "theirs", shape)) as source:
        write_graph(source, tmp_path, silent(), "fp32")
    files = convert_tiny(tmp_path / "gguf", shape, "fp32")
    shutil.copyfile(tmp_path / "model.onnx", files.folder / "model.onnx")
    shutil.copyfile(tmp_path / "model.onnx.data", files.folder / "model.onnx.data")
    model = Decoder(open_session(files, choose_device("cpu", 1, files, []))[0], files)
    np.testing.assert_allclose(model.read(expected["ids"]), expected["logits_after_prompt"], atol=3e-4)
    for token in expected["greedy"][:-1]:
        model.verify([token])
    np.testing.assert_allclose(model.verify(expected["greedy"][-1:])[-1], expected["logits_after_answer"], atol=2e-3)


@pytest.mark.parametrize(("dtype", "shards"), [("BF16", 3), ("F16", 1), ("F32", 2)])
def test_a_folder_of_safetensors_becomes_a_model(tmp_path: Path, dtype: str, shards: int) -> None:
    manifest = imported(write_tiny_folder(tmp_path / "Tiny-Qwen3-0.1B", TINY, dtype, shards), tmp_path)
    assert (manifest.id, manifest.family, manifest.quantization) == ("tiny-qwen3-0-1b", "qwen3", "int8")
    assert (manifest.languages, manifest.kv_cache, manifest.chat_format) == (("en", "zh"), "shared", "chatml")
    assert (manifest.bos, manifest.eos, manifest.end_tokens) == ("<|im_start|>", "<|im_end|>", (0, 2))
    assert manifest.sampling is not None
    assert (manifest.sampling.temperature, manifest.sampling.top_k) == (0.6, 20)
    model, expected = decoder(tmp_path / "models" / manifest.id), EXPECTED["qwen3"]
    found = model.read(expected["ids"])
    assert np.corrcoef(found, expected["logits_after_prompt"])[0, 1] > 0.98


def test_an_export_of_optimum_becomes_a_model(tmp_path: Path) -> None:
    folder = tmp_path / "their export"
    folder.mkdir()
    for name in ("model.onnx", "tokenizer.json", "chat_template.jinja"):
        shutil.copyfile(TINY_OPTIMUM / name, folder / name)
    (folder / "config.json").write_text('{"model_type": "llama", "max_position_embeddings": 256, "eos_token_id": 2}')
    manifest = imported(folder, tmp_path)
    assert (manifest.kv_cache, manifest.quantization, manifest.context_length) == ("grown", "fp32", 256)
    assert 2 in manifest.end_tokens
    expected = json.loads((TINY_OPTIMUM / "expected.json").read_text(encoding="utf-8"))["answers"][0]
    logits = decoder(tmp_path / "models" / "their-export").read(expected["ids"])
    np.testing.assert_allclose(logits, expected["logits_after_prompt"], atol=1e-3)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder as ONNX Runtime's builders make it: a graph with its weights beside it."""
    folder = tmp_path / "built"
    convert_tiny(folder, TINY, "fp32")
    (folder / "tiny.gguf").unlink()
    write_tokenizer_files(folder)
    genai = {"model": {"type": "qwen3", "context_length": 200, "eos_token_id": [2, 5]}}
    (folder / "genai_config.json").write_text(json.dumps(genai))
    return folder


def test_a_folder_of_the_builders_becomes_a_model(built: Path, tmp_path: Path) -> None:
    manifest = imported(built, tmp_path)
    assert (manifest.family, manifest.context_length, manifest.kv_cache) == ("qwen3", 200, "shared")
    assert manifest.end_tokens == (0, 2, 5)
    assert [file.name for file in manifest.files][:2] == ["model.onnx", "model.onnx.data"]
    expected = EXPECTED["qwen3"]
    logits = decoder(tmp_path / "models" / "built").read(expected["ids"])
    np.testing.assert_allclose(logits, expected["logits_after_prompt"], atol=3e-4)


def test_of_a_hub_s_graphs_the_one_that_is_named_is_taken(built: Path, tmp_path: Path) -> None:
    (built / "onnx").mkdir()
    for name in ("model.onnx", "model.onnx.data"):
        shutil.move(built / name, built / "onnx" / name)
    shutil.copyfile(built / "onnx" / "model.onnx", built / "onnx" / "model_q4.onnx")
    (built / "config.json").write_text('{"model_type": "qwen3", "max_position_embeddings": 128}')
    assert imported(built, tmp_path).context_length == 128
    manifest = read_manifest(import_model(built / "onnx" / "model_q4.onnx", tmp_path / "others", silent()))
    assert (manifest.id, manifest.name) == ("built", "built")


def test_weights_that_a_graph_names_and_that_are_not_there_are_named(built: Path, tmp_path: Path) -> None:
    (built / "model.onnx.data").unlink()
    with pytest.raises(BrokenModel, match=r"model\.onnx\.data"):
        imported(built, tmp_path)
    assert not (tmp_path / "models").exists()


def test_a_graph_without_a_cache_is_refused(built: Path, tmp_path: Path) -> None:
    graph = onnx.load(built / "model.onnx", load_external_data=False)
    del graph.graph.input[4]
    (built / "model.onnx").write_bytes(graph.SerializeToString())
    with pytest.raises(UnsupportedModel, match="no decoder with a KV cache"):
        imported(built, tmp_path)


def test_a_graph_that_points_out_of_its_folder_is_refused(built: Path, tmp_path: Path) -> None:
    graph = onnx.load(built / "model.onnx", load_external_data=False)
    for tensor in graph.graph.initializer:
        for entry in tensor.external_data:
            if entry.key == "location":
                entry.value = "../secret"
    (built / "model.onnx").write_bytes(graph.SerializeToString())
    with pytest.raises(BrokenModel, match="secret"):
        imported(built, tmp_path)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"model_type": "gpt2"}, "gpt2"),
        ({"quantization_config": {"quant_method": "gptq"}}, "quantized for another program"),
        ({"hidden_act": "relu2"}, "relu2"),
        ({"layer_types": ["linear_attention", "full_attention"]}, "linear_attention"),
        ({"rope_scaling": {"rope_type": "dynamic", "factor": 2.0}}, "dynamic"),
    ],
)
def test_other_kinds_of_network_are_refused_with_the_reason(tmp_path: Path, said: dict[str, Any], reason: str) -> None:
    folder = write_tiny_folder(tmp_path / "tiny", TINY)
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | said))
    with pytest.raises(UnsupportedModel, match=reason):
        SafetensorsFolder(folder)


def test_a_shard_that_is_missing_is_named(tmp_path: Path) -> None:
    folder = write_tiny_folder(tmp_path / "tiny", TINY, shards=2)
    (folder / "model-00002-of-00002.safetensors").unlink()
    with pytest.raises(BrokenModel, match="model-00002-of-00002"):
        imported(folder, tmp_path)


def test_a_base_model_is_refused_before_its_weights_are_converted(tmp_path: Path) -> None:
    folder = write_tiny_folder(tmp_path / "tiny", TINY)
    (folder / "tokenizer_config.json").write_text("{}")
    with pytest.raises(UnsupportedModel, match="no chat template"):
        imported(folder, tmp_path)


def test_a_folder_that_holds_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds no model"):
        imported(tmp_path, tmp_path / "home")
    write_tiny_gguf(tmp_path / "one.gguf", TinyModel())
    assert imported(tmp_path, tmp_path / "home").id == "one"
    write_tiny_gguf(tmp_path / "two.gguf", TinyModel())
    with pytest.raises(BadInput, match="several"):
        imported(tmp_path, tmp_path / "home")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_folder(tmp_path_factory.mktemp("safetensors"), TINY)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_weights_are_a_known_failure_or_still_readable(tmp_path: Path, tiny: Path, data: st.DataObject) -> None:
    for name in ("config.json", "model.safetensors"):
        whole = bytearray((tiny / name).read_bytes())
        for _ in range(data.draw(st.integers(0, 3))):
            whole[data.draw(st.integers(0, min(len(whole), 3000) - 1))] = data.draw(st.integers(0, 255))
        (tmp_path / name).write_bytes(whole)
    with contextlib.suppress(ModelError):
        SafetensorsFolder(tmp_path)

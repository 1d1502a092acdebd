"""Which device is used and why, and what damaged graphs are told as."""

import dataclasses
import shutil
from pathlib import Path

import onnx
import pytest
from onnx import TensorProto, helper

from desktop.engine.interface import DeviceReason
from desktop.engine.ort_session import CPU, CUDA, Device, choose_device, open_session
from desktop.errors import BrokenModel, ModelNotPrepared, OutOfMemory
from tests.tiny_folder import TINY_OPTIMUM, convert_tiny, optimum_files
from tests.tiny_gguf import TinyModel

FILES = optimum_files()


def test_auto_takes_the_cpu_and_says_that_there_is_no_cuda() -> None:
    device = choose_device("auto", 0, FILES, [CPU])
    assert device.provider == CPU
    assert "no CUDA" in str(device.reason)
    assert device.threads >= 1


def test_auto_takes_cuda_where_it_is() -> None:
    device = choose_device("auto", 3, FILES, [CUDA, CPU])
    assert (device.provider, device.threads, str(device.name)) == (CUDA, 0, "CUDA")


def test_auto_leaves_a_model_made_for_cpus_on_the_cpu() -> None:
    int8 = dataclasses.replace(FILES, shared_cache=True, precision="int8")
    device = choose_device("auto", 2, int8, [CUDA, CPU])
    assert (device.provider, str(device.name)) == (CPU, "CPU, 2 threads")
    assert "int8" in str(device.reason)


def test_the_user_s_choice_goes_first() -> None:
    assert choose_device("cpu", 1, FILES, [CUDA, CPU]).provider == CPU
    assert choose_device("cuda", 0, dataclasses.replace(FILES, shared_cache=True), [CUDA, CPU]).provider == CUDA


def test_a_choice_that_cannot_be_met_says_so() -> None:
    device = choose_device("cuda", 1, FILES, [CPU])
    assert device.provider == CPU
    assert str(device.reason).startswith("CUDA was chosen, but")
    assert str(device.name) == "CPU, 1 thread"


def test_cuda_that_does_not_start_is_told_as_the_cpu_it_is() -> None:
    wanted = Device(CUDA, DeviceReason.CUDA_WORKS(), 0)
    with pytest.warns(UserWarning, match="not in available provider names"):
        _, used = open_session(FILES, wanted)
    assert used.provider == CPU
    assert "does not start" in str(used.reason)
    assert used.threads >= 1


def broken(folder: Path, graph: bytes) -> str:
    (folder / "model.onnx").write_bytes(graph)
    files = dataclasses.replace(FILES, folder=folder)
    with pytest.raises(BrokenModel) as failure:
        open_session(files, choose_device("cpu", 1, files, []))
    return str(failure.value)


def test_a_graph_that_is_not_there_is_not_prepared(tmp_path: Path) -> None:
    files = dataclasses.replace(FILES, folder=tmp_path)
    with pytest.raises(ModelNotPrepared):
        open_session(files, choose_device("cpu", 1, files, []))


def test_damaged_graphs_are_known_failures_of_one_line(tmp_path: Path) -> None:
    whole = (TINY_OPTIMUM / "model.onnx").read_bytes()
    for damaged in (b"", b"not a graph", whole[: len(whole) // 2], bytes(64) + whole[64:]):
        sentence = broken(tmp_path, damaged)
        assert "damaged" in sentence or "no decoder" in sentence
        assert "\n" not in sentence


def test_weights_that_are_cut_off_are_a_known_failure(tmp_path: Path) -> None:
    files = convert_tiny(tmp_path, TinyModel("llama"))
    weights = tmp_path / "model.onnx.data"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(BrokenModel, match="damaged"):
        open_session(files, choose_device("cpu", 1, files, []))


def test_a_graph_of_another_kind_is_told_as_such(tmp_path: Path) -> None:
    numbers = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1])
    result = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])
    graph = helper.make_graph([helper.make_node("Neg", ["x"], ["y"])], "negation", [numbers], [result])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    assert "no decoder with a KV cache" in broken(tmp_path, model.SerializeToString())


def test_an_input_that_nobody_would_fill_is_named(tmp_path: Path) -> None:
    shutil.copytree(TINY_OPTIMUM, tmp_path / "model")
    path = tmp_path / "model" / "model.onnx"
    model = onnx.load(path)
    model.graph.input.append(helper.make_tensor_value_info("beam_index", TensorProto.INT64, [1]))
    model.graph.node.append(helper.make_node("Identity", ["beam_index"], ["beam_copy"]))
    model.graph.output.append(helper.make_tensor_value_info("beam_copy", TensorProto.INT64, [1]))
    onnx.save(model, path)
    assert "beam_index" in broken(tmp_path / "model", path.read_bytes())


@pytest.mark.parametrize(
    "said",
    [
        "bad allocation",
        "std::bad_alloc",
        "BFCArena::AllocateRawInternal Failed to allocate memory for requested buffer",
    ],
)
def test_a_graph_that_does_not_fit_into_memory_is_told_as_such_and_not_as_damaged(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    def refuse(*_given: object, **_more: object) -> None:
        raise RuntimeError(said)

    monkeypatch.setattr("onnxruntime.InferenceSession", refuse)
    with pytest.raises(OutOfMemory):
        open_session(FILES, choose_device("cpu", 1, FILES, []))

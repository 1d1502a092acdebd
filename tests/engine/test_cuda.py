"""The CUDA branch without a CUDA device: the fp16 graph computes on the CPU, and a session that says it is CUDA's
tells where everything would lie."""

from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest

from desktop.engine.decoder import Decoder
from desktop.engine.interface import ModelFiles
from desktop.engine.ort_session import CPU, CUDA, choose_device, open_session
from tests.reference_llama import ReferenceLlama
from tests.tiny_folder import convert_tiny
from tests.tiny_gguf import TINY_MODELS

IDS = list(range(30, 60))


@pytest.fixture(params=["llama", "qwen3"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> ModelFiles:
    return convert_tiny(tmp_path, TINY_MODELS[request.param], "fp16")


def test_auto_takes_cuda_for_a_model_that_was_prepared_for_it(files: ModelFiles) -> None:
    assert choose_device("auto", 0, files, [CUDA, CPU]).provider == CUDA


def test_the_fp16_graph_gives_the_logits_of_the_reference(files: ModelFiles) -> None:
    expected = ReferenceLlama(files.folder / "tiny.gguf").logits(np.array(IDS))
    decoder = Decoder(open_session(files, choose_device("cpu", 1, files, []))[0], files)
    found = np.stack([*decoder.verify(IDS[:20]), *(decoder.verify([token])[-1] for token in IDS[20:])])
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, expected, atol=0.05)


class PretendedCuda:
    """A CPU session that says it is CUDA's and remembers what was bound where."""

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self._session = session
        self.devices: dict[str, str] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)

    def get_providers(self) -> list[str]:
        return [CUDA, CPU]

    def io_binding(self) -> "PretendedBinding":
        return PretendedBinding(self._session.io_binding(), self.devices)

    def run_with_iobinding(self, binding: "PretendedBinding", options: onnxruntime.RunOptions) -> None:
        self._session.run_with_iobinding(binding.real, options)


class PretendedBinding:
    def __init__(self, real: onnxruntime.IOBinding, devices: dict[str, str]) -> None:
        self.real, self._devices = real, devices

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def bind_output(self, name: str, device: str, *rest: Any) -> None:
        self._devices[name] = device
        self.real.bind_output(name, "cpu", *rest)


def test_keys_and_values_stay_on_the_device_and_only_logits_come_back(
    files: ModelFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    allocated: list[str] = []
    allocate = onnxruntime.OrtValue.ortvalue_from_numpy

    def on_cpu(values: np.ndarray, device: str = "cpu", number: int = 0) -> onnxruntime.OrtValue:
        allocated.append(device)
        return allocate(values, "cpu", number)

    monkeypatch.setattr(onnxruntime.OrtValue, "ortvalue_from_numpy", staticmethod(on_cpu))
    session = open_session(files, choose_device("cpu", 1, files, []))[0]
    pretended = PretendedCuda(session)
    found = Decoder(pretended, files).read(IDS)
    assert allocated
    assert set(allocated) == {"cuda"}
    assert pretended.devices == {"logits": "cpu"}
    np.testing.assert_array_equal(found, Decoder(session, files).read(IDS))

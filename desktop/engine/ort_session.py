"""Opens a graph on the device that serves it best, and says why that one."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import onnxruntime
import psutil
from onnxruntime.capi import onnxruntime_pybind11_state as state

from desktop.codes import Coded
from desktop.engine.interface import GRAPH_FILE, WEIGHTS_FILE, DeviceName, DeviceReason, ModelFiles
from desktop.engine.mapped_weights import pages_given_back
from desktop.errors import BrokenModel, ModelNotPrepared, OutOfMemory
from desktop.reasons import ModelReason

CPU, CUDA = "CPUExecutionProvider", "CUDAExecutionProvider"
_PLAIN = "ORT_GQA_DISABLE_FLASH_ATTENTION"  # ONNX Runtime reads it when it makes a GroupQueryAttention for the CPU
FATAL = 4  # ONNX Runtime's log level: nothing is printed, failures arrive as exceptions

# What ONNX Runtime raises; it has no common base class of its own.
RUNTIME_FAILURES: tuple[type[Exception], ...] = (
    state.EPFail,
    state.EngineError,
    state.Fail,
    state.InvalidArgument,
    state.InvalidGraph,
    state.InvalidProtobuf,
    state.NoModel,
    state.NoSuchFile,
    state.NotFound,
    state.NotImplemented,
    state.RuntimeException,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Device:
    """Where a graph runs.

    Attributes:
        provider: ONNX Runtime's name of it.
        reason: why this one.
        threads: CPU threads; 0 on a GPU.
    """

    provider: str
    reason: Coded
    threads: int

    @property
    def name(self) -> Coded:
        """Its name for the user."""
        if self.provider == CUDA:
            return DeviceName.CUDA_GPU()
        return DeviceName.ONE_THREAD() if self.threads == 1 else DeviceName.THREADS(n=self.threads)


def choose_device(wanted: str, threads: int, files: ModelFiles | None, providers: Sequence[str]) -> Device:
    """Choose where a model runs.

    Args:
        wanted: auto, cpu or cuda.
        threads: CPU threads; 0 takes one per physical core.
        files: the model; None when there is none yet.
        providers: what this machine's ONNX Runtime offers.
    """
    cpu_threads = threads or physical_cores()
    if wanted == "cpu":
        return Device(CPU, DeviceReason.CPU_CHOSEN(), cpu_threads)
    if CUDA not in providers:
        reason = DeviceReason.CUDA_CHOSEN_NONE_INSTALLED if wanted == "cuda" else DeviceReason.NO_CUDA_INSTALLED
        return Device(CPU, reason(), cpu_threads)
    if wanted == "auto" and files is not None and files.shared_cache and files.precision != "fp16":
        # GroupQueryAttention has a CUDA kernel for fp16 only: every layer would copy its cache to the CPU and back.
        return Device(CPU, DeviceReason.PREPARED_FOR_CPUS(precision=files.precision), cpu_threads)
    return Device(CUDA, DeviceReason.CUDA_WORKS(), 0)


def available_providers() -> list[str]:
    """Give the execution providers that can be used, after loading CUDA's libraries where they are installed."""
    providers: list[str] = onnxruntime.get_available_providers()
    if CUDA in providers:
        onnxruntime.preload_dlls(directory="")
    return providers


def open_session(files: ModelFiles, device: Device) -> tuple[onnxruntime.InferenceSession, Device]:
    """Load the graph; gives the session and the device it really runs on.

    ONNX Runtime goes on with the CPU where CUDA is installed but does not start, and says so to nobody.

    Raises:
        ModelNotPrepared: the folder holds no graph.
        BrokenModel: the graph or its weights cannot be read.
    """
    path = files.folder / GRAPH_FILE
    if not path.exists():
        raise ModelNotPrepared(files.folder.name)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = FATAL
    options.intra_op_num_threads = device.threads
    providers = [CUDA, CPU] if device.provider == CUDA else [CPU]
    try:
        with _plain_attention(), pages_given_back(path.with_name(WEIGHTS_FILE)):
            session = onnxruntime.InferenceSession(path, options, providers=providers)
    except RUNTIME_FAILURES as error:
        if is_out_of_memory(error):
            raise OutOfMemory from error
        raise BrokenModel(path, ModelReason.NO_GRAPH(detail=first_line(error))) from error
    _check_interface(session, path)
    if device.provider == CUDA and session.get_providers()[0] != CUDA:
        device = Device(CPU, DeviceReason.CUDA_DOES_NOT_START(), physical_cores())
    return session, device


@contextmanager
def _plain_attention() -> Iterator[None]:
    """Have graphs opened meanwhile compute all scores of a token at once, not block by block.

    Measured (`tests/bench/NOTES.md`): writing is 5 % faster behind 1,000 tokens and a third behind 8,000, reading the
    same; a run of 128 tokens behind 8,000 takes 37 MB more with 9 heads.
    """
    before = os.environ.get(_PLAIN)
    os.environ[_PLAIN] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_PLAIN]
        else:
            os.environ[_PLAIN] = before


def run_options() -> onnxruntime.RunOptions:
    """Give fresh options for one request; setting `terminate` ends its run."""
    options = onnxruntime.RunOptions()
    options.log_severity_level = FATAL
    return options


def is_out_of_memory(error: Exception) -> bool:
    """Tell whether ONNX Runtime failed for want of memory, which it says in words only (`bfc_arena.cc`, `new`)."""
    text = str(error)
    return any(said in text for said in ("bad allocation", "bad_alloc", "Failed to allocate memory"))


def first_line(error: Exception) -> str:
    """Give what ONNX Runtime says, short enough for a sentence of ours."""
    text = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return text.rsplit(" : ", 1)[-1].rstrip(".")[:160]


def physical_cores() -> int:
    """Count the cores this process may use; a second thread on the same core does not make decoding faster."""
    return min(
        psutil.cpu_count(logical=False) or 1, len(psutil.Process().cpu_affinity()) if _has_affinity() else 1 << 10
    )


def _has_affinity() -> bool:
    return hasattr(psutil.Process, "cpu_affinity")  # not on macOS


def _check_interface(session: onnxruntime.InferenceSession, path: Path) -> None:
    inputs = {entry.name for entry in session.get_inputs()}
    outputs = {entry.name for entry in session.get_outputs()}
    needed = {"input_ids", "attention_mask", "past_key_values.0.key", "past_key_values.0.value"}
    if missing := sorted(needed - inputs) + sorted({"logits", "present.0.key"} - outputs):
        raise BrokenModel(path, ModelReason.NO_CACHE(name=missing[0]))
    unknown = inputs - needed - {"position_ids", "num_logits_to_keep", "reading"}
    if extra := sorted(name for name in unknown if not name.startswith("past_key_values.")):
        raise BrokenModel(path, ModelReason.UNKNOWN_INPUT(name=extra[0]))

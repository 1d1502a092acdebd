"""The starter model as it is shipped: its cache against a run without one, its second turn, and how it stops.

Without a cache there is one run over the whole text, on a graph whose head scores every token. A token that the
cached, token by token answer picked must be the likeliest there too: by induction that is the naive greedy answer.
"""

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from desktop.engine.decoder import Decoder
from desktop.engine.generate import generate
from desktop.engine.interface import Finished, Message, ModelFiles, Sampling, TextAdded
from desktop.engine.local import LocalEngine
from desktop.engine.prompt import PromptBuilder
from desktop.engine.sampling import make_sampler
from desktop.engine.session import choose_device, open_session
from desktop.models.library import Model
from tests.bench.starter import starter_model

QUESTION = [Message("user", "Write a short story about a lighthouse keeper who finds a letter.")]
GREEDY = Sampling(temperature=0, repetition_penalty=1, dry_multiplier=0, max_tokens=200)
COUNT = 200  # tokens


@pytest.fixture(scope="module")
def model() -> Iterator[Model]:
    """The prepared starter model; it lies in the installation, not in the test's own home."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("INKSTONE_HOME", raising=False)
        yield starter_model()


@pytest.fixture(scope="module")
def files(model: Model) -> ModelFiles:
    return model.files()


@pytest.fixture(scope="module")
def engine(files: ModelFiles) -> LocalEngine:
    return LocalEngine(files, "cpu")


def rewritten(folder: Path, target: Path, *, fp32: bool) -> Path:
    """Write a variant of the graph that reads the same weights, dequantized if `fp32`."""
    graph_file = onnx.load(folder / "model.onnx", load_external_data=False)
    graph = graph_file.graph
    tensors = {tensor.name: tensor for tensor in graph.initializer}

    def values(name: str) -> NDArray[np.float32]:
        return numpy_helper.to_array(tensors[name], base_dir=str(folder)).astype(np.float32)

    nodes = []
    for node in graph.node:
        if fp32 and node.op_type == "MatMulNBits":
            quants, scales = values(node.input[1]), values(node.input[2])
            zeros = values(node.input[3])[..., None] if len(node.input) > 3 else np.float32(128)
            weights = ((quants - zeros) * scales[..., None]).reshape(len(quants), -1).T
            graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(weights), f"{node.name}.fp32"))
            node = helper.make_node("MatMul", [node.input[0], f"{node.name}.fp32"], node.output, name=node.name)
        nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)
    target.mkdir()
    shutil.copy(folder / "model.onnx.data", target)  # ONNX Runtime follows no link out of the folder
    onnx.save(graph_file, target / "model.onnx")
    return target / "model.onnx"


def greedy(decoder: Decoder, prompt: list[int]) -> list[int]:
    """Answer token by token with the cache; past the end of the text, should there be one."""
    logits = decoder.run(prompt)
    sample = make_sampler(GREEDY)
    return list(generate(decoder, logits, sample, end_tokens=frozenset(), max_tokens=COUNT, stopped=lambda: False))


def without_cache(path: Path, ids: list[int]) -> NDArray[np.float32]:
    """Read all of `ids` in one run of an empty past; gives logits of shape (len(ids), vocab)."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    pasts = {
        entry.name: np.zeros((1, entry.shape[1], 0, entry.shape[3]), np.float32)
        for entry in session.get_inputs()
        if entry.name.startswith("past_key_values")
    }
    inputs = {"input_ids": np.array([ids], np.int64), "attention_mask": np.ones((1, len(ids)), np.int64), **pasts}
    inputs["num_logits_to_keep"] = np.array(len(ids), np.int64)
    logits: NDArray[np.float32] = session.run(["logits"], inputs)[0][0]
    return logits


def test_the_cache_changes_no_token_of_a_greedy_answer(tmp_path: Path, files: ModelFiles) -> None:
    """In fp32, where rounding cannot hide a mistake or cause a difference."""
    graph = rewritten(files.folder, tmp_path / "fp32", fp32=True)
    device = choose_device("cpu", 0, files, [])
    session = onnxruntime.InferenceSession(graph, providers=[device.provider])
    prompt = PromptBuilder(files).encode(QUESTION)
    answer = greedy(Decoder(session, files), prompt)
    del session
    naive = rewritten(files.folder, tmp_path / "naive", fp32=True)
    logits = without_cache(naive, prompt + answer[:-1])
    assert logits[len(prompt) - 1 :].argmax(axis=1).tolist() == answer


def test_in_int8_the_cache_changes_no_more_than_rounding_does(tmp_path: Path, files: ModelFiles) -> None:
    """int8 activations round differently when attention reads one row or many; nothing else may differ."""
    prompt = PromptBuilder(files).encode(QUESTION)
    decoder = Decoder(open_session(files, choose_device("cpu", 0, files, []))[0], files)
    answer = greedy(decoder, prompt)
    naive = without_cache(rewritten(files.folder, tmp_path / "naive", fp32=False), prompt + answer[:-1])
    best = naive[len(prompt) - 1 :]
    same = best.argmax(axis=1) == answer
    lead = best.max(axis=1) - best[np.arange(COUNT), answer]
    assert same[0]  # the prompt is read alike
    assert same.mean() > 0.9
    assert lead.max() < 1.0  # logits spread by 3.4: where another token was picked, it was as good


def test_the_second_turn_reads_only_what_is_new(engine: LocalEngine) -> None:
    first = list(engine.stream(QUESTION, GREEDY, threading.Event()))
    text = "".join(event.text for event in first if isinstance(event, TextAdded))
    turns = [*QUESTION, Message("assistant", text), Message("user", "Give it a title.")]
    held, wanted = engine.pool.held[-1], engine.prompts.encode(turns)
    second = list(engine.stream(turns, GREEDY, threading.Event()))[-1]
    one = first[-1]
    assert isinstance(one, Finished)
    assert isinstance(second, Finished)
    differs = (index for index, (old, new) in enumerate(zip(held, wanted, strict=False)) if old != new)
    assert second.usage.reused_tokens == next(differs, len(held))
    assert second.usage.reused_tokens > one.usage.prompt_tokens


def test_a_stop_in_the_middle_of_a_long_prompt_comes_through(engine: LocalEngine) -> None:
    stop = threading.Event()
    question = [Message("user", "The harbour was quiet that morning. " * 700)]
    events = engine.stream(question, GREEDY, stop)
    next(events)
    timer = threading.Timer(0.05, stop.set)
    timer.start()
    pressed = time.monotonic()
    rest = list(events)
    timer.join()
    assert isinstance(rest[-1], Finished)
    assert rest[-1].reason == "stopped"
    assert rest[-1].usage.new_tokens == 0
    assert len(rest) < 5  # a few steps of many
    assert time.monotonic() - pressed < 5


def test_the_committed_manifest_is_that_of_the_prepared_files(model: Model) -> None:
    """The conversion gives the same bytes everywhere, so the manifest in the repository knows them."""
    from desktop.models.progress import Progress

    model.verify(Progress(lambda sentence, share: None))

"""One engine in a process of its own: reads jobs from stdin, a JSON object a line, and answers with times.

    python contestant.py inkstone|llama.cpp|genai|transformers MODEL THREADS  (MODEL: a folder, or the GGUF)

    {"ids": […], "new": N}   → {"prefill_s", "decode_s"}: reads the ids into an empty cache, then writes N tokens
    {"score": […]}           → {"nll"}: mean surprise of each next token, in nats

Every engine samples with the same settings (temperature 0.7, top-k 40, top-p 0.95, min-p 0.05, repetition 1.1), for
that is what a user gets. Runs in the peers' environment, so it imports nothing of Inkstone unless it is Inkstone.
"""

import functools
import json
import sys
import time
from typing import Any, Protocol

import numpy as np

_TEMPERATURE, _TOP_K, _TOP_P, _MIN_P, _REPETITION = 0.7, 40, 0.95, 0.05, 1.1


class Contestant(Protocol):
    """What the race asks of an engine."""

    def write(self, ids: list[int], new: int) -> tuple[float, float]:
        """Read `ids` into an empty cache and write `new` tokens; gives the seconds of both."""
        ...

    def logits(self, ids: list[int]) -> Any:
        """Give the logits behind each of `ids`, shape (len(ids), vocab)."""
        ...


class Inkstone:
    """The product's own engine."""

    def __init__(self, model: str, threads: int) -> None:
        from pathlib import Path

        from desktop.engine.local import LocalEngine
        from desktop.models.library import InstalledModel
        from desktop.models.manifest import read_manifest

        folder = Path(model)
        self._engine = LocalEngine(InstalledModel(folder, read_manifest(folder)).files(), "cpu", threads)
        self._decoder = self._engine.new_decoder()

    def write(self, ids: list[int], new: int) -> tuple[float, float]:
        import threading

        from desktop.engine.generate import generate, prefill, read_all
        from desktop.engine.interface import Sampling
        from desktop.engine.sampling import make_sampler

        self._decoder.rewind([])
        began = time.perf_counter()
        logits = read_all(prefill(self._decoder, ids, threading.Event()))
        sample = make_sampler(Sampling(seed=1))
        ends: frozenset[int] = frozenset()
        tokens = generate(self._decoder, logits, sample, end_tokens=ends, max_tokens=new + 1, stopped=lambda: False)
        next(tokens)
        read = time.perf_counter()
        for _ in tokens:
            pass
        return read - began, time.perf_counter() - read

    def logits(self, ids: list[int]) -> Any:
        self._decoder.rewind([])
        return np.stack(self._decoder.read_each(ids))


class LlamaCpp:
    """llama.cpp through llama-cpp-python."""

    def __init__(self, model: str, threads: int) -> None:
        from llama_cpp import Llama

        self._llama = Llama(model, n_ctx=4096, n_threads=threads, n_threads_batch=threads, verbose=False)
        self._scorer = functools.partial(Llama, model, n_ctx=1024, n_threads=threads, logits_all=True, verbose=False)

    def write(self, ids: list[int], new: int) -> tuple[float, float]:
        tokens = self._llama.generate(
            ids,
            reset=True,
            temp=_TEMPERATURE,
            top_k=_TOP_K,
            top_p=_TOP_P,
            min_p=_MIN_P,
            repeat_penalty=_REPETITION,
        )
        self._llama.reset()  # or it would keep what the last round read
        began = time.perf_counter()
        next(tokens)
        read = time.perf_counter()
        for _ in range(new):
            next(tokens)
        return read - began, time.perf_counter() - read

    def logits(self, ids: list[int]) -> Any:
        scorer = self._scorer()
        scorer.eval(ids)
        return scorer.scores[: len(ids)].copy()


class Genai:
    """The loop of onnxruntime-genai, on a graph of its own builder or on Inkstone's."""

    def __init__(self, model: str, threads: int) -> None:
        import onnxruntime_genai as genai

        del threads  # stands in the model's own configuration
        self._genai, self._model = genai, genai.Model(model)

    def _generator(self, length: int) -> Any:
        parameters = self._genai.GeneratorParams(self._model)
        parameters.set_search_options(
            do_sample=True,
            temperature=_TEMPERATURE,
            top_k=_TOP_K,
            top_p=_TOP_P,
            repetition_penalty=_REPETITION,
            max_length=length,
            min_length=length,
        )
        return self._genai.Generator(self._model, parameters)

    def write(self, ids: list[int], new: int) -> tuple[float, float]:
        generator = self._generator(len(ids) + new + 1)
        began = time.perf_counter()
        generator.append_tokens(ids)
        generator.generate_next_token()
        read = time.perf_counter()
        for _ in range(new):
            generator.generate_next_token()
        return read - began, time.perf_counter() - read

    def logits(self, ids: list[int]) -> Any:
        generator = self._generator(len(ids) + 1)
        generator.append_tokens(ids)
        return generator.get_output("logits")[0]  # of its builder's graph: all rows, not only the last one


class Transformers:
    """transformers on the dequantized weights, fp32."""

    def __init__(self, model: str, threads: int) -> None:
        from pathlib import Path

        import torch
        from transformers import AutoModelForCausalLM

        torch.set_num_threads(threads)
        path = Path(model)
        self._torch = torch
        self._model = AutoModelForCausalLM.from_pretrained(path.parent, gguf_file=path.name, dtype=torch.float32)

    def write(self, ids: list[int], new: int) -> tuple[float, float]:
        torch = self._torch
        times = []

        class Clock:
            """Called once for the prompt and once for each token."""

            def put(self, value: Any) -> None:
                times.append(time.perf_counter())

            def end(self) -> None:
                pass

        tokens = torch.tensor([ids])
        self._model.generate(
            tokens,
            attention_mask=torch.ones_like(tokens),
            max_new_tokens=new + 1,
            min_new_tokens=new + 1,
            do_sample=True,
            temperature=_TEMPERATURE,
            top_k=_TOP_K,
            top_p=_TOP_P,
            min_p=_MIN_P,
            repetition_penalty=_REPETITION,
            pad_token_id=0,
            streamer=Clock(),
        )
        return times[1] - times[0], times[-1] - times[1]

    def logits(self, ids: list[int]) -> Any:
        with self._torch.no_grad():
            return self._model(self._torch.tensor([ids])).logits[0].float().numpy()


CONTESTANTS: dict[str, type[Any]] = {
    "inkstone": Inkstone,
    "llama.cpp": LlamaCpp,
    "genai": Genai,
    "transformers": Transformers,
}


def surprise(logits: Any, ids: list[int]) -> float:
    """Give the mean surprise of each next token, in nats."""
    scores = np.asarray(logits, np.float64)[:-1]
    scores -= scores.max(axis=1, keepdims=True)
    chosen = scores[np.arange(len(ids) - 1), ids[1:]]
    return float((np.log(np.exp(scores).sum(axis=1)) - chosen).mean())


def main() -> None:
    """Answer jobs until stdin ends."""
    name, model, threads = sys.argv[1:]
    contestant: Contestant = CONTESTANTS[name](model, int(threads))
    print(json.dumps({"ready": name}), flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        if "score" in job:
            answer = {"nll": surprise(contestant.logits(job["score"]), job["score"])}
        else:
            prefill_s, decode_s = contestant.write(job["ids"], job["new"])
            answer = {"prefill_s": prefill_s, "decode_s": decode_s}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()

"""The engine that answers on this machine."""

import threading
import time
from collections.abc import Generator, Iterator, Sequence

from desktop.engine.context import fit
from desktop.engine.decoder import Decoder, Logits, Stopped
from desktop.engine.detokenizer import detokenize, until_stop
from desktop.engine.generate import generate, prefill
from desktop.engine.interface import (
    TOKENIZER_FILE,
    ContextTrimmed,
    EngineInfo,
    Event,
    Finished,
    FinishReason,
    Message,
    ModelFiles,
    PromptRead,
    Sampling,
    TextAdded,
    Usage,
)
from desktop.engine.prompt import PromptBuilder
from desktop.engine.sampling import make_sampler
from desktop.engine.session import available_providers, choose_device, open_session
from desktop.errors import BrokenModel, EmptyPrompt


class LocalEngine:
    """Answers conversations with a model of this machine. Used from one thread at a time.

    Attributes:
        decoder: the graph and its cache.
        prompts: builds prompts.
        threads: CPU threads; 0 on a GPU.
    """

    def __init__(self, files: ModelFiles, device: str = "auto", threads: int = 0) -> None:
        """Load a model.

        Args:
            files: what to load.
            device: auto, cpu or cuda.
            threads: CPU threads; 0 takes one per physical core.

        Raises:
            ModelNotPrepared: the folder holds no graph.
            BrokenModel: a file is damaged, or the files do not belong together.
        """
        chosen = choose_device(device, threads, files, available_providers())
        self.prompts = PromptBuilder(files)
        session, device_used = open_session(files, chosen)
        self.decoder = Decoder(session, files)
        self.threads = device_used.threads
        self._end_tokens = files.end_tokens
        self._info = EngineInfo(files.name, files.precision, str(device_used), device_used.reason, files.context_length)
        tokens = self.prompts.tokenizer.get_vocab_size(with_added_tokens=True)
        if tokens > self.decoder.vocab:
            reason = f"it has {tokens} tokens, but the graph knows {self.decoder.vocab}: they do not belong together"
            raise BrokenModel(files.folder / TOKENIZER_FILE, reason)

    @property
    def info(self) -> EngineInfo:
        """Who answers and where."""
        return self._info

    def stream(self, messages: Sequence[Message], options: Sampling, stop: threading.Event) -> Iterator[Event]:
        """Answer the last message; see `Engine.stream`."""
        if not messages or not messages[-1].content.strip():
            raise EmptyPrompt
        started = time.monotonic()
        context = self.decoder.context_length
        room = min(options.max_tokens or context, context // 4)
        prompt, dropped = fit(messages, self.prompts.encode, context, room)
        if dropped:
            yield ContextTrimmed(dropped)
        reused = self.decoder.rewind(prompt)
        try:
            logits = yield from self._read(prompt[reused:], stop)
        except Stopped:
            yield Finished("stopped", Usage(len(prompt), reused, 0, 0.0, 0.0))
            return
        answer = _Answer(started)
        yield from self._write(answer, logits, options, stop)
        yield Finished(answer.reason, answer.usage(len(prompt), reused))

    def _read(self, prompt: Sequence[int], stop: threading.Event) -> Generator[Event, None, Logits]:
        steps = prefill(self.decoder, prompt, stop)
        while True:
            try:
                yield PromptRead(next(steps), len(prompt))
            except StopIteration as over:
                logits: Logits = over.value
                return logits

    def _write(self, answer: "_Answer", logits: Logits, options: Sampling, stop: threading.Event) -> Iterator[Event]:
        """Yield the answer's text, keeping count of it in `answer`."""
        free = self.decoder.context_length - len(self.decoder.tokens)
        limit = free if options.max_tokens is None else min(options.max_tokens, free)
        sample = make_sampler(options, never_penalized=self._end_tokens)
        tokens = answer.counted(
            generate(self.decoder, logits, sample, end_tokens=self._end_tokens, max_tokens=limit, stopped=stop.is_set)
        )
        for text in until_stop(detokenize(self.prompts.tokenizer, tokens), options.stop):
            if text:
                yield TextAdded(text)
        if stop.is_set():
            answer.reason = "stopped"
        elif answer.exhausted and answer.tokens >= limit:
            answer.reason = "length"


class _Answer:
    """Counts and times the tokens of one answer."""

    def __init__(self, started: float) -> None:
        self.reason: FinishReason = "done"
        self.tokens = 0
        self.exhausted = False  # the loop ended by itself, not because a stop string was found
        self._started = started
        self._first = self._last = started

    def counted(self, tokens: Iterator[int]) -> Iterator[int]:
        for token in tokens:
            self._last = time.monotonic()
            if self.tokens == 0:
                self._first = self._last
            self.tokens += 1
            yield token
        self.exhausted = True

    def usage(self, prompt_tokens: int, reused: int) -> Usage:
        following = self._last - self._first
        return Usage(
            prompt_tokens=prompt_tokens,
            reused_tokens=reused,
            new_tokens=self.tokens,
            first_token_s=self._first - self._started,
            decode_tokens_per_s=(self.tokens - 1) / following if following > 0 else 0.0,
        )

"""The engine that answers on this machine."""

import contextlib
import dataclasses
import logging
import threading
import time
from collections.abc import Callable, Collection, Generator, Iterator, Sequence

import numpy as np
import onnxruntime

from desktop.engine.answer import AnswerCount
from desktop.engine.batch import Batch
from desktop.engine.context import fit
from desktop.engine.decoder import Decoder, LogitRows, Logits, Stopped
from desktop.engine.detokenizer import detokenize, texts_of_tokens, until_stop
from desktop.engine.generate import TokenModel, generate, prefill, read_all
from desktop.engine.interface import (
    GRAPH_FILE,
    TOKENIZER_FILE,
    ContextTrimmed,
    EngineInfo,
    Event,
    Finished,
    Message,
    ModelFiles,
    PromptRead,
    Sampling,
    TextAdded,
    ThoughtAdded,
    Usage,
    VersionEvent,
)
from desktop.engine.likelihood import Likelihood, LikelihoodJudging
from desktop.engine.lookup import PromptLookup
from desktop.engine.memory import bytes_a_token, context_that_fits, free_memory
from desktop.engine.ort_session import CPU, available_providers, choose_device, open_session
from desktop.engine.pool import CachePool
from desktop.engine.prompt import PromptBuilder
from desktop.engine.repeatable import Repeatable, Vocabulary
from desktop.engine.sampling import Sampler, make_sampler
from desktop.engine.turns import EngineTurns
from desktop.engine.versions import TokenRows, Version, write_versions
from desktop.errors import BrokenModel, EmptyPrompt, ModelReleased, PromptTooLong
from desktop.reasons import ModelReason
from desktop.text.thoughts import ThoughtSplitter

_LOG = logging.getLogger(__name__)


class LocalEngine:
    """Answers conversations with a model of this machine. Several threads may use it at once.

    Attributes:
        pool: the KV caches of the conversations.
        prompts: builds prompts.
        threads: CPU threads; 0 on a GPU.
    """

    def __init__(self, files: ModelFiles, device: str = "auto", threads: int = 0, *, kv_cache_mib: int = 512) -> None:
        """Load a model.

        Args:
            files: what to load.
            device: auto, cpu or cuda.
            threads: CPU threads; 0 takes one per physical core.
            kv_cache_mib: memory for the KV caches of conversations that are not being answered.

        Raises:
            ModelNotPrepared: the folder holds no graph.
            BrokenModel: a file is damaged, or the files do not belong together.
        """
        begun = time.monotonic()
        chosen = choose_device(device, threads, files, available_providers())
        self.prompts = PromptBuilder(files)
        self._vocabulary = Vocabulary(texts_of_tokens(self.prompts.tokenizer))
        session, device_used = open_session(files, chosen)
        self._session: onnxruntime.InferenceSession | None = session
        if device_used.provider == CPU:
            context = context_that_fits(files.context_length, bytes_a_token(session), free_memory())
            files = dataclasses.replace(files, context_length=context)
        self._files = files
        self.pool = CachePool(self.new_decoder, kv_cache_mib)
        self.threads = device_used.threads
        self._turns = EngineTurns()
        self._info = EngineInfo(
            files.name,
            files.precision,
            device_used.name,
            device_used.reason,
            files.context_length,
            files.languages,
            files.abilities,
        )
        tokens, known = self.prompts.tokenizer.get_vocab_size(with_added_tokens=True), self.new_decoder().vocab
        if tokens > known:
            del session
            self.close()  # the error, which knows this engine, may live on while another model is loaded
            reason = ModelReason.OTHER_TOKENIZER(tokens=tokens, known=known)
            raise BrokenModel(files.folder / TOKENIZER_FILE, reason)
        seconds, context = time.monotonic() - begun, files.context_length
        provider = device_used.provider
        _LOG.info("loaded in %.2f s: %s, %d threads, context of %d tokens", seconds, provider, self.threads, context)

    @property
    def info(self) -> EngineInfo:
        """Who answers and where."""
        return self._info

    def close(self) -> None:
        """Give back the session and the caches; see `Engine.close`. Waits for the run going on, some hundred tokens."""
        self._turns.close()
        self.pool.close()
        self._session = None

    def new_decoder(self) -> Decoder:
        """Make a decoder with an empty cache of its own. Raises ModelReleased."""
        if self._session is None:
            raise ModelReleased
        return Decoder(self._session, self._files)

    def bytes_a_token(self, context: int) -> int:
        """Count what writing a token behind `context` others reads: the weights and the cache. Raises ModelReleased."""
        if self._session is None:
            raise ModelReleased
        weights = sum(file.stat().st_size for file in self._files.folder.glob(f"{GRAPH_FILE}*"))
        return weights + context * bytes_a_token(self._session)

    def count_tokens(self, text: str) -> int:
        """Give the length of a text in tokens."""
        return len(self.prompts.encode_text(text))

    def warm(self, messages: Sequence[Message], stop: threading.Event) -> None:
        """Read a conversation into the pool; see `Engine.warm`."""
        context = self._files.context_length
        try:
            prompt, _ = fit(messages, self._encode(stop), context, context // 4)  # as `stream` cuts it
        except (PromptTooLong, Stopped):
            return  # the former is refused when it is asked
        with self.pool.borrowed(prompt) as (decoder, reused), contextlib.suppress(Stopped):
            read_all(prefill(_InTurn(decoder, self._turns, stop, urgent=False), prompt[reused:], stop))

    @contextlib.contextmanager
    def judging(
        self, messages: Sequence[Message], stop: threading.Event, *, urgent: bool = True
    ) -> Iterator[LikelihoodJudging]:
        """Judge texts; see `Judge.judging`."""
        prompt, context = self.prompts.encode(messages), self._files.context_length

        def encode(text: str) -> list[int]:
            if stop.is_set():
                raise Stopped
            ids = self.prompts.encode_text(text)
            if len(prompt) + len(ids) >= context:
                raise PromptTooLong(len(prompt) + len(ids), context)
            return ids

        with (
            contextlib.suppress(Stopped),
            self._turns.stream(urgent=urgent),
            self.pool.borrowed(prompt) as (decoder, reused),
        ):
            model = _InTurn(decoder, self._turns, stop, urgent=urgent)
            try:
                logits = read_all(prefill(model, prompt[reused:], stop))
            except Stopped:
                logits = np.zeros(decoder.vocab, np.float32)  # nothing is judged with it: who asks is stopped as well
            yield LikelihoodJudging(Likelihood(model, logits), encode)

    def stream(self, messages: Sequence[Message], options: Sampling, stop: threading.Event) -> Iterator[Event]:
        """Answer or continue the last message; see `Engine.stream`."""
        started = time.monotonic()
        context = self._files.context_length
        try:
            prompt, dropped = self._fit(messages, options, stop)
        except Stopped:
            yield Finished("stopped", Usage(0, 0, 0, 0.0, 0.0))
            return
        if dropped:
            yield ContextTrimmed(dropped)
        with (
            self._turns.stream(urgent=options.urgent),
            self.pool.borrowed(prompt) as (decoder, reused),
        ):
            model = _InTurn(decoder, self._turns, stop, urgent=options.urgent)
            try:
                logits = yield from self._read(model, prompt[reused:], stop)
            except Stopped:
                yield Finished("stopped", Usage(len(prompt), reused, 0, 0.0, 0.0))
                return
            lookup = self._lookup(options.lookup) if decoder.verifies else None
            answer = self._answer(messages, prompt, options, started, lookup)
            sampler = self._sampler(messages, options)
            yield from self._write(model, answer, logits, sampler, options, stop, context - len(prompt))
            yield Finished(answer.reason, answer.usage(len(prompt), reused))

    def stream_versions(
        self,
        messages: Sequence[Message],
        options: Sequence[Sampling],
        stop: threading.Event,
        dropped: Collection[int] = frozenset(),
    ) -> Iterator[ContextTrimmed | PromptRead | VersionEvent]:
        """Answer the last message several times at once; see `VersionWriter.stream_versions`."""
        started, context = time.monotonic(), self._files.context_length
        urgent = any(each.urgent for each in options)
        try:
            prompt, left_out = self._fit(messages, options[0], stop)
        except Stopped:
            nothing = Finished("stopped", Usage(0, 0, 0, 0.0, 0.0))
            yield from (VersionEvent(number, nothing) for number in range(len(options)))
            return
        if left_out:
            yield ContextTrimmed(left_out)
        with self._turns.stream(urgent=urgent), self.pool.borrowed(prompt) as (decoder, reused):
            cost, free, ends = (len(prompt), reused), context - len(prompt), self._files.end_tokens
            versions = [
                Version(number, each, self.prompts.tokenizer, ends, free, answer, self._sampler(messages, each))
                for number, each in enumerate(options)
                for answer in [self._answer(messages, prompt, each, started)]
            ]
            model = _InTurn(decoder, self._turns, stop, urgent=urgent)
            try:
                logits = yield from self._read(model, prompt[reused:], stop)
            except Stopped:
                stopped = Finished("stopped", Usage(len(prompt), reused, 0, 0.0, 0.0))
                yield from (VersionEvent(version.number, stopped) for version in versions)
                return

            def branch_off(rows: int) -> TokenRows:
                if decoder.batches:
                    return _RowsInTurn(Batch(decoder, rows), self._turns, stop, urgent=urgent)
                decoder.forget(len(decoder.tokens) - len(prompt))
                return _OneRow(model)

            groups = [versions] if decoder.batches else [[version] for version in versions]  # else one by one
            for group in groups:
                yield from write_versions(group, logits, branch_off, stop, dropped, cost)

    def _fit(self, messages: Sequence[Message], options: Sampling, stop: threading.Event) -> tuple[list[int], int]:
        """Give the prompt, and how many messages were left out to make room. Raises EmptyPrompt, Stopped."""
        if not messages or not messages[-1].content.strip():
            raise EmptyPrompt
        context = self._files.context_length
        room = min(options.max_tokens or context, context // 4)
        return fit(messages, self._encode(stop, options.thinking), context, room)

    def _answer(
        self,
        messages: Sequence[Message],
        prompt: list[int],
        options: Sampling,
        started: float,
        lookup: PromptLookup | None = None,
    ) -> AnswerCount:
        thoughts = ThoughtSplitter(self.prompts.ending(prompt), begun=messages[-1].role == "assistant")
        may_think = options.thinking is not False or thoughts.thinking
        return AnswerCount(started, lookup, thoughts, options.max_tokens, may_think=may_think)

    def _encode(self, stop: threading.Event, thinking: bool | None = None) -> Callable[[Sequence[Message]], list[int]]:
        return lambda messages: self.prompts.encode(messages, stop, thinking=thinking)

    def _sampler(self, messages: Sequence[Message], options: Sampling) -> Sampler:
        asked = next((each.content for each in reversed(messages) if each.role == "user"), "")
        repeatable = Repeatable(self._vocabulary, self.prompts.encode_text(asked))
        return make_sampler(options, self._files.end_tokens, usual=self._files.sampling, repeatable=repeatable)

    def _lookup(self, text: str) -> PromptLookup | None:
        return PromptLookup(self.prompts.encode_text(text)) if text else None

    def _read(
        self, model: TokenModel, prompt: Sequence[int], stop: threading.Event
    ) -> Generator[PromptRead, None, Logits]:
        steps = prefill(model, prompt, stop)
        while True:
            try:
                yield PromptRead(next(steps), len(prompt))
            except StopIteration as over:
                logits: Logits = over.value
                return logits

    def _write(
        self,
        model: TokenModel,
        answer: AnswerCount,
        logits: Logits,
        sampler: Sampler,
        options: Sampling,
        stop: threading.Event,
        free: int,
    ) -> Iterator[Event]:
        """Yield the answer's text, keeping count of it in `answer`; `free` tokens fit in the context."""
        tokens = generate(
            model,
            logits,
            sampler,
            end_tokens=self._files.end_tokens,
            max_tokens=min(answer.most_tokens, free),
            stopped=stop.is_set,
            lookup=answer.lookup,
        )
        pieces = detokenize(self.prompts.tokenizer, answer.counted(tokens))
        for text in until_stop(answer.without_thoughts(pieces), options.stop):
            if thought := answer.thought():
                yield ThoughtAdded(thought)
            if text:
                yield TextAdded(text)
        if thought := answer.thought():
            yield ThoughtAdded(thought)
        if stop.is_set():
            answer.reason = "stopped"
        elif answer.exhausted and answer.tokens >= min(answer.most_tokens, free):
            answer.reason = "length"


class _InTurn:
    """A decoder that waits for its turn before each run."""

    def __init__(self, decoder: Decoder, turns: EngineTurns, stop: threading.Event, *, urgent: bool) -> None:
        self._decoder, self._turns, self._stop, self._urgent = decoder, turns, stop, urgent

    def read(self, ids: Sequence[int], stop: threading.Event | None = None) -> Logits:
        with self._turns.turn(self._stop, urgent=self._urgent):
            return self._decoder.read(ids, stop)

    def verify(self, ids: Sequence[int]) -> list[Logits]:
        with self._turns.turn(self._stop, urgent=self._urgent):
            return self._decoder.verify(ids)

    def forget(self, count: int) -> None:
        self._decoder.forget(count)


class _RowsInTurn:
    """A batch that waits for its turn before each run."""

    def __init__(self, batch: Batch, turns: EngineTurns, stop: threading.Event, *, urgent: bool) -> None:
        self._batch, self._turns, self._stop, self._urgent = batch, turns, stop, urgent

    def write(self, tokens: Sequence[int]) -> LogitRows:
        with self._turns.turn(self._stop, urgent=self._urgent):
            return self._batch.write(tokens)

    def keep(self, rows: Sequence[int]) -> None:
        self._batch.keep(rows)


class _OneRow:
    """A decoder as a batch of one row, where the graph knows no more."""

    def __init__(self, model: _InTurn) -> None:
        self._model = model

    def write(self, tokens: Sequence[int]) -> LogitRows:
        return np.stack(self._model.verify(tokens))

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with the one row that there is."""

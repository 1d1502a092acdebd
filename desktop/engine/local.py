"""The engine that answers on this machine."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence

import numpy as np
import onnxruntime

from desktop.engine.context import fit
from desktop.engine.decoder import Decoder, Logits, Stopped
from desktop.engine.detokenizer import detokenize, texts_of_tokens, until_stop
from desktop.engine.generate import TokenModel, generate, prefill, read_all
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
    ThoughtAdded,
    Usage,
)
from desktop.engine.likelihood import Likelihood, LikelihoodJudging
from desktop.engine.lookup import PromptLookup
from desktop.engine.ort_session import available_providers, choose_device, open_session
from desktop.engine.pool import CachePool
from desktop.engine.prompt import PromptBuilder
from desktop.engine.repeatable import Repeatable, Vocabulary
from desktop.engine.sampling import Sampler, make_sampler
from desktop.engine.thoughts import Parts, ThoughtSplitter
from desktop.engine.turns import EngineTurns
from desktop.errors import BrokenModel, EmptyPrompt, ModelReleased, PromptTooLong
from desktop.reasons import ModelReason

_LOG = logging.getLogger(__name__)
_NO_LIMIT = 1 << 31  # tokens; the context ends an answer long before
_LONGEST_THOUGHT = 4096  # tokens that a thought may take besides the limit of the answer behind it


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
        if not messages or not messages[-1].content.strip():
            raise EmptyPrompt
        started = time.monotonic()
        context = self._files.context_length
        room = min(options.max_tokens or context, context // 4)
        try:
            prompt, dropped = fit(messages, self._encode(stop, options.thinking), context, room)
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
            thoughts = ThoughtSplitter(self.prompts.ending(prompt), begun=messages[-1].role == "assistant")
            lookup = self._lookup(options.lookup) if decoder.verifies else None
            may_think = options.thinking is not False or thoughts.thinking
            answer = _Answer(started, lookup, thoughts, options.max_tokens, may_think=may_think)
            sampler = self._sampler(messages, options)
            yield from self._write(model, answer, logits, sampler, options, stop, context - len(prompt))
            yield Finished(answer.reason, answer.usage(len(prompt), reused))

    def _encode(self, stop: threading.Event, thinking: bool | None = None) -> Callable[[Sequence[Message]], list[int]]:
        return lambda messages: self.prompts.encode(messages, stop, thinking=thinking)

    def _sampler(self, messages: Sequence[Message], options: Sampling) -> Sampler:
        asked = next((each.content for each in reversed(messages) if each.role == "user"), "")
        repeatable = Repeatable(self._vocabulary, self.prompts.encode_text(asked))
        return make_sampler(options, self._files.end_tokens, usual=self._files.sampling, repeatable=repeatable)

    def _lookup(self, text: str) -> PromptLookup | None:
        return PromptLookup(self.prompts.encode_text(text)) if text else None

    def _read(self, model: TokenModel, prompt: Sequence[int], stop: threading.Event) -> Generator[Event, None, Logits]:
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
        answer: "_Answer",
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


class _Answer:
    """Counts and times the tokens of one answer, and parts its thoughts from its text.

    Attributes:
        most_tokens: of thoughts and text together; as many as there is room for where nobody limits them.
    """

    def __init__(
        self,
        started: float,
        lookup: PromptLookup | None,
        thoughts: ThoughtSplitter,
        longest: int | None,
        *,
        may_think: bool,
    ) -> None:
        self.lookup = lookup
        self.reason: FinishReason = "done"
        self.tokens = 0
        self.exhausted = False  # the loop ended by itself, not because a stop string was found
        self._thoughts, self._thought = thoughts, list[str]()
        self._thought_tokens, self._longest = 0, longest or _NO_LIMIT
        self.most_tokens = self._longest + (_LONGEST_THOUGHT if may_think else 0)
        self._started = started
        self._first = self._last = started

    def counted(self, tokens: Iterator[int]) -> Iterator[int]:
        for token in tokens:
            self._last = time.monotonic()
            if self.tokens == 0:
                self._first = self._last
            self.tokens += 1
            self._thought_tokens += self._thoughts.thinking
            yield token
            if self.tokens < self.most_tokens and self.tokens - self._thought_tokens >= self._longest:
                self.most_tokens = self.tokens
                break
        self.exhausted = True

    def without_thoughts(self, pieces: Iterator[str]) -> Iterator[str]:
        """Yield the text of pieces, "" while there is none; thoughts are kept for `thought`."""
        for piece in pieces:
            yield self._part(self._thoughts.feed(piece))
        yield self._part(self._thoughts.close())

    def thought(self) -> str:
        """Give what was thought since the last call."""
        thought = "".join(self._thought)
        self._thought.clear()
        return thought

    def _part(self, parts: Parts) -> str:
        self._thought.append(parts.thought)
        return parts.text

    def usage(self, prompt_tokens: int, reused: int) -> Usage:
        following = self._last - self._first
        return Usage(
            prompt_tokens=prompt_tokens,
            reused_tokens=reused,
            new_tokens=self.tokens,
            first_token_s=self._first - self._started,
            decode_tokens_per_s=(self.tokens - 1) / following if following > 0 else 0.0,
            guessed_tokens=self.lookup.accepted if self.lookup else 0,
        )

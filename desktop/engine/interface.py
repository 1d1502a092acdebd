"""What an engine is to the rest of the application: messages in, events out.

`LocalEngine` and engines on other machines are interchangeable; nothing above this file knows which one answers.
"""

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

from desktop.codes import Code, Coded

Role = Literal["system", "user", "assistant"]
FinishReason = Literal["done", "length", "stopped"]

# Of a model folder.
GRAPH_FILE, WEIGHTS_FILE = "model.onnx", "model.onnx.data"
TOKENIZER_FILE, TEMPLATE_FILE = "tokenizer.json", "chat_template.jinja"


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class SamplingParameters:
    """How the next token is picked.

    Attributes:
        temperature: 0 picks the likeliest token; higher is more varied. Unitless, >= 0.
        top_k: consider only this many likeliest tokens; 0 considers all.
        top_p: consider the likeliest tokens that together reach this probability; 1 considers all. In (0, 1].
        min_p: leave out tokens less likely than this share of the likeliest one; 0 leaves none out. In [0, 1).
        repetition_penalty: divides the score of tokens seen before; 1 is off. >= 1.
        dry_multiplier: how hard a token is punished that would repeat what the answer said before; 0 is off. Off for
            code and for rewriting, which repeat rightly. >= 0.
        dry_allowed_length: repeats of fewer tokens than this are free. >= 1.
    """

    temperature: float = 0.7
    top_k: int = 40
    top_p: float = 0.95
    min_p: float = 0.05
    repetition_penalty: float = 1.1
    dry_multiplier: float = 0.8
    dry_allowed_length: int = 4


USUAL_PARAMETERS = SamplingParameters()  # of a model whose makers say nothing


@dataclass(frozen=True, slots=True)
class Sampling:
    """How one answer is written: what the caller wants otherwise than the model, and when the answer ends.

    Attributes:
        temperature, top_k, top_p, min_p, repetition_penalty, dry_multiplier, dry_allowed_length: see
            `SamplingParameters`; None takes the model's own.
        seed: same seed, same answer. None draws from the system.
        max_tokens: length of the answer at most, in tokens, its thoughts apart; None: as much as the context holds.
        stop: the answer ends before the first of these strings.
        lookup: a text that the answer repeats much of, from its beginning (rewriting, proofreading): several tokens
            are guessed from it at once. "" guesses nothing. Changes the speed, not what is said.
        urgent: other answers of this engine wait until this one is over.
        thinking: whether a model that thinks before it answers may do so: False not at all, True where its chat
            template leaves the choice, None only where the template leaves none.
    """

    temperature: float | None = None
    top_k: int | None = None
    top_p: float | None = None
    min_p: float | None = None
    repetition_penalty: float | None = None
    seed: int | None = None
    max_tokens: int | None = None
    stop: tuple[str, ...] = ()
    dry_multiplier: float | None = None
    dry_allowed_length: int | None = None
    lookup: str = ""
    urgent: bool = False
    thinking: bool | None = False

    def parameters(self, usual: SamplingParameters = USUAL_PARAMETERS) -> SamplingParameters:
        """Give how tokens are picked by a model whose own parameters are `usual`."""
        chosen = {one.name: getattr(self, one.name) for one in fields(SamplingParameters)}
        return replace(usual, **{name: value for name, value in chosen.items() if value is not None})


class Ability(StrEnum):
    """What a model can be asked for in a language, as measured and not as named.

    NONE: it does not write the language. GUIDED: it writes sentences of it, but does not keep to a brief. FREE: it
    writes what a brief asks for by itself.
    """

    NONE = "none"
    GUIDED = "guided"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model folder as the engine sees it.

    Attributes:
        folder: holds the graph (and its data), the tokenizer and the chat template, under the names above.
        name: display name.
        precision: how the weights are held, e.g. int8.
        context_length: prompt and answer together, in tokens.
        shared_cache: the graph writes its KV cache into one buffer; otherwise it returns a longer copy.
        bos: text of the begin token, "" if the model has none.
        eos: text of the end token.
        add_bos: whether a prompt begins with `bos` when its template does not write it.
        end_tokens: ids that end an answer.
        languages: what it writes well, ISO 639-1; empty where that is not known.
        sampling: how its makers would have tokens picked.
        abilities: what it can be asked for, by language; empty where it was not measured.
    """

    folder: Path
    name: str
    precision: str
    context_length: int
    shared_cache: bool
    bos: str
    eos: str
    add_bos: bool
    end_tokens: frozenset[int]
    languages: tuple[str, ...] = ()
    sampling: SamplingParameters = USUAL_PARAMETERS
    abilities: Mapping[str, Ability] = field(default_factory=dict)


class DeviceName(Code):
    """Where a model runs."""

    CUDA_GPU = "CUDA"
    ONE_THREAD = "CPU, 1 thread"
    THREADS = "CPU, {n} threads"


class DeviceReason(Code):
    """Why it runs there."""

    CPU_CHOSEN = "The CPU was chosen in the settings."
    CUDA_CHOSEN_NONE_INSTALLED = "CUDA was chosen, but the installed ONNX Runtime has no CUDA."
    NO_CUDA_INSTALLED = "The CPU is used: the installed ONNX Runtime has no CUDA."
    PREPARED_FOR_CPUS = "The CPU is used: this model is prepared in {precision}, for CPUs."
    CUDA_WORKS = "CUDA works on this machine."
    CUDA_DOES_NOT_START = "The CPU is used: CUDA is installed, but does not start."


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """Who answers and where, as told to the user.

    Attributes:
        model: display name, e.g. "SmolLM2 135M Instruct".
        precision: how the weights are held, e.g. "int8".
        device: a `DeviceName`, e.g. "CPU, 2 threads".
        reason: a `DeviceReason`: why this device.
        context_length: prompt and answer together, in tokens.
        languages: what it writes well, ISO 639-1; empty where that is not known.
        abilities: what it can be asked for, by language; empty where it was not measured.
    """

    model: str
    precision: str
    device: Coded
    reason: Coded
    context_length: int
    languages: tuple[str, ...] = ()
    abilities: Mapping[str, Ability] = field(default_factory=dict)

    def can_write(self, language: str) -> Ability | None:
        """Tell what it can be asked for in a language, ISO 639-1; None where that was not measured."""
        return self.abilities.get(language, Ability.NONE) if self.abilities else None


@dataclass(frozen=True, slots=True)
class Usage:
    """What an answer cost.

    Attributes:
        prompt_tokens: length of the whole prompt.
        reused_tokens: how many of them were still in the KV cache.
        new_tokens: length of the answer.
        first_token_s: seconds from the request to the first token; 0 when there was none.
        decode_tokens_per_s: speed after the first token; 0 when there was no second one.
        guessed_tokens: how many of the answer's tokens were guessed right; 0 without lookup.
    """

    prompt_tokens: int
    reused_tokens: int
    new_tokens: int
    first_token_s: float
    decode_tokens_per_s: float
    guessed_tokens: int = 0


@dataclass(frozen=True, slots=True)
class ContextTrimmed:
    """The conversation does not fit: its oldest messages were left out of this prompt."""

    dropped_messages: int


@dataclass(frozen=True, slots=True)
class PromptRead:
    """Prefill goes on: `done` of `total` new prompt tokens are read."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class TextAdded:
    """The answer grew by `text`; whole characters only."""

    text: str


@dataclass(frozen=True, slots=True)
class ThoughtAdded:
    """The model thinks before it answers, and `text` is more of that; no part of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The answer is over: it ended by itself (done), was cut (length) or was stopped by the user (stopped)."""

    reason: FinishReason
    usage: Usage


@dataclass(frozen=True, slots=True)
class VersionEvent:
    """One of several answers grew, or is over; they are numbered from 0."""

    version: int
    event: ThoughtAdded | TextAdded | Finished


Event = ContextTrimmed | PromptRead | ThoughtAdded | TextAdded | Finished


class Engine(Protocol):
    """Answers a conversation."""

    @property
    def info(self) -> EngineInfo:
        """Who answers and where."""
        ...

    def stream(self, messages: Sequence[Message], options: Sampling, stop: threading.Event) -> Iterator[Event]:
        """Answer the last message, event by event; the last event is `Finished`.

        A last message of the assistant is the beginning of the answer: it is continued, and only what is new is told.
        `stop` may be set from any thread at any time; the answer so far is kept. Several threads may stream at once;
        they take turns token by token.

        Raises:
            EmptyPrompt: the last message holds nothing.
            PromptTooLong: the last message does not fit, even without the older ones.
            ModelError: the model failed.
        """
        ...

    def warm(self, messages: Sequence[Message], stop: threading.Event) -> None:
        """Read a conversation that will be asked soon, so that its answer begins sooner; `stop` ends the reading.

        Raises:
            ModelError: the model failed.
        """
        ...

    def count_tokens(self, text: str) -> int:
        """Give the length of a text in tokens of the model."""
        ...

    def close(self) -> None:
        """Give back what it holds, at once; whoever it still answers gets `ModelReleased`. Twice does no harm."""
        ...


class Judging(Protocol):
    """Judges texts one after another behind one conversation; those that begin alike are cheapest in a row."""

    def likelihood(self, text: str) -> float:
        """Give the natural logarithm of how likely a text is as the answer, or as its beginning.

        Raises:
            PromptTooLong: it does not fit.
            ModelError: the model failed.
        """
        ...

    def first_sights(self, text: str, others: Sequence[str]) -> list[float]:
        """Compare changed texts with a text by the first word that differs; the text is read once for all of them.

        Gives for each how much likelier (natural logarithm) its first new token is than what it replaces, given what
        stands before, and not what it does to the words behind. Raises as `likelihood`.
        """
        ...


@runtime_checkable
class Judge(Protocol):
    """An engine that can also tell how likely a text is; not every engine on another machine can."""

    def judging(
        self, messages: Sequence[Message], stop: threading.Event, *, urgent: bool = True
    ) -> AbstractContextManager[Judging]:
        """Judge texts as answers to a conversation; if urgent, before all that is not.

        The block ends early, without an error, when `stop` is set.

        Raises:
            ModelError: the model failed.
        """
        ...


@runtime_checkable
class VersionWriter(Protocol):
    """An engine that can also write several answers to one question at once, in little more time than one."""

    def stream_versions(
        self,
        messages: Sequence[Message],
        options: Sequence[Sampling],
        stop: threading.Event,
        dropped: Collection[int] = frozenset(),
    ) -> Iterator[ContextTrimmed | PromptRead | VersionEvent]:
        """Answer the last message once for each of `options`, at least one; the prompt is read once.

        Each version ends by its own rules, and its last event is `Finished`; the others go on. `lookup` is not used.
        All versions are of the same speed, so they grow together. A version is the answer that `stream` gives with
        the same options, where the kernels of this processor add up rows alike (else it may part from it).

        Args:
            messages: as for `Engine.stream`.
            options: one for each version; seeds that differ make them differ.
            stop: ends all versions, which keep what they have.
            dropped: numbers of versions that need not go on; may grow meanwhile. They finish as stopped.

        Raises:
            EmptyPrompt, PromptTooLong, ModelError: as `Engine.stream`.
        """
        ...

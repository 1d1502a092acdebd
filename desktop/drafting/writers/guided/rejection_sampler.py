"""Has the model go on with a text, a few sentences at a time, and keeps the best of what passes the filter."""

import math
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.drafting.facts import content_words
from desktop.drafting.sentences import freshness, relevance, split_sentences
from desktop.drafting.writers.guided.output_filter import OutputFilter
from desktop.drafting.writers.guided.scorer import PmiScorer, vagueness
from desktop.engine.interface import Engine, Message, Sampling, TextAdded

_TOKENS_PER_SENTENCE = 48
_MOST_TRIES = 6  # of one prefix
_TRIES_IN_VAIN = 2  # without a sentence that passes the filter, after which there are no more
_FEWEST_WORDS = 3  # that carry meaning, behind the prefix
_CANDIDATES = 2  # to choose from, where the model gives no scores
_MOST_CANDIDATES, _GOOD_SCORE = 4, 0.75  # where it does; a score with which no other candidate is needed
OFF_TOPIC = -0.85  # score of sentences about shoes in an article on health; the starter model, 14 sentences
_FRESHNESS_WEIGHT, _VAGUENESS_WEIGHT = 0.8, 0.25  # beside the model's score
_MOST_VAGUE_PHRASES = 3  # a sentence with so many is refused where the choice is strict


@dataclass(frozen=True, slots=True)
class SentenceRequest:
    """What the model is to go on with, and what the sentences are chosen by.

    Attributes:
        messages: before the answer.
        written: the answer so far.
        prefix: how the first sentence begins; "": as the model likes.
        topics: texts that the sentences should be about.
        before: the sentences that they must not repeat.
        without_topic: the messages without the topic, to score by mutual information; empty: no such score.
        context: what the sentences are scored behind, e.g. the point that they explain.
        sentences: how many at most.
        room: words at most; what is longer is only taken if nothing else is found.
        lowest_score: what scores less may not stay; above minus infinity nor may what says next to nothing.
    """

    messages: Sequence[Message]
    written: str
    prefix: str
    topics: Sequence[str]
    before: Sequence[str]
    without_topic: Sequence[Message] = ()
    context: str = ""
    sentences: int = 1
    room: int = 40
    lowest_score: float = -math.inf

    @property
    def strict(self) -> bool:
        """Whether anything may be refused that has no fault."""
        return self.lowest_score > -math.inf


@dataclass(frozen=True, slots=True)
class _Rating:
    """What sentences are worth: a score, by the model's or by their words; or why they are refused."""

    score: float = 0.0
    by_model: bool = False
    refusal: str = ""


class RejectionSampler:
    """Samples sentences for one draft until one passes the filter.

    Attributes:
        scorer: how much the engine thinks sentences are worth.
        refused: how many sentences were refused, by the reason; "" counts those that passed the filter.
    """

    def __init__(
        self, engine: Engine, sampling: Sampling, output_filter: OutputFilter, stop: threading.Event, *, seed: int = 0
    ) -> None:
        """Be ready.

        Args:
            engine: the model.
            sampling: the template's.
            output_filter: which sentences may stay.
            stop: ends the writing.
            seed: same seed, same text.
        """
        self._engine, self._sampling, self._output_filter, self._stop = engine, sampling, output_filter, stop
        self._seed = seed
        self.scorer = PmiScorer(engine, stop)
        self.refused: Counter[str] = Counter()

    def continue_text(self, request: SentenceRequest) -> str:
        """Give a sentence, or a few, that begin with the prefix; "" where the model found none that may stay."""
        scores: dict[str, float] = {}
        messages = _with_answer(request.messages, _join(request.written, request.prefix))
        passed: set[str] = set()
        for tried in range(_MOST_TRIES):
            if self._stop.is_set() or len(passed) >= _MOST_CANDIDATES or (tried >= _TRIES_IN_VAIN and not passed):
                break
            kept = self._passing(self._write(messages, request), request)
            if not kept or not self._says_something(kept[0], request.prefix):
                continue
            text = " ".join(kept)
            passed.add(text)
            rating = self._rate(kept, request)
            if rating.refusal:
                self.refused[rating.refusal] += 1
                continue
            scores[text] = rating.score
            if rating.score > _GOOD_SCORE if rating.by_model else len(scores) >= _CANDIDATES:
                break
        return max(scores, key=lambda text: scores[text], default="")

    def _rate(self, kept: Sequence[str], request: SentenceRequest) -> _Rating:
        """Score sentences that passed the filter, or refuse them after all."""
        text = " ".join(kept)
        over = max(0, len(text.split()) - request.room) / 10
        vague = sum(map(vagueness, kept)) / len(kept)
        if request.strict and vague >= _MOST_VAGUE_PHRASES:
            return _Rating(refusal="vague")
        score = self._score_by_model(text, request) if request.without_topic else None
        if score is None:
            return _Rating(relevance(kept[0], about=request.topics, before=request.before) - over)
        if score < request.lowest_score:
            return _Rating(refusal="off topic")
        fresh = _FRESHNESS_WEIGHT * freshness(kept[0], request.before)
        return _Rating(score + fresh - _VAGUENESS_WEIGHT * vague - over, by_model=True)

    def _score_by_model(self, text: str, request: SentenceRequest) -> float | None:
        # Behind the draft so far whatever it drifts to would look likely: the score is taken without it.
        with_topic = _with_answer(request.messages, _join(request.context, request.prefix))
        without_topic = _with_answer(request.without_topic, request.prefix)
        return self.scorer.score(with_topic, without_topic, text[len(request.prefix) :])

    def complete_line(self, messages: Sequence[Message], written: str) -> str:
        """Give the likeliest rest of a line."""
        exact = replace(
            self._sampling, temperature=0.0, repetition_penalty=1.0, dry_multiplier=0.0, max_tokens=50, stop=("\n",)
        )
        return self._stream([*messages, Message("assistant", written)], exact)

    def _passing(self, text: str, request: SentenceRequest) -> list[str]:
        """Keep the sentences up to the first that may not stay."""
        kept: list[str] = []
        for sentence in split_sentences(text)[: request.sentences]:
            fault = self._output_filter.fault(sentence, [*request.before, *kept])
            self.refused[fault] += 1
            if fault:
                break
            kept.append(sentence)
        return kept

    def _says_something(self, sentence: str, prefix: str) -> bool:
        """Tell whether the model added more to the prefix than "is key"."""
        return self._output_filter.language == "zh" or len(content_words(sentence[len(prefix) :])) >= _FEWEST_WORDS

    def _write(self, messages: Sequence[Message], request: SentenceRequest) -> str:
        self._seed += 1
        tokens = _TOKENS_PER_SENTENCE * request.sentences
        options = replace(self._sampling, max_tokens=tokens, stop=("\n",), seed=self._seed % 2**31)
        return f"{request.prefix}{self._stream(messages, options, request)}".strip()

    def _stream(self, messages: Sequence[Message], options: Sampling, request: SentenceRequest | None = None) -> str:
        """Gather what the model writes; ends it when the sentences are whole and another one begins, or in vain."""
        text = ""
        events = self._engine.stream(messages, options, self._stop)
        for event in events:
            if isinstance(event, TextAdded):
                text += event.text
                if request and self._ended(request.prefix + text, request):
                    break
        close = getattr(events, "close", None)
        if close is not None:
            close()  # gives the cache back
        return text

    def _ended(self, text: str, request: SentenceRequest) -> bool:
        """Tell whether no more needs to be written: nothing of it will pass, or it is enough."""
        return self._output_filter.hopeless(text, request.before) or len(split_sentences(text)) > request.sentences


def _with_answer(messages: Sequence[Message], text: str) -> Sequence[Message]:
    """Put the beginning of the answer behind the messages."""
    return [*messages, Message("assistant", text)] if text.strip() else messages


def _join(written: str, prefix: str) -> str:
    """Put a prefix behind a text, as the next sentence of its paragraph or at the beginning of a new one."""
    if not written or not prefix or written.endswith("\n"):
        return written + prefix
    return f"{written}{'' if written[-1] in '。！？' else ' '}{prefix}"

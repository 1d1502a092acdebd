"""Has the model go on with a text, a few sentences at a time, and keeps the best of what passes the filter."""

import math
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from desktop.drafting.facts import content_words
from desktop.drafting.sentences import split_sentences
from desktop.drafting.writers.guided.output_filter import OutputFilter, freshness, score
from desktop.drafting.writers.guided.pmi_scorer import PmiScorer
from desktop.drafting.writers.guided.vagueness import vagueness
from desktop.engine.interface import Engine, Message, Sampling, TextAdded

_TOKENS_PER_SENTENCE = 48
_TRIES = 6  # of one beginning, at most
_FEWEST_WORDS = 3
_GIVEN_UP = 2  # tries without a sentence that may stay
_WANTED = 2  # candidates to choose from, where the model has no opinion
_MOST, _GOOD = 4, 0.75  # candidates where it has; what one must be worth to need no other
BESIDE_THE_TOPIC = -0.85  # worth of sentences about shoes in an article on health; the starter model, 14 sentences
_NEW = 0.8  # what it weighs that a sentence repeats no word of the others
_HOLLOW, _TOO_HOLLOW = 0.25, 3  # and each phrase of it that would fit anywhere; how many may not stay


class RejectionSampler:
    """Writes for one draft.

    Attributes:
        scorer: what the engine thinks of sentences.
        refused: how many sentences the filter refused, by fault; "" counts those that passed.
    """

    def __init__(
        self, engine: Engine, sampling: Sampling, output_filter: OutputFilter, stop: threading.Event, *, seed: int = 0
    ) -> None:
        """Take the engine in hand.

        Args:
            engine: who writes.
            sampling: the template's.
            output_filter: which sentences may stay.
            stop: ends the writing.
            seed: same seed, same text.
        """
        self._engine, self._sampling, self._output_filter, self._stop = engine, sampling, output_filter, stop
        self._seed = seed
        self.scorer = PmiScorer(engine, stop)
        self.refused: Counter[str] = Counter()

    def go_on(
        self,
        asked: Sequence[Message],
        begun: str,
        lead: str,
        *,
        about: Sequence[str],
        before: Sequence[str],
        untold: Sequence[Message] = (),
        near: str = "",
        sentences: int = 1,
        room: int = 40,
        floor: float = -math.inf,
    ) -> str:
        """Give a sentence, or a few, that begin with `lead`; "" where the model found none that may stay.

        Args:
            asked: the messages before the answer.
            begun: the answer so far.
            lead: how the first sentence begins; "": as the model likes.
            about: texts that the sentences should be about.
            before: the sentences that they must not repeat.
            untold: the messages before the answer without the topic; what is as likely behind them is beside it.
            near: what the sentences go with, e.g. the point that they explain.
            sentences: how many at most.
            room: words at most; what is longer is only taken if nothing else is found.
            floor: what is worth less to one who knows the topic may not stay; nor may what says next to nothing.
        """
        found: dict[str, float] = {}
        messages = _begun(asked, _join(begun, lead))
        # Behind the draft so far whatever it drifts to would look likely: an opinion is asked for without it.
        told, alone = _begun(asked, _join(near, lead)), _begun(untold, lead)
        passed: set[str] = set()
        for tried in range(_TRIES):
            if self._stop.is_set() or (len(passed) >= _MOST) or (tried >= _GIVEN_UP and not passed):
                break
            kept = self._passing(self._write(messages, sentences, lead, before), before, sentences)
            if not kept or not self._says_something(kept[0], lead):
                continue
            text = " ".join(kept)
            passed.add(text)
            over = max(0, len(text.split()) - room) / 10
            vague = sum(map(vagueness, kept)) / len(kept)
            if floor > -math.inf and vague >= _TOO_HOLLOW:
                self.refused["hollow"] += 1
                continue
            worth = self.scorer.worth(told, alone, text[len(lead) :]) if untold else None
            if worth is not None and worth < floor:
                self.refused["beside the topic"] += 1
                continue
            if worth is None:
                found[text] = score(kept[0], about=about, before=before) - over
            else:
                found[text] = worth + _NEW * freshness(kept[0], before) - _HOLLOW * vague - over
            if found[text] > _GOOD if worth is not None else len(found) >= _WANTED:
                break
        return max(found, key=lambda text: found[text], default="")

    def complete_line(self, asked: Sequence[Message], begun: str) -> str:
        """Give the likeliest rest of a line."""
        exact = replace(
            self._sampling, temperature=0.0, repetition_penalty=1.0, dry_multiplier=0.0, max_tokens=50, stop=("\n",)
        )
        return self._stream([*asked, Message("assistant", begun)], exact)

    def _passing(self, text: str, before: Sequence[str], most: int) -> list[str]:
        """Keep the sentences up to the first that may not stay."""
        kept: list[str] = []
        for sentence in split_sentences(text)[:most]:
            fault = self._output_filter.fault(sentence, [*before, *kept])
            self.refused[fault] += 1
            if fault:
                break
            kept.append(sentence)
        return kept

    def _says_something(self, sentence: str, lead: str) -> bool:
        """Tell whether the model added more to the beginning than "is key"."""
        return self._output_filter.language == "zh" or len(content_words(sentence[len(lead) :])) >= _FEWEST_WORDS

    def _write(self, messages: Sequence[Message], sentences: int, lead: str, before: Sequence[str]) -> str:
        self._seed += 1
        options = replace(
            self._sampling, max_tokens=_TOKENS_PER_SENTENCE * sentences, stop=("\n",), seed=self._seed % 2**31
        )
        return f"{lead}{self._stream(messages, options, sentences, lead, before)}".strip()

    def _stream(
        self,
        asked: Sequence[Message],
        options: Sampling,
        sentences: int = 0,
        lead: str = "",
        before: Sequence[str] = (),
    ) -> str:
        """Gather what the model writes; ends it when `sentences` are whole and another one begins, or in vain."""
        text = ""
        events = self._engine.stream(asked, options, self._stop)
        for event in events:
            if isinstance(event, TextAdded):
                text += event.text
                if sentences and self._output_filter.hopeless(lead + text, before):
                    break
                if sentences and len(split_sentences(lead + text)) > sentences:
                    break
        close = getattr(events, "close", None)
        if close is not None:
            close()  # gives the cache back
        return text


def _begun(messages: Sequence[Message], text: str) -> Sequence[Message]:
    """Put the beginning of the answer behind the messages."""
    return [*messages, Message("assistant", text)] if text.strip() else messages


def _join(begun: str, lead: str) -> str:
    """Put a lead behind a text, as the next sentence of its paragraph or at the beginning of a new one."""
    if not begun or not lead or begun.endswith("\n"):
        return begun + lead
    return f"{begun}{'' if begun[-1] in '。！？' else ' '}{lead}"

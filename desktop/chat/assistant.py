"""Answers requests: the messages that a request carries go to the engine, its events come back and are saved."""

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from desktop.chat.answer_recorder import AnswerRecorder, saved
from desktop.engine.interface import ContextTrimmed, Engine, Event, Finished, Message, Sampling
from desktop.errors import EmptyPrompt, InkstoneError, PromptTooLong

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """One message from the user. `stop` may be set from any thread, even before the start.

    Attributes:
        id: unique within the process.
        text: what the user wrote.
        conversation: which conversation it belongs to; unique within the process.
        stop: ends the answer, keeping what is there.
        earlier: the conversation before it, oldest first.
        begun: the beginning of the answer, which is to be continued; "" for an answer from its first word.
        answer: where the answer is saved; None: nowhere.
    """

    id: int
    text: str
    conversation: int = 0
    stop: threading.Event = field(default_factory=threading.Event)
    earlier: tuple[Message, ...] = ()
    begun: str = ""
    answer: AnswerRecorder | None = None

    @property
    def messages(self) -> list[Message]:
        """All that the engine is asked."""
        begun = [Message("assistant", self.begun)] if self.begun else []
        return [*self.earlier, Message("user", self.text), *begun]


class Assistant:
    """Has the engine answer requests; keeps nothing of them.

    Attributes:
        engine: who answers.
    """

    def __init__(self, engine: Engine, sampling: Sampling) -> None:
        self.engine = engine
        self._sampling = sampling

    def answer(self, request: Request) -> Iterator[Event]:
        """Answer `request`; the last event is `Finished`.

        Raises:
            InkstoneError: the request cannot be answered.
        """
        if not request.text.strip():
            raise EmptyPrompt
        events = self.engine.stream(request.messages, self._sampling, request.stop)
        if request.answer is not None:
            events = saved(events, request.answer, self.engine.info.model)
        yield from _logged(events, request)

    def read_on(self, request: Request, text: str, stop: threading.Event) -> None:
        """Have the engine read the answer `text` behind its request, until `stop`; the next turn begins sooner.

        Raises:
            ModelError: the model failed.
        """
        asked = [*request.earlier, Message("user", request.text), Message("assistant", request.begun + text)]
        self.engine.warm(asked, stop)

    def read_ahead(self, messages: Sequence[Message], stop: threading.Event) -> None:
        """Have the engine read a conversation whose last message is still being written, until `stop`.

        Raises:
            PromptTooLong: that message alone does not fit the model.
            ModelError: the model failed.
        """
        if stop.is_set():
            return
        tokens, most = self.engine.count_tokens(messages[-1].content), self.engine.info.context_length - 1
        if tokens > most:
            raise PromptTooLong(tokens, most)
        self.engine.warm(messages, stop)


def _logged(events: Iterator[Event], request: Request) -> Iterator[Event]:
    """Pass the events of an answer on, and write into the log what it took."""
    number, begun = request.id, time.monotonic()
    _LOG.info("request %d: %d messages, %d characters", number, len(request.messages), len(request.text))
    try:
        for event in events:
            if isinstance(event, ContextTrimmed):
                _LOG.info("request %d: %d messages do not fit", number, event.dropped_messages)
            elif isinstance(event, Finished):
                seconds, usage = time.monotonic() - begun, event.usage
                _LOG.info("request %d: %s after %.2f s", number, event.reason, seconds)
                read, reused, written = usage.prompt_tokens, usage.reused_tokens, usage.new_tokens
                first, speed = usage.first_token_s, usage.decode_tokens_per_s
                _LOG.info(
                    "tokens: %d read, %d of them known, %d written; first after %.2f s, %.1f a second",
                    read,
                    reused,
                    written,
                    first,
                    speed,
                )
            yield event
    except InkstoneError as error:
        _LOG.warning("request %d: %s", number, error)
        raise

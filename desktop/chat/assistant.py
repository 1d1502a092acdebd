"""Answers requests within their conversations.

`Request` → messages of its conversation → engine → events. The answer, whole or stopped, joins the conversation;
a request that failed leaves the conversation as it was, so that it can simply be asked again.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.engine.interface import Engine, Event, Finished, Message, Sampling, TextAdded
from desktop.errors import EmptyPrompt


@dataclass(frozen=True, slots=True)
class Request:
    """One message from the user. `stop` may be set from any thread, even before the start.

    Attributes:
        id: unique within the process.
        text: what the user wrote.
        conversation: which conversation it belongs to; a new number begins one.
        stop: ends the answer, keeping what is there.
    """

    id: int
    text: str
    conversation: int = 0
    stop: threading.Event = field(default_factory=threading.Event)


class Assistant:
    """Keeps the conversations of this run and has the engine answer them. Used from one thread only.

    Attributes:
        engine: who answers.
    """

    def __init__(self, engine: Engine, sampling: Sampling) -> None:
        self.engine = engine
        self._sampling = sampling
        self._conversations: dict[int, list[Message]] = {}

    def answer(self, request: Request) -> Iterator[Event]:
        """Answer `request`; the last event is `Finished`.

        Raises:
            InkstoneError: the request cannot be answered; the conversation is as it was before.
        """
        if not request.text.strip():
            raise EmptyPrompt
        messages = self._conversations.setdefault(request.conversation, [])
        question = Message("user", request.text)
        answer: list[str] = []
        for event in self.engine.stream([*messages, question], self._sampling, request.stop):
            if isinstance(event, TextAdded):
                answer.append(event.text)
            elif isinstance(event, Finished):
                messages += [question, Message("assistant", "".join(answer))]
            yield event

"""The conversation in a terminal, and the answer to one prompt for scripts."""

import itertools
import json
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TextIO

from desktop.chat.assistant import Assistant, Request
from desktop.chat.model_advice import warning
from desktop.engine.interface import ContextTrimmed, Event, Finished, Message, PromptRead, TextAdded, ThoughtAdded
from desktop.errors import InkstoneError

_SLOW_PROMPT = 1024  # tokens; below, reading is over before a note of it could be read


def answer_once(
    assistant: Assistant, text: str, out: TextIO, notes: TextIO, *, as_json: bool, loaded_s: float | None = None
) -> None:
    """Answer one prompt; Ctrl+C stops the answer and keeps what is there.

    Args:
        assistant: who answers.
        text: the prompt.
        out: gets the answer as it comes, or one JSON object at the end.
        notes: gets what was left out or cut.
        as_json: write `text, prompt_tokens, new_tokens, reused_tokens, first_token_s, decode_tokens_per_s, finish`.
        loaded_s: how long the model took to load; told with the time to the first word. None tells neither.

    Raises:
        InkstoneError: the prompt cannot be answered.
    """
    request = Request(0, text)
    with stopped_by_interrupt(request.stop):
        _answer(assistant, request, out, notes, as_json=as_json, loaded_s=loaded_s)


def converse(assistant: Assistant, read: Callable[[str], str], out: TextIO, notes: TextIO, *, as_json: bool) -> None:
    """Hold a conversation until the end of input; a request that fails is told and does not end it.

    Args:
        assistant: who answers.
        read: shows a prompt and gives the next line. Raises EOFError at the end, KeyboardInterrupt on Ctrl+C.
        out: gets the answers.
        notes: gets everything else.
        as_json: one JSON object per answer.
    """
    earlier: tuple[Message, ...] = ()
    said: tuple[Request, str] | None = None  # the last request that was answered, and its answer
    for number in itertools.count(1):
        try:
            with _reading_on(assistant, said):
                text = read("> ")
        except (EOFError, KeyboardInterrupt):
            print(file=notes)
            return
        if not text.strip():
            continue
        request = Request(number, text, earlier=earlier)
        try:
            with stopped_by_interrupt(request.stop):
                answer = _answer(assistant, request, out, notes, as_json=as_json)
            said = request, answer
            earlier = (*request.messages, Message("assistant", answer))  # a failed request leaves them as they were
        except InkstoneError as error:
            print(error, file=notes)
        print(file=notes)


@contextmanager
def _reading_on(assistant: Assistant, said: tuple[Request, str] | None) -> Iterator[None]:
    """Have the last answer read as part of the conversation while the user types: the next one begins sooner."""
    if said is None:
        yield
        return
    stop = threading.Event()

    def read() -> None:
        with suppress(InkstoneError):  # whoever asks in earnest hears of it
            assistant.read_on(*said, stop)

    reader = threading.Thread(target=read, name="inkstone-read-on")
    reader.start()
    try:
        yield
    finally:
        stop.set()
        reader.join()


def _answer(
    assistant: Assistant,
    request: Request,
    out: TextIO,
    notes: TextIO,
    *,
    as_json: bool,
    loaded_s: float | None = None,
) -> str:
    """Write an answer as it comes; gives it whole."""
    written: list[str] = []
    thinking = False
    if said := warning(assistant.engine.info, request.text):
        print(said, file=notes, flush=True)
    for event in assistant.answer(request):
        if isinstance(event, TextAdded):
            written.append(event.text)
            if not as_json:
                out.write(event.text)
                out.flush()
        elif isinstance(event, Finished):
            out.write(f"{_as_json(''.join(written), event)}\n" if as_json else "\n")
            out.flush()
            if loaded_s is not None:
                usage = event.usage
                rate = f"then {usage.decode_tokens_per_s:.0f} tokens/s"
                print(
                    f"(Loaded in {loaded_s:.1f} s, first word after {usage.first_token_s:.1f} s, {rate}.)", file=notes
                )
        if isinstance(event, ThoughtAdded) and not thinking:
            thinking = True
            print("(thinking…)", file=notes, flush=True)
        if note := _note(event):
            print(note, file=notes)
    return "".join(written)


def _note(event: Event) -> str:
    """Tell in one line what the user should know of an event; "" for most."""
    if isinstance(event, ContextTrimmed):
        return f"(The first {event.dropped_messages} messages were left out: the conversation no longer fits.)"
    if isinstance(event, PromptRead) and event.total >= _SLOW_PROMPT:
        return f"(reading: {100 * event.done // event.total} %)"
    if isinstance(event, Finished) and event.reason != "done":
        return "(Stopped.)" if event.reason == "stopped" else "(Cut: the answer reached its length limit.)"
    return ""


def _as_json(text: str, finished: Finished) -> str:
    usage = finished.usage
    return json.dumps(
        {
            "text": text,
            "prompt_tokens": usage.prompt_tokens,
            "new_tokens": usage.new_tokens,
            "reused_tokens": usage.reused_tokens,
            "first_token_s": round(usage.first_token_s, 4),
            "decode_tokens_per_s": round(usage.decode_tokens_per_s, 1),
            "finish": finished.reason,
        },
        ensure_ascii=False,
    )


@contextmanager
def stopped_by_interrupt(stop: threading.Event) -> Iterator[None]:
    """Have Ctrl+C set `stop`; a second one interrupts as usual."""

    def interrupted(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            signal.default_int_handler(number, frame)
        stop.set()

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)

"""`inkstone chat`: a conversation in the terminal, or the answer to one prompt."""

import sys
import time
from typing import Annotated

import typer

from desktop.commands.start import Home, Json, ModelId, Offline, Start, Threads, begin, piped_text
from desktop.errors import EmptyPrompt

Times = Annotated[bool, typer.Option("--times", help="Say on stderr how long loading and the first word took.")]


def chat(
    context: typer.Context,
    prompt: Annotated[str | None, typer.Argument(help="Answer this and exit; else stdin is read.")] = None,
    as_json: Json = False,
    model: ModelId = None,
    threads: Threads = None,
    max_tokens: Annotated[int | None, typer.Option(min=1, help="Longest answer, in tokens.")] = None,
    temperature: Annotated[float | None, typer.Option(min=0, help="0: always the likeliest word.")] = None,
    think: Annotated[bool, typer.Option("--think", help="Let a model that can think before it answers do so.")] = False,
    seed: Annotated[int | None, typer.Option(min=0, help="Same seed, same answer.")] = None,
    times: Times = False,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Hold a conversation in the terminal, or answer a prompt given as argument or on stdin.

    --json prints one object per answer: text, prompt_tokens, new_tokens, reused_tokens, first_token_s,
    decode_tokens_per_s, finish (done, length or stopped).
    """
    start = begin(context, home, offline=offline, model=model, threads=threads)
    given = {"max_tokens": max_tokens, "temperature": temperature, "seed": seed, "thinking": think or None}
    text = prompt if prompt is not None else piped_text(wait=True)
    run_chat(
        start, text, as_json=as_json, times=times, **{key: value for key, value in given.items() if value is not None}
    )


def run_chat(start: Start, prompt: str | None, *, as_json: bool, times: bool = False, **sampling: float) -> None:
    """Answer `prompt`, or hold a conversation where there is none."""
    if prompt is not None and not prompt.strip():
        raise EmptyPrompt
    from desktop import services
    from desktop.chat.assistant import Assistant
    from desktop.chat.terminal import answer_once, converse

    begun = time.monotonic()
    engine = services.open_engine(start.paths, start.settings)
    loaded_s = time.monotonic() - begun if times else None
    assistant = Assistant(engine, services.chat_sampling(**sampling))
    if prompt is not None:
        answer_once(assistant, prompt, sys.stdout, sys.stderr, as_json=as_json, loaded_s=loaded_s)
        return
    print(f"{engine.info.model} · {engine.info.device}. Ctrl+C stops an answer, Ctrl+D ends.", file=sys.stderr)
    if sys.platform != "win32":
        import readline  # noqa: F401  # gives input() editing and a history of the session
    converse(assistant, input, sys.stdout, sys.stderr, as_json=as_json)

"""`inkstone route`: which template a request goes to, with its slots."""

import json
import sys
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desktop.commands.start import Home, Json, Offline, begin
from desktop.errors import BadInput

if TYPE_CHECKING:
    from desktop.router.router import Router


def route(
    context: typer.Context,
    text: Annotated[str | None, typer.Argument(help="The request; - reads it from stdin.", metavar="[TEXT|-]")] = None,
    as_json: Json = False,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Name the template that a request goes to, how sure that is, and what its slots hold.

    --json prints one object: text, template, confidence, slots (name to words), normalised (name to value), language,
    candidates (template to confidence), chip (whether the window would offer it), ms. Without TEXT, or with -, it
    reads JSON lines {"text": …} from stdin and prints one object for each.
    """
    start = begin(context, home, offline=offline)
    from desktop import services

    router = services.open_router(start.paths)
    router.load()
    if text not in (None, "-"):
        _print(router, str(text), as_json=as_json)
    elif as_json:
        for line in _lines(sys.stdin.buffer):
            _print(router, _text_of(line), as_json=True)
    else:
        _print(router, sys.stdin.buffer.read().decode("utf-8", errors="replace"), as_json=False)


def _lines(stream: Iterable[bytes]) -> Iterable[str]:
    """Give the lines that hold something, ends of line taken off."""
    return (decoded for line in stream if (decoded := line.decode("utf-8", errors="replace").strip()))


def _text_of(line: str) -> str:
    try:
        table: Any = json.loads(line)
    except ValueError:
        table = None
    if not isinstance(table, dict) or not isinstance(table.get("text"), str):
        raise BadInput(f"With --json each line on stdin is an object with a text, not: {line[:60]}")
    return str(table["text"])


def _print(router: "Router", text: str, *, as_json: bool) -> None:
    began = time.perf_counter()
    found = router.route(text)
    ms = round(1000 * (time.perf_counter() - began), 2)
    normalised: dict[str, str] = {}
    for slot in found.slots:
        if slot.value is not None:
            normalised.setdefault(slot.name, str(slot.value))
    if as_json:
        table = {
            "text": text,
            "template": found.intent,
            "confidence": round(found.confidence, 4),
            "slots": found.values(),
            "normalised": normalised,
            "language": found.language,
            "candidates": {other.intent: round(other.confidence, 4) for other in found.candidates},
            "chip": found.chip is not None,
            "ms": ms,
        }
        print(json.dumps(table, ensure_ascii=False), flush=True)
        return
    print(f"{found.intent}  {found.confidence:.0%}  {'offered' if found.chip else 'not offered'}  {ms} ms")
    for name, words in found.values().items():
        value = f"  = {normalised[name]}" if name in normalised else ""
        print(f"  {name:9} {' '.join(words.split())[:100]}{value}")

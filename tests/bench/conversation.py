"""What a long conversation costs: its next turn, its next token, its memory; and whether the kept cache changes a word.

    python -m tests.bench.conversation [--model TIER] [--json] [--scripts N] [--longest N] [--document N]

First the next turn of 40 tokens behind histories of 200 to 8,000, read into the kept cache, and the speed of writing
there; then how soon the reading of a long document ends once it is stopped; then the first word about a document of
2,000 tokens, read ahead and not; then N scripts of edits, branches and switches between conversations, each greedy
answer compared with that of an engine that keeps nothing.
"""

import argparse
import random
import statistics
import threading
import time
from pathlib import Path

from desktop.attached import Attachment, joined
from desktop.engine.decoder import Decoder
from desktop.engine.generate import generate, prefill
from desktop.engine.interface import Finished, Message, Sampling, TextAdded
from desktop.engine.local import LocalEngine
from desktop.engine.sampling import make_sampler
from tests.bench.rows import show
from tests.bench.starter import add_model_option, prepared_model

TEXTS = Path(__file__).with_name("texts")
HISTORIES = (200, 500, 1000, 2000, 4000, 6000, 8000)  # tokens
TURN, WRITTEN, ROUNDS = 40, 24, 5  # tokens, tokens, runs
DOCUMENT = 2000  # tokens
GREEDY = Sampling(temperature=0, max_tokens=12)


def words() -> list[str]:
    """Give the words of all texts of the benchmarks."""
    return [word for path in sorted(TEXTS.iterdir()) for word in path.read_text(encoding="utf-8").split()]


def read(decoder: Decoder, ids: list[int]) -> float:
    """Read tokens; gives the seconds."""
    began = time.perf_counter()
    for _ in prefill(decoder, ids, threading.Event()):
        pass
    return time.perf_counter() - began


def next_turn(decoder: Decoder, ids: list[int], history: int) -> dict[str, object]:
    """Measure one turn behind a history."""
    decoder.rewind([])
    read(decoder, ids[:history])
    turns, tokens = [], []
    for _ in range(ROUNDS):
        turns.append(read(decoder, ids[history : history + TURN]))
        began = time.perf_counter()
        logits = decoder.verify(ids[:1])[-1]
        sample = make_sampler(Sampling(seed=1))
        for _ in generate(decoder, logits, sample, end_tokens=frozenset(), max_tokens=WRITTEN, stopped=lambda: False):
            pass
        tokens.append((time.perf_counter() - began) / WRITTEN)
        decoder.forget(len(decoder.tokens) - history)
    return {
        "history_tokens": history,
        "next_turn_s": round(statistics.median(turns), 3),
        "decode_tokens_per_s": round(1 / statistics.median(tokens), 1),
        "cache_mib": round(decoder.nbytes / 2**20, 1),
    }


def stopping(engine: LocalEngine, document: str) -> dict[str, object]:
    """Stop the reading of a document at twenty moments; gives the milliseconds until it was over."""
    late = []
    for number in range(20):
        engine.pool.clear()
        stop, pressed = threading.Event(), [0.0]

        def press(stop: threading.Event = stop, pressed: list[float] = pressed) -> None:
            pressed[0] = time.perf_counter()
            stop.set()

        timer = threading.Timer(0.1 + 0.037 * number, press)
        timer.start()
        for _ in engine.stream([Message("user", document)], GREEDY, stop):
            pass
        late.append(1000 * (time.perf_counter() - pressed[0]))
        timer.join()
    return {"stopped_ms_median": round(statistics.median(late), 1), "stopped_ms_worst": round(max(late), 1)}


def read_ahead(engine: LocalEngine, ids: list[int], tokens: int) -> dict[str, object]:
    """Ask about a document; gives the seconds to the first token, without and with what the window reads ahead."""
    waits: dict[bool, list[float]] = {False: [], True: []}
    for number in range(ROUNDS):
        document = Attachment("report.pdf", engine.prompts.tokenizer.decode(ids[100 * number :][:tokens]))
        for ahead in (False, True):
            engine.pool.clear()
            if ahead:
                engine.warm([Message("user", joined("", [document]))], threading.Event())
            question = Message("user", joined("What does the writer think of the old volumes, and why?", [document]))
            for event in engine.stream([question], GREEDY, threading.Event()):
                if isinstance(event, Finished):
                    waits[ahead].append(event.usage.first_token_s)
    return {
        "document_tokens": tokens,
        "first_token_s": round(statistics.median(waits[False]), 2),
        "first_token_read_ahead_s": round(statistics.median(waits[True]), 2),
    }


def answer(engine: LocalEngine, messages: list[Message]) -> str:
    events = engine.stream(messages, GREEDY, threading.Event())
    return "".join(event.text for event in events if isinstance(event, TextAdded))


def scripts(kept: LocalEngine, cold: LocalEngine, count: int) -> dict[str, object]:
    """Play scripts; gives how many had an answer that differed."""
    dice, text, differing = random.Random(6), words(), 0  # not a secret
    for _ in range(count):
        conversations: list[list[Message]] = [[]]
        same = True
        for _ in range(4):
            messages = list(dice.choice(conversations))  # go on, or branch off where it was
            if messages and dice.random() < 0.4:  # edit or regenerate: back to an earlier turn
                messages = messages[: 2 * dice.randrange(len(messages) // 2)]
            start = dice.randrange(len(text) - 60)
            messages.append(Message("user", " ".join(text[start : start + dice.randint(3, 50)])))
            found = answer(kept, messages)
            cold.pool.clear()
            same &= found == answer(cold, messages)
            messages.append(Message("assistant", found or "."))
            conversations.append(messages)
        differing += not same
    return {"scripts": count, "scripts_with_a_difference": differing}


def main() -> None:
    """Print the rows."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add_model_option(arguments)
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--scripts", type=int, default=50)
    arguments.add_argument("--longest", type=int, default=max(HISTORIES), help="histories up to so many tokens")
    arguments.add_argument("--document", type=int, default=DOCUMENT, help="tokens")
    given = arguments.parse_args()
    files = prepared_model(given.model).files()
    engine = LocalEngine(files, "cpu")
    ids = engine.prompts.encode_text(" ".join(words())) * 2
    decoder = engine.new_decoder()
    for history in (history for history in HISTORIES if history <= given.longest):
        show(next_turn(decoder, ids, history), as_json=given.json)
    show(stopping(engine, " ".join(words()[:2300])), as_json=given.json)
    show(read_ahead(engine, ids, given.document), as_json=given.json)
    show(scripts(engine, LocalEngine(files, "cpu"), given.scripts), as_json=given.json)


if __name__ == "__main__":
    main()

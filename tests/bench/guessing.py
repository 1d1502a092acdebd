"""What prompt lookup gains where an answer repeats its prompt, and costs where it does not.

    python -m tests.bench.guessing [--json] [--texts N]

Each of the texts in proofreading.txt is corrected greedily, with and without lookup, in turns; then fresh drafts are
written the same way. The answers must not differ. Only writing is timed: reading the prompt is the same for both.
"""

import argparse
import dataclasses
import statistics
import threading
from pathlib import Path

from desktop.engine.interface import Finished, Message, Sampling, TextAdded, Usage
from desktop.engine.local import LocalEngine
from tests.bench.rows import show
from tests.bench.starter import starter_model

PROOFREAD = "Correct the spelling and grammar of this text and change nothing else. Give only the corrected text.\n\n"
DRAFTS = (
    "Write a short email to the landlord about a broken heating.",
    "Describe a walk through a forest after rain.",
    "List ten ideas for a birthday party of a child.",
    "Explain how a bicycle stays upright.",
    "Write a product description of a wooden toy train.",
    "Write the beginning of a detective story.",
    "Give a plan for learning the guitar in eight weeks.",
    "Write a speech for the opening of a village library.",
)
_LONGEST = 400  # tokens of an answer
REWRITING = Sampling(temperature=0, repetition_penalty=1, dry_multiplier=0, max_tokens=_LONGEST)
WRITING = Sampling(temperature=0, max_tokens=_LONGEST)


def proofreading_texts() -> list[str]:
    """Give texts of 80 to 180 words with the mistakes that people make."""
    return Path(__file__).with_name("proofreading.txt").read_text(encoding="utf-8").split("\n---\n")


def write(engine: LocalEngine, question: str, options: Sampling) -> tuple[str, Usage]:
    """Answer a question."""
    text = ""
    for event in engine.stream([Message("user", question)], options, threading.Event()):
        if isinstance(event, TextAdded):
            text += event.text
        elif isinstance(event, Finished):
            return text, event.usage
    raise AssertionError("an answer always ends with Finished")


def compare(engine: LocalEngine, questions: list[str], options: Sampling) -> dict[str, object]:
    """Answer every question with and without lookup."""
    ratios, different, tokens, guessed = [], 0, 0, 0
    plain_s = fast_s = 0.0
    for number, question in enumerate(questions):
        pair = {}
        for lookup in (True, False) if number % 2 else (False, True):
            pair[lookup] = write(engine, question, dataclasses.replace(options, lookup=lookup))
        (fast, fast_usage), (plain, plain_usage) = pair[True], pair[False]
        different += fast != plain
        if plain_usage.new_tokens < 2:
            continue
        ratios.append(fast_usage.decode_tokens_per_s / plain_usage.decode_tokens_per_s)
        fast_s += fast_usage.new_tokens / fast_usage.decode_tokens_per_s
        plain_s += plain_usage.new_tokens / plain_usage.decode_tokens_per_s
        tokens, guessed = tokens + fast_usage.new_tokens, guessed + fast_usage.guessed_tokens
    return {
        "answers": len(questions),
        "different": different,
        "tokens": tokens,
        "guessed_share": round(guessed / tokens, 3),
        "plain_tokens_per_s": round(tokens / plain_s, 1),
        "lookup_tokens_per_s": round(tokens / fast_s, 1),
        "speed_ratio": round(plain_s / fast_s, 3),
        "median_ratio": round(statistics.median(ratios), 3),
        "worst_ratio": round(min(ratios), 3),
    }


def main() -> None:
    """Print a row for proofreading and one for drafting."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--texts", type=int, default=30)
    given = arguments.parse_args()
    engine = LocalEngine(starter_model().files(), "cpu")
    proofreading = [PROOFREAD + text for text in proofreading_texts()[: given.texts]]
    show({"task": "proofreading", **compare(engine, proofreading, REWRITING)}, as_json=given.json)
    show({"task": "drafting", **compare(engine, list(DRAFTS), WRITING)}, as_json=given.json)


if __name__ == "__main__":
    main()

"""What guessing from the text gains where an answer repeats it, and costs where it does not.

    python -m tests.bench.guessing [--model TIER] [--json] [--texts N]

Each of the texts in proofreading.txt is corrected sentence by sentence, as the Proofread action asks for it, greedily,
with and without lookup in turns; then fresh drafts are written the same way. The answers must not differ. Only writing
is timed: reading the prompt is the same for both.
"""

import argparse
import dataclasses
import statistics
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.engine.interface import Finished, Message, Sampling, TextAdded, Usage
from desktop.engine.local import LocalEngine
from desktop.paths import app_paths
from desktop.quick.actions.loading import load_actions
from desktop.quick.editing.text_pieces import split
from tests.bench.rows import show
from tests.bench.starter import add_model_option, prepared_model

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


def write(engine: LocalEngine, question: list[Message], options: Sampling) -> tuple[str, Usage]:
    """Answer a question."""
    text = ""
    for event in engine.stream(question, options, threading.Event()):
        if isinstance(event, TextAdded):
            text += event.text
        elif isinstance(event, Finished):
            return text, event.usage
    raise AssertionError("an answer always ends with Finished")


@dataclass(frozen=True, slots=True)
class Task:
    """One answer to write; `source` is the text it may repeat."""

    messages: list[Message]
    source: str


def compare(engine: LocalEngine, tasks: Sequence[Sequence[Task]], options: Sampling) -> dict[str, object]:
    """Do every group of tasks with and without lookup."""
    ratios, different, tokens, guessed, seconds = [], 0, 0, 0, {True: 0.0, False: 0.0}
    for number, group in enumerate(tasks):
        spent = {True: 0.0, False: 0.0}
        for task in group:
            answers = {}
            for lookup in (True, False) if number % 2 else (False, True):
                chosen = dataclasses.replace(options, lookup=task.source if lookup else "")
                answers[lookup], usage = write(engine, task.messages, chosen)
                if usage.decode_tokens_per_s:
                    spent[lookup] += (usage.new_tokens - 1) / usage.decode_tokens_per_s
                if lookup:
                    tokens, guessed = tokens + usage.new_tokens, guessed + usage.guessed_tokens
            different += answers[True] != answers[False]
        ratios.append(spent[False] / spent[True])
        seconds = {lookup: seconds[lookup] + spent[lookup] for lookup in seconds}
    return {
        "texts": len(tasks),
        "different": different,
        "tokens": tokens,
        "guessed_share": round(guessed / tokens, 3),
        "plain_tokens_per_s": round(tokens / seconds[False], 1),
        "lookup_tokens_per_s": round(tokens / seconds[True], 1),
        "median_ratio": round(statistics.median(ratios), 3),
        "worst_ratio": round(min(ratios), 3),
    }


def corrections(text: str) -> list[Task]:
    """Give what the Proofread action asks about a text."""
    action = load_actions([app_paths().assets / "actions"]).sound["proofread"]
    sentences = [piece.text for piece in split(text, action.unit) if piece.text]
    return [Task(action.messages(sentence, "en"), sentence) for sentence in sentences]


def main() -> None:
    """Print a row for proofreading and one for drafting."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add_model_option(arguments)
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--texts", type=int, default=30)
    given = arguments.parse_args()
    engine = LocalEngine(prepared_model(given.model).files(), "cpu")
    texts = proofreading_texts()[: given.texts]
    proofreading = [corrections(text) for text in texts]
    drafting = [[Task([Message("user", question)], question)] for question in DRAFTS]
    show({"task": "proofreading", **compare(engine, proofreading, REWRITING)}, as_json=given.json)
    show({"task": "drafting", **compare(engine, drafting, WRITING)}, as_json=given.json)


if __name__ == "__main__":
    main()

"""How many answers go in circles, with and without the guard against it.

    python -m tests.bench.loops [--json] [--model ID] [--language en|zh] [--tokens N] [--way WAY] [--from N] [--to N]

An answer loops where a span of 20 tokens stands in it three times or more. Every prompt of prompts.txt, and of
prompts_zh.txt where the model writes Chinese, is answered with the settings of a chat, in at most 400 tokens and with
the same seed; then without the DRY penalty; then also without the repetition penalty. `--from` and `--to` answer a part
of the prompts, the first being 0: parts add up.
"""

import argparse
import dataclasses
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from desktop.engine.interface import Message, Sampling, TextAdded
from desktop.engine.local import LocalEngine
from tests.bench.rows import show
from tests.bench.starter import prepared_model

SPAN, TIMES = 20, 3
PROMPTS = {"en": "prompts.txt", "zh": "prompts_zh.txt"}
GUARDED = Sampling(seed=1, max_tokens=400)
WAYS = {
    "guarded": GUARDED,
    "without_dry": dataclasses.replace(GUARDED, dry_multiplier=0),
    "without_any": dataclasses.replace(GUARDED, dry_multiplier=0, repetition_penalty=1),
}


def loops(tokens: Sequence[int]) -> bool:
    """Tell whether a span of `SPAN` tokens stands there `TIMES` times or more."""
    spans = Counter(tuple(tokens[at : at + SPAN]) for at in range(len(tokens) - SPAN + 1))
    return max(spans.values(), default=0) >= TIMES


def main() -> None:
    """Print a row for each language and way of sampling."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--model", default="")
    arguments.add_argument("--language", choices=PROMPTS, action="append", help="default: those that the model writes")
    arguments.add_argument("--tokens", type=int, default=400)
    arguments.add_argument("--way", choices=WAYS, action="append", help="default: all")
    arguments.add_argument("--from", type=int, default=0, dest="begin")
    arguments.add_argument("--to", type=int, default=100, dest="end")
    arguments.add_argument("--show", action="store_true", help="print the answers that loop on stderr")
    given = arguments.parse_args()
    files = prepared_model(given.model or "tiny").files()
    engine = LocalEngine(files, "cpu")
    for language in given.language or [one for one in PROMPTS if one in files.languages]:
        lines = Path(__file__).with_name(PROMPTS[language]).read_text(encoding="utf-8").splitlines()
        prompts = lines[given.begin : given.end]
        for name in given.way or WAYS:
            options = dataclasses.replace(WAYS[name], max_tokens=given.tokens)
            looping = 0
            for prompt in prompts:
                events = engine.stream([Message("user", prompt)], options, threading.Event())
                text = "".join(event.text for event in events if isinstance(event, TextAdded))
                if loops(engine.prompts.encode_text(text)):
                    looping += 1
                    if given.show:
                        print(f"{prompt}\n{text}\n", file=sys.stderr)
            row = {"language": language, "way": name, "answers": len(prompts), "looping": looping}
            show(row, as_json=given.json)


if __name__ == "__main__":
    main()

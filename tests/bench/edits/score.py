"""How far edits can be trusted: `python -m tests.bench.edits.score proofreading --half 1 --language en [--show]`.

240 texts written by hand beside this file: 60 to proofread and 60 to reword in each language, the second half of each
left alone until the end. A text to proofread has the right texts (one is enough); a text to reword has patterns that a
usable result holds, and some that it does not. They find lost facts, missing additions and mistakes that stand; they
cannot find a clumsy phrase. A line of JSON for each kind.
"""

import argparse
import json
import re
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from desktop import services
from desktop.paths import app_paths
from desktop.quick.editing.diff import smallest_parts
from desktop.quick.editing.run import EditingTools, Outcome, run_action
from desktop.settings import Settings

HERE = Path(__file__).parent
MODEL = "qwen2.5-coder-1.5b-instruct"
Case = Mapping[str, Any]


def cases(kind: str, language: str, half: int) -> list[Case]:
    """Read the texts of one kind."""
    lines = (HERE / f"{kind}_{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [case for case in map(json.loads, lines) if case["half"] == half]


def score_corrected(text: str, right: list[str], result: str) -> dict[str, int]:
    """Count errors, those that are mended, right words, and those that were touched; the nearest right text counts."""
    wanted = min(right, key=lambda one: len(_changes(result, one)))
    errors, made = _changes(text, wanted), _changes(text, result)
    words = sum(bool(word.strip()) for word in re.findall(r"[A-Za-z0-9'’]+|[\u3400-\u9fff]", text))
    mended = len(errors & made)
    return {
        "errors": len(errors),
        "mended": mended,
        "right_words": words - len(errors),
        "touched": len(made - errors),
        "whole": int(result in right),
    }


def is_usable(case: Case, result: str) -> bool:
    """Tell whether a reworded text holds what it must, as far as patterns can."""
    changed = result.strip() != case["text"].strip()
    held = all(re.search(one, result, re.MULTILINE | re.IGNORECASE) for one in case["must"])
    return changed and held and not any(re.search(one, result, re.MULTILINE) for one in case["must_not"])


def _changes(text: str, result: str) -> set[tuple[int, str, str]]:
    found, at = set(), 0
    for part in smallest_parts(text, result):
        if part.changed:
            found.add((at, part.removed.strip(), part.added.strip()))
        at += len(part.removed)
    return found


def outcomes(some: list[Case], kind: str) -> Iterator[tuple[Case, Outcome]]:
    """Do what each case asks."""
    paths = app_paths()
    engine = services.open_engine(paths, Settings(model=MODEL))
    tools = EditingTools(actions=services.open_actions(paths).sound)
    for case in some:
        action = tools.actions["proofread" if kind == "proofreading" else case["action"]]
        *_, outcome = run_action(
            engine, action, case["text"], threading.Event(), request=case.get("request", ""), tools=tools
        )
        assert isinstance(outcome, Outcome)
        yield case, outcome


def main() -> None:
    """Print what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=["proofreading", "rewriting"])
    parser.add_argument("--language", choices=["en", "zh"], default="en")
    parser.add_argument("--half", type=int, choices=[1, 2], default=1)
    parser.add_argument("--first", type=int, default=0, help="the first of the half that is done")
    parser.add_argument("--last", type=int, default=30)
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    total: dict[str, int] = {}
    some = cases(asked.kind, asked.language, asked.half)[asked.first : asked.last]
    for case, outcome in outcomes(some, asked.kind):
        if asked.kind == "proofreading":
            row = score_corrected(case["text"], case["right"], outcome.result)
            good = bool(row["whole"])
        else:
            replaces = outcome.usable and outcome.result != case["text"]
            good = is_usable(case, outcome.result)
            row = {"usable": int(good), "replaces": int(replaces), "wrong_but_replaces": int(replaces and not good)}
        for name, count in {"texts": 1, **row}.items():
            total[name] = total.get(name, 0) + count
        if asked.show:
            wrong = [f"{one.name}: {one.found}" for one in outcome.checks if not one.ok]
            offered = [f"{one.removed}→{one.added}" for one in outcome.mended if not one.sure]
            what = case.get("kind") or f"{case['action']} {case['request']}"
            print("ok" if good else "--", f"{outcome.seconds:.0f} s", what, "|", repr(case["text"]))
            print("     →", repr(outcome.result), "" if outcome.usable else "(not usable)", wrong, offered, flush=True)
    print(json.dumps({"kind": asked.kind, "language": asked.language, "half": asked.half, **total}))


if __name__ == "__main__":
    main()

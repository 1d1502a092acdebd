"""How many results of quick actions are usable: `python -m tests.bench.quick [--plain] [--show]`.

80 cases written by hand in tests/data/quick, each with patterns that a usable result must match. They cannot tell
everything (style, a clumsy phrase), but they find lost facts, mistakes that stand and new ones. `--plain` asks as one
would without any of our work: one instruction, the default sampling, the raw answer.
"""

import argparse
import json
import re
import statistics
import threading
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop import services
from desktop.engine.interface import Engine, Message, Sampling, TextAdded
from desktop.paths import app_paths
from desktop.quick.editing.length import length_of
from desktop.quick.editing.run import Outcome, run_action
from desktop.settings import Settings

CASES = Path(__file__).parents[1] / "data" / "quick"
PLAIN = {
    "proofread": "Proofread this text and answer with the corrected text only:",
    "formal": "Make this text formal and answer with the text only:",
    "friendly": "Make this text friendly and answer with the text only:",
    "shorter": "Make this text shorter and answer with the text only:",
    "rewrite": "Rewrite this text so that it reads better and answer with the text only:",
}

Case = Mapping[str, Any]


def cases() -> list[Case]:
    """Read all cases, the proofreading ones first."""
    found: list[Case] = []
    for name in ("proofreading", "proofreading_second", "rewriting", "rewriting_second"):
        table = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))
        round_ = 2 if name.endswith("_second") else 1
        found += [{"action": "proofread", "held_out": False, "set": round_, **case} for case in table["cases"]]
    return found


def holds(case: Case, result: str) -> bool:
    """Tell whether a person would take the result, as far as the patterns of the case can."""
    if "accept" in case:
        return re.fullmatch(case["accept"], result) is not None
    least, most = case["words"]
    return (
        least <= length_of(result) <= most
        and all(re.search(pattern, result, re.IGNORECASE) for pattern in case["must"])
        and not any(re.search(pattern, result, re.IGNORECASE) for pattern in case["must_not"])
        and result != case["text"]
    )


def plain(engine: Engine, case: Case) -> str:
    """Ask without any of our work."""
    question = [Message("user", f"{PLAIN[case['action']]}\n\n{case['text']}")]
    events = engine.stream(question, Sampling(seed=1, max_tokens=200), threading.Event())
    return "".join(event.text for event in events if isinstance(event, TextAdded)).strip()


def main() -> None:
    """Print one line of JSON for each kind of case, and with --show every result."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--kind", choices=["proofreading", "rewriting"])
    parser.add_argument("--set", type=int, choices=[1, 2], help="only the cases of the first or second round")
    parser.add_argument("--seen", action="store_true", help="leave out the cases that are kept apart")
    arguments = parser.parse_args()
    paths = app_paths()
    engine = services.open_engine(paths, Settings(model="tiny"))
    actions = services.open_actions(paths).sound
    rows = []
    for case in cases():
        kind = "proofreading" if case["action"] == "proofread" else "rewriting"
        if arguments.kind not in (None, kind) or arguments.set not in (None, case["set"]):
            continue
        if arguments.seen and case["held_out"]:
            continue
        row = {
            "kind": kind,
            "set": case["set"],
            "held_out": case["held_out"],
            "replaced": False,
            "first_s": 0.0,
            "seconds": 0.0,
        }
        if arguments.plain:
            result = plain(engine, case)
        else:
            *_, outcome = run_action(engine, actions[case["action"]], case["text"], threading.Event())
            assert isinstance(outcome, Outcome)
            result = outcome.result
            replaced = outcome.usable and result != case["text"] and actions[case["action"]].result == "replace"
            row |= {"replaced": replaced, "first_s": outcome.first_s, "seconds": outcome.seconds}
        row["usable"] = holds(case, result)
        rows.append(row)
        if arguments.show and not case["held_out"]:
            mark = "ok" if row["usable"] else "!!" if row["replaced"] else "--"
            print(
                f"{mark} {row['seconds']:.1f}", case["action"], "|", case["text"], "\n      →", repr(result), flush=True
            )
    for kind, number, held_out in dict.fromkeys((row["kind"], row["set"], row["held_out"]) for row in rows):
        some = [row for row in rows if (row["kind"], row["set"], row["held_out"]) == (kind, number, held_out)]
        print(
            json.dumps(
                {
                    "kind": kind,
                    "set": number,
                    "held_out": held_out,
                    "cases": len(some),
                    "usable": sum(row["usable"] for row in some),
                    "replaced": sum(row["replaced"] for row in some),
                    "replaced_but_not_usable": sum(row["replaced"] and not row["usable"] for row in some),
                    "median_first_word_s": round(statistics.median(row["first_s"] for row in some), 2),
                    "median_s": round(statistics.median(row["seconds"] for row in some), 2),
                }
            )
        )


if __name__ == "__main__":
    main()

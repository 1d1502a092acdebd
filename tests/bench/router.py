"""Measures the committed router on the test split: `make bench-router` prints a report, or one JSON object.

The split's phrasings and open slot values share nothing with the training data, but who wrote the last patterns of the
grammar had read it, and its scores were looked at between rounds of training: it is optimistic. The requests of
unseen.txt were written when the grammar was closed; training knows nothing of them.
"""

import argparse
import json
import statistics
import time
from pathlib import Path
from typing import Any

import numpy as np

from desktop.paths import app_paths
from desktop.router.learning import NEAR
from desktop.router.manifest import read_manifest
from desktop.router.network import Network
from desktop.router.router import CHAT, Router
from desktop.services import ROUTER_ID
from tests.bench.router_passages import passages
from tests.bench.router_requests import Request, read_test_split, read_unseen
from tests.bench.router_scores import Answer, calibration_error, confusions, macro_f1, share, slot_f1

MODEL = app_paths().model_folders[-1] / ROUTER_ID
FORTY_TOKENS = (
    "Please write a formal proposal for a new bicycle parking area behind our office building, about two pages long, "
    "addressed to the management board, and mention the costs, the timetable and the safety of employees."
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the report")
    parser.add_argument("--baseline", type=Path, help="the answers of packaging/train_router/baseline.py")
    parser.add_argument("--errors", action="store_true", help="list every wrong answer")
    options = parser.parse_args()
    router = Router(MODEL)  # without what this machine's user taught it
    load_ms = timed(router.load)
    test = read_test_split()
    answers = [answer(router, request) for request in test]
    report = scores(answers)
    report["unseen"] = brief([answer(router, request) for request in read_unseen()])
    report["speed_ms"] = {"load": load_ms, **speed(router)}
    report["threshold"] = read_manifest(MODEL).threshold
    report["learning"] = nearness(test)
    report["more_from_the_encoder"] = passages(Network(MODEL))
    if options.baseline:
        said = json.loads(options.baseline.read_text(encoding="utf-8"))
        other = [Answer(request, intent, 1.0, chip=False, slots=()) for request, intent in zip(test, said, strict=True)]
        report["baseline_tfidf"] = {
            "accuracy": share(a.right for a in other),
            "macro_f1": statistics.mean(macro_f1(other).values()),
            "by_language": by(other, "language"),
            "by_kind": by(other, "kind"),
            "chat_taken_for_template": share(a.intent != CHAT for a in other if a.request.intents[0] == CHAT),
        }
    print(json.dumps(report, ensure_ascii=False) if options.json else readable(report))
    if options.errors:
        for wrong in (a for a in answers if not a.right):
            meant = "/".join(wrong.request.intents)
            print(f"{meant} -> {wrong.intent} {wrong.confidence:.2f} [{wrong.request.kind}] {wrong.request.text!r}")


def answer(router: Router, request: Request) -> Answer:
    """Ask the router."""
    route = router.route(request.text)
    slots = tuple((slot.name, slot.start, slot.end) for slot in route.slots)
    return Answer(request, route.intent, route.confidence, route.chip is not None, slots)


def scores(answers: list[Answer]) -> dict[str, Any]:
    """Compute everything that does not need a clock."""
    chat = [a for a in answers if a.request.intents[0] == CHAT]
    offered = [a for a in answers if a.chip]
    return {
        "requests": len(answers),
        "accuracy": share(a.right for a in answers),
        "by_language": by(answers, "language"),
        "by_kind": by(answers, "kind"),
        "macro_f1": statistics.mean(macro_f1(answers).values()),
        "f1": macro_f1(answers),
        "chat_taken_for_template": share(a.intent != CHAT for a in chat),
        "chat_with_chip": share(a.chip for a in chat),
        "templates_with_chip": share(a.chip for a in answers if a.request.intents[0] != CHAT),
        "chips_that_are_right": share(a.right for a in offered),
        "calibration_error": calibration_error(answers),
        "slot_f1": {name: {"f1": f1, "spans": spans} for name, (f1, spans) in slot_f1(answers).items()},
        "confusions": confusions(answers)[:15],
    }


def brief(answers: list[Answer]) -> dict[str, float]:
    """Give what matters of a small set."""
    return {
        "requests": len(answers),
        "accuracy": share(a.right for a in answers),
        **by(answers, "language"),
        "slot_f1": slot_f1(answers)["all"][0],
    }


def by(answers: list[Answer], key: str) -> dict[str, float]:
    """Give the accuracy for each language or kind."""
    groups = sorted({getattr(a.request, key) for a in answers})
    return {group: share(a.right for a in answers if getattr(a.request, key) == group) for group in groups}


def speed(router: Router) -> dict[str, float]:
    """Time one request of 40 tokens and a paste of 5,000 words, p95 of 200 and 50 runs."""
    paste = "Summarize this:\n" + " ".join(f"The {number}th day was warm and calm." for number in range(720))
    for text in (FORTY_TOKENS, paste):
        router.route(text)
    times = {"40_tokens": (FORTY_TOKENS, 200), "5000_words": (paste, 50)}
    found = {}
    for name, (text, runs) in times.items():
        measured = sorted(timed(lambda text=text: router.route(text)) for _ in range(runs))
        found[f"{name}_p50"], found[f"{name}_p95"] = measured[runs // 2], measured[int(runs * 0.95)]
    return found


def nearness(test: list[Request]) -> dict[str, float]:
    """Tell how far one example reaches: what share of the other requests counts as near to it."""
    network = Network(MODEL)
    vectors = np.stack([network.read(request.text).vector for request in test])
    near = vectors @ vectors.T >= NEAR
    same = np.array([[one.intents[0] == other.intents[0] for other in test] for one in test])
    np.fill_diagonal(near, val=False)
    return {"near_of_same_intent": float(near[same].mean()), "near_of_other_intents": float(near[~same].mean())}


def timed(run: Any) -> float:
    """Give the milliseconds of a call."""
    began = time.perf_counter()
    run()
    return round(1000 * (time.perf_counter() - began), 2)


def readable(report: dict[str, Any]) -> str:
    """Write the report for people."""
    lines = []
    for key, value in report.items():
        if isinstance(value, dict):
            lines.append(f"{key}:")
            lines += [f"  {name:18} {shown(item)}" for name, item in value.items()]
        elif isinstance(value, list):
            lines.append(f"{key} (meant -> said):")
            lines += [f"  {meant:16} -> {said:16} {count}" for meant, said, count in value]
        else:
            lines.append(f"{key:24} {shown(value)}")
    return "\n".join(lines)


def shown(value: Any) -> str:
    """Write a number or a small table on one line."""
    if isinstance(value, dict):
        return "  ".join(f"{name} {shown(item)}" for name, item in value.items())
    return f"{value:.3f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()

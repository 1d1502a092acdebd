"""Measures the committed router: `make bench-router` prints a report, or one JSON object.

First on held_out.txt, 420 requests by a writer who saw nothing of the training; then, shorter, on the requests that the
router before this one was measured on (of which this one's training knows nothing), and on anybody's (`--requests`).
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
from tests.bench.router_requests import Request, read_held_out, read_json_lines, read_test_split, read_unseen
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
    parser.add_argument("--requests", type=Path, help="more requests: JSON lines of text, label, also, slots")
    parser.add_argument("--errors", action="store_true", help="list every wrong answer")
    options = parser.parse_args()
    router = Router(MODEL)  # without what this machine's user taught it
    load_ms = timed(router.load)
    measured = {"held_out": read_held_out(), "split": read_test_split(), "unseen": read_unseen()}
    if options.requests:
        measured["others"] = read_json_lines(options.requests)
    answers = {name: [answer(router, request) for request in requests] for name, requests in measured.items()}
    report = scores(answers["held_out"])
    report.update((name, brief(given)) for name, given in answers.items() if name != "held_out")
    report["speed_ms"] = {"load": load_ms, **speed(router)}
    report["threshold"] = read_manifest(MODEL).threshold
    report["learning"] = nearness(measured["split"])
    report["more_from_the_encoder"] = passages(Network(MODEL))
    if options.baseline:
        said = json.loads(options.baseline.read_text(encoding="utf-8"))
        report["baseline_tfidf"] = {name: beside(measured[name], intents) for name, intents in said.items()}
    print(json.dumps(report, ensure_ascii=False) if options.json else readable(report))
    if options.errors:
        for wrong in (a for given in answers.values() for a in given if not a.right):
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
    """Give what matters of a set."""
    every = scores(answers)
    kept = ("chat_with_chip", "templates_with_chip", "chips_that_are_right", "calibration_error")
    return {
        "requests": len(answers),
        "accuracy": every["accuracy"],
        **every["by_language"],
        **{name: every[name] for name in kept},
        "slot_f1": every["slot_f1"]["all"]["f1"],
    }


def beside(requests: list[Request], said: list[str]) -> dict[str, Any]:
    """Give what can be told of the baseline's answers."""
    answers = [
        Answer(request, intent, 1.0, chip=False, slots=()) for request, intent in zip(requests, said, strict=True)
    ]
    return {
        "accuracy": share(a.right for a in answers),
        "macro_f1": statistics.mean(macro_f1(answers).values()),
        "by_language": by(answers, "language"),
        "chat_taken_for_template": share(a.intent != CHAT for a in answers if a.request.intents[0] == CHAT),
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

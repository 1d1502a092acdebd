"""Drafts the committed briefs with the starter model and prints what passes: `make bench-drafts`."""

import argparse
import sys
import threading
import time
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

from desktop.drafting.brief import Brief, from_table
from desktop.drafting.outline import plan
from desktop.drafting.session import DraftChecked, Drafting
from desktop.drafting.template.loading import load_templates
from desktop.drafting.template.template import Template
from desktop.engine.interface import Engine
from desktop.engine.local import LocalEngine
from tests.bench.starter import starter_model

ROOT = Path(__file__).resolve().parents[2]
BRIEFS = ROOT / "tests" / "data" / "briefs"
HELD_OUT = ROOT / "tests" / "bench" / "held_out.toml"
SETS = ("prose", "unread", "odd", "fresh")


def read_briefs(path: Path, name: str = "briefs") -> list[Brief]:
    return [from_table(table, path.name) for table in tomllib.loads(path.read_text(encoding="utf-8"))[name]]


def held_out(share: str) -> list[Brief]:
    """Give briefs of held_out.toml: one of its named sets, or of those held out from tuning a half, or all."""
    if share in SETS:
        return read_briefs(HELD_OUT, share)
    briefs = read_briefs(HELD_OUT)
    return {"development": briefs[::2], "kept": briefs[1::2], "all": briefs}[share]


def draft(engine: Engine, template: Template, brief: Brief) -> tuple[DraftChecked, float]:
    began = time.monotonic()
    for event in Drafting(engine, template).write(plan(template, brief), threading.Event()):
        if isinstance(event, DraftChecked):
            return event, time.monotonic() - began
    raise AssertionError("a draft always ends with its checks")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("briefs", nargs="?", type=Path, default=BRIEFS / "english.toml")
    parser.add_argument("--held-out", choices=("development", "kept", "all", *SETS), help="briefs of held_out.toml")
    parser.add_argument("--only", help="ids of templates, with commas between them")
    parser.add_argument("--first", type=int, default=10**6, help="only so many of each template")
    parser.add_argument("--from", dest="start", type=int, default=0, help="index of the first brief")
    parser.add_argument("--to", type=int, default=10**6, help="index behind the last brief")
    parser.add_argument("--texts", type=Path, help="write the drafts into this file")
    options = parser.parse_args()
    templates = load_templates([ROOT / "assets" / "templates"]).sound
    engine = LocalEngine(starter_model().files(), "cpu")
    seen: defaultdict[str, list[bool]] = defaultdict(list)
    texts = []
    refused: Counter[str] = Counter()
    began = time.monotonic()
    print("template         words  asked  seconds  fails")
    briefs = held_out(options.held_out) if options.held_out else read_briefs(options.briefs)
    words = 0
    for brief in briefs[options.start : options.to]:
        if (options.only and brief.template not in options.only) or len(seen[brief.template]) >= options.first:
            continue
        template = templates[brief.template]
        checked, seconds = draft(engine, template, brief)
        written, report = checked.draft, checked.report
        refused.update(checked.refused)
        asked = sum(section.amount for section in written.sections)
        failed = [name for name, held in report.checks.items() if not held]
        seen[brief.template].append(report.passed)
        marked = sum(len(section.marked) for section in written.sections)
        words += report.amount
        note = ", ".join(failed) + (f" ({marked} points put in)" if marked else "")
        print(f"{brief.template:16} {report.amount:5}  {asked:5}  {seconds:7.1f}  {note}", flush=True)
        texts.append(
            f"===== {brief.template}: {brief.slots.get('topic', '')} [{', '.join(failed)}]\n\n{written.text}\n"
        )
        if options.texts:
            options.texts.write_text("\n".join(texts), encoding="utf-8")
    passed, total = sum(map(sum, seen.values())), sum(map(len, seen.values()))
    took = time.monotonic() - began
    print(f"passed {passed} of {total} ({100 * passed / max(1, total):.1f} %) in {took:.0f} s", end="")
    print(f", {100 * took / max(1, words):.1f} s for 100 words")
    print("sentences: " + ", ".join(f"{name or 'kept'} {times}" for name, times in refused.most_common()))
    sys.exit(passed < 0.95 * total)


if __name__ == "__main__":
    main()

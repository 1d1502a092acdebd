"""Has requests written twice for a blind reader: as `inkstone draft` writes them, and by the same model unaided.

    python -m tests.bench.judged write --model standard --half open --out FOLDER
    python -m tests.bench.judged judge-sheet FOLDER
    python -m tests.bench.judged score FOLDER.key.jsonl MARKS...

`write` makes a folder for each request, with request.md, A.md and B.md. Which of them is ours is drawn, and told only
in the key beside FOLDER. Where it was ended, it goes on the next time. Ours is what the command prints, in a process
and a home of its own, so that nothing of the way from request to text is left out. Plain is the request as the only
message, sampled as the model's makers would, without what Inkstone's chat adds against loops. Times tell something on a
quiet machine only. The requests of judged/requests.jsonl were written before anything was tuned on them, and nobody
looks at what comes of `--half kept` while something still is.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from desktop.engine.interface import Engine, Finished, Message, Sampling, TextAdded
from desktop.engine.local import LocalEngine
from desktop.errors import OutOfMemory
from tests.bench.judged_scores import NOTHING, SIDES, Kind, read_lines, readings, scores, sheet
from tests.bench.rows import show
from tests.bench.starter import prepared_model

ROOT = Path(__file__).resolve().parents[2]
REQUESTS = Path(__file__).parent / "judged" / "requests.jsonl"
MAX_TOKENS = 700
PLAIN = Sampling(temperature=0.7, top_p=0.8, top_k=20, min_p=0.0, dry_multiplier=0.0, max_tokens=MAX_TOKENS)
_REFUSED, _CHECK_FAILED = 2, 3  # exit codes of `inkstone draft`

Request = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a text took, and how it came to be.

    Attributes:
        seconds: to write it, without loading the model.
        tokens: of the text; what was written and thrown away is not in it.
        unwritten: what the user was told instead of a text; "" where there is one.
        told: how it ended (plain), or what was read of the request and which checks failed (ours).
    """

    seconds: float
    tokens: int
    unwritten: str
    told: str


class DraftCommandFailed(RuntimeError):
    """`inkstone draft` ended as it should not; the message is what it said."""


def plain(engine: Engine, request: Request) -> tuple[str, Cost]:
    """Ask for a text without any of our work; the same request is answered alike each time."""
    options = replace(PLAIN, seed=zlib.crc32(request["id"].encode()))
    began, parts, reason = time.monotonic(), [], ""
    for event in engine.stream([Message("user", request["request"])], options, threading.Event()):
        if isinstance(event, TextAdded):
            parts.append(event.text)
        elif isinstance(event, Finished):
            reason = event.reason
    text = "".join(parts).strip()
    return text, Cost(round(time.monotonic() - began, 2), engine.count_tokens(text), "" if text else reason, reason)


def ours(engine: Engine, request: Request, model: str, home: Path) -> tuple[str, Cost]:
    """Ask `inkstone draft` for a text, as somebody in the terminal would.

    Raises:
        DraftCommandFailed: it neither wrote a text nor refused to.
    """
    options = ["--home", str(home), "--offline", "--model", model, "--json"]
    command = [sys.executable, "-m", "desktop", "draft", *options, "--", request["request"]]
    environment = {name: value for name, value in os.environ.items() if name != "INKSTONE_HOME"}
    ended = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=environment, check=False
    )
    return ours_of(engine, ended.returncode, ended.stdout, ended.stderr)


def ours_of(engine: Engine, code: int, printed: str, said: str) -> tuple[str, Cost]:
    """Tell text and cost from how `inkstone draft --json` ended.

    Raises:
        DraftCommandFailed: it neither wrote a text nor refused to.
    """
    if code == _REFUSED and str(OutOfMemory()) not in said:  # that would be no fault of the request's
        return "", Cost(0.0, 0, " ".join(said.split()), "")
    if code not in (0, _CHECK_FAILED):
        raise DraftCommandFailed(f"exit code {code}: {said.strip()}")
    draft = json.loads(printed)
    text = draft["text"].strip()
    failed = [name for name, held in draft["checks"].items() if not held]
    told = (
        f"{draft['template']} {json.dumps(draft['slots'], ensure_ascii=False)}; failed: {', '.join(failed) or 'none'}"
    )
    return text, Cost(draft["seconds"], engine.count_tokens(text), "" if text else "an empty draft", told)


def order(request_id: str, seed: int) -> tuple[Kind, Kind]:
    """Draw who is A and who is B."""
    drawn: list[Kind] = ["ours", "plain"]
    random.Random(f"{seed}:{request_id}").shuffle(drawn)
    return drawn[0], drawn[1]


def request_page(request: Request) -> str:
    """Give the request and its criteria as a reader sees them."""
    named = [each if isinstance(each, str) else f"{each['name']}: {each['about']}" for each in request["criteria"]]
    listed = "\n".join(f"{number}. {criterion}" for number, criterion in enumerate(named, start=1))
    return f"## Request\n\n{request['request']}\n\n## Criteria\n\n{listed}\n"


def put_down(out: Path, request: Request, texts: Mapping[Kind, str], costs: Mapping[Kind, Cost], seed: int) -> None:
    """Write the folder of a request, then its row of the key: a row of the key says that all is there."""
    drawn = order(request["id"], seed)
    folder = out / request["id"]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "request.md").write_text(request_page(request), encoding="utf-8")
    for side, kind in zip(SIDES, drawn, strict=True):
        (folder / f"{side}.md").write_text(f"{texts[kind] or NOTHING}\n", encoding="utf-8")
    row: dict[str, Any] = {
        "id": request["id"],
        "lang": request["lang"],
        "criteria": len(request["criteria"]),
        SIDES[0]: drawn[0],
        SIDES[1]: drawn[1],
        "same": texts["ours"] == texts["plain"],
        "ours_cost": asdict(costs["ours"]),
        "plain_cost": asdict(costs["plain"]),
    }
    with key_of(out).open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")


def key_of(out: Path) -> Path:
    """Give where the key of a folder of texts lies: not in it, as readers get the folder."""
    return out.with_name(f"{out.name}.key.jsonl")


def choose(requests: Sequence[Request], half: str, lang: str | None, start: int, to: int) -> list[Request]:
    """Pick requests of a half (those of a yardstick have none) and a language, then by their number among these."""
    some = [each for each in requests if each.get("half", half) == half and lang in (None, each["lang"])]
    return some[start:to]


def write(given: argparse.Namespace) -> None:
    """Write both texts for each request that the key does not have yet."""
    chosen = choose(read_lines(given.requests), given.half, given.lang, given.start, given.to)
    out: Path = given.out
    out.mkdir(parents=True, exist_ok=True)
    done = {row["id"] for row in read_lines(key_of(out))} if key_of(out).exists() else set()
    model = prepared_model(given.model)
    engine = LocalEngine(model.files(), "cpu")
    with tempfile.TemporaryDirectory() as home:
        for request in chosen:
            if request["id"] in done:
                continue
            texts: dict[Kind, str] = {}
            costs: dict[Kind, Cost] = {}
            texts["plain"], costs["plain"] = plain(engine, request)
            texts["ours"], costs["ours"] = ours(engine, request, model.manifest.id, Path(home))
            put_down(out, request, texts, costs, given.seed)
            took = {str(kind): f"{cost.tokens} tokens in {cost.seconds:.0f} s" for kind, cost in costs.items()}
            show({"id": request["id"], **took, "unwritten": costs["ours"].unwritten or "-"}, as_json=False)


def main() -> None:
    """Write, print the sheet, or score."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parts = parser.add_subparsers(required=True, dest="part")
    writing = parts.add_parser("write", help="write both texts for each request")
    writing.add_argument("--model", default="standard", help="tiny, light, standard, or the id of another one")
    writing.add_argument("--requests", type=Path, default=REQUESTS, help="JSON lines: id, lang, request, criteria")
    writing.add_argument("--half", choices=("open", "kept"), default="open")
    writing.add_argument("--lang", choices=("en", "zh"))
    writing.add_argument("--out", type=Path, required=True)
    writing.add_argument("--seed", type=int, default=1, help="of the order of A and B")
    asking = parts.add_parser("judge-sheet", help="print what a blind reader gets")
    asking.add_argument("folder", type=Path)
    for one in (writing, asking):
        one.add_argument("--from", dest="start", type=int, default=0, help="index of the first request")
        one.add_argument("--to", type=int, default=10**6, help="index behind the last request")
    scoring = parts.add_parser("score", help="print wins, mean marks, invented facts and ignored instructions a text")
    scoring.add_argument("key", type=Path)
    scoring.add_argument("marks", type=Path, nargs="+", help="of one reader each")
    scoring.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.part == "write":
        write(given)
    elif given.part == "judge-sheet":
        print("\n".join(sheet(given.folder, slice(given.start, given.to))))
    else:
        key = read_lines(given.key)
        for row in scores(key, readings(key, *map(read_lines, given.marks))):
            show(row, as_json=given.json)


if __name__ == "__main__":
    main()

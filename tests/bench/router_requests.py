"""The router's marked requests: `[slot|words]` marks a slot, ⏎ is a line break, “@intent kind” heads a section.

Both the test split (tests/data/router) and the training data (packaging/train_router/data) are written in it.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

TEST_SPLIT = Path(__file__).resolve().parent.parent / "data" / "router"
_MARK = re.compile(r"\[(topic|audience|tone|length|language|format|period|keywords|source)\|")


@dataclass(frozen=True, slots=True)
class Request:
    """A request with its label.

    Attributes:
        text: as the user would write it.
        intents: the labels that are right, the best first.
        slots: (slot, start, end) in code points, in order.
        kind: keyword, sloppy, indirect …, for the error report.
        language: en, zh or mixed.
    """

    text: str
    intents: tuple[str, ...]
    slots: tuple[tuple[str, int, int], ...]
    kind: str
    language: str


def request_of(marked: Sequence[tuple[str, str]], intents: tuple[str, ...], kind: str, language: str) -> Request:
    """Put single characters with their slots together; neighbours of one slot form one span."""
    slots: list[tuple[str, int, int]] = []
    for position, (_, slot) in enumerate(marked):
        if slot and slots and slots[-1][0] == slot and slots[-1][2] == position:
            slots[-1] = (slot, slots[-1][1], position + 1)
        elif slot:
            slots.append((slot, position, position + 1))
    return Request("".join(sign for sign, _ in marked), intents, tuple(slots), kind, language)


def read_test_split() -> list[Request]:
    """Read all test requests."""
    return [request for name in ("en", "zh", "long") for request in read_requests(TEST_SPLIT / f"{name}.txt")]


def read_held_out() -> list[Request]:
    """Read the requests of a writer who wrote none of the training and saw none of it."""
    return list(read_requests(TEST_SPLIT / "held_out.txt"))


def read_unseen() -> list[Request]:
    """Read the requests that were written when the router before this one was closed."""
    return list(read_requests(TEST_SPLIT / "unseen.txt"))


def read_json_lines(path: Path) -> list[Request]:
    """Read anybody's requests: a JSON object a line with `text`, `label`, perhaps `also`, `slots` and `lang`.

    A slot is the words, or a list of them, that fill it; where they stand twice, the first place is meant.
    """
    found = []
    for line in lines(path):
        row = json.loads(line)
        slots = []
        for slot, said in (row.get("slots") or {}).items():
            for words in said if isinstance(said, list) else [said]:
                start = row["text"].find(words)
                if start >= 0:
                    slots.append((slot, start, start + len(words)))
        slots.sort(key=lambda slot: slot[1])
        intents = (row["label"], *row.get("also", []))
        language = row.get("lang") or language_of(row["text"])
        found.append(Request(row["text"], intents, tuple(slots), "others", language))
    return found


def read_requests(path: Path) -> Iterator[Request]:
    """Read a file of marked requests, taken as they are."""
    for heading, line in read_sections(path):
        intent, _, kind = heading.partition(" ")
        line, _, other = line.partition(" || ")
        marked = list(_marked(line))
        text = "".join(sign for sign, _ in marked)
        language = "mixed" if kind == "mixed" else language_of(text)
        yield request_of(marked, (intent, other) if other else (intent,), kind or "plain", language)


def _marked(line: str) -> Iterator[tuple[str, str]]:
    """Give each character of a line with its slot."""
    position, slot, depth = 0, "", 0
    while position < len(line):
        mark = None if slot else _MARK.match(line, position)
        if mark:
            slot, position, depth = mark[1], mark.end(), 0
            continue
        if slot:
            depth += (line[position] == "[") - (line[position] == "]")
            if depth < 0:
                slot, position = "", position + 1
                continue
        yield line[position].replace("⏎", "\n"), slot
        position += 1


def language_of(text: str) -> str:
    """Tell Chinese requests from English ones by the share of Chinese characters."""
    return "zh" if len(re.findall(r"[一-鿿]", text)) * 4 > len(text) else "en"


def read_sections(path: Path) -> Iterator[tuple[str, str]]:
    """Give (heading, line) for each line below an “@heading”."""
    heading = ""
    for line in lines(path):
        if line.startswith("@"):
            heading = line[1:].strip()
        else:
            yield heading, line


def lines(path: Path) -> Iterator[str]:
    """Give the lines that hold something and are no comment."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("# "):
            yield line

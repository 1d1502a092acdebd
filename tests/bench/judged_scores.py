"""What a blind reader gets, and what the marks that come back say: a sheet of texts A and B in, a row a language out.

The key (which of A and B is ours) is only opened here, when the marks are there. Both are JSON lines. A key has a row a
request, as `judged.write` made it; marks have a row a request, as `SHEET` asks for them, from one reader or several.
"""

import json
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Side = Literal["A", "B"]
Kind = Literal["ours", "plain"]
SIDES: tuple[Side, Side] = ("A", "B")
NOTHING = "(nothing was written)"
SHEET = """\
Two texts, A and B, were written for each of the requests below. You do not know by whom, and the order was drawn anew
for each. Read as the person who asked: you need this text, and would send it.

For each request give one line of JSON (shown here on two), and nothing else:

{"id": "…", "marks": {"A": [7, …], "B": [3, …]}, "invented": {"A": ["…"], "B": []}, "ignored": {"A": [], "B": ["…"]},
 "empty": {"A": [], "B": ["…"]}, "better": "A", "why": "…"}

- marks: for each criterion, in their order, how well the text meets it: 1 (not at all) to 10 (nothing to wish for).
- invented: every fact in the text that the request does not give and that does not follow from it, quoted.
- ignored: every instruction or fact of the request that the text leaves out or goes against, in a few words.
- empty: every sentence that says nothing, quoted.
- better: the one that you would send with fewer changes, A or B. "=" is only for texts that are the same.
- why: one sentence.
"""


class WrongMarks(ValueError):
    """A row of marks does not fit the key; the message says which and how."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader says of the two texts for one request, told by who wrote them.

    Attributes:
        lang: of the request.
        mean_mark: of all criteria, from 1 to 10.
        invented, ignored, empty: how many facts, instructions and sentences the reader named.
        won: who would be sent; None: both are the same.
    """

    lang: str
    mean_mark: Mapping[Kind, float]
    invented: Mapping[Kind, int]
    ignored: Mapping[Kind, int]
    empty: Mapping[Kind, int]
    won: Kind | None


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read JSON lines; empty ones are passed over."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def sheet(folder: Path, chosen: slice = slice(None)) -> Iterator[str]:
    """Give what a reader gets of a folder of texts: what to do, then one request after the other."""
    yield SHEET
    for each in sorted(path for path in folder.iterdir() if (path / "request.md").is_file())[chosen]:
        yield f"{'=' * 20} {each.name}\n\n{(each / 'request.md').read_text(encoding='utf-8')}"
        for side in SIDES:
            yield f"{'-' * 10} text {side} of {each.name}\n\n{(each / f'{side}.md').read_text(encoding='utf-8')}"


def reading(key: Mapping[str, Any], marks: Mapping[str, Any]) -> Reading:
    """Say by name what a row of marks says by letter.

    Raises:
        WrongMarks: a letter, mark or list is missing or is not what the sheet asks for.
    """
    by: dict[Kind, Side] = {key[side]: side for side in SIDES}
    try:
        given = {side: list(marks["marks"][side]) for side in SIDES}
        counts = {
            name: {kind: len(_listed(marks[name][side])) for kind, side in by.items()}
            for name in ("invented", "ignored", "empty")
        }
        better = marks["better"]
    except (KeyError, TypeError) as error:
        raise WrongMarks(f"{key['id']}: {error} is missing or of another kind") from error
    for side, row in given.items():
        if len(row) != key["criteria"] or not all(type(mark) in (int, float) and 1 <= mark <= 10 for mark in row):
            raise WrongMarks(f"{key['id']}, {side}: {key['criteria']} marks from 1 to 10 are needed, not {row}")
    if better not in (("A", "B", "=") if key["same"] else SIDES):
        raise WrongMarks(f"{key['id']}: better is A or B, not {better!r}")
    return Reading(
        key["lang"],
        {kind: statistics.fmean(given[side]) for kind, side in by.items()},
        counts["invented"],
        counts["ignored"],
        counts["empty"],
        None if better == "=" else key[better],
    )


def _listed(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r}, which is no list,")
    return value


def readings(key: Sequence[Mapping[str, Any]], *marked: Sequence[Mapping[str, Any]]) -> list[Reading]:
    """Join the key with the marks of each reader.

    Raises:
        WrongMarks: a reader names a request that is not in the key, or one twice.
    """
    by_id = {row["id"]: row for row in key}
    found = []
    for marks in marked:
        seen = set()
        for row in marks:
            if row.get("id") not in by_id or row["id"] in seen:
                raise WrongMarks(
                    f"{row.get('id')!r} is {'marked twice' if row.get('id') in seen else 'not in the key'}"
                )
            seen.add(row["id"])
            found.append(reading(by_id[row["id"]], row))
    return found


def scores(key: Sequence[Mapping[str, Any]], found: Sequence[Reading]) -> Iterator[dict[str, object]]:
    """Give a row a language and kind of text, and for all languages: wins, means a text, and what it took to write.

    Seconds and tokens are medians of the key, and only of texts that were written; `unwritten` counts the others.
    """
    languages = sorted({each.lang for each in found})
    for lang in [*languages, "all"] if len(languages) > 1 else languages:
        some = [each for each in found if lang in (each.lang, "all")]
        rows = [row for row in key if lang in (row["lang"], "all")]
        for kind in ("ours", "plain"):
            written = [row[f"{kind}_cost"] for row in rows if not row[f"{kind}_cost"]["unwritten"]]
            yield {
                "lang": lang,
                "text": kind,
                "readings": len(some),
                "wins": sum(each.won == kind for each in some),
                "mark": _mean([each.mean_mark[kind] for each in some]),
                "invented": _mean([each.invented[kind] for each in some]),
                "ignored": _mean([each.ignored[kind] for each in some]),
                "empty": _mean([each.empty[kind] for each in some]),
                "unwritten": len(rows) - len(written),
                "seconds": _median([cost["seconds"] for cost in written]),
                "tokens": _median([cost["tokens"] for cost in written]),
            }


def _mean(values: Sequence[float]) -> float:
    return round(statistics.fmean(values), 2)


def _median(values: Sequence[float]) -> float | None:
    return round(statistics.median(values), 1) if values else None

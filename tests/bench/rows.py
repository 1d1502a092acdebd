"""How the benchmarks print: a row of names and values at a time, as text or as JSON."""

import json
from collections.abc import Mapping


def show(row: Mapping[str, object], *, as_json: bool) -> None:
    """Print a row."""
    print(json.dumps(row) if as_json else "  ".join(f"{key} {value}" for key, value in row.items()), flush=True)

"""`inkstone bench`: speed and memory of the chosen model."""

import dataclasses
import json
from typing import Annotated

import typer

from desktop.commands.start import Home, Json, ModelId, Offline, Threads, begin


def bench(
    context: typer.Context,
    as_json: Json = False,
    prompt_tokens: Annotated[int, typer.Option(min=1, help="Length of the prompt.")] = 512,
    new_tokens: Annotated[int, typer.Option(min=2, help="Length of the answer.")] = 128,
    model: ModelId = None,
    threads: Threads = None,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Measure prefill and decode speed, time to first token, load time and memory; medians of 5 runs.

    --json prints one object: prefill_tokens_per_s, decode_tokens_per_s, first_token_s, load_s, peak_mib, model,
    device, threads, prompt_tokens, new_tokens, token_mib, memory_gib_per_s, memory_share.
    """
    start = begin(context, home, offline=offline, model=model, threads=threads)
    from desktop import services
    from desktop.engine.measure import measure

    found = measure(lambda: services.open_engine(start.paths, start.settings), prompt_tokens, new_tokens)
    table = dataclasses.asdict(found)
    print(json.dumps(table) if as_json else "\n".join(f"{key:22}{value}" for key, value in table.items()))

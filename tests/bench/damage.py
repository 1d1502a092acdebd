"""How often the penalties on repeats mislead a model in the middle of a text that people wrote.

    python -m tests.bench.damage [--json] [--model ID] [--tokens N]

The model reads the texts of `texts/` and `texts_zh/`, and at each token the penalties are taken off as if it had
written all that stands before. Where the token that follows was its first choice without them and is not with them, a
penalty would have changed a correct text. `plain` are the same penalties on all tokens alike, as they are without
what `engine/repeatable.py` knows.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from desktop.engine.decoder import Decoder, Logits
from desktop.engine.detokenizer import texts_of_tokens
from desktop.engine.interface import SamplingParameters
from desktop.engine.local import LocalEngine
from desktop.engine.penalties import Penalties
from desktop.engine.repeatable import Repeatable, Vocabulary
from tests.bench.rows import show
from tests.bench.starter import prepared_model

_STEP = 64  # tokens in one run of the graph
_FOLDERS = {"en": "texts", "zh": "texts_zh"}


def displaced(logits: list[Logits], ids: list[int], penalties: Penalties) -> tuple[int, int]:
    """Count the positions where the true next token is the first choice, and those of them where penalties undo that.

    Args:
        logits: behind each token but the last.
        ids: the text.
        penalties: of an answer that has not begun.
    """
    right = undone = 0
    for place, row in enumerate(logits):
        following = ids[place + 1]
        taken = penalties.apply(row, ids[: place + 1])  # at each place: it follows the text
        if int(row.argmax()) == following:
            right += 1
            undone += int(taken.argmax()) != following
    return right, undone


def _texts(folder: str, most: int, engine: LocalEngine) -> Iterator[list[int]]:
    for path in sorted(Path(__file__).with_name(folder).iterdir()):
        yield engine.prompts.encode_text(path.read_text(encoding="utf-8"))[:most]


def _read(decoder: Decoder, ids: list[int]) -> list[Logits]:
    decoder.rewind([])
    steps = (ids[start : start + _STEP] for start in range(0, len(ids) - 1, _STEP))
    return [np.asarray(row) for step in steps for row in decoder.read_each(step)][: len(ids) - 1]


def main() -> None:
    """Print a row for each language and way."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--model", default="")
    arguments.add_argument("--tokens", type=int, default=384, help="of each text at most")
    given = arguments.parse_args()
    files = prepared_model(given.model or "tiny").files()
    engine = LocalEngine(files, "cpu")
    vocabulary = Vocabulary(texts_of_tokens(engine.prompts.tokenizer))
    parameters: dict[str, SamplingParameters] = {"own": files.sampling, "usual": SamplingParameters()}
    for language, folder in _FOLDERS.items():
        counts = {(name, way): [0, 0] for name in parameters for way in ("plain", "natural")}
        for ids in _texts(folder, given.tokens, engine):
            logits = _read(engine.new_decoder(), ids)
            for (name, way), count in counts.items():
                repeatable = Repeatable(vocabulary) if way == "natural" else None
                right, undone = displaced(logits, ids, Penalties(parameters[name], repeatable=repeatable))
                count[0] += right
                count[1] += undone
        for (name, way), (right, undone) in counts.items():
            share = round(undone / max(right, 1), 4)
            row = {"language": language, "parameters": name, "penalties": way, "right": right, "undone": undone}
            show({**row, "share": share}, as_json=given.json)


if __name__ == "__main__":
    main()

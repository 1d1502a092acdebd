"""Compares the tokenizer of the starter model with the GGUF's own runtime, llama.cpp, on 10,000 varied strings.

    sh tests/bench/tokenizer_ids.sh [--gguf PATH] [--write-golden]
    sh tests/bench/tokenizer_ids.sh --other PATH

With `--other`, the tokenizer is the one that would be built from that file. Exits with 1 when any id differs.
`--write-golden` writes a sample of llama.cpp's ids to tests/data/tokenizer_ids.json, which `make test` compares without
llama.cpp.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tokenizers import Tokenizer

from desktop.engine.interface import TOKENIZER_FILE
from desktop.models.gguf_file import GgufFile
from desktop.models.gguf_tokenizer import build_tokenizer
from tests.bench.starter import source_gguf, starter_model
from tests.bench.varied_strings import varied_strings

GOLDEN = Path(__file__).parent.parent / "data" / "tokenizer_ids.json"
_EVERY = 33  # one string in so many goes into the golden file
_SHOWN = 20  # mismatches

IdPair = list[list[int]]  # ids with special tokens read as text, ids with special tokens recognised


def main(arguments: Sequence[str]) -> int:
    """Compare; give the exit code."""
    parser = argparse.ArgumentParser(prog="tokenizer_ids.sh", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("llama_python", help="the Python that has llama-cpp-python")
    parser.add_argument("--gguf", type=Path, help="the starter model's GGUF; fetched when not given")
    parser.add_argument("--other", type=Path, help="any other GGUF, instead of the starter model's")
    parser.add_argument("--write-golden", action="store_true", help=f"write {GOLDEN.name}")
    chosen = parser.parse_args(arguments)

    strings = varied_strings()
    if chosen.other is not None:
        expected = llama_cpp_ids(chosen.llama_python, chosen.other, strings)
        with GgufFile(chosen.other) as source:
            return report(list(mismatches(build_tokenizer(source), strings, expected)), len(strings))
    model = starter_model()
    with source_gguf(model, chosen.gguf) as gguf:
        expected = llama_cpp_ids(chosen.llama_python, gguf, strings)
    if chosen.write_golden:
        entries = list(zip(strings, expected, strict=True))[::_EVERY]
        lines = ",\n".join(json.dumps({"text": text, "ids": pair}) for text, pair in entries)
        GOLDEN.write_text(f"[\n{lines}\n]\n", encoding="ascii")
    tokenizer = Tokenizer.from_file(str(model.folder / TOKENIZER_FILE))
    return report(list(mismatches(tokenizer, strings, expected)), len(strings))


def report(differing: list[str], strings: int) -> int:
    """Print what differs; give the exit code."""
    for sentence in differing[:_SHOWN]:
        print(sentence)
    print(f"{len(differing)} of {2 * strings} tokenizations differ from llama.cpp's ({strings} strings, twice)")
    return 1 if differing else 0


def llama_cpp_ids(python: str, gguf: Path, strings: list[str]) -> list[IdPair]:
    """Have llama.cpp tokenize in the environment of its own."""
    script = Path(__file__).with_name("llama_cpp_ids.py")
    answer = subprocess.run(
        [python, script, gguf], input=json.dumps(strings).encode(), stdout=subprocess.PIPE, check=True
    )
    pairs: list[IdPair] = json.loads(answer.stdout)
    return pairs


def mismatches(tokenizer: Tokenizer, strings: Sequence[str], expected: Sequence[IdPair]) -> Iterator[str]:
    """Describe every string whose ids differ, one line each."""
    for text, pair in zip(strings, expected, strict=True):
        for recognised, wanted in zip((False, True), pair, strict=True):
            tokenizer.encode_special_tokens = not recognised
            found = tokenizer.encode(text, add_special_tokens=False).ids
            if found != wanted:
                mode = "special tokens recognised" if recognised else "special tokens as text"
                yield f"{text!r} ({mode}): {found} instead of {wanted}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

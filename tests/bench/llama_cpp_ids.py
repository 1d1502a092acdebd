"""Runs in the environment of llama-cpp-python: JSON strings from stdin, their token ids to stdout.

    python llama_cpp_ids.py GGUF < strings.json > ids.json

Each string gives a pair: ids with special tokens read as text, and ids with special tokens recognised.
"""

import json
import sys

from llama_cpp import Llama


def main(gguf: str) -> None:
    """Tokenize every string twice."""
    model = Llama(gguf, vocab_only=True, verbose=False)
    pairs = [
        [model.tokenize(text.encode(), add_bos=False, special=special) for special in (False, True)]
        for text in json.load(sys.stdin)
    ]
    json.dump(pairs, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])

"""The starter model's tokenizer against ids that llama.cpp gave; tests/bench/tokenizer_ids.sh compares many more."""

import json

import pytest
from tokenizers import Tokenizer

from desktop.engine.interface import TOKENIZER_FILE
from tests.bench.starter import starter_model
from tests.bench.tokenizer_ids import GOLDEN, mismatches


def test_the_starter_tokenizer_gives_the_ids_of_llama_cpp(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INKSTONE_HOME")  # the prepared model lies in the installation, not in the test's own home
    entries = json.loads(GOLDEN.read_text(encoding="ascii"))
    texts, expected = [entry["text"] for entry in entries], [entry["ids"] for entry in entries]
    assert len(texts) >= 300
    tokenizer = Tokenizer.from_file(str(starter_model().folder / TOKENIZER_FILE))
    assert list(mismatches(tokenizer, texts, expected)) == []

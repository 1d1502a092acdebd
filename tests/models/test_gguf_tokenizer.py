"""The tokenizer that is built from a GGUF; its ids against llama.cpp's are in test_tokenizer_ids."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from desktop.errors import BrokenModel, UnsupportedModel
from desktop.models.chat_tokens import ChatTokens
from desktop.models.gguf_file import GgufFile
from desktop.models.gguf_tokenizer import write_tokenizer
from tests.tiny_gguf import TinyModel, write_tiny_gguf


def written(folder: Path, header: dict[str, Any] | None = None, pre: str = "smollm") -> ChatTokens:
    return write_tokenizer(GgufFile(write_tiny_gguf(folder / "tiny.gguf", TinyModel(pre=pre), header)), folder)


@pytest.fixture(params=["default", "smollm", "gpt-2", "llama-bpe", "qwen2"])
def tokenizer(request: pytest.FixtureRequest, tmp_path: Path) -> Tokenizer:
    written(tmp_path, pre=request.param)
    return Tokenizer.from_file(str(tmp_path / "tokenizer.json"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text())
def test_any_text_survives_the_way_to_ids_and_back(tokenizer: Tokenizer, text: str) -> None:
    tokenizer.encode_special_tokens = True
    assert tokenizer.decode(tokenizer.encode(text, add_special_tokens=False).ids) == text


def test_special_tokens_are_special(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("<|im_start|>a<|im_end|>", add_special_tokens=False).ids[::2] == [1, 2]
    assert tokenizer.decode([1, 2]) == ""


def test_numbers_are_split_as_the_pre_tokenizer_says(tmp_path: Path) -> None:
    pieces = {}
    for pre in ("smollm", "qwen2", "llama-bpe", "gpt-2", "default"):
        written(tmp_path, pre=pre)
        tokenizer = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
        pieces[pre] = [piece for piece, _ in tokenizer.pre_tokenizer.pre_tokenize_str("a 12345")]
    assert pieces["smollm"] == ["a", "Ġ", "1", "2", "3", "4", "5"]
    assert pieces["qwen2"] == ["a", "Ġ", "1", "2", "3", "4", "5"]
    assert pieces["llama-bpe"] == ["a", "Ġ", "123", "45"]
    assert pieces["gpt-2"] == ["a", "Ġ12345"]
    assert pieces["default"] == ["a", "Ġ", "123", "45"]


def test_the_manifest_learns_the_special_tokens_and_the_template_is_written(tmp_path: Path) -> None:
    chat = written(tmp_path)
    assert chat == ChatTokens("chatml", "<|im_start|>", "<|im_end|>", add_bos=False, end_tokens=(0, 2))
    assert "<|im_start|>" in (tmp_path / "chat_template.jinja").read_text(encoding="utf-8")


@pytest.mark.parametrize(("pre", "expected"), [("smollm", False), ("llama-bpe", True)])
def test_where_the_header_is_silent_the_pre_tokenizer_decides_on_bos(tmp_path: Path, pre: str, expected: bool) -> None:
    assert written(tmp_path, {"tokenizer.ggml.add_bos_token": None}, pre).add_bos is expected


def test_a_chatml_model_without_a_template_gets_chatml(tmp_path: Path) -> None:
    written(tmp_path, {"tokenizer.chat_template": None})
    assert "<|im_start|>assistant" in (tmp_path / "chat_template.jinja").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("header", "error", "reason"),
    [
        ({"tokenizer.ggml.model": "bert"}, UnsupportedModel, "kind “bert”"),
        ({"tokenizer.ggml.model": "llama"}, BrokenModel, "no scores"),
        ({"tokenizer.ggml.pre": "tekken"}, UnsupportedModel, "tekken"),
        ({"tokenizer.ggml.merges": None}, BrokenModel, "no merges"),
        ({"tokenizer.ggml.tokens": ["a", "b"]}, BrokenModel, "does not match its embedding"),
    ],
)
def test_a_tokenizer_that_cannot_be_built_is_refused_with_the_reason(
    tmp_path: Path, header: dict[str, Any], error: type[Exception], reason: str
) -> None:
    with pytest.raises(error, match=reason):
        written(tmp_path, header)


def test_a_byte_without_a_token_keeps_its_neighbours_apart(tmp_path: Path) -> None:
    path = write_tiny_gguf(tmp_path / "tiny.gguf", TinyModel())
    tokens = [str(token) for token in GgufFile(path).value("tokenizer.ggml.tokens")]
    tokens[tokens.index("Ĕ")] = "unused"  # the byte 0x14
    written(tmp_path, {"tokenizer.ggml.tokens": tokens})
    tokenizer = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    pair = next(token for token in tokens if len(token) == 2 and token.isascii())
    assert len(tokenizer.encode(pair).ids) == 1
    assert tokenizer.encode("\x14".join(pair)).ids == [tokens.index(letter) for letter in pair]

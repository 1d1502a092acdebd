"""Texts of any length as the model reads them."""

from tokenizers import Tokenizer

from desktop.app import ROUTER_ID
from desktop.paths import app_paths
from desktop.router.encoding import HEAD_TOKENS, MAX_TOKENS, TAIL_TOKENS, Encoder

ENCODER = Encoder(Tokenizer.from_file(str(app_paths().model_folders[-1] / ROUTER_ID / "tokenizer.json")))


def test_each_token_knows_its_words_in_the_text() -> None:
    text = "Write 一首 poem, please"
    encoding = ENCODER.encode(text)
    words = [text[start:end] for (start, end), first in zip(encoding.offsets, encoding.first, strict=True) if first]
    assert words[:5] == ["Write", "一", "首", "poem", ","]
    assert encoding.cut is None
    assert encoding.first[0] is encoding.first[-1] is False


def test_a_long_text_is_read_from_its_beginning_and_its_end() -> None:
    text = "first words " + "x y " * 20_000 + " last words"
    encoding = ENCODER.encode(text)
    assert len(encoding.ids) == MAX_TOKENS
    assert encoding.cut == HEAD_TOKENS
    assert text[slice(*encoding.offsets[1])] == "first"
    assert text[slice(*encoding.offsets[-2])] == "words"
    assert encoding.offsets[-2][1] == len(text)


def test_a_text_that_is_just_too_long_loses_only_its_middle() -> None:
    text = " ".join(["a"] * (HEAD_TOKENS + TAIL_TOKENS + 1))
    encoding = ENCODER.encode(text)
    assert encoding.cut == HEAD_TOKENS
    assert encoding.offsets[HEAD_TOKENS + 2][0] - encoding.offsets[HEAD_TOKENS][1] == len(" a ")

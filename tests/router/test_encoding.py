"""Texts of any length as the model reads them."""

from tokenizers import Tokenizer

from desktop.paths import app_paths
from desktop.router.encoding import HEAD_TOKENS, MAX_TOKENS, TAIL_TOKENS, Encoder
from desktop.services import ROUTER_ID

ENCODER = Encoder(Tokenizer.from_file(str(app_paths().model_folders[-1] / ROUTER_ID / "tokenizer.json")))


def test_each_token_knows_its_words_in_the_text() -> None:
    text = "Write 一首 poem, please"
    encoding = ENCODER.encode(text)
    begun = [start for (start, _), first in zip(encoding.offsets, encoding.first, strict=True) if first]
    assert [text[start:].split()[0] for start in begun] == ["Write", "一首", "首", "poem,", ",", "please"]
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


def test_a_slot_may_begin_beside_a_sign_or_figure_but_not_within_a_word() -> None:
    text = "unforgettable/photosynthesizing 800字"
    encoding = ENCODER.encode(text)
    begun = {start for (start, _), first in zip(encoding.offsets, encoding.first, strict=True) if first}
    assert begun >= {0, text.index("un"), text.index("/"), text.index("photo"), text.index("800"), text.index("字")}
    inside = {*range(1, text.index("/")), *range(text.index("hoto"), text.index(" 8"))}
    assert not begun & inside


def test_a_line_break_is_seen_and_a_blank_beside_chinese_parts_words() -> None:
    def shown(text: str) -> list[str]:
        encoding = ENCODER.encode(text)
        return [text[start:end] for start, end in encoding.offsets if end > start]

    assert shown("fix this \n\n ok") == ["fix", "this", " ", "ok"]
    assert shown("fix  this") == ["fix", "this"]
    assert ENCODER.encode("fix this\nok").ids != ENCODER.encode("fix this ok").ids
    assert ENCODER.encode("诗 桂花").ids != ENCODER.encode("诗桂花").ids

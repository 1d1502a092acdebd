"""Text that comes token by token is the text of all tokens together, and never ends in half a character."""

from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models

from desktop.engine.detokenizer import detokenize, texts_of_tokens, until_stop
from tests.tiny_tokenizer import VOCAB, train_tokenizer

TOKENIZER: Tokenizer = train_tokenizer()


@given(st.text())
def test_the_pieces_of_any_text_are_the_text(text: str) -> None:
    ids = TOKENIZER.encode(text, add_special_tokens=False).ids
    assert "".join(detokenize(TOKENIZER, ids)) == text


@given(st.text(alphabet="aé写🙂👩🏽‍💻", min_size=1))
def test_no_piece_holds_half_a_character(text: str) -> None:
    ids = TOKENIZER.encode(text, add_special_tokens=False).ids
    assert not any("\ufffd" in piece for piece in detokenize(TOKENIZER, ids))


@given(st.lists(st.integers(0, VOCAB - 1), max_size=60))
def test_any_tokens_give_what_the_tokenizer_gives_for_all_of_them(ids: list[int]) -> None:
    assert "".join(detokenize(TOKENIZER, ids)) == TOKENIZER.decode(ids, skip_special_tokens=True)


def test_an_unfinished_character_at_the_end_is_not_lost() -> None:
    ids = TOKENIZER.encode("🙂", add_special_tokens=False).ids
    assert len(ids) > 1
    assert "".join(detokenize(TOKENIZER, ids[:-1])) == TOKENIZER.decode(ids[:-1])


@given(st.lists(st.text("ab#\n", max_size=4)), st.lists(st.text("ab#\n", min_size=1, max_size=3), max_size=3))
def test_the_text_ends_before_the_first_stop_string(pieces: list[str], stops: list[str]) -> None:
    text = "".join(pieces)
    found = "".join(until_stop(pieces, stops))
    cuts = [text.find(stop) for stop in stops if stop in text]
    # The cut is made as soon as a stop string is complete, so an earlier, longer one may not be seen in time.
    assert text.startswith(found)
    assert not any(stop in found for stop in stops)
    assert found == text if not cuts else len(found) >= min(cuts)


def test_text_that_may_begin_a_stop_string_waits() -> None:
    assert list(until_stop(["a\n", "\n", "b"], ["\n\n"])) == ["a", ""]
    assert list(until_stop(["a\n", "c"], ["\n\n"])) == ["a", "\nc"]


@given(st.text(alphabet="The report, of 2026: 写一封信🙂\n", max_size=40))
def test_single_tokens_have_their_text_with_its_space_or_none(text: str) -> None:
    text_of = texts_of_tokens(TOKENIZER)
    texts = [text_of(token) for token in TOKENIZER.encode(text, add_special_tokens=False).ids]
    whole = "".join(piece for piece in texts if piece is not None)
    assert whole == text or None in texts
    assert None not in texts or any(ord(letter) > 127 for letter in text)


def test_special_tokens_have_no_text() -> None:
    assert [texts_of_tokens(TOKENIZER)(token) for token in range(3)] == [None] * 3


def test_a_sentencepiece_vocabulary_writes_spaces_and_lone_bytes_in_its_own_way() -> None:
    vocabulary = {"<unk>": 0, "\u2581report": 1, "<0xE5>": 2, "好": 3}
    text_of = texts_of_tokens(Tokenizer(models.BPE(vocab=vocabulary, merges=[], unk_token="<unk>")))
    assert [text_of(token) for token in (1, 2, 3, 9)] == [" report", None, "好", None]

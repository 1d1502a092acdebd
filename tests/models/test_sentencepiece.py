"""The tokenizer that is built from pieces and scores, against the merging written out."""

from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from desktop.models.sentencepiece import SPACE, build_sentencepiece

WORDS = ("the", "then", "hen", "ink", "inks", f"{SPACE}the", f"{SPACE}in", "th", "he", "nk", "en", "写信", f"{SPACE}写")
LETTERS = [*dict.fromkeys(f"{SPACE}abehiknst写信.")]
BYTES = [f"<0x{byte:02X}>" for byte in range(256)]
PIECES = ["<unk>", *BYTES, *WORDS, *LETTERS, f"{SPACE}t", "in"]
SCORES = [0.0] * 257 + [-float(place) for place in range(len(PIECES) - 257)]

TEXTS = st.text(st.sampled_from("the inks写信.\n😀z"), max_size=40)


def tokenizer(*, space_before: bool = False) -> Tokenizer:
    return build_sentencepiece(PIECES, SCORES, unknown="<unk>", space_before=space_before)


def merged(text: str) -> list[str]:
    """Put the two neighbours together that make the piece of the highest score, again and again."""
    parts = list(text.replace(" ", SPACE))
    while True:
        pairs = [
            (PIECES.index(joined), at)
            for at in range(len(parts) - 1)
            if (joined := "".join(parts[at : at + 2])) in PIECES
        ]
        if not pairs:
            break
        _, at = max((SCORES[piece], -at) for piece, at in pairs)
        parts[-at : -at + 2] = ["".join(parts[-at : -at + 2])]
    return [
        piece
        for part in parts
        for piece in ([part] if part in PIECES else [f"<0x{byte:02X}>" for byte in part.encode()])
    ]


@given(text=TEXTS)
def test_pieces_are_merged_by_their_scores_and_strange_characters_become_bytes(text: str) -> None:
    assert tokenizer().encode(text).tokens == merged(text)


@given(text=st.text())
def test_any_text_survives_the_way_to_ids_and_back(text: str) -> None:
    for space_before in (False, True):
        way = tokenizer(space_before=space_before)
        assert way.decode(way.encode(text).ids) == text.replace(SPACE, " ")


def test_a_space_is_put_before_a_text_where_the_model_was_taught_so() -> None:
    assert tokenizer(space_before=True).encode("the").tokens == [f"{SPACE}the"]
    assert tokenizer().encode("the").tokens == ["the"]

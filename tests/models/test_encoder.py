"""The sentence encoder: its file, its graph, its vocabulary; real weights are measured by `make bench-router`."""

from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from desktop.errors import BrokenModel
from desktop.models.e5_file import E5File
from desktop.models.e5_vocabulary import Sizes, choose_pieces, tokenizer_of
from desktop.models.encoder import write_encoder
from desktop.router.vectors import SentenceVectors
from tests.tiny_e5 import HIDDEN, PIECES, REPLACED, TinyE5, write_tiny_e5

WORDS = {"a": 9, "letter": 5, "to": 4, "my": 4, "landlord": 3, "abc": 1}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> TinyE5:
    return write_tiny_e5(tmp_path_factory.mktemp("e5") / "tiny.bin")


@pytest.fixture(scope="module")
def folder(tiny: TinyE5, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("encoder")
    write_encoder(E5File(tiny.path), made, WORDS)
    return made


def test_matrices_and_numbers_are_read_as_they_were_written(tiny: TinyE5) -> None:
    source = E5File(tiny.path)
    assert source.pieces == PIECES
    assert source.replaced == REPLACED
    for name, columns in (("emb.word", HIDDEN), ("l1.fo.w", 128)):
        np.testing.assert_array_equal(source.matrix(name, columns).values(), tiny.weights[name])
    np.testing.assert_array_equal(source.vector("l0.aln.b"), tiny.weights["l0.aln.b"])


@pytest.mark.parametrize("damage", ["empty", "other", "cut"])
def test_another_file_is_refused_in_words(tiny: TinyE5, tmp_path: Path, damage: str) -> None:
    whole = tiny.path.read_bytes()
    path = tmp_path / "e5.bin"
    path.write_bytes({"empty": b"", "other": b"GGUF" + whole[4:], "cut": whole[: len(whole) // 2]}[damage])
    with pytest.raises(BrokenModel):
        E5File(path)


def test_vectors_are_those_of_the_original(tiny: TinyE5, folder: Path) -> None:
    texts = ["a letter to my landlord", "写一封信", "", "abc 123, " * 3]
    vectors = SentenceVectors(folder).of(texts)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    kept = choose_pieces(E5File(tiny.path), Sizes(20_000, 17_500, 2_500), WORDS, apart=False)
    for text, vector in zip(texts, vectors, strict=True):
        ids = [0, *(kept[i] for i in tokenizer.encode(f"query: {text}", add_special_tokens=False).ids), 2]
        original = tiny.vector(ids)
        assert float(vector @ original / np.linalg.norm(original)) > 0.98
        assert float(np.linalg.norm(vector)) == pytest.approx(1, abs=1e-5)


def test_a_text_has_the_same_vector_alone_and_in_company(folder: Path) -> None:
    encoder = SentenceVectors(folder)
    texts = [f"letter {'abc ' * length}" for length in range(20)]
    together = encoder.of(texts, "passage")
    for text, vector in zip(texts, together, strict=True):
        np.testing.assert_allclose(encoder.of([text], "passage")[0], vector, atol=1e-4)


def test_long_texts_surrogates_and_none_at_all_have_vectors_too(folder: Path) -> None:
    encoder = SentenceVectors(folder)
    assert encoder.of([]).shape == (0, 384)
    assert np.isfinite(encoder.of(["a \ud800 b", "\x00"])).all()


def test_pieces_of_other_languages_are_left_out(tiny: TinyE5) -> None:
    source = E5File(tiny.path)
    kept = [source.pieces[i] for i in choose_pieces(source, Sizes(100, 100, 100), WORDS, apart=False)]
    assert kept[:4] == ["<s>", "<pad>", "</s>", "<unk>"]
    assert {"信", "房东", "一封", "▁letter", ",", "7"} <= set(kept)
    assert not {"カタ", "Ж"} & set(kept)


def test_a_tagger_gets_no_piece_that_lies_across_the_edge_of_a_slot(tiny: TinyE5) -> None:
    source = E5File(tiny.path)
    kept = {source.pieces[i] for i in choose_pieces(source, Sizes(100, 100, 100), WORDS, apart=True)}
    assert "房东" in kept
    assert not {"一封", "的信"} & kept


def test_the_tokenizer_normalises_as_the_original_and_keeps_places(tiny: TinyE5) -> None:
    source = E5File(tiny.path)
    tokenizer = tokenizer_of(source, choose_pieces(source, Sizes(100, 100, 100), WORDS, apart=False))
    encoding = tokenizer.encode("写，\t房东", add_special_tokens=False)
    assert [piece.strip("▁") for piece in encoding.tokens if piece.strip("▁")] == ["写", ",", "房东"]
    assert encoding.offsets[-1] == (3, 5)


def test_a_missing_encoder_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(BrokenModel):
        SentenceVectors(tmp_path)

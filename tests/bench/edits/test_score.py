import re

import pytest

from tests.bench.edits.score import cases, is_usable, score_corrected


def test_errors_and_touched_words_are_counted_apart() -> None:
    text, right = "She dont know the big adress.", ["She doesn't know the big address."]
    assert score_corrected(text, right, right[0])["whole"] == 1
    row = score_corrected(text, right, "She doesn't know the large adress.")
    assert (row["errors"], row["mended"], row["touched"], row["whole"]) == (2, 1, 1, 0)
    assert score_corrected(text, right, text)["touched"] == 0


def test_the_nearest_of_the_right_texts_counts() -> None:
    row = score_corrected("They was here.", ["They are here.", "They were here."], "They were here.")
    assert (row["mended"], row["whole"]) == (1, 1)


def test_a_text_that_did_not_change_or_lost_a_fact_is_not_usable() -> None:
    case = {"text": "Come at 5.", "must": ["5"], "must_not": ["now"]}
    assert is_usable(case, "Please come at 5.")
    assert not is_usable(case, "Come at 5.")
    assert not is_usable(case, "Please come at 6.")
    assert not is_usable(case, "Please come at 5 now.")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_kind_has_sixty_texts_in_two_halves(language: str) -> None:
    for half in (1, 2):
        corrected, reworded = (cases(kind, language, half) for kind in ("proofreading", "rewriting"))
        assert len(corrected) == len(reworded) == 30
        assert all(case["right"] for case in corrected)
        assert all(re.compile(pattern) for case in reworded for pattern in (*case["must"], *case["must_not"]))

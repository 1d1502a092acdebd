"""The written documents are sound, and the arithmetic on them is that of two lines one can check by hand."""

from collections import Counter

from tests.bench.router_passages import (
    Document,
    found_sentence,
    near_by_words,
    numbers_differ,
    read_documents,
    supported,
)

TWO = [
    Document(
        "en", ["The cat sleeps.", "Rain fell on 3 May."], [("supported", "The cat sleeps."), ("name", "A dog barks.")]
    ),
    Document("en", ["Ann sings."], [("supported", "Ann sings."), ("invented", "Bo owns ships.")]),
]


def test_there_are_a_hundred_cases_each_and_half_of_the_claims_are_wrong() -> None:
    documents = read_documents()
    kinds = Counter(kind for document in documents for kind, _ in document.claims)
    assert kinds["supported"] == 50
    assert kinds.total() == 100
    assert set(kinds) == {"supported", "number", "name", "negation", "invented"}
    assert sum(len(document.questions) for document in documents) == 100
    for document in documents:
        assert document.language in ("en", "zh")
        assert all(0 <= number < len(document.sentences) for number, _ in document.questions)


def test_the_sentence_with_the_rare_word_is_found() -> None:
    assert found_sentence(near_by_words(TWO), TWO[0], "when did rain fall?") == 1


def test_a_number_that_the_text_does_not_name_is_seen() -> None:
    assert numbers_differ(TWO[0], "It rained on 4 May.")
    assert not numbers_differ(TWO[0], "It rained on 3 May.")


def test_claims_are_judged_by_the_threshold_of_the_other_documents() -> None:
    assert [hit for *_, hit in supported(near_by_words(TWO), TWO, numbers=False)] == [True] * 4

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from desktop.engine.interface import Message
from desktop.quick.editing.corrections import Corrector
from desktop.quick.editing.english import EnglishWords


class Reader:
    """Finds each of some phrases in a sentence good or bad, by so many nats."""

    def __init__(self, **opinions: float) -> None:
        self._opinions = {phrase.replace("_", " "): weight for phrase, weight in opinions.items()}
        self.judged: list[str] = []
        self.sights: dict[str, float] = {}

    @contextmanager
    def judging(self, messages: Sequence[Message], stop: threading.Event, *, urgent: bool = True) -> Iterator["Reader"]:
        yield self

    def likelihood(self, text: str) -> float:
        self.judged.append(text)
        return sum(weight for phrase, weight in self._opinions.items() if phrase in text)

    def first_sights(self, text: str, others: Sequence[str]) -> list[float]:
        return [next((sight for word, sight in self.sights.items() if word in other), 0.0) for other in others]


@pytest.fixture(scope="session")
def words() -> EnglishWords:
    return EnglishWords()


def corrected(words: EnglishWords, sentence: str, **opinions: float) -> list[str]:
    return list(Corrector(Reader(**opinions), words).corrected(sentence, threading.Event()))


def test_a_change_needs_a_much_likelier_sentence(words: EnglishWords) -> None:
    assert corrected(words, "She know him well.", She_knows=1.9) == []
    assert corrected(words, "She know him well.", She_knows=2.1) == ["She knows him well."]


def test_an_unknown_word_needs_only_a_likelier_one(words: EnglishWords) -> None:
    assert corrected(words, "A recieved letter.", A_received=0.5)[-1] == "A received letter."


def test_a_mistake_beside_one_that_is_corrected_is_looked_at_again(words: EnglishWords) -> None:
    opinions = {"many_reasons": 3.0, "are_many_reasons": 3.0}
    steps = corrected(words, "There is many reason why.", **opinions)
    assert steps == ["There is many reasons why.", "There are many reasons why."]


def test_capitals_stay_as_they_were(words: EnglishWords) -> None:
    assert corrected(words, "Recieve it.", Receive=3.0) == ["Receive it."]
    assert corrected(words, "We asked Recieve Ltd.", receive=9.0, Receive=9.0) == []


def test_a_sentence_begins_with_a_capital(words: EnglishWords) -> None:
    assert corrected(words, "today it rains.", Today=0.1) == ["Today it rains."]
    assert corrected(words, "buy milk", Buy=0.1) == []


def test_a_word_said_twice_goes(words: EnglishWords) -> None:
    assert corrected(words, "It is the the end.", is_the_end=3.0) == ["It is the end."]


def test_british_spelling_is_no_mistake(words: EnglishWords) -> None:
    assert all(words.known(word) for word in ("apologise", "organised", "colour", "theatre", "travelling", "don't"))
    assert not any(words.known(word) for word in ("recieve", "untill", "dont"))


def test_it_ends_where_it_is_stopped(words: EnglishWords) -> None:
    stop = threading.Event()
    stop.set()
    assert list(Corrector(Reader(She_knows=9.0), words).corrected("She know.", stop)) == []


def test_what_is_hopeless_at_first_sight_is_not_read(words: EnglishWords) -> None:
    reader = Reader(She_knows=9.0, She_known=9.5)
    reader.sights = {"She known": -30.0}
    steps = list(Corrector(reader, words).corrected("She know him well.", threading.Event()))
    assert steps == ["She knows him well."]
    assert not any("known" in text for text in reader.judged)


def test_another_tense_needs_more_than_another_form(words: EnglishWords) -> None:
    assert corrected(words, "She know him well.", She_knew=3.9, She_knows=2.1) == ["She knows him well."]
    assert corrected(words, "She know him well.", She_knew=5.0) == ["She knew him well."]


def test_of_two_words_that_do_not_agree_the_one_that_gains_more_is_changed(words: EnglishWords) -> None:
    steps = corrected(words, "If the server do respond.", servers_do=2.5, server_does=5.0)
    assert steps == ["If the server does respond."]


def test_a_change_that_only_just_wins_is_doubted(words: EnglishWords) -> None:
    corrector = Corrector(Reader(She_knows=2.5), words)
    assert list(corrector.corrected("She know him well.", threading.Event())) == ["She knows him well."]
    assert corrector.doubts == ["knows"]
    sure = Corrector(Reader(She_knows=4.0), words)
    assert list(sure.corrected("She know him well.", threading.Event())) == ["She knows him well."]
    assert sure.doubts == []


def test_a_sentence_in_another_language_is_left_alone(words: EnglishWords) -> None:
    french = "Je ne sais pas où sont les clés de votre maison."
    reader = Reader()
    assert list(Corrector(reader, words).corrected(french, threading.Event())) == []
    assert reader.judged == []


def test_a_second_no_becomes_any(words: EnglishWords) -> None:
    assert corrected(words, "He doesn't have no time.", any_time=0.5) == ["He doesn't have any time."]
    assert corrected(words, "He says no to it.", any_to=0.5) == []


def test_a_wrong_plural_stays_a_plural(words: EnglishWords) -> None:
    assert corrected(words, "The childrens play.", child_play=6.0, children_play=5.0) == ["The children play."]

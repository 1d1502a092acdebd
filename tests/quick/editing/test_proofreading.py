import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from desktop.engine.interface import Message
from desktop.quick.actions.action import TextLanguage
from desktop.quick.editing.chinese_words import ChineseWords
from desktop.quick.editing.english import EnglishWords
from desktop.quick.editing.proofreading import Proofread, Proofreader


class Reader:
    """Finds each of some phrases in a sentence good or bad, by so many nats."""

    def __init__(self, opinions: dict[str, float], sights: dict[str, float]) -> None:
        self._opinions, self._sights = opinions, sights
        self.judged: list[str] = []

    @contextmanager
    def judging(self, messages: Sequence[Message], stop: threading.Event, *, urgent: bool = True) -> Iterator["Reader"]:
        yield self

    def likelihood(self, text: str) -> float:
        self.judged.append(text)
        return sum(weight for phrase, weight in self._opinions.items() if phrase in text)

    def first_sights(self, text: str, others: Sequence[str]) -> list[float]:
        return [next((sight for word, sight in self._sights.items() if word in other), -99.0) for other in others]


@pytest.fixture(scope="module")
def words() -> EnglishWords:
    return EnglishWords()


def proofread(
    words: EnglishWords,
    sentence: str,
    written: str,
    opinions: dict[str, float] | None = None,
    sights: dict[str, float] | None = None,
    language: TextLanguage = "en",
) -> Proofread:
    reader = Reader(opinions or {}, sights or {})
    return Proofreader(reader, words, ChineseWords(), len).proofread(sentence, written, language, threading.Event())


def test_a_change_of_the_model_that_mends_and_reads_likelier_is_made(words: EnglishWords) -> None:
    found = proofread(words, "The list are long.", "The list is long.", {"list is": 2.0})
    assert found == Proofread("The list is long.", "The list is long.")


def test_a_rewording_is_neither_made_nor_offered(words: EnglishWords) -> None:
    text = "The list is long."
    assert proofread(words, text, "The list is enormous.", {"enormous": 20.0}) == Proofread(text, text)


def test_of_a_correction_that_also_rewords_only_the_mending_stays(words: EnglishWords) -> None:
    found = proofread(words, "The lamp are broken now.", "The lamp is damaged now.", {"lamp is": 3.0, "damaged": 9.0})
    assert found.sure == "The lamp is broken now."


def test_a_change_that_gains_a_little_less_is_offered_and_does_not_spoil_the_other(words: EnglishWords) -> None:
    found = proofread(
        words, "She go home in the bus.", "She goes home on the bus.", {"She goes": 3.0, "on the bus": 0.2}
    )
    assert found == Proofread("She goes home in the bus.", "She goes home on the bus.")


def test_a_change_that_makes_it_less_likely_is_dropped(words: EnglishWords) -> None:
    text = "He is in the bus."
    assert proofread(words, text, "He is on the bus.", {"on the bus": -3.0}) == Proofread(text, text)


def test_names_addresses_and_code_stay_as_they_are(words: EnglishWords) -> None:
    text = "The file teh_list.txt at foo.io are new."
    written = "The file the_list.txt at foo.com is new."
    found = proofread(words, text, written, {"the_list": 9.0, "foo.com": 9.0, "is new": 3.0})
    assert found.sure == "The file teh_list.txt at foo.io is new."


def test_a_word_that_the_model_read_over_is_found_by_itself(words: EnglishWords) -> None:
    text = "They was there."
    found = proofread(words, text, text, {"They were": 5.0}, {"were": 4.0})
    assert found.sure == "They were there."


def test_an_order_of_words_is_mended_as_one(words: EnglishWords) -> None:
    text = "我吃饭了在食堂中午。"
    found = proofread(words, text, "中午我在食堂吃饭了。", {"中午我在食堂吃饭了": 9.0}, language="zh")
    assert found.sure == "中午我在食堂吃饭了。"
    assert proofread(words, text, "中午我在食堂吃饭了。", {"中午我在食堂吃饭了": 1.0}, language="zh").sure == text


def test_a_character_that_sounds_alike_needs_less_than_another_word(words: EnglishWords) -> None:
    found = proofread(words, "他因该在家里。", "他应该在家中。", {"应该": 0.5, "家中": 3.0}, language="zh")
    assert found.sure == "他应该在家里。"


def test_a_character_that_the_model_read_over_is_found_by_its_sound(words: EnglishWords) -> None:
    text = "老板今天的心请很好。"
    found = proofread(words, text, text, {"心情": 9.0}, {"心情": 9.0}, language="zh")
    assert found.sure == "老板今天的心情很好。"


def test_it_ends_where_it_is_stopped(words: EnglishWords) -> None:
    stop = threading.Event()
    stop.set()
    reader = Reader({"list is": 9.0}, {})
    found = Proofreader(reader, words, ChineseWords(), len).proofread("The list are.", "The list is.", "en", stop)
    assert found.sure == "The list are."

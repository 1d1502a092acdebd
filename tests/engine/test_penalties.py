"""Penalties end loops, and leave alone what a language repeats by nature."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.interface import Sampling, SamplingParameters
from desktop.engine.penalties import Penalties
from desktop.engine.repeatable import Repeatable, Vocabulary
from desktop.engine.sampling import make_sampler

# A vocabulary as that of Qwen cuts such texts; None is half a character.
WORDS = (
    *(
        "，",
        "。",
        "的",
        "了",
        "下",
        "周",
        "下周",
        "到了",
        "学",
        "天天",
        "好好",
        "学习",
        "团队",
        "销售",
        "本周",
        "红楼梦",
    ),
    *(" report", " the", " of", "ing", " bye", "-b", "ye", "王", "总", "Zhao", " Trading", None, " team", " contract"),
    *("2", "0", "7", "\n", "- "),
)
AT = {word: token for token, word in enumerate(WORDS) if word}
VOCABULARY = Vocabulary(lambda token: WORDS[token])
HARD = SamplingParameters(repetition_penalty=1.5, dry_multiplier=5, dry_allowed_length=2)


def tokens(*words: str) -> list[int]:
    return [AT[word] for word in words]


def taken(answer: list[int], given_words: list[int] = [], parameters: SamplingParameters = HARD) -> set[str]:  # noqa: B006
    """The words that are penalized behind an answer."""
    penalties = Penalties(parameters, repeatable=Repeatable(VOCABULARY, given_words))
    for end in range(1, len(answer)):
        penalties.apply(np.ones(len(WORDS), np.float32), answer[:end])
    logits = np.ones(len(WORDS), np.float32)
    lowered = np.flatnonzero(penalties.apply(logits, answer) < logits)
    assert logits.tolist() == [1] * len(WORDS)
    return {str(WORDS[token]) for token in lowered}


def test_words_said_before_are_penalized() -> None:
    assert taken(tokens(" report", "红楼梦", " team")) == {" report", "红楼梦"}  # the last may be a reduplication


def test_punctuation_digits_and_function_words_are_not() -> None:
    assert taken(tokens("，", "的", "了", "2", "0", "\n", "- ", " the", " of", " report", "。")) == {" report"}


def test_characters_short_words_and_endings_are_pieces_of_other_words() -> None:
    """Otherwise “下周” becomes “下下周”, and “学到了。” “学到了了”."""
    assert (
        taken(tokens("下", "周", "王", "总", "ing", "，", "下周", "学", "到了", "。", "天天", "好好", "学习")) == set()
    )


def test_half_a_character_and_special_tokens_are_left_alone() -> None:
    assert taken([WORDS.index(None)] * 3) == set()


def test_a_word_may_stand_twice_in_a_row_but_not_three_times() -> None:
    assert taken(tokens(" bye", "-b", "ye", " team")) == {" bye"}
    assert " bye" not in taken(tokens(" team", " bye"))
    assert " bye" in taken(tokens(" bye", " bye"))


def test_names_of_the_request_stand_as_often_as_they_must() -> None:
    named = tokens("Zhao", " Trading", " report")
    assert taken([*named, AT["，"]], named) == set()
    twice = [*named, AT["，"], *tokens(" team", " contract"), AT["。"], *named[:2]]
    assert " report" not in taken(twice, named)
    assert " report" in taken(twice)


def test_a_loop_of_the_words_of_the_request_is_a_loop() -> None:
    request = tokens("销售", "团队", "本周", "的", " report")
    answer = tokens("本周", "的", "销售", "团队") * 3
    assert "本周" in taken(answer, request)


def test_a_date_may_be_repeated_and_a_loop_of_figures_may_not() -> None:
    date = tokens("2", "0", "2", "7", "0", "7", "0", "2")
    assert taken([*date, AT["，"], *date[:-1]]) == set()
    assert taken(date * 6) != set()


@given(st.lists(st.integers(0, len(WORDS) - 1), max_size=30), st.lists(st.integers(0, len(WORDS) - 1), max_size=8))
def test_what_is_known_of_a_language_only_takes_penalties_away(answer: list[int], request: list[int]) -> None:
    logits = np.ones(len(WORDS), np.float32)
    parameters = SamplingParameters(repetition_penalty=1.5, dry_multiplier=0)
    plain = Penalties(parameters).apply(logits, answer)
    natural = Penalties(parameters, repeatable=Repeatable(VOCABULARY, request)).apply(logits, answer)
    assert (natural >= plain).all()


def test_a_model_that_wants_to_loop_is_led_out_of_it_all_the_same() -> None:
    wanted = tokens("本周", "的", "销售", "团队", "学习", " contract")
    sample = make_sampler(Sampling(temperature=0), repeatable=Repeatable(VOCABULARY))
    answer: list[int] = []
    for turn in range(90):
        logits = np.zeros(len(WORDS), np.float32)
        logits[wanted[turn % 6]] = 6
        answer.append(sample(logits, answer))
    assert answer != wanted * 15
    assert not any(answer[at : at + 20] == answer[at + 6 : at + 26] for at in range(60))

"""Which sentences of a model may join a draft."""

import pytest

from desktop.drafting.writers.guided.output_filter import OutputFilter

STORY = OutputFilter("Mira keeps the lighthouse\nher radio goes silent", strictness="fiction", cast=True)
FREE = OutputFilter("rain", strictness="fiction")
REPORT = OutputFilter("coffee in May at Szent István school\nlast year", strictness="factual")


@pytest.mark.parametrize(
    ("output_filter", "sentence", "fault"),
    [
        (STORY, "A strange woman stood on the dark shore.", "stranger"),
        (STORY, "Far away, Sarah was waiting on the shore.", "name"),
        (STORY, "He climbed the stairs of the old tower.", "person"),
        (STORY, "She climbed the stairs of the old tower.", ""),
        (STORY, "She looked up at the light.", ""),
        (FREE, "A strange woman stood on the dark shore.", ""),
        (FREE, "He climbed the stairs of the old tower.", ""),
        (REPORT, "The school has served good coffee since last month.", "amount or date"),
        (REPORT, "The school has served good coffee since last year.", ""),
        (REPORT, "The coffee at Szent István is made by pupils.", ""),
        (REPORT, "The coffee comes with a fresh bélima for pupils.", "foreign word"),
        (REPORT, "In the coming weeks, they buy fresh beans and paper cups.", "person"),
        (REPORT, "When pupils come back from sport, they buy coffee and water.", ""),
        (FREE, "In the morning, they climbed the old tower.", ""),
        (REPORT, "Coffee is a multifaceted part of the school and its day.", "cliché"),
        (REPORT, "Good coffee makes the whole world a better place for pupils.", "cliché"),
    ],
)
def test_a_sentence_that_does_not_belong_is_told_apart(output_filter: OutputFilter, sentence: str, fault: str) -> None:
    assert output_filter.fault(sentence, []) == fault


def test_a_sentence_that_names_the_whole_topic_copies_nothing() -> None:
    copied = ("Topic: free public transport in every town", "The paragraph gives the most important reasons.")
    output_filter = OutputFilter("free public transport in every town", strictness="opinion", copied=copied)
    assert output_filter.fault("Free public transport in every town helps workers reach distant factories.", []) == ""
    assert output_filter.fault("The topic is free public transport in every town.", []) == "copied"
    assert output_filter.fault("It gives the most important reasons for workers.", []) == "copied"


def test_a_long_draft_may_come_back_to_what_it_said_far_before() -> None:
    said = "The pupils drink warm coffee in the yard every morning."
    again = "The pupils drink cold coffee in the kitchen every morning."
    others = [f"Sentence number {number} tells about other {word} matters." for number, word in enumerate("abc" * 20)]
    assert REPORT.fault(again, [said]) == "said before"
    assert REPORT.fault(again, [said, *others]) == ""


def test_a_long_phrase_is_not_repeated_soon() -> None:
    said = "For pupils the right thing to do is to drink coffee."
    new = "Before lessons the right thing to do is to wash every cup."
    others = [f"Sentence number {number} tells about other {word} matters." for number, word in enumerate("abc" * 20)]
    assert REPORT.fault(new, [said]) == "pet phrase"
    assert REPORT.fault(new, [said, *others]) == ""


def test_a_phrase_may_come_more_often_in_a_longer_draft() -> None:
    said = ["For pupils it is important to drink coffee.", "For teachers it is important to buy sugar."]
    new = "Before lessons it is important to wash every cup."
    assert REPORT.fault(new, said) == "pet phrase"
    assert (
        REPORT.fault(new, [*said, *(f"Other {word} words tell of {word} things." for word in map(str, range(80)))])
        == ""
    )


def test_sentences_near_each_other_do_not_go_on_alike_behind_an_adverb() -> None:
    output_filter = OutputFilter(known="a cat", strictness="opinion")
    before = ["Looking back, a cat sleeps on every warm chair."]
    other = "Even so, a cat sleeps wherever the winter sun shines."
    assert output_filter.fault(other, before) == "same beginning"
    far = [f"{word} birds build their nests in spring." for word in ("Grey", "White", "Black", "Brown", "Small")]
    assert output_filter.fault(other, [*before, *far]) != "same beginning"

"""The contract of a draft, check by check, and the screen that sentences pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.drafting.checks import DraftCheck, check, has_sections, in_language, leftovers, loops
from desktop.drafting.length import Length
from desktop.drafting.sentences import placeholders, relevance, similarity, split_sentences, strip_chatter
from desktop.drafting.writers.guided.output_filter import OutputFilter, avoiding

GOOD = "The team answered every letter that came in during the week, and it was a good week for all of us."


def checked(text: str, **changed: object) -> dict[DraftCheck, bool]:
    arguments: dict[str, object] = {
        "headings": ["One"],
        "sections": [("One", text)],
        "length": Length(20, "words", asked=True),
        "language": "en",
        "points": ["answered every letter"],
    }
    return check(text, **{**arguments, **changed}).checks  # type: ignore[arg-type]


def test_a_good_text_passes_every_check() -> None:
    assert all(checked(GOOD).values())


@pytest.mark.parametrize(
    ("name", "text", "changed"),
    [
        ("length", GOOD + " " + GOOD.replace("team", "crew"), {}),
        ("length", "Too short.", {}),
        ("loop", GOOD + " " + GOOD, {}),
        ("language", "Das Team hat in dieser Woche alle Briefe beantwortet und war mit den Ergebnissen sehr zufrieden "
                     "und freut sich nun auf das Wochenende am See.", {}),
        ("points", GOOD.replace("letter", "call"), {}),
        ("leftovers", "Sure, here is your text. " + GOOD, {}),
        ("leftovers", GOOD + "<|im_end|>", {}),
        ("sections", GOOD, {"headings": ["One", "Two"]}),
        ("sections", "", {}),
    ],
)  # fmt: skip
def test_each_fault_fails_its_check(name: DraftCheck, text: str, changed: dict[str, object]) -> None:
    assert not checked(text, **changed)[name]


def test_sections_must_be_there_in_order_and_not_empty() -> None:
    assert has_sections([("A", "x"), ("B", "y")], ["A", "B"])
    assert not has_sections([("B", "y"), ("A", "x")], ["A", "B"])
    assert not has_sections([("A", "x"), ("B", " ")], ["A", "B"])


def test_a_loop_is_three_times_twenty_tokens_or_a_sentence_twice() -> None:
    phrase = " ".join(f"word{number}" for number in range(20))
    assert loops(f"{phrase} and {phrase} or {phrase}")
    assert not loops(f"{phrase} and {phrase}")
    assert loops("This very long sentence stands here twice. No. This very long sentence stands here twice.")
    assert not loops("Yes. No. Yes. No. Yes.")


def test_chinese_and_english_are_told_apart() -> None:
    assert in_language("我们今天讨论这个问题。", "zh")
    assert not in_language("We talk about this question today.", "zh")
    assert not in_language("我们今天讨论这个问题。", "en")


def test_sentences_tell_the_language_and_not_their_nouns() -> None:
    assert in_language("项目 Phoenix 的 deadline 是 2027-03-01，server 是 AWS us-east-1，请 review PR 4471。", "zh")
    around = "I would be grateful if you could reply soon. 请在周五前修好暖气。 It is important to me that we agree."
    assert not in_language(around, "zh")


def test_the_prompt_is_found_in_the_answer() -> None:
    assert leftovers("Write one paragraph of a report about cats.")
    asked = "The paragraph explains how the team deals with problems of all kinds."
    assert leftovers(f"Well. {asked}", [asked])
    assert not leftovers(GOOD, [asked])


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("The team worked with care and finished all open letters.", ""),
        ("The team worked with care and", "not whole"),
        ("This paragraph describes the careful work of the team.", "about the task"),
        ("The team thanks [Name] for the careful and steady work.", "placeholder"),
        ("Work.", "length"),
        ("I finished all the open letters with great care.", "voice"),
        ("The work of the work was hard work for all the people of this town.", "stutter"),
        ("The team finished 40 letters with great care today.", "number"),
        ("Hundreds of letters need great care and patience today.", "amount or date"),
        ("Every letter needs great care and patience before Tuesday.", "amount or date"),
        ("The careful work pleased Mr Henderson and all his colleagues.", "name"),
        ("A recent study shows that careful work pleases everyone.", "claim"),
        ("The manager said “careful work pleases everyone” with pride.", "quotation"),
        ("The harbor was quiet and every boat lay still.", "said before"),
        ("In today's world, careful letters please every single customer.", "cliché"),
        ("It is, and it was, so there it is.", "empty"),
        ("It often comes from a old washer in the kitchen.", "article"),
        ("The colleagues like how she deals with angry callers.", "person"),
        ("The paragraph has a plan, so that is the review.", "about the task"),
        ("我们今天讨论这个问题，大家都很高兴。", "language"),
    ],
)
def test_a_sentence_is_refused_for_its_fault(sentence: str, fault: str) -> None:
    output_filter = OutputFilter("work report for Anna", forbidden=avoiding(["I", "my"], "en"))
    assert output_filter.fault(sentence, ["The harbor was quiet, every boat lay still."]) == fault


def test_fiction_may_invent_people_and_numbers() -> None:
    output_filter = OutputFilter("a story", strictness="fiction")
    assert output_filter.fault("Old Henderson counted 40 boats in the quiet harbor.", []) == ""


@given(st.text(max_size=200), st.lists(st.text(max_size=60), max_size=3))
def test_any_sentence_can_be_judged(sentence: str, before: list[str]) -> None:
    OutputFilter("brief").fault(sentence, before)
    assert relevance(sentence, about=["topic"], before=before) >= -2


@given(st.text(max_size=300))
def test_splitting_loses_no_word(text: str) -> None:
    assert "".join("".join(split_sentences(text)).split()) == "".join(text.split())


def test_sentences_end_where_people_end_them() -> None:
    assert split_sentences("Mr. Lee met Dr. Chen at 3.5 km. It rained!  “Why?” she asked.") == [
        "Mr. Lee met Dr. Chen at 3.5 km.",
        "It rained!",
        "“Why?”",
        "she asked.",
    ]
    assert split_sentences("今天下雨。我们在家！") == ["今天下雨。", "我们在家！"]


def test_talk_before_the_text_is_taken_off() -> None:
    assert strip_chatter("Sure! Here is your report:\n\nAll is well.") == "All is well."
    assert strip_chatter("All is well.") == "All is well."


def test_placeholders_are_listed() -> None:
    assert placeholders("Dear [Name], see [the page](x) on {date}.") == ["[Name]", "{date}"]


def test_similar_sentences_are_alike() -> None:
    assert similarity("The team answered all letters.", "All letters were answered by the team.") > 0.9
    assert similarity("The team answered all letters.", "Rain fell on the harbor.") == 0

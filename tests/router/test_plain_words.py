"""What a request says in so many words and the network left out."""

import pytest

from desktop.router.plain_words import with_plain_words
from desktop.router.spans import Span


def added(text: str, intent: str, *spans: Span) -> list[tuple[str, str]]:
    found = with_plain_words(text, intent, spans)
    return [(span.slot, text[span.start : span.end]) for span in found if span not in spans]


@pytest.mark.parametrize(
    ("text", "intent", "found"),
    [
        ("Into Polish please, for the builders", "translate", [("language", "Polish")]),
        ("把附件翻译成英文", "translate", [("language", "英文")]),
        ("rename my photos by date, python", "code", [("language", "python")]),
        ("let the row go red if it is late", "code", []),
        ("a Go function that sorts names", "code", [("language", "Go")]),
        ("letter to my Polish neighbour", "email", []),
        ("note for the landlord, polite, 80 words", "email", [("tone", "polite")]),
        ("keep it friendly, two lines", "email", [("tone", "friendly")]),
        ("帮我改得书面一点", "rewrite", [("tone", "书面")]),
        ("写封邮件，语气平实", "email", [("tone", "平实")]),
        ("a story about a sad clown", "story", [("topic", "sad clown")]),
        ("my flat is cold", "email", []),
        ("写份周报，本周，三百字", "work_report", [("period", "本周")]),
        ("plan for the bazaar, next month", "work_plan", [("period", "next month")]),
        ("写一首关于春天的诗", "poem", [("topic", "春天")]),
        ("poem about a sad clown, short", "poem", [("topic", "sad clown")]),
        ("what is good about it: all of it", "analyze", [("source", "all of it")]),
        ("fix the grammar: he go to school", "rewrite", [("source", "he go to school")]),
        ("总结一下\n今天开会，定了三件事。", "summarize", [("source", "今天开会，定了三件事。")]),
        ("summarize the attached file", "summarize", []),
    ],
)
def test_a_word_of_a_list_is_found_where_it_can_mean_nothing_else(
    text: str, intent: str, found: list[tuple[str, str]]
) -> None:
    assert added(text, intent) == found


@pytest.mark.parametrize(
    ("text", "kept"),
    [("résumé, fluent in Spanish", 0), ("求职信，精通英语", 0), ("résumé in Spanish", 1), ("用英语写求职信", 1)],
)
def test_a_language_that_somebody_speaks_is_not_the_one_to_write_in(text: str, kept: int) -> None:
    start = text.find("Spanish") if "Spanish" in text else text.find("英语")
    span = Span("language", start, start + len("Spanish" if "Spanish" in text else "英语"))
    assert len(with_plain_words(text, "resume", [span])) == kept


def test_what_was_taken_for_a_topic_behind_the_colon_is_the_source() -> None:
    text = "fix the grammar: he go to school"
    (span,) = with_plain_words(text, "rewrite", [Span("topic", 17, len(text))])
    assert (span.slot, text[span.start : span.end]) == ("source", "he go to school")


@pytest.mark.parametrize("text", ["solve 2x+3=7", "计算：2x+3=7", "2x+3=7"])
def test_what_is_to_be_solved_begins_behind_the_verb(text: str) -> None:
    (span,) = with_plain_words(text, "solve", [Span("source", 0, len(text))])
    assert text[span.start : span.end] == "2x+3=7"


def test_a_figure_keeps_what_it_is_of() -> None:
    text = "plan the fair with a budget of 500 euros"
    found = with_plain_words(text, "work_plan", [Span("topic", 9, 30), Span("keywords", 31, 40)])
    assert [(span.slot, text[span.start : span.end]) for span in found] == [
        ("topic", "fair"),
        ("keywords", "budget of 500 euros"),
    ]


def test_of_a_long_paste_only_the_ends_are_searched() -> None:
    paste = "and so on, formal, " * 200
    assert added(f"note on the roof: {'x' * 700}, {paste}{'y' * 400}", "email") == []
    assert added(f"{'x' * 9000}, formal", "email") == [("tone", "formal")]


def test_nothing_is_added_to_what_was_found_nor_within_another_slot() -> None:
    text = "写封信，诚恳，客气一点"
    there = Span("tone", 4, 6)
    assert added(text, "email", there) == []
    text = "review this: good food, polite, fast"
    assert added(text, "analyze", Span("source", 13, len(text))) == []


@pytest.mark.parametrize(
    ("intent", "parts"),
    [("work_plan", [("period", "下周"), ("topic", "销售团队")]), ("email", [("topic", "下周销售团队")])],
)
def test_the_topic_of_a_plan_is_parted_from_its_week(intent: str, parts: list[tuple[str, str]]) -> None:
    text = "写下周销售团队的工作计划"
    found = with_plain_words(text, intent, [Span("topic", 1, 7)])
    assert [(span.slot, text[span.start : span.end]) for span in found] == parts


@pytest.mark.parametrize(
    ("topic", "parts"),
    [
        ("the school fair in June", [("topic", "school fair"), ("period", "June")]),
        ("the rota next week", [("topic", "rota"), ("period", "next week")]),
        (
            "the fair with a budget of 500 euros",
            [("topic", "fair"), ("keywords", "budget of 500 euros")],
        ),
        ("“” in June", [("period", "June")]),
        ("life with two dogs", [("topic", "life with two dogs")]),
        ("June", [("topic", "June")]),
    ],
)
def test_the_topic_of_a_plan_is_parted_from_what_follows_it(topic: str, parts: list[tuple[str, str]]) -> None:
    text = f"plan {topic}, please"
    found = with_plain_words(text, "work_plan", [Span("topic", 5, 5 + len(topic))])
    assert [(span.slot, text[span.start : span.end]) for span in found] == parts

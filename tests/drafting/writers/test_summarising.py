"""Summaries say nothing that is not in their source."""

import pytest

from desktop.drafting.writers.summarising import most_sentences, reminder, summary_fault
from tests.drafting.writers.freely import written_freely

SOURCE = (
    "The ferry to Sork stops for 11 days from 3 March, Nordlinie said on Tuesday. The repair costs 2.4 million euros. "
    "Mayor Ilse Brandt called the plan acceptable. Twelve fishermen fear losses. Tickets stay valid until June."
)
CHINESE = "青石镇3月8日宣布，老菜市场将关闭改造，工期5个月，投资860万元，十二名摊主表示担心。镇长周敏周五答复。"


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("The ferry to Sork stops for 11 days, and the repair costs 2.4 million euros.", ""),
        ("The ferry to Sork stops for 13 days from 3 March.", "figure"),
        ("Mayor Brandt called the plan acceptable, and 12 fishermen fear losses.", ""),
        ("The ferry to Sork, says Nordlinie of Denmark, stops from 3 March.", "name"),
        ("The ferry to Sork stops on Friday, Nordlinie said.", "name"),
        ("Here is a summary: the ferry stops.", "talk"),
        (
            "Passengers should consider other holiday destinations and cheaper flights.",
            "not in the source",
        ),
        ("这艘渡轮将停运十一天，维修费用很高。", "language"),
    ],
)
def test_what_is_not_in_the_source_is_a_fault(sentence: str, fault: str) -> None:
    assert summary_fault(sentence, [], SOURCE, "en") == fault


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("青石镇老菜市场将关闭改造，工期5个月，投资860万元。", ""),
        ("12名摊主表示担心。", ""),
        ("十五名摊主表示担心。", "figure"),
        ("老菜市场改造投资900万元。", "figure"),
        ("镇长周敏周四答复。", "name"),
        ("这一举措体现了城市发展进程中以人为本的理念和智慧。", "not in the source"),
    ],
)
def test_a_chinese_summary_is_held_against_its_source(sentence: str, fault: str) -> None:
    assert summary_fault(sentence, [], CHINESE, "zh") == fault


def test_a_sentence_that_says_one_before_again_is_a_fault() -> None:
    assert summary_fault("The repair costs 2.4 million euros.", ["The repair costs 2.4 million euros."], SOURCE, "en")


@pytest.mark.parametrize(
    ("request_", "most"),
    [("in one sentence", 1), ("用三句话", 3), ("in 4 short sentences", 4), ("", 3), ("in a sentence", 1)],
)
def test_a_summary_has_the_sentences_that_were_asked_for(request_: str, most: int) -> None:
    assert most_sentences(SOURCE, request_) == most


def test_the_figures_of_a_short_source_are_told_and_those_of_a_table_are_not() -> None:
    assert reminder(SOURCE, "en").endswith("\nKeep these figures as they are: 11, 3, 2.4.")
    assert "\n" not in reminder(" ".join(map(str, range(100, 130))), "en") + reminder("none", "zh")


def test_an_invented_sentence_is_written_again_and_counted() -> None:
    last, engine = written_freely(
        "summarize",
        {"source": SOURCE},
        "The ferry to Sork stops for 11 days. It cost 9 million euros. More.",
        " The repair costs 2.4 million euros.",
        request=f"Summarize for my boss: {SOURCE}",
    )
    assert last.draft.text.strip() == "The ferry to Sork stops for 11 days. The repair costs 2.4 million euros."
    assert last.refused == {"": 2, "figure": 1}
    assert engine.asked[0][-1].content.startswith("Summarize for my boss: The ferry")
    assert engine.asked[0][-1].content.endswith("Keep these figures as they are: 11, 3, 2.4.")
    assert [message.role for message in engine.asked[0]] == ["system", "user", "assistant", "user"]

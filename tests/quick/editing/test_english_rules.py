from pathlib import Path

import pytest

from desktop.quick.editing.english_rules import corrected_english

TEXTS = Path(__file__).parents[2] / "bench" / "texts"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("I recieved thier adress tommorow.", "I received their address tomorrow."),
        ("Recieve it.", "Receive it."),
        ("It dont matter and i cant stay.", "It don't matter and I can't stay."),
        ("You should of come.", "You should have come."),
        ("It is more bigger then mine.", "It is bigger than mine."),
        ("A hour, an user, a apple, an one-time offer.", "An hour, a user, an apple, a one-time offer."),
        ("We met on monday in the the hall.", "We met on Monday in the hall."),
        ("I look forward to hear from you.", "I look forward to hearing from you."),
        ("We discussed about the plan.", "We discussed the plan."),
        ("We must to leave.", "We must leave."),
        ("He gave me informations and advices.", "He gave me information and advice."),
    ],
)  # fmt: skip
def test_sure_mistakes_are_mended(wrong: str, right: str) -> None:
    assert corrected_english(wrong) == right


@pytest.mark.parametrize(
    "text",
    [
        "Mail jonh@recieve.org about recieve() in teh_file.txt; user name is adress.",
        "An SQL query, a URL, an MRI, a UN report, a one-off, an honest man, a unit, an unimportant thing.",
        "He could, of course, stay. It was better then, and more than he may expect.",
        "That that is said, had had an end; what it is is clear.",
        "We talked about it, i.e. the plan, and then left.",
        "The IM client was Im's idea in March and May.",
        "A more mature, more careful and most clever answer.",
    ],
)
def test_what_may_be_right_stays(text: str) -> None:
    assert corrected_english(text) == text


def test_texts_of_careful_writers_stay_as_they_are() -> None:
    texts = [path for path in TEXTS.glob("*.txt") if path.name not in ("chinese_and_mixed.txt", "drafts.txt")]
    assert len(texts) > 8
    for path in texts:
        text = path.read_text(encoding="utf-8")
        assert corrected_english(text) == text, path.name


def test_mending_twice_changes_nothing_more() -> None:
    once = corrected_english("A apple is more cheaper then a hour, should of known, dont you.")
    assert corrected_english(once) == once

import pytest

from desktop.quick.editing.rewording import reworded

PHRASES = (
    ("due to the fact that", "because"),
    ("can't", "cannot"),
    ("we would like to say that", ""),
    ("u", "you"),
    ("喂，", ""),
)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Due to the fact that it rains, we stay.", "Because it rains, we stay."),
        ("We stay due to the fact that it rains.", "We stay because it rains."),
        ("I can’t, but the cant stays.", "I cannot, but the cant stays."),
        ("We would like to say that we can't.", "We cannot."),
        ("u are blue.", "You are blue."),
        ("u are blue", "you are blue"),
        ("iPhone users stay.", "iPhone users stay."),
        ("喂，快来！", "快来！"),
        ("", ""),
    ],
)
def test_whole_phrases_are_replaced_and_nothing_else(text: str, result: str) -> None:
    assert reworded(text, PHRASES) == result


def test_what_begins_a_text_is_replaced_only_there() -> None:
    phrases = [("^Send", "Please send"), ("it", "that")]
    assert reworded("Send it.", phrases) == "Please send that."
    assert reworded("We Send it.", phrases) == "We Send that."

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.quick.editing.cleaning import clean

TEXT = "He go home at five."
RESULT = "He goes home at five."


@pytest.mark.parametrize(
    "answer",
    [
        RESULT,
        f'"{RESULT}"',
        f"“{RESULT}”",
        f"`{RESULT}`",
        f"**{RESULT}**",
        f"Sure, here is the corrected sentence:\n\n{RESULT}",
        f"Sure! Here's the corrected version of your text:\n{RESULT}",
        f"Certainly!\n\n{RESULT}",
        f"Here is the revised text: “{RESULT}”",
        f"Corrected: {RESULT}",
        f"**Corrected sentence:** {RESULT}",
        f"Corrected text (British English): {RESULT}",
        f"{RESULT}\n\nNote: I changed “go” to “goes”.",
        f"{RESULT}\n\nI hope this helps!",
        f"{RESULT}\nLet me know if you need anything else.",
        f"```text\n{RESULT}\n```",
        f"```\n{RESULT}\n```\nI changed the verb.",
        f"  {RESULT}\n",
        f"好的，以下是修改后的句子：\n{RESULT}",
        f"修改后的句子：{RESULT}",
    ],
)
def test_only_the_result_is_left(answer: str) -> None:
    assert clean(answer, TEXT) == RESULT


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("“Go,” he said.", "“Go,” he say."),
        ('"All of it."', '"All of it"'),
        ("Note: the office is closed.", "note: the office are closed."),
        ("Thanks, Tom. See you.", "thanks, Tom. See you."),
        ("Sure, I will come.", "sure, i will come."),
        ("Sure, I will come.", "i will come."),
        ("Answer: 42.", "answer: 42."),
        ("```\nx = 1\n```", "```\nx == 1\n```"),
        ("Yes.", "yes"),
        ("Write <think>, then the rest.", "write <think>, then the rest"),  # a thought is parted off by the engine
        ("当然，我会来。", "当然，我回来。"),
    ],
)
def test_what_the_text_has_itself_stays(answer: str, text: str) -> None:
    assert clean(answer, text) == answer


@given(st.text(alphabet="ab .,'\n", max_size=40))
def test_plain_text_is_only_stripped(text: str) -> None:
    assert clean(text, text) == text.strip()


def test_what_the_user_was_to_fill_in_goes() -> None:
    answer = "Subject: Your order\n\nDear Ms Li,\nit comes on Friday.\n\nBest regards,\n[Your Name]\n[Company]"
    assert clean(answer, "Where is my order?") == "Dear Ms Li,\nit comes on Friday.\n\nBest regards,"
    assert clean("See [1]", "See [1].") == "See [1]"
    assert clean("Subject: a\nHello", "Subject: a\nhello") == "Subject: a\nHello"


def test_a_reply_may_speak_of_what_i_did() -> None:
    reply = "Hi Anna,\n\nI have sent you the report.\n\nLet me know if you need more."
    assert clean(reply, "Can you send me the report?", own=True) == reply
    assert clean("It rains.\n\nI have corrected it.", "It rain.") == "It rains."

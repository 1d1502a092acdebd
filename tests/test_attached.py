"""Messages and the texts that go with them are one text, and are taken apart again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.attached import Attachment, block, joined, split

REPORT = Attachment("report.pdf", "The harbour was quiet.\n\n--- notes ---\nmore")


@given(
    st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: "---" not in text),
    st.lists(st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: "---" not in text), max_size=3),
)
def test_what_is_kept_of_a_message_gives_back_its_attachments(text: str, pasted: list[str]) -> None:
    attachments = [Attachment(f"file {n}.txt", one) for n, one in enumerate(pasted)]
    assert split(joined(text, attachments)) == (text, attachments)


@given(
    st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: "---" not in text),
    st.lists(st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: "---" not in text), max_size=3),
)
def test_a_message_of_an_earlier_version_had_its_words_first(text: str, pasted: list[str]) -> None:
    attachments = [Attachment(f"file {n}.txt", one) for n, one in enumerate(pasted)]
    typed, found = split("\n\n".join([text, *(block(one) for one in attachments)]))
    assert found == attachments
    assert typed.rstrip("\n") == text.rstrip("\n")


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("no texts\n\n", "no texts\n\n", []),
        ("--- report.pdf ---\nnever ended", "--- report.pdf ---\nnever ended", []),
        ("--- end of a ---\n\n--- a ---", "--- end of a ---\n\n--- a ---", []),
        ("--- a ---\n\n--- end of a ---", "", [Attachment("a", "")]),
        (f"{block(REPORT)}\n\n\n  And?\n", "\n  And?\n", [REPORT]),
        (f"First\n\n{block(REPORT)}\n\nlast", "First\n\nlast", [REPORT]),
        (f"{block(REPORT)}\n\n{block(REPORT)}", "", [REPORT, REPORT]),
    ],
)
def test_a_text_is_taken_apart(text: str, typed: str, found: list[Attachment]) -> None:
    assert split(text) == (typed, found)


@pytest.mark.parametrize("line", ["--- {n} ---\n", "\n", "--- a ---\n", "--- end of {n} ---\n"])
def test_a_text_full_of_such_lines_holds_nothing_up(line: str) -> None:
    text = "".join(line.format(n=n) for n in range(50_000)) + "."
    assert split(text) == (text, [])

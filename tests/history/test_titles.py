"""What a conversation is called before anybody names it."""

import pytest

from desktop.attached import Attachment, block, joined
from desktop.history.conversations import automatic_title

REPORT = Attachment("report.pdf", "Annual report\n\nThe harbour was quiet.")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\n\n# A plan for **next week**\nformal", "A plan for **next week**"),
        (joined("What is said of the harbour?", [REPORT]), "What is said of the harbour?"),
        (f"What is said?\n\n{block(REPORT)}", "What is said?"),  # as versions before this one wrote it
        (joined("", [REPORT]), "report.pdf"),
        (joined(" \n", [REPORT]), "report.pdf"),
        ("", ""),
    ],
)
def test_a_conversation_is_called_by_what_was_typed(text: str, title: str) -> None:
    assert automatic_title(text) == title

"""The ending of a name says what is written; one that says nothing known is refused, not written as something else."""

from pathlib import Path

import pytest

from desktop.errors import BadInput
from desktop.history.exchange.exporting import format_of


def test_an_ending_names_its_format_and_an_unknown_one_is_refused(tmp_path: Path) -> None:
    names = {"a.docx": "docx", "a.HTM": "html", "a.md": "markdown", "a": "markdown"}
    assert {name: format_of(Path(name)) for name in names} == names
    (tmp_path / "chats.2026").mkdir()
    assert format_of(tmp_path / "chats.2026") == "markdown"
    with pytest.raises(BadInput, match=r"a\.odt cannot be written: its name must end in \.md, "):
        format_of(Path("a.odt"))

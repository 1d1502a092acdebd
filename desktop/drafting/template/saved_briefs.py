"""Briefs that the user keeps for the next time ("same as last week"), as TOML; and briefs in files."""

import re
from pathlib import Path
from typing import Protocol

import tomli_w

from desktop.drafting.brief import Brief, from_table, to_table
from desktop.errors import BadInput
from desktop.files.plain import read_text
from desktop.files.toml import Mistake, parse

LONGEST_NAME = 80  # characters


class BriefTexts(Protocol):
    """Where the texts of kept briefs lie: in the history, encrypted as everything that the user writes."""

    def names(self) -> list[str]:
        """Give the names of all, the one saved last is first."""

    def text(self, name: str) -> str | None:
        """Give one; None where there is none of this name."""

    def save(self, name: str, text: str) -> None:
        """Keep one; another of the same name is replaced."""

    def remove(self, name: str) -> None:
        """Delete one."""


class SavedBriefs:
    """The briefs that the user keeps, by name."""

    def __init__(self, texts: BriefTexts) -> None:
        self._texts = texts

    def names(self) -> list[str]:
        """Give the names of all, the one saved last is first."""
        return self._texts.names()

    def of(self, template_id: str) -> list[tuple[str, Brief]]:
        """Give the names and briefs of one template; what cannot be read is left out."""
        found = []
        for name in self.names():
            try:
                brief = self.load(name)
            except BadInput:
                continue  # the command line tells what is wrong with it
            if brief.template == template_id:
                found.append((name, brief))
        return found

    def save(self, name: str, brief: Brief) -> str:
        """Keep a brief; one of the same name is replaced. Gives the name as it is kept."""
        plain = plain_name(name)
        self._texts.save(plain, tomli_w.dumps(to_table(brief), multiline_strings=True))
        return plain

    def load(self, name: str) -> Brief:
        """Read one. Raises BadInput."""
        text = self._texts.text(name)
        if text is None:
            raise BadInput(f"There is no brief “{name}”; there are: {', '.join(self.names()) or 'none'}.")
        return _parsed(text, f"The brief {name}")

    def remove(self, name: str) -> None:
        """Delete one."""
        self._texts.remove(name)


def plain_name(name: str) -> str:
    """Give a name as it is kept: one line of letters, digits and little else."""
    plain = re.sub(r"[^\w .()-]", " ", name)
    return " ".join(plain.split()).strip(". ")[:LONGEST_NAME].strip(". ") or "brief"


def read_brief(path: Path) -> Brief:
    """Read a brief's file.

    Raises:
        BadInput: it cannot be read, or is not as a brief must be.
    """
    try:
        text = read_text(path)
    except OSError as error:
        raise BadInput(f"The brief {path} cannot be read ({error.strerror or error}).") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"The brief {path} is not UTF-8 text; convert it first.") from error
    return _parsed(text, f"The brief {path.name}")


def _parsed(text: str, what: str) -> Brief:
    try:
        table = parse(text)
    except Mistake as error:
        line = error.line_in(text)
        told = f"{error.reason} (line {line})" if line else error.reason
        raise BadInput(f"{what} is no TOML: {told}.") from error
    return from_table(table, what)

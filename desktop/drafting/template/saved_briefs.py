"""Briefs that the user keeps for the next time ("same as last week"): one TOML file each, in a folder of the home."""

import re
import tomllib
from pathlib import Path

import tomli_w

from desktop.drafting.brief import Brief, from_table, to_table
from desktop.errors import BadInput


class SavedBriefs:
    """The briefs of one folder.

    Attributes:
        folder: made when the first brief is saved.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        """Give the names of all, the one saved last is first."""
        files = sorted(self.folder.glob("*.toml"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        return [path.stem for path in files]

    def save(self, name: str, brief: Brief) -> str:
        """Keep a brief; one of the same name is replaced. Gives the name as it is kept, fit for a file."""
        plain = re.sub(r"[^\w .()-]", " ", name)
        plain = " ".join(plain.split()).strip(". ")[:80] or "brief"
        self.folder.mkdir(parents=True, exist_ok=True)
        staged = self.folder / f"{plain}.part"
        staged.write_text(tomli_w.dumps(to_table(brief), multiline_strings=True), encoding="utf-8")
        staged.replace(self.folder / f"{plain}.toml")
        return plain

    def load(self, name: str) -> Brief:
        """Read one. Raises BadInput."""
        return read_brief(self.folder / f"{name}.toml")

    def remove(self, name: str) -> None:
        """Delete one."""
        (self.folder / f"{name}.toml").unlink(missing_ok=True)


def read_brief(path: Path) -> Brief:
    """Read a brief's file.

    Raises:
        BadInput: it cannot be read, or is not as a brief must be.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"The brief {path} cannot be read ({error.strerror or error}).") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"The brief {path} is not UTF-8 text; convert it first.") from error
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"The brief {path} is no TOML: {error}.") from error
    return from_table(table, f"The brief {path.name}")

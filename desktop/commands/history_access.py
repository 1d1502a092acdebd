"""The way into the history for commands: what opens it is asked for, or taken from the environment."""

import contextlib
import getpass
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop.commands.start import Start, begin
from desktop.errors import BadInput, PassphraseNeeded

if TYPE_CHECKING:
    from desktop.history import Store

Recovery = Annotated[bool, typer.Option("--recovery", help="Open it with the recovery key, which is asked for.")]

PASSPHRASE = "INKSTONE_PASSPHRASE"  # noqa: S105  # the name of a variable of the environment


@contextlib.contextmanager
def opened(
    context: typer.Context, home: Path | None, *, offline: bool, write: bool = False, recovery: bool = False
) -> Iterator["Store"]:
    """Open the history of the home, for writing where that is wanted."""
    with opened_at(begin(context, home, offline=offline), write=write, recovery=recovery) as store:
        yield store


@contextlib.contextmanager
def opened_at(start: Start, *, write: bool = False, recovery: bool = False) -> Iterator["Store"]:
    """Open the history of a command that has begun already."""
    from desktop import services
    from desktop.history import History
    from desktop.history.vault import is_new

    folder = start.paths.history
    if not write and not recovery and is_new(folder):
        found = History.temporary()  # nothing was written yet, and reading does not begin it
    else:
        found = services.open_history(start.paths, *secrets(folder, recovery=recovery), write=write)
    with found:
        if write and found.problem:
            raise found.problem
        with found.connect() as store:
            yield store


def secrets(folder: Path, *, recovery: bool) -> tuple[str | None, str | None]:
    """Give the passphrase and the recovery key, asking for what is needed."""
    if recovery:
        return None, ask("Recovery key: ")
    from desktop.history.vault import protection_kind

    if PASSPHRASE in os.environ:
        return os.environ[PASSPHRASE], None
    return (ask("Passphrase: ") if protection_kind(folder) == "passphrase" else None), None


def new_passphrase() -> str:
    """Ask for a new passphrase, twice where somebody types it. Raises BadInput where the two differ."""
    first = ask("New passphrase: ")
    if sys.stdin.isatty() and ask("Once more: ") != first:
        raise BadInput("The two are not the same; nothing was changed.")
    return first


def ask(question: str) -> str:
    """Ask for a secret, unseen in a terminal, else the next line of stdin. Raises PassphraseNeeded at its end."""
    if sys.stdin.isatty():
        return getpass.getpass(question)
    line = sys.stdin.readline()
    if not line:
        raise PassphraseNeeded
    return line.rstrip("\r\n")

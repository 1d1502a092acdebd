"""A file of the user's choices, TOML, that he may also edit and that several processes change.

    read:    file -> each key for itself -> what is sound, and what is wrong with the rest
    change:  lock -> file as it is now -> the changed keys over it -> one step

Nobody's mistake in a file keeps Inkstone from starting: a key that is unknown or a value that makes no sense is named
and left in the file, until that choice is changed. What is no TOML at all is kept beside the file that takes its place.
"""

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import tomli_w

from desktop.errors import SettingsError
from desktop.files.atomic import write_bytes, write_text
from desktop.files.plain import read_text, read_whole
from desktop.files.toml import Mistake, checked, parse

_Kind = TypeVar("_Kind")
_PATIENCE_S = 10.0  # for another process that writes


def read_choices(path: Path, kind: type[_Kind]) -> tuple[_Kind, tuple[SettingsError, ...]]:
    """Read a file of choices.

    Args:
        path: a missing file gives the defaults.
        kind: a dataclass whose fields all have defaults.

    Returns:
        The choices, the default where one is missing or wrong; and what is wrong.
    """
    try:
        text = read_text(path)
        table = parse(text)
    except FileNotFoundError:
        return kind(), ()
    except UnicodeDecodeError:
        return kind(), (SettingsError(path, "it is not UTF-8 text"),)
    except OSError as error:
        return kind(), (SettingsError(path, f"it cannot be read ({error.strerror or error})"),)
    except Mistake as error:
        return kind(), (SettingsError(path, error.reason, line=error.line_in(text)),)
    sound, wrong = {}, []
    for key, value in table.items():
        try:
            sound[key] = getattr(checked({key: value}, kind), key)
        except Mistake as error:
            wrong.append(SettingsError(path, error.reason, key, error.line_in(text)))
    return kind(**sound), tuple(wrong)


def change_choices(path: Path, changed: Mapping[str, Any]) -> None:
    """Write these keys over what the file holds now; all others stay, also those that nobody reads.

    Raises:
        OSError: the file cannot be written, or another process does not let go of it; it is as it was.
    """
    import filelock  # takes longer to load than the settings to read

    path.parent.mkdir(parents=True, exist_ok=True)
    with filelock.FileLock(path.with_name(f".{path.name}.lock"), timeout=_PATIENCE_S), contextlib.ExitStack() as undo:
        try:
            table = parse(read_text(path))
        except FileNotFoundError:
            table = {}
        except (Mistake, UnicodeDecodeError):
            table, kept = {}, _free_name(path)
            write_bytes(kept, read_whole(path))  # a copy: the file may be a link, and stays if there is no room
            undo.callback(kept.unlink, missing_ok=True)
        write_text(path, tomli_w.dumps({**table, **changed}))
        undo.pop_all()


def _free_name(path: Path) -> Path:
    """Give a name for a file that is not as it should be."""
    number, name = 1, path.with_name(f"{path.name}.damaged")
    while os.path.lexists(name):
        number += 1
        name = path.with_name(f"{path.name}.damaged-{number}")
    return name

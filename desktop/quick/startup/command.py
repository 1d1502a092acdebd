"""The command that starts this Inkstone, as the keyboard settings of a desktop or a start at login want it."""

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path


def own_command(home: Path | None = None, executable: str = sys.executable, *, frozen: bool = False) -> tuple[str, ...]:
    """Give the words of the command.

    Args:
        home: the home folder, where it is not the usual one.
        executable: the Python that runs, or the application's own program where it is `frozen`.
        frozen: whether it was packed into one program.
    """
    script = Path(executable).with_name("inkstone.exe" if executable.endswith(".exe") else "inkstone")
    if frozen:
        program: tuple[str, ...] = (executable,)
    elif script.is_file():
        program = (str(script),)
    else:
        program = (executable, "-m", "desktop")
    return program if home is None else (*program, "--home", str(home))


def as_line(command: Sequence[str]) -> str:
    """Write a command as a shell reads it."""
    return shlex.join(command)


def as_exec(command: Sequence[str]) -> str:
    """Write a command as the Exec key of a desktop entry.

    The format, with both its layers of quoting, is the Desktop Entry Specification 1.5: “The Exec key”.
    """
    return " ".join(_quoted(word) for word in command)


def _quoted(word: str) -> str:
    word = word.replace("%", "%%")
    if word and all(sign.isalnum() or sign in "-_./%:+,@" for sign in word):
        return word
    inside = "".join(f"\\{sign}" if sign in '"`$\\' else sign for sign in word)
    return f'"{inside}"'.replace("\\", "\\\\")  # a value of the file is unescaped once before it is split

import shlex
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from desktop.quick.startup.command import as_exec, as_line, own_command

WORDS = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1), min_size=1)


def read_exec(value: str) -> list[str]:
    """Split the Exec value of a desktop entry as its specification says."""
    unescaped = value.replace("\\\\", "\0").replace("\\s", " ").replace("\0", "\\")
    words, word, quoted, started, signs = [], "", False, False, iter(unescaped)
    for sign in signs:
        if quoted and sign == "\\":
            word += next(signs)
        elif sign == '"':
            quoted, started = not quoted, True
        elif sign == " " and not quoted:
            words.append(word)
            word, started = "", False
        else:
            word += sign
    if word or started:
        words.append(word)
    return [each.replace("%%", "%") for each in words]


@given(WORDS)
def test_a_desktop_entry_starts_the_very_words(words: list[str]) -> None:
    assert read_exec(as_exec(words)) == words


@given(WORDS)
def test_a_shell_reads_the_very_words(words: list[str]) -> None:
    assert shlex.split(as_line(words)) == words


def test_the_script_beside_python_is_the_command(tmp_path: Path) -> None:
    (tmp_path / "inkstone").touch()
    assert own_command(None, str(tmp_path / "python")) == (str(tmp_path / "inkstone"),)


def test_without_a_script_python_runs_the_package(tmp_path: Path) -> None:
    python = str(tmp_path / "python")
    assert own_command(tmp_path / "home", python) == (python, "-m", "desktop", "--home", str(tmp_path / "home"))


def test_a_packed_application_is_its_own_command() -> None:
    assert own_command(None, "/opt/inkstone/inkstone", frozen=True) == ("/opt/inkstone/inkstone",)

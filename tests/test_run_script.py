"""`make run` prepares a model where the terminal answers, and leaves the question to the window where one opens."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
INKSTONE = """\
#!/bin/sh
echo "$@" >>calls
if [ "$1" = models ]; then echo folder; else echo answer; fi
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the set-up is a shell script")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose environment is there, with an inkstone that notes how it is called."""
    shutil.copytree(ROOT / "packaging" / "setup", tmp_path / "packaging" / "setup")
    (tmp_path / "packaging" / "setup" / "environment.sh").write_text("", encoding="utf-8")
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name, text in (("inkstone", INKSTONE), ("python", "#!/bin/sh\n")):
        (programs / name).write_text(text, encoding="utf-8")
        (programs / name).chmod(0o755)
    return tmp_path


def make_run(checkout: Path, *arguments: str, piped: bool = False, **environment: str) -> tuple[list[str], str]:
    """Run it; gives the calls of inkstone and what it wrote on stdout."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "MODEL")
    inherited = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        ["sh", str(checkout / "packaging" / "setup" / "run.sh"), *arguments],
        env={**inherited, **environment},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        **({"input": "Hello"} if piped else {"stdin": subprocess.DEVNULL}),
    )
    return (checkout / "calls").read_text(encoding="utf-8").splitlines(), done.stdout


@pytest.mark.parametrize("screen", [{}, {"DISPLAY": ":7"}])
def test_a_piped_prompt_has_a_model_prepared_first(checkout: Path, screen: dict[str, str]) -> None:
    assert make_run(checkout, piped=True, **screen) == (["models prepare", "--times"], "answer\n")


def test_without_a_display_a_model_is_prepared_first(checkout: Path) -> None:
    assert make_run(checkout) == (["models prepare", "--times"], "answer\n")


def test_the_window_starts_at_once_and_asks(checkout: Path) -> None:
    assert make_run(checkout, DISPLAY=":7")[0] == ["--times"]


def test_a_named_model_is_prepared_and_answers_this_time(checkout: Path) -> None:
    calls, _ = make_run(checkout, MODEL="light", DISPLAY=":7")
    assert calls == ["models prepare light", "--times --model light"]


def test_a_command_is_passed_on(checkout: Path) -> None:
    assert make_run(checkout, "doctor", "--json", MODEL="light") == (["doctor --json"], "answer\n")

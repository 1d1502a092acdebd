"""The set-up makes .venv with the Python that was chosen, and says in a sentence what it cannot do."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
# Builds a package of nothing, so that pip needs no network.
BACKEND = """\
import zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "inkstone-1-py3-none-any.whl"
    with zipfile.ZipFile(f"{folder}/{name}", "w") as wheel:
        about = "inkstone-1.dist-info"
        wheel.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\\nName: inkstone\\nVersion: 1\\n")
        wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\\nGenerator: x\\n"
                       "Root-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(f"{about}/RECORD", "")
    return name
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the set-up is a shell script")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of nothing but the set-up."""
    folder = tmp_path / "a checkout"
    shutil.copytree(ROOT / "packaging" / "setup", folder / "packaging" / "setup")
    (folder / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (folder / "backend.py").write_text(BACKEND, encoding="utf-8")
    return folder


def set_up(checkout: Path, python: Path | str | None) -> tuple[int, list[str]]:
    """Run it; gives the exit status, and the lines that are its own and not pip's."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHON", "EXTRA")}
    environment |= {"PIP_NO_INDEX": "1", "EXTRA": "cpu"} | ({"PYTHON": str(python)} if python else {})
    script = str(checkout / "packaging" / "setup" / "environment.sh")
    done = subprocess.run(["sh", script], env=environment, capture_output=True, text=True, check=False)
    own = [line for line in done.stderr.splitlines() if "Python" in line or "Traceback" in line]
    return done.returncode, own


def python_that_says(folder: Path, name: str, question: str, answer: str) -> Path:
    """A Python that answers one question as another one would, and is this one otherwise."""
    script = folder / name
    script.write_text(
        f"#!/bin/sh\ncase $2 in *{question}*) echo {answer} ;; *) exec '{sys.executable}' \"$@\" ;; esac\n",
        encoding="utf-8",
    )
    script.chmod(0o755)
    return script


def test_a_python_that_is_not_there_is_one_sentence(checkout: Path) -> None:
    sentence = "PYTHON=python3.99 is no Python on this machine; Inkstone runs on Python 3.11, 3.12 or 3.13."
    assert set_up(checkout, "python3.99") == (1, [sentence])
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize("version", ["3.10.9", "3.14.0"])
def test_a_python_that_is_too_old_or_too_new_is_one_sentence(version: str, checkout: Path, tmp_path: Path) -> None:
    (checkout / ".venv").mkdir()
    (checkout / ".venv" / "kept").touch()
    python = python_that_says(tmp_path, "python", "fit", version)
    sentence = f"PYTHON={python} is Python {version}; Inkstone runs on Python 3.11, 3.12 or 3.13."
    assert set_up(checkout, python) == (1, [sentence])
    assert (checkout / ".venv" / "kept").exists()


def test_the_python_that_was_chosen_makes_the_environment(checkout: Path, tmp_path: Path) -> None:
    kept = checkout / ".venv" / "kept"
    assert set_up(checkout, sys.executable) == (0, [])
    kept.touch()
    assert set_up(checkout, None) == (0, [])  # what .venv has is kept
    assert set_up(checkout, checkout / ".venv" / "bin" / "python") == (0, [])
    assert kept.exists()

    other = python_that_says(tmp_path, "python", "base_prefix", "3.12.99 in /opt/other")
    here = f"{sys.version.split()[0]} in {sys.base_prefix}"
    sentence = f".venv was made by Python {here}; it is made anew with Python 3.12.99 in /opt/other."
    assert set_up(checkout, other) == (0, [sentence])
    assert not kept.exists()
    assert (checkout / ".venv" / "bin" / "python").exists()

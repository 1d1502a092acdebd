"""Bring the translations up to date with the code: `make translations`.

Reads every visible text of the window out of the code into `assets/translations/*.ts`, keeping what is translated, and
compiles the `.qm` files that the application loads. What is new stands there as unfinished, for Qt Linguist or an
editor; `tests/ui/widgets/test_translations.py` fails until it is translated. With a folder, writes there instead.

What lower layers say stands there by its code, with the English as a comment: every member of a `desktop.codes.Code`,
and by its name every class of `InkstoneError` with a sentence of its own, whose docstring is the comment.
`desktop.ui.widgets.error_messages` looks them up.
"""

import ast
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "assets" / "translations"
SOURCES = ("desktop/ui",)
CODES, ERRORS = "Code", "InkstoneError"  # the classes whose children are codes


def sources() -> list[str]:
    """Give the files that may hold visible texts."""
    found: list[Path] = []
    for name in SOURCES:
        path = ROOT / name
        found += sorted(path.rglob("*.py")) if path.is_dir() else [path] * path.is_file()
    return [str(path.relative_to(ROOT)) for path in found]


def codes() -> list[tuple[str, str, str]]:
    """Give what lower layers can say: context, name and English of each code, in order of context and name."""
    classes = list(_classes())
    errors = {ERRORS}
    while more := {one.name for one in classes if errors & _bases(one)} - errors:
        errors |= more
    found = [
        (one.name, line.targets[0].id, ast.literal_eval(line.value))
        for one in classes
        if CODES in _bases(one)
        for line in one.body
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name)
    ]
    own = [one for one in classes if one.name in errors - {ERRORS} and _has_a_sentence(one)]
    return sorted(found + [(ERRORS, one.name, ast.get_docstring(one) or "") for one in own])


def _classes() -> Iterator[ast.ClassDef]:
    for path in sorted((ROOT / "desktop").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))


def _has_a_sentence(error: ast.ClassDef) -> bool:
    """Whether a class says something itself; others are raised with a code, and only gather kinds of errors."""
    return any(isinstance(node, ast.FunctionDef) and node.name == "__init__" for node in error.body)


def _bases(one: ast.ClassDef) -> set[str]:
    return {ast.unparse(base).rpartition(".")[2] for base in one.bases}


def _write_codes(path: Path) -> None:
    """Write the codes as source that lupdate reads."""
    lines = ["from PySide6.QtCore import QCoreApplication"]
    for context, name, english in codes():
        lines += [f"#: {english.splitlines()[0]}", f'QCoreApplication.translate("{context}", "{name}")']
    path.write_text("\n".join(lines), encoding="utf-8")


def update(folder: Path) -> None:
    """Read the texts of the code into the catalogues of a folder and compile them."""
    with tempfile.TemporaryDirectory() as made:
        _write_codes(Path(made) / "codes.py")
        _update(folder, [*sources(), str(Path(made) / "codes.py")])


def _update(folder: Path, files: list[str]) -> None:
    programs = Path(sysconfig.get_path("scripts"))
    for catalogue in sorted(folder.glob("*.ts")):
        command = [
            str(programs / "pyside6-lupdate"),
            "-no-obsolete",
            "-locations",
            "none",
            *files,
            "-ts",
            str(catalogue),
        ]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        compiled = catalogue.with_suffix(".qm")
        command = [str(programs / "pyside6-lrelease"), str(catalogue), "-qm", str(compiled)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    if folder != FOLDER:
        for catalogue in FOLDER.glob("*.ts"):
            shutil.copy(catalogue, folder)
    update(folder)


if __name__ == "__main__":
    main()

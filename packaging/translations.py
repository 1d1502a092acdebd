"""Bring the translations up to date with the code: `make translations`.

Reads every visible text of the window out of the code into `assets/translations/*.ts`, keeping what is translated, and
compiles the `.qm` files that the application loads. What is new stands there as unfinished, for Qt Linguist or an
editor; `tests/ui/widgets/test_translations.py` fails until it is translated. With a folder, writes there instead.
"""

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "assets" / "translations"
SOURCES = ("desktop/ui",)


def sources() -> list[str]:
    """Give the files that may hold visible texts."""
    found: list[Path] = []
    for name in SOURCES:
        path = ROOT / name
        found += sorted(path.rglob("*.py")) if path.is_dir() else [path] * path.is_file()
    return [str(path.relative_to(ROOT)) for path in found]


def update(folder: Path) -> None:
    """Read the texts of the code into the catalogues of a folder and compile them."""
    programs = Path(sysconfig.get_path("scripts"))
    for catalogue in sorted(folder.glob("*.ts")):
        command = [
            str(programs / "pyside6-lupdate"),
            "-no-obsolete",
            "-locations",
            "none",
            *sources(),
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

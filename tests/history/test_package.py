"""The package's own files: none needs the package as a whole, which is made of them."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "desktop" / "history"


def test_no_file_imports_the_package_that_it_is_a_part_of() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module in ("desktop.history", "desktop.history.exchange")
    ]
    assert found == []

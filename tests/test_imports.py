"""Imports point down only: the design's table, held against every module's source, imports in functions included."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

INSTALLATION = Path(__file__).resolve().parent.parent

EVERYTHING = frozenset({"*"})
NOTHING_BUT_ERRORS = frozenset({"errors"})

# Part of the package -> what it may import besides itself. A name covers all below it: "engine" allows engine.session.
MAY_IMPORT: dict[str, frozenset[str]] = {
    "__main__": EVERYTHING,
    "cli": EVERYTHING,
    "commands": EVERYTHING,
    "app": EVERYTHING,
    # The window shows the events of an answer, and those belong to the engine's interface (not to an engine).
    "ui": frozenset({"attached", "chat", "history", "quick", "settings", "errors", "engine.interface"}),
    "chat": frozenset({"engine", "remote", "router", "templates", "history", "errors"}),
    "templates": frozenset({"engine.interface", "errors"}),
    "quick": frozenset({"engine.interface", "errors"}),
    # Its window is dressed as the main one; nothing else of quick may know the window.
    "quick.window": frozenset({"quick", "ui.theme", "ui.icons", "ui.labels", "engine.interface", "errors"}),
    "remote": frozenset({"engine.interface", "errors"}),
    "router": NOTHING_BUT_ERRORS,
    "engine": NOTHING_BUT_ERRORS,
    "models": frozenset({"engine.interface", "paths", "errors"}),
    "history": frozenset({"attached", "errors"}),
    "documents": NOTHING_BUT_ERRORS,
    "settings": NOTHING_BUT_ERRORS,
    "paths": NOTHING_BUT_ERRORS,
    "offline": NOTHING_BUT_ERRORS,
    # Looks at every part, but must run where no window can.
    "doctor": frozenset(
        {"engine", "models", "router", "history", "documents", "quick", "remote", "settings", "paths", "offline"}
        | {"display", "qt_libraries", "errors"}
    ),
    "attached": frozenset(),
    "crashes": frozenset(),
    "display": frozenset(),
    "progress_line": frozenset(),
    "qt_libraries": frozenset(),
    "errors": frozenset(),
}

# Library -> the parts that may import it.
ONLY_IN: dict[str, frozenset[str]] = {
    "PySide6": frozenset({"ui", "app", "quick"}),
    "shiboken6": frozenset({"ui", "app", "quick"}),
    "onnxruntime": frozenset({"engine", "router"}),
    "apsw": frozenset({"history"}),
    "sqlite3": frozenset({"history"}),
    "docx": frozenset({"documents"}),
    "typst": frozenset({"documents"}),
    "pypdfium2": frozenset({"documents"}),
}


def violations(package: Path) -> list[str]:
    """Read every module below `package` and name each import that the tables do not allow."""
    found = []
    for path in sorted(package.rglob("*.py")):
        module = _module_name(path, package)
        if module == package.name:
            continue  # the package itself holds nothing but its docstring; checked below
        part = max(
            (one for one in MAY_IMPORT if f"{module}.".startswith(f"{package.name}.{one}.")), key=len, default=""
        )
        part = part or module.split(".")[1]
        if part not in MAY_IMPORT:
            found.append(f"{module}: the table says nothing about “{part}”")
            continue
        for line, target in imports(path, package):
            if not _allowed(part, target, package.name):
                found.append(f"{module}:{line} imports {target}")
    return found


def imports(path: Path, package: Path) -> Iterator[tuple[int, str]]:
    """Give the line and full name of everything a module imports, at any depth of its code."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = _origin(node, path, package)
            # `from desktop import ui` and `from desktop.engine import session` name modules, not things inside one.
            yield from ((node.lineno, f"{origin}.{name.name}") for name in node.names)


def _origin(node: ast.ImportFrom, path: Path, package: Path) -> str:
    if not node.level:
        return node.module or ""
    folder = ".".join(path.relative_to(package.parent).parent.parts[: 1 - node.level or None])
    return f"{folder}.{node.module}" if node.module else folder


def _module_name(path: Path, package: Path) -> str:
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _allowed(part: str, target: str, package: str) -> bool:
    root, _, inside = target.partition(".")
    if root in ONLY_IN:
        return part.partition(".")[0] in ONLY_IN[root]
    if root != package:
        return True
    rights = MAY_IMPORT[part] | {part}
    return rights >= EVERYTHING or any(inside == name or inside.startswith(f"{name}.") for name in rights)


def test_imports_point_down_only() -> None:
    assert violations(INSTALLATION / "desktop") == []


def test_the_package_itself_imports_nothing() -> None:
    package = INSTALLATION / "desktop"
    assert list(imports(package / "__init__.py", package)) == []


WRONG = {
    "errors.py": ("import desktop.settings", "desktop.errors:1 imports desktop.settings"),
    "engine/session.py": (
        "from desktop.chat.assistant import Request",
        "desktop.engine.session:1 imports desktop.chat.",
    ),
    "chat/up.py": ("from desktop import ui", "desktop.chat.up:1 imports desktop.ui"),
    "router/relative.py": ("from ..ui import window", "desktop.router.relative:1 imports desktop.ui.window"),
    "models/above.py": ("from .. import cli", "desktop.models.above:1 imports desktop.cli"),
    "ui/engine.py": ("from desktop.engine import session", "desktop.ui.engine:1 imports desktop.engine.session"),
    "ui/similar.py": ("import desktop.engine.interface2", "desktop.ui.similar:1 imports desktop.engine.interface2"),
    "models/late.py": ("def load():\n    import desktop.ui", "desktop.models.late:2 imports desktop.ui"),
    "paths.py": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from desktop.app import App",
        "desktop.paths:3 imports desktop.app.App",
    ),
    "chat/qt.py": ("from PySide6.QtCore import QObject", "desktop.chat.qt:1 imports PySide6.QtCore.QObject"),
    "doctor.py": ("import onnxruntime as ort", "desktop.doctor:1 imports onnxruntime"),
    "ui/database.py": ("import sqlite3", "desktop.ui.database:1 imports sqlite3"),
    "helpers/odd.py": ("", "desktop.helpers.odd: the table says nothing about “helpers”"),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_import_that_points_up_is_found(name: str, tmp_path: Path) -> None:
    code, sentence = WRONG[name]
    module = tmp_path / "desktop" / name
    module.parent.mkdir(parents=True)
    module.write_text(code, encoding="utf-8")
    (found,) = violations(tmp_path / "desktop")
    assert found.startswith(sentence)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("app.py", "from desktop.ui import window\nimport desktop.engine.local\nfrom PySide6 import QtWidgets"),
        ("ui/window.py", "from desktop.engine.interface import TextAdded\nfrom desktop.chat.assistant import Request"),
        ("engine/session.py", "import numpy\nimport onnxruntime\nfrom desktop.engine import interface"),
        ("engine/near.py", "from .interface import Event\nfrom . import interface"),
        ("settings.py", "from desktop.errors import SettingsError"),
    ],
)
def test_an_import_that_points_down_is_left_alone(name: str, code: str, tmp_path: Path) -> None:
    module = tmp_path / "desktop" / name
    module.parent.mkdir(parents=True)
    module.write_text(code, encoding="utf-8")
    assert violations(tmp_path / "desktop") == []

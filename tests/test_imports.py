"""Imports point down only: the design's table, held against every module's source, imports in functions included."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

INSTALLATION = Path(__file__).resolve().parent.parent

EVERYTHING = frozenset({"*"})
# What every part may import; each of these knows only what its own line says.
FOUNDATIONS = frozenset({"errors", "codes", "reasons", "text", "files", "logs", "crashes"})
# The window shows the events of an answer, and those belong to the engine's interface (not to an engine).
DOMAIN = frozenset({"attached", "chat", "history", "quick", "settings", "engine.interface"})


def _place(*others: str) -> frozenset[str]:
    """What a place of the window may import: what it shows, the widgets, and the places named."""
    return DOMAIN | {"ui.widgets"} | {f"ui.{other}" for other in others}


# Part of the package -> what it may import besides itself. A name covers all below it: "engine" allows engine.session.
MAY_IMPORT: dict[str, frozenset[str]] = {
    "__main__": EVERYTHING,
    "cli": EVERYTHING,
    "commands": EVERYTHING,
    "ui.application": EVERYTHING,
    "ui.installed_models": frozenset({"services", "paths", "models", "chat", "ui.models", "ui.drafting", "ui.window"}),
    "ui.window": _place("settings", "sidebar", "conversation", "composer", "models", "history", "quick"),
    "ui.settings": _place("canvas", "quick", "models", "history"),
    "ui.drafting": _place("canvas", "quick", "history"),
    "ui.canvas": _place("quick", "markdown"),
    "ui.composer": _place("conversation", "models"),
    "ui.conversation": _place("history", "markdown"),
    "ui.sidebar": _place("history"),
    "ui.models": _place(),
    "ui.history": _place(),
    "ui.quick": _place(),
    "ui.markdown": frozenset({"ui.widgets"}),
    "ui.widgets": frozenset({"settings"}),
    "ui.single_instance": frozenset(),
    "ui.interrupt": frozenset(),
    "ui.closing": frozenset(),
    "ui.collecting": frozenset(),
    "services": frozenset(
        {"engine", "models", "router", "history", "documents", "chat", "quick", "settings", "paths", "model_ids"}
    ),
    "chat": frozenset({"engine", "router", "drafting", "history"}),
    "drafting": frozenset({"engine.interface"}),
    "quick": frozenset({"engine.interface"}),
    "router": frozenset({"model_ids"}),
    "engine": frozenset(),
    # A model is not ready before its chat template was tried; how it is held hangs on this processor's kernels.
    "models": frozenset({"engine.interface", "engine.chat_template", "engine.kernel_race", "model_ids", "paths"}),
    "history": frozenset({"attached"}),
    "documents": frozenset(),
    "settings": frozenset(),
    "paths": frozenset(),
    "offline": frozenset(),
    "model_ids": frozenset(),
    # Looks at every part, but must run where no window can.
    "doctor": frozenset(
        {"engine", "models", "router", "history", "documents", "quick", "settings", "paths", "offline"}
        | {"display", "qt_libraries"}
    ),
    "attached": frozenset(),
    "display": frozenset(),
    "progress_line": frozenset(),
    "qt_libraries": frozenset(),
    "crashes": frozenset({"logs", "errors"}),
    "files": frozenset({"errors"}),
    "logs": frozenset(),
    "text": frozenset(),
    "errors": frozenset({"codes", "reasons"}),
    "reasons": frozenset({"codes"}),
    "codes": frozenset(),
}

# Library -> the parts that may import it.
ONLY_IN: dict[str, frozenset[str]] = {
    "PySide6": frozenset({"ui"}),
    "shiboken6": frozenset({"ui"}),
    "onnxruntime": frozenset({"engine", "router"}),
    "apsw": frozenset({"history"}),
    "sqlite3": frozenset({"history"}),
    "docx": frozenset({"documents"}),
    "typst": frozenset({"documents"}),
    "httpx2": frozenset({"models"}),
    "huggingface_hub": frozenset({"models"}),
    "pypdfium2": frozenset({"documents"}),
    "lxml": frozenset({"documents"}),
    "selectolax": frozenset({"documents"}),
}


def violations(package: Path) -> list[str]:
    """Read every module below `package` and name each import that the tables do not allow."""
    found = []
    for path in sorted(package.rglob("*.py")):
        module = _module_name(path, package)
        if module == package.name:
            continue  # the package itself holds nothing but its docstring; checked below
        if _is_empty(path):
            continue  # a package without code: its parts have their own lines
        part = max(
            (one for one in MAY_IMPORT if f"{module}.".startswith(f"{package.name}.{one}.")), key=len, default=""
        )
        if not part:
            found.append(f"{module}: the table says nothing about “{_unknown(module)}”")
            continue
        for line, target in imports(path, package):
            if not _allowed(part, target, package.name):
                found.append(f"{module}:{line} imports {target}")
    return found


def _is_empty(path: Path) -> bool:
    """Whether a file holds nothing but its docstring."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return path.name == "__init__.py" and all(isinstance(node, ast.Expr) for node in body)


def _unknown(module: str) -> str:
    """What of a module's name the table would have to name: its room in the window, else its part of the package."""
    parts = module.split(".")[1:]
    return ".".join(parts[:2] if parts[0] == "ui" else parts[:1])


def circles(package: Path) -> list[list[str]]:
    """Find the modules below `package` that import each other, over however many others (Tarjan 1972)."""
    modules = {_module_name(path, package): path for path in package.rglob("*.py")}
    targets = {
        module: sorted({_nearest(target, modules) for _, target in imports(path, package)} - {module, ""})
        for module, path in modules.items()
    }
    index: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        index[module] = lowest[module] = len(index)
        open_.append(module)
        for target in targets[module]:
            if target not in index:
                visit(target)
            if target in open_:
                lowest[module] = min(lowest[module], lowest[target])
        if lowest[module] == index[module]:
            at = open_.index(module)
            if len(open_) - at > 1:
                found.append(sorted(open_[at:]))
            del open_[at:]

    for module in sorted(modules):
        if module not in index:
            visit(module)
    return found


def _nearest(target: str, modules: Mapping[str, Path]) -> str:
    """The module that an imported name lies in; "" for other packages."""
    while target and target not in modules:
        target = target.rpartition(".")[0]
    return target


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
    rights = MAY_IMPORT[part] | {part} | (frozenset() if part in FOUNDATIONS else FOUNDATIONS)
    return rights >= EVERYTHING or any(inside == name or inside.startswith(f"{name}.") for name in rights)


def test_imports_point_down_only() -> None:
    assert violations(INSTALLATION / "desktop") == []


def test_no_two_files_import_each_other() -> None:
    assert circles(INSTALLATION / "desktop") == []


def test_a_circle_is_found_also_under_type_checking(tmp_path: Path) -> None:
    package = tmp_path / "desktop"
    package.mkdir()
    later = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from desktop.a import A"
    for name, code in {
        "a": "import desktop.b",
        "b": "from desktop import c",
        "c": later,
        "d": "import desktop.a",
    }.items():
        (package / f"{name}.py").write_text(code, encoding="utf-8")
    (package / "__init__.py").write_text('"""Nothing."""', encoding="utf-8")
    assert circles(package) == [["desktop.a", "desktop.b", "desktop.c"]]


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
    "ui/window/engine.py": ("from desktop.engine import session", "desktop.ui.window.engine:1 imports desktop.engine."),
    "ui/window/similar.py": ("import desktop.engine.interface2", "desktop.ui.window.similar:1 imports desktop.engine."),
    "ui/widgets/above.py": ("import desktop.ui.canvas.page", "desktop.ui.widgets.above:1 imports desktop.ui.canvas."),
    "ui/sidebar/aside.py": ("from desktop.ui.window import tray", "desktop.ui.sidebar.aside:1 imports desktop.ui.win"),
    "ui/history/knows.py": ("import desktop.router.router", "desktop.ui.history.knows:1 imports desktop.router."),
    "ui/drawer/odd.py": ("import os", "desktop.ui.drawer.odd: the table says nothing about “ui.drawer”"),
    "ui/stray.py": ("import os", "desktop.ui.stray: the table says nothing about “ui.stray”"),
    "models/late.py": ("def load():\n    import desktop.ui", "desktop.models.late:2 imports desktop.ui"),
    "text/above.py": ("import desktop.errors", "desktop.text.above:1 imports desktop.errors"),
    "paths.py": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from desktop.services import App",
        "desktop.paths:3 imports desktop.services.App",
    ),
    "chat/qt.py": ("from PySide6.QtCore import QObject", "desktop.chat.qt:1 imports PySide6.QtCore.QObject"),
    "doctor.py": ("import onnxruntime as ort", "desktop.doctor:1 imports onnxruntime"),
    "ui/window/database.py": ("import sqlite3", "desktop.ui.window.database:1 imports sqlite3"),
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
        (
            "ui/application.py",
            "from desktop.ui import window\nimport desktop.engine.local\nfrom PySide6 import QtWidgets",
        ),
        ("ui/window/bar.py", "from desktop.engine.interface import TextAdded\nimport desktop.ui.widgets.icons"),
        ("engine/session.py", "import numpy\nimport onnxruntime\nfrom desktop.engine import interface"),
        ("engine/near.py", "from .interface import Event\nfrom . import interface"),
        ("settings.py", "from desktop.errors import SettingsError"),
        ("attached.py", "from desktop.text.han import holds_han"),
    ],
)
def test_an_import_that_points_down_is_left_alone(name: str, code: str, tmp_path: Path) -> None:
    module = tmp_path / "desktop" / name
    module.parent.mkdir(parents=True)
    module.write_text(code, encoding="utf-8")
    assert violations(tmp_path / "desktop") == []

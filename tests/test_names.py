"""One word, one meaning: no public class has the name of another one."""

import ast
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "desktop"

# The same thing, known to parts that may not know each other.
SAME_MEANING = {
    "Device": "settings say which device is wanted, the engine which one it got",
    "Role": "who a message is from: in the history and for the engine",
    "Unit": "what a length is counted in: as routed and as drafted",
}


def named_in(path: Path) -> list[str]:
    """The public classes of a module, and its public aliases of types."""
    names = []
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            names.append(node.name)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name, called = node.targets[0].id, getattr(getattr(node.value, "func", None), "id", "")
            if name[0].isupper() and not name.isupper() and called != "TypeVar":
                names.append(name)
    return [name for name in names if not name.startswith("_")]


def test_no_two_public_classes_have_the_same_name() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        for name in named_in(path):
            found[name].append(str(path.relative_to(PACKAGE)))
    assert {name: places for name, places in found.items() if len(places) > 1 and name not in SAME_MEANING} == {}


def test_what_is_excused_is_there_twice() -> None:
    names = [name for path in PACKAGE.rglob("*.py") for name in named_in(path)]
    assert {name for name in SAME_MEANING if names.count(name) < 2} == set()

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def loaded_by(statement: str) -> set[str]:
    """The modules that a fresh interpreter holds after a statement."""
    code = f"{statement}; import sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        check=True,
        capture_output=True,
        text=True,
    )
    return set(done.stdout.split())


def test_the_window_opens_before_anything_heavy_is_imported() -> None:
    loaded = loaded_by("import desktop.ui.application, desktop.ui.window.main_window, desktop.ui.models.chat_worker")
    assert loaded & {"numpy", "onnxruntime", "onnx", "tokenizers", "gguf", "jinja2"} == set()
    parts_of_qt = {name for name in loaded if name.startswith("PySide6.Qt")}
    assert parts_of_qt == {"PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets", "PySide6.QtSvg"}


def test_the_terminal_commands_do_without_qt() -> None:
    assert not any(name.startswith("PySide6") for name in loaded_by("import desktop.services"))

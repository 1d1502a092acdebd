"""Asks under which name, and as which kind of file, something is to be written."""

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

_LONGEST = 80  # characters of a name that Inkstone proposes
READ = (".md", ".docx", ".pdf", ".html", ".txt")  # a message
WHOLE = (".md", ".docx", ".pdf", ".html", ".json")  # a conversation


def ask_where(parent: QWidget, title: str, name: str, kinds: Sequence[str]) -> Path | None:
    """Ask for a file; a name without an ending gets that of the kind chosen. None: the user thought better of it.

    Args:
        parent: what the dialog belongs to.
        title: of the dialog.
        name: to begin with, without an ending; any text.
        kinds: the endings; the first is the usual one.
    """
    offered = ";;".join(_described(kind) for kind in kinds)
    begin = str(usual_folder() / (file_name(name) + kinds[0]))
    chosen, kind = QFileDialog.getSaveFileName(parent, title, begin, offered)
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.lower() in kinds else path.with_name(path.name + (_ending(kind) or kinds[0]))


def usual_folder() -> Path:
    """Give the folder to begin in: that of documents, or the home where there is none."""
    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return documents if documents.is_dir() else Path.home()


def file_name(text: str) -> str:
    """Give the name that a text can have as a file, on any system: short, and without the signs that paths are of."""
    plain = re.sub(r"[\x00-\x1f\x7f]+", " ", re.sub(r'[\\/:*?"<>|]+', "-", text))
    return " ".join(plain.split())[:_LONGEST].strip(" .-") or "inkstone"


def _described(kind: str) -> str:
    translate = QCoreApplication.translate
    names = {
        ".docx": translate("Files", "Word document"),
        ".html": translate("Files", "Web page"),
        ".txt": translate("Files", "Plain text"),
        ".pdf": "PDF",
        ".md": "Markdown",
        ".json": "JSON",
    }
    return f"{names[kind]} (*{kind})"


def _ending(described: str) -> str:
    return described[described.rfind("*") + 1 : -1] if "*" in described else ""

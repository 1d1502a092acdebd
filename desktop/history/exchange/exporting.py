"""Writes conversations into files, each in one step."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from desktop.errors import BadInput
from desktop.files.atomic import replacing
from desktop.history.exchange.html_page import as_html
from desktop.history.exchange.markdown_text import as_markdown, as_parts
from desktop.history.exchange.own_json import write_json
from desktop.history.records import Conversation
from desktop.history.store import Store, known_os_error
from desktop.reasons import ExportReason

ExportFormat = Literal["markdown", "html", "json", "docx", "pdf"]
WriteParts = Callable[[Sequence[str], Path, str], None]  # parts in Markdown, the file, its title; raises InkstoneError
_ENDINGS: dict[ExportFormat, str] = {
    "markdown": ".md",
    "html": ".html",
    "json": ".json",
    "docx": ".docx",
    "pdf": ".pdf",
}
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*\x7f]+')


def format_of(path: Path) -> ExportFormat:
    """Give the format that a file's name asks for, Markdown for a folder and for a name without an ending.

    Raises:
        BadInput: it has an ending that no format has.
    """
    endings: dict[str, ExportFormat] = {ending: kind for kind, ending in _ENDINGS.items()}
    found = {**endings, ".htm": "html", ".markdown": "markdown", ".txt": "markdown", "": "markdown"}
    if (kind := "markdown" if path.is_dir() else found.get(path.suffix.lower())) is None:
        raise BadInput(ExportReason.UNKNOWN_ENDING(name=path.name, endings=", ".join(endings)))
    return kind


def export_one(
    store: Store, number: int, out: Path, kind: ExportFormat, *, replace: bool = False, write: WriteParts | None = None
) -> Path:
    """Write one conversation, as it is read now (JSON: with all branches), to `out`.

    Args:
        store: of the history.
        number: of the conversation.
        out: the file.
        kind: docx and pdf need `write`.
        replace: whether a file may be there already.
        write: writes documents of other programs, whole or not at all.

    Raises:
        BadInput: `out` is there already, and it is not to be replaced.
        HistoryError: there is no such conversation, or it cannot be written.
    """
    conversation = store.conversations.get(number)
    _may_write(out, replace=replace)
    try:
        if kind == "json":
            with replacing(out) as partial, partial.open("w", encoding="utf-8", newline="\n") as file:
                write_json(store, [conversation], [], file)
        elif kind in ("docx", "pdf"):
            if write is None:
                raise BadInput(ExportReason.NOT_HERE(kind=kind))
            write(as_parts(conversation, store.messages.branch(number)), out, conversation.title)
        else:
            text_of = as_html if kind == "html" else as_markdown
            with replacing(out) as partial:
                text = text_of(conversation, store.messages.branch(number))
                partial.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise known_os_error(error, out) from error
    return out


def export_all(
    store: Store,
    numbers: Sequence[int] | None,
    out: Path,
    kind: ExportFormat,
    *,
    replace: bool = False,
    write: WriteParts | None = None,
) -> list[Path]:
    """Write conversations, all that are not in the bin by default; gives the files.

    JSON goes into one file, with the drafts where all is exported; all else into a folder, a file each.
    """
    chats = [store.conversations.get(number) for number in numbers] if numbers else _all(store)
    if kind != "json":
        if out.exists() and not out.is_dir():
            raise BadInput(ExportReason.A_FILE(path=out))
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise known_os_error(error, out) from error
        return [
            export_one(store, chat.id, out / _name(chat, kind), kind, replace=replace, write=write) for chat in chats
        ]
    _may_write(out, replace=replace)
    try:
        with replacing(out) as partial, partial.open("w", encoding="utf-8", newline="\n") as file:
            write_json(store, chats, store.drafts.page(limit=-1) if not numbers else [], file)
    except OSError as error:
        raise known_os_error(error, out) from error
    return [out]


def _all(store: Store) -> list[Conversation]:
    return [chat for archived in (False, True) for chat in store.conversations.page(archived=archived, limit=-1)]


def _may_write(out: Path, *, replace: bool) -> None:
    if out.is_dir():
        raise BadInput(ExportReason.A_FOLDER(path=out))
    if out.exists() and not replace:
        raise BadInput(ExportReason.THERE_ALREADY(path=out))


def _name(chat: Conversation, kind: ExportFormat) -> str:
    """Give a name that every file system takes, unique by the conversation's number."""
    title = _NOT_IN_NAMES.sub(" ", chat.title).strip(" .")
    while len(title.encode()) > 120:
        title = title[:-1]
    return f"{chat.id:05} {title}".strip() + _ENDINGS[kind]

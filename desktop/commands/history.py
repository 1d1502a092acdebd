"""`inkstone history`: list, search, read, change, bring in and out, protect and back up what was written."""

import contextlib
import dataclasses
import datetime as dt
import getpass
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from desktop.commands.start import Home, Json, Offline, begin, progress
from desktop.errors import BadInput, HistoryDamaged, NotFound, PassphraseNeeded

if TYPE_CHECKING:
    from desktop.history import Conversation, Hit, Store, StoredMessage

history = typer.Typer(help="What you wrote and what was answered.", no_args_is_help=True, rich_markup_mode=None)

Number = Annotated[int, typer.Argument(help="Number of the conversation, as `list` shows it.", metavar="ID")]
Recovery = Annotated[bool, typer.Option("--recovery", help="Open it with the recovery key, which is asked for.")]
Off = Annotated[bool, typer.Option("--off", help="Undo it.")]
Format = Literal["markdown", "html", "json", "docx", "pdf"]
Kind = Literal["keyring", "passphrase", "none"]

PASSPHRASE = "INKSTONE_PASSPHRASE"  # noqa: S105  # the name of a variable of the environment


@history.command("list")
def list_(
    context: typer.Context,
    folder: Annotated[str | None, typer.Option(help="Only this folder.")] = None,
    tag: Annotated[str | None, typer.Option(help="Only with this tag.")] = None,
    archived: Annotated[bool, typer.Option("--archived", help="The archive.")] = False,
    in_bin: Annotated[bool, typer.Option("--bin", help="The bin.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50,
    as_json: Json = False,
    recovery: Recovery = False,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """List conversations: pinned first, then the last changed.

    --json prints one object per conversation: id, title, folder, tags, pinned, archived, created, updated, deleted_at
    (milliseconds since 1970).
    """
    with _opened(context, home, offline=offline, recovery=recovery) as store:
        if in_bin:
            found = store.conversations.bin()[:limit]
        else:
            found = store.conversations.page(folder=folder, tag=tag, archived=archived, limit=limit)
        for chat in found:
            print(_conversation_json(chat) if as_json else _conversation_line(chat))


@history.command()
def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="Words; a text is found if it holds all of them.")],
    folder: Annotated[str | None, typer.Option(help="Only this folder.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="Only with this tag; may be repeated.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    as_json: Json = False,
    recovery: Recovery = False,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Find words in conversations, titles, drafts and unsent text; Chinese of any length.

    --json prints one object per hit: place, owner, conversation, title, snippet, created, highlights ([start, end] in
    the snippet).
    """
    from desktop.history import SearchFilter

    with _opened(context, home, offline=offline, recovery=recovery) as store:
        for hit in store.search(query, SearchFilter(folder=folder, tags=tuple(tag or ())), limit=limit):
            print(json.dumps(dataclasses.asdict(hit), ensure_ascii=False) if as_json else _hit_line(hit))


@history.command()
def show(
    context: typer.Context,
    number: Number,
    every: Annotated[bool, typer.Option("--all", help="Every branch, not only the one that is read.")] = False,
    as_json: Json = False,
    recovery: Recovery = False,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Print a conversation.

    --json prints one object per message: id, parent, role, text, status, usage, created, siblings.
    """
    with _opened(context, home, offline=offline, recovery=recovery) as store:
        store.conversations.get(number)
        for message in store.messages.tree(number) if every else store.messages.branch(number):
            print(json.dumps(dataclasses.asdict(message), ensure_ascii=False) if as_json else _message_text(message))


@history.command()
def drafts(
    context: typer.Context,
    number: Annotated[int | None, typer.Argument(help="Print this draft instead.", metavar="[ID]")] = None,
    version: Annotated[int | None, typer.Option(help="Print this version of it.")] = None,
    as_json: Json = False,
    recovery: Recovery = False,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """List the drafts, or print one, as it is or as it was in a version.

    --json prints one object per draft: id, title, template, text, created, updated, versions (number, label, created);
    with an ID only that one.
    """
    with _opened(context, home, offline=offline, recovery=recovery) as store:
        for draft in [store.drafts.get(number)] if number is not None else store.drafts.page(limit=-1):
            versions = store.drafts.versions(draft.id)
            if as_json:
                table = {key: getattr(draft, key) for key in ("id", "title", "template", "text", "created", "updated")}
                kept = [{key: getattr(v, key) for key in ("number", "label", "created")} for v in versions]
                print(json.dumps(table | {"versions": kept}, ensure_ascii=False))
            elif number is None:
                many = "1 version" if len(versions) == 1 else f"{len(versions)} versions"
                print(f"{draft.id:>6} {_time(draft.updated)}  {draft.title or '(no title)'} ({many})")
            elif version is None:
                print(draft.text)
            else:
                texts = {kept.number: kept.text for kept in versions}
                if version not in texts:
                    raise NotFound("version", version)
                print(texts[version])


@history.command()
def export(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(help="The file; with several conversations, but for JSON, a folder.")],
    numbers: Annotated[list[int] | None, typer.Argument(help="Which; all by default.", metavar="[ID]...")] = None,
    kind: Annotated[Format | None, typer.Option("--format", help="By default what the file's name says.")] = None,
    paper: Annotated[str, typer.Option(help="a4 or letter; by default what is usual here.", show_default=False)] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
    recovery: Recovery = False,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Write conversations as .md, .html, .docx, .pdf or .json; JSON holds every branch, and all versions of drafts."""
    from desktop.documents.export import write_parts
    from desktop.documents.paper import paper_of
    from desktop.history.exchange.exporting import export_all, export_one, format_of

    paper_of(paper)
    kind = kind or format_of(out)

    def write(parts: Sequence[str], to: Path, title: str) -> None:
        write_parts(parts, to, title=title, paper=paper)

    with _opened(context, home, offline=offline, recovery=recovery) as store:
        if numbers and len(numbers) == 1 and kind != "json":
            written = [export_one(store, numbers[0], out, kind, replace=force, write=write)]
        else:
            written = export_all(store, numbers, out, kind, replace=force, write=write)
        print(f"{len(written)} {'file' if len(written) == 1 else 'files'} written, {out}")


@history.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="ChatGPT's export (conversations.json or the ZIP), our JSON, Markdown.")],
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Bring conversations in; what is there already is left alone, so importing a file twice is harmless."""
    from desktop.history.exchange import read_file, save

    with _opened(context, home, offline=offline, write=True) as store:
        found = read_file(file)
        with progress() as report:
            done = save(store, found, lambda share: report(f"Importing {file.name}", share))
        print(f"{done.conversations} conversations and {done.drafts} drafts added; {done.known} were there already.")


@history.command()
def rename(
    context: typer.Context,
    number: Number,
    title: Annotated[str, typer.Argument(help="The new title; an empty one makes it automatic again.")],
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Give a conversation a title."""
    with _opened(context, home, offline=offline, write=True) as store:
        store.conversations.rename(number, title)


@history.command()
def pin(context: typer.Context, number: Number, off: Off = False, home: Home = None, offline: Offline = False) -> None:
    """Keep a conversation at the top of the list."""
    with _opened(context, home, offline=offline, write=True) as store:
        store.conversations.pin(number, pinned=not off)


@history.command()
def archive(
    context: typer.Context, number: Number, off: Off = False, home: Home = None, offline: Offline = False
) -> None:
    """Take a conversation out of the list without deleting it."""
    with _opened(context, home, offline=offline, write=True) as store:
        store.conversations.archive(number, archived=not off)


@history.command()
def move(
    context: typer.Context,
    number: Number,
    folder: Annotated[str, typer.Argument(help="The folder; an empty name takes it out.")],
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Put a conversation into a folder."""
    with _opened(context, home, offline=offline, write=True) as store:
        store.conversations.move(number, folder)


@history.command()
def tag(
    context: typer.Context,
    number: Number,
    tags: Annotated[list[str] | None, typer.Argument(help="All its tags from now on.")] = None,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Give a conversation exactly these tags."""
    with _opened(context, home, offline=offline, write=True) as store:
        store.conversations.set_tags(number, tags or ())


@history.command()
def delete(context: typer.Context, number: Number, home: Home = None, offline: Offline = False) -> None:
    """Move a conversation to the bin, where it stays for 30 days."""
    with _opened(context, home, offline=offline, write=True) as store:
        store.conversations.delete(number)


@history.command()
def undelete(context: typer.Context, number: Number, home: Home = None, offline: Offline = False) -> None:
    """Take a conversation out of the bin."""
    with _opened(context, home, offline=offline, write=True) as store:
        store.conversations.restore(number)


@history.command("bin")
def bin_(
    context: typer.Context,
    empty: Annotated[bool, typer.Option("--empty", help="Delete what is in it for good.")] = False,
    as_json: Json = False,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """List what lies in the bin, or empty it.

    --json prints one object per conversation, as `list` does.
    """
    with _opened(context, home, offline=offline, write=empty) as store:
        if empty:
            print(f"{store.empty_bin()} conversations, messages and drafts were deleted for good.")
            return
        for chat in store.conversations.bin():
            print(_conversation_json(chat) if as_json else _conversation_line(chat))


@history.command()
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to write, such as all.inkstone.")],
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
    recovery: Recovery = False,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Write the whole history into one file, protected as the history is; works while Inkstone runs."""
    start = begin(context, home, offline=offline)
    if file.exists() and not force:
        raise BadInput(f"{file} is there already; name another file, or use --force to replace it.")
    from desktop import app
    from desktop.history.vault import back_up

    opened = app.open_history(start.paths, *_secrets(start.paths.history, recovery=recovery), write=False)
    try:
        back_up(opened, file)
    finally:
        opened.close()
    print(file)


@history.command()
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A backup, or a copy out of the history's folder of backups.")],
    recovery: Annotated[bool, typer.Option("--recovery", help="Open the backup with its recovery key.")] = False,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Put a backup in the place of the history; what was there is kept as a dated copy."""
    start = begin(context, home, offline=offline)
    from desktop.history import vault

    folder = start.paths.history
    passphrase = _secrets(folder, recovery=False)[0]
    damaged = False
    try:
        key = vault.find_key(folder, passphrase=passphrase)
    except HistoryDamaged:
        key, damaged = vault.find_key(folder, passphrase=passphrase, try_it=False), True
    written = _ask("Recovery key of the backup: ") if recovery else None
    try:
        copy = vault.restore(
            folder, file, key=key, recovery=written, passphrase=os.environ.get(PASSPHRASE), damaged=damaged
        )
    except PassphraseNeeded:
        copy = vault.restore(folder, file, key=key, passphrase=_ask("Passphrase of the backup: "), damaged=damaged)
    print(f"Restored; what was there before is in {copy}" if copy else "Restored.")


@history.command()
def protect(
    context: typer.Context,
    kind: Annotated[Kind | None, typer.Argument(help="Where the key lies from now on.")] = None,
    new_key: Annotated[bool, typer.Option("--new-key", help="Encrypt anew; old recovery keys end.")] = False,
    show_recovery_key: Annotated[bool, typer.Option("--recovery-key", help="Print the recovery key.")] = False,
    recovery: Recovery = False,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Tell how the history is protected, or change it: keyring, passphrase (also another one), or none.

    The passphrase is asked for; programs give the one of now in INKSTONE_PASSPHRASE and a new one on stdin.
    """
    start = begin(context, home, offline=offline)
    from desktop.history import keys, vault

    folder = start.paths.history
    now = vault.protection_kind(folder) if not recovery else None
    key = None
    if now is not None or recovery:
        passphrase, written = _secrets(folder, recovery=recovery)
        key = vault.find_key(folder, passphrase=passphrase, recovery=written)
    if kind is not None:
        passphrase = _new_passphrase() if kind == "passphrase" else ""
        key = vault.protect(folder, kind, key=key, passphrase=passphrase, new_key=new_key)
    print(_PROTECTED[vault.protection_kind(folder) if kind is None else kind])
    if show_recovery_key:
        print(keys.recovery_key(key) if key is not None else "There is no recovery key: nothing is encrypted.")


_PROTECTED: dict[str | None, str] = {
    "keyring": "The history is encrypted; its key is in the keyring of this system.",
    "passphrase": "The history is encrypted; a passphrase opens it.",
    "none": "The history is not encrypted.",
    None: "There is no history yet; the first start puts its key into the keyring of this system.",
}


@contextlib.contextmanager
def _opened(
    context: typer.Context, home: Path | None, *, offline: bool, write: bool = False, recovery: bool = False
) -> Iterator["Store"]:
    """Open the history of the home, for writing where that is wanted."""
    start = begin(context, home, offline=offline)
    from desktop import app
    from desktop.history import History
    from desktop.history.vault import protection_kind

    folder = start.paths.history
    if not write and not recovery and protection_kind(folder) is None and not (folder / "history.db").exists():
        opened = History.temporary()  # nothing was written yet, and reading does not begin it
    else:
        opened = app.open_history(start.paths, *_secrets(folder, recovery=recovery), write=write)
    try:
        if write and opened.problem:
            raise opened.problem
        store = opened.connect()
        try:
            yield store
        finally:
            store.close()
    finally:
        opened.close()


def _secrets(folder: Path, *, recovery: bool) -> tuple[str | None, str | None]:
    """Give the passphrase and the recovery key, asking for what is needed."""
    if recovery:
        return None, _ask("Recovery key: ")
    from desktop.history.vault import protection_kind

    if PASSPHRASE in os.environ:
        return os.environ[PASSPHRASE], None
    return (_ask("Passphrase: ") if protection_kind(folder) == "passphrase" else None), None


def _new_passphrase() -> str:
    first = _ask("New passphrase: ")
    if sys.stdin.isatty() and _ask("Once more: ") != first:
        raise BadInput("The two are not the same; nothing was changed.")
    return first


def _ask(question: str) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(question)
    line = sys.stdin.readline()
    if not line:
        raise PassphraseNeeded
    return line.rstrip("\r\n")


def _conversation_json(chat: "Conversation") -> str:
    keys = ("id", "title", "folder", "tags", "pinned", "archived", "created", "updated", "deleted_at")
    return json.dumps({key: getattr(chat, key) for key in keys}, ensure_ascii=False)


def _conversation_line(chat: "Conversation") -> str:
    marks = ("*" if chat.pinned else " ") + (f" [{chat.folder}]" if chat.folder else "")
    tags = "".join(f" #{tag}" for tag in chat.tags)
    return f"{chat.id:>6} {_time(chat.updated)} {marks} {chat.title or '(no title)'}{tags}"


def _hit_line(hit: "Hit") -> str:
    snippet, shown = hit.snippet, sys.stdout.isatty()
    for start, end in reversed(hit.highlights) if shown else ():
        snippet = f"{snippet[:start]}\x1b[1m{snippet[start:end]}\x1b[0m{snippet[end:]}"
    where = f"{hit.conversation:>6}" if hit.conversation is not None else f"{hit.place:>6}"
    return f"{where} {_time(hit.created)} {hit.title or '(no title)'}: {snippet}"


def _message_text(message: "StoredMessage") -> str:
    others = f" {message.position + 1}/{len(message.siblings)}" if len(message.siblings) > 1 else ""
    state = "" if message.status == "done" else f" ({message.status})"
    return f"── {message.role}{others}{state} · {_time(message.created)}\n{message.text}\n"


def _time(milliseconds: int) -> str:
    return dt.datetime.fromtimestamp(milliseconds / 1000).astimezone().strftime("%Y-%m-%d %H:%M")

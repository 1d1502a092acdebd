"""`inkstone history`: list, search, read, change, bring in and out, protect and back up what was written."""

import dataclasses
import datetime as dt
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from desktop.commands.history_access import Recovery, opened
from desktop.commands.history_safety import backup, protect, restore
from desktop.commands.start import Home, Json, Offline, progress
from desktop.errors import NotFound

if TYPE_CHECKING:
    from desktop.history import Conversation, Hit, StoredMessage

history = typer.Typer(help="What you wrote and what was answered.", no_args_is_help=True, rich_markup_mode=None)

Number = Annotated[int, typer.Argument(help="Number of the conversation, as `list` shows it.", metavar="ID")]
Off = Annotated[bool, typer.Option("--off", help="Undo it.")]
FormatOption = Literal["markdown", "html", "json", "docx", "pdf"]


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
    with opened(context, home, offline=offline, recovery=recovery) as store:
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

    with opened(context, home, offline=offline, recovery=recovery) as store:
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
    with opened(context, home, offline=offline, recovery=recovery) as store:
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
    with opened(context, home, offline=offline, recovery=recovery) as store:
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
    kind: Annotated[FormatOption | None, typer.Option("--format", help="By default what the file's name says.")] = None,
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

    with opened(context, home, offline=offline, recovery=recovery) as store:
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

    with opened(context, home, offline=offline, write=True) as store:
        found = read_file(file)
        with progress() as report:
            done = save(store, found, lambda share: report(f"Importing {file.name}", share))
        print(f"{done.conversations} conversations and {done.drafts} drafts added; {done.known} were there already.")
        if done.unread:
            total = len(done.unread) + len(found.conversations)
            names = ", ".join(f"“{title}”" for title in done.unread[:5] if title)
            print(f"{len(done.unread)} of {total} conversations could not be read{f': {names}' if names else ''}.")


@history.command()
def rename(
    context: typer.Context,
    number: Number,
    title: Annotated[str, typer.Argument(help="The new title; an empty one makes it automatic again.")],
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Give a conversation a title."""
    with opened(context, home, offline=offline, write=True) as store:
        store.conversations.rename(number, title)


@history.command()
def pin(context: typer.Context, number: Number, off: Off = False, home: Home = None, offline: Offline = False) -> None:
    """Keep a conversation at the top of the list."""
    with opened(context, home, offline=offline, write=True) as store:
        store.conversations.pin(number, pinned=not off)


@history.command()
def archive(
    context: typer.Context, number: Number, off: Off = False, home: Home = None, offline: Offline = False
) -> None:
    """Take a conversation out of the list without deleting it."""
    with opened(context, home, offline=offline, write=True) as store:
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
    with opened(context, home, offline=offline, write=True) as store:
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
    with opened(context, home, offline=offline, write=True) as store:
        store.conversations.set_tags(number, tags or ())


@history.command()
def delete(context: typer.Context, number: Number, home: Home = None, offline: Offline = False) -> None:
    """Move a conversation to the bin, where it stays for 30 days."""
    with opened(context, home, offline=offline, write=True) as store:
        store.conversations.delete(number)


@history.command()
def undelete(context: typer.Context, number: Number, home: Home = None, offline: Offline = False) -> None:
    """Take a conversation out of the bin."""
    with opened(context, home, offline=offline, write=True) as store:
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
    with opened(context, home, offline=offline, write=empty) as store:
        if empty:
            print(f"{store.empty_bin()} conversations, messages and drafts were deleted for good.")
            return
        for chat in store.conversations.bin():
            print(_conversation_json(chat) if as_json else _conversation_line(chat))


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


for command in (backup, restore, protect):
    history.command()(command)

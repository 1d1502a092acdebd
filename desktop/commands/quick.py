"""`inkstone quick`: the quick prompt in the running application, or an action on a text without a window."""

import contextlib
import json
import os
import sys
import threading
from pathlib import Path
from typing import Annotated

import typer

from desktop.commands.start import Home, Json, ModelId, Offline, Start, Threads, begin, piped_text
from desktop.errors import BadInput, EmptyPrompt, InkstoneError, UnknownAction


def quick(
    context: typer.Context,
    action: Annotated[str, typer.Argument(help="What to do, e.g. proofread; see --list.")] = "",
    text: Annotated[str | None, typer.Option(help="Do it to this text and print the result; -: read stdin.")] = None,
    request: Annotated[str, typer.Option(help="What you want, in your own words, for the action ask.")] = "",
    show_list: Annotated[bool, typer.Option("--list", help="List the actions.")] = False,
    import_file: Annotated[Path | None, typer.Option("--import", help="Add the actions of a file.")] = None,
    export_file: Annotated[Path | None, typer.Option("--export", help="Write your own actions to a file.")] = None,
    as_json: Json = False,
    model: ModelId = None,
    threads: Threads = None,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Open the quick prompt with what is selected, or, with --text, do something with a text.

    Bind “inkstone quick” or “inkstone quick proofread” to a key in the settings of your desktop.

    --text --json prints one object: action, text (the result), replaced (it may stand in for the text, and differs),
    usable (all checks hold), checks {name: true, or what is wrong}, mended [{removed, added, kind, sure}] (proofread:
    what was wrong; not sure: only offered, not in text), seconds.
    """
    start = begin(context, home, offline=offline, model=model, threads=threads)
    _tell_wrong_choices(start)
    if import_file or export_file:
        _carry(start, import_file, export_file)
    elif show_list:
        _list(start, as_json=as_json)
    elif text is None:
        _open(start, action)
    else:
        _act(start, action, piped_text(wait=True) or "" if text == "-" else text, request, as_json=as_json)


def _tell_wrong_choices(start: Start) -> None:
    from desktop import services
    from desktop.files.settings_file import read_choices
    from desktop.quick.shortcuts.choices import ShortcutChoices

    for error in read_choices(services.quick_choices(start.paths), ShortcutChoices)[1]:
        print(error, file=sys.stderr)


def _open(start: Start, action: str) -> None:
    """Ask the running application; where none runs, become it."""
    from desktop.display import has_display
    from desktop.qt_libraries import apt_command, missing_packages

    if not has_display():
        raise BadInput("There is no display here; give a text with --text, or --text - to read it from stdin.")
    if missing := missing_packages():
        raise InkstoneError(f"The window needs system libraries that are missing; run: {apt_command(missing)}")
    from desktop import services
    from desktop.ui.single_instance import hand_over, socket_name

    message = {"command": "quick", "action": action, "activation": os.environ.get("XDG_ACTIVATION_TOKEN", "")}
    with contextlib.suppress(OSError):  # no private folder: no instance either
        answer = hand_over(socket_name(start.paths.home), message)
        if answer is not None:
            if not answer.get("ok"):
                raise BadInput(str(answer.get("error")))
            return
    if action and action not in (actions := services.open_actions(start.paths).sound):
        raise UnknownAction(action, tuple(actions))
    from desktop.commands.window import show

    show(start, quick=action)


def _act(start: Start, name: str, text: str, request: str, *, as_json: bool) -> None:
    from desktop import services
    from desktop.quick.editing.run import EditingTools, Outcome, run_action

    actions = services.open_actions(start.paths).sound
    if name not in actions:
        raise UnknownAction(name, tuple(actions))
    if not text.strip():
        raise EmptyPrompt
    engine = services.open_engine(start.paths, start.settings)
    stop = threading.Event()
    for event in run_action(engine, actions[name], text, stop, request=request, tools=EditingTools(actions=actions)):
        if not isinstance(event, Outcome):
            continue
        if as_json:
            replaced = actions[name].result == "replace" and event.usable and event.result != text
            checks = {check.name: check.ok or str(check.found) for check in event.checks}
            facts = {"action": name, "text": event.result, "replaced": replaced, "usable": event.usable}
            mended = [
                {"removed": one.removed, "added": one.added, "kind": one.kind.name.lower(), "sure": one.sure}
                for one in event.mended
            ]
            more = {"checks": checks, **({"mended": mended} if mended else {}), "seconds": round(event.seconds, 3)}
            print(json.dumps({**facts, **more}, ensure_ascii=False))
            return
        print(event.result, end="" if event.result.endswith("\n") else "\n")
        for one in event.mended:
            if not one.sure:
                print(f"(Perhaps: “{one.removed}” → “{one.added}”, {one.kind.value})", file=sys.stderr)
        for check in event.checks:
            if not check.ok:
                print(f"(Look at it before you use it: {check.name} {check.found})", file=sys.stderr)


def _list(start: Start, *, as_json: bool) -> None:
    from desktop import services

    found = services.open_actions(start.paths)
    for action in found.sound.values():
        name = next(iter(action.name.values()))
        row = {"id": action.id, "name": name, "key": action.key, "result": action.result}
        print(json.dumps(row, ensure_ascii=False) if as_json else f"{action.id:12} {name}")
    for error in found.broken:
        print(error, file=sys.stderr)


def _carry(start: Start, import_file: Path | None, export_file: Path | None) -> None:
    from desktop import services
    from desktop.quick.actions.loading import import_actions, save_actions

    if import_file:
        for action in import_actions(import_file, services.own_actions(start.paths)):
            print(action.id)
    if export_file:
        own = services.open_actions(start.paths, shipped=False).sound
        if not own:
            raise InkstoneError(f"There are no actions of your own in {services.own_actions(start.paths)} to export.")
        save_actions(own.values(), export_file)

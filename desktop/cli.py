"""The command line: puts the commands together, opens the window without one, tells failures.

Known failures become one sentence on stderr and exit code 2.
"""

import errno
import io
import logging
import multiprocessing
import os
import sys
from typing import Annotated, NoReturn

import typer

from desktop.commands.bench import bench
from desktop.commands.chat import Times, chat, run_chat
from desktop.commands.doctor import doctor
from desktop.commands.draft import draft
from desktop.commands.history import history
from desktop.commands.models import models
from desktop.commands.quick import quick
from desktop.commands.route import route
from desktop.commands.start import Home, ModelId, Offline, begin, piped_text
from desktop.commands.window import show
from desktop.errors import InkstoneError
from desktop.logs import end_log

_LOG = logging.getLogger(__name__)
cli = typer.Typer(
    help="Inkstone, a local, offline chat and writing assistant. Without a command it opens the window.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for command in (chat, draft, route, quick, bench, doctor):
    cli.command()(command)
cli.add_typer(models, name="models")
cli.add_typer(history, name="history")


# What the system says where the output of a command is a full disk, or closed.
_NOT_WRITTEN = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})


def main() -> None:
    """Run the command line; the process ends with its exit code."""
    multiprocessing.freeze_support()  # in a bundle the process that parses documents is started as this program
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a letter gets a question mark, not a crash
            stream.reconfigure(encoding="utf-8", errors="replace")
    command = typer.main.get_command(cli)
    end_log()  # until a command has found where it is
    try:
        code = command.main(standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()  # else a full disk would be told while the process ends
    except InkstoneError as error:
        _LOG.error("ends with %s", error)
        _fail(str(error), 2)
    except BrokenPipeError:  # whoever read the output has gone
        _write_nowhere()
        sys.exit(1)
    except OSError as error:
        if error.filename is not None or error.errno not in _NOT_WRITTEN:
            raise
        _write_nowhere()
        _fail(f"The output cannot be written ({error.strerror}).", 1)
    except typer.TyperException as error:  # arguments that are none
        message = error.format_message() if isinstance(error, typer.BadParameter) else str(error)
        _fail(" ".join(message.split()), 2)
    finally:
        end_log()
    sys.exit(code or 0)


def _write_nowhere() -> None:
    """Let go of what still waits to be written: Python would try once more as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@cli.callback(invoke_without_command=True)
def window(
    context: typer.Context,
    hidden: Annotated[bool, typer.Option("--hidden", help="Start unseen, ready for quick prompts.")] = False,
    model: ModelId = None,
    times: Times = False,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Open the window; with a piped prompt or without a display, answer in the terminal."""
    context.obj = {"home": home, "offline": offline, "model": model}
    if context.invoked_subcommand is not None:
        return
    start = begin(context, home, offline=offline)
    from desktop.display import has_display
    from desktop.qt_libraries import apt_command, missing_packages

    shown = has_display()
    piped = piped_text(wait=not shown)
    if piped is not None:
        run_chat(start, piped, as_json=False, times=times)
    elif not shown:
        print("There is no display here, so the chat opens in the terminal; end it with Ctrl+D.", file=sys.stderr)
        run_chat(start, None, as_json=False)
    elif missing := missing_packages():
        raise InkstoneError(f"The window needs system libraries that are missing; run: {apt_command(missing)}")
    else:
        show(start, hidden=hidden)


def _fail(sentence: str, code: int) -> NoReturn:
    print(sentence, file=sys.stderr)
    sys.exit(code)

"""What every command begins with: common options, folders, settings, the network, a piped prompt, progress."""

import contextlib
import dataclasses
import logging
import os
import platform
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from desktop.errors import BadInput, SettingsError
from desktop.logs import start_log
from desktop.paths import AppPaths, app_paths, make_private
from desktop.settings import Settings, read_settings

_LOG = logging.getLogger(__name__)
Home = Annotated[Path | None, typer.Option(help="Keep every file of Inkstone below this folder.", metavar="DIR")]
Offline = Annotated[bool, typer.Option("--offline", help="Refuse every connection to another machine.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")]
ModelId = Annotated[
    str | None,
    typer.Option("--model", help="Use this model instead of the chosen one; tiny, light or standard.", metavar="ID"),
]
Threads = Annotated[int | None, typer.Option(min=1, max=512, help="CPU threads; default: one per core.")]


@dataclasses.dataclass(frozen=True, slots=True)
class Start:
    """What every command begins with.

    Attributes:
        paths, settings, offline: settled by the command line, the environment and the user's file.
        wrong: what is wrong in that file; said on stderr already.
    """

    paths: AppPaths
    settings: Settings
    offline: bool
    wrong: tuple[SettingsError, ...] = ()


def begin(
    context: typer.Context, home: Path | None, *, offline: bool, model: str | None = None, threads: int | None = None
) -> Start:
    """Settle folders, settings and the network; what the command line says goes before the settings."""
    home, offline = apply(context, home, offline=offline)
    model = model or (context.obj or {}).get("model")
    paths = app_paths(home)
    make_private(paths.home)
    settings, wrong = read_settings(paths.settings_file)
    start_log(paths.logs, paths.home, settings.log_level)
    system = platform.system(), platform.release(), platform.machine()
    _LOG.info("Python %s on %s %s %s begins “%s”", platform.python_version(), *system, context.info_name)
    for error in wrong:
        _LOG.warning("%s, line %d: not a setting", error.path, error.line)
        print(error, file=sys.stderr)
    settings = dataclasses.replace(settings, model=model or settings.model, threads=threads or settings.threads)
    return Start(paths, settings, offline, wrong)


def apply(context: typer.Context, home: Path | None, *, offline: bool) -> tuple[Path | None, bool]:
    """Join the options before and behind the command's name, and shut the network off where that is asked for."""
    before = context.obj or {}
    offline = offline or before.get("offline", False)
    if offline:
        from desktop.offline import refuse_network

        refuse_network()
    return home or before.get("home"), offline


def piped_text(*, wait: bool) -> str | None:
    """Read a prompt that was piped in; None where stdin is a terminal, a device, or (without `wait`) silent."""
    if sys.stdin is None or sys.stdin.isatty():
        return None
    mode = os.fstat(sys.stdin.fileno()).st_mode
    if not (stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)):
        return None
    if not wait and not _readable(sys.stdin.fileno()):
        return None
    try:
        text = sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput("The prompt on stdin is not UTF-8 text; convert it first.") from error
    return text if text or wait else None


def _readable(file: int) -> bool:
    """Tell whether something was written already: a launcher's open pipe must not hold up the window."""
    import select

    return sys.platform != "win32" and bool(select.select([file], [], [], 0)[0])


@contextlib.contextmanager
def progress() -> Iterator[Callable[[object, float], None]]:
    """Show progress on stderr; Ctrl+C ends the work."""
    from desktop.progress_line import ProgressLine

    line = ProgressLine(sys.stderr)
    try:
        yield line
    finally:
        line.close()

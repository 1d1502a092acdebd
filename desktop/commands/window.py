"""Opens the window; the process ends with it."""

from typing import NoReturn

import typer

from desktop.commands.start import Start


def show(start: Start, quick: str | None = None, *, hidden: bool = False) -> NoReturn:
    """Open the window, unseen where it is `hidden` or with `quick` as a quick prompt of that action ("" for none)."""
    from desktop import app

    paths, settings, offline = start.paths, start.settings, start.offline
    code = app.run_window(
        paths,
        settings,
        lambda chosen: app.open_engine(paths, chosen),
        lambda report, stop: app.prepare_model(paths, settings.model, report, stop, offline=offline),
        quick=quick,
        hidden=hidden,
        offline=offline,
    )
    raise typer.Exit(code)

"""Opens the window; the process ends with it."""

import dataclasses
from typing import NoReturn

import typer

from desktop.commands.start import Start


def show(start: Start, quick: str | None = None, *, hidden: bool = False) -> NoReturn:
    """Open the window, unseen where it is `hidden` or with `quick` as a quick prompt of that action ("" for none)."""
    from desktop import services
    from desktop.ui import application

    paths, offline = start.paths, start.offline
    settings = dataclasses.replace(start.settings, model=services.chosen_model(paths, start.settings.model))
    code = application.run_window(
        paths,
        settings,
        lambda chosen: services.open_engine(paths, chosen),
        application.Beginning(quick, hidden, offline),
        wrong=start.wrong,
    )
    raise typer.Exit(code)

"""`inkstone doctor`: what Inkstone found on this machine."""

import typer

from desktop.commands.start import Home, Json, Offline, apply
from desktop.paths import app_paths
from desktop.settings import load_settings


def doctor(context: typer.Context, as_json: Json = False, home: Home = None, offline: Offline = False) -> None:
    """Tell what Inkstone found on this machine: device and why, model, folders, fonts, keyring; exit 1 if broken.

    --json prints one object: ok, findings {name: {ok, value, advice}}.
    """
    paths = app_paths(apply(context, home, offline=offline)[0])
    from desktop import doctor as examination

    findings = examination.diagnose(paths, load_settings(paths.settings_file))  # what is wrong there is a finding
    print(examination.as_json(findings) if as_json else examination.as_text(findings))
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)

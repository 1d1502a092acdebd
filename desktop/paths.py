"""Where files lie: everything the application writes is under one home folder."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_installed"  # where a wheel puts what lies beside the package in a checkout
_INSTALLATION = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent


@dataclass(frozen=True, slots=True)
class AppPaths:
    """Every folder the application touches.

    Attributes:
        home: settings, logs and the user's own files; nothing is written elsewhere when the user names it.
        model_folders: where models are looked for, first hit wins; each holds one folder per model.
        prepared_models: where `models prepare` writes.
        assets: icons, themes, translations; read only.
    """

    home: Path
    model_folders: tuple[Path, ...]
    prepared_models: Path
    assets: Path

    @property
    def settings_file(self) -> Path:
        """The user's settings, TOML."""
        return self.home / "settings.toml"

    @property
    def history(self) -> Path:
        """Conversations and drafts, their backups and the file that says how they are protected."""
        return self.home / "history"

    @property
    def templates(self) -> Path:
        """The user's own templates."""
        return self.home / "templates"

    @property
    def briefs(self) -> Path:
        """Where earlier versions kept the user's briefs; the history takes them in."""
        return self.home / "briefs"

    @property
    def logs(self) -> Path:
        """Crash reports and the log."""
        return self.home / "logs"


def usual_home() -> Path:
    """Give the home of whoever names none: the platform's folder for application data."""
    return platformdirs.user_data_path("inkstone", appauthor=False)


def app_paths(home: Path | None = None, installation: Path = _INSTALLATION) -> AppPaths:
    """Lay out the folders below `home`.

    Without a home, the `INKSTONE_HOME` variable names it, else the platform's folder for application data. Then
    models are prepared inside a checkout of the source where that can be written, so that every home shares them; with
    a named home, or in an installed copy, they go below the home.
    """
    named = home or (Path(os.environ["INKSTONE_HOME"]) if os.environ.get("INKSTONE_HOME") else None)
    chosen = (named or usual_home()).expanduser().absolute()
    own, shipped = chosen / "models", installation / "exported_models"
    shared = named is None and installation != _INSTALLED and os.access(shipped, os.W_OK)
    return AppPaths(
        home=chosen,
        model_folders=(own, shipped),
        prepared_models=shipped if shared else own,
        assets=installation / "assets",
    )

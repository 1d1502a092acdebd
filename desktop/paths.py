"""Where files lie: everything the application writes is under one home folder."""

import contextlib
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

_MODELS = "models"
_OURS = frozenset(
    {"settings.toml", "quick.toml", "history", "briefs", "templates", "actions", "router", "logs", _MODELS}
)  # what lies in a home
_STAGED = (".partial", ".part", ".lock")  # endings of files that are being written
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


def make_private(home: Path) -> None:
    """Make the home, and close it to the other users of the machine: folders 0700, files 0600.

    A folder that also holds what is not Inkstone's stays as it is, such as one that others share; what is Inkstone's in
    it is closed. Models hold nothing of the user's and are left alone. Windows closes a user's folders itself.
    """
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):  # a home that cannot be written is told by whoever writes in it
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        entries = list(home.iterdir())
        for entry in entries:
            if _is_ours(entry) and entry.name != _MODELS:
                _close(entry)
        if all(map(_is_ours, entries)):
            _close_one(home)


def _is_ours(entry: Path) -> bool:
    return entry.name in _OURS or entry.suffix in _STAGED


def _close(entry: Path) -> None:
    """Close a file, or a folder and all below it; links are not followed."""
    _close_one(entry)
    for folder, folders, files in os.walk(entry):
        for name in (*folders, *files):
            _close_one(Path(folder, name))


def _close_one(path: Path) -> None:
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        found = path.lstat()
        mine = found.st_uid == os.getuid() and (stat.S_ISDIR(found.st_mode) or stat.S_ISREG(found.st_mode))
        if mine and found.st_mode & 0o077:
            path.chmod(stat.S_IMODE(found.st_mode) & 0o700)


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
    own, shipped = chosen / _MODELS, installation / "exported_models"
    shared = named is None and installation != _INSTALLED and os.access(shipped, os.W_OK)
    return AppPaths(
        home=chosen,
        model_folders=(own, shipped),
        prepared_models=shipped if shared else own,
        assets=installation / "assets",
    )

"""Where files lie: everything the application writes is under one home folder."""

import contextlib
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

_MODELS = "models"
_FILES = ("settings.toml", "quick.toml")
_TEXTS = ("*.toml", "*.part", "*.partial")
_FOLDERS = {  # of a home: what Inkstone makes in each
    "history": ("history.db*", "history-*.db*", "history.key*", "writer.lock", "*.partial*", "backups"),
    "logs": ("inkstone.log*", "crash-*.txt"),
    "router": ("corrections.jsonl", ".corrections.jsonl.*"),
    "templates": _TEXTS,
    "scenes": _TEXTS,
    "actions": _TEXTS,
    "briefs": _TEXTS,
}
_NAMED = ("history.db", "history-", "history.key", "inkstone.log", "corrections.jsonl")  # nobody else's files begin so
_MARKS = ("history/history.db", "history/history.key", "logs/inkstone.log")  # one of them tells a home
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
    def scenes(self) -> Path:
        """The user's own scenes."""
        return self.home / "scenes"

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

    In a folder that also holds what is not Inkstone's, such as one that others share, only files are closed that are
    Inkstone's beyond doubt, and only where it has been a home before. Links are not followed. Models hold nothing of
    the user's and are left alone. Windows closes a user's folders itself.
    """
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):  # a home that cannot be written is told by whoever writes in it
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        entries = list(home.iterdir())
        whole = all(map(_is_ours, entries))
        if not whole and not any((home / mark).is_file() for mark in _MARKS):
            return
        for name in _FOLDERS:
            _close(home / name, whole=whole)
        if whole:
            for path in (home, *(entry for entry in entries if not entry.is_dir())):
                _close_one(path)


def _is_ours(entry: Path) -> bool:
    """Tell whether something in a home is what Inkstone makes there, with all that is in it."""
    if entry.is_symlink() or entry.name == _MODELS:
        return True
    if entry.is_dir():
        return entry.name in _FOLDERS and _holds_ours(entry)
    return entry.name in _FILES or entry.name.lstrip(".").startswith(tuple(f"{name}." for name in _FILES))


def _holds_ours(folder: Path) -> bool:
    """Tell whether all in a folder of a home, or in that of the backups, has a name that Inkstone gives."""
    made = _FOLDERS.get(folder.name, _FOLDERS["history"])
    return all(
        entry.is_symlink() or (any(map(entry.match, made)) and (not entry.is_dir() or _holds_ours(entry)))
        for entry in folder.iterdir()
    )


def _close(folder: Path, *, whole: bool) -> None:
    """Close a folder and all below it; where it is not wholly Inkstone's, the files that nobody else calls so."""
    if folder.is_symlink() or not folder.is_dir():
        return
    for entry in folder.iterdir():
        if entry.is_dir():
            _close(entry, whole=whole)
        elif whole or entry.name.startswith(_NAMED):
            _close_one(entry)
    if whole:
        _close_one(folder)


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

"""Binds the user's shortcuts, and again whenever their file changes."""

import logging
import os
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal, Slot

from desktop.files.settings_file import read_choices
from desktop.quick.shortcuts.choices import ShortcutChoices, parsed
from desktop.quick.shortcuts.interface import BackEnd, BoundShortcut
from desktop.quick.shortcuts.select import open_back_end

_LOG = logging.getLogger(__name__)


class Hotkeys(QObject):
    """The shortcuts of this session.

    Attributes:
        back_end: what stands behind them.
        results: what became of each, by the id of its action, "" for the window without one.
        paused: none is taken for now.

    Signals:
        pressed(str): the action that was called, "" for the window without one.
        bound(): `results` or `back_end` are new.
    """

    pressed = Signal(str)
    bound = Signal()
    _called = Signal(str, str)
    _reported = Signal(object)

    def __init__(self, file: Path, environment: Mapping[str, str] = os.environ) -> None:
        super().__init__()
        self.results: dict[str, BoundShortcut] = {}
        self.paused = False
        self.back_end: BackEnd
        self._wrong: Mapping[str, BoundShortcut] = {}
        self._file, self._bound = file, False
        # The back end calls from a thread of its own: signals bring that to this one.
        self._called.connect(self._call)
        self._reported.connect(self._note)
        self.back_end, self._shortcuts = open_back_end(environment, self._called.emit, self._reported.emit)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self.bind)
        self._watcher.directoryChanged.connect(self.bind)
        self.bind()

    @property
    def refused(self) -> tuple[str, ...]:
        """Names of shortcuts that do not hold, because they are none, are there twice, or cannot be had."""
        return tuple(name for name, result in self.results.items() if not result.holds and result.trouble != "asked")

    @Slot()
    def bind(self) -> None:
        """Read the file and take its shortcuts; one that cannot be read any more changes nothing."""
        watched = [str(place) for place in (self._file.parent, self._file) if place.exists()]
        if watched:
            self._watcher.addPaths(watched)
        if self._shortcuts is None or self.paused:
            return
        choices, wrong = read_choices(self._file, ShortcutChoices)
        if self._bound and any(not error.key for error in wrong):
            return
        self._bound = True
        sound, self._wrong = parsed(choices)
        self._shortcuts.bind(sound)

    @Slot(bool)
    def pause(self, paused: bool) -> None:
        """Let go of all shortcuts, or take them again."""
        self.paused = paused
        if not paused:
            self.bind()
        elif self._shortcuts is not None:
            self._wrong = {}
            self._shortcuts.bind({})

    def close(self) -> None:
        """Let go of all shortcuts for good."""
        if self._shortcuts is not None:
            self._shortcuts.close()
            self._shortcuts = None

    @Slot(str, str)
    def _call(self, name: str, activation: str) -> None:
        if activation:  # the leave to come to the front; Qt takes it from there
            os.environ["XDG_ACTIVATION_TOKEN"] = activation
        self.pressed.emit(name)

    @Slot(object)
    def _note(self, results: Mapping[str, BoundShortcut]) -> None:
        self.results = {**self._wrong, **results}
        refused = sorted({result.trouble for result in self.results.values() if not result.holds})
        _LOG.info(
            "shortcuts: %s, %d, refused: %s",
            self.back_end,
            len(self.results),
            "+".join(refused).replace(" ", "-") or "none",
        )
        if self.back_end in ("portal", "wayland"):
            without = any(result.trouble == "no portal" for result in results.values())
            self.back_end = "wayland" if without else "portal"
        self.bound.emit()

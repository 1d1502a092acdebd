"""Binds the user's shortcuts, and again whenever their file changes."""

import os
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal, Slot

from desktop.errors import SettingsError
from desktop.quick.shortcuts import load_choices, open_shortcuts, parsed


class Hotkeys(QObject):
    """The shortcuts of this session.

    Attributes:
        refused: names of shortcuts that are none, are there twice, or belong to another program.
        paused: none is taken for now.

    Signals:
        pressed(str): the action that was called, "" for the window without one.
        bound(): they were taken anew, or let go of.
    """

    pressed = Signal(str)
    bound = Signal()

    def __init__(self, file: Path, environment: Mapping[str, str] = os.environ) -> None:
        super().__init__()
        self.refused: tuple[str, ...] = ()
        self.paused = False
        self._file, self._environment = file, environment
        self._shortcuts = open_shortcuts(environment, self.pressed.emit)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self.bind)
        self._watcher.directoryChanged.connect(self.bind)
        self.bind()

    @Slot()
    def bind(self) -> None:
        """Read the file and take its shortcuts; a file that cannot be read changes nothing."""
        watched = [str(place) for place in (self._file.parent, self._file) if place.exists()]
        if watched:
            self._watcher.addPaths(watched)
        if self._shortcuts is None or self.paused:
            return
        try:
            sound, wrong = parsed(load_choices(self._file))
        except SettingsError:
            return
        self.refused = (*wrong, *self._shortcuts.bind(sound))
        self.bound.emit()

    @Slot(bool)
    def pause(self, paused: bool) -> None:
        """Let go of all shortcuts, or take them again."""
        self.paused = paused
        if not paused:
            self.bind()
        elif self._shortcuts is not None:
            self._shortcuts.bind({})
            self.bound.emit()

    def close(self) -> None:
        """Let go of all shortcuts for good."""
        if self._shortcuts is not None:
            self._shortcuts.close()
            self._shortcuts = None

"""The user's settings while the window is open: one place to change them, saved as they change."""

import dataclasses
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

from PySide6.QtCore import QLocale, QObject, Signal

from desktop.codes import system_reason
from desktop.errors import SettingsError
from desktop.settings import Settings
from desktop.ui.widgets import theme
from desktop.ui.widgets.error_messages import worded

_LOG = logging.getLogger(__name__)
_PATIENCE_S = 10.0  # for the disk, when Inkstone ends


class Preferences(QObject):
    """Holds the settings; changes are saved on a thread of their own, as saving waits for the disk.

    Attributes:
        settings: as they are now.
        wrong: what was wrong in their files when they were read; empty once the user has seen it.

    Signals:
        changed(Settings, Settings): what was before, what is now.
        not_saved(str): why the settings could not be saved; they hold until the application ends.
    """

    changed = Signal(object, object)
    not_saved = Signal(str)

    def __init__(
        self,
        settings: Settings,
        save: Callable[[Mapping[str, Any]], object],
        wrong: Sequence[SettingsError] = (),
    ) -> None:
        """Begin with `settings`; `save` writes changed ones, by name, and raises OSError; `wrong` is to be told."""
        super().__init__()
        self.settings, self.wrong, self._save = settings, tuple(wrong), save
        self._saver, self._last = ThreadPoolExecutor(1, "settings"), list[Future[object]]()

    def change(self, **changed: Any) -> None:
        """Change some of them."""
        before, self.settings = self.settings, dataclasses.replace(self.settings, **changed)
        if self.settings != before:
            other = {key: value for key, value in changed.items() if value != getattr(before, key)}
            self._last = [self._saver.submit(self._save, other)]
            self._last[0].add_done_callback(self._saved)
            self.changed.emit(before, self.settings)

    def switch_theme(self) -> None:
        """Switch between light and dark."""
        dark = theme.colour(theme.ColorRole.Window).lightnessF() < 0.5
        self.change(theme="light" if dark else "dark")

    def switch_language(self) -> None:
        """Speak the other language."""
        chinese = QLocale().language() == QLocale.Language.Chinese
        self.change(language="en" if chinese else "zh_CN")

    def scale_text(self, step: int) -> None:
        """Make all text larger or smaller; 0 goes back to the usual size."""
        now = self.settings.text_size or round(100 * theme.scale())
        sizes = theme.TEXT_SIZES
        near = min(range(len(sizes)), key=lambda at: abs(sizes[at] - now))
        self.change(text_size=sizes[max(0, min(near + step, len(sizes) - 1))] if step else 0)

    def end(self) -> bool:
        """Wait a while until all is saved; False where the disk still takes its time."""
        self._saver.shutdown(wait=False)
        return not wait(self._last, _PATIENCE_S).not_done

    def _saved(self, done: "Future[object]") -> None:
        error = done.exception()
        if isinstance(error, OSError):
            _LOG.warning("settings: not saved: %s", error)
            self.not_saved.emit(worded(system_reason(error)))
        elif isinstance(error, Exception):
            sys.excepthook(type(error), error, error.__traceback__)

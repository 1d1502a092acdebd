"""Shows progress in a terminal: one line that is overwritten, or a line per step where output is not a terminal."""

import shutil
from typing import TextIO

from desktop.codes import Coded

_BAR = 24  # characters
_STEP = 0.1  # of all, after which a long step is told of again where nothing can be overwritten


class ProgressLine:
    """Writes progress to a stream; call it with what is being done (shown as text) and the share done, in [0, 1]."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._overwrites = stream.isatty()
        self._last = ""
        self._step: object = None
        self._told_at = 0.0

    def __call__(self, work: object, share: float) -> None:
        """Show how far the work is."""
        sentence = str(work)
        if self._overwrites:
            filled = round(_BAR * share)
            line = f"[{'#' * filled}{'.' * (_BAR - filled)}] {100 * share:3.0f} %  {sentence}"
            if line != self._last:
                self._stream.write(f"\r\x1b[K{line[: shutil.get_terminal_size().columns - 1]}")
                self._last = line
        elif sentence != self._last and (self._is_new(work) or share >= self._told_at + _STEP):
            self._stream.write(f"{sentence}\n")
            self._last, self._told_at = sentence, share
        self._stream.flush()

    def close(self) -> None:
        """End the line, so that what follows begins on one of its own."""
        if self._overwrites and self._last:
            self._stream.write("\n")
            self._last = ""

    def _is_new(self, work: object) -> bool:
        """Tell whether another step began; one that counts bytes says something else at every call."""
        step = (work.code, str(work.values.get("name"))) if isinstance(work, Coded) else str(work)
        before, self._step = self._step, step
        return step != before

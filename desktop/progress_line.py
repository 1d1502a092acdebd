"""Shows progress in a terminal: one line that is overwritten, or a line per step where output is not a terminal."""

import shutil
from typing import TextIO

_BAR = 24  # characters


class ProgressLine:
    """Writes progress to a stream; call it with what is being done (shown as text) and the share done, in [0, 1]."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._overwrites = stream.isatty()
        self._last = ""

    def __call__(self, work: object, share: float) -> None:
        """Show how far the work is."""
        sentence = str(work)
        if self._overwrites:
            filled = round(_BAR * share)
            line = f"[{'#' * filled}{'.' * (_BAR - filled)}] {100 * share:3.0f} %  {sentence}"
            if line != self._last:
                self._stream.write(f"\r\x1b[K{line[: shutil.get_terminal_size().columns - 1]}")
                self._last = line
        elif sentence != self._last:
            self._stream.write(f"{sentence}\n")
            self._last = sentence
        self._stream.flush()

    def close(self) -> None:
        """End the line, so that what follows begins on one of its own."""
        if self._overwrites and self._last:
            self._stream.write("\n")
            self._last = ""

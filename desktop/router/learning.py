"""What the user taught the router: when a chip was overruled, texts like that one go where the user sent it.

An example is the text's vector and the chosen template, never the text itself; it stays in the home folder.
"""

import base64
import contextlib
import json
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.files.atomic import write_text
from desktop.files.plain import read_whole

# Cosines from which a text counts as one like the example; `make bench-router` says how many are.
NEAR = 0.94  # of the router's own vectors
NEAR_BY_MEANING = 0.9  # of the sentence encoder's
_MOST = 500  # the oldest examples go first
_MOST_BYTES = 16 << 20  # of the file; an example takes some 2,000


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing the user taught.

    Attributes:
        offered: the template that was offered.
        chosen: what the user took instead; "chat" for none.
        when: local time, ISO 8601.
        model: id of the model whose vector it is; those of another model are not used.
        vector: direction of the text, (hidden,).
    """

    offered: str
    chosen: str
    when: str
    model: str
    vector: NDArray[np.float32]


class Corrections:
    """The examples of one home. Thread-safe; a damaged line is left out, a full disk loses only what is new."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._known: list[Correction] | None = None

    def all(self) -> tuple[Correction, ...]:
        """Give all examples, the oldest first: what Settings shows."""
        with self._lock:
            return tuple(self._read())

    def add(self, correction: Correction) -> None:
        """Keep an example."""
        with self._lock:
            known = [*self._read(), correction][-_MOST:]
            self._known = known
            self._write(known)

    def forget(self, correction: Correction) -> None:
        """Forget one example; one that is not there any more does no harm."""
        with self._lock:
            known = [one for one in self._read() if one is not correction]
            self._known = known
            self._write(known)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._known = []
            self._path.unlink(missing_ok=True)

    def nearest(self, vector: NDArray[np.float32], model: str, near: float = NEAR) -> tuple[Correction, float] | None:
        """Give the example nearest to a text with its cosine, if that is `near` or more; of equals the newest."""
        with self._lock:
            own = [correction for correction in self._read() if correction.model == model]
        if not own:
            return None
        nearness = np.stack([correction.vector for correction in own]) @ vector
        best = len(own) - 1 - int(nearness[::-1].argmax())
        return (own[best], float(nearness[best])) if nearness[best] >= near else None

    def _read(self) -> list[Correction]:
        if self._known is None:
            self._known = []
            with contextlib.suppress(OSError):
                for line in read_whole(self._path, _MOST_BYTES).decode(errors="replace").splitlines():
                    if (correction := _parse(line)) is not None:
                        self._known.append(correction)
        return self._known

    def _write(self, known: list[Correction]) -> None:
        lines = (
            json.dumps(
                {
                    "offered": correction.offered,
                    "chosen": correction.chosen,
                    "when": correction.when,
                    "model": correction.model,
                    "vector": base64.b64encode(correction.vector.astype("<f2").tobytes()).decode(),
                }
            )
            for correction in known
        )
        write_text(self._path, "".join(f"{line}\n" for line in lines))


def correction_now(offered: str, chosen: str, model: str, vector: NDArray[np.float32]) -> Correction:
    """Make an example of this moment."""
    return Correction(offered, chosen, datetime.now().astimezone().isoformat(timespec="seconds"), model, vector)


def _parse(line: str) -> Correction | None:
    try:
        table = json.loads(line)
        vector = np.frombuffer(base64.b64decode(table["vector"]), "<f2").astype(np.float32)
        length = float(np.linalg.norm(vector))
        if not np.isfinite(length) or length == 0:
            return None
        offered, chosen, when, model = (str(table[key]) for key in ("offered", "chosen", "when", "model"))
        return Correction(offered, chosen, when, model, vector / length)
    except (ValueError, KeyError, TypeError):
        return None

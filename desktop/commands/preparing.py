"""What a terminal says around preparing a model: how much it will be and what that buys, then how long it took."""

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.codes import Coded
from desktop.commands.start import Start

if TYPE_CHECKING:
    from desktop.models.tiers import Tier

_MIB = 1 << 20
_MB = 10**6


def announce(start: Start, model_id: str, *, again: bool) -> None:
    """Say on stderr what a model that comes with Inkstone costs and is good for, and which others there are.

    Says nothing where nothing will be fetched, or nobody may choose.
    """
    from desktop import services

    tiers = services.tiers(start.paths)
    wanted = next((tier for tier in tiers if tier.model.manifest.id == model_id), None)
    if wanted is None or start.offline or (wanted.model.prepared and not again):
        return
    manifest = wanted.model.manifest
    why = "Recommended for this machine. " if wanted.recommended else ""
    kept = f", {_mb(wanted.kept_mib)} MB of which are here already" if wanted.kept_mib else ""
    lines = [
        f"{wanted.name.capitalize()}: {manifest.name}, {_offer(wanted)}. {why}"
        f"{_mb(wanted.download_mib)} MB to download{kept}; {_mb(wanted.disk_mib)} MB on the disk afterwards.",
        "Others, with MODEL= behind “make run”, or with “inkstone models prepare”:",
        *(f"  {tier.name:8} {_mb(tier.download_mib):5} MB  {_offer(tier)}" for tier in tiers if tier is not wanted),
        "Ctrl+C interrupts; what is downloaded is kept, and the next time goes on from there.",
    ]
    print("\n".join(lines), file=sys.stderr, flush=True)


class Timed:
    """Passes progress on, and takes the time of the download and of what comes behind it."""

    def __init__(self, report: Callable[[object, float], None], clock: Callable[[], float] = time.monotonic) -> None:
        """Pass it on to `report`; the clock gives seconds."""
        self._report, self._clock = report, clock
        self._begun: float | None = None
        self._fetched = 0.0

    def __call__(self, work: Coded, share: float) -> None:
        """Hear what is being done."""
        from desktop.models.progress import Work

        now = self._clock()
        if self._begun is None:
            self._begun = self._fetched = now
        if work.code in (Work.DOWNLOADING, Work.DOWNLOADING_AT_RATE, Work.CHECKING):
            self._fetched = now
        self._report(work, share)

    def told(self) -> str:
        """Say how long it took; "" where nothing was done."""
        if self._begun is None:
            return ""
        return f"Downloaded in {self._fetched - self._begun:.0f} s, prepared in {self._clock() - self._fetched:.0f} s."


def _offer(tier: "Tier") -> str:
    return f"for {tier.model.manifest.good_for}"


def _mb(mib: int) -> int:
    return round(mib * _MIB / _MB)

"""The other program: where a selection came from, and whether a result can go back there.

One small interface; which back end stands behind it is decided by what the machine can do, and said (`select`).
"""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PasteTarget:
    """A window of another program, as it was when the quick prompt was called.

    Attributes:
        window: its id; 0 where the system does not tell.
        program: its name, e.g. "mousepad"; "" where the system does not tell.
        owner: who held the selection; 0 where the system does not tell.
        selects: the selection belongs to this program, not to another where it was left behind.
    """

    window: int = 0
    program: str = ""
    owner: int = 0
    selects: bool = True


class ClipboardOffer(Protocol):
    """Text on the clipboard, for one program to fetch."""

    @property
    def fetches(self) -> int:
        """How often that program fetched it; where the system does not tell which one: how often any did."""
        ...

    @property
    def held(self) -> bool:
        """Whether nobody has put anything else on the clipboard."""
        ...

    def close(self) -> None:
        """End it; what was on the clipboard before may be put back now."""
        ...


class PasteBack(Protocol):
    """What a desktop lets us know of other programs, and do in them."""

    @property
    def pastes(self) -> bool:
        """Whether text can be put into other programs at all."""
        ...

    @property
    def composited(self) -> bool:
        """Whether windows may have round corners."""
        ...

    def here(self) -> PasteTarget:
        """Tell which window has the keyboard, and who holds the selection."""
        ...

    def go_back(self, target: PasteTarget) -> None:
        """Ask for the keyboard to be given to that window."""
        ...

    def is_back(self, target: PasteTarget) -> bool:
        """Tell whether that window has the keyboard, and its program still holds the selection."""
        ...

    def can_paste(self, target: PasteTarget) -> bool:
        """Tell whether the keys that paste mean that there."""
        ...

    def press_paste(self) -> None:
        """Let go of all modifiers, then press the keys that paste."""
        ...

    def can_copy(self, target: PasteTarget) -> bool:
        """Tell whether the keys that copy may be pressed there; in a terminal they would end what runs."""
        ...

    def press_copy(self) -> None:
        """Let go of all keys, then press those that copy."""
        ...

    def has_read_keys(self) -> bool:
        """Tell whether the program has got the keys that copy; a busy one takes its time. True where nobody knows."""
        ...

    def offer(self, text: str, target: PasteTarget) -> ClipboardOffer | None:
        """Put text on the clipboard so that one can tell who fetches it; None where only Qt's clipboard can be had."""
        ...

    def clipboard_changes(self) -> int:
        """Count the changes of the clipboard; 0 where Qt tells of them."""
        ...

    def clipboard_is_secret(self) -> bool:
        """Tell whether a password manager marked what is on it, where Qt does not show such marks."""
        ...


class NoPasteBack:
    """A desktop that tells nothing: the result goes to the clipboard."""

    pastes = False
    composited = True

    def here(self) -> PasteTarget:
        """Know nothing."""
        return PasteTarget()

    def go_back(self, target: PasteTarget) -> None:
        """Do nothing."""

    def is_back(self, target: PasteTarget) -> bool:  # noqa: ARG002 - the interface's
        """Never know."""
        return False

    def can_paste(self, target: PasteTarget) -> bool:
        """Tell whether the window is known."""
        return self.pastes and bool(target.window)

    def press_paste(self) -> None:
        """Do nothing."""

    def can_copy(self, target: PasteTarget) -> bool:  # noqa: ARG002 - the interface's
        """Never."""
        return False

    def press_copy(self) -> None:
        """Do nothing."""

    def has_read_keys(self) -> bool:
        """Never know."""
        return True

    def offer(self, text: str, target: PasteTarget) -> ClipboardOffer | None:  # noqa: ARG002 - the interface's
        """Leave it to Qt."""
        return None

    def clipboard_changes(self) -> int:
        """Leave it to Qt."""
        return 0

    def clipboard_is_secret(self) -> bool:
        """Leave it to Qt."""
        return False

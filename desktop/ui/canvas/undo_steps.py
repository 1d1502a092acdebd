"""What a draft was before, step by step: for undo and redo over everything that happens on the canvas."""

from desktop.chat.drafting import Draft

_STEPS = 200


class UndoSteps:
    """The drafts before this one, and those that were taken back."""

    def __init__(self) -> None:
        self._undo: list[Draft] = []
        self._redo: list[Draft] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return bool(self._redo)

    def remember(self, before: Draft) -> None:
        """Keep what the draft was before a change; what was taken back is gone then."""
        self._undo = [*self._undo, before][-_STEPS:]
        self._redo.clear()

    def undo(self, now: Draft) -> Draft:
        """Give the draft of one step before, or the same one."""
        if not self._undo:
            return now
        self._redo.append(now)
        return self._undo.pop()

    def redo(self, now: Draft) -> Draft:
        """Give the draft that was taken back last, or the same one."""
        if not self._redo:
            return now
        self._undo.append(now)
        return self._redo.pop()

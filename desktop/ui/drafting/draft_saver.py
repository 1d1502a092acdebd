"""Keeps drafts in the history while they are written, and briefs for the next time, and brings them back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desktop.chat.drafting import Brief, Draft, SavedBriefs, from_json, to_json
from desktop.errors import BadInput
from desktop.ui.history.link import HistoryLink

if TYPE_CHECKING:
    from desktop.history import Store
    from desktop.history.records import DraftRecord

_RECENT = 8


class DraftSaver(QObject):
    """Saves what happens to the open draft; every change is queued at once and written in order.

    Attributes:
        link: the history.
    """

    def __init__(self, link: HistoryLink) -> None:
        super().__init__()
        self.link = link
        self._cell: dict[str, int] = {}  # holds the number of the open draft, once the history has given it one

    def begin(self, draft: Draft, number: int | None = None) -> None:
        """Keep another draft from now on: a new one, or that of a number."""
        cell: dict[str, int] = {} if number is None else {"number": number}
        self._cell = cell
        if number is None:
            self.link.write(lambda store: cell.update(number=_create(store, draft)))

    @property
    def number(self) -> int | None:
        """Which draft of the history is open; None for one that the history has not heard of yet."""
        return self._cell.get("number")

    @Slot(object)
    def keep(self, draft: Draft) -> None:
        """Save the open draft as it is now; of several that wait, only the last is written."""
        cell = self._cell
        self.link.write(lambda store: _save(store, cell, draft), key=("draft", id(cell)))

    def recent(self, show: Callable[[list[tuple[int, Draft]]], None]) -> None:
        """Bring the drafts that were changed last."""
        self.link.read(lambda store: _readable(store.drafts.page(limit=_RECENT)), show)

    def bring(self, number: int, show: Callable[[list[tuple[int, Draft]]], None]) -> None:
        """Bring one draft; the window tells where it is gone."""
        self.link.read(lambda store: _readable([store.drafts.get(number)]), show, self.link.tell_failed)

    def briefs(self, template_id: str, show: Callable[[list[tuple[str, Brief]]], None]) -> None:
        """Bring the briefs of a template that the user kept, with their names; once the history is open."""
        self.link.read(lambda store: SavedBriefs(store.briefs).of(template_id), show)

    def keep_brief(self, name: str, brief: Brief, then: Callable[[str], None]) -> None:
        """Keep a brief for the next time; `then` gets its name once it is on the disk."""
        self.link.write(lambda store: SavedBriefs(store.briefs).save(name, brief), then)


def _create(store: "Store", draft: Draft) -> int:
    made = store.drafts.create(draft.title, draft.brief.template, sections=to_json(draft), text=draft.text)
    return made.id


def _save(store: "Store", cell: dict[str, int], draft: Draft) -> None:
    if "number" in cell:
        store.drafts.save(cell["number"], title=draft.title, sections=to_json(draft), text=draft.text)


def _readable(stored: "list[DraftRecord]") -> list[tuple[int, Draft]]:
    drafts = []
    for each in stored:
        try:
            drafts.append((each.id, from_json(each.sections)))
        except BadInput:
            continue  # written by something else; the history's own export has it
    return drafts

"""The briefs that the user kept, offered at the top of a brief's form; they lie in the history."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from desktop.chat.drafting import Brief
from desktop.ui.drafting.draft_saver import DraftSaver
from desktop.ui.widgets.labels import label, name_beside


class KeptBriefs(QObject):
    """A list of kept briefs to choose from, and why there is none while the history cannot be opened.

    Attributes:
        list: their names, behind an entry for a new one; unseen while there are none.
        problem: says that they cannot be read now.

    Signals:
        picked(Brief): the user wants to begin with this one.
    """

    picked = Signal(object)

    def __init__(self, saver: DraftSaver | None, template_id: str, parent: QObject) -> None:
        """Bring the briefs of a template; None brings none."""
        super().__init__(parent)
        self._saver, self._template = saver, template_id
        self._briefs: list[Brief] = []
        self._form: QFormLayout | None = None
        self.list = QComboBox()
        self.list.activated.connect(self._pick)
        self.problem = label(
            self.tr("The briefs that you kept are in your history, which is not open; unlock it to use them."), "small"
        )
        self.problem.setWordWrap(True)

    def add_to(self, form: QFormLayout) -> None:
        """Put them into a form, and fill them as soon as the history answers."""
        self._form = form
        if self._saver is None:
            return
        link = self._saver.link
        self._saver.briefs(self._template, self._show)
        link.troubled.connect(self._look)
        link.opened.connect(self._look)
        self._look()

    @Slot()
    def _look(self) -> None:
        if self._saver is not None:
            self._see(self.problem, self._saver.link.locked)

    def _show(self, found: list[tuple[str, Brief]]) -> None:
        self._briefs = [brief for _, brief in found]
        self.list.clear()
        self.list.addItems([self.tr("A new brief"), *(name for name, _ in found)])
        self._see(self.list, bool(found), name_beside(self.tr("Same as"), "soft"))

    def _see(self, part: QWidget, seen: bool, name: QWidget | None = None) -> None:
        """Show a row at the top of the form, which is made when it is first seen, or show it no more."""
        if self._form is None:
            return
        if part.parentWidget() is not None:
            self._form.setRowVisible(part, seen)
        elif seen and name is not None:
            self._form.insertRow(0, name, part)
        elif seen:
            self._form.insertRow(0, part)

    @Slot(int)
    def _pick(self, index: int) -> None:
        if index > 0:
            self.picked.emit(self._briefs[index - 1])

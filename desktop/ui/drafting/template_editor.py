"""The user's own templates: edited as text, with what they give beside it; copied, taken in, saved, removed."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QPoint, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop.chat.drafting import DraftingService
from desktop.ui.drafting.cards import TemplateCard
from desktop.ui.drafting.file_editor import FileEditor
from desktop.ui.drafting.gallery import Gallery


class TemplateEditor(FileEditor):
    """The text of one of the user's templates."""

    def __init__(self, drafting: DraftingService, language: str, parent: QWidget, template_id: str = "") -> None:
        """Edit a template; without an id, a new one is pasted in."""
        self._drafting, self._language = drafting, language
        title = QCoreApplication.translate("TemplateEditor", "Edit a template")
        if not template_id:
            title = QCoreApplication.translate("TemplateEditor", "Add a template")
        super().__init__(drafting, parent, title, template_id)

    def outline(self, text: str) -> str:
        """Say its name, the fields of its brief and its sections. Raises TemplateError."""
        found = self._drafting.preview(text, self._language)
        sections = "\n".join(f"• {heading}  {amount or ''}".rstrip() for heading, amount in found.sections if heading)
        return f"{found.name}\n\n{QLocale().createSeparatedList(found.fields)}\n\n{sections}"


class TemplateTools(QObject):
    """What else can be done with the templates of a gallery.

    Attributes:
        editor: what is open; None: nothing.
    """

    def __init__(self, drafting: DraftingService, gallery: Gallery, language: str) -> None:
        super().__init__(gallery)
        self._drafting, self._gallery, self._language = drafting, gallery, language
        self.editor: TemplateEditor | None = None
        gallery.menu_wanted.connect(self._show_menu)
        gallery.take_in.clicked.connect(self.add)

    @Slot()
    def add(self) -> None:
        """Take in a template from the clipboard or a file."""
        self._open_editor("")

    def duplicate(self, template_id: str) -> None:
        """Make the user's own copy and edit it."""
        self._open_editor(self._drafting.own_copy(template_id))
        self._gallery.refresh()

    def menu(self, card: TemplateCard) -> QMenu:
        """Build the menu of a template."""
        menu, template_id = QMenu(self._gallery), card.card.id
        menu.addAction(self.tr("Make your own copy"), lambda: self.duplicate(template_id))
        copy = menu.addAction(self.tr("Copy as text, to share it"))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self._drafting.source_of(template_id)))
        menu.addAction(self.tr("Save as a file"), lambda: self._export(template_id))
        if card.card.own:
            menu.addAction(self.tr("Edit"), lambda: self._open_editor(template_id))
            menu.addAction(self.tr("Delete"), lambda: self.remove(template_id))
        return menu

    def remove(self, template_id: str) -> None:
        """Delete one of the user's templates."""
        self._drafting.remove_template(template_id)
        self._gallery.refresh()

    @Slot(object, object)
    def _show_menu(self, card: TemplateCard, at: QPoint) -> None:
        self.menu(card).popup(card.mapToGlobal(at))

    def _export(self, template_id: str) -> None:
        name, _ = QFileDialog.getSaveFileName(self._gallery, self.tr("Save as a file"), f"{template_id}.toml")
        if name:
            Path(name).write_text(self._drafting.source_of(template_id), encoding="utf-8")

    def _open_editor(self, template_id: str) -> None:
        self.editor = TemplateEditor(self._drafting, self._language, self._gallery, template_id)
        self.editor.saved.connect(self._saved)
        self.editor.open()

    @Slot(str)
    def _saved(self, _template_id: str) -> None:
        self._gallery.refresh()

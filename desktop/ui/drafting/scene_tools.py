"""The user's own scenes: made of a draft, of a document, of another scene; edited as a form or as text; removed."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop.chat.drafting import Draft, DraftingService
from desktop.chat.scenes import Scene, SceneService
from desktop.errors import InkstoneError
from desktop.ui.drafting.cards import SceneButton
from desktop.ui.drafting.file_editor import FileEditor
from desktop.ui.drafting.gallery import Gallery
from desktop.ui.drafting.scene_form import SceneForm
from desktop.ui.drafting.template_editor import TemplateTools
from desktop.ui.widgets.document_reading import document_kinds
from desktop.ui.widgets.error_messages import localised

_TEMPLATE = "email"  # of a scene that begins empty: what most are


class SceneFileEditor(FileEditor):
    """The text of one of the user's scenes."""

    def __init__(self, scenes: SceneService, language: str, parent: QWidget, scene_id: str = "") -> None:
        """Edit a scene; without an id, a new one is pasted in."""
        self._scenes, self._language = scenes, language
        title = QCoreApplication.translate("SceneFileEditor", "Edit a scene")
        if not scene_id:
            title = QCoreApplication.translate("SceneFileEditor", "Add a scene")
        super().__init__(scenes, parent, title, scene_id)

    def outline(self, text: str) -> str:
        """Say its name, what its brief asks and the parts of its texts. Raises SceneError."""
        found = self._scenes.preview(text, self._language)
        asked = "\n".join(f"{hint}?" for hint in found.fields)
        parts = "\n".join(f"• {part}" for part in found.parts)
        return "\n\n".join(part for part in (found.name, asked, parts) if part)


class SceneTools(QObject):
    """What else can be done with the scenes of a gallery.

    Attributes:
        form: the form that is open, or was last; None: none was.
        editor: the same as text.
        add_menu: what can be added.

    Signals:
        saved(str): a scene was saved; a sentence for the user.
    """

    saved = Signal(str)

    def __init__(
        self, scenes: SceneService, drafting: DraftingService, gallery: Gallery, templates: TemplateTools, language: str
    ) -> None:
        """Give the gallery's cards and its button of what is one's own their menus."""
        super().__init__(gallery)
        self._scenes, self._drafting, self._gallery, self._language = scenes, drafting, gallery, language
        self.form: SceneForm | None = None
        self.editor: SceneFileEditor | None = None
        if gallery.scenes is not None:
            gallery.scenes.menu_wanted.connect(self._show_menu)
        self.add_menu = QMenu(gallery)
        self.add_menu.addAction(self.tr("A scene"), self.add)
        if drafting.read_source is not None:
            self.add_menu.addAction(self.tr("A scene from a document…"), self._ask_for_document)
        self.add_menu.addAction(self.tr("A scene as text"), self.add_text)
        self.add_menu.addAction(self.tr("A template as text"), templates.add)
        gallery.take_in.clicked.disconnect()  # its menu has it
        gallery.take_in.setProperty("menu", "true")  # room for its arrow
        gallery.take_in.setMenu(self.add_menu)

    @Slot()
    def add(self) -> None:
        """Make a scene from nothing."""
        self._open(self._scenes.empty(_TEMPLATE))

    @Slot(object)
    def add_draft(self, draft: Draft) -> None:
        """Make a scene of a draft: its text is the worked example, what the brief said the request."""
        self._open(self._scenes.of_draft(draft))

    def add_document(self, file: Path) -> None:
        """Make a scene whose worked example is a document."""
        self._open(self._scenes.empty(_TEMPLATE)).read(file)

    @Slot()
    def add_text(self) -> None:
        """Take in a scene from the clipboard or a file."""
        self._open_text("")

    def menu(self, card: SceneButton) -> QMenu:
        """Build the menu of a scene."""
        menu, scene_id = QMenu(self._gallery), card.card.id
        menu.addAction(self.tr("Make your own copy"), lambda: self._open(self._scenes.copy_of(scene_id)))
        copy = menu.addAction(self.tr("Copy as text, to share it"))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self._scenes.source_of(scene_id)))
        if card.card.own:
            menu.addAction(self.tr("Edit"), lambda: self._open(self._scenes.scene(scene_id)))
            menu.addAction(self.tr("Edit as text"), lambda: self._open_text(scene_id))
            menu.addAction(self.tr("Delete"), lambda: self.remove(scene_id))
        return menu

    def remove(self, scene_id: str) -> None:
        """Delete one of the user's scenes."""
        try:
            self._scenes.remove(scene_id)
        except InkstoneError as error:
            self._gallery.tell(localised(error))
        else:
            self._gallery.refresh_scenes()

    @Slot(object, object)
    def _show_menu(self, card: SceneButton, at: QPoint) -> None:
        self.menu(card).popup(card.mapToGlobal(at))

    @Slot()
    def _ask_for_document(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._gallery, self.tr("A scene from a document…"), "", document_kinds())
        if name:
            self.add_document(Path(name))

    def _open(self, scene: Scene) -> SceneForm:
        self.form = SceneForm(self._scenes, self._drafting, scene, self._language, self._gallery.window())
        self.form.open()
        self.form.saved.connect(self._saved)
        return self.form

    def _open_text(self, scene_id: str) -> None:
        self.editor = SceneFileEditor(self._scenes, self._language, self._gallery.window(), scene_id)
        self.editor.open()
        self.editor.saved.connect(self._saved)

    @Slot(str)
    def _saved(self, scene_id: str) -> None:
        self._gallery.refresh_scenes()
        name = self._scenes.scene(scene_id).text_for(self._language).label
        self.saved.emit(self.tr("Saved as the scene “{name}”.").format(name=name))

"""The user's own templates: edited as text, with what they give beside it; copied, taken in, saved, removed."""

from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QMenu, QPlainTextEdit, QWidget

from desktop.chat.drafting import DraftingService
from desktop.codes import system_reason
from desktop.errors import InkstoneError, TemplateError
from desktop.files.plain import open_plain
from desktop.ui.drafting.gallery import Gallery, TemplateCard
from desktop.ui.history.protection import dialog_layout
from desktop.ui.widgets import theme
from desktop.ui.widgets.error_messages import localised, worded
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import label

_PREVIEW_AFTER = 200  # milliseconds without typing
_LARGEST_FILE = 256 * 1024


class TemplateEditor(QDialog):
    """The text of a template at the left, its preview, or the line at fault, at the right.

    Attributes:
        text: the TOML.
        preview: what it gives.
        save: keeps it; only while it is sound.

    Signals:
        saved(str): the id of the template that was saved.
    """

    saved = Signal(str)

    def __init__(self, drafting: DraftingService, language: str, parent: QWidget, template_id: str = "") -> None:
        """Edit one of the user's templates; without an id, a new one is pasted in."""
        super().__init__(parent)
        self._drafting, self._language, self._id = drafting, language, template_id
        self.setWindowTitle(self.tr("Edit a template") if template_id else self.tr("Add a template"))
        self.resize(theme.fitting((2 * theme.PALETTE_WIDTH, theme.DIALOG_HEIGHT), self.screen()))
        self.text = QPlainTextEdit()
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(theme.px(theme.TEXT_BASE))
        self.text.setFont(font)
        self.text.setAccessibleName(self.tr("Text of the template"))
        self.text.setPlaceholderText(self.tr("Paste the text of a template here, or open a file."))
        self.preview = label("", "soft")
        self.preview.setWordWrap(True)
        self.save = IconButton("", self.tr("Save"), "primary", theme.ON_ACCENT)
        self.save.clicked.connect(self._save)
        file = IconButton("", self.tr("Open a file"), "outlined")
        file.clicked.connect(self._open)
        cancel = IconButton("", self.tr("Cancel"), "outlined")
        cancel.clicked.connect(self.reject)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_PREVIEW_AFTER)
        self._waiting.timeout.connect(self.show_preview)
        self.text.textChanged.connect(self._waiting.start)
        sides = QHBoxLayout()
        sides.addWidget(self.text, 3)
        sides.addWidget(self.preview, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(file)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.save)
        layout = dialog_layout(self)
        layout.addLayout(sides, 1)
        layout.addLayout(buttons)
        if template_id:
            self.text.setPlainText(drafting.source_of(template_id))
        self.show_preview()

    @Slot()
    def show_preview(self) -> None:
        """Show what the text gives, or what is wrong with it and where."""
        self._waiting.stop()
        text = self.text.toPlainText()
        self.save.setEnabled(False)
        if not text.strip():
            self.preview.setText("")
            return
        try:
            found = self._drafting.preview(text, self._language)
        except TemplateError as error:
            line = self.tr("Line {line}: {reason}.") if error.line else "{reason}."
            self.preview.setText(line.format(line=error.line, reason=error.reason))
            return
        except InkstoneError as error:
            self.preview.setText(localised(error))
            return
        sections = "\n".join(f"• {heading}  {amount or ''}".rstrip() for heading, amount in found.sections if heading)
        self.preview.setText(f"{found.name}\n\n{QLocale().createSeparatedList(found.fields)}\n\n{sections}")
        self.save.setEnabled(True)

    @Slot()
    def _save(self) -> None:
        self.show_preview()
        if not self.save.isEnabled():
            return
        try:
            if self._id:
                self._drafting.replace_source(self._id, self.text.toPlainText())
            else:
                self._id = self._drafting.take_in(self.text.toPlainText())
        except TemplateError as error:
            self.preview.setText(localised(error))
            return
        except OSError as error:
            self.preview.setText(worded(system_reason(error)))
            return
        self.saved.emit(self._id)
        self.accept()

    @Slot()
    def _open(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open a file"), "", "TOML (*.toml)")
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Put a file's text in, to be looked at before it is saved."""
        try:
            with open_plain(path) as file:
                self.text.setPlainText(file.read(_LARGEST_FILE).decode("utf-8"))
        except (OSError, UnicodeDecodeError):
            self.preview.setText(self.tr("{name} cannot be read as text.").format(name=path.name))


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

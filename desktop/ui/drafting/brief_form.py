"""The brief: one form, prefilled, with the points that must appear as a list."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.chat.drafting import Brief, Card, DraftingService, Field, plain_name
from desktop.chat.model_advice import WritingModel, advice
from desktop.ui.drafting.draft_saver import DraftSaver
from desktop.ui.drafting.kept_briefs import KeptBriefs
from desktop.ui.drafting.language_notice import LanguageNotice
from desktop.ui.drafting.source_field import SourceEdit, SourceField
from desktop.ui.widgets import theme
from desktop.ui.widgets.commands import shown_keys
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import label, name_beside
from desktop.ui.widgets.layouts import keep_gutter

_LINES = 5
_LOOK_AFTER = 300  # milliseconds without typing


class BriefForm(QWidget):
    """Asks what a text is to be and hold.

    Attributes:
        edits: the field of each slot.
        points: what must appear, one a line.
        kept: the briefs of this template that the user kept.
        source: reads files into the field of the text to work on; None where there is none.
        draft: begins the draft.
        title: the name of the template.

    Signals:
        wanted(Brief): the user wants this drafted.
        left(): back to the gallery.
        writer_chosen(str): another model is to write; its id.
    """

    wanted = Signal(object)
    left = Signal()
    writer_chosen = Signal(str)

    def __init__(
        self,
        drafting: DraftingService,
        template_id: str,
        language: str,
        given: Mapping[str, str] | None = None,
        saver: DraftSaver | None = None,
    ) -> None:
        """Ask for the brief of a template.

        Args:
            drafting: the templates.
            template_id: which one.
            language: of the user: en or zh.
            given: what is known of it.
            saver: keeps briefs in the history; None: none is kept.
        """
        super().__init__()
        self._drafting, self._template, self._language, self._saver = drafting, template_id, language, saver
        card = next(card for card in drafting.gallery(language)[0] if card.id == template_id)
        self.title = card.name
        self.edits: dict[str, QLineEdit | QComboBox | QPlainTextEdit] = {}
        self.source: SourceField | None = None
        form = QFormLayout()
        form.setSpacing(theme.px(theme.SPACE_12))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.kept = KeptBriefs(saver, template_id, self)
        self.kept.picked.connect(self.fill)
        self.kept.add_to(form)
        self.variant = QComboBox()
        self.variant.addItem(self.tr("As the words suggest"), "")
        for variant_id, name in card.variants:
            self.variant.addItem(name, variant_id)
        if card.variants:
            form.addRow(name_beside(self.tr("Kind"), "soft"), self.variant)
        for field in drafting.form(template_id, language, given):
            self._add(form, field)
        self.points = _text(self.tr("One a line: numbers, names and dates stay exactly as you write them"))
        self.points.setAccessibleName(self.tr("Points that must appear"))
        form.addRow(name_beside(self.tr("Points that must appear"), "soft"), self.points)
        self.problem = label("", "small")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._writers: tuple[WritingModel, ...] = ()
        self.notice = LanguageNotice()
        self.notice.chosen.connect(self.writer_chosen)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_LOOK_AFTER)
        self._looking.timeout.connect(self._look)
        for edit in [*self.edits.values(), self.points]:
            changed = edit.currentTextChanged if isinstance(edit, QComboBox) else edit.textChanged
            changed.connect(self._looking.start)
        self.draft = IconButton("", self.tr("Draft it"), "primary", theme.ON_ACCENT)
        self.draft.clicked.connect(self.submit)
        back = IconButton("", self.tr("All templates"), "outlined")
        back.clicked.connect(self.left)
        self._keep = IconButton("", self.tr("Keep this brief"), "outlined")
        self._keep.clicked.connect(self.save)
        self._keep.setVisible(saver is not None)
        buttons = QHBoxLayout()
        buttons.addWidget(back)
        buttons.addWidget(self._keep)
        buttons.addStretch(1)
        buttons.addWidget(label(shown_keys(QKeySequence("Ctrl+Return")), "key"), 0, Qt.AlignmentFlag.AlignVCenter)
        buttons.addWidget(self.draft)
        self._lay_out(card, form, buttons)
        first = next(iter(self.edits.values()), self.points)
        self.setFocusProxy(first)

    def _lay_out(self, card: Card, form: QFormLayout, buttons: QHBoxLayout) -> None:
        """Put everything into one column, as wide as the paper of the draft will be."""
        body = QWidget()
        body.setObjectName("column")
        inside = QVBoxLayout(body)
        inside.addLayout(form)
        inside.addStretch(1)  # rows stand close to one another however high the window is
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(body)
        gutter = keep_gutter(area, inside)
        buttons.setContentsMargins(0, 0, gutter, 0)
        column = QWidget()
        column.setMaximumWidth(theme.px(theme.COLUMN_WIDTH) + gutter)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_12))
        layout.addWidget(label(card.name, "title"))
        layout.addWidget(label(card.about, "soft"))
        layout.addWidget(area, 1)
        layout.addWidget(self.notice)
        layout.addWidget(self.problem)
        layout.addLayout(buttons)
        around = QHBoxLayout(self)
        side = theme.px(theme.SPACE_24)
        around.setContentsMargins(side + gutter, side, side, side)  # the column without the strip is in the middle
        around.addStretch(1)
        around.addWidget(column, 1000)
        around.addStretch(1)

    def brief(self) -> Brief:
        """Give what is filled in."""
        slots = {name: text for name, edit in self.edits.items() if (text := _value(edit).strip())}
        points = tuple(line.strip() for line in self.points.toPlainText().splitlines() if line.strip())
        return Brief(self._template, slots, points, str(self.variant.currentData() or ""))

    @Slot(object)
    def fill(self, brief: Brief) -> None:
        """Put a brief into the form, e.g. that of last week."""
        for name, edit in self.edits.items():
            _set(edit, brief.slots.get(name, ""))
        self.points.setPlainText("\n".join(brief.points))
        self.variant.setCurrentIndex(max(0, self.variant.findData(brief.variant)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Draft on Ctrl+Enter, go back on Esc."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def submit(self) -> None:
        """Ask for the draft, or say what is missing."""
        needed = self._required
        if self.brief().points:
            needed -= {"topic"}  # it is in the points
        missing = [edit for name, edit in self.edits.items() if name in needed and not _value(edit).strip()]
        if missing:
            self.tell(self.tr("The fields marked with * are needed."))
            missing[0].setFocus()
            return
        self.problem.hide()
        self.wanted.emit(self.brief())

    @Slot()
    def save(self) -> None:
        """Keep the brief under the name of its topic, for the next time."""
        if self._saver is None:
            return
        brief = self.brief()
        name = plain_name(f"{self._template} {brief.slots.get('topic', '')}")
        if self._saver.link.trouble is not None:
            self.tell(self.tr("“{name}” is kept in memory until your history can be written.").format(name=name))
        self._saver.keep_brief(name, brief, self._told_kept)

    @Slot(str)
    def _told_kept(self, name: str) -> None:
        self.tell(self.tr("Kept as “{name}”.").format(name=name))

    def show_writers(self, writers: Sequence[WritingModel]) -> None:
        """Know the models, to say before drafting where the one in use does not write the language well."""
        self._writers = tuple(writers)
        self._look()

    @Slot()
    def _look(self) -> None:
        self.notice.show_advice(advice(self._writers, self._drafting.language(self.brief())))

    def tell(self, sentence: str) -> None:
        """Say something above the buttons; "" says nothing."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _add(self, form: QFormLayout, field: Field) -> None:
        edit: QLineEdit | QComboBox | QPlainTextEdit
        if field.choices:
            edit = QComboBox()
            edit.addItems(["", *field.choices])
        elif field.long:
            edit = _text(self.tr("Paste a text, or drop a file here"), SourceEdit())
        else:
            edit = QLineEdit()
        _set(edit, field.value)
        edit.setAccessibleName(field.label)
        self.edits[field.name] = edit
        mark = " *" if field.required else ""
        whole: QWidget = edit
        if isinstance(edit, SourceEdit) and self._drafting.read_source is not None:
            whole = self.source = SourceField(edit, self._drafting.read_source)
            self.source.said.connect(self.tell)
        form.addRow(name_beside(f"{field.label}{mark}", "strong" if field.required else "soft"), whole)

    @property
    def _required(self) -> set[str]:
        return {field.name for field in self._drafting.form(self._template, self._language) if field.required}


def _text(hint: str, edit: QPlainTextEdit | None = None) -> QPlainTextEdit:
    edit = edit or QPlainTextEdit()
    edit.setPlaceholderText(hint)
    edit.setTabChangesFocus(True)
    edit.setFixedHeight(edit.fontMetrics().lineSpacing() * _LINES + theme.px(theme.SPACE_16))
    return edit


def _value(edit: QLineEdit | QComboBox | QPlainTextEdit) -> str:
    if isinstance(edit, QComboBox):
        return edit.currentText()
    return edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()


def _set(edit: QLineEdit | QComboBox | QPlainTextEdit, value: str) -> None:
    if isinstance(edit, QComboBox):
        edit.setCurrentIndex(max(0, edit.findText(value)))
    elif isinstance(edit, QLineEdit):
        edit.setText(value)
    else:
        edit.setPlainText(value)

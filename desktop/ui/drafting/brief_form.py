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

from desktop.chat.drafting import Brief, DraftingService, Field, plain_name
from desktop.chat.model_advice import WritingModel, advice
from desktop.chat.scenes import ChosenScene
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
        request: the user's own words, whole; seen where a scene was chosen, or a kept brief has them.
        more: shows the other fields, which a scene's brief has out of sight.
        edits: the field of each slot.
        points: what must appear, one a line.
        kept: the briefs of this template that the user kept.
        source: reads files into the field of the text to work on; None where there is none.
        draft: begins the draft.
        title: the name of the scene, or of the template.

    Signals:
        wanted(Brief): the user wants this drafted.
        left(): back to the gallery.
        writer_chosen(str): another model is to write; its id.
        settled(Brief): this is how the brief stands, and has for a moment.
    """

    settled = Signal(object)
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
        scene: ChosenScene | None = None,
    ) -> None:
        """Ask for the brief of a template, or of a scene.

        Args:
            drafting: the templates.
            template_id: which one.
            language: of the user: en or zh.
            given: what is known of it.
            saver: keeps briefs in the history; None: none is kept.
            scene: makes the template concrete; None: nothing does.
        """
        super().__init__()
        self._scene = scene
        self._drafting, self._template, self._language, self._saver = drafting, template_id, language, saver
        card = next(card for card in drafting.gallery(language)[0] if card.id == template_id)
        self.title = scene.name if scene is not None else card.name
        self.edits: dict[str, QLineEdit | QComboBox | QPlainTextEdit] = {}
        self.source: SourceField | None = None
        form = QFormLayout()
        form.setSpacing(theme.px(theme.SPACE_12))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.kept = KeptBriefs(saver, template_id, self)
        self.kept.picked.connect(self.fill)
        self.kept.add_to(form)
        self.request = _text("  ·  ".join(scene.hints) if scene is not None else "")
        self.request.setAccessibleName(self.tr("In your own words"))
        self._rows = form
        if scene is not None:
            self._ask_for_request()
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
        for edit in [*self.edits.values(), self.points, self.request]:
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
        self.more = IconButton("", self.tr("Say more"), "quiet", theme.SOFT)
        self.more.clicked.connect(self.show_all)
        if scene is not None:
            form.insertRow(1, self.more)
            for row in range(2, form.rowCount()):
                form.setRowVisible(row, False)  # noqa: FBT003  # Qt knows it by its place alone
        self._lay_out(scene.about if scene is not None else card.about, form, buttons)
        self.setFocusProxy(self.request if scene is not None else next(iter(self.edits.values()), self.points))

    def _lay_out(self, about: str, form: QFormLayout, buttons: QHBoxLayout) -> None:
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
        layout.addWidget(label(self.title, "title"))
        layout.addWidget(label(about, "soft"))
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
        request = self.request.toPlainText().strip()
        scene = self._scene.id if self._scene is not None else ""
        if self._scene is not None and request and "topic" in self._required:
            slots.setdefault("topic", self._scene.topic(request))
        if self._scene is not None:
            points = points or self._scene.points(request)
        return Brief(self._template, slots, points, str(self.variant.currentData() or ""), request, scene)

    @Slot(object)
    def fill(self, brief: Brief) -> None:
        """Put a brief into the form, e.g. that of last week."""
        for name, edit in self.edits.items():
            _set(edit, brief.slots.get(name, ""))
        self.points.setPlainText("\n".join(brief.points))
        self.variant.setCurrentIndex(max(0, self.variant.findData(brief.variant)))
        self.request.setPlainText(brief.request)
        if brief.request:
            self._ask_for_request()

    def ask_in_words(self, request: str) -> None:
        """Take over what the user wrote elsewhere, whole; a text that is worked on has its own field."""
        if request and self._drafting.template(self._template).sections:
            self.request.setPlainText(request)
            self._ask_for_request()

    @Slot()
    def show_all(self) -> None:
        """Ask for everything that a brief can say, of a scene too."""
        for row in range(self._rows.rowCount()):
            self._rows.setRowVisible(row, True)  # noqa: FBT003  # as above
        if self.more.parentWidget() is not None:
            self._rows.setRowVisible(self.more, False)  # noqa: FBT003  # as above
        next(iter(self.edits.values()), self.points).setFocus()

    def _ask_for_request(self) -> None:
        """Show the field of the user's own words above the others."""
        if self.request.parentWidget() is None:
            self._rows.insertRow(0, name_beside(self.tr("In your own words"), "strong"), self.request)

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
        given = self.brief().slots
        needed = self._required
        if self.brief().points:
            needed -= {"topic"}  # it is in the points
        missing = [edit for name, edit in self.edits.items() if name in needed and name not in given]
        if missing:
            only_words = self._scene is not None and missing == [self.edits.get("topic")]
            said = self.tr("Say in your own words what it is about.") if only_words else ""
            self.tell(said or self.tr("The fields marked with * are needed."))
            (self.request if only_words else missing[0]).setFocus()
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
        brief = self.brief()
        self.notice.show_advice(advice(self._writers, self._drafting.language(brief)))
        self.settled.emit(brief)

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
        required = field.required and self._scene is None  # a scene's request says it
        mark = " *" if required else ""
        whole: QWidget = edit
        if isinstance(edit, SourceEdit) and self._drafting.read_source is not None:
            whole = self.source = SourceField(edit, self._drafting.read_source)
            self.source.said.connect(self.tell)
        form.addRow(name_beside(f"{field.label}{mark}", "strong" if required else "soft"), whole)

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

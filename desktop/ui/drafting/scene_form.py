"""A form for a scene of one's own, in place of its TOML: what it is called, what it asks, and texts that show how.

Scene ──▶ fields ──▶ Scene ──▶ saved(id)        From a file ──▶ the text of the example
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.chat.drafting import DraftingService
from desktop.chat.scenes import GROUPS, Example, Scene, SceneService, SceneText
from desktop.codes import system_reason
from desktop.errors import SceneError
from desktop.ui.drafting.scene_list import group_names
from desktop.ui.drafting.source_field import SourceEdit, SourceField
from desktop.ui.history.protection import dialog_layout
from desktop.ui.widgets import theme
from desktop.ui.widgets.error_messages import worded
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import label, name_beside
from desktop.ui.widgets.layouts import keep_gutter

_EXAMPLES = 3  # at most
_LONGEST = 5000  # words or characters of a usual text
_REQUEST_LINES, _TEXT_LINES = 3, 9


class ExampleFields(QWidget):
    """A worked example: what was asked for, and what was written.

    Attributes:
        request, text: the fields.
        source: reads a file into the text; None where nothing reads files.
    """

    def __init__(self, drafting: DraftingService, example: Example | None = None) -> None:
        super().__init__()
        self.request, self.text = QPlainTextEdit(), SourceEdit()
        self.request.setPlaceholderText(self.tr("As one would ask for it: to whom, what about, which facts"))
        self.text.setPlaceholderText(self.tr("The finished text, or drop a file here"))
        for edit, lines, name in (
            (self.request, _REQUEST_LINES, self.tr("Request")),
            (self.text, _TEXT_LINES, self.tr("Text")),
        ):
            edit.setTabChangesFocus(True)
            edit.setAccessibleName(name)
            edit.setFixedHeight(edit.fontMetrics().lineSpacing() * lines + theme.px(theme.SPACE_16))
        if example is not None:
            self.request.setPlainText(example.request)
            self.text.setPlainText(example.text)
        self.source: SourceField | None = None
        whole: QWidget = self.text
        if drafting.read_source is not None:
            whole = self.source = SourceField(self.text, drafting.read_source)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_8))
        layout.addWidget(self.request)
        layout.addWidget(whole)

    def example(self) -> Example | None:
        """Give what is filled in; None where nothing is."""
        request, text = self.request.toPlainText().strip(), self.text.toPlainText().strip()
        return Example(request, text) if request or text else None


class SceneForm(QDialog):
    """Asks what a scene is.

    Attributes:
        label_edit, about, search, hints, structure, tone: its texts in one language.
        language, group, template: chosen from lists.
        length: usual length of a text; 0: as the template has it.
        examples: its worked examples.
        problem: why it cannot be saved.
        save: keeps it.

    Signals:
        saved(str): the id of the scene that was saved.
    """

    saved = Signal(str)

    def __init__(
        self, scenes: SceneService, drafting: DraftingService, scene: Scene, language: str, parent: QWidget
    ) -> None:
        """Edit a scene.

        Args:
            scenes: keeps it.
            drafting: the templates, and what reads files.
            scene: what the form begins with; one without an id is new.
            language: of the user.
            parent: the window.
        """
        super().__init__(parent)
        self._scenes, self._drafting, self._scene = scenes, drafting, scene
        self.setWindowTitle(self.tr("Edit a scene") if scene.id else self.tr("A scene of your own"))
        self.resize(theme.fitting((2 * theme.PALETTE_WIDTH, theme.DIALOG_HEIGHT), self.screen()))
        self.label_edit, self.about, self.structure, self.tone = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.search, self.hints = QLineEdit(), QLineEdit()
        self.language, self.group, self.template = QComboBox(), QComboBox(), QComboBox()
        self.length = QSpinBox()
        self.length.setRange(0, _LONGEST)
        self.length.setSingleStep(10)
        self.length.setSpecialValueText(self.tr("As usual"))
        for code, name in (("en", self.tr("English")), ("zh", self.tr("Chinese"))):
            self.language.addItem(name, code)
        for code, name in group_names().items():
            self.group.addItem(name, code)
        for card in drafting.gallery(language)[0]:
            self.template.addItem(card.name, card.id)
        self._examples_inside = QVBoxLayout()
        self._examples_inside.setSpacing(theme.px(theme.SPACE_16))
        self.examples: list[ExampleFields] = []
        self._more = IconButton("plus", self.tr("Another example"), "outlined")
        self._more.clicked.connect(self.add_example)
        self.problem = label("", "small")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.save = IconButton("", self.tr("Save"), "primary", theme.ON_ACCENT)
        self.save.clicked.connect(self.submit)
        cancel = IconButton("", self.tr("Cancel"), "outlined")
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.save)
        layout = dialog_layout(self)
        layout.addWidget(self._form(), 1)
        layout.addWidget(self.problem)
        layout.addLayout(buttons)
        self._fill(scene, language)
        self.language.currentIndexChanged.connect(self._change_language)
        self.label_edit.setFocus()

    def _form(self) -> QScrollArea:
        rows: Sequence[tuple[str, QWidget, str]] = (
            (self.tr("Name *"), self.label_edit, self.tr("As people call it: leave request")),
            (self.tr("About"), self.about, self.tr("One line: days off, written to a manager")),
            (self.tr("Language"), self.language, ""),
            (self.tr("Group"), self.group, ""),
            (self.tr("Template"), self.template, ""),
            (self.tr("Search words"), self.search, self.tr("Divided by commas: day off, vacation")),
            (
                self.tr("Questions"),
                self.hints,
                self.tr("What a request should say, divided by semicolons: to whom; why"),
            ),
            (self.tr("Parts"), self.structure, self.tr("In order, divided by semicolons: greeting; dates; thanks")),
            (self.tr("Tone"), self.tone, ""),
            (self.tr("Usual length"), self.length, ""),
        )
        form = QFormLayout()
        form.setSpacing(theme.px(theme.SPACE_12))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field, hint in rows:
            field.setAccessibleName(name.removesuffix(" *"))
            if isinstance(field, QLineEdit):
                field.setPlaceholderText(hint)
            form.addRow(name_beside(name, "strong" if name.endswith("*") else "soft"), field)
        body = QWidget()
        body.setObjectName("column")
        inside = QVBoxLayout(body)
        inside.addLayout(form)
        inside.addWidget(label(self.tr("Worked examples *"), "strong"))
        told = label(self.tr("The model writes as well as they are written: a request, and the text for it."), "small")
        told.setWordWrap(True)
        inside.addWidget(told)
        inside.addLayout(self._examples_inside)
        inside.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(body)
        keep_gutter(area, inside)
        return area

    @Slot()
    def add_example(self, example: Example | None = None) -> ExampleFields:
        """Add room for one more example, or this one."""
        fields = ExampleFields(self._drafting, example if isinstance(example, Example) else None)
        if fields.source is not None:
            fields.source.said.connect(self.tell)
        self.examples.append(fields)
        self._examples_inside.addWidget(fields)
        self._more.setVisible(len(self.examples) < _EXAMPLES)
        return fields

    def read(self, file: Path) -> None:
        """Read a document into the text of the first example."""
        if self.examples[0].source is not None:
            self.examples[0].source.read(file)

    def scene(self) -> Scene:
        """Give what is filled in; a scene's text in the other language stays as it was."""
        texts = {**self._scene.texts, self._shown: self._text()}
        group = next(group for group in GROUPS if group == self.group.currentData())
        return replace(self._scene, template=self.template.currentData(), group=group, texts=texts)

    def _text(self) -> SceneText:
        return SceneText(
            label=self.label_edit.text().strip(),
            about=self.about.text().strip(),
            search=_listed(self.search.text(), ",，;；"),
            hints=_listed(self.hints.text(), ";；"),
            structure=self.structure.text().strip(),
            length=self.length.value(),
            tone=self.tone.text().strip(),
            examples=tuple(example for fields in self.examples if (example := fields.example()) is not None),
        )

    @Slot()
    def submit(self) -> None:
        """Save the scene, or say what is missing."""
        scene = self.scene()
        text = scene.texts[self._shown]
        if not text.label:
            self.tell(self.tr("A scene needs a name."))
            self.label_edit.setFocus()
            return
        if not text.examples or not all(one.request and one.text for one in text.examples):
            self.tell(self.tr("A scene needs an example with its request and its text."))
            self.examples[0].request.setFocus()
            return
        try:
            scene_id = self._scenes.keep(scene)
        except SceneError as error:
            self.tell(error.reason)
        except OSError as error:
            self.tell(worded(system_reason(error)))
        else:
            self.saved.emit(scene_id)
            self.accept()

    @Slot(str)
    def tell(self, sentence: str) -> None:
        """Say something above the buttons; "" says nothing."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _fill(self, scene: Scene, language: str) -> None:
        chosen = self._shown = language if language in scene.texts or not scene.texts else next(iter(scene.texts))
        self.language.setCurrentIndex(self.language.findData(chosen))
        self.group.setCurrentIndex(max(0, self.group.findData(scene.group)))
        self.template.setCurrentIndex(max(0, self.template.findData(scene.template)))
        self._fill_text(scene.texts.get(chosen))

    def _fill_text(self, text: SceneText | None) -> None:
        self.label_edit.setText(text.label if text else "")
        self.about.setText(text.about if text else "")
        self.search.setText(", ".join(text.search) if text else "")
        self.hints.setText("; ".join(text.hints) if text else "")
        self.structure.setText(text.structure if text else "")
        self.tone.setText(text.tone if text else "")
        self.length.setValue(text.length if text else 0)
        for fields in self.examples:
            self._examples_inside.removeWidget(fields)
            fields.hide()
            fields.deleteLater()
        self.examples = []
        for example in text.examples if text else (None,):
            self.add_example(example)

    @Slot()
    def _change_language(self) -> None:
        """Show the scene's text in the language that was chosen, or take what stands here for a text in it."""
        chosen = self.language.currentData()
        texts = dict(self._scene.texts)
        if chosen in texts:
            texts[self._shown] = self._text()
        else:
            texts.pop(self._shown, None)
        self._scene = replace(self._scene, texts=texts)
        self._shown = chosen
        if chosen in texts:
            self._fill_text(texts[chosen])


def _listed(text: str, signs: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(f"[{signs}]", text) if part.strip())

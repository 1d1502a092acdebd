"""The fields of a quick action, and what the model would be asked."""

import dataclasses
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from desktop.errors import ActionError
from desktop.quick.actions.action import LANGUAGES, Action, TextLanguage
from desktop.quick.actions.loading import parse_actions, write_actions
from desktop.ui.settings.general_page import Form, choices
from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import icon_names
from desktop.ui.widgets.labels import label

_SAMPLE: dict[TextLanguage, str] = {"en": "She dont like apples.", "zh": "我门明天去学校。"}
_LINES = 3


class ActionForm(Form):
    """Edits one action; a language whose request is empty is one that the action is not offered for.

    Attributes:
        names, systems, prompts: the fields of each language.
        key, icon, result, unit, lookup: the other fields.
        preview: what the model would be asked.

    Signals:
        edited(): a field is another one now.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._action = blank()
        self.names = {language: QLineEdit() for language in LANGUAGES}
        self.systems = {language: _lines() for language in LANGUAGES}
        self.prompts = {language: _lines() for language in LANGUAGES}
        self.key = QLineEdit()
        self.key.setMaxLength(1)
        self.icon = choices([(self.tr("None"), ""), *((name, name) for name in icon_names())], "")
        outlets = {
            "replace": self.tr("Takes the place of the selection"),
            "below": self.tr("Goes below the selection"),
            "copy": self.tr("Goes to the clipboard"),
            "window": self.tr("Is only shown"),
        }
        units = {
            "whole": self.tr("The whole text"),
            "line": self.tr("Line by line"),
            "sentence": self.tr("Sentence by sentence, best for small models"),
        }
        self.result = choices([(title, value) for value, title in outlets.items()], "replace")
        self.unit = choices([(title, value) for value, title in units.items()], "whole")
        self.lookup = QCheckBox(self.tr("The result repeats much of the text: show the difference"))
        self.preview = label("", "small")
        self.preview.setWordWrap(True)
        self._lay_out()
        self.show_action(self._action)

    def show_action(self, action: Action) -> None:
        """Fill the fields."""
        self._action = action
        for language in LANGUAGES:
            there = language in action.languages
            self.names[language].setText(action.name.get(language, "") if there else "")
            self.systems[language].setPlainText((action.system or {}).get(language, "") if there else "")
            self.prompts[language].setPlainText(action.prompt.get(language, "") if there else "")
        self.key.setText(action.key)
        for box, value in ((self.icon, action.icon), (self.result, action.result), (self.unit, action.unit)):
            box.setCurrentIndex(max(0, box.findData(value)))
        self.lookup.setChecked(action.lookup)
        self.show_preview()

    @property
    def action(self) -> Action:
        """The action as the fields have it; `wrong` tells whether it is one."""
        languages = tuple(one for one in LANGUAGES if self.prompts[one].toPlainText().strip())
        systems = {one: self.systems[one].toPlainText().strip() for one in languages}
        changed: dict[str, Any] = {
            "name": {one: self.names[one].text().strip() for one in languages},
            "prompt": {one: self.prompts[one].toPlainText().strip() for one in languages},
            "system": systems if any(systems.values()) else None,
            "languages": languages,
            "key": self.key.text().upper(),
            "icon": self.icon.currentData(),
            "result": self.result.currentData(),
            "unit": self.unit.currentData(),
            "lookup": self.lookup.isChecked(),
        }
        for part in ("begin", "examples", "phrases"):  # what is not shown stays
            kept = {one: value for one, value in (getattr(self._action, part) or {}).items() if one in languages}
            changed[part] = kept or None
        return dataclasses.replace(self._action, **changed)

    @property
    def changed(self) -> bool:
        """Whether the fields differ from what was shown."""
        return self.action != self._action

    def wrong(self) -> str:
        """Say what is missing; "" where it is an action."""
        action = self.action
        if not action.languages:
            return self.tr("Write what the model is asked, in one language at least.")
        if not all(action.name.values()):
            return self.tr("Give it a name in each language that it has a request in.")
        if any(text.count("{text}") != 1 for text in action.prompt.values()):
            return self.tr("Write {text} once where the selection belongs.")
        try:
            parse_actions(write_actions([action]), Path(f"{action.id}.toml"))
        except ActionError as error:
            return error.reason
        return ""

    @Slot()
    def show_preview(self) -> None:
        """Show what the model would be asked about a sentence."""
        wrong = self.wrong()
        if wrong:
            self.preview.setText(wrong)
            return
        action = self.action
        language = action.languages[0]
        asked = action.messages(_SAMPLE[language], language, self.tr("what you type"))
        self.preview.setText("\n".join(f"{_role(one.role)}: {one.content}" for one in asked))

    @Slot()
    def _edited(self) -> None:
        self.show_preview()
        self.edited.emit()

    def _lay_out(self) -> None:
        spoken: dict[TextLanguage, str] = {"en": self.tr("English"), "zh": self.tr("Chinese")}
        for language in LANGUAGES:
            rows: tuple[tuple[str, QWidget], ...] = (
                (self.tr("Name, {language}"), self.names[language]),
                (self.tr("Role, {language}"), self.systems[language]),
                (self.tr("Request, {language}"), self.prompts[language]),
            )
            for title, field in rows:
                self.row(title.format(language=spoken[language]), field)
            self.prompts[language].setPlaceholderText("{text}")
        self.row(self.tr("Key, with Alt"), self.key)
        self.row(self.tr("Icon"), self.icon)
        self.row(self.tr("The result"), self.result)
        self.row(self.tr("The model sees"), self.unit)
        self.form.addRow("", self.lookup)
        self.form.addRow(self.preview)
        for box in (self.icon, self.result, self.unit):
            box.currentIndexChanged.connect(self._edited)
        for line in (*self.names.values(), self.key):
            line.textEdited.connect(self._edited)
        for text in (*self.systems.values(), *self.prompts.values()):
            text.textChanged.connect(self._edited)
        self.lookup.toggled.connect(self._edited)


def blank(name: str = "own", language: TextLanguage = "en") -> Action:
    """Give an action to begin with."""
    prompts: dict[TextLanguage, str] = {"en": "Rewrite this as …: {text}", "zh": "把这段话改写成……：{text}"}
    return Action(name, {language: ""}, {language: prompts[language]}, languages=(language,))


def _lines() -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setTabChangesFocus(True)
    field.setFixedHeight(field.fontMetrics().lineSpacing() * _LINES + theme.px(theme.SPACE_16))
    return field


def _role(role: str) -> str:
    translate = QCoreApplication.translate
    names = {
        "system": translate("ActionForm", "Role"),
        "user": translate("ActionForm", "Asked"),
        "assistant": translate("ActionForm", "Answer"),
    }
    return names.get(role, role)

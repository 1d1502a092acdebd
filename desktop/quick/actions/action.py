"""What a quick action is: what it asks of the model, what becomes of the answer, and what the answer must hold to."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

from desktop.engine.interface import Ability, Message

TextLanguage = Literal["en", "zh"]
LANGUAGES: tuple[TextLanguage, ...] = ("en", "zh")
Outlet = Literal["replace", "below", "copy", "window"]
RewriteUnit = Literal["sentence", "line", "whole"]
FactRule = Literal["kept", "none added", "free"]
Spoken = Literal["same", "other", "free"]
Method = Literal["write", "correct"]
BecomesForm = Literal["", "list", "table"]
Texts = Mapping[TextLanguage, str]
Pairs = Mapping[TextLanguage, tuple[tuple[str, str], ...]]
Share = Annotated[float, Meta(ge=0, le=1)]
_Ratio = Annotated[float, Meta(ge=0, le=100)]


@dataclass(frozen=True, slots=True)
class ActionLimits:
    """What a result must hold to, or it is only a suggestion.

    Attributes:
        shortest, longest: length of the result as a share of the text's, in words (characters for Chinese).
        language: that of the text, the other one, or any.
        keeps: share of the text's content words that must be in the result; 0 to 1.
        adds: share of the result's content words that may be new; 0 to 1.
        numbers, names: all of the text's are in the result and no others (kept), no others are (none added), or free.
        facts: days, dates, amounts in words, forms of address, apologies, negations, and who does what to whom: in the
            result as in the text (kept), none that are new (none added), or free.
        form: the lists, tables and code of the text are lists, tables and code in the result.
        becomes: each line of the result is a point of a list, or a row of a table; "" for any form.
    """

    shortest: _Ratio = 0.0
    longest: _Ratio = 100.0
    language: Spoken = "same"
    keeps: Share = 0.0
    adds: Share = 1.0
    numbers: FactRule = "free"
    names: FactRule = "free"
    facts: FactRule = "free"
    form: bool = False
    becomes: BecomesForm = ""


@dataclass(frozen=True, slots=True)
class FreeWay:
    """What is otherwise where a model answers that can write by itself; None: as it is for any model.

    Such a model needs less leading (phrases only where it fails, larger pieces) and learns more from examples as
    long as real texts are.
    Attributes as those of `Action`.
    """

    unit: RewriteUnit | None = None
    system: Texts | None = None
    prompt: Texts | None = None
    examples: Pairs | None = None
    begin: Texts | None = None
    limits: ActionLimits | None = None
    temperature: Annotated[float, Meta(ge=0, le=2)] | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done with a selection; texts are by language.

    Attributes:
        id: lower-case words joined by hyphens; a user's action with the id of a shipped one takes its place.
        name: on the button.
        icon: file name in assets/icons, without `.svg`; "" for none.
        key: pressed with Alt in the quick window; one letter, or "".
        result: where the result goes: in place of the selection, below it, to the clipboard, or only to the window.
        unit: how much of the text the model sees at once; small models do well with little.
        method: `correct` looks for single mistakes where the engine can judge, and writes where it cannot.
        code: the text is source code, also for the difference.
        lookup: the result repeats much of the text.
        languages: of texts that it is offered for.
        system, prompt: what the model is asked; `{text}` is the text, `{request}` what the user typed.
        begin: what the answer begins with, also with `{text}`; not part of the result.
        phrases: pairs of wordings: the first is replaced by the second before the model is asked, and that stands if
            the model has nothing usable to add.
        examples: pairs of a text and its result, shown to the model before; where the prompt holds `{request}`, the
            text with what is asked about it.
        limits: what the result must hold to.
        temperature: of sampling; 0 takes the likeliest word.
        free: what is otherwise for a model that can write by itself.
    """

    id: str
    name: Texts
    prompt: Texts
    icon: str = ""
    key: str = ""
    result: Outlet = "replace"
    unit: RewriteUnit = "whole"
    method: Method = "write"
    code: bool = False
    lookup: bool = False
    languages: tuple[TextLanguage, ...] = LANGUAGES
    system: Texts | None = None
    begin: Texts | None = None
    phrases: Pairs | None = None
    examples: Pairs | None = None
    limits: ActionLimits = ActionLimits()
    temperature: Annotated[float, Meta(ge=0, le=2)] = 0.0
    free: FreeWay | None = None

    def suited(self, ability: Ability | None) -> "Action":
        """Give the action as it is for a model of this ability; None where that was not measured."""
        if self.free is None or ability is not Ability.FREE:
            return self
        changed = {one.name: getattr(self.free, one.name) for one in dataclasses.fields(FreeWay)}
        given = {name: value for name, value in changed.items() if value is not None}
        return dataclasses.replace(self, free=None, **given)

    def messages(self, text: str, language: TextLanguage, request: str = "") -> list[Message]:
        """Give what the model is asked about one piece of text."""
        messages = self.prefix(language)
        messages.append(Message("user", self._asked(text, language, request)))
        if begin := self._begun(text, language):
            messages.append(Message("assistant", begin))
        return messages

    def prefix(self, language: TextLanguage) -> list[Message]:
        """Give what all conversations of this action begin with; worth reading ahead."""
        messages = [Message("system", self.system[language])] if self.system else []
        for before, after in (self.examples or {}).get(language, ()):
            # Where the user says what he wants, so does an example, before its text.
            asked = before if "{request}" in self.prompt[language] else self._asked(before, language, "")
            messages.append(Message("user", asked))
            messages.append(Message("assistant", self._begun(before, language) + after))
        return messages

    def _begun(self, text: str, language: TextLanguage) -> str:
        return (self.begin or {}).get(language, "").replace("{text}", text)

    def _asked(self, text: str, language: TextLanguage, request: str) -> str:
        before, _, behind = self.prompt[language].partition("{text}")
        return before.replace("{request}", request) + text + behind.replace("{request}", request)

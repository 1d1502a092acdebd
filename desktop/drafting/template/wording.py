"""The texts of a template: in two languages, with variables that are filled in.

`{topic}` is replaced by its value. A part in square brackets that holds a variable is left out where the variable is
empty: "a report[ for {audience}]"; one part may hold another. Square brackets without a variable are plain text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("en", "zh")  # every text of a template is given in both

_VARIABLE = re.compile(r"\{(\w+)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*\{\w+\}[^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Localized:
    """One text in English and in Chinese; the English one serves every other language."""

    en: str = ""
    zh: str = ""

    def of(self, language: str) -> str:
        """Give the text for a language, ISO 639-1."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class LocalizedList:
    """A list of texts in English and in Chinese."""

    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()

    def of(self, language: str) -> tuple[str, ...]:
        """Give the texts for a language, ISO 639-1."""
        return self.zh if language == "zh" else self.en


def variables(text: str) -> list[str]:
    """Name the variables that a text uses, in order."""
    return _VARIABLE.findall(text)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values into a text; a variable without a value is empty."""

    def optional(found: re.Match[str]) -> str:
        return found[1] if all(values.get(name) for name in variables(found[1])) else ""

    while (rest := _OPTIONAL.sub(optional, text)) != text:  # from the inside out
        text = rest
    # One pass: a value that looks like a variable stays what the user wrote.
    return _VARIABLE.sub(lambda found: values.get(found[1], ""), text)


def is_filled(text: str, values: Mapping[str, str]) -> bool:
    """Tell whether every variable of a text, those of optional parts apart, has a value."""
    while (rest := _OPTIONAL.sub("", text)) != text:
        text = rest
    return all(values.get(name) for name in variables(text))


def sentence_case(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]

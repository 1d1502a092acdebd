"""What the model at hand cannot write, said before it is tried; and which of the installed ones write it.

Where a model was calibrated, what was measured counts; else what its manifest says of languages.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from desktop.engine.interface import Ability, EngineInfo
from desktop.text.han import count_han, without_han

WrittenLanguage = Literal["en", "zh"]

_LANGUAGE_NAMES = {"en": "English", "zh": "Chinese"}
_LETTER = re.compile(r"[^\W\d_]")
# A language that is asked for by its name wins over the one that is asked in.
_IN_CHINESE = re.compile(
    r"\b(?:in|into|to)\s+(?:simplified\s+)?(?:Chinese|Mandarin)\b|(?:用|成|为|写|以)(?:中文|汉语)", re.I
)
_IN_ENGLISH = re.compile(r"\b(?:in|into|to)\s+English\b|(?:用|成|为|写|以)(?:英文|英语)", re.I)
_HAN_SHARE = 1 / 4  # of the letters; a Chinese character says as much as two or three of them
_BEGINNING = 2_000  # characters that are looked at; what is asked stands there or at the end


def language_wanted(text: str) -> WrittenLanguage:
    """Tell in which language the answer to a request is expected."""
    looked = text if len(text) <= 2 * _BEGINNING else f"{text[:_BEGINNING]}\n{text[-_BEGINNING:]}"
    if _IN_CHINESE.search(looked):
        return "zh"
    if _IN_ENGLISH.search(looked):
        return "en"
    chinese = count_han(looked)
    return "zh" if chinese and chinese >= _HAN_SHARE * (chinese + len(_LETTER.findall(without_han(looked)))) else "en"


def cannot_write(info: EngineInfo, text: str) -> WrittenLanguage | None:
    """Give the language that a request asks for where the model does not write it; None where it does or may."""
    language = language_wanted(text)
    ability = info.can_write(language)
    if ability is None:
        return language if info.languages and language not in info.languages else None
    return language if ability is Ability.NONE else None


def warning(info: EngineInfo, text: str) -> str:
    """Say in a sentence that the model does not write what is asked for, and what helps; "" where it does."""
    language = cannot_write(info, text)
    if language is None:
        return ""
    name = _LANGUAGE_NAMES[language]
    return (
        f"{info.model} does not write {name}: its answer will be of no use. “inkstone models prepare standard” gets a "
        "model that does, “inkstone models use standard” takes it."
    )


@dataclass(frozen=True, slots=True)
class WritingModel:
    """A model that is ready on this machine.

    Attributes:
        id: in the settings.
        name: for the user.
        languages: what it writes well, ISO 639-1; empty: nobody has said.
        in_use: it is the one that answers.
    """

    id: str
    name: str
    languages: tuple[str, ...]
    in_use: bool


@dataclass(frozen=True, slots=True)
class Advice:
    """What to tell the user before a text in a language is drafted.

    Attributes:
        writer: the model in use, which does not write it well.
        language: ISO 639-1.
        able: the models that do.
    """

    writer: WritingModel
    language: str
    able: tuple[WritingModel, ...]


def advice(writers: Sequence[WritingModel], language: str) -> Advice | None:
    """Say which models write a language better than the one in use; None where that one does, or nobody can tell.

    Args:
        writers: the models of this machine.
        language: ISO 639-1; "" or "other" where it is not known.
    """
    used = next((writer for writer in writers if writer.in_use), None)
    if used is None or not used.languages or language in (*used.languages, "", "other"):
        return None
    return Advice(used, language, tuple(writer for writer in writers if language in writer.languages))

"""What the model at hand cannot write, said before it is tried; and which of the installed ones write it.

Where a model was calibrated, what was measured counts; else what its manifest says of languages.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.engine.interface import Ability, EngineInfo
from desktop.text.language import WrittenLanguage, language_wanted

_LANGUAGE_NAMES = {"en": "English", "zh": "Chinese"}


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

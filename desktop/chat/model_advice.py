"""Which of the installed models write a language well, as their manifests say."""

from collections.abc import Sequence
from dataclasses import dataclass


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

"""What the window says of a model, and what it asks of the models of this machine."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.codes import Coded

GGUF = ".gguf"  # how the names of models end that can be imported

ReportProgress = Callable[[Coded, float], None]


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """A model that is known here.

    Attributes:
        id: in the settings.
        name: for the user.
        languages: what it writes well, ISO 639-1.
        precision: how it holds its weights, such as int8.
        context_length: prompt and answer together, in tokens.
        licence: of the weights; "" where nobody has said.
        size: bytes of its files on the disk.
        prepared: whether it can answer.
        download: bytes to fetch where it is prepared; 0: it cannot be fetched.
        removable: its files are this home's, and may go.
    """

    id: str
    name: str
    languages: tuple[str, ...]
    precision: str
    context_length: int
    licence: str
    size: int
    prepared: bool
    download: int
    removable: bool


@dataclass(frozen=True, slots=True)
class ModelWork:
    """What can be done with models; all of it waits for the disk, so it is called away from the GUI thread.

    Each raises InkstoneError. What takes long tells how far it is and ends (Cancelled) once its event is set.

    Attributes:
        models: gives all that are known.
        bring_in: converts a GGUF file; gives the id of the new model.
        prepare: fetches and converts one anew, by its id.
        verify: compares its files with what was prepared.
        remove: deletes its files; gives the bytes that are free now.
    """

    models: Callable[[], Sequence[ModelFacts]]
    bring_in: Callable[[Path, ReportProgress, threading.Event], str]
    prepare: Callable[[str, ReportProgress, threading.Event], object]
    verify: Callable[[str, ReportProgress, threading.Event], object]
    remove: Callable[[str], int]


def size_text(size: int) -> str:
    """Tell bytes as people read them: 115 MB, 1.9 GB."""
    digits = 1 if size >= 10**9 else 0
    return QLocale().formattedDataSize(size, digits, QLocale.DataSizeFormat.DataSizeSIFormat)


def facts_text(model: ModelFacts) -> str:
    """Tell size, precision, languages, context and licence in one line."""
    translate = QCoreApplication.translate
    context = translate("Models", "{n} tokens of context").format(n=QLocale().toString(model.context_length))
    if model.prepared:
        parts = [size_text(model.size), model.precision, _told_languages(model.languages), context, model.licence]
    else:
        missing = (
            translate("Models", "Not on this machine yet")
            if model.download
            else translate("Models", "Its files are missing or damaged: remove it and import it again")
        )
        parts = [missing, _told_languages(model.languages), context, model.licence]
    return " · ".join(part for part in parts if part)


def _told_languages(codes: Sequence[str]) -> str:
    translate = QCoreApplication.translate
    known = {"en": translate("Models", "English"), "zh": translate("Models", "Chinese")}
    names = [known.get(code) or QLocale(code).nativeLanguageName() or code for code in codes]
    return QLocale().createSeparatedList(names)

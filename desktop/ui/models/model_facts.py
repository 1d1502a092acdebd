"""What the window knows of models, and what it asks of the machine for them; how that is worded says `model_texts`.

The window knows no manifest, no catalogue and no hub: `ui/installed_models.py` turns what the services give into these.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from desktop.codes import Coded

GGUF = ".gguf"  # how the names of models end that can be imported

ReportProgress = Callable[[Coded, float], None]
TierKind = Literal["standard", "light", "tiny"]
TIERS: tuple[TierKind, ...] = ("standard", "light", "tiny")  # the best first
Fits = Literal["fits", "slow", "no"]


@dataclass(frozen=True, slots=True)
class MeasuredFacts:
    """What a model was found to do on this machine.

    Attributes:
        languages: what it really writes, ISO 639-1.
        follows: how much of a brief it follows, in [0, 1], by language.
        tokens_per_s: how fast it writes; 0 where that was not measured.
    """

    languages: tuple[str, ...] = ()
    follows: Mapping[str, float] = field(default_factory=dict)
    tokens_per_s: float = 0.0


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
        memory: bytes that the machine should have; 0 where nobody has said.
        measured: what was found out about it here; None: nothing yet.
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
    memory: int = 0
    measured: MeasuredFacts | None = None


@dataclass(frozen=True, slots=True)
class TierFacts:
    """One of the models that Inkstone comes with.

    Attributes:
        name: which.
        model_id: in the settings.
        title: the model's own name.
        languages: what it writes well, ISO 639-1.
        download, disk: bytes to fetch and to keep it.
        memory: bytes that the machine should have.
        kept: bytes that an earlier download has left here.
        recommended: the best that this machine runs well.
        prepared: it can answer.
    """

    name: TierKind
    model_id: str
    title: str
    languages: tuple[str, ...]
    download: int
    disk: int
    memory: int
    kept: int = 0
    recommended: bool = False
    prepared: bool = False

    @property
    def lacking(self) -> int:
        """Bytes that are still to be fetched; what is kept may be unpacked already, and larger than the download."""
        return max(0, self.download - self.kept)


@dataclass(frozen=True, slots=True)
class CatalogueFacts:
    """A model that can be fetched from a hub.

    Attributes:
        id: what `ModelWork.add` takes.
        name: for the user.
        good_for: one phrase, in the language of the window.
        languages: what it writes well, ISO 639-1.
        licence: of the weights.
        size, memory: bytes to fetch and to run it; 0 where that is not known.
        fits: whether this machine runs it.
        foretold: the same with how fast it will write, as the user reads it.
    """

    id: str
    name: str
    good_for: str
    languages: tuple[str, ...]
    licence: str
    size: int
    memory: int
    fits: Fits
    foretold: Coded


@dataclass(frozen=True, slots=True)
class FoundFacts:
    """A model file that another program keeps on this machine.

    Attributes:
        program: whose it is, such as Ollama.
        name: for the user.
        path: where it lies.
        size: in bytes.
        architecture: such as qwen2.
        refused: why it cannot be used; None where it can.
    """

    program: str
    name: str
    path: Path
    size: int
    architecture: str
    refused: Coded | None


@dataclass(frozen=True, slots=True)
class MachineFacts:
    """What decides which model this machine runs.

    Attributes:
        memory: bytes it has for programs.
        disk: bytes that are free where models are kept.
    """

    memory: int
    disk: int


@dataclass(frozen=True, slots=True)
class Look:
    """What there is, seen at one moment.

    Attributes:
        models: all that are known.
        tiers: those that Inkstone comes with, the best first.
        chosen: id of the model that the settings mean.
        machine: what this machine has; None where that is not known.
    """

    models: tuple[ModelFacts, ...] = ()
    tiers: tuple[TierFacts, ...] = ()
    chosen: str = ""
    machine: MachineFacts | None = None


@dataclass(frozen=True, slots=True)
class ModelWork:
    """What can be done with models; all of it waits for the disk, so it is called away from the GUI thread.

    Each raises InkstoneError. What takes long tells how far it is and ends (Cancelled) once its event is set.

    Attributes:
        look: gives all that are known; it gets the model of the settings.
        bring_in: converts a file or a folder of files; gives the id of the new model.
        prepare: fetches and converts one anew, by its id. One that was stopped goes on where it was.
        add: fetches one of the catalogue, or of any repository, and converts it; gives its id.
        discard: deletes what a download that was stopped has left, by what `prepare` or `add` was called with.
        verify: compares its files with what was prepared.
        measure: finds out anew what it can do.
        remove: deletes its files; gives the bytes that are free now.
        catalogue: gives what can be fetched, and how well it runs here.
        found: gives the model files of other programs.
    """

    look: Callable[[str], Look]
    bring_in: Callable[[Path, ReportProgress, threading.Event], str]
    prepare: Callable[[str, ReportProgress, threading.Event], object]
    verify: Callable[[str, ReportProgress, threading.Event], object]
    measure: Callable[[str, ReportProgress, threading.Event], object]
    remove: Callable[[str], int]
    add: Callable[[str, ReportProgress, threading.Event], str]
    discard: Callable[[str], object]
    catalogue: Callable[[], Sequence[CatalogueFacts]]
    found: Callable[[], Sequence[FoundFacts]]

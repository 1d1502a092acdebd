"""Models: which there are, which one answers, and how one is fetched, imported, measured, checked and removed."""

import dataclasses
import logging
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.codes import system_reason
from desktop.model_ids import ENCODER_ID
from desktop.models.progress import Progress, Report, Work
from desktop.paths import AppPaths
from desktop.reasons import PrepareReason

if TYPE_CHECKING:
    from desktop.models.catalogue import CatalogueEntry
    from desktop.models.fit import Fit
    from desktop.models.found import FoundFile
    from desktop.models.library import InstalledModel, ModelLibrary
    from desktop.models.tiers import Tier

_LOG = logging.getLogger(__name__)
_MADE = 0.9  # of the work on a new model: it is made, and is measured now


def open_library(paths: AppPaths) -> "ModelLibrary":
    """Find the models of this machine, after tidying up what a killed preparation may have left."""
    from desktop.models.library import ModelLibrary
    from desktop.models.staging import recover

    for folder in paths.model_folders:
        recover(folder)
    return ModelLibrary(paths.model_folders)


def chosen_model(paths: AppPaths, wanted: str) -> str:
    """Give the id of the model that is meant by “auto”, the name of a tier or an id; what is none stays as it is."""
    from desktop.models.tiers import chosen_id

    return chosen_id(paths, wanted)


def tiers(paths: AppPaths) -> "list[Tier]":
    """Give the models that come with Inkstone, the best first."""
    from desktop.models.tiers import list_tiers

    return list_tiers(paths)


def recommended_tier(paths: AppPaths) -> "Tier | None":
    """Give the one of them that this machine should have; None where none comes with this installation."""
    return next((tier for tier in tiers(paths) if tier.recommended), None)


def prepare_model(
    paths: AppPaths,
    model_id: str,
    report: Report,
    stop: threading.Event | None = None,
    *,
    again: bool = False,
    cuda: bool = False,
    offline: bool = False,
) -> Path:
    """Fetch and convert a model, or its variant for CUDA, where it is not there yet; gives its folder.

    `stop` pauses it: the parts that are downloaded stay for the next call, or until `discard_download`.

    Raises:
        UnknownModel: there is no model of this id.
        PrepareError: it could not be fetched or converted, or was stopped (Cancelled).
        OfflineRefused: it would need the network.
    """
    model = open_library(paths).find(chosen_model(paths, model_id))
    if model.prepared and not again and not cuda:
        return model.folder  # the usual case, and it needs no converter
    from desktop.models.prepare import for_cuda, prepare
    from desktop.settings import load_settings

    if cuda:
        model = for_cuda(model, paths.prepared_models)

    progress = Progress(report, stop or threading.Event())
    endpoint = load_settings(paths.settings_file).hub_endpoint
    made = progress.part(0, _MADE)
    folder = prepare(model, paths.prepared_models, made, again=again, offline=offline, endpoint=endpoint)
    _calibrate_new(folder, progress)
    return folder


def discard_download(paths: AppPaths, wanted: str) -> None:
    """Throw away what is downloaded of a model that is not prepared yet: its id, or what `add_model` was asked for.

    Raises:
        PrepareBusy: a model is being prepared; stop that first.
        PrepareError: it could not be deleted.
    """
    from desktop.models.add import discard_added
    from desktop.models.staging import discard_download as discard

    discard_added(wanted, paths.home / "models")
    if "/" not in wanted:  # an id: of what comes with Inkstone, or of what an older version has added
        for folder in {paths.prepared_models, paths.home / "models"}:
            discard(folder, wanted)


def import_model(
    paths: AppPaths,
    file: Path,
    report: Report,
    model_id: str | None = None,
    stop: threading.Event | None = None,
    *,
    any_id: bool = False,
) -> Path:
    """Make a model of a GGUF file or of a folder (safetensors, ONNX); gives its folder. Raises InkstoneError.

    Its id is `model_id`, or comes from the file's name; with `any_id` a number makes it another one than all others.
    """
    from desktop.models.importing import import_model as imported
    from desktop.models.prepare import free_id

    taken = {model.manifest.id for model in open_library(paths).models()}
    chosen = free_id(file, taken) if any_id else model_id
    progress = Progress(report, stop or threading.Event())
    folder = imported(file, paths.home / "models", progress.part(0, _MADE), chosen, taken=taken)
    _calibrate_new(folder, progress)
    return folder


def calibrate_model(
    paths: AppPaths, model_id: str, report: Report, stop: threading.Event | None = None
) -> "InstalledModel":
    """Measure what a prepared model can do, half a minute at most, and keep it in its manifest; gives the model.

    Raises:
        UnknownModel: there is no model of this id.
        ModelError: it cannot be loaded, or failed.
        Cancelled: it was stopped; what was known before stays.
        PrepareError: the manifest cannot be written.
    """
    return _calibrate(open_library(paths).find(model_id), Progress(report, stop or threading.Event()))


def _calibrate(model: "InstalledModel", progress: Progress) -> "InstalledModel":
    from desktop.engine.local import LocalEngine
    from desktop.errors import Cancelled, PrepareError
    from desktop.models.calibrating import calibrate
    from desktop.models.manifest import write_manifest

    manifest = model.manifest
    engine = LocalEngine(model.files())
    try:
        work = Work.CALIBRATING(name=manifest.name)
        measured = calibrate(engine, lambda share: progress.at(manifest.id, work, share), progress.stop)
    finally:
        engine.close()
    if measured is None:
        raise Cancelled(manifest.id)
    measured_model = dataclasses.replace(model, manifest=dataclasses.replace(manifest, measured=measured))
    try:
        write_manifest(measured_model.manifest, model.folder)
    except OSError as error:
        raise PrepareError(PrepareReason.MEASURED_NOT_KEPT(why=system_reason(error))) from error
    return measured_model


def _calibrate_new(folder: Path, progress: Progress) -> None:
    """Measure a model that was just made, where its manifest says nothing; it is ready whatever comes of that."""
    import psutil

    from desktop.errors import InkstoneError
    from desktop.models.calibration import VERSION
    from desktop.models.library import InstalledModel
    from desktop.models.manifest import read_manifest

    model = InstalledModel(folder, read_manifest(folder))
    known = model.manifest.measured is not None and model.manifest.measured.version >= VERSION
    # Another model may be answering meanwhile; and one for CUDA is not to be measured on the CPU.
    if known or model.manifest.quantization == "fp16" or psutil.virtual_memory().available < 2 * model.size:
        return
    try:
        _calibrate(model, progress.part(_MADE, 1))
    except InkstoneError as error:
        _LOG.warning("calibration: %s", error)
    progress.report(Work.READY(name=model.manifest.name), 1.0)


def catalogue(paths: AppPaths) -> "list[CatalogueEntry]":
    """Give the models of the catalogue, in its order. Raises BrokenModel: the installation lacks it."""
    from desktop.models.catalogue import read_catalogue

    return read_catalogue(paths.assets)


def fit_of(paths: AppPaths, entries: "Sequence[CatalogueEntry]") -> "list[Fit]":
    """Foretell memory and speed of models of the catalogue on this machine, in their order.

    The first time takes some tenths of a second: off the GUI thread.
    """
    from desktop.models.fit import foretell, known_speeds, this_machine

    machine = this_machine(paths.home)
    known = known_speeds(open_library(paths).sound())
    return [foretell(entry, machine, known) for entry in entries]


def found_models(paths: AppPaths, user: Path | None = None) -> "list[FoundFile]":
    """Find the models that other programs keep on this machine; `import_model` takes their paths. Off the GUI thread.

    `user` is the folder of the user; None is that of whoever runs this. What lies in Inkstone's own home is left out.
    """
    from desktop.models.found import found_files

    found = found_files(user or Path.home(), os.environ)
    return [file for file in found if not file.path.is_relative_to(paths.home)]


def add_model(
    paths: AppPaths,
    wanted: str,
    report: Report,
    stop: threading.Event | None = None,
    *,
    endpoint: str | None = None,
    model_id: str | None = None,
    keep: bool = False,
    offline: bool = False,
) -> Path:
    """Fetch a model of a hub and import it; gives its folder. Raises InkstoneError.

    `wanted` is an id of the catalogue, owner/name[/file.gguf], or the address of such a page. `endpoint` is the hub's
    address; None takes that of the settings. A stop keeps what came for the next call with the same `wanted`. `keep`
    leaves the GGUF in `models/downloads` of the home.
    """
    from desktop.models.add import add
    from desktop.settings import load_settings

    address = load_settings(paths.settings_file).hub_endpoint if endpoint is None else endpoint
    taken = {model.manifest.id for model in open_library(paths).models()}
    progress = Progress(report, stop or threading.Event())
    folder = add(
        wanted,
        catalogue(paths),
        paths.home / "models",
        progress.part(0, _MADE),
        endpoint=address,
        model_id=model_id,
        keep=keep,
        offline=offline,
        taken=taken,
    )
    _calibrate_new(folder, progress)
    return folder


def verify_model(
    paths: AppPaths, model_id: str, report: Report, stop: threading.Event | None = None
) -> "InstalledModel":
    """Compare every file of a model with its sha256; gives the model. Raises ModelError."""
    model = open_library(paths).find(chosen_model(paths, model_id))
    model.verify(Progress(report, stop or threading.Event()))
    return model


def remove_model(paths: AppPaths, model_id: str, chosen: str) -> int:
    """Delete the files of a model that is not the chosen one; gives how many bytes that freed.

    Raises:
        UnknownModel: there is no model of this id.
        ModelInUse, ModelShared: it must stay.
        PrepareError: it could not be deleted.
    """
    from desktop.errors import ModelInUse, ModelShared
    from desktop.models.remove import remove

    model = open_library(paths).find(chosen_model(paths, model_id))
    if model.manifest.id == chosen_model(paths, chosen):
        raise ModelInUse(model.manifest.id)
    if not removable(paths, model):
        raise ModelShared(model.folder)
    committed = model.folder.parent != paths.home / "models" and model.manifest.source is not None
    return remove(model, keep_manifest=committed)


def removable(paths: AppPaths, model: "InstalledModel") -> bool:
    """Tell whether a model's files are this home's: those of the installation are where it prepares none there."""
    return model.folder.parent in (paths.home / "models", paths.prepared_models) and model.size > 0


def encoder_of(paths: AppPaths) -> Path | None:
    """Give the folder of the sentence encoder; None where it is not prepared (`prepare_encoder`)."""
    found = (folder / ENCODER_ID for folder in paths.model_folders)
    return next((folder for folder in found if (folder / "model.onnx").is_file()), None)


def prepare_encoder(
    paths: AppPaths, report: Report, stop: threading.Event | None = None, *, offline: bool = False
) -> Path:
    """Fetch and convert the sentence encoder where it is not there yet; gives its folder.

    Raises:
        PrepareError: it could not be fetched or converted, or was stopped (Cancelled).
        OfflineRefused: it would need the network.
    """
    if (there := encoder_of(paths)) is not None:
        return there
    from desktop.models.e5_vocabulary import english_words
    from desktop.models.encoder import prepare_encoder as prepare

    progress = Progress(report, stop or threading.Event())
    return prepare(paths.prepared_models, progress, english_words(), offline=offline)

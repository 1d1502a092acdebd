"""The models of this machine as the window knows them: the manager that changes them, and which of them can draft.

Between the services, which know no window, and `ui/models` and `ui/drafting`, which know no folder.
"""

import functools
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import services
from desktop.paths import AppPaths

if TYPE_CHECKING:
    from desktop.models.library import InstalledModel
    from desktop.models.tiers import Tier
    from desktop.ui.drafting.environment import DraftingModels
    from desktop.ui.models.chat_worker import ChatWorker
    from desktop.ui.models.manager import ModelManager
    from desktop.ui.models.model_facts import CatalogueFacts, FoundFacts, ModelFacts, ModelWork, TierFacts
    from desktop.ui.window.main_window import MainWindow

_MIB = 1 << 20


def make_manager(paths: AppPaths, window: "MainWindow", worker: "ChatWorker", *, offline: bool) -> "ModelManager":
    """Show the models of this machine, and let the user choose, fetch, import, check and remove them."""
    from desktop.ui.models.manager import ModelManager

    manager = ModelManager(model_work(paths, window, offline=offline), window.preferences)
    manager.use_wanted.connect(window.signals.use_wanted)
    window.signals.use_wanted.connect(worker.use)
    worker.used.connect(manager.take_used)
    window.model.know(manager)
    worker.not_used.connect(manager.take_unused)
    manager.look()  # what an earlier start has left of a download is offered at once
    return manager


def model_work(paths: AppPaths, window: "MainWindow", *, offline: bool) -> "ModelWork":
    """Give what can be done with the models of a home."""
    from desktop.ui.models.model_facts import Look, MachineFacts, ModelWork, ReportProgress

    def look(chosen: str) -> Look:
        from desktop.models.library import ModelLibrary  # not `open_library`, whose tidying up holds off a preparation
        from desktop.models.tiers import free_disk, total_memory

        models = tuple(model_facts(paths, model) for model in ModelLibrary(paths.model_folders).models())
        machine = MachineFacts(total_memory(), free_disk(paths.prepared_models))
        tiers = tuple(_tier_facts(tier) for tier in services.tiers(paths))
        return Look(models, tiers, services.chosen_model(paths, chosen), machine)

    def bring_in(file: Path, report: ReportProgress, stop: threading.Event) -> str:
        return services.import_model(paths, file, report, stop=stop, any_id=True).name

    def prepare(model_id: str, report: ReportProgress, stop: threading.Event) -> Path:
        return services.prepare_model(paths, model_id, report, stop, again=True, offline=offline)

    def add(wanted: str, report: ReportProgress, stop: threading.Event) -> str:
        endpoint = window.preferences.settings.hub_endpoint
        return services.add_model(paths, wanted, report, stop, endpoint=endpoint, offline=offline).name

    def remove(model_id: str) -> int:
        return services.remove_model(paths, model_id, window.preferences.settings.model)

    return ModelWork(
        look=look,
        bring_in=bring_in,
        prepare=prepare,
        verify=functools.partial(services.verify_model, paths),
        measure=functools.partial(services.calibrate_model, paths),
        remove=remove,
        add=add,
        discard=functools.partial(services.discard_download, paths),
        catalogue=functools.partial(catalogue_facts, paths),
        found=functools.partial(found_facts, paths),
    )


def model_facts(paths: AppPaths, model: "InstalledModel") -> "ModelFacts":
    """Say of a model what the window shows."""
    from desktop.ui.models.model_facts import MeasuredFacts, ModelFacts

    manifest = model.manifest
    found = manifest.measured
    return ModelFacts(
        id=manifest.id,
        name=manifest.name,
        languages=manifest.languages,
        precision=manifest.quantization,
        context_length=manifest.context_length,
        licence="" if manifest.licence == "unknown" else manifest.licence,
        size=model.size,
        prepared=model.prepared,
        download=manifest.source.download_size if manifest.source else 0,
        removable=services.removable(paths, model),
        memory=(manifest.memory_mib or 0) * _MIB,
        measured=MeasuredFacts(found.languages, found.follows_brief, found.decode_tokens_per_s) if found else None,
    )


def catalogue_facts(paths: AppPaths) -> list["CatalogueFacts"]:
    """Say of each model of the catalogue what the window shows, and what it would be like on this machine."""
    from PySide6.QtCore import QLocale

    from desktop.models.fit import FitReason
    from desktop.ui.models.model_facts import CatalogueFacts, Fits

    fits: dict[object, Fits] = {FitReason.FITS: "fits", FitReason.SLOW: "slow", FitReason.TOO_LARGE: "no"}
    chinese = QLocale().language() is QLocale.Language.Chinese
    entries = services.catalogue(paths)
    return [
        CatalogueFacts(
            id=entry.id,
            name=entry.name,
            good_for=entry.good_for.zh if chinese else entry.good_for.en,
            languages=entry.languages,
            licence=entry.licence,
            size=entry.size,
            memory=fit.memory_mib * _MIB,
            fits=fits[fit.reason.code],
            foretold=fit.reason,
        )
        for entry, fit in zip(entries, services.fit_of(paths, entries), strict=True)
    ]


def found_facts(paths: AppPaths) -> list["FoundFacts"]:
    """Say of each model file of another program what the window shows."""
    from desktop.ui.models.model_facts import FoundFacts

    return [
        FoundFacts(file.program, file.name, file.path, file.size, file.architecture, file.reason)
        for file in services.found_models(paths)
    ]


def _tier_facts(tier: "Tier") -> "TierFacts":
    from desktop.ui.models.model_facts import TierFacts

    manifest = tier.model.manifest
    return TierFacts(
        name=tier.name,
        model_id=manifest.id,
        title=manifest.name,
        languages=manifest.languages,
        download=tier.download_mib * _MIB,
        disk=tier.disk_mib * _MIB,
        memory=tier.memory_mib * _MIB,
        kept=tier.kept_mib * _MIB,
        recommended=tier.recommended,
        prepared=tier.model.prepared,
    )


def drafting_models(paths: AppPaths, window: "MainWindow") -> "DraftingModels":
    """Tell drafting which models are ready here, and let it change the one that answers."""
    from desktop.chat.model_advice import WritingModel
    from desktop.models.library import ModelLibrary
    from desktop.ui.drafting.environment import DraftingModels

    def writers() -> list[WritingModel]:
        used = services.chosen_model(paths, window.preferences.settings.model)
        ready = [model.manifest for model in ModelLibrary(paths.model_folders).models() if model.prepared]
        return [WritingModel(each.id, each.name, each.languages, each.id == used) for each in ready]

    def use(model_id: str) -> None:
        window.signals.use_wanted.emit(model_id)

    models = DraftingModels(writers, use, lambda: window.model.loading)
    window.model.changed.connect(models.changed)
    return models

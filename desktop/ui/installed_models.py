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
    from desktop.ui.drafting.environment import DraftingModels
    from desktop.ui.models.chat_worker import ChatWorker
    from desktop.ui.models.manager import ModelManager
    from desktop.ui.models.model_facts import ModelFacts
    from desktop.ui.window.main_window import MainWindow


def make_manager(paths: AppPaths, window: "MainWindow", worker: "ChatWorker", *, offline: bool) -> "ModelManager":
    """Show the models of this machine, and let the user choose, import, prepare, check and remove them."""
    from desktop.ui.models.manager import ModelManager
    from desktop.ui.models.model_facts import ModelFacts, ModelWork, ReportProgress

    def models() -> list[ModelFacts]:
        from desktop.models.library import ModelLibrary  # not `open_library`, whose tidying up holds off a preparation

        return [model_facts(paths, model) for model in ModelLibrary(paths.model_folders).models()]

    def bring_in(file: Path, report: ReportProgress, stop: threading.Event) -> str:
        return services.import_model(paths, file, report, stop=stop, any_id=True).name

    def prepare(model_id: str, report: ReportProgress, stop: threading.Event) -> Path:
        return services.prepare_model(paths, model_id, report, stop, again=True, offline=offline)

    def remove(model_id: str) -> int:
        return services.remove_model(paths, model_id, window.preferences.settings.model)

    manager = ModelManager(
        ModelWork(models, bring_in, prepare, functools.partial(services.verify_model, paths), remove),
        window.preferences,
    )
    manager.use_wanted.connect(window.signals.use_wanted)
    window.signals.use_wanted.connect(worker.use)
    worker.used.connect(manager.take_used)
    window.model.know(manager)
    worker.not_used.connect(manager.take_unused)
    return manager


def model_facts(paths: AppPaths, model: "InstalledModel") -> "ModelFacts":
    """Say of a model what the window shows."""
    from desktop.ui.models.model_facts import ModelFacts

    manifest = model.manifest
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
    )


def drafting_models(paths: AppPaths, window: "MainWindow") -> "DraftingModels":
    """Tell drafting which models are ready here, and let it change the one that answers."""
    from desktop.chat.model_advice import WritingModel
    from desktop.models.library import ModelLibrary
    from desktop.ui.drafting.environment import DraftingModels

    def writers() -> list[WritingModel]:
        used = window.preferences.settings.model
        ready = [model.manifest for model in ModelLibrary(paths.model_folders).models() if model.prepared]
        return [WritingModel(each.id, each.name, each.languages, each.id == used) for each in ready]

    def use(model_id: str) -> None:
        window.signals.use_wanted.emit(model_id)

    models = DraftingModels(writers, use, lambda: window.model.loading)
    window.model.changed.connect(models.changed)
    return models

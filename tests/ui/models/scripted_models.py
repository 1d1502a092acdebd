"""A machine whose models are scripted: what is fetched goes on when the test says so, and remembers how far it was."""

import dataclasses
import threading
from collections.abc import Callable
from pathlib import Path

from desktop.codes import Coded
from desktop.engine.interface import DeviceName, DeviceReason, Engine, EngineInfo
from desktop.errors import Cancelled, InkstoneError, ModelNotPrepared
from desktop.models.progress import Work
from desktop.ui.models.manager import ModelManager
from desktop.ui.models.model_facts import (
    CatalogueFacts,
    FoundFacts,
    Look,
    MachineFacts,
    ModelFacts,
    ModelWork,
    TierFacts,
)
from desktop.ui.window.dialogs import Dialogs
from tests.scripted_engine import ScriptedEngine
from tests.ui.conftest import PATIENCE_S, Chat

Report = Callable[[Coded, float], None]
PATIENCE_MS = round(1000 * PATIENCE_S)
MB = 10**6
STANDARD, LIGHT, TINY = TIER_IDS = ("standard-model", "light-model", "tiny-model")


class Speaker(ScriptedEngine):
    """Answers as one of the scripted models."""

    def __init__(self, name: str, languages: tuple[str, ...]) -> None:
        super().__init__()
        self.info = EngineInfo(name, "int8", DeviceName.THREADS(n=2), DeviceReason.CPU_CHOSEN(), 2048, languages)


class ScriptedModels:
    """Three tiers, some of them prepared; the work on each ends once it may.

    Attributes:
        prepared: ids that can answer.
        kept: bytes that a download has left, by id.
        may_end: of the work going on.
        held: ids whose work does not end all the same.
        refused: ids of models that the memory does not hold.
        failures: raised in place of the next results.
        done: what was called, in order.
        opened: ids of the models that were loaded.
    """

    def __init__(self, *prepared: str, chosen: str = "standard-model") -> None:
        self.prepared, self.chosen = set(prepared), chosen
        self.kept: dict[str, int] = {}
        self.may_end = threading.Event()
        self.held: set[str] = set()
        self.failures: list[InkstoneError] = []
        self.refused: set[str] = set()
        self.done: list[str] = []
        self.opened: list[str] = []
        self.entries: list[CatalogueFacts] = []
        self.files: list[FoundFacts] = []

    def tiers(self) -> tuple[TierFacts, ...]:
        sizes = {"standard-model": 1117, "light-model": 491, "tiny-model": 93}
        names = ("standard", "light", "tiny")
        return tuple(
            TierFacts(
                name,  # type: ignore[arg-type]  # one of the three
                id_,
                f"{name.title()} 1B",
                ("en",) if name == "tiny" else ("en", "zh"),
                sizes[id_] * MB,
                sizes[id_] * MB,
                2 * sizes[id_] * MB,
                self.kept.get(id_, 0),
                recommended=name == "standard",
                prepared=id_ in self.prepared,
            )
            for name, id_ in zip(names, TIER_IDS, strict=True)
        )

    def look(self, chosen: str) -> Look:
        models = [
            ModelFacts(
                tier.model_id,
                tier.title,
                tier.languages,
                "int8",
                2048,
                "Apache-2.0",
                tier.disk if tier.prepared else 0,
                tier.prepared,
                tier.download,
                removable=tier.prepared,
            )
            for tier in self.tiers()
        ]
        models += [
            dataclasses.replace(models[0], id=one, name=one, prepared=True, download=0)
            for one in sorted(self.prepared - set(TIER_IDS))
        ]
        return Look(tuple(models), self.tiers(), chosen, MachineFacts(16_000 * MB, 80_000 * MB))

    def prepare(self, model_id: str, report: Report, stop: threading.Event) -> None:
        self._fetch(f"prepare {model_id}", model_id, report, stop)

    def add(self, wanted: str, report: Report, stop: threading.Event) -> str:
        self._fetch(f"add {wanted}", wanted, report, stop)
        return wanted

    def bring_in(self, path: Path, report: Report, stop: threading.Event) -> str:
        self._fetch(f"bring in {path.name}", path.stem, report, stop)
        return path.stem

    def _fetch(self, called: str, model_id: str, report: Report, stop: threading.Event) -> None:
        self.done.append(called)
        report(Work.CONVERTING(), 0.44)
        while not self.may_end.wait(0.01) or model_id in self.held:
            if stop.is_set():
                self.kept[model_id] = 40 * MB
                raise Cancelled(model_id)
        if self.failures:
            raise self.failures.pop()
        self.kept.pop(model_id, None)
        self.prepared.add(model_id)

    def measure(self, model_id: str, report: Report, stop: threading.Event) -> None:
        self.done.append(f"measure {model_id}")

    def discard(self, model_id: str) -> None:
        self.done.append(f"discard {model_id}")
        self.kept.pop(model_id, None)

    def work(self) -> ModelWork:
        return ModelWork(
            look=self.look,
            bring_in=self.bring_in,
            prepare=self.prepare,
            verify=lambda *_: None,
            measure=self.measure,
            remove=lambda _: 0,
            add=self.add,
            discard=self.discard,
            catalogue=lambda: self.entries,
            found=lambda: self.files,
        )

    def open(self, model_id: str = "") -> Engine:
        model_id = model_id or self.chosen
        if model_id in self.refused:
            raise MemoryError
        if model_id not in self.prepared:
            raise ModelNotPrepared(model_id)
        self.opened.append(model_id)
        tier = next((one for one in self.tiers() if one.model_id == model_id), None)
        return Speaker(tier.title if tier else model_id, tier.languages if tier else ("en",))


def manage(chat: Chat, models: ScriptedModels, dialogs: Dialogs | None = None) -> ModelManager:
    """Give a window the scripted models, and wait until it has seen them."""
    manager = ModelManager(models.work(), chat.window.preferences)
    manager.use_wanted.connect(chat.window.signals.use_wanted)
    chat.window.signals.use_wanted.connect(chat.worker.use)
    chat.worker.used.connect(manager.take_used)
    chat.worker.not_used.connect(manager.take_unused)
    chat.window.model.know(manager)
    if dialogs is not None:
        dialogs.show_models(manager)
    manager.look()
    chat.qtbot.waitUntil(lambda: bool(manager.now.tiers), timeout=PATIENCE_MS)
    return manager

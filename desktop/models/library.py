"""Finds models: every folder below the model folders that holds a manifest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.engine.interface import USUAL_PARAMETERS, ModelFiles
from desktop.errors import BrokenModel, ModelNotPrepared, UnknownModel
from desktop.models.checksum import sha256
from desktop.models.manifest import Manifest, holds_language_model, read_manifest
from desktop.models.progress import Progress, Work
from desktop.models.recommended import of_family
from desktop.reasons import ModelReason


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model folder.

    Attributes:
        folder: where it lies.
        manifest: what it says.
    """

    folder: Path
    manifest: Manifest

    @property
    def prepared(self) -> bool:
        """Whether all files are there, by name and size."""
        return bool(self.manifest.files) and all(
            _size(self.folder / file.name) == file.size for file in self.manifest.files
        )

    @property
    def size(self) -> int:
        """How many bytes of its files are on the disk."""
        return sum(max(0, _size(self.folder / file.name)) for file in self.manifest.files)

    def ranked_as(self, other: "InstalledModel") -> "InstalledModel":
        """Take over the tier from another folder of the same model; one that an earlier version made names none."""
        theirs = other.manifest
        if self.manifest.tier is not None or theirs.tier is None:
            return self
        manifest = replace(self.manifest, tier=theirs.tier, memory_mib=theirs.memory_mib, disk_mib=theirs.disk_mib)
        return InstalledModel(self.folder, manifest)

    def files(self) -> ModelFiles:
        """Give what the engine needs to know to load it.

        Raises:
            ModelNotPrepared: nothing was prepared here.
            BrokenModel: some files are missing or cut off.
        """
        missing = [file for file in self.manifest.files if _size(self.folder / file.name) != file.size]
        if len(missing) == len(self.manifest.files):
            raise ModelNotPrepared(self.manifest.id)
        if missing:
            path = self.folder / missing[0].name
            state = ModelReason.CUT_OFF if path.exists() else ModelReason.MISSING_PREPARE
            raise BrokenModel(path, state(model=self.manifest.id))
        manifest = self.manifest
        return ModelFiles(
            folder=self.folder,
            name=manifest.name,
            precision=manifest.quantization,
            languages=manifest.written_languages,
            abilities=manifest.abilities,
            sampling=manifest.sampling or of_family(manifest.family) or USUAL_PARAMETERS,
            context_length=manifest.context_length,
            shared_cache=manifest.kv_cache == "shared",
            bos=manifest.bos,
            eos=manifest.eos,
            add_bos=manifest.add_bos,
            end_tokens=frozenset(manifest.end_tokens),
        )

    def verify(self, progress: Progress) -> None:
        """Compare every file with its sha256.

        Raises:
            ModelNotPrepared: nothing was prepared here.
            BrokenModel: a file differs.
            Cancelled: the user stopped.
        """
        self.files()
        total = max(1, sum(file.size for file in self.manifest.files))
        done = 0
        for file in self.manifest.files:

            def read(size: int, name: str = file.name, before: int = done) -> None:
                progress.at(self.manifest.id, Work.CHECKING(name=name), min(1, (before + size) / total))

            read(0)
            if sha256(self.folder / file.name, read) != file.sha256:
                raise BrokenModel(self.folder / file.name, ModelReason.CHANGED(model=self.manifest.id))
            done += file.size


class ModelLibrary:
    """The models below some folders.

    Attributes:
        folders: where models are looked for; for the same id, a prepared one wins, then the first folder.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(folders)

    def models(self) -> list[InstalledModel]:
        """Give all models, by id.

        Raises:
            BrokenModel: a manifest cannot be read.
        """
        found, broken = self._read()
        if broken:
            raise broken[0]
        return found

    def sound(self) -> list[InstalledModel]:
        """Give the models whose manifests can be read, by id."""
        return self._read()[0]

    def _read(self) -> tuple[list[InstalledModel], list[BrokenModel]]:
        """Give all models that can be read, by id, and what is wrong with the other folders."""
        found: dict[str, InstalledModel] = {}
        broken = []
        for folder in self._model_folders():
            try:
                model = InstalledModel(folder, read_manifest(folder))
            except BrokenModel as error:
                broken.append(error)
                continue
            known = found.get(model.manifest.id)
            if known is None:
                found[model.manifest.id] = model
            elif model.prepared and not known.prepared:
                found[model.manifest.id] = model.ranked_as(known)
            else:
                found[model.manifest.id] = known.ranked_as(model)
        return [found[model_id] for model_id in sorted(found)], broken

    def find(self, model_id: str) -> InstalledModel:
        """Give the model of this id, prepared or not; a broken folder beside it does no harm.

        Raises:
            UnknownModel: there is none.
            BrokenModel: there is none, and a folder that cannot be read, which may be its.
        """
        models, broken = self._read()
        for model in models:
            if model.manifest.id == model_id:
                return model
        if broken:
            raise broken[0]
        raise UnknownModel(model_id, [model.manifest.id for model in models])

    def _model_folders(self) -> Iterable[Path]:
        for folder in self.folders:
            if folder.is_dir():
                yield from sorted(
                    child
                    for child in folder.iterdir()
                    if not child.name.startswith(".") and holds_language_model(child)
                )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1

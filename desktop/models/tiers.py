"""The models that come with Inkstone, from small to good: which of them this machine can run, and which one answers.

    memory, free disk, what each needs ──▶ `recommended_name` ──▶ tiny, light or standard
    “auto”, a tier's name or an id     ──▶ `chosen_id`        ──▶ id of a model

“auto” is the best tier that is prepared, else the recommended one, so nobody has to choose, and what somebody prepared
is used.
"""

import contextlib
import math
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.models.fetch import AT_ONCE, kept_size
from desktop.models.library import InstalledModel, ModelLibrary
from desktop.models.manifest import TIERS, TierName
from desktop.models.staging import download_folder
from desktop.paths import AppPaths

AUTOMATIC = "auto"
VARIABLE = "INKSTONE_MODEL"  # what “auto” means, for tests and whoever sets up many machines
_MIB = 1 << 20
_ROOM = 6 * 10**9  # bytes free for the best tier: whoever has less is glad of the smaller one
_CGROUPS = Path("/sys/fs/cgroup")
_OWN_CGROUPS = Path("/proc/self/cgroup")


@dataclass(frozen=True, slots=True)
class Need:
    """What a model asks of a machine.

    Attributes:
        memory: of the whole machine, in bytes.
        disk: free, until it is prepared, in bytes.
    """

    memory: int
    disk: int


@dataclass(frozen=True, slots=True)
class Tier:
    """A model that comes with Inkstone.

    Attributes:
        name: tiny, light or standard.
        model: its folder and manifest.
        download_mib: to fetch in all, in MiB.
        disk_mib: what it takes once it is prepared, in MiB.
        memory_mib: what the machine should have, in MiB.
        kept_mib: already downloaded, where it is not prepared, in MiB.
        recommended: it is the one for this machine.
    """

    name: TierName
    model: InstalledModel
    download_mib: int
    disk_mib: int
    memory_mib: int
    kept_mib: int
    recommended: bool


def recommended_name(needs: Mapping[TierName, Need], memory: int, free: int) -> TierName:
    """Choose the best tier that a machine can run; the smallest where it can run none.

    Args:
        needs: of the tiers that there are; one at least.
        memory: of the machine, in bytes.
        free: on the disk, in bytes.
    """
    names = [name for name in TIERS if name in needs]
    fitting = [name for name in names if needs[name].memory <= memory and needs[name].disk <= free]
    return fitting[-1] if fitting else names[0]


def list_tiers(paths: AppPaths) -> list[Tier]:
    """Give the tiers that there are, the best first."""
    models = by_tier(ModelLibrary(paths.model_folders).sound())
    if not models:
        return []
    kept = {name: _kept(paths, model) for name, model in models.items()}
    needs = {name: _need(name, model, kept[name]) for name, model in models.items()}
    best = recommended_name(needs, total_memory(), free_disk(paths.prepared_models))
    return [
        _tier(name, models[name], kept[name], recommended=name == best) for name in reversed(TIERS) if name in models
    ]


def by_tier(models: Sequence[InstalledModel]) -> dict[TierName, InstalledModel]:
    """Give the model of each tier."""
    return {model.manifest.tier: model for model in models if model.manifest.tier is not None}


def chosen_id(paths: AppPaths, wanted: str) -> str:
    """Give the id of the model that is meant by “auto”, the name of a tier or an id; what is none stays as it is."""
    if wanted == AUTOMATIC:
        wanted = os.environ.get(VARIABLE) or wanted
    if wanted not in (AUTOMATIC, *TIERS):
        return wanted
    models = ModelLibrary(paths.model_folders).sound()
    if wanted in {model.manifest.id for model in models}:
        return wanted
    tiers = by_tier(models)
    if wanted == AUTOMATIC:
        prepared = [name for name in TIERS if name in tiers and tiers[name].prepared]
        wanted = (
            prepared[-1] if prepared else next((tier.name for tier in list_tiers(paths) if tier.recommended), wanted)
        )
    return next((model.manifest.id for name, model in tiers.items() if name == wanted), wanted)


def room_for(model: InstalledModel, kept: int = 0) -> int:
    """Tell how many bytes must be free to prepare a model, `kept` of whose download are here already.

    At most the GGUF, the packages that are fetched together, and the prepared folder lie on the disk at once.
    """
    manifest = model.manifest
    if manifest.source is None:
        return 0
    sizes = [each.size for each in manifest.source.packages]
    packages = max([min(sum(sizes), AT_ONCE), *sizes])
    return max(0, manifest.source.size - kept) + packages + _disk(model)


def total_memory() -> int:
    """Tell how many bytes of memory this process may use: those of the machine, or of its control group."""
    import psutil

    return min([int(psutil.virtual_memory().total), *_limits()])


def free_disk(folder: Path) -> int:
    """Tell how many bytes are free where a folder is or will be made."""
    for place in (folder, *folder.parents):
        with contextlib.suppress(OSError):
            return shutil.disk_usage(place).free
    return 0


def _limits(groups: Path = _CGROUPS, own: Path = _OWN_CGROUPS) -> list[int]:
    """Read the limits of memory of this process's control groups (version 2, and the memory group of version 1).

    Source: docs.kernel.org, admin-guide/cgroup-v2, "memory.max", and cgroup-v1/memory, "memory.limit_in_bytes".
    """
    files = [groups / "memory.max", groups / "memory" / "memory.limit_in_bytes"]
    with contextlib.suppress(OSError):
        for line in own.read_text(encoding="utf-8").splitlines():
            if line.startswith("0::/"):  # version 2, whose groups lie in each other
                group = Path(os.path.normpath(groups / line.removeprefix("0::/")))
                files += [each / "memory.max" for each in (group, *group.parents) if each.is_relative_to(groups)]
    limits = []
    for file in files:
        with contextlib.suppress(OSError, ValueError):  # “max” is no limit
            limits.append(int(file.read_text(encoding="utf-8")))
    return limits


def _tier(name: TierName, model: InstalledModel, kept: int, *, recommended: bool) -> Tier:
    source = model.manifest.source
    return Tier(
        name=name,
        model=model,
        download_mib=math.ceil((source.download_size if source else 0) / _MIB),
        disk_mib=round(_disk(model) / _MIB),
        memory_mib=model.manifest.memory_mib or 0,
        kept_mib=kept // _MIB,
        recommended=recommended,
    )


def _kept(paths: AppPaths, model: InstalledModel) -> int:
    return 0 if model.prepared else kept_size(download_folder(paths.prepared_models, model.manifest.id))


def _need(name: TierName, model: InstalledModel, kept: int) -> Need:
    """Tell what a tier needs; one that is prepared needs no room any more."""
    room = 0 if model.prepared else room_for(model, kept)
    if name == TIERS[-1] and not model.prepared:
        room = max(room, _ROOM - kept)
    return Need((model.manifest.memory_mib or 0) * _MIB, room)


def _disk(model: InstalledModel) -> int:
    """Tell what the prepared folder takes, in bytes; about as much as the GGUF where nobody has said."""
    manifest = model.manifest
    listed = sum(file.size for file in manifest.files)
    source = manifest.source.size if manifest.source else 0
    return listed or (manifest.disk_mib or 0) * _MIB or source * 3 // 2

"""Which of the models that come with Inkstone a machine gets, and which one answers where nobody chose."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models import tiers
from desktop.models.library import InstalledModel
from desktop.models.manifest import FILE_NAME, TIERS, TierName, read_manifest
from desktop.models.staging import download_folder
from desktop.models.tiers import Need, chosen_id, list_tiers, recommended_name, room_for, total_memory
from desktop.paths import AppPaths
from tests.tiny_folder import TINY_OPTIMUM

SHIPPED = Path(__file__).parents[2] / "exported_models"
IDS: dict[TierName, str] = {
    "tiny": "smollm2-135m-instruct",
    "light": "qwen2.5-coder-0.5b-instruct",
    "standard": "qwen2.5-coder-1.5b-instruct",
}
GIB, GB = 2**30, 10**9


def needs() -> dict[TierName, Need]:
    """What the committed manifests say."""
    return {name: tiers._need(name, InstalledModel(SHIPPED, read_manifest(SHIPPED / IDS[name])), 0) for name in IDS}


@pytest.mark.parametrize(
    ("memory", "free", "name"),
    [
        (24 * GIB, 500 * GB, "standard"),
        (6 * GIB, 6 * GB, "standard"),
        (6 * GIB - 1, 500 * GB, "light"),
        (24 * GIB, 6 * GB - 1, "light"),
        (3 * GIB, 2 * GB, "light"),
        (3 * GIB - 1, 500 * GB, "tiny"),
        (24 * GIB, GB, "tiny"),
        (GIB // 2, 1, "tiny"),
    ],
)
def test_the_machine_decides(memory: int, free: int, name: str) -> None:
    assert recommended_name(needs(), memory, free) == name


@given(
    st.dictionaries(st.sampled_from(TIERS), st.builds(Need, st.integers(0, 9), st.integers(0, 9)), min_size=1),
    st.integers(0, 9),
    st.integers(0, 9),
)
def test_nothing_better_would_fit(wanted: dict[TierName, Need], memory: int, free: int) -> None:
    name = recommended_name(wanted, memory, free)
    better = [each for each in TIERS[TIERS.index(name) + 1 :] if each in wanted]
    assert not [each for each in better if wanted[each].memory <= memory and wanted[each].disk <= free]


def test_the_committed_tiers_say_what_they_are() -> None:
    for name, model_id in IDS.items():
        manifest = read_manifest(SHIPPED / model_id)
        assert (manifest.id, manifest.tier, manifest.licence) == (model_id, name, "Apache-2.0")
        assert manifest.memory_mib
        assert manifest.disk_mib
        assert manifest.source is not None
        assert manifest.source.hub is not None
        assert ("zh" in manifest.languages) == (name != "tiny")


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppPaths:
    """An installation with the three tiers, none of them prepared, on a large machine."""
    monkeypatch.delenv(tiers.VARIABLE)
    monkeypatch.setattr(tiers, "total_memory", lambda: 24 * GIB)
    monkeypatch.setattr(tiers, "free_disk", lambda _: 500 * GB)
    shipped, own = tmp_path / "exported_models", tmp_path / "home" / "models"
    for model_id in IDS.values():
        (shipped / model_id).mkdir(parents=True)
        shutil.copy(SHIPPED / model_id / FILE_NAME, shipped / model_id)
    return AppPaths(tmp_path / "home", (own, shipped), own, tmp_path)


Prepared = Callable[[TierName], None]


@pytest.fixture
def prepared(paths: AppPaths) -> Prepared:
    """Makes a tier one that is prepared: files of the right size."""

    def make(name: TierName) -> None:
        folder = Path(shutil.copytree(TINY_OPTIMUM, paths.prepared_models / IDS[name]))
        text = (folder / FILE_NAME).read_text(encoding="utf-8")
        (folder / FILE_NAME).write_text(
            text.replace('id = "tiny-optimum"', f'id = "{IDS[name]}"\ntier = "{name}"'), encoding="utf-8"
        )

    return make


def test_auto_is_the_recommended_tier_until_one_is_prepared(paths: AppPaths, prepared: Prepared) -> None:
    assert chosen_id(paths, "auto") == IDS["standard"]
    prepared("tiny")
    assert chosen_id(paths, "auto") == IDS["tiny"]
    prepared("light")
    assert chosen_id(paths, "auto") == IDS["light"]


def test_tiers_are_named_and_ids_stay(paths: AppPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen_id(paths, "light") == IDS["light"]
    assert chosen_id(paths, "anything-else") == "anything-else"
    monkeypatch.setenv(tiers.VARIABLE, "tiny")
    assert chosen_id(paths, "auto") == IDS["tiny"]
    assert chosen_id(paths, "light") == IDS["light"]


def test_an_installation_without_tiers_has_none_to_offer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(tiers.VARIABLE)
    empty = AppPaths(tmp_path, (tmp_path / "models",), tmp_path / "models", tmp_path)
    assert list_tiers(empty) == []
    assert chosen_id(empty, "auto") == "auto"


def test_tiers_come_best_first_with_what_they_cost(paths: AppPaths, prepared: Prepared) -> None:
    prepared("tiny")
    kept = download_folder(paths.prepared_models, IDS["light"])
    kept.mkdir()
    (kept / "joined").write_bytes(bytes(3 << 20))
    standard, light, tiny = list_tiers(paths)
    assert [tier.name for tier in (standard, light, tiny)] == ["standard", "light", "tiny"]
    assert (standard.recommended, light.recommended, tiny.recommended) == (True, False, False)
    assert (standard.download_mib, light.download_mib) == (1043, 456)
    assert (light.kept_mib, standard.kept_mib, tiny.kept_mib) == (3, 0, 0)
    assert tiny.model.prepared


def test_what_is_downloaded_and_prepared_needs_no_room_any_more(
    paths: AppPaths, prepared: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    light = InstalledModel(paths.home, read_manifest(SHIPPED / IDS["light"]))
    assert room_for(light, 400_000_000) == room_for(light) - 400_000_000
    monkeypatch.setattr(tiers, "free_disk", lambda _: 0)
    assert [tier.name for tier in list_tiers(paths) if tier.recommended] == ["tiny"]
    prepared("standard")
    assert [tier.name for tier in list_tiers(paths) if tier.recommended] == ["standard"]


@pytest.mark.parametrize(
    ("files", "own", "limit"),
    [
        ({}, "0::/", None),
        ({"memory.max": "max"}, "0::/", None),
        ({"memory.max": "4096"}, "0::/", 4096),
        ({"user/app/memory.max": "max", "user/memory.max": "2048", "memory.max": "8192"}, "0::/user/app", 2048),
        ({"memory/memory.limit_in_bytes": "512"}, "5:memory:/elsewhere", 512),
        ({"memory.max": "4096"}, "nonsense", 4096),
        ({"../outside/memory.max": "1"}, "0::/../outside", None),
    ],
)
def test_the_limit_of_a_control_group_counts(
    tmp_path: Path, files: dict[str, str], own: str, limit: int | None
) -> None:
    groups = tmp_path / "cgroup"
    for name, text in files.items():
        (groups / name).parent.mkdir(parents=True, exist_ok=True)
        (groups / name).write_text(f"{text}\n", encoding="utf-8")
    groups.mkdir(exist_ok=True)
    (tmp_path / "own").write_text(f"{own}\n", encoding="utf-8")
    assert min(tiers._limits(groups, tmp_path / "own"), default=None) == limit


def test_this_machine_has_memory() -> None:
    assert total_memory() > 0

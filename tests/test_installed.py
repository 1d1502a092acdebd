"""A wheel holds all that a checkout has beside the package: templates, actions, icons, the router, manifests."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages that the wheel was unpacked into."""
    folder = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


def inkstone(site: Path, home: Path, *arguments: str) -> str:
    """Run the installed copy, away from the checkout."""
    done = subprocess.run(
        [sys.executable, "-m", "desktop", *arguments, "--home", str(home)],
        cwd=home,
        env=os.environ | {"PYTHONPATH": str(site)},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def test_an_installed_copy_finds_its_data(site: Path, tmp_path: Path) -> None:
    assert "work_report" in inkstone(site, tmp_path, "draft", "list")
    assert "proofread" in inkstone(site, tmp_path, "quick", "--list")
    assert "meeting_minutes" in inkstone(site, tmp_path, "route", "minutes of the meeting on the budget, three points")
    assert "smollm2-135m-instruct" in inkstone(site, tmp_path, "models", "list")


def test_an_installed_copy_holds_no_weights_that_are_made(site: Path) -> None:
    models = site / "desktop" / "_installed" / "exported_models"
    assert {path.name for path in (models / "smollm2-135m-instruct").iterdir()} == {"manifest.toml"}
    assert (models / "router-e5" / "model.onnx").is_file()
    assert (site / "desktop" / "drafting" / "clause_weights.npy").is_file()


def test_an_installed_copy_prepares_models_in_the_home(site: Path, tmp_path: Path) -> None:
    code = "from desktop.paths import app_paths; p = app_paths(); print(p.prepared_models == p.home / 'models')"
    environment = {name: value for name, value in os.environ.items() if name != "INKSTONE_HOME"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment | {"PYTHONPATH": str(site), "HOME": str(tmp_path)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout == "True\n"

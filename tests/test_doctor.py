"""The doctor tells what is there, calls broken only what is, and changes nothing by looking."""

import json
import shlex
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import keyring
import pytest

from desktop import doctor
from desktop.doctor import Finding, as_json, as_text, diagnose
from desktop.documents import parser_client
from desktop.engine.interface import TEMPLATE_FILE
from desktop.errors import DocumentError
from desktop.history import History, vault
from desktop.models.library import ModelLibrary
from desktop.paths import AppPaths
from desktop.qt_libraries import packages_for
from desktop.reasons import DocumentReason
from desktop.settings import Settings

ECHO = "{% for message in messages %}{{ message.content }}{% endfor %}"
INSTALLATION = Path(__file__).resolve().parent.parent
NAMES = [
    *("inkstone", "python", "system", "qt", "onnxruntime", "tokenizers", "gpu", "providers", "device", "model", "tier"),
    *("settings", "home", "models_folder", "log", "history", "display", "quick_prompts", "chinese_fonts", "keyring"),
    "documents",
]


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    """A home with the starter model in it: its manifest, and files of the right sizes that take no room."""
    home = tmp_path / "home"
    model = home / "models" / "starter"
    model.mkdir(parents=True)
    shutil.copy(INSTALLATION / "exported_models" / "smollm2-135m-instruct" / "manifest.toml", model)
    home_paths = AppPaths(home, (home / "models",), home / "models", INSTALLATION / "assets")
    for file in ModelLibrary(home_paths.model_folders).models()[0].manifest.files:
        with (model / file.name).open("wb") as made:
            made.truncate(file.size)
        if file.name == TEMPLATE_FILE:
            (model / file.name).write_text(ECHO.ljust(file.size), encoding="utf-8")
    return home_paths


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the whole PATH: programs of the system are only there when a test puts them there."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def add_program(folder: Path, name: str, answer: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\nprintf '%s\\n' {shlex.quote(answer)}\n", encoding="utf-8")
    program.chmod(0o755)


def found(paths: AppPaths, name: str, settings: Settings | None = None) -> Finding:
    (finding,) = [finding for finding in diagnose(paths, settings or Settings()) if finding.name == name]
    return finding


def test_everything_is_looked_at_in_a_fixed_order(paths: AppPaths) -> None:
    assert [finding.name for finding in diagnose(paths, Settings())] == NAMES


def test_a_sound_installation_is_not_called_broken(paths: AppPaths) -> None:
    assert [finding for finding in diagnose(paths, Settings()) if not finding.ok] == []


def test_looking_changes_nothing(paths: AppPaths, tmp_path: Path) -> None:
    missing = AppPaths(tmp_path / "new", (tmp_path / "new" / "models",), tmp_path / "new" / "models", paths.assets)
    assert found(missing, "home").ok
    assert found(missing, "models_folder").ok
    assert not (tmp_path / "new").exists()


def test_the_protection_of_the_history_is_told(paths: AppPaths) -> None:
    assert found(paths, "history").value == "none yet"
    vault.protect(paths.history, "none")
    assert found(paths, "history").value == f"0 MiB, not encrypted, in {paths.history}"
    History.open(paths.history).close()
    (paths.history / "history.db").unlink()
    assert not found(paths, "history").ok
    assert "is gone" in found(paths, "history").value
    (paths.history / "history.key").write_text("{")
    finding = found(paths, "history")
    assert (finding.ok, "use the recovery key" in finding.advice) == (False, True)


def test_the_prepared_model_is_named_with_its_folder(paths: AppPaths) -> None:
    assert found(paths, "model").value == f"SmolLM2 135M Instruct, int4/int8, in {paths.home / 'models' / 'starter'}"


def test_a_model_whose_chat_template_fails_is_broken(paths: AppPaths) -> None:
    template = paths.prepared_models / "starter" / TEMPLATE_FILE
    template.write_text("{{ raise_exception('never') }}".ljust(template.stat().st_size), encoding="utf-8")
    model = found(paths, "model")
    assert not model.ok
    assert "the chat template fails (never)" in model.advice


def test_a_model_that_is_not_prepared_is_broken_with_the_command_to_prepare_it(paths: AppPaths) -> None:
    for file in (paths.home / "models" / "starter").glob("*[!l]"):
        file.unlink()
    finding = found(paths, "model")
    assert not finding.ok
    assert "inkstone models prepare smollm2-135m-instruct" in finding.advice


def test_the_model_that_fits_this_machine_is_told_and_how_to_get_it(
    paths: AppPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    light = "qwen2.5-coder-0.5b-instruct"
    folder = paths.home / "models" / light
    folder.mkdir()
    shutil.copy(INSTALLATION / "exported_models" / light / "manifest.toml", folder)
    monkeypatch.setattr("desktop.doctor.total_memory", lambda: 4 << 30)
    monkeypatch.setattr("desktop.models.tiers.total_memory", lambda: 4 << 30)
    finding = found(paths, "tier")
    assert (finding.ok, finding.value.split(" (4.0 GiB of memory, ")[0]) == (True, "light, Qwen2.5-Coder 0.5B Instruct")
    assert finding.advice.endswith("inkstone models prepare light")
    monkeypatch.setattr("desktop.models.tiers.total_memory", lambda: 2 << 30)
    finding = found(paths, "tier")
    assert (finding.value.split(",")[0], finding.advice) == ("tiny", "")


def test_an_unknown_model_is_broken(paths: AppPaths) -> None:
    finding = found(paths, "model", Settings(model="gone"))
    assert not finding.ok
    assert finding.advice == "There is no model “gone”; known models: smollm2-135m-instruct."


def test_settings_that_cannot_be_read_are_broken(paths: AppPaths) -> None:
    paths.settings_file.write_text("threads = 'many'", encoding="utf-8")
    finding = found(paths, "settings")
    assert not finding.ok
    assert "“threads” must be a whole number" in finding.advice


def test_a_home_that_cannot_be_written_is_broken(paths: AppPaths, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    home = tmp_path / "file" / "home"
    finding = found(AppPaths(home, paths.model_folders, paths.prepared_models, paths.assets), "home")
    assert not finding.ok
    assert finding.value == f"{home} cannot be written"
    assert "--home" in finding.advice


def test_two_onnx_runtimes_are_broken(paths: AppPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ("onnxruntime", "onnxruntime_gpu"):
        folder = tmp_path / "packages" / f"{package}-1.30.0.dist-info"
        folder.mkdir(parents=True)
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.30.0\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path / "packages")
    finding = found(paths, "onnxruntime")
    assert not finding.ok
    assert finding.value == "onnxruntime 1.30.0, onnxruntime-gpu 1.30.0"
    assert finding.advice.startswith("The two overwrite each other.")


def test_no_gpu_is_no_fault(paths: AppPaths, programs: Path) -> None:
    assert found(paths, "gpu") == Finding("gpu", ok=True, value="no NVIDIA driver answers")


def test_a_gpu_that_is_not_used_is_told(paths: AppPaths, programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_program(programs, "nvidia-smi", "NVIDIA H200, 143771 MiB, 580.10")
    monkeypatch.setattr(sys, "path", [])  # no package is installed there
    assert doctor._gpu() == Finding(
        "gpu",
        ok=True,
        value="NVIDIA H200, 143771 MiB, 580.10",
        advice="Unused: Inkstone was installed for the CPU; run: make run EXTRA=cuda",
    )


def test_the_device_is_given_with_its_reason(paths: AppPaths) -> None:
    finding = found(paths, "device", Settings(device="cpu", threads=2))
    assert finding == Finding("device", ok=True, value="CPU, 2 threads. The CPU was chosen in the settings.")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux takes Qt's libraries from the system")
def test_a_window_without_its_libraries_is_broken_with_the_command_to_install_them(
    paths: AppPaths, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_program(programs, "ldd", "\tlibxcb-cursor.so.0 => not found\n\tlibEGL.so.1 => not found")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    finding = found(paths, "display")
    assert not finding.ok
    assert finding.advice.endswith("run: sudo apt-get install libegl1 libxcb-cursor0")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux takes Qt's libraries from the system")
def test_without_a_display_their_absence_is_only_told(
    paths: AppPaths, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_program(programs, "ldd", "\tlibxcb-cursor.so.0 => not found")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    finding = found(paths, "display")
    assert finding.ok
    assert finding.value == "none: the chat opens in the terminal"
    assert "libxcb-cursor0" in finding.advice


def test_packages_are_read_from_the_linker() -> None:
    said = """/some/libqxcb.so:
\tlinux-vdso.so.1 (0x00007ffd)
\tlibQt6XcbQpa.so.6 => /some/lib/libQt6XcbQpa.so.6 (0x00007f)
\tlibGLX.so.0 => not found
\tlibGL.so.1 => not found
\tlibfuture.so.9 => not found
"""
    assert packages_for(said) == ("libfuture.so.9", "libgl1")


@pytest.mark.parametrize(
    ("denied", "value"),
    [
        (("files", "programs", "network"), "denied files, programs, network"),
        (("files", "network"), "denied files, network; not denied programs"),
        ((), "not denied files, programs, network"),
    ],
)
def test_what_parsers_of_documents_can_reach_is_told(
    denied: tuple[str, ...], value: str, paths: AppPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parser_client, "denied_to_parsers", lambda: denied)
    assert found(paths, "documents") == Finding(
        "documents", ok=True, value=f"parsed in a process of their own; {value}"
    )


def test_documents_that_cannot_be_parsed_are_broken(paths: AppPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> tuple[str, ...]:
        raise DocumentError(Path("null"), DocumentReason.DAMAGED())

    monkeypatch.setattr(parser_client, "denied_to_parsers", refuse)
    assert not found(paths, "documents").ok


def test_missing_chinese_fonts_are_told(paths: AppPaths, programs: Path) -> None:
    add_program(programs, "fc-list", "")
    finding = found(paths, "chinese_fonts")
    assert finding.ok
    assert finding.value == "none"
    assert finding.advice.endswith("sudo apt-get install fonts-noto-cjk")


def test_chinese_fonts_are_named(paths: AppPaths, programs: Path) -> None:
    add_program(programs, "fc-list", "Noto Sans CJK SC,思源黑体\nNoto Sans CJK SC\nAR PL UMing CN")
    assert found(paths, "chinese_fonts").value == "AR PL UMing CN, Noto Sans CJK SC"


def test_fonts_are_unknown_where_nobody_can_be_asked(paths: AppPaths, programs: Path) -> None:
    assert found(paths, "chinese_fonts").value == "unknown: there is no fc-list to ask"


def test_a_keyring_that_waits_for_a_person_does_not_hold_up_the_doctor(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    def wait() -> None:
        released.wait()

    monkeypatch.setattr(keyring, "get_keyring", wait)
    try:
        assert doctor._keyring(seconds=0.01).value.startswith("did not answer")
    finally:
        released.set()


def test_a_keyring_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down() -> None:
        raise RuntimeError("the bus is gone")

    monkeypatch.setattr(keyring, "get_keyring", break_down)
    assert doctor._keyring().value == "cannot be asked: the bus is gone"


def test_text_marks_what_is_broken_and_gives_the_advice_below() -> None:
    text = as_text(
        [Finding("qt", ok=True, value="6.11"), Finding("models_folder", ok=False, value="/m", advice="Room!")]
    )
    assert text.splitlines() == [
        "ok      qt             6.11",
        "BROKEN  models folder  /m",
        "                       Room!",
    ]


def test_json_is_one_object_on_one_line() -> None:
    line = as_json([Finding("home", ok=True, value="/砚"), Finding("qt", ok=False, value="none", advice="Install it.")])
    assert "\n" not in line
    assert json.loads(line) == {
        "ok": False,
        "findings": {
            "home": {"ok": True, "value": "/砚", "advice": ""},
            "qt": {"ok": False, "value": "none", "advice": "Install it."},
        },
    }


def test_the_doctor_loads_no_window() -> None:
    code = "import sys, desktop.doctor; print([name for name in sys.modules if name.startswith('PySide6')])"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert child.stdout == "[]\n"

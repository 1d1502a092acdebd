"""What `inkstone doctor` finds: versions, model, device, folders, fonts, keyring, display.

A finding is broken when Inkstone cannot do its work because of it. What is merely absent (a GPU, a display, a keyring)
is told, with what it would bring, and is not broken. Nothing is changed by looking.
"""

import dataclasses
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import keyring
import keyring.backends.fail

from desktop.display import has_display
from desktop.engine.chat_template import ChatTemplate
from desktop.engine.interface import TEMPLATE_FILE, ModelFiles
from desktop.errors import InkstoneError, KeyUnavailable
from desktop.logs import FILE as LOG_FILE
from desktop.logs import VARIABLE
from desktop.models.library import ModelLibrary
from desktop.models.tiers import chosen_id, free_disk, list_tiers, total_memory
from desktop.paths import AppPaths
from desktop.qt_libraries import apt_command, missing_packages
from desktop.quick.paste_back.select import WAYS, way_back
from desktop.quick.shortcuts.interface import SENTENCES
from desktop.quick.shortcuts.select import chosen_back_end
from desktop.settings import Settings, read_settings

_MIB = 2**20
# Less than this, and an answer may not be saved whole.
_SCARCE_MIB = 100
_ONE_RUNTIME = "Remove .venv and run make run, or install Inkstone anew with one of its extras, [cpu] or [cuda]."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        name: what it is; a stable key.
        ok: False when Inkstone cannot do its work because of it.
        value: what was found, one line.
        advice: what to do about it, one sentence; empty when there is nothing to do.
    """

    name: str
    ok: bool
    value: str
    advice: str = ""


def diagnose(paths: AppPaths, settings: Settings) -> list[Finding]:
    """Look at everything Inkstone depends on; takes a second or two, and at most the time-outs of other programs."""
    model = _find_model(paths, settings)
    return [
        _version("inkstone", "inkstone"),
        Finding("python", ok=True, value=f"{platform.python_version()}, {sys.executable}"),
        Finding("system", ok=True, value=platform.platform()),
        _qt(),
        _onnxruntime(),
        _version("tokenizers", "tokenizers"),
        _gpu(),
        *_engine(settings, model),
        _model(settings, model),
        _tier(paths),
        _settings_file(paths),
        _folder("home", paths.home),
        _folder("models_folder", paths.prepared_models),
        _log(paths, settings),
        _history(paths),
        _display(),
        _quick_prompts(),
        _chinese_fonts(),
        _keyring(),
        _documents(),
    ]


def as_text(findings: Sequence[Finding]) -> str:
    """Write the findings for a person, one line each, advice below it."""
    width = max(len(finding.name) for finding in findings)
    return "\n".join(line for finding in findings for line in _lines(finding, width))


def as_json(findings: Sequence[Finding]) -> str:
    """Write the findings as one line of JSON: `{"ok": bool, "findings": {name: {"ok", "value", "advice"}}}`."""
    table = {finding.name: dataclasses.asdict(finding) for finding in findings}
    for entry in table.values():
        del entry["name"]
    return json.dumps({"ok": all(finding.ok for finding in findings), "findings": table}, ensure_ascii=False)


def _lines(finding: Finding, width: int) -> Iterator[str]:
    name = finding.name.replace("_", " ")
    yield f"{'ok' if finding.ok else 'BROKEN':6}  {name:{width}}  {finding.value}"
    if finding.advice:
        yield f"{'':{width + 10}}{finding.advice}"


def _installed(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _version(name: str, package: str) -> Finding:
    version = _installed(package)
    if version is None:
        return Finding(name, ok=False, value="not installed", advice="Install Inkstone again: make run.")
    return Finding(name, ok=True, value=version)


def _qt() -> Finding:
    found = _version("qt", "PySide6-Essentials")
    if found.ok and sys.version_info < (3, 12) and found.value.startswith("6.12."):
        advice = "PySide6 6.12 ends the program on Python 3.11; run: pip install 'PySide6-Essentials<6.12'"
        return Finding("qt", ok=False, value=found.value, advice=advice)
    return found


def _onnxruntime() -> Finding:
    installed = {package: _installed(package) for package in ("onnxruntime", "onnxruntime-gpu")}
    value = ", ".join(f"{package} {version}" for package, version in installed.items() if version)
    if len(value.split(", ")) > 1:
        advice = f"The two overwrite each other. {_ONE_RUNTIME}"
        return Finding("onnxruntime", ok=False, value=value, advice=advice)
    if not value:
        return Finding("onnxruntime", ok=False, value="not installed", advice=_ONE_RUNTIME)
    return Finding("onnxruntime", ok=True, value=value)


def _gpu() -> Finding:
    try:
        answer = subprocess.run(
            ["nvidia-smi", "--query-gpu=name,memory.total,driver_version", "--format=csv,noheader"],
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return Finding("gpu", ok=True, value="no NVIDIA driver answers")
    advice = ""
    if _installed("onnxruntime-gpu") is None:
        advice = "Unused: Inkstone was installed for the CPU; run: make run EXTRA=cuda"
    return Finding("gpu", ok=True, value="; ".join(answer.stdout.strip().splitlines()), advice=advice)


def _find_model(paths: AppPaths, settings: Settings) -> ModelFiles | InkstoneError:
    try:
        files = ModelLibrary(paths.model_folders).find(chosen_id(paths, settings.model)).files()
        ChatTemplate(files.folder / TEMPLATE_FILE).try_out(bos=files.bos, eos=files.eos)
        return files
    except InkstoneError as error:
        return error


def _model(settings: Settings, model: ModelFiles | InkstoneError) -> Finding:
    if isinstance(model, InkstoneError):
        return Finding("model", ok=False, value=f"{settings.model} cannot be used", advice=str(model))
    return Finding("model", ok=True, value=f"{model.name}, {model.precision}, in {model.folder}")


def _tier(paths: AppPaths) -> Finding:
    """Tell which of the models that come with Inkstone fits this machine, and why."""
    memory, free = total_memory() / 2**30, free_disk(paths.prepared_models) / 10**9
    machine = f"{memory:.1f} GiB of memory, {free:.1f} GB of disk free"
    fitting = next((tier for tier in list_tiers(paths) if tier.recommended), None)
    if fitting is None:
        return Finding("tier", ok=True, value=f"none comes with this installation ({machine})")
    advice = "" if fitting.model.prepared else f"It is not on this machine; run: inkstone models prepare {fitting.name}"
    return Finding("tier", ok=True, value=f"{fitting.name}, {fitting.model.manifest.name} ({machine})", advice=advice)


def _engine(settings: Settings, model: ModelFiles | InkstoneError) -> list[Finding]:
    # Imported here, because a broken ONNX Runtime is a thing to report, not to fail of.
    try:
        from desktop.engine.ort_session import CPU, available_providers, choose_device

        providers = available_providers()
    except Exception as error:  # whatever is left of two packages that overwrote each other
        return [Finding("providers", ok=False, value=f"ONNX Runtime does not start: {error}", advice=_ONE_RUNTIME)]
    files = None if isinstance(model, InkstoneError) else model
    device = choose_device(settings.device, settings.threads, files, providers)
    # What the user asked for by name and did not get is broken; what was found out for them is not.
    refused = settings.device == "cuda" and device.provider == CPU
    advice = 'Choose device = "auto" in the settings, or install Inkstone for CUDA.' if refused else ""
    return [
        Finding("providers", ok=bool(providers), value=", ".join(providers) or "none"),
        Finding("device", ok=not refused, value=f"{device.name}. {device.reason}", advice=advice),
    ]


def _settings_file(paths: AppPaths) -> Finding:
    wrong = read_settings(paths.settings_file)[1]
    if wrong:
        advice = f"{' '.join(map(str, wrong))} Correct the file or remove it; without it the defaults hold."
        return Finding("settings", ok=False, value=str(paths.settings_file), advice=advice)
    state = "" if paths.settings_file.exists() else " (not there: the defaults hold)"
    return Finding("settings", ok=True, value=f"{paths.settings_file}{state}")


def _log(paths: AppPaths, settings: Settings) -> Finding:
    file = paths.logs / LOG_FILE
    level = os.environ.get(VARIABLE) or settings.log_level
    size = f"{file.stat().st_size >> 10} KiB" if file.is_file() else "none yet"
    return Finding("log", ok=True, value=f"{file}, {size}, level {level}")


def _folder(name: str, folder: Path) -> Finding:
    """Write a nameless file where the folder is, or where it will be made."""
    try:
        existing = next((place for place in (folder, *folder.parents) if place.exists()), folder)
        with tempfile.TemporaryFile(dir=existing) as file:
            file.write(b"inkstone")
            file.flush()
        free_mib = shutil.disk_usage(existing).free // _MIB
    except OSError as error:
        advice = f"Make it writable, or choose another home with --home ({error.strerror})."
        return Finding(name, ok=False, value=f"{folder} cannot be written", advice=advice)
    enough = free_mib >= _SCARCE_MIB
    advice = "" if enough else f"Make room: below {_SCARCE_MIB} MiB texts may not be saved."
    return Finding(name, ok=enough, value=f"{folder}, {free_mib} MiB free", advice=advice)


def _display() -> Finding:
    if not sys.platform.startswith("linux"):
        return Finding("display", ok=True, value="the desktop's own")
    shown = has_display()
    named = ", ".join(
        f"{name}={os.environ[name]}"
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
        if os.environ.get(name)
    )
    value = named if shown else f"none{f' answers ({named})' if named else ''}: the chat opens in the terminal"
    missing = missing_packages()
    advice = f"The window lacks system libraries; run: {apt_command(missing)}" if missing else ""
    return Finding("display", ok=not (shown and missing), value=value, advice=advice)


def _quick_prompts() -> Finding:
    """Tell what calls the quick prompt here, and how it reaches other programs; on Wayland the portal is asked."""
    name = chosen_back_end(os.environ)
    value = SENTENCES[name] if name == "nothing" else f"{SENTENCES[name]}; {WAYS[way_back(os.environ)]}"
    return Finding("quick_prompts", ok=True, value=value)


def _documents() -> Finding:
    """Try what a process that parses documents of other people can reach."""
    from desktop.documents.parser_client import denied_to_parsers

    try:
        denied = denied_to_parsers()
    except InkstoneError:
        advice = "Word, PDF and HTML files cannot be read; free some memory and try again."
        return Finding("documents", ok=False, value="no process can be started to parse them", advice=advice)
    left = [each for each in ("files", "programs", "network") if each not in denied]
    told = [f"{words} {', '.join(which)}" for words, which in (("denied", denied), ("not denied", left)) if which]
    return Finding("documents", ok=True, value=f"parsed in a process of their own; {'; '.join(told)}")


def _chinese_fonts() -> Finding:
    try:
        answer = subprocess.run(
            ["fc-list", ":lang=zh", "family"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return Finding("chinese_fonts", ok=True, value="unknown: there is no fc-list to ask")
    families = sorted({line.split(",")[0].strip() for line in answer.stdout.splitlines() if line.strip()})
    if not families:
        advice = f"Chinese text would show as boxes; run: {apt_command(('fonts-noto-cjk',))}"
        return Finding("chinese_fonts", ok=True, value="none", advice=advice)
    return Finding("chinese_fonts", ok=True, value=", ".join(families[:3]) + (", …" if len(families) > 3 else ""))


def _history(paths: AppPaths) -> Finding:
    from desktop.history.vault import is_lost, protection_kind

    try:
        kind = protection_kind(paths.history)
    except KeyUnavailable as error:
        return Finding("history", ok=False, value="its key file cannot be read", advice=str(error))
    if kind is None:
        return Finding("history", ok=True, value="none yet")
    ways = {"keyring": "key in the keyring", "passphrase": "behind a passphrase", "none": "not encrypted"}
    if is_lost(paths.history):
        return Finding("history", ok=False, value=f"its file in {paths.history} is gone", advice="restore a backup")
    mib = sum(file.stat().st_size for file in paths.history.glob("history.db*")) >> 20
    return Finding("history", ok=True, value=f"{mib} MiB, {ways[kind]}, in {paths.history}")


def _keyring(seconds: float = 10) -> Finding:
    """Ask on a thread of its own, because a back end may wait for a person."""
    answers: list[str] = []
    thread = threading.Thread(target=lambda: answers.append(_keyring_backend()), daemon=True)
    thread.start()
    thread.join(seconds)
    value = answers[0] if answers else f"did not answer within {seconds:.0f} s"
    return Finding("keyring", ok=True, value=value)


def _keyring_backend() -> str:
    try:
        backend = keyring.get_keyring()
        return "none" if isinstance(backend, keyring.backends.fail.Keyring) else backend.name
    except Exception as error:  # whatever a back end of somebody else's raises
        return f"cannot be asked: {error}"

"""Finds models that other programs keep on this machine, where they lie: nothing is moved, copied or changed.

    LM Studio     ~/.lmstudio/models, ~/.cache/lm-studio/models           PUBLISHER/NAME/FILE.gguf
    Ollama        ~/.ollama/models (OLLAMA_MODELS), /usr/share/ollama/…   manifests/…/NAME/TAG -> blobs/sha256-…
    GPT4All, Jan  their folders of data on Linux, macOS and Windows       FILE.gguf, NAME/FILE.gguf
    Hugging Face  ~/.cache/huggingface/hub (HF_HOME, HF_HUB_CACHE)        models--…/snapshots/REVISION/FILE.gguf

Of each file only the beginning is read. The search ends after `_MOST` entries of a program, goes no deeper than
`_DEPTH` folders and follows no links to folders; what is damaged or cannot be read is passed over or told of.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.codes import Coded, system_reason
from desktop.models.decoder_config import ARCHITECTURES
from desktop.models.gguf_header import NoGguf, read_header
from desktop.reasons import ModelReason

_DEPTH = 6
_MOST = 20_000  # entries of folders that are looked at for one program
_LONGEST_ID = 64  # letters
_LONGEST_MANIFEST = 1 << 20  # bytes
_GGUF = ".gguf"
_PART = re.compile(r"-(\d{5})-of-(\d{5})\.gguf$", re.IGNORECASE)
_NO_DECODER = re.compile(r"mmproj|imatrix", re.IGNORECASE)
_OLLAMA_MODEL = "application/vnd.ollama.image.model"
_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")

# Program -> its folders below the user's own, on every platform: those of another one are not there.
_FOLDERS = {
    "LM Studio": (".lmstudio/models", ".cache/lm-studio/models"),
    "GPT4All": (
        ".local/share/nomic.ai/GPT4All",
        "Library/Application Support/nomic.ai/GPT4All",
        "AppData/Local/nomic.ai/GPT4All",
    ),
    "Jan": (
        ".config/Jan/data",
        ".local/share/Jan/data",
        "Library/Application Support/Jan/data",
        "AppData/Roaming/Jan/data",
        "jan",
    ),
}


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A model that another program keeps.

    Attributes:
        program: whose it is, by its own name.
        name: what that program calls it, or its file.
        path: of the GGUF, or of its first part; it may have no ending.
        size: in bytes, of all parts.
        architecture: as its header says; "" where it has none.
        supported: it can be imported.
        reason: why not; None where it can.
    """

    program: str
    name: str
    path: Path
    size: int
    architecture: str
    supported: bool
    reason: Coded | None = None

    @property
    def model_id(self) -> str:
        """What it may be called here, as no file of Ollama's tells a name."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower())[:_LONGEST_ID].strip("-") or "model"


def found_files(home: Path, environ: Mapping[str, str] | None = None) -> list[FoundFile]:
    """Look through the folders of other programs below a user's folder; by program and name.

    Args:
        home: the user's folder.
        environ: the environment, where it moves such a folder; None is none.
    """
    environ = environ or {}
    found: dict[Path, FoundFile] = {}
    for program, name, path in _all(home, environ):
        place = Path(os.path.realpath(path))
        if place not in found and (file := _look_at(program, name, path)) is not None:
            found[place] = file
    return sorted(found.values(), key=lambda file: (file.program, file.name.lower()))


def _all(home: Path, environ: Mapping[str, str]) -> Iterator[tuple[str, str, Path]]:
    """Give program, name and path of all that may be a model."""
    for program, folders in _FOLDERS.items():
        for folder in folders:
            for path in _files(home / folder):
                yield program, path.stem, path
    system = [Path("/usr/share/ollama/.ollama/models")] if home == Path.home() else []
    own = [Path(environ["OLLAMA_MODELS"])] if environ.get("OLLAMA_MODELS") else []
    for place in [*own, home / ".ollama" / "models", *system]:
        for name, blob in _of_ollama(place):
            yield "Ollama", name, blob
    cache = environ.get("HF_HUB_CACHE") or (f"{environ['HF_HOME']}/hub" if environ.get("HF_HOME") else "")
    for path in _files(Path(cache) if cache else home / ".cache" / "huggingface" / "hub"):
        if "snapshots" in path.parts:
            yield "Hugging Face", path.stem, path


def _files(folder: Path) -> Iterator[Path]:
    """Give the first or only part of each GGUF below a folder."""
    waiting, left = [(folder, 0)], _MOST
    while waiting:
        place, depth = waiting.pop()
        try:
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            left -= 1
            if left < 0:
                return
            if entry.is_dir(follow_symlinks=False):
                if depth < _DEPTH:
                    waiting.append((Path(entry.path), depth + 1))
            elif entry.name.lower().endswith(_GGUF) and not _NO_DECODER.search(entry.name):
                part = _PART.search(entry.name)
                if part is None or int(part[1]) == 1:
                    yield Path(entry.path)


def _of_ollama(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give name and file of each model that Ollama has pulled: manifests/HOST/OWNER/NAME/TAG names its blob."""
    manifests, left = folder / "manifests", _MOST
    for place, folders, names in os.walk(manifests):
        if len(Path(place).relative_to(manifests).parts) > _DEPTH:
            folders.clear()
        for name in sorted(names):
            left -= 1
            if left < 0:
                return
            path = Path(place) / name
            if (digest := _blob_of(path)) is not None:
                parts = path.relative_to(manifests).parts[1:]
                owner = parts[:-2] if parts[:-2] != ("library",) else ()
                yield f"{'/'.join((*owner, *parts[-2:-1]))}:{parts[-1]}" if parts else name, folder / "blobs" / digest


def _blob_of(manifest: Path) -> str | None:
    """Give the name of the file of weights that a manifest of Ollama tells; None where it tells none."""
    try:
        if manifest.stat().st_size > _LONGEST_MANIFEST:
            return None
        layers = json.loads(manifest.read_bytes())["layers"]
        digests = [_DIGEST.fullmatch(one["digest"]) for one in layers if one["mediaType"] == _OLLAMA_MODEL]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return f"sha256-{digests[0][1]}" if digests and digests[0] else None


def _look_at(program: str, name: str, path: Path) -> FoundFile | None:
    """Read the beginning of a file; None where it is not there."""
    reason: Coded | None = None
    architecture, size = "", 0
    try:
        if not path.is_file():
            return None  # a link to what is gone, or a download that Ollama has not ended
        size = path.stat().st_size
        header = read_header(path)
        architecture = str(header.get("general.architecture", ""))
        if architecture not in ARCHITECTURES:
            reason = ModelReason.ARCHITECTURE(architecture=architecture, known=", ".join(ARCHITECTURES))
        missing = next((one for one in _parts(path) if not one.is_file()), None)
        if missing is not None:
            reason = reason or ModelReason.PART_MISSING(name=missing.name)
        size = sum(one.stat().st_size for one in _parts(path) if one.is_file())
    except NoGguf:
        reason = ModelReason.NO_GGUF()
    except OSError as error:
        reason = ModelReason.BAD_MANIFEST(detail=system_reason(error))
    return FoundFile(program, name, path, size, architecture, reason is None, reason)


def _parts(path: Path) -> list[Path]:
    part = _PART.search(path.name)
    if part is None:
        return [path]
    stem, count = path.name[: part.start()], min(int(part[2]), _MOST)
    return [path.with_name(f"{stem}-{number:05}-of-{part[2]}{_GGUF}") for number in range(1, count + 1)]

"""`manifest.toml` of the router's model: labels, calibration, and the checksums of its files."""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import BrokenModel
from desktop.file_names import is_bare_name

FILE_NAME = "manifest.toml"
GRAPH_FILE, TOKENIZER_FILE = "model.onnx", "tokenizer.json"


@dataclass(frozen=True, slots=True)
class RouterManifest:
    """What the model of a folder answers with.

    Attributes:
        id: name and content of the model: learned corrections belong to one id.
        intents: names of the intent logits, in order.
        slots: names of the slots; the tags are O, then B and I of each.
        temperature: what intent logits are divided by before the softmax, so that confidence is accuracy (Guo 2017).
        threshold: no template is offered below this confidence.
        files: name, size in bytes and sha256 of the model's files, among them those that are loaded.
    """

    id: str
    intents: tuple[str, ...]
    slots: tuple[str, ...]
    temperature: float
    threshold: float
    files: tuple[tuple[str, int, str], ...]


def read_manifest(folder: Path) -> RouterManifest:
    """Read the manifest.

    Raises:
        BrokenModel: there is none, or it is not a router's.
    """
    path = folder / FILE_NAME
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        files = tuple((str(row["name"]), int(row["size"]), str(row["sha256"])) for row in table["files"])
        checksums = {name: sha256 for name, _, sha256 in files}
        if wrong := [name for name in checksums if not is_bare_name(name)]:
            raise ValueError(f"“{wrong[0]}” cannot name a file of a model")
        if unchecked := {GRAPH_FILE, TOKENIZER_FILE} - checksums.keys():
            raise ValueError(f"{min(unchecked)} is missing in it")
        manifest = RouterManifest(
            id=f"{table['id']}:{checksums[GRAPH_FILE][:12]}",
            intents=tuple(map(str, table["intents"])),
            slots=tuple(map(str, table["slots"])),
            temperature=float(table["temperature"]),
            threshold=float(table["threshold"]),
            files=files,
        )
    except FileNotFoundError as error:
        raise BrokenModel(path, "the file is missing") from error
    except KeyError as error:
        raise BrokenModel(path, "it is not the manifest of a router") from error
    except (ValueError, TypeError, OSError) as error:
        raise BrokenModel(path, str(error)) from error
    if "chat" not in manifest.intents or manifest.temperature <= 0:
        raise BrokenModel(path, "it is not the manifest of a router")
    return manifest


def check_files(folder: Path, manifest: RouterManifest) -> None:
    """Compare every file with its checksum.

    Raises:
        BrokenModel: a file is missing or differs.
    """
    for name, size, sha256 in manifest.files:
        path = folder / name
        try:
            content = path.read_bytes()
        except OSError as error:
            raise BrokenModel(path, "it is missing") from error
        if len(content) != size or hashlib.sha256(content).hexdigest() != sha256:
            raise BrokenModel(path, "it is not the file that came with Inkstone; install it again")

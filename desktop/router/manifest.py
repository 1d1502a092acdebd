"""`manifest.toml` of the router's model: labels, calibration, and the checksums of its files."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

from desktop.errors import BrokenModel
from desktop.files.names import is_bare_name
from desktop.files.plain import read_text
from desktop.files.toml import Mistake, checked, parse
from desktop.reasons import ModelReason

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


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contents:
    """The file as it is written; what is not read is for people."""

    id: str
    name: str
    task: Literal["router"]
    family: str
    licence: str
    languages: tuple[str, ...]
    good_for: str
    quantization: str
    temperature: Annotated[float, Meta(gt=0)]
    threshold: float
    intents: tuple[str, ...]
    slots: tuple[str, ...]
    files: tuple[_File, ...]
    sources: tuple[Mapping[str, str], ...] = ()


def read_manifest(folder: Path) -> RouterManifest:
    """Read the manifest.

    Raises:
        BrokenModel: there is none, or it is not a router's.
    """
    path = folder / FILE_NAME
    text = ""
    try:
        text = read_text(path)
        table = checked(parse(text), _Contents)
    except FileNotFoundError as error:
        raise BrokenModel(path, ModelReason.FILE_MISSING()) from error
    except Mistake as mistake:
        line = mistake.line_in(text)
        detail = mistake.reason
        wrong = ModelReason.BAD_LINE(line=line, detail=detail) if line else ModelReason.BAD_MANIFEST(detail=detail)
        raise BrokenModel(path, wrong) from mistake
    except (UnicodeDecodeError, OSError) as error:
        raise BrokenModel(path, ModelReason.BAD_MANIFEST(detail=error)) from error
    checksums = {file.name: file.sha256 for file in table.files}
    if bad := [name for name in checksums if not is_bare_name(name)]:
        raise BrokenModel(path, ModelReason.NO_FILE_NAME(name=bad[0]))
    if unchecked := {GRAPH_FILE, TOKENIZER_FILE} - checksums.keys():
        raise BrokenModel(path, ModelReason.NOT_LISTED(name=min(unchecked)))
    if "chat" not in table.intents:
        raise BrokenModel(path, ModelReason.NO_ROUTER())
    files = tuple((file.name, file.size, file.sha256) for file in table.files)
    name = f"{table.id}:{checksums[GRAPH_FILE][:12]}"
    return RouterManifest(name, table.intents, table.slots, table.temperature, table.threshold, files)


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
            raise BrokenModel(path, ModelReason.MISSING()) from error
        if len(content) != size or hashlib.sha256(content).hexdigest() != sha256:
            raise BrokenModel(path, ModelReason.NOT_OURS())

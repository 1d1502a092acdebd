"""`manifest.toml`: what a model folder holds.

The committed manifest of a model says where its weights come from; `models prepare` makes the other files and writes
the manifest again, byte for byte the same where the conversion gave the same files.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal, TypeVar

import tomli_w

from desktop.errors import BrokenModel
from desktop.reasons import ModelReason

FILE_NAME = "manifest.toml"
_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of the folder."""

    name: str
    size: int  # bytes
    sha256: str  # hexadecimal


@dataclass(frozen=True, slots=True)
class Source:
    """The package that carries the original weights.

    Attributes:
        package: name on the package index.
        version: exact version.
        size: of the package file, in bytes.
        sha256: of the package file.
        member: path of the GGUF inside the package.
        member_size: of the GGUF, in bytes.
        member_sha256: of the GGUF.
    """

    package: str
    version: str
    size: int
    sha256: str
    member: str
    member_size: int
    member_sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a model is and which files it consists of.

    Attributes:
        id: name of the folder and on the command line.
        name: shown to the user.
        family: architecture, e.g. llama.
        licence: SPDX expression of the weights.
        languages: what it writes well, ISO 639-1.
        good_for: one phrase for the user.
        context_length: prompt and answer together, in tokens.
        quantization: how the graph holds the weights, e.g. int8; int4/int8 where some are in 4 bits.
        kv_cache: shared: the graph writes into one buffer (GroupQueryAttention); grown: it returns a longer copy.
        chat_format: name of the prompt format, e.g. chatml; the template itself is a file of its own.
        bos: text of the begin token, "" if the model has none.
        eos: text of the end token.
        add_bos: whether a prompt begins with `bos` when its template does not write it.
        end_tokens: ids that end an answer.
        files: what the folder holds beside the manifest; empty until it is prepared for the first time.
        source: where `models prepare` fetches it; None for a model that the user imported.
    """

    id: str
    name: str
    family: str
    licence: str
    languages: tuple[str, ...]
    good_for: str
    context_length: int
    quantization: str
    kv_cache: Literal["shared", "grown"]
    chat_format: str
    bos: str
    eos: str
    add_bos: bool
    end_tokens: tuple[int, ...]
    files: tuple[ModelFile, ...] = ()
    source: Source | None = None


def holds_language_model(folder: Path) -> bool:
    """Tell whether a folder has a manifest, and not that of a model for another task, such as the router's."""
    try:
        table = tomllib.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    except (ValueError, OSError):
        return (folder / FILE_NAME).is_file()  # a damaged one is reported by who reads it
    return "task" not in table


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a model folder.

    Raises:
        BrokenModel: there is none, or it is not one.
    """
    path = folder / FILE_NAME
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        files = tuple(_strict(ModelFile, entry) for entry in table.pop("files", []))
        source = _strict(Source, table.pop("source")) if "source" in table else None
        for key in ("languages", "end_tokens"):
            table[key] = tuple(table[key])
        return _strict(Manifest, {**table, "files": files, "source": source})
    except FileNotFoundError as error:
        raise BrokenModel(path, ModelReason.FILE_MISSING()) from error
    except KeyError as error:
        raise BrokenModel(path, ModelReason.VALUE_MISSING(key=error.args[0])) from error
    except (ValueError, TypeError, OSError) as error:
        raise BrokenModel(path, ModelReason.BAD_MANIFEST(detail=error)) from error


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Write the manifest into its folder."""
    table = {key: value for key, value in asdict(manifest).items() if value is not None}
    (folder / FILE_NAME).write_text(tomli_w.dumps(table), encoding="utf-8")


def _strict(kind: type[_Kind], table: Mapping[str, Any]) -> _Kind:
    known = {field.name: field.type for field in fields(kind)}  # type: ignore[arg-type]  # all are dataclasses
    for key, value in table.items():
        if key not in known:
            raise ValueError(f"unknown key “{key}”")
        if known[key] in (str, int, bool) and type(value) is not known[key]:
            raise ValueError(f"“{key}” has a value of the wrong kind")
    return kind(**table)

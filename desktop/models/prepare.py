"""Makes model folders: fetch or take a GGUF, convert it, describe it, and put the folder in place in one step."""

import dataclasses
import re
import shutil
from collections.abc import Collection, Sequence
from pathlib import Path

import onnx

from desktop.engine.chat_template import ChatTemplate
from desktop.engine.interface import GRAPH_FILE, TEMPLATE_FILE, TOKENIZER_FILE, WEIGHTS_FILE
from desktop.errors import BadInput, BrokenModel, Cancelled, ModelError, OfflineRefused, Paused, UnsupportedModel
from desktop.files.names import is_id_of_folder
from desktop.models.chat_tokens import ChatTokens
from desktop.models.checksum import sha256
from desktop.models.decoder_config import WeightsSource
from desktop.models.fetch import fetch_gguf, kept_size
from desktop.models.gguf_file import GgufFile
from desktop.models.gguf_tokenizer import write_tokenizer
from desktop.models.graph import write_graph
from desktop.models.integer_trial import integers_pay
from desktop.models.library import InstalledModel
from desktop.models.manifest import FILE_NAME, Manifest, ModelFile, read_manifest, write_manifest
from desktop.models.products import Precision
from desktop.models.progress import Progress, Work
from desktop.models.recommended import of_gguf
from desktop.models.sample_run import affordable, sample_ids, wants_int8_cache
from desktop.models.staging import download_folder, put_in_place, staging_folder
from desktop.models.tiers import AUTOMATIC, room_for
from desktop.reasons import PrepareReason

_FILES = (GRAPH_FILE, WEIGHTS_FILE, TOKENIZER_FILE, TEMPLATE_FILE)
_MB = 10**6  # bytes
_LONGEST_ID = 64  # letters of a file's name; some published ones name all that was done to the model
_CUDA = "-cuda"  # behind the id of a model prepared for CUDA


def for_cuda(model: InstalledModel, target: Path) -> InstalledModel:
    """Give the variant of a model that is prepared for CUDA, in fp16, whether it is there yet or not."""
    manifest = model.manifest
    if manifest.quantization == "fp16":
        return model
    folder = target / f"{manifest.id}{_CUDA}"
    if (folder / FILE_NAME).is_file():
        return InstalledModel(folder, read_manifest(folder))
    variant = dataclasses.replace(
        manifest,
        id=folder.name,
        name=f"{manifest.name} for CUDA",
        quantization="fp16",
        tier=None,
        memory_mib=None,
        disk_mib=None,
        files=(),
    )
    return InstalledModel(folder, variant)


def prepare(
    model: InstalledModel,
    target: Path,
    progress: Progress,
    *,
    again: bool = False,
    offline: bool = False,
    endpoint: str | None = None,
) -> Path:
    """Make sure that a model's weights are on this machine; gives its folder.

    What is downloaded is kept until the model stands, so that a stop, a kill or a failure of the network costs a part.

    Args:
        model: what to prepare, from the library.
        target: the folder of model folders to write to.
        progress: told how far it is.
        again: make it anew even if it is there.
        offline: the network must not be used.
        endpoint: address of the hub; None takes the usual one.

    Raises:
        PrepareError: it could not be fetched or converted; what was there before still is.
        Cancelled: the user stopped; a Paused where a part is downloaded.
        OfflineRefused: it would need the network.
    """
    if model.prepared and not again:
        return model.folder
    manifest = model.manifest
    if manifest.source is None:
        raise BadInput(PrepareReason.WAS_IMPORTED(model=manifest.id))
    if offline:
        raise OfflineRefused(f"downloading {manifest.source.name}")
    download = download_folder(target, manifest.id)
    with staging_folder(target, manifest.id, room_for(model, kept_size(download))) as staging:
        try:
            gguf = fetch_gguf(manifest.source, download, progress.part(0.0, 0.7), endpoint=endpoint)
            folder = _convert(gguf, manifest, staging, target, progress.part(0.7, 1.0))
        except Cancelled as error:
            if kept := kept_size(download):
                raise Paused(manifest.id, kept // _MB) from error
            raise
        except ModelError:  # fetching the same once more would not help
            shutil.rmtree(download, ignore_errors=True)
            raise
        finally:
            if not kept_size(download):
                shutil.rmtree(download, ignore_errors=True)
        shutil.rmtree(download, ignore_errors=True)
        return folder


def free_id(path: Path, taken: Collection[str]) -> str:
    """Give an id for a file's model that no other has."""
    wanted = id_ = _id_of(path) or "model"
    number = 1
    while id_ in taken:
        number += 1
        id_ = f"{wanted}-{number}"
    return id_


def check_id(model_id: str, target: Path, taken: Collection[str]) -> None:
    """Refuse what a new model of a folder of models cannot be called.

    Raises:
        BadInput: it is taken or cannot name a folder.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", model_id) or not is_id_of_folder(model_id) or model_id == AUTOMATIC:
        raise BadInput(PrepareReason.BAD_ID(model=model_id))
    if model_id in taken or (target / model_id).exists():
        raise BadInput(PrepareReason.ID_TAKEN(model=model_id))


def import_gguf(
    path: Path, target: Path, progress: Progress, model_id: str | None = None, *, taken: Collection[str] = ()
) -> Path:
    """Make a model folder from a GGUF file that the user has; gives the folder.

    Args:
        path: the file; it stays as it is.
        target: the folder of model folders to write to.
        progress: told how far it is.
        model_id: what to call it; None takes the file's name.
        taken: ids of other models.

    Raises:
        BadInput: the id is taken or cannot name a folder.
        ModelError: the file is no whole GGUF or of a kind that cannot be run.
        PrepareError: it could not be converted.
    """
    chosen = chosen_id(path, target, model_id, taken)
    with GgufFile(path) as source:
        size = source.size
        manifest = Manifest(
            id=chosen,
            name=str(source.value("general.name", path.stem)),
            family=source.config.architecture,
            licence=str(source.value("general.license", "unknown")),
            languages=_languages(source),
            good_for="imported by you",
            context_length=source.config.context_length,
            quantization="int8",
            kv_cache="shared",
            chat_format="",
            bos="",
            eos="",
            add_bos=False,
            end_tokens=(),
            sampling=of_gguf(source.value, source.config.architecture),
        )
    with staging_folder(target, chosen, 2 * size) as staging:
        return _convert(path, manifest, staging, target, progress)


def chosen_id(path: Path, target: Path, model_id: str | None, taken: Collection[str]) -> str:
    """Give the id of what is made of a file or folder: the one that is wished, or one by its name.

    Raises:
        BadInput: it is taken or cannot name a folder.
    """
    chosen = model_id or _id_of(path)
    check_id(chosen, target, taken)
    return chosen


def _id_of(path: Path) -> str:
    name = re.sub(r"(-\d{5}-of-\d{5})?\.gguf$", "", path.name.lower())  # of a folder, “Qwen2.5-0.5B” is all its name
    words = re.sub(r"[^a-z0-9]+", "-", name)[:_LONGEST_ID].strip("-")
    taken = words == AUTOMATIC or (words and not is_id_of_folder(words))  # Windows has no folder called con
    return f"model-{words}" if taken else words


def _languages(source: GgufFile) -> tuple[str, ...]:
    """Tell what a model writes: as its file says, and Chinese where it is a Qwen, whose files often leave it out."""
    said = [str(code).lower() for code in source.value("general.languages", [])] or ["en"]
    if source.config.architecture.startswith("qwen") and "zh" not in said:
        said.append("zh")
    return tuple(said)


def _convert(gguf: Path, manifest: Manifest, staging: Path, target: Path, progress: Progress) -> Path:
    """Convert a GGUF to a model folder and put it in place."""
    made = staging / "made"
    made.mkdir()
    progress.at(manifest.id, Work.READING())
    with GgufFile(gguf) as source:
        progress.at(manifest.id, Work.BUILDING_TOKENIZER(), 0.3)
        chat = write_tokenizer(source, made)
        held, digest = write_decoder(source, chat, made, manifest, progress)
    return finish(
        made, dataclasses.replace(manifest, quantization=held, **dataclasses.asdict(chat)), target, progress, digest
    )


def finish(made: Path, manifest: Manifest, target: Path, progress: Progress, digest: str | None = None) -> Path:
    """Name the files of a folder that was made in its manifest, and put it in place; gives the folder.

    Args:
        made: the folder.
        manifest: says all but the files.
        target: the folder of model folders.
        progress: told how far it is.
        digest: sha256 of the weights file; None where it is not known yet.

    Raises:
        PrepareError: it cannot be put there.
        Cancelled: the user stopped.
    """
    progress.at(manifest.id, Work.CHECKING_FILES(), 0.9)

    def checksum(name: str) -> str:
        if name == WEIGHTS_FILE and digest is not None:
            return digest
        return sha256(made / name, lambda _: progress.at(manifest.id, Work.CHECKING_FILES(), 0.9))

    there = {path.name for path in made.iterdir()}
    names = [*(name for name in _FILES if name in there), *sorted(there.difference(_FILES))]
    files = tuple(ModelFile(name, (made / name).stat().st_size, checksum(name)) for name in names)
    write_manifest(dataclasses.replace(manifest, files=files), made)
    progress.at(manifest.id, Work.PUTTING_IN_PLACE(), 0.98)
    final = target / manifest.id
    put_in_place(final, made)
    progress.report(Work.READY(name=manifest.name), progress.end)  # too late to be stopped
    return final


def write_decoder(
    source: WeightsSource, chat: ChatTokens, made: Path, manifest: Manifest, progress: Progress
) -> tuple[str, str]:
    """Write the graph beside its tokenizer and template, which are tried out first.

    Gives how it holds its matrices, and the sha256 of its weights.

    Raises:
        UnsupportedModel: the template does not work, or the graph cannot be built.
        BrokenModel: a tensor is missing.
        Cancelled: the user stopped.
    """
    try:
        ChatTemplate(made / TEMPLATE_FILE).try_out(bos=chat.bos, eos=chat.eos)
    except BrokenModel as error:  # told of the file that the user has, before its weights are converted
        raise UnsupportedModel(source.path, error.reason) from error
    precision: Precision = "fp16" if manifest.quantization == "fp16" else "int8"
    part, int8_cache = progress.part(0.35, 0.9), wants_int8_cache(source.config)
    samples: Sequence[Sequence[int]] = sample_ids(made / TOKENIZER_FILE) if precision == "int8" else ()
    samples = samples if int8_cache else affordable(samples, source.config)
    digest = write_graph(source, made, part, precision, samples, int8_cache=int8_cache, integers=integers_pay)
    return precision if precision == "fp16" else held_as(made / GRAPH_FILE), digest


def held_as(graph: Path) -> str:
    """Tell how a graph for CPUs holds its matrices: int4/int8 where some are in 4 bits, else int8."""
    nodes = onnx.load(graph, load_external_data=False).graph.node
    bits = {
        value.i for node in nodes if node.op_type == "MatMulNBits" for value in node.attribute if value.name == "bits"
    }
    return "/".join(f"int{width}" for width in sorted(bits))

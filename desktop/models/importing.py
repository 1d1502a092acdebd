"""Makes a model folder of what the user has: a GGUF file, a folder of safetensors, or a folder of an ONNX graph."""

import dataclasses
from collections.abc import Collection
from pathlib import Path

from desktop.errors import BadInput
from desktop.models.chat_tokens import copy_tokenizer
from desktop.models.manifest import Manifest
from desktop.models.onnx_folder import OnnxFolder, find_graphs
from desktop.models.prepare import chosen_id, finish, import_gguf, write_decoder
from desktop.models.progress import Progress, Work
from desktop.models.recommended import of_generation_config
from desktop.models.safetensors_folder import SafetensorsFolder, holds_safetensors
from desktop.models.staging import staging_folder
from desktop.models.transformers_config import GENERATION_FILE, read_json
from desktop.reasons import PrepareReason

_CHINESE_TOO = ("qwen", "minicpm", "glm", "internlm", "hunyuan", "ernie")  # families that write it, by their names


def import_model(
    path: Path, target: Path, progress: Progress, model_id: str | None = None, *, taken: Collection[str] = ()
) -> Path:
    """Make a model folder; gives it.

    Args:
        path: a GGUF file, an ONNX graph, or a folder that holds safetensors or ONNX graphs; it stays as it is.
        target: the folder of model folders to write to.
        progress: told what was found and how far it is.
        model_id: what to call it; None takes the name of the file or folder.
        taken: ids of other models.

    Raises:
        BadInput: the id is taken or cannot name a folder, or there is no model there.
        ModelError: what is there is damaged, or of a kind that cannot be run.
        PrepareError: it could not be converted.
        Cancelled: the user stopped.
    """
    graphs = find_graphs(path)
    if graphs:
        progress.at(path.name, Work.FOUND_ONNX(name=graphs[0].name, n=len(graphs)))
        source = OnnxFolder(path, graphs[0])
        return _import_onnx(source, target, progress, chosen_id(source.folder, target, model_id, taken))
    if not path.is_dir():
        return import_gguf(path, target, progress, model_id, taken=taken)
    if holds_safetensors(path):
        return _import_safetensors(path, target, progress, chosen_id(path, target, model_id, taken))
    ggufs = sorted(path.glob("*.gguf"))
    if len(ggufs) == 1:
        return import_gguf(ggufs[0], target, progress, model_id, taken=taken)
    raise BadInput((PrepareReason.SEVERAL_MODELS if ggufs else PrepareReason.NOTHING_FOUND)(path=path))


def _import_safetensors(folder: Path, target: Path, progress: Progress, model_id: str) -> Path:
    with SafetensorsFolder(folder) as source:
        progress.at(model_id, Work.FOUND_SAFETENSORS(family=source.config.architecture))
        manifest = _manifest(folder, model_id, source.config.architecture, source.config.context_length)
        with staging_folder(target, model_id, source.size) as staging:
            made = staging / "made"
            made.mkdir()
            chat = copy_tokenizer(folder, made, source.config.vocab)
            held, digest = write_decoder(source, chat, made, manifest, progress)
            manifest = dataclasses.replace(manifest, quantization=held, **dataclasses.asdict(chat))
            return finish(made, manifest, target, progress, digest)


def _import_onnx(source: OnnxFolder, target: Path, progress: Progress, model_id: str) -> Path:
    manifest = _manifest(source.folder, model_id, source.family, source.context_length)
    with staging_folder(target, model_id, source.size) as staging:
        made = staging / "made"
        made.mkdir()
        chat = copy_tokenizer(source.folder, made, source.vocab)
        ends = tuple(sorted({*chat.end_tokens, *source.end_tokens}))
        source.take_over(made, lambda: progress.at(model_id, Work.READING()))
        manifest = dataclasses.replace(
            manifest,
            quantization=source.held,
            kv_cache="shared" if source.shared_cache else "grown",
            **{**dataclasses.asdict(chat), "end_tokens": ends},
        )
        return finish(made, manifest, target, progress)


def _manifest(folder: Path, model_id: str, family: str, context_length: int) -> Manifest:
    name = folder.resolve().name
    said = folder / GENERATION_FILE
    chinese = any(word in f"{name} {family}".lower() for word in _CHINESE_TOO)
    return Manifest(
        id=model_id,
        name=name,
        family=family,
        licence="unknown",
        languages=("en", "zh") if chinese else ("en",),
        good_for="imported by you",
        context_length=context_length,
        quantization="int8",
        kv_cache="shared",
        chat_format="",
        bos="",
        eos="",
        add_bos=False,
        end_tokens=(),
        sampling=of_generation_config(read_json(said) if said.is_file() else {}, family),
    )

"""`inkstone models`: list, prepare, import, verify, choose and remove the models of this machine."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from desktop.commands.start import Home, Json, Offline, begin, progress
from desktop.errors import InkstoneError


class DeviceOption(StrEnum):
    """What a model is prepared for."""

    CPU = "cpu"
    CUDA = "cuda"


models = typer.Typer(help="The models of this machine.", no_args_is_help=True, rich_markup_mode=None)


@models.command("list")
def models_list(context: typer.Context, as_json: Json = False, home: Home = None, offline: Offline = False) -> None:
    """List the models that are known, and which of them are on this machine.

    --json prints one object per model: id, name, prepared, chosen, mib, languages, licence, good_for, folder.
    """
    start = begin(context, home, offline=offline)
    from desktop import services

    for model in services.open_library(start.paths).models():
        manifest = model.manifest
        chosen, mib = manifest.id == start.settings.model, round(sum(file.size for file in manifest.files) / 2**20)
        if as_json:
            keys = ("id", "name", "languages", "licence", "good_for")
            facts = {key: getattr(manifest, key) for key in keys}
            facts |= {"prepared": model.prepared, "chosen": chosen, "mib": mib, "folder": str(model.folder)}
            print(json.dumps(facts, ensure_ascii=False))
        else:
            state = "ready" if model.prepared else "not prepared"
            print(f"{'*' if chosen else ' '} {manifest.id:28} {state:13} {mib:6} MiB  {manifest.good_for}")


@models.command("prepare")
def models_prepare(
    context: typer.Context,
    model: Annotated[str | None, typer.Argument(help="Which model; default: the chosen one.", metavar="ID")] = None,
    again: Annotated[bool, typer.Option("--again", help="Make it anew even if it is there.")] = False,
    device: Annotated[
        DeviceOption, typer.Option("--for", help="cuda makes a model of its own, in fp16: ID-cuda.")
    ] = DeviceOption.CPU,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Fetch and convert a model's weights; does nothing when they are there."""
    start = begin(context, home, offline=offline, model=model)
    from desktop import services

    with progress() as report:
        cuda = device is DeviceOption.CUDA
        folder = services.prepare_model(
            start.paths, start.settings.model, report, again=again, cuda=cuda, offline=start.offline
        )
    print(folder)


@models.command("import")
def models_import(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A GGUF file, an ONNX graph, or a folder of safetensors or ONNX.")],
    model_id: Annotated[str | None, typer.Option("--id", help="What to call it.")] = None,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Make a model of what is already on this machine.

    A GGUF file, as LM Studio, Ollama and Jan keep them (any part of one that is split), or a folder as it is
    downloaded from a hub: safetensors of Llama, Mistral, Qwen 2 and 3, Gemma 3, SmolLM 3 and Phi 3, or an ONNX graph
    of optimum or of ONNX Runtime's builders.
    """
    start = begin(context, home, offline=offline)
    from desktop import services

    with progress() as report:
        print(services.import_model(start.paths, file, report, model_id))


@models.command("verify")
def models_verify(
    context: typer.Context,
    model: Annotated[str | None, typer.Argument(help="Which model; default: the chosen one.", metavar="ID")] = None,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Compare every file of a model with its sha256."""
    start = begin(context, home, offline=offline, model=model)
    from desktop import services

    with progress() as report:
        verified = services.verify_model(start.paths, start.settings.model, report)
    print(f"{verified.manifest.id}: all {len(verified.manifest.files)} files are as they were prepared.")


@models.command("use")
def models_use(
    context: typer.Context,
    model: Annotated[str, typer.Argument(help="Which model.", metavar="ID")],
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Have a model answer from the next start on."""
    start = begin(context, home, offline=offline)
    from desktop import services
    from desktop.settings import save_settings

    services.open_library(start.paths).find(model).files()  # refuses one that is not whole
    try:
        save_settings(start.paths.settings_file, {"model": model})
    except OSError as error:
        raise InkstoneError(
            f"The choice could not be saved ({error.strerror or error}); nothing was changed."
        ) from error
    print(model)


@models.command("remove")
def models_remove(
    context: typer.Context,
    model: Annotated[str, typer.Argument(help="Which model.", metavar="ID")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Delete a model's files; never those of the one in use, and a model of the source stays listed."""
    start = begin(context, home, offline=offline)
    from desktop import services

    mib = round(services.open_library(start.paths).find(model).size / 2**20)
    if not yes and not typer.confirm(f"Delete the files of “{model}” ({mib} MiB)?", err=True):
        raise typer.Exit(1)
    freed = services.remove_model(start.paths, model, start.settings.model)
    print(f"{model}: {round(freed / 2**20)} MiB are free.")

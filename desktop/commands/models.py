"""`inkstone models`: list, prepare, import, verify, choose and remove the models of this machine."""

import dataclasses
import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop.commands.preparing import Timed, announce
from desktop.commands.start import Home, Json, Offline, begin, progress
from desktop.engine.interface import Ability
from desktop.errors import InkstoneError
from desktop.model_ids import ENCODER_ID

if TYPE_CHECKING:
    from desktop.models.library import InstalledModel
    from desktop.models.tiers import Tier


class DeviceOption(StrEnum):
    """What a model is prepared for."""

    CPU = "cpu"
    CUDA = "cuda"


models = typer.Typer(help="The models of this machine.", no_args_is_help=True, rich_markup_mode=None)


@models.command("list")
def models_list(context: typer.Context, as_json: Json = False, home: Home = None, offline: Offline = False) -> None:
    """List the models that are known, and which of them are on this machine.

    --json prints one object per model: id, name, prepared, chosen, mib, languages, licence, good_for, folder, tier
    (tiny, light, standard or null), recommended, download_mib, kept_mib (already downloaded).
    """
    start = begin(context, home, offline=offline)
    from desktop import services

    used = services.chosen_model(start.paths, start.settings.model)
    tiers = {tier.model.manifest.id: tier for tier in services.tiers(start.paths)}
    for model in services.open_library(start.paths).models():
        manifest, tier = model.manifest, tiers.get(model.manifest.id)
        chosen, mib = manifest.id == used, round(sum(file.size for file in manifest.files) / 2**20)
        mib = mib or (tier.disk_mib if tier else 0)
        if as_json:
            keys = ("id", "name", "languages", "licence", "good_for", "tier")
            facts = {key: getattr(manifest, key) for key in keys}
            facts |= {"prepared": model.prepared, "chosen": chosen, "mib": mib, "folder": str(model.folder)}
            facts |= {"recommended": tier is not None and tier.recommended}
            facts |= {"download_mib": tier.download_mib if tier else 0, "kept_mib": tier.kept_mib if tier else 0}
            print(json.dumps(facts, ensure_ascii=False))
        else:
            about = f"{'*' if chosen else ' '} {manifest.id:28} {manifest.tier or '':8}"
            hint = " (recommended for this machine)" if tier is not None and tier.recommended else ""
            print(f"{about} {_state(model, tier):30} {mib:6} MiB  {manifest.good_for}{hint}")


@models.command("prepare")
def models_prepare(
    context: typer.Context,
    model: Annotated[
        str | None,
        typer.Argument(
            help="tiny, light, standard or an id; default: the chosen model. encoder-e5: what finds texts by meaning.",
            metavar="MODEL",
        ),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Make it anew even if it is there.")] = False,
    device: Annotated[
        DeviceOption, typer.Option("--for", help="cuda makes a model of its own, in fp16: ID-cuda.")
    ] = DeviceOption.CPU,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Fetch and convert a model's weights; does nothing when they are there.

    What is downloaded is kept when it is interrupted, and the next time goes on from there.
    """
    from desktop import services

    if model == ENCODER_ID:
        start = begin(context, home, offline=offline)
        with progress() as report:
            print(services.prepare_encoder(start.paths, report, offline=start.offline))
        return
    start = begin(context, home, offline=offline, model=model)
    cuda = device is DeviceOption.CUDA
    wanted = services.chosen_model(start.paths, start.settings.model)
    announce(start, wanted, again=again or cuda)
    with progress() as report:
        timed = Timed(report)
        folder = services.prepare_model(start.paths, wanted, timed, again=again, cuda=cuda, offline=start.offline)
    if told := timed.told():
        print(told, file=sys.stderr)
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


@models.command("catalogue")
def models_catalogue(
    context: typer.Context, as_json: Json = False, home: Home = None, offline: Offline = False
) -> None:
    """List models that can be added, with what they would be like on this machine.

    --json prints one object per model: id, name, repository, files, licence, parameters, mib, memory_mib, context,
    languages, good_for {en, zh}, tokens_per_s, fits, fit, added.
    """
    start = begin(context, home, offline=offline)
    from desktop import services

    entries = services.catalogue(start.paths)
    here = {model.manifest.id for model in services.open_library(start.paths).models()}
    for entry, fit in zip(entries, services.fit_of(start.paths, entries), strict=True):
        mib = round(entry.size / 2**20)
        if as_json:
            keys = ("id", "name", "repository", "licence", "parameters", "context", "languages")
            facts: dict[str, object] = {key: getattr(entry, key) for key in keys}
            facts |= {"files": [file.name for file in entry.files], "mib": mib, "memory_mib": fit.memory_mib}
            facts |= {"good_for": {"en": entry.good_for.en, "zh": entry.good_for.zh}, "added": entry.id in here}
            facts |= {"tokens_per_s": round(fit.tokens_per_s, 1), "fits": fit.fits, "fit": str(fit.reason)}
            print(json.dumps(facts, ensure_ascii=False))
        else:
            mark, licence = "*" if entry.id in here else " ", entry.licence.removeprefix("LicenseRef-")
            facts_of = f"{mib:5} MiB  {' '.join(entry.languages):18} {licence:13}"
            print(f"{mark} {entry.id:25} {facts_of} {fit.reason}; {entry.good_for.en}")


@models.command("found")
def models_found(context: typer.Context, as_json: Json = False, home: Home = None, offline: Offline = False) -> None:
    """List the models that LM Studio, Ollama, GPT4All, Jan and Hugging Face keep here; import one by its path.

    --json prints one object per file: program, name, id, path, mib, architecture, supported, reason.
    """
    start = begin(context, home, offline=offline)
    from desktop import services

    for file in services.found_models(start.paths):
        mib = round(file.size / 2**20)
        if as_json:
            facts: dict[str, object] = {"program": file.program, "name": file.name, "id": file.model_id}
            facts |= {"path": str(file.path), "mib": mib}
            facts |= {"architecture": file.architecture, "supported": file.supported}
            facts["reason"] = str(file.reason) if file.reason else None
            print(json.dumps(facts, ensure_ascii=False))
        else:
            state = file.path if file.supported else f"cannot be used: {file.reason}"
            print(f"{file.program:12}  {file.name:40} {mib:6} MiB  {state}")


@models.command("add")
def models_add(
    context: typer.Context,
    wanted: Annotated[
        str,
        typer.Argument(
            help="An id of the catalogue, owner/name[:Q5_K_M], owner/name/file.gguf, or an address of a hub.",
            metavar="MODEL",
        ),
    ],
    model_id: Annotated[str | None, typer.Option("--id", help="What to call it.")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the GGUF, in models/downloads of the home.")] = False,
    endpoint: Annotated[
        str | None,
        typer.Option("--endpoint", help="Address of the hub or a mirror; default: hub_endpoint of the settings."),
    ] = None,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Fetch a model of a hub and import it; stopped with Ctrl+C, it goes on from there the next time."""
    start = begin(context, home, offline=offline)
    from desktop import services

    with progress() as report:
        folder = services.add_model(
            start.paths,
            wanted,
            report,
            endpoint=endpoint,
            model_id=model_id,
            keep=keep,
            offline=start.offline,
        )
    print(folder)


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


@models.command("calibrate")
def models_calibrate(
    context: typer.Context,
    model: Annotated[str | None, typer.Argument(help="Which model; default: the chosen one.", metavar="ID")] = None,
    as_json: Json = False,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Measure what a model can do, half a minute at most: which languages it writes, how well it keeps to a brief.

    --json prints one object: id, languages, abilities {language: none, guided or free}, follows_brief {language: 0
    to 1}, decode_tokens_per_s.
    """
    start = begin(context, home, offline=offline, model=model)
    from desktop import services

    with progress() as report:
        manifest = services.calibrate_model(start.paths, start.settings.model, report).manifest
    measured = manifest.measured
    if measured is None:  # it was just written
        raise typer.Exit(1)
    if as_json:
        facts = dataclasses.asdict(measured)
        kept = {key: facts[key] for key in ("languages", "follows_brief", "decode_tokens_per_s")}
        print(json.dumps({"id": manifest.id, "abilities": dict(measured.abilities), **kept}))
        return
    meanings = {
        Ability.NONE: "does not write it",
        Ability.GUIDED: "writes it sentence by sentence, led by a template",
        Ability.FREE: "writes what a brief asks for",
    }
    for language, ability in measured.abilities.items():
        print(f"{language}  {meanings[ability]}")
    print(f"{measured.decode_tokens_per_s:g} tokens a second")


@models.command("use")
def models_use(
    context: typer.Context,
    model: Annotated[
        str, typer.Argument(help="tiny, light, standard, an id, or auto: the best that is here.", metavar="MODEL")
    ],
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Have a model answer from the next start on."""
    start = begin(context, home, offline=offline)
    from desktop import services
    from desktop.models.tiers import AUTOMATIC
    from desktop.settings import save_settings

    if model != AUTOMATIC:
        model = services.chosen_model(start.paths, model)
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

    model = services.chosen_model(start.paths, model)
    mib = round(services.open_library(start.paths).find(model).size / 2**20)
    if not yes and not typer.confirm(f"Delete the files of “{model}” ({mib} MiB)?", err=True):
        raise typer.Exit(1)
    freed = services.remove_model(start.paths, model, start.settings.model)
    print(f"{model}: {round(freed / 2**20)} MiB are free.")


def _state(model: "InstalledModel", tier: "Tier | None") -> str:
    if model.prepared:
        return "ready"
    if tier is None:
        return "not prepared"
    kept = f", {tier.kept_mib} of them here" if tier.kept_mib else ""
    return f"{tier.download_mib} MiB to fetch{kept}"

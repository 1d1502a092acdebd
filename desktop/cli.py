"""The commands. Each reads its arguments, builds what it needs through `app` and prints; no work is done here.

Known failures become one sentence on stderr and exit code 2. Imports of what only one command needs are inside it:
`inkstone models list` must not wait for ONNX Runtime, nor the window for the converter.
"""

import contextlib
import dataclasses
import io
import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from desktop.errors import BadInput, EmptyPrompt, InkstoneError
from desktop.paths import AppPaths, app_paths
from desktop.settings import Settings, load_settings

cli = typer.Typer(
    help="Inkstone, a local, offline chat and writing assistant. Without a command it opens the window.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
models = typer.Typer(help="The models of this machine.", no_args_is_help=True, rich_markup_mode=None)
cli.add_typer(models, name="models")

Home = Annotated[Path | None, typer.Option(help="Keep every file of Inkstone below this folder.", metavar="DIR")]
Offline = Annotated[bool, typer.Option("--offline", help="Refuse every connection to another machine.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")]
ModelId = Annotated[str | None, typer.Option("--model", help="Use this model instead of the chosen one.", metavar="ID")]
Threads = Annotated[int | None, typer.Option(min=1, max=512, help="CPU threads; default: one per core.")]


@dataclasses.dataclass(frozen=True, slots=True)
class _Start:
    """What every command begins with."""

    paths: AppPaths
    settings: Settings
    offline: bool


def main() -> None:
    """Run the command line; the process ends with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a letter gets a question mark, not a crash
            stream.reconfigure(encoding="utf-8", errors="replace")
    command = typer.main.get_command(cli)
    try:
        code = command.main(standalone_mode=False)
    except InkstoneError as error:
        _fail(str(error), 2)
    except BrokenPipeError:  # whoever read the output has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except typer.TyperException as error:  # arguments that are none
        message = error.format_message() if isinstance(error, typer.BadParameter) else str(error)
        _fail(" ".join(message.split()), 2)
    sys.exit(code or 0)


@cli.callback(invoke_without_command=True)
def window(context: typer.Context, home: Home = None, offline: Offline = False) -> None:
    """Open the window; with a piped prompt or without a display, answer in the terminal."""
    context.obj = {"home": home, "offline": offline}
    if context.invoked_subcommand is not None:
        return
    start = _start(context, home, offline=offline)
    from desktop.display import has_display
    from desktop.qt_libraries import apt_command, missing_packages

    shown = has_display()
    piped = _piped_text(wait=not shown)
    if piped is not None:
        _chat(start, piped, as_json=False)
    elif not shown:
        print("There is no display here, so the chat opens in the terminal; end it with Ctrl+D.", file=sys.stderr)
        _chat(start, None, as_json=False)
    elif missing := missing_packages():
        raise InkstoneError(f"The window needs system libraries that are missing; run: {apt_command(missing)}")
    else:
        _show(start)


@cli.command()
def chat(
    context: typer.Context,
    prompt: Annotated[str | None, typer.Argument(help="Answer this and exit; else stdin is read.")] = None,
    as_json: Json = False,
    model: ModelId = None,
    threads: Threads = None,
    max_tokens: Annotated[int | None, typer.Option(min=1, help="Longest answer, in tokens.")] = None,
    temperature: Annotated[float | None, typer.Option(min=0, help="0: always the likeliest word.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Same seed, same answer.")] = None,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Hold a conversation in the terminal, or answer a prompt given as argument or on stdin.

    --json prints one object per answer: text, prompt_tokens, new_tokens, reused_tokens, first_token_s,
    decode_tokens_per_s, finish (done, length or stopped).
    """
    start = _start(context, home, offline=offline, model=model, threads=threads)
    given = {"max_tokens": max_tokens, "temperature": temperature, "seed": seed}
    text = prompt if prompt is not None else _piped_text(wait=True)
    _chat(start, text, as_json=as_json, **{key: value for key, value in given.items() if value is not None})


@cli.command()
def bench(
    context: typer.Context,
    as_json: Json = False,
    prompt_tokens: Annotated[int, typer.Option(min=1, help="Length of the prompt.")] = 512,
    new_tokens: Annotated[int, typer.Option(min=2, help="Length of the answer.")] = 128,
    model: ModelId = None,
    threads: Threads = None,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Measure prefill and decode speed, time to first token, load time and memory; medians of 5 runs.

    --json prints one object: prefill_tokens_per_s, decode_tokens_per_s, first_token_s, load_s, peak_mib, model,
    device, threads, prompt_tokens, new_tokens.
    """
    start = _start(context, home, offline=offline, model=model, threads=threads)
    from desktop import app
    from desktop.engine.measure import measure

    found = measure(lambda: app.open_engine(start.paths, start.settings), prompt_tokens, new_tokens)
    table = dataclasses.asdict(found)
    print(json.dumps(table) if as_json else "\n".join(f"{key:22}{value}" for key, value in table.items()))


@cli.command()
def doctor(context: typer.Context, as_json: Json = False, home: Home = None, offline: Offline = False) -> None:
    """Tell what Inkstone found on this machine: device and why, model, folders, fonts, keyring; exit 1 if broken.

    --json prints one object: ok, findings {name: {ok, value, advice}}.
    """
    paths = app_paths(_apply(context, home, offline=offline)[0])
    from desktop import doctor as examination
    from desktop.errors import SettingsError

    try:
        settings = load_settings(paths.settings_file)
    except SettingsError:  # it is one of the findings
        settings = Settings()
    findings = examination.diagnose(paths, settings)
    print(examination.as_json(findings) if as_json else examination.as_text(findings))
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)


@models.command("list")
def models_list(context: typer.Context, as_json: Json = False, home: Home = None, offline: Offline = False) -> None:
    """List the models that are known, and which of them are on this machine.

    --json prints one object per model: id, name, prepared, chosen, mib, languages, licence, good_for, folder.
    """
    start = _start(context, home, offline=offline)
    from desktop import app

    for model in app.open_library(start.paths).models():
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
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Fetch and convert a model's weights; does nothing when they are there."""
    start = _start(context, home, offline=offline, model=model)
    from desktop import app

    with _progress() as report:
        folder = app.prepare_model(start.paths, start.settings.model, report, again=again, offline=start.offline)
    print(folder)


@models.command("import")
def models_import(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A GGUF file, as LM Studio, Ollama and Jan keep them.")],
    model_id: Annotated[str | None, typer.Option("--id", help="What to call it.")] = None,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Convert a GGUF file of the llama family (Llama, SmolLM, Qwen) to a model of Inkstone."""
    start = _start(context, home, offline=offline)
    from desktop import app

    with _progress() as report:
        print(app.import_model(start.paths, file, report, model_id))


@models.command("verify")
def models_verify(
    context: typer.Context,
    model: Annotated[str | None, typer.Argument(help="Which model; default: the chosen one.", metavar="ID")] = None,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Compare every file of a model with its sha256."""
    start = _start(context, home, offline=offline, model=model)
    from desktop import app

    with _progress() as report:
        verified = app.verify_model(start.paths, start.settings.model, report)
    print(f"{verified.manifest.id}: all {len(verified.manifest.files)} files are as they were prepared.")


def _start(
    context: typer.Context, home: Path | None, *, offline: bool, model: str | None = None, threads: int | None = None
) -> _Start:
    """Settle folders, settings and the network; what the command line says goes before the settings."""
    home, offline = _apply(context, home, offline=offline)
    paths = app_paths(home)
    settings = load_settings(paths.settings_file)
    settings = dataclasses.replace(settings, model=model or settings.model, threads=threads or settings.threads)
    return _Start(paths, settings, offline)


def _apply(context: typer.Context, home: Path | None, *, offline: bool) -> tuple[Path | None, bool]:
    """Join the options before and behind the command's name, and shut the network off where that is asked for."""
    before = context.obj or {}
    offline = offline or before.get("offline", False)
    if offline:
        from desktop.offline import refuse_network

        refuse_network()
    return home or before.get("home"), offline


def _show(start: _Start) -> NoReturn:
    """Open the window; the process ends with it."""
    from desktop import app

    paths, settings, offline = start.paths, start.settings, start.offline
    code = app.run_window(
        paths,
        settings,
        lambda: app.open_engine(paths, settings),
        lambda report, stop: app.prepare_model(paths, settings.model, report, stop, offline=offline),
    )
    raise typer.Exit(code)


def _chat(start: _Start, prompt: str | None, *, as_json: bool, **sampling: float) -> None:
    """Answer `prompt`, or hold a conversation where there is none."""
    if prompt is not None and not prompt.strip():
        raise EmptyPrompt
    from desktop import app
    from desktop.chat.assistant import Assistant
    from desktop.chat.terminal import answer_once, converse

    engine = app.open_engine(start.paths, start.settings)
    assistant = Assistant(engine, app.chat_sampling(**sampling))
    if prompt is not None:
        answer_once(assistant, prompt, sys.stdout, sys.stderr, as_json=as_json)
        return
    print(f"{engine.info.model} · {engine.info.device}. Ctrl+C stops an answer, Ctrl+D ends.", file=sys.stderr)
    if sys.platform != "win32":
        import readline  # noqa: F401  # gives input() editing and a history of the session
    converse(assistant, input, sys.stdout, sys.stderr, as_json=as_json)


def _piped_text(*, wait: bool) -> str | None:
    """Read a prompt that was piped in; None where stdin is a terminal, a device, or (without `wait`) silent."""
    if sys.stdin is None or sys.stdin.isatty():
        return None
    mode = os.fstat(sys.stdin.fileno()).st_mode
    if not (stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)):
        return None
    if not wait and not _readable(sys.stdin.fileno()):
        return None
    try:
        text = sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput("The prompt on stdin is not UTF-8 text; convert it first.") from error
    return text if text or wait else None


def _readable(file: int) -> bool:
    """Tell whether something was written already: a launcher's open pipe must not hold up the window."""
    import select

    return sys.platform != "win32" and bool(select.select([file], [], [], 0)[0])


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[str, float], None]]:
    """Show progress on stderr; Ctrl+C ends the work."""
    from desktop.progress_line import ProgressLine

    line = ProgressLine(sys.stderr)
    try:
        yield line
    finally:
        line.close()


def _fail(sentence: str, code: int) -> NoReturn:
    print(sentence, file=sys.stderr)
    sys.exit(code)

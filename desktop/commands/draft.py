"""`inkstone draft`: a finished document from a template or a scene, and what it must say."""

import json
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desktop.commands.draft_scenes import asked_of_scene, called_scene, describe, needs_words
from desktop.commands.draft_templates import find_template, templates
from desktop.commands.start import Home, Json, ModelId, Offline, Start, Threads, begin, progress
from desktop.errors import BadInput, DocumentError
from desktop.text.han import holds_han

if TYPE_CHECKING:
    from desktop.drafting.brief import Brief
    from desktop.drafting.checks import CheckReport
    from desktop.drafting.draft import Draft
    from desktop.drafting.template.template import Template

_LISTED = "list"
_SHOWN = "show"
_LONGEST_SHOWN = 80  # characters of a slot, in the line that tells what was read
_SlotOption = Annotated[str | None, typer.Option(show_default=False)]
_KINDS = {
    "sections": "sections", "length": "length", "loop": "no loop", "language": "language", "points": "points",
    "leftovers": "nothing left of the prompt",
}  # fmt: skip


def draft(
    context: typer.Context,
    template: Annotated[
        str,
        typer.Argument(
            help="A template, a scene (leave-request, 请假条), or what you want in a sentence; `list` names all."
        ),
    ] = "",
    words: Annotated[str, typer.Argument(help="What you want, in your own words; the id behind `show`.")] = "",
    topic: _SlotOption = None,
    audience: _SlotOption = None,
    tone: _SlotOption = None,
    length: Annotated[str | None, typer.Option(help="“500 words”, “one page”, “800字”.", show_default=False)] = None,
    language: _SlotOption = None,
    period: _SlotOption = None,
    form: Annotated[str | None, typer.Option("--format", help="“weekly report”, “haiku” …", show_default=False)] = None,
    variant: Annotated[str, typer.Option(help="Id of a variant, as `show` lists them.")] = "",
    slot: Annotated[list[str] | None, typer.Option(help="Any slot: NAME=VALUE.", metavar="NAME=VALUE")] = None,
    point: Annotated[list[str] | None, typer.Option(help="A point that must appear; may be repeated.")] = None,
    points: Annotated[Path | None, typer.Option(help="A text file with one point a line.", metavar="FILE")] = None,
    source: Annotated[
        Path | None, typer.Option(help="A document to work on: .docx, .pdf, .html, .md or .txt.", metavar="FILE")
    ] = None,
    brief: Annotated[
        Path | None, typer.Option(help="A brief's file, or the name of a saved one.", metavar="FILE")
    ] = None,
    save_brief: Annotated[str | None, typer.Option(help="Keep the brief under this name.", metavar="NAME")] = None,
    out: Annotated[
        Path | None, typer.Option(help="Write it into this file: .docx, .pdf, .html, .md or .txt.", metavar="FILE")
    ] = None,
    paper: Annotated[str, typer.Option(help="a4 or letter; by default what is usual here.", show_default=False)] = "",
    seed: Annotated[int | None, typer.Option(min=0, help="Same seed, same draft.")] = None,
    as_json: Json = False,
    model: ModelId = None,
    threads: Threads = None,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Draft a document section by section, with a progress bar; Ctrl+C stops and keeps what is written.

    A sentence instead of a template's id is routed to one, and what was read of it is told; options go before it.
    A scene is called by its id, or as people call it, and your words for it stand behind it.
    --json prints one object: template, title, sections [{heading, text}], text, words, checks {name: true|false},
    missing_points, instructions [{text, followed}], not_from_brief, marked_points (put in as they were),
    placeholders, stopped, seconds, slots {name: words}.
    Exit code 3: a check failed.
    """
    start = begin(context, home, offline=offline, model=model, threads=threads)
    slots = {
        "topic": topic, "audience": audience, "tone": tone, "length": length, "language": language, "period": period,
        "format": form,
    }  # fmt: skip
    options = _DraftOptions(
        wanted=template,
        words=words,
        slots={name: value for name, value in slots.items() if value is not None},
        named_slots=tuple(slot or ()),
        variant=variant,
        points=tuple(point or ()),
        points_file=points,
        source=source,
        brief=brief,
        save_brief=save_brief or "",
        output=_DraftOutput(out, paper),
        seed=seed,
        as_json=as_json,
    )
    if template in (_LISTED, _SHOWN):
        describe(start, words if template == _SHOWN else "", as_json=as_json)
    else:
        _draft(start, options)


def _draft(start: Start, options: "_DraftOptions") -> None:
    wanted = _asked_for(start, options)
    slots = {**wanted.slots, **options.slots, **dict(_pair(entry) for entry in options.named_slots)}
    if options.source is not None:
        slots["source"] = _read(options.source)
    listed = [*wanted.points, *options.points]
    if options.points_file:
        listed += _read(options.points_file).splitlines()
    points = tuple(line.strip() for line in listed if line.strip())
    wanted = replace(wanted, slots=slots, points=points, variant=options.variant or wanted.variant)
    template = find_template(start, wanted.template)
    if options.save_brief:
        from desktop.commands.history_access import opened_at
        from desktop.drafting.template.saved_briefs import SavedBriefs

        with opened_at(start, write=True) as store:
            SavedBriefs(store.briefs).save(options.save_brief, wanted)
    _write(start, template, wanted, options)


def _asked_for(start: Start, options: "_DraftOptions") -> "Brief":
    """Begin a brief: from a scene, from a sentence, from a file, or from the name of a template."""
    from desktop.chat.request_reading import is_request

    if options.brief is None and (scene := called_scene(start, options.wanted)) is not None:
        if not (options.words.strip() or options.says_something):
            raise needs_words(scene, options.wanted)
        return asked_of_scene(start, scene, options.wanted, options.words)
    if options.brief is None and is_request(options.wanted):
        return _routed(start, f"{options.wanted} {options.words}".strip())
    if options.brief is None and options.words.strip():
        return _read_for(start, options.wanted, options.words)
    return _brief(start, options.wanted, options.brief)


def _read_for(start: Start, template_id: str, words: str) -> "Brief":
    """Read words as the request of a template that was named."""
    from desktop import services
    from desktop.chat.request_reading import read_for

    return read_for(words, find_template(start, template_id), services.open_router(start.paths).route)


@dataclass(frozen=True, slots=True)
class _DraftOptions:
    """What the command line says of a draft.

    Attributes:
        wanted: a template or a scene, or a request in a sentence.
        words: the argument behind it.
        slots: name to value, of those that have an option of their own and were given.
        named_slots: NAME=VALUE, of any.
        variant: id; "": found from the slots.
        points: that must appear.
        points_file: one point a line; None: there is none.
        source: a document to work on; None: there is none.
        brief: a file, or the name of a saved one; None: there is none.
        save_brief: the name to keep the brief under; "": it is not kept.
        output: where the draft goes.
        seed: same seed, same draft; None: one is made from the brief.
        as_json: whether one JSON object is printed.
    """

    wanted: str
    words: str
    slots: Mapping[str, str]
    named_slots: tuple[str, ...]
    variant: str
    points: tuple[str, ...]
    points_file: Path | None
    source: Path | None
    brief: Path | None
    save_brief: str
    output: "_DraftOutput"
    seed: int | None
    as_json: bool

    @property
    def says_something(self) -> bool:
        """Whether there is anything to be drafted besides the two arguments."""
        return bool(self.slots or self.named_slots or self.points or self.points_file or self.source)


@dataclass(frozen=True, slots=True)
class _DraftOutput:
    """Where a draft is written to, and on which paper."""

    path: Path | None
    paper: str

    def check(self) -> None:
        """Refuse what cannot be written before the model works for minutes."""
        from desktop.documents.export import kinds
        from desktop.documents.paper import paper_of

        paper_of(self.paper)
        if self.path is not None and self.path.suffix.lower() not in kinds():
            name = self.path.suffix or self.path.name
            raise BadInput(f"A draft is written as {', '.join(kinds())}, not as {name}.")

    def save(self, draft: "Draft", language: str) -> None:
        """Write the draft into the file, if there is one."""
        from desktop.documents.export import write_document

        if self.path is None:
            return
        try:
            write_document(draft.text, self.path, title=draft.title, language=language, paper=self.paper)
        except DocumentError:
            print(draft.text)  # the text is not lost
            raise


def _write(start: Start, template: "Template", brief: "Brief", options: _DraftOptions) -> None:
    from desktop import services
    from desktop.chat.terminal import stopped_by_interrupt
    from desktop.drafting.brief import understand
    from desktop.drafting.outline import plan
    from desktop.drafting.session import DraftChecked, Drafting, SectionGrew

    options.output.check()
    draft = plan(template, brief)  # a wrong brief is told before the model loads
    _warn_of_language(start, template, brief)
    engine = services.open_engine(start.paths, start.settings)
    stop, began = threading.Event(), time.monotonic()
    checked: DraftChecked | None = None
    drafting = Drafting(
        engine,
        template,
        seed=options.seed,
        examples=services.open_examples(start.paths),
        author=services.author_of(start.settings),
    )
    with progress() as report, stopped_by_interrupt(stop):
        for event in drafting.write(draft, stop):
            if isinstance(event, SectionGrew):
                report(event.draft.sections[event.index].heading or template.label.en, event.share)
            elif isinstance(event, DraftChecked):
                checked = event
    if checked is None:
        raise BadInput("Nothing was drafted.")
    seconds = time.monotonic() - began
    draft = checked.draft
    options.output.save(draft, understand(template, brief).language)
    if options.as_json:
        print(json.dumps(_as_object(draft, checked.report, seconds, stopped=checked.stopped), ensure_ascii=False))
    elif options.output.path is None:
        print(draft.text)
    print(_line(draft, checked.report, seconds, stopped=checked.stopped), file=sys.stderr)
    if not checked.report.passed:
        raise typer.Exit(3)


def _as_object(draft: "Draft", report: "CheckReport", seconds: float, *, stopped: bool) -> dict[str, Any]:
    return {
        "template": draft.brief.template,
        "title": draft.title,
        "sections": [{"heading": section.heading, "text": section.text} for section in draft.sections],
        "text": draft.text,
        "words": report.amount,
        "checks": report.checks,
        "missing_points": list(report.missing_points),
        "instructions": [{"text": wish, "followed": followed} for wish, followed in report.wishes],
        "not_from_brief": list(report.own),
        "marked_points": [point for section in draft.sections for point in section.marked],
        "placeholders": list(report.placeholders),
        "stopped": stopped,
        "seconds": round(seconds, 2),
        "slots": dict(draft.brief.slots),
    }


def _line(draft: "Draft", report: "CheckReport", seconds: float, *, stopped: bool) -> str:
    """Say in one line how good the draft is."""
    failed = [_KINDS[name] for name, held in report.checks.items() if not held and name != "points"]
    unit = "characters" if holds_han(draft.title) else "words"
    notes = [f"{report.amount} {unit}, {seconds:.0f} s"]
    if stopped:
        notes.append("stopped: what was written is kept")
    if report.points:
        notes.append(f"{len(report.points) - len(report.missing_points)} of {len(report.points)} points")
    if told := [followed for _, followed in report.wishes if followed is not None]:
        notes.append(f"{sum(told)} of {len(told)} instructions")
    if asked := [wish for wish, followed in report.wishes if followed is None]:
        notes.append(f"for you to judge: {', '.join(asked)}")
    if report.own:
        notes.append(f"{len(report.own)} sentences not from your brief")
    if failed:
        notes.append(f"not as asked: {', '.join(failed)}")
    if report.missing_points:
        notes.append(f"not said: {'; '.join(report.missing_points)}")
    if marked := [point for section in draft.sections for point in section.marked]:
        notes.append(f"put in as given: {'; '.join(marked)}")
    if report.placeholders:
        notes.append(f"to be filled: {', '.join(report.placeholders)}")
    return f"({' · '.join(notes)})"


def _warn_of_language(start: Start, template: "Template", brief: "Brief") -> None:
    """Say before drafting that the model cannot write the language well, and which models can."""
    from desktop import services
    from desktop.drafting.brief import understand

    language = understand(template, brief).language
    library = services.open_library(start.paths)
    manifest = library.find(services.chosen_model(start.paths, start.settings.model)).manifest
    if language in manifest.languages or not manifest.languages or language == "other":
        return
    able = [each.manifest.id for each in library.models() if language in each.manifest.languages]
    offer = f"; use --model {' or '.join(able)}" if able else ", and no other model here can"
    print(f"({manifest.name} does not write this language ({language}) well{offer}.)", file=sys.stderr)


def _brief(start: Start, template_id: str, file: Path | None) -> "Brief":
    from desktop.drafting.brief import Brief

    if file is None:
        if not template_id:
            raise BadInput(
                "Name a template, e.g. inkstone draft email --topic …; `inkstone draft list` names them all."
            )
        return Brief(template_id)
    from desktop.drafting.template.saved_briefs import read_brief

    found = _kept_brief(start, str(file)) if not file.is_file() else None
    found = found or read_brief(file)
    return replace(found, template=template_id) if template_id else found


def _kept_brief(start: Start, name: str) -> "Brief | None":
    """Look for a brief that the user kept, also one that no history has taken in yet."""
    from desktop.commands.history_access import opened_at
    from desktop.drafting.template.saved_briefs import SavedBriefs, read_brief

    plain = start.paths.briefs / f"{name}.toml"
    if Path(name).name == name and plain.is_file():
        return read_brief(plain)
    with opened_at(start) as store:
        saved = SavedBriefs(store.briefs)
        return saved.load(name) if name in saved.names() else None


def _routed(start: Start, text: str) -> "Brief":
    """Read a sentence as a brief, and say what was read."""
    from desktop import services
    from desktop.chat.request_reading import read_request

    router, scenes = services.open_router(start.paths), services.open_examples(start.paths).scenes
    read = read_request(text, router.route, templates(start), scenes)
    parts = [f"{read.brief.template}, {read.confidence:.0%} sure"]
    for name, words in read.brief.slots.items():
        meant = f" = {read.meant[name]}" if name in read.meant else ""
        parts.append(f"{name} “{' '.join(words.split())[:_LONGEST_SHOWN]}”{meant}")
    parts += [f"point “{point}”" for point in read.brief.points]
    print(f"(Read as {' · '.join(parts)})", file=sys.stderr)
    return read.brief


def _pair(entry: str) -> tuple[str, str]:
    name, equals, value = entry.partition("=")
    if not equals or not name.strip():
        raise BadInput(f"“{entry}” is no slot; write --slot NAME=VALUE.")
    return name.strip(), value


def _read(path: Path) -> str:
    from desktop.documents.reading import read_with_rest

    read = read_with_rest(path)
    if read.left_out:
        print(f"({path.name}: {' '.join(map(str, read.left_out))})", file=sys.stderr)
    return read.text

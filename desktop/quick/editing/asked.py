"""Does with a text what the user asks in his own words, one thing after the other, and looks whether it was done.

    request -> `instruction` -> question: answered · styles: done by the actions of that name
            -> the rest: the model edits the whole text -> additions: put in -> checks: added, kept, and the facts

Whatever comes of it, nothing is taken from the text silently: where more than two fifths are gone and nobody asked for
less, or what was to be added is missing, the result is a suggestion.
"""

import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace

from desktop.engine.interface import Engine
from desktop.quick.actions.action import Action, ActionLimits, TextLanguage
from desktop.quick.editing.checks import Check, check, share_kept
from desktop.quick.editing.form import frame_of
from desktop.quick.editing.instruction import Instruction, is_said, missing_additions, read_instruction
from desktop.quick.editing.piece import written_piece
from desktop.text.language import language_of

_KEPT = 0.6  # of the text's content words, unless the user asked for less
_KEPT_ADDING = 0.9  # where something is only put in
_LONGEST_WHOLE = 2400  # characters that are written anew to put a sentence in; a longer text gets it before its closing
_ADDING = {"en": "Add that {what}", "zh": "加上：{what}"}
_PLAIN = ActionLimits(language="same")


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of it.

    Attributes:
        text: the result.
        checks: what was looked at.
        replaces: it is the text, edited; False for an answer about it.
    """

    text: str
    checks: tuple[Check, ...]
    replaces: bool = True


ByAction = Callable[[str, str], Iterator[str | Answered]]


def do_asked(
    engine: Engine,
    action: Action,
    text: str,
    language: TextLanguage,
    request: str,
    stop: threading.Event,
    by_action: ByAction,
) -> Iterator[str | Answered]:
    """Do it; gives the text so far, at the end what came of it.

    Args:
        engine: who writes.
        action: how a model is asked to edit a text; its prompt holds `{request}`.
        text: the selection.
        language: of the text.
        request: what the user typed.
        stop: ends it; what is there by then is kept.
        by_action: does another action, by its id, on a text; gives nothing where there is no such action.
    """
    wanted = read_instruction(request)
    if wanted.question:
        plain = replace(action, examples=None, system=None, lookup=False, limits=replace(_PLAIN, language="free"))
        answer = ""
        for answer in written_piece(engine, plain, text, language, request, stop, tries=1):
            yield answer
        yield Answered(answer, check(text, answer, plain.limits), replaces=False)
        return
    now = text
    failed: list[Check] = []
    free = wanted.rest  # what only a model can read may change any fact
    for style in wanted.styles:
        now, wrong, done = yield from _styled(by_action, style, now)
        failed += wrong
        free |= not done
    if free:
        now = yield from _edited(engine, action, now, language, request, stop)
    for what in wanted.additions:
        if not is_said(what, text, now) and not stop.is_set():
            now = yield from _with_addition(engine, action, now, language, what, stop)
    yield Answered(now, _checks(text, now, wanted, failed, free=free))


def _styled(by_action: ByAction, style: str, text: str) -> Generator[str, None, tuple[str, list[Check], bool]]:
    """Have another action do it; returns the text, what is wrong with it, and whether there is such an action."""
    answered = None
    for event in by_action(style, text):
        if isinstance(event, Answered):
            answered = event
        else:
            yield event
    if answered is None:
        return text, [], False
    return answered.text, [one for one in answered.checks if not one.ok], True


def _edited(
    engine: Engine, action: Action, text: str, language: TextLanguage, request: str, stop: threading.Event
) -> Generator[str, None, str]:
    answer = ""
    for answer in written_piece(engine, action, text.strip(), language, request, stop, tries=2):
        yield answer
    return _in_its_blanks(text, answer) if answer else text


def _with_addition(
    engine: Engine, action: Action, text: str, language: TextLanguage, what: str, stop: threading.Event
) -> Generator[str, None, str]:
    """Put something into a text: by the model, where all else stays; else as a sentence of its own."""
    if len(text) <= _LONGEST_WHOLE:
        asked = _ADDING[language_of(what)].format(what=what)
        written = yield from _edited(engine, action, text, language, asked, stop)
        lost = [one for one in check(text, written, replace(_PLAIN, facts="kept", form=True)) if not one.ok]
        if is_said(what, text, written) and share_kept(text, written) >= _KEPT_ADDING and not lost:
            return written
    return with_sentence(text, what)


def with_sentence(text: str, what: str) -> str:
    """Put a sentence of the user's at the end of what the text says, before its closing and signature."""
    chinese = language_of(text) == "zh"
    sentence = what.strip().rstrip(".。") + ("。" if chinese else ".")
    if not chinese:
        sentence = sentence[0].upper() + sentence[1:]
    lines = text.split("\n")
    last = len(lines) - 1
    while last > 0 and (not lines[last].strip() or frame_of(lines[last], alone=False)):
        last -= 1
    gap = "" if chinese or not lines[last].strip() else " "
    lines[last] = lines[last].rstrip() + gap + sentence
    return "\n".join(lines)


def _checks(text: str, result: str, wanted: Instruction, failed: list[Check], *, free: bool) -> tuple[Check, ...]:
    """Look at the whole: what was added is no new fact, and what a model read by itself may have changed some."""
    translated = "translate" in wanted.styles
    form = not wanted.styles
    looked = check(text, result, replace(_PLAIN, language="free" if translated or free else "same", form=form))
    # Facts of the request are given as those of the text are.
    given = f"{text}\n{wanted.request}"
    invented = check(given, result, ActionLimits(language="free", numbers="none added", names="none added"))
    missing = missing_additions(wanted, text, result)
    share = share_kept(text, result)
    least = 0.0 if wanted.shortens or translated else _KEPT if free or not wanted.styles else _KEPT / 2
    kept = "" if share >= least else f"{share:.0%}"
    found = {one.name: one for one in (*looked, *failed)}
    found |= {one.name: one for one in invented if one.name in ("numbers", "names") and not one.ok}
    found["added"] = Check("added", not missing, missing)
    found["kept"] = Check("kept", not kept, kept)
    return tuple(found.values())


def _in_its_blanks(text: str, result: str) -> str:
    body = text.strip()
    start = text.find(body)
    return text[:start] + result.strip() + text[start + len(body) :]

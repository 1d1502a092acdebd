"""Runs an action on a text: piece by piece, cleaned, checked, and put together again.

    text -> pieces -> model -> clean -> check -> the piece's result, or the piece as it was -> text

Where the engine can judge, mistakes are looked for one by one (`corrections`); else, and for everything but
proofreading, the model writes. A piece whose result fails its checks is asked again, a little less certain of itself;
if that fails too, what the action's phrases make of it stands, or the piece as it was. A text in a language that the
model does not write is left alone, and that is said; only sure mistakes in Chinese are corrected without it.
"""

import dataclasses
import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.engine.interface import Engine, Judge, Sampling, TextAdded
from desktop.errors import LanguageNotSpoken
from desktop.quick.actions.action import LANGUAGES, Action, TextLanguage
from desktop.quick.editing.checks import Check, check, usable
from desktop.quick.editing.chinese import corrected_chinese
from desktop.quick.editing.cleaning import clean
from desktop.quick.editing.corrections import CONTEXT, Corrector
from desktop.quick.editing.english import EnglishWords
from desktop.quick.editing.rewording import reworded
from desktop.quick.editing.text_pieces import TextPiece, join, split
from desktop.text.language import language_of

_LOG = logging.getLogger(__name__)
_MORE_TEMPERATURE = (0.0, 0.5, 0.8)  # of the tries, where the one before does not hold
_LONGEST_JUDGED = 1200  # characters of a sentence whose every word is judged; longer is a table, a list or code
_MOST_TOKENS = 320  # of a result whose length follows from nothing; a small model that writes on goes in circles
_LEAK = 7  # words in a row of an example that a result does not have by chance
_KEPT = 0.75  # share of the content words that the model must keep, where other phrases alone did something
_LONGEST = 3.0  # tokens of a result for each of the text, where the action names no length


@dataclass(frozen=True, slots=True)
class Written:
    """The result so far."""

    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action came to.

    Attributes:
        action: its id.
        text: the text before.
        result: the text after, with the line breaks, blanks and list markers of the text before.
        checks: what was looked at in the whole result.
        usable: every check held, and there is something new.
        left: pieces that stay as they were because nothing usable was written for them.
        stopped: the user ended it.
        seconds: all in all.
        first_s: until the first words of the result.
    """

    action: str
    text: str
    result: str
    checks: tuple[Check, ...]
    usable: bool
    left: int
    stopped: bool
    seconds: float
    first_s: float


def run_action(
    engine: Engine,
    action: Action,
    text: str,
    stop: threading.Event,
    *,
    request: str = "",
    words: EnglishWords | None = None,
) -> Iterator[Written | Outcome]:
    """Do it; the last event is an `Outcome`.

    Args:
        engine: who writes.
        action: what is done.
        text: the selection.
        stop: ends it; what is there by then is kept.
        request: what the user typed, for actions that ask for it.
        words: the word list, where the caller keeps one.

    Raises:
        InkstoneError: the engine cannot answer.
    """
    begun = time.monotonic()
    first: float | None = None
    language = language_of(text)
    if language not in action.languages:
        language = action.languages[0]
    lacking = _lacking(engine, action, language)
    ruled = lacking == "zh" and action.method == "correct"
    if lacking and not ruled:
        raise LanguageNotSpoken(engine.info.model, lacking)
    pieces = split(text, action.unit)
    _LOG.info(
        "action: %s by %s, %d pieces, %d characters, %s", action.method, action.unit, len(pieces), len(text), language
    )
    corrector = None
    if action.method == "correct" and language == "en" and isinstance(engine, Judge):
        corrector = Corrector(engine, words or EnglishWords())
    done: list[TextPiece] = []
    left = 0
    for piece in pieces:
        if not piece.text or stop.is_set():
            done.append(piece)
            continue
        result = ""
        write = _piece(engine, action, piece.text, language, request, stop)
        if corrector is not None and len(piece.text) <= _LONGEST_JUDGED:
            write = _corrected(piece.text, corrector, stop)
        elif ruled:
            write = iter([Written(corrected_chinese(piece.text))])
        for so_far in write:
            result = so_far.text
            if first is None and result and result != piece.text:
                first = time.monotonic() - begun
            yield Written(join([*done, TextPiece(result, "")]))
        kept = piece.text if (not result or not _holds(action, piece.text, result)) and len(pieces) > 2 else result
        left += kept is piece.text and result != piece.text
        done.append(TextPiece(kept, piece.after))
        yield Written(join(done))
    result = join(done)
    checks = check(text, result, action.limits) + (_doubts(corrector) if result != text else ())
    tried = sum(bool(piece.text) for piece in pieces)
    failed, seconds = sum(not one.ok for one in checks), time.monotonic() - begun
    _LOG.info("action: %d pieces left, %d of %d checks fail, %.2f s", left, failed, len(checks), seconds)
    yield Outcome(
        action=action.id,
        text=text,
        result=result,
        checks=checks,
        usable=usable(checks) and left < max(tried, 1) and not stop.is_set(),
        left=left,
        stopped=stop.is_set(),
        seconds=time.monotonic() - begun,
        first_s=first if first is not None else time.monotonic() - begun,
    )


def _doubts(corrector: Corrector | None) -> tuple[Check, ...]:
    if corrector is None:
        return ()
    return (Check("doubts", not corrector.doubts, ", ".join(dict.fromkeys(corrector.doubts))),)


def _lacking(engine: Engine, action: Action, language: TextLanguage) -> str:
    """Give the language that this action needs and the model does not write; "" for none."""
    needed = LANGUAGES if action.limits.language == "other" else (language,)
    spoken = engine.info.languages
    return next((one for one in needed if spoken and one not in spoken), "")


def _corrected(text: str, corrector: Corrector, stop: threading.Event) -> Iterator[Written]:
    """Look for single mistakes; nothing is written by the model, so what is right stays as it is."""
    yield Written(text)
    yield from (Written(corrected) for corrected in corrector.corrected(text, stop))


def _piece(
    engine: Engine, action: Action, text: str, language: TextLanguage, request: str, stop: threading.Event
) -> Iterator[Written]:
    """Write one piece; the last text is the one to take: the first try that holds, else the first."""
    phrases = (action.phrases or {}).get(language, ())
    plain = reworded(text, phrases)
    if plain != text:
        yield Written(plain)
    answers = [plain] if plain != text else []
    stands = plain != text and _holds(action, text, plain)
    # Where other phrases did it already, more tries are not worth the wait.
    for number, extra in enumerate(_MORE_TEMPERATURE if action.lookup and not stands else _MORE_TEMPERATURE[:1]):
        answer = ""
        options = _sampling(engine, action, text, action.temperature + extra, seed=number + 1)
        for event in engine.stream(action.messages(plain, language, request), options, stop):
            if isinstance(event, TextAdded):
                answer += event.text
                yield Written(reworded(clean(answer, text, own=action.result != "replace"), phrases))
        answers.append(reworded(clean(answer, text, own=action.result != "replace"), phrases))
        if stop.is_set() or (_holds(action, text, answers[-1]) and (action.method == "correct" or answers[-1] != text)):
            if stands and language == "en":
                answers[-1] = _likeliest(engine, action, answers[-1], plain, stop)
            yield Written(answers[-1])
            return
    yield Written(answers[0])


def _likeliest(engine: Engine, action: Action, written: str, plain: str, stop: threading.Event) -> str:
    """Take what the model wrote, over the text with other phrases, where it lost nothing and reads better."""
    if written == plain:
        return plain
    limits = dataclasses.replace(action.limits, keeps=max(action.limits.keeps, _KEPT))
    best = written if usable(check(plain, written, limits)) else plain
    if best == written and isinstance(engine, Judge):
        with engine.judging(CONTEXT, stop) as judging:
            best = max((plain, written), key=lambda text: judging.likelihood(text) / len(text))
    return best


def _holds(action: Action, text: str, result: str) -> bool:
    return usable(check(text, result, action.limits)) and not _leaked(action, text, result)


def _leaked(action: Action, text: str, result: str) -> bool:
    """Tell whether the model answers with one of its examples, or a good part of it: then it has not read the text."""
    for pairs in (action.examples or {}).values():
        for _, after in pairs:
            words = after.split()
            parts = (" ".join(words[start : start + _LEAK]) for start in range(max(len(words) - _LEAK + 1, 0)))
            if result == after or any(part in result and part not in text for part in parts):
                return True
    return False


def _sampling(engine: Engine, action: Action, text: str, temperature: float, seed: int) -> Sampling:
    longest = min(action.limits.longest, _LONGEST) if action.limits.longest < 100 else None
    most = None if longest is None else round(longest * engine.count_tokens(text)) + 24
    return Sampling(
        temperature=temperature,
        repetition_penalty=1.0,
        # Rewriting repeats rightly; what is written anew must not go in circles.
        dry_multiplier=0.0 if action.lookup else 0.8,
        max_tokens=most or _MOST_TOKENS,
        seed=seed,
        # An answer that was begun for the model may be one inside a fence: behind it comes only talk.
        stop=("\nText:", *(("\n```",) if action.begin and "```" not in text else ())),
        lookup=text if action.lookup else "",
        urgent=True,
    )

"""Has the model write one piece of a text: asked, cleaned, checked, and asked again where it does not hold."""

import dataclasses
import threading
from collections.abc import Iterator

from desktop.engine.interface import Engine, Judge, Sampling, TextAdded
from desktop.quick.actions.action import Action, TextLanguage
from desktop.quick.editing.checks import check, is_chatter, usable
from desktop.quick.editing.cleaning import clean
from desktop.quick.editing.corrections import CONTEXT
from desktop.quick.editing.rewording import reworded

_MORE_TEMPERATURE = (0.0, 0.5, 0.8)  # of the tries, where the one before does not hold
_MOST_TOKENS = 320  # of a result whose length follows from nothing; a small model that writes on goes in circles
_LEAK = 7  # words in a row of an example that a result does not have by chance
_LEAK_CHINESE = 12  # characters
_KEPT = 0.75  # share of the content words that the model must keep, where other phrases alone did something
_LONGEST = 3.0  # tokens of a result for each of the text, where the action names no length


def written_piece(
    engine: Engine,
    action: Action,
    text: str,
    language: TextLanguage,
    request: str,
    stop: threading.Event,
    *,
    tries: int = len(_MORE_TEMPERATURE),
    led: bool = True,
) -> Iterator[str]:
    """Write one piece; the last text is the one to take: the first try that holds, else the first that is no chatter.

    Args:
        engine: who writes.
        action: what is done.
        text: the piece.
        language: of the piece.
        request: what the user typed.
        stop: ends it.
        tries: at most.
        led: the action's phrases are replaced before the model is asked; else only where all that it writes fails.
    """
    all_phrases = (action.phrases or {}).get(language, ())
    phrases = all_phrases if led else ()
    plain = reworded(text, phrases)
    if plain != text:
        yield plain
    answers = [plain] if plain != text else []
    stands = plain != text and holds(action, text, plain)
    # Where other phrases did it already, more tries are not worth the wait.
    for number, extra in enumerate(_MORE_TEMPERATURE[: tries if action.lookup and not stands else 1]):
        answer = ""
        options = _sampling(engine, action, text, action.temperature + extra, seed=number + 1)
        for event in engine.stream(action.messages(plain, language, request), options, stop):
            if isinstance(event, TextAdded):
                answer += event.text
                yield reworded(clean(answer, text, own=action.result != "replace"), phrases)
        answers.append(reworded(clean(answer, text, own=action.result != "replace"), phrases))
        if stop.is_set() or (holds(action, text, answers[-1]) and (action.method == "correct" or answers[-1] != text)):
            if stands and language == "en":
                answers[-1] = _likeliest(engine, action, answers[-1], plain, stop)
            yield answers[-1]
            return
    last = reworded(text, all_phrases)
    if not led and last != text and holds(action, text, last):
        yield last
        return
    # A refusal or talk about the work is nothing to suggest.
    yield next((answer for answer in answers if not is_chatter(text, answer)), text)


def holds(action: Action, text: str, result: str) -> bool:
    """Tell whether a result of a piece may stand in for it."""
    return usable(check(text, result, action.limits)) and not _leaked(action, text, result)


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


def _leaked(action: Action, text: str, result: str) -> bool:
    """Tell whether the model answers with one of its examples, or a good part of it: then it has not read the text."""
    for pairs in (action.examples or {}).values():
        for _, after in pairs:
            words = after.split()
            parts = [" ".join(words[start : start + _LEAK]) for start in range(max(len(words) - _LEAK + 1, 0))]
            if not after.isascii():
                parts += [after[at : at + _LEAK_CHINESE] for at in range(max(len(after) - _LEAK_CHINESE + 1, 0))]
            if (result == after and after != text) or any(part in result and part not in text for part in parts):
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

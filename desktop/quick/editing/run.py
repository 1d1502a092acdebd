"""Runs an action on a text: piece by piece, cleaned, checked, and put together again.

    text -> pieces -> rules, model -> clean -> check -> the piece's result, or the piece as it was -> text

Proofreading begins with the rules of the language, whatever the model; then a model that can write corrects, and each
of its changes is judged (`proofreading`); one that cannot judges words (`corrections`). For everything else the model
writes. A piece whose result fails its checks is asked again, a little less certain of itself; if that fails too, what
the action's phrases make of it stands, or the piece as it was. What the user asks in his own words is taken apart first
(`asked`). A text in a language that the model does not write is left alone, and that is said; only what the rules know
is corrected without it.
"""

import logging
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field

from desktop.engine.interface import Ability, Engine, Judge
from desktop.errors import LanguageNotSpoken
from desktop.quick.actions.action import LANGUAGES, Action, TextLanguage
from desktop.quick.editing.asked import Answered, do_asked
from desktop.quick.editing.checks import Check, check, usable
from desktop.quick.editing.chinese import corrected_chinese
from desktop.quick.editing.chinese_words import ChineseWords
from desktop.quick.editing.corrections import Corrector
from desktop.quick.editing.english import EnglishWords
from desktop.quick.editing.english_rules import corrected_english
from desktop.quick.editing.form import frame_of
from desktop.quick.editing.mistakes import Mended, are_apart, mended
from desktop.quick.editing.piece import holds, written_piece
from desktop.quick.editing.proofreading import Proofread, Proofreader
from desktop.quick.editing.text_pieces import TextPiece, join, split
from desktop.text.language import language_of

_LOG = logging.getLogger(__name__)
_LONGEST_JUDGED = 1200  # characters of a sentence whose every word is judged; longer is a table, a list or code


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
        usable: every check held, and there is something new that may stand in for the text.
        left: pieces that stay as they were because nothing usable was written for them.
        stopped: the user ended it.
        seconds: all in all.
        first_s: until the first words of the result.
        offered: the result with those changes too that are only offered, none of them made; "" where there are none.
        mended: of proofreading: what was wrong, in the order of the text; those that are only offered as well.
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
    offered: str = ""
    mended: tuple[Mended, ...] = ()


@dataclass(frozen=True, slots=True)
class EditingTools:
    """What callers keep between actions, as it takes a while to read.

    Attributes:
        english: the word list.
        chinese: what characters are taken for.
        actions: by id, for requests that ask for one of them in other words.
    """

    english: EnglishWords = field(default_factory=EnglishWords)
    chinese: ChineseWords = field(default_factory=ChineseWords)
    actions: Mapping[str, Action] = field(default_factory=dict)


def run_action(
    engine: Engine,
    action: Action,
    text: str,
    stop: threading.Event,
    *,
    request: str = "",
    tools: EditingTools | None = None,
) -> Iterator[Written | Outcome]:
    """Do it; the last event is an `Outcome`.

    Args:
        engine: who writes.
        action: what is done.
        text: the selection.
        stop: ends it; what is there by then is kept.
        request: what the user typed, for actions that ask for it.
        tools: what the caller keeps.

    Raises:
        InkstoneError: the engine cannot answer.
    """
    begun = time.monotonic()
    language = language_of(text)
    if language not in action.languages:
        language = action.languages[0]
    lacking = _lacking(engine, action, language)
    ruled = bool(lacking) and action.method == "correct" and lacking == language
    if lacking and not ruled:
        raise LanguageNotSpoken(engine.info.model, lacking)
    ability = _ability(engine, action, language)
    run = _Run(engine, action.suited(ability), text, language, stop, request, tools or EditingTools(), begun, ability)
    if request and text.strip() and "{request}" in action.prompt[language] and ability is Ability.FREE:
        yield from run.asked()
    elif action.method == "correct":
        yield from run.corrected(ability, ruled=ruled)
    else:
        yield from run.written()


class _Run:
    """One action on one text; says what is there so far and keeps the time."""

    def __init__(
        self,
        engine: Engine,
        action: Action,
        text: str,
        language: TextLanguage,
        stop: threading.Event,
        request: str,
        tools: EditingTools,
        begun: float,
        ability: Ability | None,
    ) -> None:
        self.engine, self.action, self.text, self.language = engine, action, text, language
        self.stop, self.request, self.tools = stop, request, tools
        self._begun, self._first = begun, -1.0
        self._led = ability is not Ability.FREE
        self._left = self._tried = 0

    def written(self) -> Iterator[Written | Outcome]:
        """Have the model write each piece."""
        pieces = split(self.text, self.action.unit)
        self._log(pieces)
        result = yield from self._each(pieces, self._one_written)
        yield self._outcome(result, check(self.text, result, self.action.limits))

    def corrected(self, ability: Ability | None, *, ruled: bool) -> Iterator[Written | Outcome]:
        """Correct each sentence: by the rules, then by who can tell more."""
        pieces = split(self.text, self.action.unit)
        self._log(pieces)
        rules = corrected_english if self.language == "en" else corrected_chinese
        judge = self.engine if isinstance(self.engine, Judge) else None
        corrector = Corrector(judge, self.tools.english) if judge is not None and self.language == "en" else None
        proofreader = None
        if judge is not None and ability is Ability.FREE:
            english, chinese = self.tools.english, self.tools.chinese
            proofreader, corrector = Proofreader(judge, english, chinese, self.engine.count_tokens), None
        offered: dict[int, str] = {}

        def correct(place: int, sentence: str) -> Iterator[str]:
            sentence = rules(sentence)
            yield sentence
            if ruled or len(sentence) > _LONGEST_JUDGED:
                return
            if proofreader is not None:
                found = yield from self._proofread(proofreader, sentence)
                offered[place] = found.offered
            elif corrector is not None:
                yield from corrector.corrected(sentence, self.stop)
            else:
                yield from self._model(sentence)

        result = yield from self._each(pieces, correct)
        whole = self._with_offers(pieces, offered, result) if proofreader is not None else ""
        checks = check(self.text, result, self.action.limits)
        if corrector is not None and result != self.text:
            doubts = ", ".join(dict.fromkeys(corrector.doubts))
            checks += (Check("doubts", not doubts, doubts),)
        yield self._outcome(result, checks, whole)

    def asked(self) -> Iterator[Written | Outcome]:
        """Do what the user asks in his own words."""
        for event in do_asked(
            self.engine, self.action, self.text, self.language, self.request, self.stop, self._by_action
        ):
            if isinstance(event, Answered):
                yield self._outcome(event.text, event.checks, may_replace=event.replaces)
            else:
                self._see(event)
                yield Written(event)

    def _by_action(self, action_id: str, text: str) -> Iterator[str | Answered]:
        """Do one of the other actions, as a step of what was asked."""
        action = self.tools.actions.get(action_id)
        if action is None:
            return
        for event in run_action(self.engine, action, text, self.stop, tools=self.tools):
            if isinstance(event, Outcome):
                yield Answered(event.result, event.checks, event.usable)
            else:
                yield event.text

    def _each(
        self, pieces: list[TextPiece], write: Callable[[int, str], Iterator[str]]
    ) -> Generator[Written | Outcome, None, str]:
        """Write the pieces one after another; returns the text."""
        done: list[TextPiece] = []
        self._tried = sum(bool(piece.text) for piece in pieces)
        for place, piece in enumerate(pieces):
            if not piece.text or self.stop.is_set():
                done.append(piece)
                continue
            result = ""
            for result in write(place, piece.text):
                self._see(result, piece.text)
                yield Written(join([*done, TextPiece(result, "")]))
            kept = result
            if len(pieces) > 2 and (not result or not holds(self.action, piece.text, result)):
                kept = piece.text
            self._left += kept is piece.text and result != piece.text
            done.append(TextPiece(kept, piece.after))
            yield Written(join(done))
        return join(done)

    def _one_written(self, _: int, text: str) -> Iterator[str]:
        alone = self._tried == 1
        if (
            self.action.unit == "line"
            and self.action.result == "replace"
            and frame_of(text, alone=alone)
            and self._is_prose
        ):
            yield text
            return
        yield from self._model(text)

    @property
    def _is_prose(self) -> bool:
        """Whether lines are rewritten, and not carried into another language, where a greeting is translated too."""
        return self.action.limits.language == "same"

    def _model(self, text: str, *, tries: int = 3) -> Iterator[str]:
        asked = self.engine, self.action, text, self.language, self.request, self.stop
        yield from written_piece(*asked, tries=tries, led=self._led)

    def _proofread(self, proofreader: Proofreader, sentence: str) -> Generator[str, None, Proofread]:
        """Correct a sentence by the model; returns what came of it."""
        own = ""
        for so_far in self._model(sentence, tries=1):  # each of its changes is judged, so another try is worth nothing
            own = so_far
        if self.stop.is_set():
            return Proofread(sentence, sentence)
        found = proofreader.proofread(sentence, own, self.language, self.stop)
        yield found.sure
        return found

    def _with_offers(self, pieces: list[TextPiece], offered: Mapping[int, str], result: str) -> str:
        """Give the text with the changes that are only offered; "" where there are none."""
        whole = join([TextPiece(offered.get(place, piece.text), piece.after) for place, piece in enumerate(pieces)])
        return whole if whole != result and are_apart(self.text, result, whole) else ""

    def _see(self, result: str, before: str | None = None) -> None:
        if self._first < 0 and result and result != before:
            self._first = time.monotonic() - self._begun

    def _log(self, pieces: list[TextPiece]) -> None:
        action, language = self.action, self.language
        _LOG.info(
            "action: %s by %s, %d pieces, %d characters, %s",
            action.method,
            action.unit,
            len(pieces),
            len(self.text),
            language,
        )

    def _outcome(
        self, result: str, checks: tuple[Check, ...], offered: str = "", *, may_replace: bool = True
    ) -> Outcome:
        seconds = time.monotonic() - self._begun
        failed, left = sum(not one.ok for one in checks), self._left
        _LOG.info("action: %d pieces left, %d of %d checks fail, %.2f s", left, failed, len(checks), seconds)
        sound = usable(checks) and self._left < max(self._tried, 1) and not self.stop.is_set()
        return Outcome(
            action=self.action.id,
            text=self.text,
            result=result,
            checks=checks,
            usable=sound and may_replace,
            left=self._left,
            stopped=self.stop.is_set(),
            seconds=seconds,
            first_s=self._first if self._first >= 0 else seconds,
            offered=offered,
            mended=mended(self.text, result, offered) if self.action.method == "correct" else (),
        )


def _ability(engine: Engine, action: Action, language: TextLanguage) -> Ability | None:
    """Tell what the model can be asked for here; a translation asks for both languages."""
    needed = LANGUAGES if action.limits.language == "other" else (language,)
    abilities = [engine.info.can_write(one) for one in needed]
    return Ability.FREE if all(one is Ability.FREE for one in abilities) else abilities[0]


def _lacking(engine: Engine, action: Action, language: TextLanguage) -> str:
    """Give the language that this action needs and the model does not write; "" for none."""
    needed = LANGUAGES if action.limits.language == "other" else (language,)
    spoken = engine.info.languages
    return next((one for one in needed if spoken and one not in spoken), "")

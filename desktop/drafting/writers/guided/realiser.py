"""Says a point of the brief in a sentence of its own, without changing what it says.

Rules for how people note things come first ("answered 340 tickets", "budget 3,000 euros", "lunch included"). Where none
fits, the model may supply the small words ("two trees down on Park Lane" → "Two trees are down on Park Lane."), shown
some examples: its sentence is taken if every word of the point stands in it, in order, and nothing but small words was
added. Otherwise the model is asked what it takes the point for (a sentence, a request, a thing) by how likely it finds
it as each, and a frame of the template's that suits it holds the point as the user wrote it.
"""

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from desktop.drafting.english import (
    PAST,
    PREPOSITIONS,
    as_new,
    as_sentence,
    begins_with_verb,
    is_spelled,
    is_verb,
    may_hold_verb,
)
from desktop.drafting.template.wording import fill
from desktop.text.figures import code_spans
from desktop.text.han import holds_han

CompleteLine = Callable[[str], str]  # a prompt that ends within a line -> the rest of the line
# Beginnings and endings of sentences -> log-likelihood of each ending, in nats; None: the engine cannot tell.
EndingLikelihoods = Callable[[Sequence[tuple[str, str]]], list[float] | None]
PointKind = Literal["sentence", "request", "thing", "unclear"]

_SMALL_WORDS = frozenset(
    """
    a am an and also are at be been being by experience for from had has have i in is it its like of on our my that the
    there they this to us was we were will with work would you your can
    """.split()  # noqa: SIM905  # a list of forty quoted words reads worse
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|will|would|can|could|must|should|may|might|do|does|did|goes|isn.t|aren.t|"
    r"don.t|can.t|won.t|it.s|that.s)\b",
    re.IGNORECASE,
)
_WRONG = re.compile(
    r"\b(?:am|are|was|were) \d+ (?:years?|months?|weeks?|days?)(?! old)|\bam (?:a )?(?:degree|experience)\b|"
    r"^It is (?!on |at |in |by |from )"
)
_AMOUNT = re.compile(
    r"(?P<what>(?:[a-z]+ )?(?:budget|cost|costs|price|fee|rent|salary|investment|deadline|goal|target|capacity|total|"
    r"number|weight|size|length|time|date|place|venue))(?: of|:)? (?P<is>(?:about |around |up to )?[£$€¥]?\d.*)",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?P<what>(?:[a-z]+ )?(?:time|date|place|venue|address|room|price|cost|topic|theme|goal|number|"
    r"location|deadline|contact|phone|budget)): (?P<is>.+)",
    re.IGNORECASE,
)
_INCLUDED = re.compile(
    r"(?P<what>.+) (?P<done>included|limited|required|excluded|expected|planned|guaranteed|closed|attached|"
    r"enclosed)"
)
# "Tomas drives a tram", "Dr. Ødegård never sleeps"
_NAMED = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Mme|Dr|Prof)\.? )?(?![a-z\d_])\w[^\W\d_A-Z]+ (?P<adverb>(?:never|always|often|still|seldom) )?"
    r"(?P<verb>[a-z]+)\b(?: (?P<behind>[\w’'-]+))?"
)
_PRONOUNS = frozenset(("i", "we", "you", "they", "he", "she", "it", "there", "this", "that"))
# What a writer does by saying it: "thank Maria" → "I would like to thank Maria".
_SPEECH = frozenset(
    """
    ask request invite thank apologize apologise confirm cancel reschedule postpone offer suggest remind complain
    recommend propose inform resign apply accept decline congratulate welcome announce honor honour
    """.split()  # noqa: SIM905
)
_HAPPENED = frozenset(
    ("arrived", "broke", "happened", "stopped", "started", "came", "fell", "failed", "dropped", "leaked")
)
_COUNTS = frozenset(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "many", "some", "few"))
_SAME_IN_PAST = frozenset(("cut", "put", "set"))
_IMPERATIVE = frozenset(("never", "always", "please", "don't", "don’t"))
_BEHIND_A_PASSIVE = frozenset(("in", "by", "on", "at", "from", "for", "with", "after", "before", "to"))
_OF_A_PERSON = frozenset(
    ("fluent", "available", "good", "experienced", "ready", "able", "sick", "back", "skilled", "certified", "willing")
)
_ADJECTIVES = _OF_A_PERSON | frozenset(("weak", "free", "open", "late", "early", "better", "strong", "due", "new:"))
# Nats by which a model finds a point likelier as one kind than as another: the starter model, 40 points.
_REQUESTED, _STANDS_ALONE, _DOUBTFUL = 1.0, 3.0, 6.0
_WORDS_OF_A_SENTENCE = 3
_IN_TURN = 1.5  # what it weighs that a frame is the next in turn
_AGAIN = 6.0  # and that one stands in the draft already, for each time


@dataclass(frozen=True, slots=True)
class RealisationStyle:
    """How a template says points.

    Attributes:
        subject: who does what a point without a subject says, e.g. "We"; "": nobody.
        verbs_are_requests: a point that begins with a verb is a request to the reader: "Please …".
        past_tense: what a point names was there: for stories.
        examples: "two trees down => Two trees are down."; none: the model is not asked.
        frames: hold a thing where nothing better is found, by turns; `{point}`, `{a_point}`.
        plain_frames: hold what is no thing, and things where there are no other frames.
        advice_frames: hold what is to be done where there is no subject, by turns; `{point}`.
        reader: who is written to; "thank Anna" is "thank you" to her.
        before: the sentences of the draft so far: no frame is used again while there is another.
    """

    subject: str = ""
    verbs_are_requests: bool = False
    past_tense: bool = False
    examples: Sequence[str] = ()
    frames: Sequence[str] = ()
    plain_frames: Sequence[str] = ()
    advice_frames: Sequence[str] = ()
    reader: str = ""
    before: Sequence[str] = ()


def realise(
    point: str,
    style: RealisationStyle,
    *,
    turn: int = 0,
    complete: CompleteLine | None = None,
    likelihoods: EndingLikelihoods | None = None,
) -> str:
    """Give a point as a sentence.

    Args:
        point: as the user wrote it.
        style: of the template.
        turn: how many points were said before, so that not all begin alike.
        complete: the model; None: it is not asked.
        likelihoods: the model's opinion of sentences; None: it has none.
    """
    point = point.strip().rstrip(".!;,") if not re.search(r"[.!?。！？]$", point) else point.strip()
    if not point.strip(" .,;:!?"):
        return ""
    if " " not in point or holds_han(point):
        return _framed(point, style, turn) if point.isascii() and style.frames else as_sentence(point)
    if is_sentence(point):
        return as_sentence(point)
    if sentence := _by_rule(point, style, turn):
        return as_sentence(sentence)
    kind = kind_of(point, likelihoods) if likelihoods else "thing"
    if kind == "sentence":
        return as_sentence(point)
    if kind == "request" and (sentence := _as_request(point, style, turn)):
        return as_sentence(sentence)
    if complete and style.examples:
        pairs = (example.partition(" => ") for example in style.examples)
        lines = "".join(f"Note: {note}\nSentence: {said}\n\n" for note, _, said in pairs)
        sentence = complete(f"{lines}Note: {point}\nSentence:").strip()
        if faithful(sentence, point) and is_sentence(sentence.rstrip(".!?")) and not _WRONG.search(sentence):
            return as_sentence(_with_article(sentence, point, likelihoods))
    return _framed(point, replace(style, frames=()) if kind == "unclear" else style, turn, likelihoods)


def kind_of(point: str, likelihoods: EndingLikelihoods) -> PointKind:
    """Tell what the model takes a point for, by how likely its words are behind beginnings that ask for each kind."""
    plain = point.rstrip(".!;,") + "."
    found = likelihoods(
        [
            ("Note:", plain[:1].upper() + plain[1:]),
            ("Note: It is a good idea to", plain),
            ("Note: There is", as_new(plain)),
            ("Note: There are", plain),
            ("Note: There is also the matter of", plain),
        ]
    )
    if found is None:
        return "thing"
    sentence, request, *things = found
    if request > max(sentence, *things) + _REQUESTED:
        return "request"
    behind = max(things) - sentence
    if len(point.split()) < _WORDS_OF_A_SENTENCE or point[0].isdigit() or not may_hold_verb(point):
        return "thing"
    return "sentence" if behind < _STANDS_ALONE else "unclear" if behind < _DOUBTFUL else "thing"


def _by_rule(point: str, style: RealisationStyle, turn: int) -> str:
    rules = (_spoken, _as_amount, _as_state, _there_was, _done_by_somebody, _done_by_nobody)
    return next((sentence for rule in rules if (sentence := rule(point, style, turn))), "")


def _as_request(point: str, style: RealisationStyle, turn: int) -> str:
    """Say what is to be done: by the template's subject, by the reader, or by anybody."""
    if style.past_tense:
        return ""
    if style.subject:
        return f"Please {_small(point)}" if style.verbs_are_requests else f"{style.subject} will {_small(point)}"
    return _advice(_small(point), style, turn)


def _advice(deed: str, style: RealisationStyle, turn: int) -> str:
    frames = style.advice_frames
    return fill(frames[turn % len(frames)], {"point": deed}) if frames else ""


def _with_article(sentence: str, point: str, likelihoods: EndingLikelihoods | None) -> str:
    """Put the article in that the model left out: "I am certified welder"."""
    beginning, small, ending = sentence.partition(point)
    new = as_new(point)
    has_article = beginning.split()[-1:] in (["a"], ["an"])
    if not small or new == point or ending not in ("", ".") or not likelihoods or has_article:
        return sentence
    found = likelihoods([(f"Note: {beginning.strip()}", f"{each}.") for each in (point, new)])
    return f"{beginning}{new}{ending}" if found and found[1] > found[0] else sentence


def _small(point: str) -> str:
    return point if is_spelled(point) else point[:1].lower() + point[1:]


def is_sentence(point: str) -> bool:
    """Tell whether a point has a subject and a verb already."""
    words = [word.lower().strip(",;:.!?") for word in point.split()] or [""]
    if re.search(r"[.!?]$", point) and len(words) > 3:
        return True
    if words[0] in _PRONOUNS:
        return len(words) > 1
    if words[0] in ("to", "who") or begins_with_verb(point):
        return False
    if _FINITE.search(" ".join(words[1:])):
        return True
    if words[0] in ("a", "an", "the", "my", "our", "every", "each"):
        # "a drop every second wastes 10,000 liters"
        pairs = itertools.pairwise(words[2:])
        if any(re.fullmatch(r"[a-z]+[^s]s", one) and re.match(r"\d|(?:a|an|the|what|how)$", two) for one, two in pairs):
            return True
    if _somebody_does(point, words):
        return True
    threes = zip(words, words[1:], [*words[2:], ""], strict=False)
    return any(is_verb(word, behind=behind, before=before) for behind, word, before in threes)


def _somebody_does(point: str, words: Sequence[str]) -> bool:
    """Tell whether one person or thing does something: "Tomas drives …", "an old woman boards without a ticket"."""
    if (found := _NAMED.match(point)) and words[0] not in PREPOSITIONS:
        if found["adverb"] or not found["behind"]:
            return bool(found["adverb"]) and _does(found["verb"])
        return _does(found["verb"]) and words[0] not in _COUNTS and found["behind"] not in PREPOSITIONS
    if words[0] not in ("a", "an", "one"):
        return False
    head = itertools.takewhile(lambda word: word not in PREPOSITIONS, words[2:])
    return any(_does(word) for word in head)


def _does(word: str) -> bool:
    return bool(re.fullmatch(r"[a-z]{2,}[^siu\W\d_]s", word))


def _spoken(point: str, style: RealisationStyle, turn: int) -> str:  # noqa: ARG001
    first, _, rest = point.partition(" ")
    if first.lower() in _SPEECH and style.verbs_are_requests and style.reader and " " not in style.reader:
        rest = re.sub(rf"^(?:{re.escape(style.reader)}|her|him)\b", "you", rest, flags=re.IGNORECASE)
    if first.lower() in _SPEECH and style.subject:
        return f"{style.subject} would like to {first.lower()} {rest}"
    if first.lower() in _IMPERATIVE:
        return point
    return f"It {first.lower()} {rest}" if first.lower() in _HAPPENED and style.verbs_are_requests else ""


def _as_amount(point: str, style: RealisationStyle, turn: int) -> str:  # noqa: ARG001
    if found := _LABELLED.fullmatch(point):
        return f"The {found['what'].lower()} is {found['is']}"
    if found := _AMOUNT.fullmatch(point):
        what = found["what"].lower()
        return f"The {what} {'are' if what.endswith('costs') else 'is'} {found['is']}"
    return ""


def _as_state(point: str, style: RealisationStyle, turn: int) -> str:  # noqa: ARG001
    first, _, rest = point.partition(" ")
    if style.subject == "I" and first.lower() in _OF_A_PERSON:
        if not re.match(r"(?:in|at|on|to|with|from|for|as|of|by|since|until|after|before|now)\b|\w+ly\b", rest):
            return f"I am {as_new(point)}"  # "certified welder"
        be = "have been" if "since" in rest.split() else "will be" if first.lower() == "back" else "am"
        return f"I {be} {first.lower()} {rest}"
    if first.lower() in ("needs", "costs", "takes", "has", "offers", "includes", "keeps", "lasts", "weighs", "helps"):
        return f"It {first.lower()} {rest}"
    if found := _INCLUDED.fullmatch(point):
        head = found["what"].split()[-1].lower()
        return f"{found['what']} {'are' if head.endswith('s') and not head.endswith('ss') else 'is'} {found['done']}"
    return ""


def _there_was(point: str, style: RealisationStyle, turn: int) -> str:
    first = point.split()[0].lower()
    if not style.past_tense:
        return ""
    also = " also" if turn % 2 else ""
    if first in ("a", "an"):
        return f"There was{also} {point}"
    return f"There were{also} {point}" if first.isdigit() or first in _COUNTS else ""


def _done_by_somebody(point: str, style: RealisationStyle, turn: int) -> str:  # noqa: ARG001
    first, _, rest = point.partition(" ")
    verb = first.lower()
    if not begins_with_verb(point) or not style.subject:
        return ""
    if verb.endswith("ed") or (verb in PAST and not (style.verbs_are_requests and verb in _SAME_IN_PAST)):
        return f"{style.subject} {verb} {rest}"
    return f"Please {verb} {rest}" if style.verbs_are_requests else f"{style.subject} will {verb} {rest}"


def _done_by_nobody(point: str, style: RealisationStyle, turn: int) -> str:
    first, _, rest = point.partition(" ")
    verb = first.lower()
    if not begins_with_verb(point) or style.subject or style.past_tense:
        return ""
    if verb not in PAST and not verb.endswith("ed"):
        return _advice(f"{verb} {rest}", style, turn)
    return f"It was {verb} {rest}" if verb.endswith("ed") and rest.split()[0].lower() in _BEHIND_A_PASSIVE else ""


def _framed(point: str, style: RealisationStyle, turn: int, likelihoods: EndingLikelihoods | None = None) -> str:
    """Put a thing into a frame of the template's, and what is none behind a colon."""
    bare = point.rstrip(".!;,")
    first = bare.split()[0].lower()
    if style.past_tense and not style.frames:
        return as_sentence(bare)  # a story lists no points
    thing = first not in _ADJECTIVES and ":" not in bare and not begins_with_verb(bare)
    own = bool(thing and style.frames)
    frames = style.frames if own else style.plain_frames
    if not frames:
        return as_sentence(bare)
    if style.before and not any(re.search(r"[.!?。！？]$", sentence) for sentence in style.before):
        frames = frames[:1]  # behind a greeting nothing comes "in addition"
    filled = [fill(frame, {"point": bare, "a_point": as_new(bare)}) for frame in frames]
    found = None
    if likelihoods and own:
        found = likelihoods([_cut(sentence, bare) for sentence in filled])
    found = found or [0.0 for _ in filled]
    found[turn % len(found)] += _IN_TURN
    worth = [one - _AGAIN * _times(frame, style.before) for one, frame in zip(found, frames, strict=True)]
    return as_sentence(filled[worth.index(max(worth))])


def _times(frame: str, before: Sequence[str]) -> int:
    """Count the sentences that begin as a frame does."""
    beginning = frame.partition("{")[0].strip()
    return sum(sentence.startswith(beginning) for sentence in before) if beginning else 0


def _cut(sentence: str, point: str) -> tuple[str, str]:
    """Part a sentence where a point begins in it."""
    at = sentence.lower().find(point.lower())
    return f"Note: {sentence[:at].strip()}", sentence[at:]


def faithful(sentence: str, point: str) -> bool:
    """Tell whether a sentence holds every word of a point in order, and else only small words."""
    if not sentence or not re.search(r"[.!?]$", sentence):
        return False
    wanted, there = _tokens(point), _tokens(sentence)
    at, added = 0, []
    for token in there:
        if at < len(wanted) and token == wanted[at]:
            at += 1
        else:
            added.append(token)
    doubled = any(one == other for one, other in itertools.pairwise(there))
    return at == len(wanted) and not doubled and len(added) <= 5 and all(token in _SMALL_WORDS for token in added)


def _tokens(text: str) -> list[str]:
    """Cut a text into words, figures and codes; what is a code stays whole and as it is spelled."""
    tokens: list[str] = []
    start = 0
    for begin, end in [*code_spans(text), (len(text), len(text))]:
        tokens += _plain_tokens(text[start:begin])
        tokens += [text[begin:end]] if begin < end else []
        start = end
    return tokens


def _plain_tokens(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s.,;:!?]", text.lower())

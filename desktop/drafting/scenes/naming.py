"""What a request calls itself, and which scene is called so.

    "给班主任李老师写请假条，孩子发烧了" ──▶ its head: "给班主任李老师写请假条" ──▶ `named`: leave-request 0.9

A name counts most in the head: the first clause, and the one that orders the text. Farther back the same word mostly
tells what has happened ("two colleagues handed in their resignation"). A long name says more than a short one, and one
that few scenes have more than one that many have. What stands as the object of the request ("need a notice for the
lobby", "job ad for our bakery") is its kind, whatever else has that word.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.drafting.facts import content_words
from desktop.drafting.scenes.scene import Scene
from desktop.text.folding import fold
from desktop.text.han import HAN, holds_han, without_han

_CLAUSE_END = re.compile(r"[,，。:：;；!！?？\n]|\.(?=\s|$)|\s[-–—]\s")
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”|\"[^\"]*\"")
_ORDER = re.compile(
    r"写|拟|起草|撰|生成|设计|制定|策划|准备|编|出一|做一|来一|整理|\b(?:write|draft|compose|need|make|prepare|create)\b",
    re.IGNORECASE,
)
_HEAD_WORDS, _HEAD_HAN = 16, 40  # as far as a clause says what it is; then it tells
_KIND = re.compile(
    r"(?:(?:hey|hi|hello|please|pls|can|could|would|you|u|i|we|i['’]?d|need|needs?|want|like|write|draft|make|create|prepare|"
    r"compose|give|help|me|us|to|with|a|an|the|my|our|your|some|short|brief|quick|long|formal|informal|friendly|nice)\s+)*"
    r"(.+?)(?:\s+please|\s+pls)?(?=\s+(?:for|to|about|of|from|with|on|in|that|which|as|at|after|asking|telling|saying|re|"
    r"because|who|i|we)\b|[,.:;!?]|\s[-–—]|$)",
    re.IGNORECASE,
)
_KIND_WORDS = 5  # at most
_IS_KIND, _IS_KIND_BY_WORD = 1.0, 0.9  # what a label, and a search word of several words, is worth there
_PART_OF_KIND = 0.8  # where more stands before it: “customer notice”
_BEHIND = 0.3  # what a name is worth behind the head
_NO_LABEL = 0.85  # what a search word is worth beside a label
_WHOLE_WORD = 4  # letters: a shorter word is not taken for the beginning of another
_FORMS = frozenset(("email", "mail", "letter", "note", "post", "articl", "text", "report", "writ"))
_WORTH_OF_FORM = 0.2  # of a name that is no more than one of these
_CUT_SHORT = 0.5  # what a name is worth of which small words leave one: “no reply”
_HAN_RUN = re.compile(f"[{HAN}]+")
_WORTH_OF_HAN = {1: 0.2, 2: 0.65, 3: 0.85}  # by characters; 1 for more
_WORTH_OF_WORDS = {1: 0.6, 2: 0.9}  # by words; 1 for more


@dataclass(frozen=True, slots=True)
class _Name:
    scene: str
    searched: str  # as it stands in a text made ready by `_ready`
    worth: float
    label: bool


class SceneNames:
    """The names of some scenes, in all their languages."""

    def __init__(self, scenes: Iterable[Scene]) -> None:
        found = [
            (
                scene.id,
                _searched(part),
                (_NO_LABEL if number else 1.0) * (_CUT_SHORT if _is_cut_short(part) else 1.0),
                number == 0,
            )
            for scene in scenes
            for text in scene.texts.values()
            for number, name in enumerate(text.names)
            for part in re.split(r"[／/]", name)
        ]
        found = [one for one in found if one[1].strip()]
        shared = Counter(searched for _, searched in {(scene_id, searched) for scene_id, searched, *_ in found})
        self._names = [
            _Name(scene_id, searched, _worth(searched) * factor / math.sqrt(shared[searched]), label)
            for scene_id, searched, factor, label in found
        ]

    def named(self, request: str) -> Mapping[str, float]:
        """Tell which scenes a request names, and how clearly: id of the scene to a number in (0, 1]."""
        head, rest = _head_and_rest(_QUOTED.sub(" ", request))
        found: dict[str, float] = {}
        for text, factor in ((_ready(head), 1.0), (_ready(rest), _BEHIND)):
            for name in self._names:
                if name.searched in text:
                    found[name.scene] = max(found.get(name.scene, 0), name.worth * factor)
        kind = _kind_of(head)
        for name in self._names:
            searched = name.searched.rstrip()
            if kind.endswith(searched) and (name.label or " " in searched.strip()) and searched.strip() not in _FORMS:
                worth = (_IS_KIND if name.label else _IS_KIND_BY_WORD) * (1 if kind == searched else _PART_OF_KIND)
                found[name.scene] = max(found.get(name.scene, 0), worth)
        return found


def _kind_of(head: str) -> str:
    """Give what an English request asks for, as names are searched: “hey can u write a job ad for …” is a job ad."""
    found = _KIND.match(fold(head).strip()) if not holds_han(head) else None
    words = content_words(found[1]) if found else []
    return f" {' '.join(words)}" if 0 < len(words) <= _KIND_WORDS else ""


def _head_and_rest(request: str) -> tuple[str, str]:
    clauses = [clause for clause in _CLAUSE_END.split(request.strip()) if clause.strip()]
    head = [clause for number, clause in enumerate(clauses) if number == 0 or _ORDER.search(clause)]
    rest = [clause for number, clause in enumerate(clauses) if number and not _ORDER.search(clause)]
    if head:
        cut = _cut_at(head[0])
        head, rest = [head[0][:cut], *head[1:]], [head[0][cut:], *rest]
    return " , ".join(head), " , ".join(rest)


def _cut_at(clause: str) -> int:
    """Tell where the first clause no longer says what it is."""
    if holds_han(clause):
        return _HEAD_HAN
    words = [found.end() for found in re.finditer(r"\S+", clause)]
    return words[_HEAD_WORDS - 1] if len(words) > _HEAD_WORDS else len(clause)


def _ready(text: str) -> str:
    """Give a text in which names can be looked for: Chinese as it stands, then all words by their stems."""
    folded = fold(text)
    return f"{folded} | {' '.join(content_words(without_han(folded)))} "


def _searched(name: str) -> str:
    """Give a name as it stands in what `_ready` gives."""
    folded = fold(name).strip()
    if holds_han(folded):
        return folded
    stems = content_words(folded)
    if not stems:
        return ""
    return f" {' '.join(stems)}{'' if len(stems[-1]) >= _WHOLE_WORD else ' '}"


def _is_cut_short(name: str) -> bool:
    return not holds_han(name) and len(name.split()) > 1 and len(content_words(fold(name))) == 1


def _worth(searched: str) -> float:
    if holds_han(searched):
        return _WORTH_OF_HAN.get(sum(map(len, _HAN_RUN.findall(searched))), 1.0)
    if searched.strip() in _FORMS:
        return _WORTH_OF_FORM
    return _WORTH_OF_WORDS.get(len(searched.split()), 1.0)


def words_of(text: str) -> Sequence[str]:
    """Give what two texts can have in common: English words by their stems, pairs of Chinese characters."""
    folded = fold(text)
    pairs = [run[at : at + 2] for run in _HAN_RUN.findall(folded) for at in range(max(1, len(run) - 1))]
    return [*content_words(without_han(folded)), *pairs]

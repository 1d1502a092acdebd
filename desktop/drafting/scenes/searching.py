"""Finds scenes by what is typed, letter by letter, as a list that answers at once does."""

import re
from collections.abc import Iterable

from desktop.drafting.scenes.scene import Scene
from desktop.text.folding import fold
from desktop.text.han import HAN, holds_han

_WORD = re.compile(rf"[{HAN}]+|[^\W_]+")
_SMALL = frozenset(
    ("a", "an", "and", "at", "for", "from", "i", "in", "me", "my", "of", "on", "our", "the", "to", "with")
)
_LABEL, _WORD_OF_LABEL, _SEARCH, _ABOUT = 8.0, 4.0, 3.0, 1.0
_OWN_LANGUAGE = 1.25


def found_by_words(scenes: Iterable[Scene], words: str, language: str) -> tuple[Scene, ...]:
    """Find the scenes whose label, search words or line hold each of the words, or their beginnings; the best first."""
    typed = fold(words).strip()
    parts = _WORD.findall(typed)
    wanted = [word for word in parts if word not in _SMALL] or parts
    found = [(worth, scene) for scene in scenes if (worth := _worth(scene, typed, wanted, language))] if wanted else []
    return tuple(scene for _, scene in sorted(found, key=lambda one: -one[0]))


def _worth(scene: Scene, typed: str, wanted: list[str], language: str) -> float:
    best = 0.0
    for text_language, text in scene.texts.items():
        label, search, about = fold(text.label), [fold(word) for word in text.search], fold(text.about)
        worth = 0.0
        if label.startswith(typed):
            worth = _LABEL + len(typed) / len(label)
        elif any(word.startswith(typed) for word in search):
            worth = _SEARCH + max(len(typed) / len(word) for word in search if word.startswith(typed))
        each = [_of_word(word, label, search, about) for word in wanted]
        if all(each):
            worth = max(worth, sum(each) / len(each))
        best = max(best, worth * (_OWN_LANGUAGE if text_language == language else 1))
    return best


def _of_word(word: str, label: str, search: list[str], about: str) -> float:
    places = ((label, _WORD_OF_LABEL), *((one, _SEARCH - 0.5) for one in search), (about, _ABOUT))
    return max((worth for place, worth in places if _holds(place, word)), default=0)


def _holds(place: str, word: str) -> bool:
    """Tell whether a text holds a word that begins so; Chinese anywhere."""
    return word in place if holds_han(word) else re.search(rf"\b{re.escape(word)}", place) is not None

"""Expands the request grammar of data/*.txt to marked requests, from a seed.

`{name}` draws an item of a list, `{raw:name}` a text as it is, `(a|b|)` one of several, `[slot|words]` marks a slot,
⏎ is a line break.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.bench.router_requests import lines, read_sections

_ALIKE = {
    "passage": ("text", "mail", "meeting", "story", "review"),
    "text": ("bad", "mail", "review", "say", "story", "passage"),
    "say": ("text", "mail", "word", "review"),
    "review": ("text", "say", "mail"),
    "mail": ("text", "review", "say"),
}

Marked = list[tuple[str, str]]  # pieces of text with the slot they belong to, "" for none


class Grammar:
    """The lists and request patterns of one language."""

    def __init__(self, folder: Path, language: str, any_word: Callable[[random.Random], str]) -> None:
        self.language = language
        self.lists = dict(read_lists(folder / f"{language}_lists.txt"))
        self.texts = dict(read_texts(folder / f"{language}_texts.txt"))
        self.patterns: dict[str, list[str]] = {}
        for name in (f"{language}_requests.txt", f"{language}_chat.txt"):
            for intent, pattern in read_sections(folder / name):
                self.patterns.setdefault(intent.split()[0], []).append(pattern)
        self._any_word = any_word

    def draw(self, intent: str, random_: random.Random) -> Marked:
        """Expand one of the intent's patterns."""
        return self.expand(random_.choice(self.patterns[intent]), random_)

    def expand(self, pattern: str, random_: random.Random, slot: str = "") -> Marked:
        """Expand a pattern; text outside of marks belongs to `slot`."""
        found: Marked = []
        position = 0
        while position < len(pattern):
            sign = pattern[position]
            if sign == "{":
                end = pattern.index("}", position)
                found += self._reference(pattern[position + 1 : end], random_, slot)
            elif sign == "(":
                end = closing(pattern, position)
                found += self.expand(random_.choice(split(pattern[position + 1 : end])), random_, slot)
            elif sign == "[":
                end = closing(pattern, position)
                name, _, inside = pattern[position + 1 : end].partition("|")
                found += self.expand(inside, random_, name)
            else:
                end = position
                found.append((sign, slot))
            position = end + 1
        return found

    def _reference(self, name: str, random_: random.Random, slot: str) -> Marked:
        if name == "any":
            return [(self._any_word(random_), slot)]
        if name.startswith("raw:"):
            kind = name[4:]
            text = self._text(kind, random_)
            if kind in ("passage", "text", "tale") and random_.random() < 0.12:  # long pastes
                more = random_.choices(self.texts["passage"] + self.texts["text"], k=random_.choice((1, 2, 3, 6)))
                text = (
                    random_.choice((" ", "\n")).join([text, *more]) if self.language == "en" else text + "".join(more)
                )
            return [(text, slot)]
        return self.expand(random_.choice(self.lists[name]), random_, slot)

    def _text(self, kind: str, random_: random.Random) -> str:
        """Draw a text; sometimes one of another kind, or a question: the words around it decide, not it."""
        chance = random_.random()
        if kind in _ALIKE and chance < 0.1:
            return "".join(piece for piece, _ in self.draw("chat", random_))
        return random_.choice(self.texts[random_.choice(_ALIKE[kind]) if kind in _ALIKE and chance < 0.35 else kind])


def closing(pattern: str, start: int) -> int:
    """Find the bracket that closes the one at `start`."""
    depth = 0
    for position in range(start, len(pattern)):
        depth += (pattern[position] in "([{") - (pattern[position] in ")]}")
        if depth == 0:
            return position
    raise ValueError(f"no closing bracket in: {pattern}")


def split(pattern: str) -> list[str]:
    """Split at the bars that lie in no bracket."""
    parts, depth = [""], 0
    for sign in pattern:
        depth = max(0, depth + (sign in "([{") - (sign in ")]}"))  # a smiley closes nothing
        if sign == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def read_lists(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Read “name = a | b | c”; the blanks of a tail are kept, others are not."""
    for line in lines(path):
        name, _, items = line.partition(" =")
        parts = split(items[1:] if name.endswith("tail") else items)
        yield name, parts if name.endswith("tail") else [part.strip() for part in parts]


def read_texts(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Read the texts below each “@name”."""
    found: dict[str, list[str]] = {}
    for name, line in read_sections(path):
        found.setdefault(name, []).append(line.replace("⏎", "\n"))
    yield from found.items()


def tidy(marked: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Split to single characters, breaks for ⏎, without double blanks and blanks before punctuation."""
    found: list[tuple[str, str]] = []
    for text, slot in marked:
        for sign in text.replace("⏎", "\n"):
            before = found[-1][0] if found else " "
            if sign == " " and before in " \n":
                continue
            if sign in ",.?!" and before == " " and len(found) > 1 and slot != "source":
                found.pop()
            found.append((sign, slot))
    while found and found[-1][0].isspace():
        found.pop()
    return found

"""The training requests: drawn from the grammar, dirtied as people type, and kept apart from the test split."""

import random
import re
from collections.abc import Sequence
from pathlib import Path

from dictionary import Dictionary
from grammar import Grammar, tidy

from desktop.router.spans import Span, trim
from tests.bench.router_requests import Request, request_of

CHAT_SHARE = 0.32
_OPEN_SLOTS = ("topic", "source", "keywords")  # their values must differ from those of the test split


class Corpus:
    """Draws training requests.

    Args:
        folder: the grammar's files.
        dictionary: fills open slots and knows homophones.
        test: requests whose phrasings and open slot values must not come up.
    """

    def __init__(self, folder: Path, dictionary: Dictionary, test: Sequence[Request]) -> None:
        self._dictionary = dictionary
        self._grammars = {
            "en": Grammar(folder, "en", dictionary.english),
            "zh": Grammar(folder, "zh", dictionary.chinese),
        }
        self.intents = sorted(set(self._grammars["en"].patterns))
        self._taken_values = {value for request in test for value in open_values(request)}
        self._taken_phrasings = {phrasing(request) for request in test} - {""}
        self.refused = 0

    def draw(self, count: int, seed: int) -> list[Request]:
        """Draw distinct requests of all intents, half English and half Chinese, CHAT_SHARE of them plain chat."""
        random_ = random.Random(seed)
        templates = [intent for intent in self.intents if intent != "chat"]
        found: dict[str, Request] = {}
        while len(found) < count:
            intent = "chat" if random_.random() < CHAT_SHARE else random_.choice(templates)
            request = self._request(intent, random_.choice(("en", "zh")), random_)
            if self._is_taken(request):
                self.refused += 1
            else:
                found.setdefault(request.text, request)
        return list(found.values())

    def _request(self, intent: str, language: str, random_: random.Random) -> Request:
        marked = tidy(self._grammars[language].draw(intent, random_))
        if random_.random() < 0.12:
            marked = self._aside("before_tail", language, random_) + marked
        if random_.random() < 0.15 and marked and marked[-1][1] != "source":
            marked = marked + self._aside("behind_tail", language, random_)
        if random_.random() < 0.22:
            marked = self._mistype(marked, language, random_)
        if random_.random() < 0.08:
            marked = [pair for pair in marked if pair[0] not in ",.:!?，。：！？" or pair[1] == "source"]
        return request_of(tidy([*marked]), (intent,), "train", language)

    def _aside(self, name: str, language: str, random_: random.Random) -> list[tuple[str, str]]:
        """Draw what people say before or behind a request."""
        return [(sign, "") for sign in random_.choice(self._grammars[language].lists[name])]

    def _mistype(self, marked: list[tuple[str, str]], language: str, random_: random.Random) -> list[tuple[str, str]]:
        """Make one to three slips: a letter lost, doubled, swapped; a character typed as a homophone."""
        marked = list(marked)
        for _ in range(random_.choice((1, 1, 2, 3))):
            places = [
                place for place, (sign, slot) in enumerate(marked)
                if slot != "source" and (sign in self._dictionary.homophones if language == "zh" else sign.isalpha())
            ]  # fmt: skip
            if not places:
                break
            place = random_.choice(places)
            sign, slot = marked[place]
            if language == "zh":
                marked[place] = (random_.choice(self._dictionary.homophones[sign]), slot)
                continue
            slip = random_.choice(("lose", "double", "swap", "vowel"))
            if slip == "lose":
                del marked[place]
            elif slip == "double":
                marked.insert(place, (sign, slot))
            elif slip == "swap" and place + 1 < len(marked) and marked[place + 1][1] == slot:
                marked[place], marked[place + 1] = marked[place + 1], marked[place]
            elif slip == "vowel" and sign in "aeiou":
                marked[place] = (random_.choice("aeiou"), slot)
        return marked

    def _is_taken(self, request: Request) -> bool:
        return (
            not request.text.strip()
            or phrasing(request) in self._taken_phrasings
            or any(value in self._taken_values for value in open_values(request))
        )


def open_values(request: Request) -> set[str]:
    """Give the words of the slots that know no closed list, and a plain chat's own text."""
    values = set()
    for slot, start, end in request.slots:
        if slot in _OPEN_SLOTS:
            span = trim(request.text, Span(slot, start, end))
            values.add(request.text[span.start : span.end].lower())
    if request.intents[0] == "chat":
        values.add(re.sub(r"[\W_]+", " ", request.text.lower()).strip() or request.text)
    return values


def phrasing(request: Request) -> str:
    """Give a request with its slots blanked out; "" where too little is left to be a phrasing."""
    pieces, position = [], 0
    for slot, start, end in request.slots:
        pieces += [request.text[position:start], f" <{slot}> "]
        position = end
    words = re.sub(r"[^\w<>]+", " ", "".join([*pieces, request.text[position:]]).lower()).strip()
    own = re.sub(r"<\w+>", "", words)
    return words if len(own.split()) > 2 or len(re.findall(r"[一-鿿]", own)) > 4 else ""

"""The training requests: written one by one in many voices (data/voices), and each seen a little otherwise every epoch.

files of data/voices -> `read_voices` -> requests -> `OtherHands.seen_otherwise` -> what an epoch trains on.

Who wrote a request of the test split or of the calibration wrote none of these.
"""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.router_requests import Request, read_requests, request_of

_FIRST_LETTER, _NO_SIGNS, _SLIP = 0.15, 0.15, 0.12  # how often a request is changed so
_OTHER_WORDS, _ENDING = 0.3, 0.12  # how often a slot is filled by others, and a request gets one more wish
_LONGEST_ENDING = 40  # characters


def read_voices(folder: Path) -> list[Request]:
    """Read all requests of a folder, each text once."""
    found: dict[str, Request] = {}
    for path in sorted(folder.glob("*.txt")):
        for request in read_requests(path):
            found.setdefault(request.text, request)
    return list(found.values())


Marked = list[tuple[str, str]]  # characters with their slots


class OtherHands:
    """What the writers of the requests put into the slots, to be put into each other's requests.

    A tone or a time fits any request of its language, a topic or a source one of the same template: so a slot is
    learned by what stands around it, and not by the few words that one writer put there.

    Args:
        requests: all of the training.
    """

    def __init__(self, requests: Sequence[Request]) -> None:
        self._fillers: dict[tuple[str, str, str], list[str]] = {}
        self._endings: dict[str, list[Marked]] = {}
        for request in requests:
            for slot, start, end in request.slots:
                self._fillers.setdefault(_place(request, slot), []).append(request.text[start:end])
            self._endings.setdefault(request.language, []).extend(_endings_of(request))

    def seen_otherwise(self, request: Request, random_: random.Random) -> Request:
        """Give a request as somebody else might type it.

        Other words stand in some of its slots, or a wish more at its end; signs or capitals are missing, or a finger
        slipped.
        """
        marked = self._filled_otherwise(request, random_)
        if random_.random() < _ENDING and request.intents[0] != "chat":
            self._lengthen(marked, request.language, random_)
        if random_.random() < _FIRST_LETTER and marked:
            first, slot = marked[0]
            marked[0] = (first.lower() if first.isupper() else first.upper(), slot)
        if random_.random() < _NO_SIGNS:
            marked = [pair for pair in marked if pair[0] not in ",.!?，。！？" or pair[1] == "source"] or marked
        if random_.random() < _SLIP:
            _slip(marked, random_)
        return request_of(marked, request.intents, request.kind, request.language)

    def _filled_otherwise(self, request: Request, random_: random.Random) -> Marked:
        """Put other people's words into some slots."""
        marked, read = marked_of(request), 0
        other: Marked = []
        for slot, start, end in request.slots:
            if random_.random() < _OTHER_WORDS:
                filler = random_.choice(self._fillers.get(_place(request, slot), [request.text[start:end]]))
                other += [*marked[read:start], *((sign, slot) for sign in filler)]
                read = end
        return other + marked[read:]

    def _lengthen(self, marked: Marked, language: str, random_: random.Random) -> None:
        """Add another request's last wish, where it has none like it and ends with no text to work on."""
        there = {slot for _, slot in marked}
        endings = self._endings.get(language)
        if not endings:
            return
        ending = random_.choice(endings)
        if "source" in there or there & {slot for _, slot in ending if slot}:
            return
        while marked and marked[-1][0] in ".。!！,， ":
            del marked[-1]
        sign = random_.choice("，， 。" if language == "zh" else ",,.")
        marked += [(sign, ""), *([] if sign in "，。 " else [(" ", "")]), *ending]


def _place(request: Request, slot: str) -> tuple[str, str, str]:
    """Tell whose words may stand in a slot: those of the same language and, where it matters, template."""
    return slot, request.language, "" if slot in ("tone", "period", "audience") else request.intents[0]


def _endings_of(request: Request) -> Iterator[Marked]:
    """Give the last clause of a request if it is short and wishes a length, a tone, a time or a reader."""
    marked = marked_of(request)
    cuts = [place for place, (sign, slot) in enumerate(marked) if sign in ",，.。;；" and not slot]
    if cuts and cuts[-1] == len(marked) - 1:
        del cuts[-1]
    if not cuts or request.intents[0] == "chat":
        return
    ending = marked[cuts[-1] + 1 :]
    while ending and ending[0][0] == " ":
        del ending[0]
    slots = {slot for _, slot in ending if slot}
    if slots and slots <= {"length", "tone", "period", "audience"} and len(ending) <= _LONGEST_ENDING:
        yield ending


def marked_of(request: Request) -> list[tuple[str, str]]:
    """Give the characters of a request with their slots."""
    slots = [""] * len(request.text)
    for slot, start, end in request.slots:
        slots[start:end] = [slot] * (end - start)
    return list(zip(request.text, slots, strict=True))


def _slip(marked: list[tuple[str, str]], random_: random.Random) -> None:
    """Lose, double or swap a letter."""
    places = [
        place for place, (sign, slot) in enumerate(marked) if slot != "source" and sign.isascii() and sign.isalpha()
    ]
    if not places:
        return
    place = random_.choice(places)
    sign, slot = marked[place]
    slip = random_.choice(("lose", "double", "swap"))
    if slip == "lose" and len(places) > 1:
        del marked[place]
    elif slip == "double":
        marked.insert(place, (sign, slot))
    elif place + 1 < len(marked) and marked[place + 1][1] == slot:
        marked[place], marked[place + 1] = marked[place + 1], marked[place]

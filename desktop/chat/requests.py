"""A sentence as a brief: the router finds the template and the slots; what a template needs is taken from the rest."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.errors import BadInput
from desktop.router.router import CHAT
from desktop.templates.brief import Brief

if TYPE_CHECKING:
    from desktop.router.router import Route
    from desktop.templates.template import Template

_SENTENCE = re.compile(r"\s|[\u3400-\u9fff]")
_BEHIND_A_COLON = re.compile(r"[:：](?!//)\s*(\S.*)", re.DOTALL)
_BETWEEN_POINTS = re.compile(r"[;；\n]|[,，](?!\d{3}\b)|(?<=[^\d\s])[.。](?=\s|$)")


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """What a sentence was read as.

    Attributes:
        brief: what is drafted.
        confidence: how often such a route is right, in [0, 1].
        meant: the closed values of slots, such as the dates of a week.
    """

    brief: Brief
    confidence: float
    meant: Mapping[str, str]


def is_request(text: str) -> bool:
    """Tell a request from the id of a template, which is one word of Latin letters."""
    return bool(_SENTENCE.search(text.strip()))


def read_request(text: str, route: "Route", templates: "Mapping[str, Template]") -> ReadRequest:
    """Make a brief of a request.

    Args:
        text: the request.
        route: what the router says of it.
        templates: by id.

    Raises:
        BadInput: it asks for no document, or not clearly enough.
    """
    if route.intent == CHAT:
        raise BadInput(
            "This asks for no document as far as Inkstone can tell: name a template (`inkstone draft list`), or ask in "
            "`inkstone chat`."
        )
    template = templates.get(route.intent)
    if route.chip is None or template is None:
        likely = ", ".join(each.intent for each in route.candidates if each.intent in templates)
        raise BadInput(f"It is not clear which template this asks for; name one, likely: {likely}.")
    slots = {name: words for name, words in route.values().items() if _fits(template, name, words)}
    named = _BEHIND_A_COLON.search(text)
    points: tuple[str, ...] = ()
    if named and template.slot("source") is None:  # “…: 340 tickets answered, one open”: facts of the document
        pieces = (piece.strip(" .。") for piece in _BETWEEN_POINTS.split(named[1]))
        points = tuple(piece for piece in pieces if piece)
        slots = {name: words for name, words in slots.items() if name == "topic" or words not in named[1]}
    elif named and _needs(template, "source") and "source" not in slots:
        slots["source"] = named[1].strip()
    if _needs(template, "topic") and "topic" not in slots:
        before = text[: named.start()] if named else text
        slots["topic"] = next((slots[name] for name in ("keywords", "audience") if name in slots), before.strip(" .。"))
    meant = {slot.name: str(slot.value) for slot in reversed(route.slots) if slot.value is not None}
    meant = {name: value for name, value in meant.items() if name in slots}
    return ReadRequest(Brief(template.id, slots, points), route.confidence, meant)


def _fits(template: "Template", name: str, words: str) -> bool:
    slot = template.slot(name)
    if slot is None or not words.strip():
        return False
    choices = (*slot.choices.en, *slot.choices.zh)
    return not choices or words in choices


def _needs(template: "Template", name: str) -> bool:
    slot = template.slot(name)
    return slot is not None and slot.required

"""A sentence as a brief: the router finds the template and the slots; what a template needs is taken from the rest."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.errors import BadInput
from desktop.router.router import CHAT
from desktop.templates.brief import Brief

if TYPE_CHECKING:
    from desktop.router.router import Route
    from desktop.templates.template import Template

_SENTENCE = re.compile(r"\s|[\u3400-\u9fff]")
_BEHIND_A_COLON = re.compile(r"[:：](?!//)\s*(\S.*)", re.DOTALL)
_NO_FACTS = ("length", "tone", "language", "format")  # may stand behind the colon too: “…: 300 words, formal”
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


def read_request(text: str, route_of: "Callable[[str], Route]", templates: "Mapping[str, Template]") -> ReadRequest:
    """Make a brief of a request.

    Args:
        text: the request.
        route_of: the router.
        templates: by id.

    Raises:
        BadInput: it asks for no document, or not clearly enough.
    """
    route = route_of(text)
    if route.intent == CHAT:
        raise BadInput(
            "This asks for no document as far as Inkstone can tell: name a template (`inkstone draft list`), or ask in "
            "`inkstone chat`."
        )
    template = templates.get(route.intent)
    if route.chip is None or template is None:
        likely = ", ".join(each.intent for each in route.candidates if each.intent in templates)
        raise BadInput(f"It is not clear which template this asks for; name one, likely: {likely}.")
    told, slots, points = read_slots(text, route, template, route_of)
    if _needs(template, "topic") and "topic" not in slots:
        named = _BEHIND_A_COLON.search(text)
        before = text[: named.start()] if named else text
        slots["topic"] = next((slots[name] for name in ("keywords", "audience") if name in slots), before.strip(" .。"))
    meant = {slot.name: str(slot.value) for slot in reversed(told.slots) if slot.value is not None}
    meant = {name: value for name, value in meant.items() if name in slots}
    return ReadRequest(Brief(template.id, slots, points), route.confidence, meant)


def read_slots(
    text: str, route: "Route", template: "Template", route_of: "Callable[[str], Route]"
) -> "tuple[Route, dict[str, str], tuple[str, ...]]":
    """Tell what a request says of the brief: slots, and the points behind a colon.

    “… on the support team: 340 tickets answered, hire Maria” tells facts behind the colon: what the document is about
    and for whom stands before it, so that part is read alone.

    Returns:
        The route that the slots are from, the slots to their words, and the points.
    """
    named = _BEHIND_A_COLON.search(text)
    if named is None or template.slot("source") is not None:
        slots = _fitting(route, template)
        if named and _needs(template, "source") and "source" not in slots:
            slots["source"] = named[1].strip()
        return route, slots, ()
    told = route_of(text[: named.start()])
    if told.intent != route.intent:
        told = replace(route, slots=tuple(slot for slot in route.slots if slot.end <= named.start()))
    slots = _fitting(told, template)
    # “work report: support team, this week” says nothing before it: what is a slot as a whole is one.
    said = {slot.text: slot.name for slot in route.slots if slot.name in _NO_FACTS or "topic" not in slots}
    points = []
    for piece in (piece.strip(" .。") for piece in _BETWEEN_POINTS.split(named[1])):
        if piece in said and _fits(template, said[piece], piece):
            slots.setdefault(said[piece], piece)
        elif piece:
            points.append(piece)
    return told, slots, tuple(points)


def _fitting(route: "Route", template: "Template") -> dict[str, str]:
    return {name: words for name, words in route.values().items() if _fits(template, name, words)}


def _fits(template: "Template", name: str, words: str) -> bool:
    slot = template.slot(name)
    if slot is None or not words.strip():
        return False
    choices = (*slot.choices.en, *slot.choices.zh)
    return not choices or words in choices


def _needs(template: "Template", name: str) -> bool:
    slot = template.slot(name)
    return slot is not None and slot.required

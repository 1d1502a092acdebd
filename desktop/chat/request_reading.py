"""A sentence as a brief: the router finds the template and the slots; what a template needs is taken from the rest."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.drafting.brief import Brief
from desktop.drafting.length import asked_length
from desktop.drafting.request import clauses
from desktop.drafting.request import read_request as read_facts
from desktop.errors import BadInput
from desktop.reasons import DraftReason
from desktop.router.router import CHAT
from desktop.text.han import HAN
from desktop.text.language import language_wanted

if TYPE_CHECKING:
    from desktop.drafting.scenes.library import SceneLibrary
    from desktop.drafting.template.template import Template
    from desktop.router.router import Route

_SENTENCE = re.compile(rf"\s|[{HAN}]")
_BEHIND_A_COLON = re.compile(r"[:：](?!//)\s*(\S.*)", re.DOTALL)
_WRITE = re.compile(r"写|拟|起草|\b(?:write|draft|compose)\b", re.IGNORECASE)
_NAMED, _CLEARLY_NAMED = 0.5, 0.85  # how clearly a request names a scene, that it goes before no and another template
_WISHES = ("length", "tone", "language")  # of a request for a scene
_NO_FACTS = ("length", "tone", "language", "format")  # may stand behind the colon too: “…: 300 words, formal”
_PLUS = re.compile(
    r"(?:(?:and|also|with|plus|including|include|mention(?:ing)?|keywords?)\b(?: that\b)?:?\s*|"
    r"(?:并且|并|还有|包括|必须提到|提到|突出|带上|含|关键词))+",
    re.IGNORECASE,
)
_OPEN_END = re.compile(r"\s+(?:of|for|to|in|on|at|by|the|an?|and|with|about)$", re.IGNORECASE)
# What is said to the writer, not in the document: “can you make it formal”, “what do I submit”, “别太长”.
_TO_THE_WRITER = re.compile(
    r"(?:please )?(?:(?:can|could|would) you|help|write|draft|compose|fill it|sort out|what|how|who|that|"
    r"it (?:should|needs|must)|(?:make|keep) it|make the case|word something|(?:end|begin|start) with|go on|thanks?|"
    r"asap|in \w+ (?:form|english|chinese|style)|(?:i|my \w+) (?:need|want|would|don|doesn|like|keep)|nothing)\b|.*\?$|"
    r"(?:请|帮|别|不要|不用|要|麻烦|写|谢|怎么|读者|语言|主角|主人公|结尾|开头|需要|希望|最好|随便|接着|做份|做个|急$)|"
    r".*(?:什么|怎么|帮我)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|hundred)\b", re.IGNORECASE
)
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


def read_request(
    text: str,
    route_of: "Callable[[str], Route]",
    templates: "Mapping[str, Template]",
    scenes: "SceneLibrary | None" = None,
) -> ReadRequest:
    """Make a brief of a request.

    Args:
        text: the request.
        route_of: the router.
        templates: by id.
        scenes: what a request may be called; None: its template alone is looked for.

    Raises:
        BadInput: it asks for no document, or for none that is known.
    """
    route = route_of(text)
    first = _BETWEEN_POINTS.search(text)
    if route.chip is None and first and (begun := route_of(text[: first.start()])).chip is not None:
        route = begun  # many facts behind a request may hide it
    template = templates.get(route.intent) if route.chip is not None else None
    works_on = any(slot.name == "source" for slot in route.slots) and not _WRITE.search("".join(clauses(text)[:1]))
    if scenes is not None and not works_on:
        template = _called(text, scenes, templates, template)
    if template is None and route.intent == CHAT:
        raise BadInput(DraftReason.NO_DOCUMENT())
    if template is None and len(clauses(text)) > 1:  # the likeliest, rather than nothing: it is told, and can be named
        documents = (templates[each.intent] for each in route.candidates if each.intent in templates)
        template = next((each for each in documents if each.sections), None)
    if template is None:
        likely = ", ".join(each.intent for each in route.candidates if each.intent in templates)
        raise BadInput(DraftReason.UNCLEAR(likely=likely))
    told, slots, points = read_slots(text, route, template, route_of)
    if _needs(template, "topic") and "topic" not in slots:
        # A document without a topic is about its points; whom it goes to is none.
        if "keywords" in slots:
            slots["topic"] = slots["keywords"]
        elif not template.sections:
            named = _BEHIND_A_COLON.search(text)
            slots["topic"] = (text[: named.start()] if named else text).strip(" .。")
    meant = {slot.name: str(slot.value) for slot in reversed(told.slots) if slot.value is not None}
    meant = {name: value for name, value in meant.items() if name in slots}
    return ReadRequest(Brief(template.id, slots, points, request=text), route.confidence, meant)


def _called(
    text: str, scenes: "SceneLibrary", templates: "Mapping[str, Template]", routed: "Template | None"
) -> "Template | None":
    """Give the template of the scene that a request names, where the router knows none, or none that it has."""
    scene = scenes.named_by(text, language_wanted(text), _NAMED if routed is None else _CLEARLY_NAMED)
    if scene is None or scene.template not in templates or (routed is not None and routed.sections):
        return routed
    return templates[scene.template]


def read_for(
    text: str, template: "Template", route_of: "Callable[[str], Route]", scene: str = "", topic: str = ""
) -> Brief:
    """Make a brief of a request whose template the user chose.

    Args:
        text: the request.
        template: the chosen one.
        route_of: the router.
        scene: id of the scene that was chosen; "": none was.
        topic: what a text of the scene is about.
    """
    route = route_of(text)
    if scene:  # its words need not say what is written, so nothing tells their facts from a topic
        told = _fitting(route, template)
        slots = {name: told[name] for name in _WISHES if name in told} | {"topic": topic}
        return Brief(template.id, slots, read_facts(text).facts, request=text, scene=scene)
    _, slots, points = read_slots(text, route, template, route_of)
    if _needs(template, "topic") and "topic" not in slots:
        first = _BETWEEN_POINTS.split(text.strip(), maxsplit=1)[0]
        slots["topic"] = first.strip(" .。")
    return Brief(template.id, slots, points, request=text)


def read_slots(
    text: str, route: "Route", template: "Template", route_of: "Callable[[str], Route]"
) -> "tuple[Route, dict[str, str], tuple[str, ...]]":
    """Tell what a request says of the brief: slots, and the points of a document.

    “… on the support team: 340 tickets answered, hire Maria” tells facts behind the colon, or behind the first comma:
    what the document is about and for whom stands before it, so that part is read alone.

    Returns:
        The route that the slots are from, the slots to their words, and the points.
    """
    colon = _BEHIND_A_COLON.search(text)
    if template.slot("source") is not None or not (colon or template.sections):
        slots = _fitting(route, template)
        if colon and _needs(template, "source") and "source" not in slots:
            slots["source"] = colon[1].strip()
        return route, slots, ()
    end = colon.start() if colon else _first_boundary(text, route)
    told = route_of(text[:end]) if end < len(text) else route
    if told.intent != route.intent:
        told = replace(route, slots=tuple(slot for slot in route.slots if slot.end <= end))
    slots = _fitting(told, template)
    points = [_behind_the_slots(text[:end], told, slots)]
    if slots.get("keywords", "\0") in points[0]:
        del slots["keywords"]  # once is enough
    # “work report: support team, this week” says nothing before it: what is a slot as a whole is one.
    names: tuple[str, ...] = _NO_FACTS
    if not colon:
        names = (*names, "topic", "period", "audience")
    elif "topic" not in slots:
        names = (*names, "topic", "period")
    said = [slot for slot in route.slots if slot.name in names and _fits(template, slot.name, slot.text)]
    for piece in (_bare(piece) for piece in _BETWEEN_POINTS.split(text[end:].lstrip(" :：,，;；"))):
        free = (slot for slot in said if slot.name not in slots)
        slot = next((slot for slot in free if _is_all(slot.text, piece, counted=slot.name != "audience")), None)
        if slot is not None:
            slots[slot.name] = slot.text
            told = replace(told, slots=(*told.slots, slot))
        elif colon or not _TO_THE_WRITER.match(piece):
            points.append(piece)
    return told, slots, tuple(point for point in points if re.search(r"\w", point))


def _first_boundary(text: str, route: "Route") -> int:
    """Find the first comma that parts facts from a request; the end where there is none.

    One between names parts nothing (“to Ana, Ben and Carla about …”), so it does not lie in a slot or before the topic.
    """
    topic = next((slot.start for slot in route.slots if slot.name == "topic"), 0)
    for found in _BETWEEN_POINTS.finditer(text):
        within = any(slot.start < found.start() < slot.end for slot in route.slots if slot.name not in _NO_FACTS)
        if not within and found.start() > topic:
            return found.start()
    return len(text)


def _behind_the_slots(head: str, told: "Route", slots: "Mapping[str, str]") -> str:
    """Give what a request says behind its last slot where that holds a figure: “with a budget of 500 euros”."""
    named = (slot for slot in told.slots if slot.name != "keywords")
    ends = [slot.end for slot in named if slots.get(slot.name, "\0") in slot.text]
    rest = head[max(ends, default=len(head)) :]
    return _bare(rest) if re.search(r"\d", rest) else ""


def _bare(piece: str) -> str:
    """Leave out what only joins a piece to the others: “and mention that …”."""
    piece = piece.strip(" .。")
    joint = _PLUS.match(piece)
    return piece[joint.end() :] if joint else piece


def _is_all(words: str, piece: str, *, counted: bool) -> bool:
    """Tell whether a slot's words are what a piece says, but for small words: “正式一点”, “about 120 words”.

    Who is `counted` (“two small children”) is no reader.
    """
    if words not in piece or 2 * len(words) < len(piece) or (not counted and _COUNTED.search(piece)):
        return False
    return not re.search(r"\d", piece.replace(words, "", 1))


def _fitting(route: "Route", template: "Template") -> dict[str, str]:
    slots = {name: words for name, words in route.values().items() if _fits(template, name, words)}
    if "topic" in slots:
        slots["topic"] = _OPEN_END.sub("", slots["topic"])  # “retirement of”
    return slots


def _fits(template: "Template", name: str, words: str) -> bool:
    slot = template.slot(name)
    if slot is None or not words.strip():
        return False
    if name == "length":  # “340 tickets” is none
        return any(asked_length(words, language, words=100, characters=100).asked for language in ("en", "zh"))
    choices = (*slot.choices.en, *slot.choices.zh)
    return not choices or words in choices


def _needs(template: "Template", name: str) -> bool:
    slot = template.slot(name)
    return slot is not None and slot.required

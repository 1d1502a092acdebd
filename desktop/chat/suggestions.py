"""Which template a message that is being written asks for, with what it says of the brief: an offer, never more."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.drafting.template.store import TemplateStore
from desktop.errors import InkstoneError
from desktop.reasons import QuickReason

if TYPE_CHECKING:
    from desktop.drafting.template.template import Template
    from desktop.router.learning import Correction, Corrections
    from desktop.router.router import Router

CHAT = "chat"


@dataclass(frozen=True, slots=True)
class TemplateSuggestion:
    """What may be offered.

    Attributes:
        text: the message it was found in.
        template: its id.
        name: its name, in the language of the window.
        words: the user's own words that fill the brief, those that fit on a button.
        given: slot to words, for the brief.
        points: what must appear in the document.
        others: ids and names of the other templates, the likelier ones first.
    """

    text: str
    template: str
    name: str
    words: tuple[str, ...]
    given: Mapping[str, str]
    points: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Lesson:
    """One thing that the user taught: not this, but that. The text itself is not kept.

    Attributes:
        offered, chosen: names of templates; "" is plain chat.
        when: local time, ISO 8601.
        correction: what is forgotten with it.
    """

    offered: str
    chosen: str
    when: str
    correction: "Correction"


class Suggestions:
    """Finds suggestions, and learns from what was refused. Slow at first: off the GUI thread.

    Args:
        open_router: gives the router; called once, with the first message.
        store: the templates, which know their names.
    """

    def __init__(self, open_router: "Callable[[], Router]", store: TemplateStore) -> None:
        self._open, self._store = open_router, store
        self._lock = threading.Lock()  # the settings look from another thread than the window's messages
        self._router: Router | None = None
        self._templates: Mapping[str, Template] = {}

    def find(self, text: str, language: str) -> TemplateSuggestion | None:
        """Give what to offer for a message; None where it is plain chat, or nothing is sure enough.

        Raises:
            InkstoneError: the router cannot be loaded.
        """
        from desktop.chat.request_reading import read_slots

        router = self._opened()
        route = router.route(text)
        template = self._templates.get(route.intent) if route.chip else None
        if route.chip is None or template is None:
            return None
        likely = [one.intent for one in route.candidates if one.intent in self._templates]
        others = [one for one in dict.fromkeys([*likely, *self._templates]) if one not in (template.id, CHAT)]
        told, slots, points = read_slots(text, route, template, router.route)
        return TemplateSuggestion(
            text,
            template.id,
            self._name(template.id, language),
            (told.chip or route.chip).words,
            slots,
            points,
            tuple((one, self._name(one, language)) for one in others),
        )

    def refuse(self, suggestion: TemplateSuggestion) -> None:
        """Learn that a message like this one is plain chat."""
        self._opened().learn(suggestion.text, CHAT)

    def overrule(self, suggestion: TemplateSuggestion, template_id: str) -> None:
        """Learn that a message like this one asks for another template."""
        router = self._opened()
        if template_id in router.intents:  # the router knows none of the user's own templates
            router.learn(suggestion.text, template_id)

    def learned(self, language: str) -> list[Lesson]:
        """Give what was taught, the newest first. Raises InkstoneError where the router cannot be loaded."""
        corrections = self._corrections()
        return [
            Lesson(self._name(one.offered, language), self._name(one.chosen, language), one.when, one)
            for one in reversed(corrections.all() if corrections else ())
        ]

    def forget(self, lesson: Lesson | None = None) -> None:
        """Forget one lesson, or all. Raises InkstoneError where the disk refuses."""
        corrections = self._corrections()
        if corrections is None:
            return
        try:
            if lesson is None:
                corrections.clear()
            else:
                corrections.forget(lesson.correction)
        except OSError as error:
            raise InkstoneError(QuickReason.NOT_FORGOTTEN(why=error)) from error

    def _opened(self) -> "Router":
        with self._lock:
            if self._router is None:
                self._router, self._templates = self._open(), self._store.load().sound  # not at each pause of typing
            return self._router

    def _corrections(self) -> "Corrections | None":
        return self._opened().corrections

    def _name(self, template_id: str, language: str) -> str:
        template = self._templates.get(template_id)
        return "" if template_id == CHAT else template.label.of(language) or template_id if template else template_id

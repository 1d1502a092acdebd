"""Which template a message that is being written asks for, with what it says of the brief: an offer, never more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.templates.shelf import Shelf

if TYPE_CHECKING:
    from desktop.router.router import Router
    from desktop.templates.template import Template

CHAT = "chat"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be offered.

    Attributes:
        text: the message it was found in.
        template: its id.
        name: its name, in the language of the window.
        words: the user's own words that fill the brief, those that fit on a button.
        given: slot to words, for the brief.
    """

    text: str
    template: str
    name: str
    words: tuple[str, ...]
    given: Mapping[str, str]


class Suggestions:
    """Finds suggestions, and learns from what was refused. Slow at first: off the GUI thread.

    Args:
        open_router: gives the router; called once, with the first message.
        shelf: the templates, which know their names.
    """

    def __init__(self, open_router: "Callable[[], Router]", shelf: Shelf) -> None:
        self._open, self._shelf = open_router, shelf
        self._router: Router | None = None
        self._templates: Mapping[str, Template] = {}

    def find(self, text: str, language: str) -> Suggestion | None:
        """Give what to offer for a message; None where it is plain chat, or nothing is sure enough.

        Raises:
            InkstoneError: the router cannot be loaded.
        """
        if self._router is None:
            self._router, self._templates = self._open(), self._shelf.load().sound  # not with every pause of typing
        route = self._router.route(text)
        template = self._templates.get(route.intent) if route.chip else None
        if route.chip is None or template is None:
            return None
        name = template.label.of(language) or template.id
        return Suggestion(text, template.id, name, route.chip.words, route.values())

    def refuse(self, suggestion: Suggestion) -> None:
        """Learn that a message like this one is plain chat."""
        if self._router is not None:
            self._router.learn(suggestion.text, CHAT)

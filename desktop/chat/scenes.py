"""Scenes for a window: found while one types, chosen, made of a draft, changed as a form or as text.

Everything here is free of Qt. `by_meaning` reads texts with the encoder and belongs on a thread that may wait for it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.drafting.brief import Brief
from desktop.drafting.draft import Draft
from desktop.drafting.request import read_request
from desktop.drafting.scenes.meaning import Vectors
from desktop.drafting.scenes.scene import GROUPS, Example, Group, Scene, SceneText
from desktop.drafting.scenes.store import SceneStore
from desktop.errors import BadInput, SceneError
from desktop.reasons import DraftReason
from desktop.text.han import holds_han

__all__ = [
    "GROUPS",
    "ChosenScene",
    "Example",
    "Group",
    "Scene",
    "SceneCard",
    "SceneOutline",
    "SceneService",
    "SceneStore",
    "SceneText",
]

_TITLE = 40  # characters of a label that is made of a title
_TELLS = re.compile(r"[.!?。！？]$|.{60}")  # what ends as a sentence does, or is long
_SUBJECT = re.compile(r"(?:subject|主题)[:：]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SceneCard:
    """A scene as it is offered.

    Attributes:
        id: of the scene.
        name: its label.
        about: one line.
        opening: how its worked example begins.
        group: where it stands.
        own: the user made it.
    """

    id: str
    name: str
    about: str
    opening: str
    group: Group
    own: bool


@dataclass(frozen=True, slots=True)
class ChosenScene:
    """A scene whose brief is being asked for.

    Attributes:
        id: of the scene.
        template: id of its template.
        name: its label.
        about: one line.
        hints: what a good request would say.
        topic: says what a text is about, in the language of its request.
        points: gives the facts of a request.
    """

    id: str
    template: str
    name: str
    about: str
    hints: tuple[str, ...]
    topic: Callable[[str], str]
    points: Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SceneOutline:
    """What a scene's text would give.

    Attributes:
        name: its label.
        fields: what its brief would ask.
        parts: of its texts, in order.
    """

    name: str
    fields: tuple[str, ...]
    parts: tuple[str, ...]


class SceneService:
    """Where scenes are found and the user's own are made."""

    def __init__(self, store: SceneStore, vectors: Callable[[], Vectors | None] = lambda: None) -> None:
        """Begin with these.

        Args:
            store: the scenes.
            vectors: gives the encoder, and loads it where it is not yet; None where there is none.
        """
        self._store, self._vectors = store, vectors

    @property
    def broken(self) -> tuple[SceneError, ...]:
        """What is wrong with files of the user's."""
        return self._store.library.broken

    def cards(self, language: str, words: str = "") -> list[SceneCard]:
        """Give all scenes of a language by group, or those that are called like the words in any, the best first."""
        found = self._store.library.called_like(words, language)
        if not words.strip():
            found = tuple(scene for scene in found if language in scene.texts or self._store.is_own(scene))
        return [self._card(scene, language) for scene in found]

    def by_meaning(self, language: str, words: str) -> list[SceneCard]:
        """Give those that the words find by their meaning, too; takes a second when it is first asked."""
        found = self._store.library.search(words, language, self._vectors())
        return [self._card(scene, language) for scene in found]

    def scene(self, scene_id: str) -> Scene:
        """Find a scene. Raises BadInput."""
        found = self._store.library.scene(scene_id)
        if found is None:
            raise BadInput(DraftReason.NO_SCENE(scene=scene_id))
        return found

    def choose(self, scene_id: str, language: str) -> ChosenScene:
        """Give what the brief of a scene asks. Raises BadInput."""
        scene = self.scene(scene_id)
        text = scene.text_for(language)

        def topic(request: str) -> str:
            return scene.text_for("zh" if holds_han(request) else "en").label

        return ChosenScene(scene.id, scene.template, text.label, text.about, text.hints, topic, _facts)

    def of_draft(self, draft: Draft) -> Scene:
        """Propose a scene whose worked example is a draft, and its request what the brief of it said."""
        language = "zh" if holds_han(draft.text) else "en"
        label = (draft.title or draft.brief.slots.get("topic", ""))[:_TITLE].strip()
        example = Example(asked(draft.brief), draft.text.strip())
        known = self._store.library.scene(draft.brief.scene) if draft.brief.scene else None
        if known is None:
            text = SceneText(label=label, examples=(example,))
            return Scene(id="", template=draft.brief.template, group="office", path=Path(), texts={language: text})
        text = replace(known.text_for(language), label=label, examples=(example,))
        return Scene(id="", template=known.template, group=known.group, path=Path(), texts={language: text})

    def copy_of(self, scene_id: str) -> Scene:
        """Propose a scene of one's own that begins as another one."""
        return replace(self.scene(scene_id), id="", path=Path())

    def empty(self, template: str) -> Scene:
        """Propose a scene that says nothing yet."""
        return Scene(id="", template=template, group="office", path=Path(), texts={})

    def keep(self, scene: Scene) -> str:
        """Keep one of the user's scenes; gives its id. One without an id is new. Raises SceneError, OSError."""
        return (self._store.replace(scene) if scene.id else self._store.add(scene)).id

    def remove(self, scene_id: str) -> None:
        """Delete one of the user's scenes. Raises SceneError for one that came with Inkstone."""
        self._store.remove(self.scene(scene_id))

    # As text, as an editor of files wants it.

    def source_of(self, scene_id: str) -> str:
        """Give the text of a scene's file."""
        return self.scene(scene_id).path.read_text(encoding="utf-8")

    def preview(self, text: str, language: str) -> SceneOutline:
        """Tell what a scene's text would give. Raises SceneError, with the line at fault."""
        said = self._store.parse(text).text_for(language)
        parts = said.structure.replace("；", ";").split(";")
        return SceneOutline(said.label, said.hints, tuple(part.strip() for part in parts if part.strip()))

    def replace_source(self, scene_id: str, text: str) -> None:
        """Save the changed text of one of the user's scenes. Raises SceneError; then nothing is changed."""
        self._store.replace_text(scene_id, text)

    def take_in(self, text: str) -> str:
        """Add a scene that was pasted or read from a file; gives its id. Raises SceneError."""
        return self._store.add_text(text).id

    def _card(self, scene: Scene, language: str) -> SceneCard:
        text = scene.text_for(language)
        opening = _opening(text.examples[0].text)
        return SceneCard(scene.id, text.label, text.about, opening, scene.group, self._store.is_own(scene))


def _facts(request: str) -> tuple[str, ...]:
    return read_request(request).facts


def _opening(text: str) -> str:
    """Give the first line that is no title, subject or greeting: they say little of how a text is written."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    told = (line for line in lines if line[0] not in "#|-" and _TELLS.search(line) and not _SUBJECT.match(line))
    return next(told, lines[0].lstrip("#| "))


def asked(brief: Brief) -> str:
    """Say in one line what a brief asked for: its request, or its slots and points."""
    parts = [brief.request] if brief.request else [*brief.slots.values(), *brief.points]
    return (", " if not holds_han("".join(parts)) else "，").join(part.strip() for part in parts if part.strip())

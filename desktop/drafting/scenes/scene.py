"""What a scene is: a template made concrete, as people call it, with texts that show how it is written.

A scene is data (`assets/scenes/<id>.toml`, or a file of the user's); `loading` beside this file reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, get_args

from msgspec import Meta

Group = Literal["office", "reports", "job", "school", "official", "marketing", "occasions", "creative", "home"]
GROUPS: tuple[Group, ...] = get_args(Group)  # in the order in which they are shown
_Words = Annotated[str, Meta(min_length=1)]


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example.

    Attributes:
        request: what somebody asked for, in his own words.
        text: what was written for it, ready to be sent; ends without a line break.
    """

    request: _Words
    text: _Words


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneText:
    """A scene in one language.

    Attributes:
        label: as people call it.
        about: one line.
        search: what else they type for it.
        hints: what a good request would say; none of it is required.
        structure: the parts of the text in order, divided by “;” or “；”; "": as its template has it.
        length: usual length, in words or in Chinese characters; 0: as its template has it.
        tone: "": as its template has it.
        examples: at least one.
    """

    label: _Words
    about: str = ""
    search: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    structure: str = ""
    length: Annotated[int, Meta(ge=0)] = 0
    tone: str = ""
    examples: tuple[Example, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What the scene is called: its label, then the other words."""
        return (self.label, *self.search)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A kind of text that people look for by name: 请假条, resignation letter.

    Attributes:
        id: on the command line and in briefs; the name of its file.
        template: id of the template that it makes concrete.
        group: where it stands in the gallery.
        path: where it was read.
        texts: by language, ISO 639-1: "en", "zh" or both.
    """

    id: str
    template: str
    group: Group
    path: Path
    texts: Mapping[str, SceneText]

    def text_for(self, language: str) -> SceneText:
        """Give its text in a language, or in the one it has."""
        return self.texts[language] if language in self.texts else next(iter(self.texts.values()))

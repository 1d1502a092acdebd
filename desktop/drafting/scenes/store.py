"""The user's own scenes: files in a folder of the home; made, changed, taken in, removed."""

import re
from pathlib import Path
from typing import Any

import tomli_w

from desktop.drafting.scenes.library import SceneLibrary
from desktop.drafting.scenes.loading import parse_scene
from desktop.drafting.scenes.scene import Scene, SceneText
from desktop.errors import SceneError
from desktop.files.atomic import write_text

_LONGEST_ID = 48  # characters, which leaves room for a number behind it


class SceneStore:
    """The shipped scenes and the user's.

    Attributes:
        own: folder of the user's; made when it is first needed.
        library: all of them, the user's among them; read anew after a change.
    """

    def __init__(self, own: Path, library: SceneLibrary) -> None:
        self.own, self.library = own, library

    def is_own(self, scene: Scene) -> bool:
        """Tell whether a scene is the user's."""
        return scene.path.parent == self.own

    def parse(self, text: str) -> Scene:
        """Make a scene of TOML, whatever its id is. Raises SceneError."""
        named = re.search(r'(?m)^id\s*=\s*"([^"\n]*)"', text)
        return parse_scene(text, self.own / f"{named[1] if named else 'scene'}.toml")

    def add(self, scene: Scene) -> Scene:
        """Keep a new scene, under an id made of its label. Raises SceneError, OSError."""
        return self._write(scene, self._free_id(id_of(scene)))

    def replace(self, scene: Scene) -> Scene:
        """Keep a scene in place of the user's own of its id. Raises SceneError, OSError."""
        return self._write(scene, scene.id)

    def add_text(self, text: str) -> Scene:
        """Take in TOML that was pasted or read from a file, under a free id. Raises SceneError, OSError."""
        scene = self.parse(text)
        free = self._free_id(scene.id)
        return self._keep(re.sub(r"(?m)^id\s*=.*$", f'id = "{free}"', text, count=1), free)

    def replace_text(self, scene_id: str, text: str) -> Scene:
        """Replace the text of one of the user's scenes. Raises SceneError, OSError; then nothing is changed."""
        return self._keep(text, scene_id)

    def remove(self, scene: Scene) -> None:
        """Delete one of the user's scenes; a shipped one of its id is there again. Raises SceneError."""
        if not self.is_own(scene):
            raise SceneError(scene.path, 0, "it came with Inkstone and stays")
        scene.path.unlink(missing_ok=True)
        self.library.reload()

    def _write(self, scene: Scene, scene_id: str) -> Scene:
        return self._keep(to_toml(scene, scene_id), scene_id)

    def _keep(self, text: str, scene_id: str) -> Scene:
        path = self.own / f"{scene_id}.toml"
        scene = parse_scene(text, path)  # refuses another id, and what would lie in another folder
        write_text(path, text)
        self.library.reload()
        return scene

    def _free_id(self, wanted: str) -> str:
        taken = {*self.library.all(), *(path.stem for path in self.own.glob("*.toml"))}
        candidate, number = wanted, 2
        while candidate in taken:
            candidate, number = f"{wanted}-{number}", number + 1
        return candidate


def id_of(scene: Scene) -> str:
    """Make an id of a scene's label: “Note to Ana!” is note-to-ana, “给安娜” stays."""
    words = re.findall(r"\w+", scene.text_for("en").label.lower())
    return "-".join(words)[:_LONGEST_ID].strip("-_") or "scene"


def to_toml(scene: Scene, scene_id: str) -> str:
    """Write a scene as its file holds it; what is empty is left out."""
    table: dict[str, Any] = {"id": scene_id, "template": scene.template, "group": scene.group}
    table |= {language: _as_table(text) for language, text in scene.texts.items()}
    return tomli_w.dumps(table, multiline_strings=True)


def _as_table(text: SceneText) -> dict[str, Any]:
    values = {
        "label": text.label,
        "about": text.about,
        "search": list(text.search),
        "hints": list(text.hints),
        "structure": text.structure,
        "length": text.length,
        "tone": text.tone,
    }
    examples = [{"request": example.request, "text": f"\n{example.text}\n"} for example in text.examples]
    for example in examples:
        example["text"] = example["text"].lstrip("\n") if "\n" in example["text"].strip() else example["text"].strip()
    return {key: value for key, value in values.items() if value} | {"example": examples}

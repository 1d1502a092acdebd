"""`inkstone draft list`, and scenes in the place of a template: `inkstone draft 请假条 "…"`."""

import json
import sys
from typing import TYPE_CHECKING

from desktop.commands.draft_templates import describe_template, templates
from desktop.commands.start import Start
from desktop.errors import BadInput
from desktop.text.han import holds_han

if TYPE_CHECKING:
    from desktop.drafting.brief import Brief
    from desktop.drafting.scenes.library import SceneLibrary
    from desktop.drafting.scenes.scene import Scene

_ID_WIDTH = 26


def scenes(start: Start) -> "SceneLibrary":
    """Read the scenes; those of the user's that are broken are named on stderr."""
    from desktop.drafting.scenes.library import SceneLibrary

    library = SceneLibrary((start.paths.assets / "scenes", start.paths.scenes))
    for error in library.broken:
        print(f"(Left out: {error})", file=sys.stderr)
    return library


def called_scene(start: Start, name: str) -> "Scene | None":
    """Find the scene that is called so; None for the id of a template, and for what calls none."""
    if not name or name in templates(start):
        return None
    return scenes(start).called(name)


def asked_of_scene(start: Start, scene: "Scene", name: str, request: str) -> "Brief":
    """Begin a brief from a scene.

    Args:
        start: where everything lies.
        scene: it.
        name: as the user called it.
        request: in the user's own words; "": slots and points say it.
    """
    from desktop import services
    from desktop.chat.request_reading import read_for
    from desktop.drafting.brief import Brief

    text = scene.text_for("zh" if holds_han(request.strip() or name) else "en")
    found = templates(start)
    if scene.template not in found:
        raise BadInput(f"The scene “{text.label}” is of the template “{scene.template}”, which is not there.")
    if not request.strip():
        return Brief(scene.template, {"topic": text.label}, scene=scene.id)
    return read_for(request, found[scene.template], services.open_router(start.paths).route, scene.id, text.label)


def needs_words(scene: "Scene", name: str) -> BadInput:
    """Say what a request of a scene would tell."""
    text = scene.text_for("zh" if holds_han(name) else "en")
    asked = f" ({'; '.join(text.hints)})" if text.hints else ""
    return BadInput(f'Say in your own words what “{text.label}” is to say{asked}: inkstone draft {name} "…".')


def describe(start: Start, wanted: str, *, as_json: bool) -> None:
    """List the templates and the scenes by group, or tell all of one. Raises BadInput where there is none."""
    if not wanted:
        describe_template(start, "", as_json=as_json)
        _list(scenes(start), as_json=as_json)
    elif (scene := called_scene(start, wanted)) is not None:
        _show(scene, as_json=as_json)
    else:
        describe_template(start, wanted, as_json=as_json)


def _list(library: "SceneLibrary", *, as_json: bool) -> None:
    group = ""
    for scene in library.all().values():
        first = scene.text_for("en")
        chinese = scene.texts["zh"].label if "zh" in scene.texts else ""
        if as_json:
            told = {"id": scene.id, "name": first.label, "about": first.about, "zh": chinese}
            print(json.dumps({**told, "group": scene.group, "template": scene.template}, ensure_ascii=False))
            continue
        if scene.group != group:
            group = scene.group
            print(f"\n{group}")
        names = " · ".join(dict.fromkeys(name for name in (first.label, chinese) if name))
        print(f"  {scene.id:{_ID_WIDTH}} {names}")


def _show(scene: "Scene", *, as_json: bool) -> None:
    if as_json:
        told = {"id": scene.id, "template": scene.template, "group": scene.group, "file": str(scene.path)}
        texts = {
            language: {
                "label": text.label,
                "about": text.about,
                "search": list(text.search),
                "hints": list(text.hints),
                "structure": text.structure,
                "length": text.length,
                "tone": text.tone,
                "examples": [{"request": example.request, "text": example.text} for example in text.examples],
            }
            for language, text in scene.texts.items()
        }
        print(json.dumps({**told, **texts}, ensure_ascii=False))
        return
    print(f"{scene.id}: a scene of the template {scene.template}")
    for text in scene.texts.values():
        example = text.examples[0]
        print(f"\n{text.label}: {text.about}")
        for name, said in (("say", "; ".join(text.hints)), ("parts", text.structure), ("tone", text.tone)):
            if said:
                print(f"  {name}: {said}")
        print(f'  inkstone draft {scene.id} "{example.request}"\n')
        print("\n".join(f"  | {line}".rstrip() for line in example.text.splitlines()))
    print(f"\n  file: {scene.path}")

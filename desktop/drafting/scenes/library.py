"""The scenes there are: those that came with Inkstone and the user's own; found by word and by meaning.

folders ──▶ `SceneLibrary`, read when it is first asked ──▶ scene(id) · search(words) ──▶ gallery, command line
                                                        └▶ nearest(request) ──▶ the worked example of a prompt
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from desktop.drafting.scenes.loading import Scenes, load_scenes
from desktop.drafting.scenes.meaning import KeptVectors, Nearness, Vectors
from desktop.drafting.scenes.naming import SceneNames
from desktop.drafting.scenes.scene import GROUPS, Example, Scene, SceneText
from desktop.drafting.scenes.searching import found_by_words
from desktop.errors import SceneError
from desktop.text.folding import fold

# What makes a scene and its example the nearest: what the request calls itself, the form, shared words, meaning. Tried
# on the shipped examples, each against all others: these lead 246 of 312 to their own scene, a name that counts three
# times as much 233. Vectors of examples' requests lead away (topics are alike where forms are not), of lines do not.
_NAME, _TEMPLATE, _WORDS, _MEANING = 1.0, 0.6, 2.0, 0.4
_CLEARLY, _AS_KIND = 0.85, 0.95  # as clearly as this a request names a scene, and is of no other
_SHORTLIST = 8  # examples whose scenes' meaning is looked at, where there is an encoder
_NAMED = 0.5  # as clearly as this a request of another form names a scene
_FROM_MEANING = 12  # scenes at most that are found by meaning alone
_NEAR, _NEAR_BY_WORDS = 0.3, 0.12  # how near those must be, with vectors and by shared words alone
_BEHIND_BEST = 0.2  # and no farther than this behind the nearest


class SceneLibrary:
    """All scenes. Thread-safe.

    Args:
        folders: the application's own, then the user's; a later one goes before an earlier one.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)
        self._lock = threading.Lock()
        self._scenes: Scenes | None = None
        self._names: SceneNames | None = None
        self._requests: dict[str, Nearness] = {}
        self._descriptions: Nearness | None = None
        self._vectors = KeptVectors()

    def all(self) -> Mapping[str, Scene]:
        """Give all scenes by id: by group, in the order of their ids."""
        return self._read().sound

    @property
    def broken(self) -> tuple[SceneError, ...]:
        """What is wrong with the files that hold no scene."""
        return self._read().broken

    def reload(self) -> None:
        """Read the files anew when they are next asked for."""
        with self._lock:
            self._scenes = self._names = self._descriptions = None
            self._requests = {}

    def scene(self, scene_id: str) -> Scene | None:
        """Find a scene by its id."""
        return self.all().get(scene_id)

    def called(self, name: str) -> Scene | None:
        """Find the scene that has this id, or is called so in one of its languages."""
        wanted = fold(name).strip()
        for scene in self.all().values():
            if wanted in (scene.id, *(fold(text.label) for text in scene.texts.values())):
                return scene
        of_word = [
            scene
            for scene in self.all().values()
            if any(wanted == fold(word) for text in scene.texts.values() for word in text.search)
        ]
        return of_word[0] if len(of_word) == 1 else None

    def search(self, words: str, language: str, vectors: Vectors | None = None) -> tuple[Scene, ...]:
        """Find scenes, the best first: by label, search words and line, then by meaning.

        Args:
            words: what was typed, in any language, perhaps not to its end; "": all scenes, by group.
            language: of the user; a scene that is called so in it goes before others.
            vectors: without it, meaning is what words have in common.
        """
        found = self.called_like(words, language)
        others = [scene for scene in self.all().values() if scene not in found]
        return (*found, *self._by_meaning(others, words, language, vectors))

    def called_like(self, words: str, language: str) -> tuple[Scene, ...]:
        """Find scenes by what they are called alone, as `search` does first."""
        scenes = self.all()
        return found_by_words(scenes.values(), words, language) if words.strip() else tuple(scenes.values())

    def named_by(self, request: str, language: str, clearness: float = _CLEARLY) -> Scene | None:
        """Find the scene that a request names as what it asks for; None where it names none, or not so clearly."""
        named = {
            scene_id: worth
            for scene_id, worth in self._naming().named(request).items()
            if worth >= clearness and language in self.all()[scene_id].texts
        }
        return self.all()[max(named, key=named.__getitem__)] if named else None

    def nearest(
        self,
        request: str,
        template_id: str,
        language: str,
        vectors: Vectors | None = None,
        *,
        without: Example | None = None,
    ) -> tuple[Scene, Example] | None:
        """Find the scene of a request, and which of its worked examples is most like it.

        Args:
            request: in the user's own words.
            template_id: of the template that it goes to; "": none is known.
            language: of the text to be written; only scenes of this language are looked at.
            vectors: without it, meaning is what words have in common.
            without: is passed over.

        Returns:
            None where no scene makes this template concrete and the request names none.
        """
        named = self._naming().named(request)
        scenes = [scene for scene in self.all().values() if language in scene.texts]
        if template_id and not any(scene.template == template_id for scene in scenes):
            return None  # a form of another kind: code, a translation
        scenes = [
            scene
            for scene in scenes
            if not template_id or scene.template == template_id or named.get(scene.id, 0) >= _NAMED
        ]
        clearly = [scene for scene in scenes if named.get(scene.id, 0) >= _AS_KIND]
        pairs = [
            (scene, example)
            for scene in clearly or scenes
            for example in scene.texts[language].examples
            if example is not without
        ]
        near = self._nearness(language).by_words(request, [_shown(scene, one, language) for scene, one in pairs])
        worth = [
            _NAME * named.get(scene.id, 0) + _TEMPLATE * (scene.template == template_id) + _WORDS * nearness
            for (scene, _), nearness in zip(pairs, near, strict=True)
        ]
        best = sorted(range(len(pairs)), key=lambda at: (-worth[at], at))[:_SHORTLIST]
        if vectors is not None:  # reading a text takes as long as all the rest
            meant = self._vectors.near(request, [_line(pairs[at][0].texts[language]) for at in best], vectors)
            by_meaning = dict(zip(best, meant, strict=True))
            best.sort(key=lambda at: (-worth[at] - _MEANING * by_meaning[at], at))
        return pairs[best[0]] if best else None

    def examples_of(self, scene: Scene, request: str, language: str) -> tuple[Example, ...]:
        """Give the examples of a scene in a language, the most like a request first; none where it has no such text."""
        if language not in scene.texts:
            return ()
        examples = scene.texts[language].examples
        shown = [_shown(scene, example, language) for example in examples]
        near = self._nearness(language).by_words(request, shown)
        return tuple(examples[at] for at in sorted(range(len(examples)), key=lambda at: (-near[at], at)))

    def _by_meaning(
        self, scenes: Sequence[Scene], words: str, language: str, vectors: Vectors | None
    ) -> tuple[Scene, ...]:
        near = self._describing().by_words(words, [_described(scene) for scene in scenes])
        enough = _NEAR_BY_WORDS
        if vectors is not None:
            meant = self._vectors.near(words, [_line(scene.text_for(language)) for scene in scenes], vectors)
            near = [shared + meaning for shared, meaning in zip(near, meant, strict=True)]
            enough = _NEAR
        enough = max(enough, max(near, default=0) - _BEHIND_BEST)
        order = sorted((at for at in range(len(scenes)) if near[at] >= enough), key=lambda at: (-near[at], at))
        return tuple(scenes[at] for at in order[:_FROM_MEANING])

    def _read(self) -> Scenes:
        with self._lock:
            if self._scenes is None:
                read = load_scenes(self._folders)
                order = sorted(read.sound.values(), key=lambda scene: (GROUPS.index(scene.group), scene.id))
                self._scenes = Scenes({scene.id: scene for scene in order}, read.broken)
            return self._scenes

    def _naming(self) -> SceneNames:
        scenes = self.all()
        with self._lock:
            if self._names is None:
                self._names = SceneNames(scenes.values())
            return self._names

    def _nearness(self, language: str) -> Nearness:
        scenes = self.all()
        with self._lock:
            if language not in self._requests:
                self._requests[language] = Nearness(
                    [
                        _shown(scene, example, language)
                        for scene in scenes.values()
                        if language in scene.texts
                        for example in scene.texts[language].examples
                    ]
                )
            return self._requests[language]

    def _describing(self) -> Nearness:
        scenes = self.all()
        with self._lock:
            if self._descriptions is None:
                self._descriptions = Nearness([_described(scene) for scene in scenes.values()])
            return self._descriptions


def _line(text: SceneText) -> str:
    return f"{text.label}: {text.about}"


def _described(scene: Scene) -> str:
    """Say what a scene is, in all its languages."""
    return "; ".join(f"{_line(text)} ({', '.join(text.search)})" for text in scene.texts.values())


def _shown(scene: Scene, example: Example, language: str) -> str:
    """Give what a request is held against: that of the example, and what its scene is about."""
    text = scene.texts[language]
    return f"{_line(text)}. {' '.join(text.search)}. {example.request}"

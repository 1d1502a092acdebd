"""The scenes that come with Inkstone: there are enough, each loads, and no example has figures of its own."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from desktop.drafting.scenes.loading import Scenes, load_scenes
from desktop.drafting.scenes.scene import GROUPS, Example, Scene
from desktop.drafting.template.store import TemplateStore
from desktop.text.folding import fold
from desktop.text.han import count_han
from tests.drafting.scenes.test_loading import SHIPPED

# What invents within its world: its figures come from nowhere.
INVENTING = ("story", "poem", "brainstorm")
LANGUAGES = ("en", "zh")
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_ITEM = re.compile(r"(?m)^\s*\d+[.、)）](?!\d)|^\|\s*\d+\s*\|")  # the number of a list's item, of a table's row


@pytest.fixture(scope="module")
def scenes() -> Scenes:
    return load_scenes([SHIPPED])


def examples(scenes: Scenes) -> Iterator[tuple[Scene, str, Example]]:
    for scene in scenes.sound.values():
        for language, text in scene.texts.items():
            for example in text.examples:
                yield scene, language, example


def test_every_file_is_a_scene(scenes: Scenes) -> None:
    assert scenes.broken == ()
    assert len(scenes.sound) == len(list(SHIPPED.glob("*.toml")))


def test_every_scene_is_of_a_template_and_has_an_id_of_its_own(scenes: Scenes) -> None:
    templates = TemplateStore(SHIPPED.parent / "templates", SHIPPED / "none").load().sound
    assert {scene.template for scene in scenes.sound.values()} <= templates.keys()
    assert scenes.sound.keys() & templates.keys() == set()  # the command line takes either
    assert {scene.group for scene in scenes.sound.values()} == set(GROUPS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough(scenes: Scenes, language: str) -> None:
    texts = [scene.texts[language] for scene in scenes.sound.values() if language in scene.texts]
    assert len(texts) >= 120
    assert sum(len(text.examples) for text in texts) >= 150
    assert all(text.about and text.search and text.hints and text.structure and text.tone for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_are_called_the_same(scenes: Scenes, language: str) -> None:
    labels = Counter(fold(scene.texts[language].label) for scene in scenes.sound.values() if language in scene.texts)
    assert [name for name, count in labels.items() if count > 1] == []


def test_no_example_has_a_figure_that_its_request_does_not_give(scenes: Scenes) -> None:
    """Excepted: numbers of items and rows, by how much two figures differ, and what invents its world."""
    invented = {}
    for scene, language, example in examples(scenes):
        if scene.template in INVENTING:
            continue
        given = set(_FIGURE.findall(example.request))
        whole = [int(figure) for figure in given if figure.isdecimal()]
        given |= {str(one - other) for one in whole for other in whole}
        if new := [figure for figure in _FIGURE.findall(_ITEM.sub("", example.text)) if figure not in given]:
            invented[f"{scene.id} {language}"] = new
    assert invented == {}


def test_every_example_is_in_its_language_and_about_as_long_as_its_scene_says(scenes: Scenes) -> None:
    for scene, language, example in examples(scenes):
        amount = count_han(example.text) if language == "zh" else len(example.text.split())
        usual = scene.texts[language].length
        assert 0.4 * usual <= amount <= 1.6 * usual, (scene.id, language, amount)
        assert (count_han(example.text) > 0.5 * len(re.findall(r"[^\W\d_]", example.text))) == (language == "zh"), (
            scene.id
        )


def test_no_example_holds_a_gap_to_be_filled_in(scenes: Scenes) -> None:
    gap = re.compile(r"\[[^\]\n]{2,}\]|\bXX+\b|某某|___")
    assert [scene.id for scene, _, example in examples(scenes) if gap.search(example.text)] == []

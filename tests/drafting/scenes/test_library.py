"""Scenes are found by word and by meaning, and the nearest example by what a request calls itself."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop.drafting.scenes.library import SceneLibrary
from tests.drafting.scenes.test_loading import SHIPPED, SOUND


class Topics:
    """An encoder that knows some words: texts of one topic lie in one direction. Counts what it reads."""

    def __init__(self, *topics: Sequence[str]) -> None:
        self.topics, self.read = topics, 0

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.read += len(texts)
        found = np.zeros((len(texts), len(self.topics) + 1), np.float32)
        for row, text in enumerate(texts):
            hits = [at for at, words in enumerate(self.topics) if any(word in text for word in words)]
            found[row, hits[0] if hits else -1] = 1
        return found


@pytest.fixture(scope="module")
def library() -> SceneLibrary:
    return SceneLibrary([SHIPPED])


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ("请假条", "zh", "leave-request"),
        ("请假", "zh", "leave-request"),
        ("请假", "en", "leave-request"),
        ("resig", "en", "resignation"),
        ("resignation letter", "zh", "resignation"),
        ("Weekly rep", "en", "weekly-report"),
        ("周报", "zh", "weekly-report"),
        ("day off", "en", "leave-request"),
        ("resume", "en", "cv"),
        ("letter to my landlord", "en", "letter-to-landlord"),
    ],
)
def test_a_scene_is_found_by_its_name_in_either_language(
    library: SceneLibrary, words: str, language: str, expected: str
) -> None:
    assert library.search(words, language)[0].id == expected


def test_without_words_all_scenes_are_there_by_group(library: SceneLibrary) -> None:
    found = library.search(" ", "en")
    assert len(found) == len(library.all())
    groups = [scene.group for scene in found]
    assert [group for at, group in enumerate(groups) if group not in groups[:at]] == list(dict.fromkeys(groups))
    assert groups[0] == "office"


def test_nonsense_finds_nothing(library: SceneLibrary) -> None:
    assert library.search("zxqv", "en") == ()
    assert library.search("？", "zh") == ()


def test_words_that_a_description_shares_find_it_behind_the_names(library: SceneLibrary) -> None:
    assert library.called_like("complaint about the noise next door", "en") == ()
    assert "note-to-neighbour" in [scene.id for scene in library.search("noise neighbour building site", "en")]


def test_a_scene_is_found_by_meaning_where_no_word_fits(library: SceneLibrary) -> None:
    encoder = Topics(("boss throws me out", "Resignation letter"), ("cake",))
    assert library.search("my boss throws me out", "en", encoder)[0].id == "resignation"
    read = encoder.read
    library.search("my boss throws me out", "en", encoder)
    assert encoder.read == read + 1  # what was read of the scenes is kept


@pytest.mark.parametrize(
    ("request_text", "template", "language", "expected"),
    [
        ("给李老师写请假条，孩子发烧了，6月3日休息一天", "email", "zh", "leave-request"),
        ("孩子发烧了，帮我写个请假条给李老师", "article", "zh", "leave-request"),
        ("resignation to my boss, last day 3 May, thanks for everything", "email", "en", "resignation"),
        ("写一份本周周报，客服组，接电话320个", "work_report", "zh", "weekly-report"),
        (
            "weekly report of support: 320 calls, two resignations, one new colleague",
            "work_report",
            "en",
            "weekly-report",
        ),
        ("会议纪要：周三例会，张三负责报价", "meeting_minutes", "zh", "meeting-minutes"),
    ],
)
def test_the_nearest_scene_is_what_the_request_calls_itself(
    library: SceneLibrary, request_text: str, template: str, language: str, expected: str
) -> None:
    found = library.nearest(request_text, template, language)
    assert found is not None
    assert found[0].id == expected
    assert found[1] in found[0].texts[language].examples


def test_a_request_that_names_nothing_gets_an_example_of_its_form(library: SceneLibrary) -> None:
    found = library.nearest("our shop sells goat cheese from the Alps, tell everybody", "marketing_copy", "en")
    assert found is not None
    assert found[0].template == "marketing_copy"


def test_a_form_without_scenes_has_no_example(library: SceneLibrary) -> None:
    assert library.nearest("a python function that sends my resignation letter", "code", "en") is None


def test_meaning_decides_between_scenes_that_words_leave_open(tmp_path: Path) -> None:
    for name, about in (("one", "alpha"), ("two", "beta")):
        text = SOUND.replace('"thanks"\ntem', f'"{name}"\ntem').replace("for a present or for help", about)
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    for topic, expected in (("beta", "two"), ("alpha", "one")):
        found = SceneLibrary([tmp_path]).nearest("zebra", "email", "en", Topics(("zebra", topic)))
        assert found is not None
        assert found[0].id == expected


def test_the_examples_of_a_chosen_scene_come_the_most_like_first(library: SceneLibrary) -> None:
    scene = library.all()["weekly-report"]
    first, second = scene.texts["en"].examples
    assert library.examples_of(scene, second.request, "en") == (second, first)
    assert library.examples_of(scene, first.request, "en") == (first, second)
    assert library.examples_of(scene, "周报", "de") == ()


def test_the_same_request_always_gets_the_same_example(library: SceneLibrary) -> None:
    found = {id(library.nearest("Brief an Frau Meier", "email", "en")[1]) for _ in range(3)}  # type: ignore[index]
    assert len(found) == 1
    assert SceneLibrary([SHIPPED]).nearest("x", "essay", "zh") == library.nearest("x", "essay", "zh")


def test_most_second_examples_lead_to_their_own_scene(library: SceneLibrary) -> None:
    """Held out: each example's request, against all other examples."""
    tried = found = 0
    for scene in library.all().values():
        for language, text in scene.texts.items():
            for example in text.examples if len(text.examples) > 1 else ():
                near = library.nearest(example.request, scene.template, language, without=example)
                tried += 1
                found += near is not None and near[0].id == scene.id
    assert tried > 200
    assert found / tried > 0.75


@pytest.mark.parametrize("name", ["leave-request", "请假条", "Leave Request", "事假"])
def test_a_scene_is_called_by_id_label_or_word(library: SceneLibrary, name: str) -> None:
    scene = library.called(name)
    assert scene is not None
    assert scene.id == "leave-request"


def test_a_word_of_many_scenes_calls_none(library: SceneLibrary) -> None:
    assert library.called("自我介绍") is None


def test_the_users_scene_takes_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    shipped.mkdir()
    own.mkdir()
    (shipped / "thanks.toml").write_text(SOUND, encoding="utf-8")
    library = SceneLibrary([shipped, own])
    (own / "odd.toml").write_text("?", encoding="utf-8")
    (own / "thanks.toml").write_text(SOUND.replace("Thank-you note", "Thanks, Ana"), encoding="utf-8")
    assert library.all()["thanks"].texts["en"].label == "Thanks, Ana"
    assert [error.path.name for error in library.broken] == ["odd.toml"]
    (own / "thanks.toml").unlink()
    assert library.all()["thanks"].texts["en"].label == "Thanks, Ana"
    library.reload()
    assert library.all()["thanks"].texts["en"].label == "Thank-you note"

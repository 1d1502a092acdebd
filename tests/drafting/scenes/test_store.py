"""The user's own scenes: kept as files that read back as they were, taken in, removed."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.drafting.scenes.library import SceneLibrary
from desktop.drafting.scenes.loading import parse_scene, read_scene
from desktop.drafting.scenes.scene import Example, Scene, SceneText
from desktop.drafting.scenes.store import SceneStore, id_of, to_toml
from desktop.errors import SceneError
from tests.drafting.scenes.test_loading import PATH, SHIPPED, SOUND


@pytest.fixture
def store(tmp_path: Path) -> SceneStore:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "thanks.toml").write_text(SOUND, encoding="utf-8")
    own = tmp_path / "home" / "scenes"
    return SceneStore(own, SceneLibrary((shipped, own)))


def plain(scene: Scene) -> Scene:
    """A scene without its place."""
    return replace(scene, id="", path=Path())


def test_every_shipped_scene_is_written_as_it_was_read(tmp_path: Path) -> None:
    paths = sorted(SHIPPED.glob("*.toml"))
    assert paths
    for path in paths:
        scene = read_scene(path)
        again = parse_scene(to_toml(scene, scene.id), path)
        assert again == scene


def test_a_scene_of_odd_signs_is_written_as_it_was_read(store: SceneStore) -> None:
    odd = 'a "quoted" line\n\n\\ and """three""" quotes\n“中文”\ttab'
    scene = replace(
        plain(parse_scene(SOUND, PATH)),
        texts={
            "zh": SceneText(label="给安娜！", tone='"\\', examples=(Example('"x"\\y', odd), Example("b", "one line")))
        },
    )
    kept = store.add(scene)
    assert kept.id == "给安娜"
    assert plain(read_scene(store.own / "给安娜.toml")) == scene
    assert store.library.scene("给安娜") == kept


def test_new_scenes_get_free_ids(store: SceneStore) -> None:
    scene = plain(parse_scene(SOUND.replace("Thank-you note", "Thanks"), PATH))
    assert [store.add(scene).id for _ in range(2)] == ["thanks-2", "thanks-3"]
    assert sorted(store.library.all()) == ["thanks", "thanks-2", "thanks-3"]


@pytest.mark.parametrize(
    ("name", "scene_id"),
    [
        ("Note to Ana!", "note-to-ana"),
        ("../../etc", "etc"),
        ("请假条（学校）", "请假条-学校"),
        ("!!!", "scene"),
        ("x" * 99, "x" * 48),
    ],
)
def test_an_id_is_made_of_the_label(name: str, scene_id: str) -> None:
    text = SceneText(label=name, examples=(Example("a", "b"),))
    assert id_of(Scene(id="", template="email", group="home", path=Path(), texts={"en": text})) == scene_id


def test_a_changed_scene_takes_the_place_of_the_one_before(store: SceneStore) -> None:
    kept = store.add(plain(parse_scene(SOUND, PATH)))
    store.replace(replace(kept, group="home"))
    changed = store.library.scene(kept.id)
    assert changed is not None
    assert changed.group == "home"
    assert len(store.library.all()) == 2


def test_text_is_taken_in_under_a_free_id(store: SceneStore) -> None:
    assert store.add_text(SOUND).id == "thanks-2"
    assert store.library.all()["thanks-2"].texts == store.library.all()["thanks"].texts


def test_wrong_text_is_refused_and_nothing_is_written(store: SceneStore) -> None:
    kept = store.add_text(SOUND)
    for wrong in ("id = ", SOUND, SOUND.replace("thanks", "../thanks"), SOUND.replace("length = 60", "length = -1")):
        with pytest.raises(SceneError):
            store.replace_text(kept.id, wrong)
    with pytest.raises(SceneError):
        store.add_text(SOUND.replace('label = "感谢信"', "label = 1"))
    assert [path.name for path in store.own.iterdir()] == ["thanks-2.toml"]
    assert store.library.all()["thanks-2"].texts == kept.texts


def test_only_what_is_the_users_is_removed(store: SceneStore) -> None:
    own = store.add_text(SOUND)
    store.remove(own)
    assert list(store.library.all()) == ["thanks"]
    with pytest.raises(SceneError, match="stays"):
        store.remove(store.library.all()["thanks"])

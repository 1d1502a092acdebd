"""Scenes are read strictly, and a mistake is told with its line."""

import re
import tomllib
from pathlib import Path

import pytest

from desktop.drafting.scenes.loading import load_scenes, parse_scene, read_scene
from desktop.errors import SceneError

SHIPPED = Path(__file__).resolve().parents[3] / "assets" / "scenes"
SOUND = '''id = "thanks"
template = "email"
group = "occasions"

[en]
label = "Thank-you note"
about = "for a present or for help"
search = ["thanks", "gratitude"]
hints = ["to whom", "for what"]
structure = "greeting; thanks; closing"
length = 60
tone = "warm"

[[en.example]]
request = "thank aunt Rosa for the scarf"
text = """
Dear Rosa,

Thank you for the scarf.
"""

[zh]
label = "感谢信"

[[zh.example]]
request = "谢谢王老师"
text = """
王老师：谢谢您。
"""
'''
PATH = Path("thanks.toml")


def test_a_scene_says_what_its_file_says() -> None:
    scene = parse_scene(SOUND, PATH)
    assert (scene.id, scene.template, scene.group, scene.path) == ("thanks", "email", "occasions", PATH)
    assert scene.texts["en"].search == ("thanks", "gratitude")
    assert scene.texts["en"].length == 60
    assert scene.texts["en"].examples[0].text == "Dear Rosa,\n\nThank you for the scarf."
    assert scene.texts["zh"].examples[0].request == "谢谢王老师"
    assert scene.texts["zh"].hints == ()


def test_a_scene_of_one_language_serves_the_other() -> None:
    scene = parse_scene(SOUND[: SOUND.index("[zh]")], PATH)
    assert list(scene.texts) == ["en"]
    assert scene.text_for("zh").label == "Thank-you note"


@pytest.mark.parametrize(
    ("right", "wrong", "line", "reason"),
    [
        ('group = "occasions"', 'group = "office2"', 3, "“group” must be one of office, reports"),
        ('template = "email"\n', "", 0, "“template” is missing"),
        ('about = "for', 'abuot = "for', 7, "unknown key “en.abuot”"),
        ('hints = ["to whom", "for what"]', 'hints = "to whom"', 9, "“en.hints” must be a list of texts"),
        ("length = 60", "length = -1", 11, "“en.length” must be a whole number"),
        ("length = 60", 'length = "60"', 11, "“en.length” must be a whole number"),
        ('label = "感谢信"', 'label = " "', 23, "“zh.label” is empty"),
        ('request = "谢谢王老师"', 'request = " "', 26, "“zh.example.request” is empty"),
        ('id = "thanks"', 'id = "thank you"', 1, "is no id"),
        ('id = "thanks"', 'id = "note"', 1, "its file is called “thanks.toml”"),
        ('tone = "warm"', "tone = warm", 12, "Invalid value"),
        ('tone = "warm"', 'tone = "warm"\ntone = "cool"', 13, "Cannot overwrite a value"),
        (
            '[[zh.example]]\nrequest = "谢谢王老师"\ntext = """\n王老师：谢谢您。\n"""\n',
            "",
            22,
            "“zh.example” is missing",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(right: str, wrong: str, line: int, reason: str) -> None:
    assert right in SOUND
    with pytest.raises(SceneError, match=re.escape(reason)) as told:
        parse_scene(SOUND.replace(right, wrong, 1), PATH)
    assert told.value.line == line


def test_a_scene_without_a_language_is_none() -> None:
    with pytest.raises(SceneError, match="“en” or “zh” is missing"):
        parse_scene(SOUND[: SOUND.index("[en]")], PATH)


@pytest.mark.parametrize(
    "change",
    [
        ("[en]\n", "[en] # English\n"),
        ('"warm"', "'warm'"),
        ('tone = "warm"', 'tone = "w\\u0061rm"'),
        ('["to whom", "for what"]', '[\n  "to whom",\n  "for what",\n]'),
        ("\n", "\r\n"),
        ("Thank you for", 'Thank ""you"" for'),
        ('scarf.\n"""', 'scarf.\\\n   """'),
    ],
)
def test_however_toml_is_written_it_is_read_as_toml(tmp_path: Path, change: tuple[str, str]) -> None:
    text = SOUND.replace(*change)
    assert text != SOUND
    path = tmp_path / "thanks.toml"
    path.write_bytes(text.encode())
    meant = tomllib.loads(text)
    read = read_scene(path).texts["en"]
    assert [one.text for one in read.examples] == [one["text"].strip() for one in meant["en"]["example"]]
    assert (read.tone, list(read.hints)) == (meant["en"]["tone"], meant["en"]["hints"])


def test_the_shipped_scenes_are_read_as_toml() -> None:
    scenes = load_scenes([SHIPPED])
    assert scenes.broken == ()
    assert scenes.sound
    for path in SHIPPED.glob("*.toml"):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for language, text in scenes.sound[path.stem].texts.items():
            said = table[language]
            assert (text.label, text.about, text.tone) == (said["label"], said["about"], said["tone"])
            assert (list(text.search), list(text.hints)) == (said["search"], said["hints"])
            assert [(one.request, one.text) for one in text.examples] == [
                (one["request"].strip(), one["text"].strip()) for one in said["example"]
            ]


def test_a_broken_file_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "thanks.toml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "odd.toml").write_text("id = ", encoding="utf-8")
    (tmp_path / "latin.toml").write_bytes(b'id = "\xe4"')
    scenes = load_scenes([tmp_path])
    assert list(scenes.sound) == ["thanks"]
    assert [error.path.name for error in scenes.broken] == ["latin.toml", "odd.toml"]
    assert "not UTF-8" in scenes.broken[0].reason

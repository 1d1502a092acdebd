from pathlib import Path

import pytest

from desktop.engine.interface import Ability
from desktop.errors import ActionError
from desktop.quick.actions.action import LANGUAGES
from desktop.quick.actions.loading import import_actions, load_actions, read_actions, save_actions
from desktop.quick.editing.checks import check, usable

SHIPPED = Path(__file__).parents[3] / "assets" / "actions"
OWN = """
id = "pirate"
name = {en = "Pirate"}
prompt = {en = "Say it like a pirate: {text}"}
languages = ["en"]
"""


def write(folder: Path, text: str, name: str = "own.toml") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_all_shipped_actions_are_sound_and_have_keys_of_their_own() -> None:
    actions = load_actions([SHIPPED])
    assert actions.broken == ()
    assert len(actions.sound) == 16
    assert list(actions.sound)[:6] == ["proofread", "rewrite", "formal", "friendly", "shorter", "longer"]
    keys = [action.key for action in actions.sound.values() if action.key]
    assert len(keys) == len(set(keys)) == len(actions.sound) - 1
    assert all(set(action.name) == set(LANGUAGES) for action in actions.sound.values())


def test_the_examples_of_the_shipped_actions_hold_to_their_own_limits() -> None:
    shipped = load_actions([SHIPPED]).sound.values()
    for action in (*shipped, *(action.suited(Ability.FREE) for action in shipped if action.id != "ask")):
        for pairs in (action.examples or {}).values():
            for before, after in pairs:
                assert usable(check(before, after, action.limits)), (
                    action.id,
                    before,
                    check(before, after, action.limits),
                )


def test_an_own_action_takes_the_place_of_a_shipped_one_and_the_order_is_the_users(tmp_path: Path) -> None:
    write(tmp_path, OWN.replace('"pirate"', '"formal"'))
    actions = load_actions([SHIPPED, tmp_path], order=["translate", "gone", "formal"])
    assert list(actions.sound)[:3] == ["translate", "formal", "proofread"]
    assert actions.sound["formal"].prompt == {"en": "Say it like a pirate: {text}"}


def test_a_broken_file_does_not_hide_the_others(tmp_path: Path) -> None:
    write(tmp_path, "id = 3", "broken.toml")
    write(tmp_path, "id = " + "1" * 5000, "digits.toml")
    write(tmp_path, "id = " + "[" * 5000, "deep.toml")
    write(tmp_path, OWN)
    actions = load_actions([tmp_path])
    assert list(actions.sound) == ["pirate"]
    assert sorted(error.path.name for error in actions.broken) == ["broken.toml", "deep.toml", "digits.toml"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("id =", "colour = 'red'\nid ="), "unknown key “colour”"),
        (('name = {en = "Pirate"}', ""), "“name” is missing"),
        (("{text}", ""), "“prompt” must hold {text} once"),
        (("{text}", "{text}{more}"), "no other placeholder"),
        (('["en"]', '["en", "zh"]'), "“name” lacks a text in zh"),
        (('["en"]', '["fr"]'), "“languages” must be a list of en or zh"),
        (('"pirate"', '"Pirate Ship"'), "“id” must be words"),
        (('"pirate"', '"con"'), "“id” must not be “con”"),
        (("id =", "result = 'print'\nid ="), "“result” must be one of replace, below, copy, window"),
        (("id =", "key = 'pp'\nid ="), "“key” must be one letter"),
        (("id =", "temperature = 3\nid ="), "“temperature” must be a number between 0 and 2"),
        (("id =", "limits = {shortest = '1'}\nid ="), "“limits.shortest” must be a number between 0 and 100"),
        (("id =", "limits = {code = true}\nid ="), "unknown key “limits.code”"),
        (("id =", "examples = {en = [['a']]}\nid ="), "“examples” must be a table of lists of pairs of texts"),
        (("id =", "examples = {en = [['', 'a']]}\nid ="), "“examples” must be pairs of texts, the first not empty"),
        (("id =", "system = {zh = '你好'}\nid ="), "“system” has the unknown language “zh”"),
        (('["en"]', "[]"), "“languages” must hold en or zh, each once"),
        (('["en"]', '["en", "en"]'), "“languages” must hold en or zh, each once"),
        (("id =", "actions = 1\nid ="), "“actions” must be a list of tables, and the only key"),
        (("id =", "lookup = 1\nid ="), "“lookup” must be true or false"),
        (("id =", "id"), "Expected '='"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, change: tuple[str, str], reason: str) -> None:
    path = write(tmp_path, OWN.replace(*change))
    with pytest.raises(ActionError) as raised:
        read_actions(path)
    assert reason in str(raised.value)


def test_exported_actions_come_back_as_they_were(tmp_path: Path) -> None:
    actions = list(load_actions([SHIPPED]).sound.values())
    save_actions(actions, tmp_path / "all.toml")
    assert import_actions(tmp_path / "all.toml", tmp_path / "home") == actions
    assert list(load_actions([tmp_path / "home"]).sound.values()) == sorted(actions, key=lambda action: action.id)


def test_of_a_bundle_with_a_mistake_nothing_is_imported(tmp_path: Path) -> None:
    path = write(tmp_path, f"[[actions]]{OWN}[[actions]]\nid = 'x'")
    with pytest.raises(ActionError):
        import_actions(path, tmp_path / "home")
    assert not (tmp_path / "home").exists()


def test_a_mistake_in_one_of_several_is_named_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, f"[[actions]]{OWN}\n[[actions]]{OWN}".replace('languages = ["en"]', "colour = 1"))
    with pytest.raises(ActionError) as raised:
        read_actions(path)
    assert str(raised.value) == f"The action in {path}, line 5, cannot be used: pirate: unknown key “colour”."


def test_a_file_that_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "\nid")
    with pytest.raises(ActionError, match="line 2"):
        read_actions(path)


def test_a_mistake_in_what_is_for_models_that_can_write_is_named_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, OWN + '\n[free]\nunit = "line"\nprompt = {en = "no text"}\n')
    with pytest.raises(ActionError, match=r"must hold \{text\} once") as raised:
        read_actions(path)
    assert raised.value.line == 9


def test_what_is_for_models_that_can_write_is_saved_and_read_again(tmp_path: Path) -> None:
    path = write(
        tmp_path, OWN + '\n[free]\nunit = "line"\nlimits = {facts = "kept"}\n[free.examples]\nen = [["a", "b"]]\n'
    )
    actions = read_actions(path)
    save_actions(actions, tmp_path / "saved.toml")
    assert read_actions(tmp_path / "saved.toml") == actions
    suited = actions[0].suited(Ability.FREE)
    assert (suited.unit, suited.limits.facts, suited.examples) == ("line", "kept", {"en": (("a", "b"),)})
    assert actions[0].suited(Ability.GUIDED) is actions[0]

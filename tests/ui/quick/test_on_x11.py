"""Selections of a real editor: read, replaced, given back; mousepad (GTK) and featherpad (Qt)."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.real.screen import ROOT
from tests.ui.quick.scene import PATIENCE_S, RIGHT, WRONG, Scene, display, open_scene, scene, surroundings, until

__all__ = ["display", "scene"]


def test_the_selection_is_replaced_and_the_clipboard_is_as_before(scene: Scene) -> None:
    scene.set_clip("precious")
    scene.select_all()
    scene.call("ctrl+alt+p")
    assert scene.app.wait_for("open").startswith(f"open {WRONG!r}")
    assert scene.app.wait_for("finished") == f"finished {RIGHT!r}"
    scene.accept()
    assert scene.saved().strip() == RIGHT
    assert scene.clip() == "precious"


def test_one_undo_brings_the_text_back(scene: Scene) -> None:
    scene.select_all()
    scene.call("ctrl+alt+p")
    scene.app.wait_for("finished")
    scene.accept()
    scene.hands("key", "--clearmodifiers", "ctrl+z")
    assert scene.saved().strip() == WRONG


def test_escape_leaves_everything_as_it_was(scene: Scene) -> None:
    scene.set_clip("precious")
    scene.select_all()
    scene.call()
    scene.app.wait_for("open")
    scene.press("alt+p")
    scene.app.wait_for("finished")
    scene.press("Escape")
    scene.app.wait_for("dismissed")
    assert (scene.clip(), scene.saved().strip()) == ("precious", WRONG)


def test_with_the_editor_closed_the_result_is_on_the_clipboard_and_it_says_so(scene: Scene) -> None:
    scene.select_all()
    scene.call("ctrl+alt+p")
    scene.app.wait_for("finished")
    scene.editor.kill()
    scene.editor.wait()
    scene.press("Return")
    assert scene.app.wait_for("copied").startswith("copied Copied, because the window it came from")
    assert scene.clip() == RIGHT


def test_with_the_focus_stolen_and_the_selection_gone_nothing_is_pasted(scene: Scene) -> None:
    scene.select_all()
    scene.call("ctrl+alt+p")
    scene.app.wait_for("finished")
    scene.set_clip("something else", "primary")
    scene.press("Return")
    scene.app.wait_for("copied")
    assert scene.clip() == RIGHT
    assert scene.file.read_text(encoding="utf-8").strip() == WRONG


def test_what_is_selected_in_another_program_is_not_taken(scene: Scene) -> None:
    scene.select_all()
    scene.set_clip("an old selection", "primary")
    scene.call()
    # GTK's editor has unselected its text by then; Qt's shows it selected still.
    assert scene.app.wait_for("open").startswith(("open ''", f"open {WRONG!r}"))


def test_held_modifiers_do_not_change_the_paste(scene: Scene) -> None:
    scene.select_all()
    scene.hands("keydown", "ctrl", "keydown", "alt", "key", "p")
    scene.app.wait_for("finished")
    scene.hands("keyup", "alt", "keyup", "ctrl")
    scene.hands("keydown", "shift")
    scene.press("Return")
    scene.app.wait_for("ended")
    scene.hands("keyup", "shift")
    assert scene.saved().strip() == RIGHT


def test_called_twice_quickly_it_is_one_window(scene: Scene) -> None:
    scene.select_all()
    scene.hands("key", "--clearmodifiers", "ctrl+alt+space", "key", "--clearmodifiers", "ctrl+alt+space")
    scene.app.wait_for("open")
    again = scene.app.wait_for("open").split()
    assert int(again[-2]) == 1
    assert again[1:4] == repr(WRONG).split()


def test_a_chinese_selection_is_replaced(display: str, tmp_path: Path) -> None:
    with open_scene(display, tmp_path, "mousepad", "我门明天去学校。") as scene:
        scene.select_all()
        scene.call("ctrl+alt+p")
        assert scene.app.wait_for("finished") == "finished '我们明天去学校。'"
        scene.accept()
        assert scene.saved().strip() == "我们明天去学校。"


def test_with_another_layout_the_paste_is_a_paste(display: str, tmp_path: Path) -> None:
    """On a Russian keyboard no key writes “v” until it is switched."""
    with open_scene(display, tmp_path, "mousepad") as scene:
        environment = os.environ | {"DISPLAY": display}
        scene.select_all()
        scene.call("ctrl+alt+p")
        scene.app.wait_for("finished")
        subprocess.run(["setxkbmap", "ru,us"], env=environment, check=True)
        try:
            scene.accept()
        finally:
            subprocess.run(["setxkbmap", "us"], env=environment, check=True)
        assert scene.saved().strip() == RIGHT


def test_a_command_reaches_the_running_application(display: str, tmp_path: Path) -> None:
    with open_scene(display, tmp_path, "mousepad") as scene:
        scene.select_all()
        command = [sys.executable, "-m", "desktop", "quick"]
        environment = os.environ | {
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "INKSTONE_HOME": str(tmp_path / "home"),
            "XDG_RUNTIME_DIR": str(tmp_path),
        }
        # Two at once, as an impatient finger makes them.
        both = [subprocess.Popen([*command, "proofread"], cwd=ROOT, env=environment) for _ in range(2)]
        assert [one.wait(PATIENCE_S) for one in both] == [0, 0]
        assert scene.app.wait_for("finished") == f"finished {RIGHT!r}"
        told = subprocess.run(
            [*command, "polish"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
        )
        assert (told.returncode, "There is no action “polish”" in told.stderr) == (2, True)


def test_line_breaks_blanks_and_list_markers_are_kept(display: str, tmp_path: Path) -> None:
    text = "  - They dont know.\n\n  - We dont know. \n"
    with open_scene(display, tmp_path, "mousepad", text) as scene:
        scene.select_all()
        scene.call("ctrl+alt+p")
        scene.app.wait_for("finished")
        scene.accept()
        assert scene.saved() == text.replace("dont", "don't")


def test_focus_that_another_window_took_is_given_back_or_nothing_is_pasted(display: str, tmp_path: Path) -> None:
    """A window that takes the keyboard in the moment of the paste does not get the text."""
    with open_scene(display, tmp_path, "mousepad") as scene:
        other = tmp_path / "other.txt"
        other.write_text("Mine.", encoding="utf-8")
        thief = subprocess.Popen(
            ["featherpad", "--standalone", str(other)],
            env=os.environ | {"DISPLAY": display, "HOME": str(tmp_path), "QT_QPA_PLATFORM": "xcb"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            found: list[str] = []

            def look() -> bool:
                found.extend(_windows(scene, "other.txt"))
                return bool(found)

            until(look)
            scene.select_all()
            scene.call("ctrl+alt+p")
            scene.app.wait_for("finished")
            scene.press("Return")
            for _ in range(3):
                scene.hands("windowactivate", found[-1])
            end = ""
            while not end.startswith(("ended", "copied")):
                end = scene.app.lines.get(timeout=PATIENCE_S)
            scene.hands("windowactivate", "--sync", found[-1])
            scene.hands("key", "--clearmodifiers", "ctrl+s")
            if end.startswith("copied"):
                assert scene.clip() == RIGHT
            else:
                until(scene.in_front)
                assert scene.saved().strip() == RIGHT
            assert other.read_text(encoding="utf-8").strip() == "Mine."
        finally:
            thief.kill()
            thief.wait()


def _windows(scene: Scene, name: str) -> list[str]:
    try:
        return scene.hands("search", "--onlyvisible", "--name", name).split()
    except subprocess.CalledProcessError:  # there is none
        return []


def test_with_a_clipboard_manager_the_paste_happens_and_the_clipboard_is_as_before(
    display: str, tmp_path: Path
) -> None:
    """Parcellite fetches everything new; only what the editor fetches counts as a paste."""
    if shutil.which("parcellite") is None:
        pytest.fail("This test needs a clipboard manager; install it with: apt-get install parcellite")
    with open_scene(display, tmp_path, "mousepad") as scene:
        service = subprocess.Popen(
            ["parcellite", "--no-icon"],
            env=os.environ | {"DISPLAY": display, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            scene.set_clip("precious")
            scene.select_all()
            scene.call("ctrl+alt+p")
            scene.app.wait_for("finished")
            scene.accept()
            assert scene.saved().strip() == RIGHT
            until(lambda: scene.clip() == "precious")
        finally:
            service.kill()
            service.wait()


def test_of_two_that_are_started_at_once_one_stays_and_opens_one_window(display: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.ui.quick.driver", "proofread"]
    environment = surroundings(display, tmp_path)
    both = [
        subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        for _ in range(2)
    ]
    try:
        until(lambda: any(one.poll() is not None for one in both))
        (stays,) = (one for one in both if one.poll() is None)
        (left,) = (one for one in both if one is not stays)
        assert left.returncode == 0
        assert stays.stdout is not None
        patience = threading.Timer(PATIENCE_S, stays.kill)
        patience.start()
        line = ""
        while not line.startswith("open"):  # for both, where the second call comes while the first is on its way
            line = stays.stdout.readline()
            assert line, "it never opened"
        patience.cancel()
        assert line.split()[-2] == "1"
    finally:
        for one in both:
            one.kill()
            one.wait()
            assert one.stdout is not None
            one.stdout.close()

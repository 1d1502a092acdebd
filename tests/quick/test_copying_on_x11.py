"""Selections that a real editor keeps to itself: they are copied, and the clipboard is as before."""

import queue
import signal
from pathlib import Path

import pytest

from tests.quick.scene import RIGHT, WRONG, Scene, display, open_scene, scene, until

__all__ = ["display", "scene"]


def test_a_selection_that_a_program_keeps_to_itself_is_copied_and_the_clipboard_is_as_before(
    display: str, tmp_path: Path
) -> None:
    """Qt's editors do not make what Ctrl+A selects the PRIMARY selection."""
    with open_scene(display, tmp_path, "featherpad") as scene:
        scene.set_clip("", "primary")
        until(scene.in_front)
        scene.set_clip("precious")
        scene.hands("key", "--clearmodifiers", "ctrl+a")
        scene.call("ctrl+alt+p")
        assert scene.app.wait_for("open").startswith(f"open {WRONG!r}")
        assert scene.clip() == "precious"
        scene.accept()
        assert scene.saved().strip() == RIGHT
        assert scene.clip() == "precious"


def test_a_slow_program_is_waited_for_when_it_copies_and_the_clipboard_is_as_before(
    display: str, tmp_path: Path
) -> None:
    """On a busy machine an editor comes to its keys late; giving up by then would leave its copy on the clipboard."""
    with open_scene(display, tmp_path, "featherpad") as scene:
        scene.set_clip("", "primary")
        until(scene.in_front)
        scene.set_clip("precious")
        scene.hands("key", "--clearmodifiers", "ctrl+a")
        scene.editor.send_signal(signal.SIGSTOP)
        scene.call("ctrl+alt+p")
        with pytest.raises(queue.Empty):
            scene.app.lines.get(timeout=1)  # it does not open on nothing
        scene.editor.send_signal(signal.SIGCONT)
        assert scene.app.wait_for("open").startswith(f"open {WRONG!r}")
        assert scene.clip() == "precious"


def test_a_program_that_hangs_does_not_keep_the_window_from_opening(display: str, tmp_path: Path) -> None:
    with open_scene(display, tmp_path, "featherpad") as scene:
        scene.set_clip("", "primary")
        until(scene.in_front)
        scene.editor.send_signal(signal.SIGSTOP)
        scene.call()
        assert scene.app.wait_for("open").startswith("open ''")
        scene.editor.send_signal(signal.SIGCONT)


def test_held_keys_do_not_spoil_the_copy(display: str, tmp_path: Path) -> None:
    with open_scene(display, tmp_path, "featherpad") as scene:
        scene.set_clip("", "primary")
        until(scene.in_front)
        scene.hands("key", "--clearmodifiers", "ctrl+a")
        scene.hands("keydown", "ctrl", "keydown", "alt", "keydown", "p")
        assert scene.app.wait_for("open").startswith(f"open {WRONG!r}")
        scene.hands("keyup", "p", "keyup", "alt", "keyup", "ctrl")


def test_with_nothing_selected_it_is_a_question_and_the_clipboard_is_not_touched(scene: Scene) -> None:
    scene.set_clip("precious")
    until(scene.in_front)
    scene.call()
    assert scene.app.wait_for("open").startswith("open ''")
    assert scene.clip() == "precious"

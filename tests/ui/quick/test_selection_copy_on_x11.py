"""Selections that a real editor keeps to itself: they are copied, and the clipboard is as before."""

import queue
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.quick.scene import RIGHT, WRONG, Scene, display, open_scene, scene, until

__all__ = ["display", "scene"]


@pytest.fixture
def all_selected(display: str, tmp_path: Path) -> Iterator[Scene]:
    """An editor in front with all of its text selected, and something precious on the clipboard.

    Qt's editors do not make what Ctrl+A selects the PRIMARY selection.
    """
    with open_scene(display, tmp_path, "featherpad") as scene:
        scene.set_clip("", "primary")
        until(scene.in_front)
        scene.hands("key", "--clearmodifiers", "ctrl+a", "ctrl+c")
        until(lambda: scene.clip().strip() == WRONG)  # the editor has come to its keys
        scene.set_clip("precious")
        yield scene


def test_a_selection_that_a_program_keeps_to_itself_is_copied_and_the_clipboard_is_as_before(
    all_selected: Scene,
) -> None:
    all_selected.call("ctrl+alt+p")
    assert all_selected.app.wait_for("open").startswith(f"open {WRONG!r}")
    assert all_selected.clip() == "precious"
    all_selected.app.wait_for("finished")
    all_selected.accept()
    assert all_selected.saved().strip() == RIGHT
    assert all_selected.clip() == "precious"


def opens(scene: Scene) -> bool:
    """Whether the application says within half a second of its last word that it opens."""
    try:
        while not scene.app.lines.get(timeout=0.5).startswith("open"):
            pass
    except queue.Empty:
        return False
    return True


def test_a_slow_program_is_waited_for_when_it_copies_and_the_clipboard_is_as_before(all_selected: Scene) -> None:
    """On a busy machine an editor comes to its keys late; giving up by then would leave its copy on the clipboard."""
    all_selected.editor.send_signal(signal.SIGSTOP)
    all_selected.call("ctrl+alt+p")
    assert not opens(all_selected)
    all_selected.editor.send_signal(signal.SIGCONT)
    assert all_selected.app.wait_for("open").startswith(f"open {WRONG!r}")
    assert all_selected.clip() == "precious"


def test_a_program_that_hangs_does_not_keep_the_window_from_opening(display: str, tmp_path: Path) -> None:
    with open_scene(display, tmp_path, "featherpad") as scene:
        scene.set_clip("", "primary")
        until(scene.in_front)
        scene.editor.send_signal(signal.SIGSTOP)
        scene.call()
        assert scene.app.wait_for("open").startswith("open ''")
        scene.editor.send_signal(signal.SIGCONT)


def test_held_keys_do_not_spoil_the_copy(all_selected: Scene) -> None:
    all_selected.hands("keydown", "ctrl", "keydown", "alt", "keydown", "p")
    assert all_selected.app.wait_for("open").startswith(f"open {WRONG!r}")
    all_selected.hands("keyup", "p", "keyup", "alt", "keyup", "ctrl")


def test_with_nothing_selected_it_is_a_question_and_the_clipboard_is_not_touched(scene: Scene) -> None:
    scene.set_clip("precious")
    until(scene.in_front)
    scene.call()
    assert scene.app.wait_for("open").startswith("open ''")
    assert scene.clip() == "precious"

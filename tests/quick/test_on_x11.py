"""Selections of a real editor, on a virtual screen with a window manager: mousepad (GTK) and featherpad (Qt)."""

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.real.screen import ROOT, RunningWindow, virtual_screen

WRONG, RIGHT = "She dont know.", "She doesn't know."
EDITORS = ["mousepad", "featherpad"]
PATIENCE_S = 20


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with virtual_screen() as name:
        yield name


@dataclass
class Scene:
    """An editor with a file, and the application."""

    app: RunningWindow
    editor: "subprocess.Popen[bytes]"
    file: Path
    display: str

    def hands(self, *command: str) -> str:
        return self.app.hands(*command)

    def select_all(self) -> None:
        until(self._in_front)
        # Not Ctrl+A: Qt's editors keep such a selection to themselves.
        self.hands("key", "--clearmodifiers", "ctrl+Home")
        self.hands("key", "--clearmodifiers", "ctrl+shift+End")
        until(lambda: self.clip("primary").strip() == self.file.read_text(encoding="utf-8").strip())

    def _in_front(self) -> bool:
        try:
            found = self.hands("search", "--onlyvisible", "--name", "letter.txt").split()
            self.hands("windowactivate", "--sync", found[-1])
        except (subprocess.CalledProcessError, IndexError):
            return False  # it is being opened
        return True

    def clip(self, selection: str = "clipboard") -> str:
        done = subprocess.run(
            ["xclip", "-o", "-selection", selection],
            env=os.environ | {"DISPLAY": self.display},
            capture_output=True,
            timeout=PATIENCE_S,
        )
        return done.stdout.decode()

    def set_clip(self, text: str, selection: str = "clipboard") -> None:
        subprocess.run(
            ["xclip", "-i", "-selection", selection],
            env=os.environ | {"DISPLAY": self.display},
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )

    def call(self, *keys: str) -> None:
        self.hands("key", "--clearmodifiers", *(keys or ("ctrl+alt+space",)))

    def press(self, key: str) -> None:
        """Press a key once the quick window has the keyboard; on a busy machine that takes a while."""
        until(self._has_keyboard)
        self.hands("key", "--clearmodifiers", key)

    def _has_keyboard(self) -> bool:
        try:
            return "Inkstone" in self.hands("getactivewindow", "getwindowname")
        except subprocess.CalledProcessError:
            return False

    def accept(self) -> None:
        """Press Enter in the quick window and wait until the result is pasted."""
        self.press("Return")
        said: list[str] = []
        try:
            while not said or said[-1] != "ended":
                said.append(self.app.lines.get(timeout=PATIENCE_S))
                assert not said[-1].startswith("copied"), said
        except queue.Empty:
            pytest.fail(f"it never ended: {said}, {self.file.read_text(encoding='utf-8')!r}")

    def saved(self) -> str:
        """Save as the user does; give what the file holds."""
        self.hands("key", "--clearmodifiers", "ctrl+s")
        time.sleep(0.3)  # the editor tells nobody that it has saved
        return self.file.read_text(encoding="utf-8")


def until(met: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not met():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.05)


@pytest.fixture(params=EDITORS)
def scene(request: pytest.FixtureRequest, display: str, tmp_path: Path) -> Iterator[Scene]:
    with open_scene(display, tmp_path, request.param) as one:
        yield one


def surroundings(display: str, folder: Path) -> dict[str, str]:
    """Give the environment of the application and the editors, all in one folder."""
    environment = os.environ | {
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "INKSTONE_HOME": str(folder / "home"),
        "XDG_RUNTIME_DIR": str(folder),
        "HOME": str(folder),
        "GSETTINGS_BACKEND": "memory",
        "NO_AT_BRIDGE": "1",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
    environment.pop("WAYLAND_DISPLAY", None)
    return environment


class open_scene:  # noqa: N801 - used as a function
    def __init__(self, display: str, tmp_path: Path, editor: str, text: str = WRONG) -> None:
        self._display, self._tmp, self._editor, self._text = display, tmp_path, editor, text

    def __enter__(self) -> Scene:
        if shutil.which(self._editor) is None:
            pytest.fail(f"This test needs an editor; install it with: apt-get install {self._editor}")
        home = self._tmp / "home"
        home.mkdir()
        (home / "quick.toml").write_text(
            '[shortcuts]\n"" = "Ctrl+Alt+Space"\nproofread = "Ctrl+Alt+P"\n', encoding="utf-8"
        )
        file = self._tmp / "letter.txt"
        file.write_text(self._text, encoding="utf-8")
        environment = surroundings(self._display, self._tmp)
        self._process = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", "-m", "tests.quick.driver"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        app = RunningWindow(self._process, self._display, queue.Queue())

        def listen() -> None:
            assert self._process.stdout is not None
            for line in self._process.stdout:
                app.lines.put(line.rstrip("\n"))

        self._listener = threading.Thread(target=listen)
        self._listener.start()
        app.wait_for("ready")
        editor = subprocess.Popen(
            [self._editor, str(file)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.scene = Scene(app, editor, file, self._display)
        return self.scene

    def __exit__(self, *_: object) -> None:
        for process in (self.scene.editor, self._process):
            process.kill()
            process.wait()
        self._listener.join()
        assert self._process.stdout is not None
        self._process.stdout.close()


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


def test_a_selection_that_a_program_keeps_to_itself_is_copied_and_the_clipboard_is_as_before(
    display: str, tmp_path: Path
) -> None:
    """Qt's editors do not make what Ctrl+A selects the PRIMARY selection."""
    with open_scene(display, tmp_path, "featherpad") as scene:
        scene.set_clip("", "primary")
        until(scene._in_front)
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
        until(scene._in_front)
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
        until(scene._in_front)
        scene.editor.send_signal(signal.SIGSTOP)
        scene.call()
        assert scene.app.wait_for("open").startswith("open ''")
        scene.editor.send_signal(signal.SIGCONT)


def test_held_keys_do_not_spoil_the_copy(display: str, tmp_path: Path) -> None:
    with open_scene(display, tmp_path, "featherpad") as scene:
        scene.set_clip("", "primary")
        until(scene._in_front)
        scene.hands("key", "--clearmodifiers", "ctrl+a")
        scene.hands("keydown", "ctrl", "keydown", "alt", "keydown", "p")
        assert scene.app.wait_for("open").startswith(f"open {WRONG!r}")
        scene.hands("keyup", "p", "keyup", "alt", "keyup", "ctrl")


def test_with_nothing_selected_it_is_a_question_and_the_clipboard_is_not_touched(scene: Scene) -> None:
    scene.set_clip("precious")
    until(scene._in_front)
    scene.call()
    assert scene.app.wait_for("open").startswith("open ''")
    assert scene.clip() == "precious"


def test_line_breaks_blanks_and_list_markers_are_kept(display: str, tmp_path: Path) -> None:
    text = "  - She dont know.\n\n  - He dont know. \n"
    with open_scene(display, tmp_path, "mousepad", text) as scene:
        scene.select_all()
        scene.call("ctrl+alt+p")
        scene.app.wait_for("finished")
        scene.accept()
        assert scene.saved() == text.replace("dont", "doesn't")


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
                until(scene._in_front)
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
        keeper = subprocess.Popen(
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
            keeper.kill()
            keeper.wait()


def test_of_two_that_are_started_at_once_one_stays_and_opens_one_window(display: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.quick.driver", "proofread"]
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

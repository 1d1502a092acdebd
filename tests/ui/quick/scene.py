"""A real editor beside the application, on a virtual screen with a window manager: mousepad (GTK), featherpad (Qt)."""

import os
import queue
import shutil
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
        until(self.in_front)
        # Not Ctrl+A: Qt's editors keep such a selection to themselves.
        self.hands("key", "--clearmodifiers", "ctrl+Home")
        self.hands("key", "--clearmodifiers", "ctrl+shift+End")
        until(lambda: self.clip("primary").strip() == self.file.read_text(encoding="utf-8").strip())

    def in_front(self) -> bool:
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
            [sys.executable, "-X", "faulthandler", "-m", "tests.ui.quick.driver"],
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

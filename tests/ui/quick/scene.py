"""A real editor beside the application, on a virtual screen with a window manager: mousepad (GTK), featherpad (Qt)."""

import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.real.screen import ROOT, RunningWindow, virtual_screen

WRONG, RIGHT = "They dont know.", "They don't know."
EDITORS = ["mousepad", "featherpad"]
PATIENCE_S = 60  # of a machine that does much else; nothing is waited for that long where all is well


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
        """Save as the user does; give what the file holds.

        The editor tells nobody when it has saved, or that a save changed nothing: a sign at the end of the text, typed
        behind all that was pasted, tells which state of it is in the file.
        """
        until(self.in_front)
        for key in ("ctrl+End", "7", "ctrl+s"):
            self.hands("key", "--clearmodifiers", key)
        until(lambda: self.file.read_text(encoding="utf-8").rstrip("\n").endswith("7"))
        text, _, ends = self.file.read_text(encoding="utf-8").rpartition("7")
        return text if text.endswith("\n") else text + ends  # mousepad ends a last line that has no end


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


@contextmanager
def open_scene(display: str, folder: Path, editor: str, text: str = WRONG) -> Iterator[Scene]:
    """Start the application and an editor; both end, whatever happens: left alone, it would keep the keys grabbed."""
    if shutil.which(editor) is None:
        pytest.fail(f"This test needs an editor; install it with: apt-get install {editor}")
    home = folder / "home"
    home.mkdir()
    (home / "quick.toml").write_text('[shortcuts]\n"" = "Ctrl+Alt+Space"\nproofread = "Ctrl+Alt+P"\n', encoding="utf-8")
    file = folder / "letter.txt"
    file.write_text(text, encoding="utf-8")
    environment = surroundings(display, folder)
    with application(display, environment) as app:
        app.wait_for("ready")
        opened = subprocess.Popen(
            [editor, str(file)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            yield Scene(app, opened, file, display)
        finally:
            opened.kill()
            opened.wait()


@contextmanager
def application(display: str, environment: dict[str, str]) -> Iterator[RunningWindow]:
    process = subprocess.Popen(
        [sys.executable, "-X", "faulthandler", "-m", "tests.ui.quick.driver"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    app = RunningWindow(process, display, queue.Queue())

    def listen() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            app.lines.put(line.rstrip("\n"))

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        yield app
    finally:
        process.kill()
        process.wait()
        listener.join()
        assert process.stdout is not None
        process.stdout.close()

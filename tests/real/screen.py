"""A screen without a monitor: Xvfb with the openbox window manager, and hands: xdotool."""

import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = {"Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool"}
PATIENCE_S = 60.0  # of a machine that does much else; nothing is waited for that long where all is well


@contextmanager
def virtual_screen() -> Iterator[str]:
    """Give the name of a display with a window manager on it, as `DISPLAY` wants it."""
    lacking = [package for program, package in PACKAGES.items() if shutil.which(program) is None]
    if lacking:
        pytest.fail(f"These tests need a virtual screen; install it with: apt-get install {' '.join(lacking)}")
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as numbers:
        display = f":{numbers.readline().strip()}"
    # openbox runs its startup command once it manages windows: the end of that is the sign to begin.
    manager = subprocess.Popen(
        ["openbox", "--sm-disable", "--startup", "echo ready"],
        env=os.environ | {"DISPLAY": display},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert manager.stdout is not None
        assert "ready\n" in iter(manager.stdout.readline, ""), "openbox did not start"
        yield display
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait()
        manager.stdout.close()  # type: ignore[union-attr]  # it was asked for


@dataclass
class RunningWindow:
    """The application in a process of its own.

    Attributes:
        process: the application.
        display: where it is shown.
        lines: what it says, as it says it.
    """

    process: "subprocess.Popen[str]"
    display: str
    lines: "queue.Queue[str]" = field(default_factory=queue.Queue)

    def wait_for(self, beginning: str) -> str:
        """Wait for a line that begins so."""
        try:
            while not (line := self.lines.get(timeout=PATIENCE_S)).startswith(beginning):
                pass
        except queue.Empty:
            pytest.fail(f"the window never said “{beginning}”")
        return line

    def wait_for_all(self, *beginnings: str) -> list[str]:
        """Wait for lines that come in any order: one for each beginning, given in the order asked for."""
        found: dict[str, str] = {}
        while len(found) < len(beginnings):
            missing = tuple(beginning for beginning in beginnings if beginning not in found)
            try:
                line = self.lines.get(timeout=PATIENCE_S)
            except queue.Empty:
                pytest.fail(f"the window never said “{'”, “'.join(missing)}”")
            found |= {beginning: line for beginning in missing if line.startswith(beginning)}
        return [found[beginning] for beginning in beginnings]

    def hands(self, *command: str) -> str:
        """Do something with keyboard or mouse, as the user would."""
        done = subprocess.run(
            ["xdotool", *command],
            env=os.environ | {"DISPLAY": self.display},
            check=True,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
        )
        return done.stdout

    def take_focus(self, title: str = "Inkstone") -> None:
        """Bring the window to the front, as a click on it does; it is named after its conversation."""
        found = self.hands("search", "--sync", "--onlyvisible", "--name", title).split()
        self.hands("windowactivate", "--sync", found[-1])


@contextmanager
def running_window(display: str, home: Path, *how: str) -> Iterator[RunningWindow]:
    """Start the application's window, as the driver is told; whatever happens, it is gone afterwards."""
    environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "INKSTONE_HOME": str(home)}
    process = subprocess.Popen(
        [sys.executable, "-X", "faulthandler", "-m", "tests.real.driver", *how],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    window = RunningWindow(process, display)

    def listen() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            window.lines.put(line.rstrip("\n"))

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        yield window
    finally:
        process.kill()
        process.wait()
        listener.join()
        for stream in (process.stdout, process.stderr):
            assert stream is not None
            stream.close()

"""How soon a quick prompt is there and says something: `python -m tests.bench.quick_latency`.

The real application with its real model, on a virtual screen with a window manager. Keys are pressed with XTEST; a
window is there when the X server maps it, a result when what is written is more than a beginning of the selection.
Prints one line of JSON for each: median and worst in milliseconds, and the goal.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext import xtest

from tests.real.screen import ROOT, virtual_screen

CALLS, TEXTS, STARTS = 15, 5, 5
PATIENCE_S = 60.0
KEYS = {"": "space", "proofread": "p", "rewrite": "r"}
EDITOR = """
import sys
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QPlainTextEdit
application = QApplication([])
edit = QPlainTextEdit()
edit.setWindowTitle("editor")
edit.show()
edit.setPlainText(sys.stdin.readline().strip())
application.clipboard().setText(edit.toPlainText(), QClipboard.Mode.Selection)
application.exec()
"""


def fifty_words(number: int) -> str:
    """Give the first sentences of a text with mistakes, up to 50 words or a little more."""
    texts = (Path(__file__).parent / "proofreading.txt").read_text(encoding="utf-8").split("\n---\n")
    chosen: list[str] = []
    for sentence in texts[number].strip().replace(". ", ".\0").split("\0"):
        if len(" ".join(chosen).split()) < 45:
            chosen.append(sentence)
    return " ".join(chosen)


class Screen:
    """Presses keys, and sees the window of the quick prompt come."""

    def __init__(self, name: str) -> None:
        self._display = Display(name)
        self._root = self._display.screen().root
        self._root.change_attributes(event_mask=X.SubstructureNotifyMask)
        self._display.sync()

    def bring(self, title: str) -> None:
        """Give the keyboard to a window, and wait until it has it."""
        environment = os.environ | {"DISPLAY": self._display.get_display_name()}
        command = ["xdotool", "search", "--onlyvisible", "--name", f"^{title}$", "windowactivate", "--sync"]
        subprocess.run(command, env=environment, check=True, timeout=PATIENCE_S)

    def press(self, *names: str) -> float:
        """Press keys together; gives the moment before the last one went down (of `time.monotonic`)."""
        codes = [self._display.keysym_to_keycode(XK.string_to_keysym(name)) for name in names]
        for code in codes[:-1]:
            xtest.fake_input(self._display, X.KeyPress, code)
        self._display.sync()
        while self._display.pending_events():
            self._display.next_event()
        moment = time.monotonic()
        xtest.fake_input(self._display, X.KeyPress, codes[-1])
        self._display.flush()
        for code in reversed(codes):
            xtest.fake_input(self._display, X.KeyRelease, code)
        self._display.flush()
        return moment

    def wait_mapped(self, title: str) -> float:
        """Wait until a window of this title is mapped; gives the moment."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            if not self._display.pending_events():
                time.sleep(0.0005)  # it has no other way to wait for a limited time
                continue
            event = self._display.next_event()
            moment = time.monotonic()
            if event.type == X.MapNotify and any(title in name for name in _titles(event.window)):
                return moment
        raise TimeoutError(title)


def _titles(window: "object") -> Iterator[str]:
    """Name a window and those in it: a window manager puts a frame around."""
    from Xlib.error import XError

    try:
        yield str(window.get_wm_name() or "")  # type: ignore[attr-defined]  # python-xlib has no types
        for child in window.query_tree().children:  # type: ignore[attr-defined]
            yield from _titles(child)
    except XError:
        return  # it is gone


@contextmanager
def process(display: str, home: Path, *command: str, **more: "object") -> Iterator["subprocess.Popen[str]"]:
    """Run a program on the screen."""
    environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "INKSTONE_HOME": str(home)}
    started = subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **more  # type: ignore[call-overload]
    )  # fmt: skip
    try:
        yield started
    finally:
        started.kill()
        started.communicate()


def said(application: "subprocess.Popen[str]", beginning: str) -> float:
    """Wait until the application says this; gives the moment that it names."""
    assert application.stdout is not None
    for line in application.stdout:
        what, _, moment = line.rpartition(" ")
        if what == beginning:
            return float(moment)
    raise RuntimeError(f"the application ended without saying “{beginning}”")


def tell(what: str, goal_ms: float, seconds: Sequence[float]) -> None:
    """Print a row."""
    median, worst = 1000 * statistics.median(seconds), 1000 * max(seconds)
    row = {
        "what": what,
        "median_ms": round(median),
        "worst_ms": round(worst),
        "times": len(seconds),
        "goal_ms": goal_ms,
    }
    print(json.dumps(row), flush=True)


def running(display: str, home: Path) -> None:
    """Measure with the application running."""
    screen = Screen(display)
    with process(display, home, sys.executable, "-m", "tests.bench.quick_latency", "--serve") as application:
        said(application, "loaded")
        waits: dict[str, list[float]] = {}
        for number in range(TEXTS):
            text = fifty_words(number)
            with process(display, home, sys.executable, "-c", EDITOR) as editor:
                assert editor.stdin is not None
                editor.stdin.write(text + "\n")
                editor.stdin.flush()
                screen.wait_mapped("editor")
                for action in ("", "proofread", "rewrite"):
                    for _ in range(CALLS // TEXTS + 1 if not action else 1):
                        screen.bring("editor")
                        time.sleep(0.3)  # a user selects before calling; nobody tells that the selection is held
                        begun = screen.press("Control_L", "Alt_L", KEYS[action])
                        waits.setdefault("window", []).append(screen.wait_mapped("Inkstone quick prompt") - begun)
                        if action:
                            waits.setdefault(f"{action} first", []).append(said(application, "first") - begun)
                            waits.setdefault(f"{action} whole", []).append(said(application, "finished") - begun)
                        else:
                            time.sleep(0.3)  # as long as a user looks at least
                        screen.press("Escape")
                        said(application, "ended")
    tell("key to window", 100, waits["window"])
    for action in ("proofread", "rewrite"):
        tell(f"{action}: key to first changed word of 50", 700, waits[f"{action} first"])
        tell(f"{action}: key to the end of 50 words", 0, waits[f"{action} whole"])


def starting(display: str, home: Path) -> None:
    """Measure `inkstone quick` where nothing runs."""
    screen, waits = Screen(display), []
    for _ in range(STARTS):
        begun = time.monotonic()
        with process(display, home, sys.executable, "-m", "desktop", "quick"):
            waits.append(screen.wait_mapped("Inkstone quick prompt") - begun)
    tell("inkstone quick to window", 1500, waits)


def serve() -> int:
    """Run the application, telling what happens and when."""
    from desktop import services
    from desktop.paths import AppPaths, app_paths
    from desktop.settings import Settings
    from desktop.ui import application
    from desktop.ui.models.chat_worker import ChatWorker
    from desktop.ui.quick.quick_prompt import QuickPrompt
    from desktop.ui.window.main_window import MainWindow

    def say(what: str) -> None:
        print(what, time.monotonic(), flush=True)

    make, connect = application.make_quick, application.connect

    def make_and_tell(paths: AppPaths, worker: ChatWorker, window: MainWindow) -> QuickPrompt:
        prompt = make(paths, worker, window)
        seen: set[object] = set()
        worker_of_prompt = prompt._worker

        def written(run: "object", text: str) -> None:
            if run not in seen and text and not run.text.startswith(text):  # type: ignore[attr-defined]  # or it is not changed yet
                seen.add(run)
                say("first")

        def finished(run: "object", outcome: "object") -> None:
            if run not in seen:  # nothing was changed
                say("first")
            say("finished")

        worker_of_prompt.written.connect(written)
        worker_of_prompt.finished.connect(finished)
        prompt.ended.connect(lambda: say("ended"))
        return prompt

    def connect_and_tell(window: MainWindow, worker: ChatWorker) -> None:
        connect(window, worker)
        worker.loaded.connect(lambda _info: say("loaded"))

    application.make_quick, application.connect = make_and_tell, connect_and_tell
    paths, settings = app_paths(), Settings(model="tiny", theme="light", language="en", welcomed=True)
    return application.run_window(paths, settings, lambda chosen: services.open_engine(paths, chosen))


def main() -> None:
    """Measure everything."""
    with virtual_screen() as display, tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        lines = "\n".join(f'"{action}" = "Ctrl+Alt+{key.capitalize()}"' for action, key in KEYS.items())
        (home / "quick.toml").write_text(f"[shortcuts]\n{lines}\n", encoding="utf-8")
        starting(display, home)
        running(display, home)


if __name__ == "__main__":
    if "--serve" in sys.argv:
        sys.exit(serve())
    main()

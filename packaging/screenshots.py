"""Take the pictures of the README: the real window, the real model, in both themes and both languages.

Run as `make screenshots`, with the starter model prepared and the Debian packages xvfb, openbox, fonts-inter and
fonts-noto-cjk installed: the window opens on a screen of its own, under a window manager, on a desktop whose font is
Inter, so that the pictures are the same wherever they are taken.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QWidget

from desktop.chat.assistant import Request
from desktop.chat.history_unlocker import HistoryUnlocker
from desktop.engine.interface import Event, Finished, Sampling
from desktop.paths import app_paths
from desktop.services import export_draft, open_actions, open_engine, open_examples, open_temporary_history
from desktop.settings import InterfaceLanguage, Settings, Theme
from desktop.ui.application import connect, drafting_service, make_window, scene_service
from desktop.ui.drafting.environment import DraftingEnvironment
from desktop.ui.drafting.window import DraftingOpener, DraftingWindow
from desktop.ui.models.chat_worker import ChatThread, ChatWorker
from desktop.ui.widgets.appearance import Appearance
from desktop.ui.widgets.preferences import Preferences
from desktop.ui.widgets.translations import Translations
from desktop.ui.window.dialogs import Dialogs
from desktop.ui.window.main_window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
FOLDER, ICONS = ROOT / "assets" / "screenshots", ROOT / "assets" / "icons"
INSIDE = "INKSTONE_SCREENSHOTS_INSIDE"
ASKED = (
    "A toast for Maria's retirement",
    "Next week's plan for the sales team",
    "Explain photosynthesis to a class of twelve-year-olds.",
)
GIVEN = {"topic": "customer support team", "period": "this week", "length": "200 words"}
POINTS = "Answered 340 tickets\nMedian reply time is 3 hours\nAnna joins on Monday"
PAUSE_MS = 500
WRITTEN_IN_CHINESE = "改写成黑板上用的五个要点"
WRITTEN = "now as five bullet points for the blackboard"
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <match target="pattern">
    <test name="family"><string>sans-serif</string></test>
    <edit name="family" mode="prepend" binding="strong"><string>Inter</string><string>Noto Sans CJK SC</string></edit>
  </match>
</fontconfig>
"""


def open_a_screen(arguments: list[str]) -> int:
    """Run this script again on a screen of its own."""
    with tempfile.TemporaryDirectory() as folder:
        fonts = Path(folder) / "fonts.conf"
        fonts.write_text(FONTS, encoding="utf-8")
        environment = os.environ | {INSIDE: "1", "FONTCONFIG_FILE": str(fonts), "QT_QPA_PLATFORM": "xcb"}
        screen = ["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1600x1000x24 -nolisten tcp"]
        command = [*screen, sys.executable, __file__, *arguments]
        return subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode


class Photographer(QObject):
    """Asks one question after another, then takes the pictures, state by state."""

    def __init__(self, app: QApplication, window: MainWindow, worker: ChatWorker, drafting: DraftingOpener) -> None:
        super().__init__(app)
        self._app, self._window, self._questions = app, window, list(ASKED)
        self._drafting, self._acted = drafting, False
        self._shown: QWidget = window
        self._dialogs = Dialogs(window, HistoryUnlocker(Path("/home/maria/.local/share/inkstone/history")))
        self._states = list(self._all_states())
        worker.loaded.connect(self._ask)
        worker.happened.connect(self._watch)
        worker.load_failed.connect(self._give_up)
        worker.model_missing.connect(self._give_up)
        worker.failed.connect(self._give_up)

    def _all_states(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """Give the name of each picture, and what makes the window look so."""
        window = self._window
        looks: list[tuple[Theme, InterfaceLanguage]] = [
            ("light", "en"),
            ("dark", "en"),
            ("light", "zh_CN"),
            ("dark", "zh_CN"),
        ]
        for theme, language in looks:
            ending = theme if language == "en" else f"zh-{theme}"
            yield f"chat-{ending}", partial(self._show_chat, theme, language)
            yield f"start-{ending}", window.conversations.new
            yield f"search-{ending}", self._search
            yield f"settings-{ending}", partial(self._dialogs.open_settings, "history")
        yield "gallery-zh-dark", self._show_gallery
        yield "canvas-light", self._show_canvas

    def _search(self) -> None:
        self._window.sidebar.search.setText("team")  # of now: the sidebar is made anew with the language

    def _open_drafting(self) -> DraftingWindow:
        if self._dialogs.settings is not None:
            self._dialogs.settings.reject()
        self._drafting.open()
        assert self._drafting.window is not None  # noqa: S101  # it was just opened
        self._shown = self._drafting.window
        return self._drafting.window

    def _show_gallery(self) -> None:
        self._open_drafting()

    def _show_canvas(self) -> None:
        """Show the changes that an action on a written draft wants to make."""
        canvas = self._open_drafting().pane.canvas
        if canvas is not None:
            canvas.page.verticalScrollBar().setValue(0)

    def _draft(self) -> None:
        """Have a draft written, then a paragraph of it made more formal; the pictures go on behind that."""
        self._drafting.end()  # it speaks the language of when it was opened
        self._window.preferences.change(theme="light", language="en")
        pane = self._open_drafting().pane
        pane.begin("work_report", GIVEN)
        assert pane.form is not None  # noqa: S101  # it was just begun
        pane.form.points.setPlainText(POINTS)
        pane.changed.connect(self._act)
        pane.form.submit()

    @Slot()
    def _act(self) -> None:
        pane = self._open_drafting().pane
        if pane.canvas is None or not pane.canvas.draft.done or self._acted:
            return
        self._acted = True
        pane.canvas.selected.moved.connect(self._acted_on)
        text = pane.canvas.page.panes[0].text
        text.setFocus()
        text.moveCursor(QTextCursor.MoveOperation.Start)
        text.moveCursor(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        pane.canvas.act("formal")

    @Slot()
    def _acted_on(self) -> None:
        pane = self._open_drafting().pane
        if pane.canvas is not None and pane.canvas.selected.section is None:
            pane.canvas.selected.moved.disconnect(self._acted_on)
            QTimer.singleShot(PAUSE_MS, self._next)

    @Slot()
    def _ask(self) -> None:
        self._window.new_chat()
        self._window.submit(self._questions.pop(0))

    @Slot(object, object)
    def _watch(self, _request: Request, event: Event) -> None:
        if isinstance(event, Finished):
            QTimer.singleShot(PAUSE_MS, self._ask if self._questions else self._next)

    def _show_chat(self, theme: Theme, language: InterfaceLanguage) -> None:
        if self._dialogs.settings is not None:
            self._dialogs.settings.reject()
        self._window.sidebar.search.setText("")
        self._window.preferences.change(theme=theme, language=language)
        last = self._window.library.conversations()[0]
        self._window.conversations.open(last.id, last.title)
        self._window.composer.set_text(WRITTEN if language == "en" else WRITTEN_IN_CHINESE)
        self._window.activateWindow()

    @Slot()
    def _next(self) -> None:
        if not self._states:
            self._app.quit()
            return
        if self._states[0][0].startswith("canvas") and not self._acted:
            self._draft()
            return
        name, prepare = self._states.pop(0)
        prepare()
        QTimer.singleShot(PAUSE_MS, partial(self._photograph, name))  # until all of it is drawn

    def _photograph(self, name: str) -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        screen, window = self._shown.screen(), self._shown.frameGeometry()
        inner = self._shown.geometry()
        picture = screen.grabWindow(0, inner.x(), inner.y(), inner.width(), inner.height())
        if window.isEmpty() or not picture.save(str(FOLDER / f"{name}.png")):
            self._give_up("the picture could not be written")
        self._next()

    def _give_up(self, *why: object) -> None:
        print(*why, file=sys.stderr)
        self._app.exit(1)


def take_pictures(sampling: Sampling) -> int:
    """Ask the real model, then photograph the window in both themes."""
    paths = app_paths()
    app = QApplication(["inkstone"])
    appearance, speech = (
        Appearance(app, "light", ICONS, scale=1),
        Translations(app, ROOT / "assets" / "translations", "en"),
    )
    worker = ChatWorker(lambda: open_engine(paths, Settings(model="tiny")), sampling)
    preferences = Preferences(Settings(theme="light", language="en", welcomed=True), lambda _settings: None)
    preferences.changed.connect(appearance.apply)
    preferences.changed.connect(speech.apply)
    thread, window = ChatThread(worker), make_window(preferences, open_temporary_history)
    connect(window, worker)
    examples = open_examples(paths)
    environment = DraftingEnvironment(
        drafting_service(paths, examples, lambda: preferences.settings),
        worker.engine,
        export=export_draft,
        actions=lambda: open_actions(paths, shipped=True).sound,
        preferences=preferences,
        scenes=scene_service(paths, examples),
    )
    drafting = DraftingOpener(window.conversations.link, environment)
    photographer = Photographer(app, window, worker, drafting)
    with subprocess.Popen(["openbox", "--sm-disable"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as manager:
        window.show()
        window.conversations.link.start()
        thread.start()
        code = app.exec()
        worker.close()
        drafting.end()
        thread.end()
        window.conversations.end()
        manager.terminate()
    del photographer
    return code


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--max-tokens", type=int, default=220, help="length of an answer at most")
    chosen = parser.parse_args()
    if INSIDE not in os.environ:
        return open_a_screen(sys.argv[1:])
    # The likeliest words, so that the pictures are the same every time.
    return take_pictures(Sampling(temperature=0, max_tokens=chosen.max_tokens))


if __name__ == "__main__":
    sys.exit(main())

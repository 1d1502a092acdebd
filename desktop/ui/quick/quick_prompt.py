"""Conducts a quick prompt: takes the selection, shows the window, runs actions, gives the result back."""

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QClipboard, QGuiApplication

from desktop.errors import InkstoneError, UnknownAction
from desktop.quick.actions.action import Action
from desktop.quick.editing.run import Outcome
from desktop.quick.paste_back.interface import PasteBack, PasteTarget
from desktop.quick.paste_back.select import open_paste_back
from desktop.text.language import language_of
from desktop.ui.quick.card import QuickCard
from desktop.ui.quick.clipboard import is_secret
from desktop.ui.quick.paste_back_controller import PasteBackController
from desktop.ui.quick.selection_copy import SelectionCopy
from desktop.ui.quick.worker import ActionRun, QuickThread, QuickWorker

_LOG = logging.getLogger(__name__)
MOST_CHARACTERS = 20_000  # of a selection; more does not fit a small model, and is no quick prompt


class QuickPrompt(QObject):
    """One at a time: called again while it is open, it begins anew with what is selected then.

    Attributes:
        card: the window.

    Signals:
        continue_wanted(str): this text is to be talked about in the main window.
        ended(): the window is gone and nothing more will happen.
    """

    continue_wanted = Signal(str)
    ended = Signal()
    _do = Signal(object)
    _warm = Signal(object)

    def __init__(
        self,
        worker: QuickWorker,
        actions: Callable[[], Mapping[str, Action]],
        tell: Callable[[InkstoneError], str] = str,
        paste_back: PasteBack | None = None,
    ) -> None:
        """Build it; nothing is shown.

        Args:
            worker: does the actions on its own thread.
            actions: read anew each time, so that edited files hold at once.
            tell: puts a failure into the user's language.
            paste_back: the way back into other programs; None: that of this desktop.
        """
        super().__init__()
        self._worker, self._actions, self._tell = worker, actions, tell
        self._paste_back = paste_back if paste_back is not None else open_paste_back(os.environ)
        self._target = PasteTarget()
        self._text = ""
        self._run: ActionRun | None = None
        self._warming: ActionRun | None = None
        self._pasting: PasteBackController | None = None
        self._copying: SelectionCopy | None = None
        self._waits = False  # for the selection that Wayland tells late
        self._action = ""
        self._thread = QuickThread(worker)
        self.card = self._make_card(actions())
        self._do.connect(worker.do)
        self._warm.connect(worker.warm)
        worker.written.connect(self._written)
        worker.finished.connect(self._finished)
        worker.failed.connect(self._failed)

    def start(self) -> None:
        """Begin to wait for work."""
        self._thread.start()

    def end(self) -> bool:
        """Stop what is going on and wait a while for the thread; False where it is still at work."""
        self._stop()
        if self._copying is not None:
            self._copying.cancel()
        self.card.hide()
        return self._thread.end()

    def answer(self, request: Mapping[str, object]) -> None:
        """Open as another process asked: `action` names what is done at once, `activation` is the desktop's leave.

        Raises:
            UnknownAction: there is no such action.
        """
        if token := str(request.get("activation") or ""):
            os.environ["XDG_ACTIVATION_TOKEN"] = token
        self.open(str(request.get("action") or ""))

    @Slot(str)
    def open(self, action: str = "") -> None:
        """Take what is selected and show the window; with an action, do it at once.

        Raises:
            UnknownAction: there is no such action.
        """
        actions = self._actions()
        if action and action not in actions:
            raise UnknownAction(action, tuple(actions))
        self._stop()
        self._action = action
        if self._copying is not None:  # called twice quickly: the text is on its way, and so is the clipboard back
            return
        again = self.card.isVisible()
        if not again:
            self._target = self._paste_back.here()
        text, secret = self._selection()
        if text or secret or again or QGuiApplication.focusWindow() or not self._paste_back.can_copy(self._target):
            self._begin(text, secret)
            return
        self._copying = SelectionCopy(QGuiApplication.clipboard(), self._paste_back)
        self._copying.copied.connect(self._copied)
        self._copying.start()

    @Slot(str, bool)
    def _copied(self, text: str, secret: bool) -> None:
        _LOG.info("quick prompt: the selection was copied, %d characters", len(text))
        self._copying = None
        self._target = replace(self._target, owner=0)  # it has no selection that the system knows of
        self._begin((text if text.strip() else "")[:MOST_CHARACTERS], secret)

    def _begin(self, text: str, secret: bool) -> None:
        actions = self._actions()
        _LOG.info(
            "quick prompt: %d characters selected, secret: %s, at once: %s", len(text), secret, bool(self._action)
        )
        self._text = text
        self._renew(actions)
        self.card.open(text, self._target.program, secret=secret)
        action = actions.get(self._action)
        if action is not None and text:
            self._ask(action, "")
        elif text:
            first = next(iter(actions.values()))
            self._warming = ActionRun(first, text)
            self._warm.emit(self._warming)
        elif not secret and QGuiApplication.platformName().startswith("wayland"):
            self._wait_for_focus()

    def _wait_for_focus(self) -> None:
        """On Wayland only the window that has the keyboard is told what is selected: read it when that comes."""
        clipboard = QGuiApplication.clipboard()
        if not clipboard.supportsSelection():
            self.card.notice(self.tr("This desktop does not tell what is selected: paste it with your question"))
        elif not self._waits:
            self._waits = True
            clipboard.selectionChanged.connect(self._told_late)

    @Slot()
    def _told_late(self) -> None:
        text, secret = self._selection()
        untouched = self.card.isVisible() and self._run is None and not self.card.edit.text() and not self._text
        self._wait_no_more()
        if untouched and (text or secret):
            self._begin(text, secret)

    def _wait_no_more(self) -> None:
        if self._waits:
            self._waits = False
            QGuiApplication.clipboard().selectionChanged.disconnect(self._told_late)

    def _selection(self) -> tuple[str, bool]:
        """Read what is selected in the other program; on X11 nothing must be pressed for that."""
        clipboard = QGuiApplication.clipboard()
        if not clipboard.supportsSelection() or clipboard.ownsSelection() or not self._target.selects:
            return "", False
        mime = clipboard.mimeData(QClipboard.Mode.Selection)
        if is_secret(mime):
            return "", True
        text = mime.text() if mime is not None and mime.hasText() else ""
        return (text if text.strip() else "")[:MOST_CHARACTERS], False

    @Slot(object, str)
    def _ask(self, action: Action, request: str) -> None:
        self._stop()
        text = self._text
        if not text and not request:
            return
        self._run = ActionRun(action, text or request, request if text else "")
        if not text:  # a question stands for itself
            self._run = ActionRun(_question(action), request)
        _LOG.info("quick prompt: asked, in words: %s", bool(request))
        self.card.begin(self._run.action)
        self._do.emit(self._run)

    @Slot(object, str)
    def _written(self, run: ActionRun, text: str) -> None:
        if run is self._run:
            self.card.show_so_far(text)

    @Slot(object, object)
    def _finished(self, run: ActionRun, outcome: Outcome) -> None:
        if run is self._run:
            self.card.finish(outcome)

    @Slot(object, object)
    def _failed(self, run: ActionRun, error: InkstoneError) -> None:
        if run is self._run:
            self.card.fail(self._tell(error))

    @Slot(str)
    def _accept(self, result: str) -> None:
        run = self._run
        if run is not None and run.action.result == "below":
            result = _below(self._text, result, goes_on=run.action.begin is not None)
        self.card.hide()
        self._pasting = PasteBackController(QGuiApplication.clipboard(), self._paste_back, self._target, result)
        self._pasting.pasted.connect(self._given)
        self._pasting.copied.connect(self._kept)
        self._pasting.start()

    @Slot()
    def _given(self) -> None:
        _LOG.info("quick prompt: pasted")
        self._over()

    @Slot(str)
    def _kept(self, why: str) -> None:
        """Say that the text is on the clipboard, and why it is not where the user wanted it."""
        reasons = {
            "place": self.tr("Copied: press Ctrl+V where you want it"),
            "focus": self.tr("Copied, because the window it came from is not in front any more: press Ctrl+V there"),
            "paste": self.tr("Copied, because the program did not take it: press Ctrl+V there"),
        }
        _LOG.info("quick prompt: copied: %s", why)
        self.card.say_copied(reasons[why])

    @Slot(str)
    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.card.hide()
        self._over()

    @Slot(str)
    def _continue(self, text: str) -> None:
        self.card.hide()
        self.continue_wanted.emit(text)
        self._over()

    @Slot()
    def _over(self) -> None:
        self._wait_no_more()
        self._stop()
        self.ended.emit()

    def _stop(self) -> None:
        for run in (self._run, self._warming):
            if run is not None:
                run.stop.set()
        self._run = self._warming = None

    def _renew(self, actions: Mapping[str, Action]) -> None:
        """Make the window anew where actions, language or text size changed."""
        old, self.card = self.card, self._make_card(actions)
        old.hide()
        old.deleteLater()

    def _make_card(self, actions: Mapping[str, Action]) -> QuickCard:
        card = QuickCard(actions, composited=self._paste_back.composited)
        card.asked.connect(self._ask)
        card.accepted.connect(self._accept)
        card.copy_wanted.connect(self._copy)
        card.continue_wanted.connect(self._continue)
        card.dismissed.connect(self._over)
        return card


def _below(text: str, result: str, *, goes_on: bool) -> str:
    """Put a result behind the text, which ends as it ended."""
    body = text.rstrip()
    between = "\n\n" if not goes_on else "" if language_of(text) == "zh" else " "
    return body + between + result.strip() + text[len(body) :]


def _question(action: Action) -> Action:
    """Make the action of the user's own words one without a text."""
    prompts = dict.fromkeys(action.prompt, "{text}")
    return Action(action.id, action.name, prompts, result="window", limits=action.limits, temperature=0.5)

"""The quick window: beside the pointer, the text, what can be done with it, and what would change."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QCursor,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QStyle, QStyleOption, QVBoxLayout

from desktop.quick.actions.action import Action
from desktop.quick.editing.diff import difference_so_far, word_difference
from desktop.quick.editing.run import Outcome
from desktop.text.language import language_of
from desktop.ui.quick.action_row import ActionRow, key_label
from desktop.ui.quick.difference_view import DifferenceView
from desktop.ui.quick.texts import mended_text, suggestion_text
from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton, IconLabel
from desktop.ui.widgets.labels import ElidedLabel

WIDTH = 560
_HIGHEST = 320  # of the text, in pixels


class QuickCard(QFrame):
    """The window. It only shows and asks; what happens lies with `QuickPrompt`.

    Signals:
        asked(Action, str): do this, with what the user typed.
        accepted(str): this text is to go where the selection came from.
        copy_wanted(str), continue_wanted(str): this text is to be copied, or talked about in the main window.
        dismissed(): everything stays as it was.
    """

    asked = Signal(object, str)
    accepted = Signal(str)
    copy_wanted = Signal(str)
    continue_wanted = Signal(str)
    dismissed = Signal()

    def __init__(self, actions: Mapping[str, Action], *, composited: bool = True) -> None:
        """Build it, unseen.

        Args:
            actions: what can be done, in order.
            composited: whether the screen can show round corners.
        """
        flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(None, flags)
        self.setObjectName("quick")
        self.setProperty("rounded", composited)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, on=composited)
        self.setWindowTitle(self.tr("Inkstone quick prompt"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self._actions = actions
        self._text, self._program = "", ""
        self._outcome: Outcome | None = None
        self._running: Action | None = None
        self._shown_for: Action | None = None
        self.edit = QLineEdit()
        self.view = DifferenceView()
        self.state = ElidedLabel("", "small")
        self.go_on = IconButton("", self.tr("Continue"), "quiet")
        self.copy = IconButton("", self.tr("Copy"), "quiet")
        self.replace = IconButton("", self.tr("Replace"), "primary", theme.ON_ACCENT)
        self.choices = ActionRow()
        self._rows = QVBoxLayout(self)
        self._lay_out()
        self._connect()
        self.setFixedWidth(theme.px(WIDTH))

    # What it is told.

    def open(self, text: str, program: str = "", *, secret: bool = False) -> None:
        """Show itself beside the pointer with a selection; an empty one makes a quick question of it."""
        self._text, self._program = text, program
        self._outcome = self._running = self._shown_for = None
        self.edit.clear()
        self._offer(text)
        self.view.show_text(text)
        self.edit.setPlaceholderText(self.tr("Ask, or pick an action…") if text else self.tr("Ask anything…"))
        self._say(self.tr("This selection is a secret, so it is not read") if secret else self._selection_told())
        self._refresh()
        self._fit()
        self.move(self._beside_pointer())
        self.show()
        self.raise_()
        self.activateWindow()
        self.edit.setFocus()

    def begin(self, action: Action) -> None:
        """Show that an action is being done."""
        self._running, self._outcome, self._shown_for = action, None, action
        self.choices.mark(action)
        self._say(self.tr("Working…"))
        self._refresh()

    def show_so_far(self, text: str) -> None:
        """Show how far the result is."""
        action = self._running
        if action is None or not text:
            return
        if action.lookup and self._text:
            self.view.show_difference(difference_so_far(self._text, text, code=action.code))
        else:
            self.view.show_text(text)
        self._fit()

    def finish(self, outcome: Outcome) -> None:
        """Show the result, and whether it may go in place of the text."""
        action, self._running, self._outcome = self._running, None, outcome
        if action is not None and action.lookup and self._text:
            difference = word_difference(self._text, outcome.offered or outcome.result, code=action.code)
            doubtful = [number for number, one in enumerate(outcome.mended) if not one.sure]
            self.view.show_difference(difference, doubtful if outcome.offered else ())
        else:
            self.view.show_text(outcome.result)
        self._say(self._told(outcome))
        self._refresh()
        self._fit()

    def fail(self, sentence: str) -> None:
        """Say why there is no result; the text stands as it was."""
        self._running = None
        self.view.show_text(self._text)
        self._say(sentence)
        self._refresh()
        self._fit()

    def notice(self, sentence: str) -> None:
        """Say something below the line."""
        self._say(sentence)
        self._refresh()
        self._fit()

    def say_copied(self, sentence: str) -> None:
        """Come back to say where the result is."""
        self._say(sentence)
        self.replace.hide()
        self.show()

    @property
    def running(self) -> bool:
        """Whether an action is being done."""
        return self._running is not None

    @property
    def result(self) -> str:
        """The result with the changes that were not refused; "" while there is none."""
        return self.view.result if self._outcome is not None else ""

    # What the user does.

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        """Paint the background: Qt leaves that of a translucent window out, and the desktop would shine through."""
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, QPainter(self), self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that hold wherever the focus is."""
        if not self._pressed(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Take keys before the line does: Tab, arrows, Alt and a letter, Ctrl+C without a selection in it."""
        if watched is self.edit and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._pressed(event)
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        alone = held == Qt.KeyboardModifier.NoModifier
        if held == Qt.KeyboardModifier.AltModifier and Qt.Key.Key_A <= key <= Qt.Key.Key_Z:
            chosen = next((one for one in self._offered() if one.key == chr(key)), None)
            if chosen is not None:
                self._ask(chosen)
            return chosen is not None
        keys: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Escape: self._dismiss,
            Qt.Key.Key_Return: self._enter,
            Qt.Key.Key_Enter: self._enter,
            Qt.Key.Key_Tab: self._continue,
            Qt.Key.Key_Down: lambda: self.view.step(1),
            Qt.Key.Key_Up: lambda: self.view.step(-1),
        }
        does = keys.get(Qt.Key(key))
        if alone and does is not None:
            does()
            return True
        control = held == Qt.KeyboardModifier.ControlModifier
        if control and key == Qt.Key.Key_Space:
            self.view.toggle()
            return True
        if control and key == Qt.Key.Key_C and not self.edit.hasSelectedText():
            self._copy()
            return True
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave everything as it was, as Esc does."""
        super().closeEvent(event)
        self.dismissed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Stand inside the screen."""
        super().showEvent(event)
        self._fit()

    @Slot()
    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()

    @Slot()
    def _enter(self) -> None:
        request = self.edit.text().strip()
        if self.running:
            return
        if request and "ask" in self._actions:
            self._ask(self._actions["ask"])
        elif self._outcome is not None and self._text and self.replace.isVisibleTo(self) and self.result != self._text:
            self.accepted.emit(self.result)

    @Slot()
    def _copy(self) -> None:
        if self.result or self._text:
            self.copy_wanted.emit(self.result or self._text)

    @Slot()
    def _continue(self) -> None:
        self.continue_wanted.emit(self.result or self._text or self.edit.text())

    @Slot(object)
    def _ask(self, action: Action) -> None:
        request = self.edit.text().strip()
        self.edit.clear()
        self.asked.emit(action, request)

    # How it looks.

    def _offered(self) -> Sequence[Action]:
        language = language_of(self._text)
        return [one for one in self._actions.values() if one.id != "ask" and language in one.languages]

    def _offer(self, text: str) -> None:
        offered = self._offered()
        self.choices.offer(offered)
        self.choices.setVisible(bool(text) and bool(offered))

    def _selection_told(self) -> str:
        if not self._text:
            return ""
        return self.tr("Selected in {program}").format(program=self._program) if self._program else ""

    def _told(self, outcome: Outcome) -> str:
        if outcome.stopped:
            return self.tr("Stopped")
        wrong = [check for check in outcome.checks if not check.ok]
        if wrong and self._text:
            return suggestion_text(wrong[0])
        if not self._text:
            return ""
        if not self._shown_for or not self._shown_for.lookup:
            return ""
        if outcome.result == outcome.text:
            return self.tr("Not sure: look at what is dotted") if outcome.offered else self.tr("Nothing to change")
        kinds = mended_text(outcome.mended)
        counted = self._counted(len(self.view.difference.changes) - len(self.view.refused))
        return self.tr("{changes}: {kinds}").format(changes=counted, kinds=kinds) if kinds else counted

    def _counted(self, count: int) -> str:
        if self._program:
            one = self.tr("1 change in {program}").format(program=self._program)
            return one if count == 1 else self.tr("{n} changes in {program}").format(n=count, program=self._program)
        return self.tr("1 change") if count == 1 else self.tr("{n} changes").format(n=count)

    @Slot()
    def _chosen_changed(self) -> None:
        self._say(self._counted(len(self.view.difference.changes) - len(self.view.refused)))
        self._refresh()

    def _say(self, sentence: str) -> None:
        self.state.setText(sentence)
        self.state.setToolTip(sentence)
        if sentence and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def _refresh(self) -> None:
        outcome, action = self._outcome, self._shown_for
        may = outcome is not None and bool(self._text) and action is not None and not outcome.stopped
        goes = action.result if action is not None else "replace"
        new = outcome is not None and (goes != "replace" or outcome.result != self._text or bool(outcome.offered))
        self.replace.setVisible(bool(may) and goes in ("replace", "below") and new)
        # What is only offered is not put in place by Enter before the user takes it.
        usable = outcome is not None and outcome.usable and (goes != "replace" or self.result != self._text)
        label_text = self.tr("Insert below") if goes == "below" else self.tr("Replace")
        anyway = self.tr("Replace anyway") if goes == "replace" else label_text
        kind = "primary" if usable else "outlined"
        self.replace.show_as("", f"{label_text if usable else anyway}  ↵", kind, theme.INK)
        self.replace.setAccessibleName(label_text if usable else anyway)
        self.copy.setVisible(bool(self._text) or outcome is not None)
        self._foot.setVisible(bool(self._text) or self._outcome is not None or bool(self.state.text()))
        self._body.setVisible(bool(self._text) or outcome is not None or self.running)
        for widget in (self.replace, self.copy):
            widget.style().polish(widget)

    def _fit(self) -> None:
        margins = 2 * theme.px(theme.SPACE_16)
        height = min(self.view.height_for(self.width() - margins - theme.px(theme.SPACE_4)), theme.px(_HIGHEST))
        self.view.setFixedHeight(height)
        self._rows.activate()
        # Not `adjustSize`: it asks how high the window is at the width that it would like, not at the one that it has.
        self.resize(self.width(), self._rows.totalHeightForWidth(self.width()))
        screen = self.screen().availableGeometry()
        if self.isVisible() and self.geometry().bottom() > screen.bottom():
            self.move(self.x(), max(screen.top(), screen.bottom() - self.height()))

    def _beside_pointer(self) -> QPoint:
        pointer = QCursor.pos()
        screen = QGuiApplication.screenAt(pointer) or QGuiApplication.primaryScreen()
        room, gap = screen.availableGeometry(), theme.px(theme.SPACE_16)
        place = QRect(pointer + QPoint(-theme.px(theme.SPACE_36), gap), self.size())
        if place.bottom() > room.bottom():
            place.moveBottom(pointer.y() - gap)  # above the pointer, where there is no room below
        place.moveLeft(max(room.left(), min(place.left(), room.right() - place.width())))
        place.moveTop(max(room.top(), place.top()))
        return place.topLeft()

    def _lay_out(self) -> None:
        self._rows.setContentsMargins(1, 1, 1, 1)
        self._rows.setSpacing(0)
        side = theme.px(theme.SPACE_16)
        top = QHBoxLayout()
        top.setContentsMargins(side, theme.px(theme.SPACE_8), side, theme.px(theme.SPACE_8))
        top.setSpacing(theme.px(theme.SPACE_8))
        top.addWidget(IconLabel("seal", theme.ACCENT, theme.SEAL))
        self.edit.setObjectName("quickEdit")
        self.edit.setAccessibleName(self.tr("What you want"))
        top.addWidget(self.edit, 1)
        top.addWidget(key_label("Esc"))
        self._rows.addLayout(top)
        self._rows.addWidget(self.choices)
        self._body = QFrame()  # goes with the text: its margins would be seen without it
        body = QVBoxLayout(self._body)
        body.setContentsMargins(side, theme.px(theme.SPACE_12), side, theme.px(theme.SPACE_12))
        body.addWidget(self.view)
        self._rows.addWidget(self._body)
        self._foot = QFrame()
        self._foot.setObjectName("quickFoot")
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(side, theme.px(theme.SPACE_8), theme.px(theme.SPACE_12), theme.px(theme.SPACE_8))
        foot.setSpacing(theme.px(theme.SPACE_4))
        self.state.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        foot.addWidget(self.state, 1)
        for button, key in ((self.go_on, "Tab"), (self.copy, "Ctrl+C")):
            foot.addWidget(button)
            foot.addWidget(key_label(key))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        foot.addWidget(self.replace)
        self._rows.addWidget(self._foot)

    def _connect(self) -> None:
        self.edit.installEventFilter(self)
        self.view.chosen_changed.connect(self._chosen_changed)
        self.replace.clicked.connect(self._enter)
        self.copy.clicked.connect(self._copy)
        self.go_on.clicked.connect(self._continue)
        self.choices.chosen.connect(self._ask)

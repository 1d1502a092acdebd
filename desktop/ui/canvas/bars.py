"""The bars of the canvas: above the page for the whole draft, below it for a section, beside text that is selected."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QWidget

from desktop.ui.canvas.section_pane import SectionPane
from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.layouts import FlowLayout

_AFTER = 180  # milliseconds without another selection: it must not flicker along while the mouse is dragged


class CanvasHeader(QWidget):
    """Buttons for the whole draft.

    Attributes:
        note: what the user is told.
        save: writes the draft as a document.
        scene: keeps it as a scene; unseen until that is offered.

    Signals:
        left(), undone(), redone(), version_wanted(), copied(), rich_copied(), saved(): a button was
            pressed.
    """

    left = Signal()
    undone = Signal()
    redone = Signal()
    version_wanted = Signal()
    copied = Signal()
    rich_copied = Signal()
    saved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.note = label("", "small")
        back = IconButton("", self.tr("All templates"), "quiet", theme.SOFT)
        back.clicked.connect(self.left)
        self._version = IconButton("", self.tr("Earlier version"), "quiet", theme.SOFT)
        self._version.clicked.connect(self.version_wanted)
        self._undo = IconButton("", self.tr("Undo"), "quiet", theme.SOFT)
        self._undo.clicked.connect(self.undone)
        self._redo = IconButton("", self.tr("Redo"), "quiet", theme.SOFT)
        self._redo.clicked.connect(self.redone)
        copy = IconButton("copy", self.tr("Copy"), "quiet", theme.SOFT)
        copy.setProperty("menu", "true")  # room for its arrow
        copy.setMenu(self._copy_menu())
        self.save = IconButton("download", self.tr("Save as"), "quiet", theme.SOFT)
        self.save.clicked.connect(self.saved)
        self.scene = IconButton("pin", self.tr("Save as a scene"), "quiet", theme.SOFT)
        self.scene.setToolTip(self.tr("The next text of this kind is written after this one"))
        self.scene.hide()
        buttons = QWidget()
        flow = FlowLayout(theme.px(theme.SPACE_4))
        buttons.setLayout(flow)
        for button in (back, self._version, self._undo, self._redo, copy, self.save, self.scene):
            flow.addWidget(button)
        self.note.setWordWrap(True)
        self.note.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(buttons, 3)
        row.addWidget(self.note, 2)

    def tell(self, sentence: str) -> None:
        """Say something beside the buttons; "" is nothing, and takes no room."""
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))

    def _copy_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self.tr("As rich text, for a word processor"), self.rich_copied.emit)
        menu.addAction(self.tr("As Markdown"), self.copied.emit)
        return menu

    def show_state(self, *, undo: bool, redo: bool, version: bool) -> None:
        """Offer what can be done now."""
        self._undo.setEnabled(undo)
        self._redo.setEnabled(redo)
        self._version.setEnabled(version)


class CanvasFooter(QFrame):
    """Buttons for the chosen section.

    Attributes:
        go: writes, goes on, or stops.

    Signals:
        change_wanted(str, str): the section is to be written again: change and tone.
        action_wanted(str): an action is to be done with it.
        pressed(): the user wants it written, or stopped.
    """

    change_wanted = Signal(str, str)
    action_wanted = Signal(str)
    pressed = Signal()

    def __init__(self, *, code: bool = False) -> None:
        """Offer what fits a text, or source code."""
        super().__init__()
        self.setObjectName("composer")
        row = QHBoxLayout(self)
        row.setContentsMargins(*(theme.px(theme.SPACE_8),) * 4)
        buttons = QWidget()
        flow = FlowLayout(theme.px(theme.SPACE_4))
        buttons.setLayout(flow)
        self._tools: list[IconButton] = []
        tools = (
            (self.tr("Write again"), self._again),
            (self.tr("Longer"), self._longer),
            (self.tr("Shorter"), self._shorter),
            (self.tr("More formal"), self._formal),
            (self.tr("Friendlier"), self._friendly),
            (self.tr("Add suggestions"), self._suggest),
        )
        tools_for_code = (
            (self.tr("Write again"), self._again),
            (self.tr("Explain"), self._explain),
            (self.tr("Fix"), self._fix),
            (self.tr("Write tests"), self._test),
        )
        for text, slot in tools_for_code if code else tools:
            button = IconButton("", text, "quiet", theme.SOFT)
            button.clicked.connect(slot)
            flow.addWidget(button)
            self._tools.append(button)
        self._more = self._tools[-1] if not code else None  # what a model that can write may add
        if self._more is not None:
            self._more.setToolTip(self.tr("A few sentences that your brief does not give; they are marked"))
        row.addWidget(buttons, 1, Qt.AlignmentFlag.AlignVCenter)
        self.go = IconButton("", self.tr("Write"), "primary", theme.ON_ACCENT)
        self.go.clicked.connect(self.pressed)
        row.addWidget(self.go)

    def show_state(self, *, writing: bool, begun: bool, waiting: bool, written: bool, free: bool) -> None:
        """Offer what can be done now.

        Args:
            writing: the model is at work.
            begun: something is written.
            waiting: something is not written yet.
            written: the chosen section holds text.
            free: by a model that can write, which may suggest more.
        """
        if self._more is not None:
            self._more.setVisible(free)
        for button in self._tools:
            button.setEnabled(not writing and written)
        text = self.tr("Stop") if writing else self.tr("Go on writing") if begun else self.tr("Write")
        self.go.show_as("square" if writing else "", text, "outlined" if writing else "primary", theme.INK)
        self.go.setVisible(writing or waiting)

    @Slot()
    def _again(self) -> None:
        self.change_wanted.emit("again", "")

    @Slot()
    def _longer(self) -> None:
        self.change_wanted.emit("expand", "")

    @Slot()
    def _shorter(self) -> None:
        self.change_wanted.emit("shorten", "")

    @Slot()
    def _formal(self) -> None:
        self.change_wanted.emit("again", "formal")

    @Slot()
    def _friendly(self) -> None:
        self.change_wanted.emit("again", "friendly")

    @Slot()
    def _suggest(self) -> None:
        self.change_wanted.emit("suggest", "")

    @Slot()
    def _explain(self) -> None:
        self.action_wanted.emit("explain")

    @Slot()
    def _fix(self) -> None:
        self.action_wanted.emit("fix-code")

    @Slot()
    def _test(self) -> None:
        self.action_wanted.emit("test-code")


class SelectionBar(QFrame):
    """Appears above the selection, below it where there is no room, and goes with it; it never takes the focus.

    Attributes:
        buttons: by id of the action.

    Signals:
        chosen(str): the id of the action that the user wants.
    """

    chosen = Signal(str)

    def __init__(self, on: QWidget) -> None:
        """Float above the widgets of `on`."""
        super().__init__(on)
        self._on = on
        self.setObjectName("selectionBar")
        self.buttons: dict[str, QPushButton] = {}
        self._flow = FlowLayout(0)
        self._flow.setContentsMargins(*(theme.px(theme.SPACE_4),) * 4)
        self.setLayout(self._flow)
        self._pane: SectionPane | None = None
        self._appearing = QTimer(self)
        self._appearing.setSingleShot(True)
        self._appearing.setInterval(_AFTER)
        self._appearing.timeout.connect(self._appear)
        self.hide()

    def offer(self, names: Mapping[str, str]) -> None:
        """Have these buttons: names by id of the action."""
        for name, text in names.items():
            button = QPushButton(text, self)
            button.setProperty("kind", "quiet")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the selection keeps it
            button.clicked.connect(self._clicked)
            self.buttons[name] = button
            self._flow.addWidget(button)

    def show_keys(self, keys: Mapping[str, str]) -> None:
        """Tell the keys, by id of the action, in the tool tips."""
        for name, button in self.buttons.items():
            button.setToolTip(keys.get(name, ""))

    def offer_only(self, names: Sequence[str]) -> None:
        """Show the buttons of these actions."""
        for name, button in self.buttons.items():
            button.setVisible(name in names)

    @Slot(object)
    def follow(self, pane: SectionPane) -> None:
        """Appear beside what is selected in a section once that stands still; go where nothing is."""
        if pane.text.textCursor().hasSelection() and not pane.text.isReadOnly():
            self._pane = pane
            self._appearing.start()
        elif pane is self._pane or self._pane is None:
            self.leave()

    @Slot()
    def leave(self) -> None:
        """Be gone."""
        self._appearing.stop()
        self._pane = None
        self.hide()

    @Slot()
    def _appear(self) -> None:
        pane = self._pane
        if pane is None or not pane.text.hasFocus() or not pane.text.textCursor().hasSelection():
            self.leave()
        elif QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._appearing.start()  # the mouse is still selecting
        else:
            self._place(pane)

    def _place(self, pane: SectionPane) -> None:
        on = self._on
        widths = [button.sizeHint().width() for button in self.buttons.values() if not button.isHidden()]
        room = min(on.width() - 2 * theme.px(theme.SPACE_8), sum(widths) + 2 * theme.px(theme.SPACE_4) + 2)
        self.setFixedSize(room, self._flow.heightForWidth(room))
        cursor = pane.text.textCursor()
        first, last = type(cursor)(cursor), type(cursor)(cursor)
        first.setPosition(cursor.selectionStart())
        last.setPosition(cursor.selectionEnd())
        top, bottom = pane.text.cursorRect(first), pane.text.cursorRect(last)
        view = pane.text.viewport()
        gap = theme.px(theme.SPACE_4)
        above = view.mapTo(on, top.topLeft()) - QPoint(0, self.height() + gap)
        below = view.mapTo(on, bottom.bottomLeft()) + QPoint(0, gap)
        seen = on.visibleRegion().boundingRect()
        place = QRect(above if above.y() >= seen.top() else QPoint(above.x(), below.y()), self.size())
        place.moveLeft(max(theme.px(theme.SPACE_8), min(place.left(), on.width() - room - theme.px(theme.SPACE_8))))
        self.move(place.topLeft())
        self.raise_()
        self.show()

    @Slot()
    def _clicked(self) -> None:
        name = next((name for name, button in self.buttons.items() if button is self.sender()), "")
        self.leave()
        self.chosen.emit(name)

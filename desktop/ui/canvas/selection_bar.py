"""The small bar beside selected text: what can be done with it, one press away."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from desktop.ui.canvas.section_pane import SectionPane
from desktop.ui.widgets import theme
from desktop.ui.widgets.flow_layout import FlowLayout

_AFTER = 180  # milliseconds without another selection: it must not flicker along while the mouse is dragged


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

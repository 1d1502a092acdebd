"""The row below the page: what can be done with the chosen section, and the button that writes and stops."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.ui.widgets import theme
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.icons import IconButton


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
        row.addWidget(buttons, 1, Qt.AlignmentFlag.AlignVCenter)
        self.go = IconButton("", self.tr("Write"), "primary", theme.ON_ACCENT)
        self.go.clicked.connect(self.pressed)
        row.addWidget(self.go)

    def show_state(self, *, writing: bool, begun: bool, waiting: bool, written: bool) -> None:
        """Offer what can be done now.

        Args:
            writing: the model is at work.
            begun: something is written.
            waiting: something is not written yet.
            written: the chosen section holds text.
        """
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
    def _explain(self) -> None:
        self.action_wanted.emit("explain")

    @Slot()
    def _fix(self) -> None:
        self.action_wanted.emit("fix-code")

    @Slot()
    def _test(self) -> None:
        self.action_wanted.emit("test-code")

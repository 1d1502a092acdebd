"""What can be done with a message: copy, edit, regenerate, fork, export, delete, and walk its other versions."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimerEvent, Signal, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QGraphicsOpacityEffect, QHBoxLayout, QMenu, QWidget

from desktop.ui.markdown.copying import as_rich_text, as_text
from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import label

_SAID_MS = 1500  # how long “Copied” stands


class Tool(IconButton):
    """A quiet button that leaves out its label where there is no room for it."""

    def __init__(self, icon: str, name: str, parent: QWidget, *, labelled: bool = True) -> None:
        super().__init__(icon, name if labelled else "", "tool", theme.SOFT, parent)
        self._shows, self._labelled = icon, labelled
        self.name = name
        self.compact = False
        self._tell()

    def set_compact(self, *, compact: bool) -> None:
        """Show the icon only, or the label as well."""
        if compact != self.compact:
            self.compact = compact
            self.rename(self._shows, self.name)

    def rename(self, icon: str, name: str) -> None:
        """Become another tool in the same place."""
        self._shows, self.name = icon, name
        self.show_as(icon, name if self._labelled and not self.compact else "", "tool", theme.SOFT)
        self._tell()

    def _tell(self) -> None:
        self.setAccessibleName(self.name)
        self.setToolTip(self.name)


class CopyTool(Tool):
    """Copies a message as Markdown, and says so for a moment."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("copy", self.tr("Copy"), parent)

    def say_copied(self) -> None:
        """Confirm for a moment."""
        self.rename("check", self.tr("Copied"))
        self.startTimer(_SAID_MS)

    def timerEvent(self, event: QTimerEvent) -> None:
        """Be the button that it was."""
        self.killTimer(event.timerId())
        self.rename("copy", self.tr("Copy"))


class Versions(QWidget):
    """Arrows between the versions of a message: ‹ 2 / 3 ›.

    Signals:
        stepped(int): the user wants the version before, -1, or behind, 1.
    """

    stepped = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Versions"))
        self.before = Tool("chevron-left", self.tr("Previous version"), self, labelled=False)
        self.after = Tool("chevron-right", self.tr("Next version"), self, labelled=False)
        self.count = label("", "small", self)
        self.before.clicked.connect(self._go_before)
        self.after.clicked.connect(self._go_after)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.before, self.count, self.after):
            layout.addWidget(widget)

    def show_place(self, place: int, of: int) -> None:
        """Say which version is shown, from 0; one alone shows nothing."""
        self.setVisible(of > 1)
        self.count.setText(f"{place + 1} / {of}")
        self.count.setAccessibleName(self.tr("Version {n} of {m}").format(n=place + 1, m=of))
        self.before.setEnabled(place > 0)
        self.after.setEnabled(place < of - 1)

    @Slot()
    def _go_before(self) -> None:
        self.stepped.emit(-1)

    @Slot()
    def _go_after(self) -> None:
        self.stepped.emit(1)


class MessageTools(QWidget):
    """The tools of one message; seen when it is pointed at, has the focus or is the latest.

    Attributes:
        copy: copies as Markdown.
        copy_as: opens the menu of all ways to copy.
        edit: emits wanted("edit").
        regenerate: emits wanted("regenerate"); there is none for what the user wrote.
        more: opens the menu of all else.
        versions: arrows to other versions; always seen where there are any.

    Signals:
        wanted(str): the user wants something that others do: edit, regenerate, fork, export or delete.
    """

    wanted = Signal(str)

    def __init__(self, text: Callable[[], str], offered: frozenset[str], parent: QWidget, *, own: bool) -> None:
        super().__init__(parent)
        self._text, self._offered = text, offered
        self._revealed = True
        self._full = 0  # width with all labels
        self._buttons = buttons = QWidget(self)
        self._veil = QGraphicsOpacityEffect(buttons, opacity=1.0)
        buttons.setGraphicsEffect(self._veil)
        self.versions = Versions(self)
        self.copy = CopyTool(buttons)
        self.copy_as = Tool("chevron-down", self.tr("Copy as…"), buttons, labelled=False)
        self.regenerate = Tool("rotate-cw", self.tr("Regenerate"), buttons)
        self.edit = Tool("pencil", self.tr("Edit"), buttons)
        self.more = Tool("ellipsis", self.tr("More"), buttons, labelled=False)
        self.copy.clicked.connect(self._copy_markdown)
        self.copy_as.clicked.connect(self._open_copy_menu)
        self.more.clicked.connect(self._open_menu)
        self.edit.clicked.connect(self._edit)
        self.regenerate.clicked.connect(self._regenerate)
        # What has no parent yet may be hidden, but showing it would open a window of its own.
        for tool, wanted in (
            (self.edit, "edit" in offered),
            (self.regenerate, "regenerate" in offered and not own),
            (self.more, bool(offered & {"fork", "export", "delete"})),
        ):
            if not wanted:
                tool.hide()
        inside = QHBoxLayout(buttons)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        for tool in (self.copy, self.copy_as, self.regenerate, self.edit, self.more):
            inside.addWidget(tool)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_4))
        for part in (buttons, self.versions) if own else (self.versions, self._buttons):
            layout.addWidget(part)
        for tool in (self.copy, self.copy_as, self.edit, self.regenerate, self.more):
            tool.installEventFilter(self)
        self.versions.show_place(0, 1)

    def reveal(self, *, revealed: bool) -> None:
        """Be seen or not; the place is kept, and the keyboard reaches it in any case."""
        self._revealed = revealed
        self._veil.setOpacity(1.0 if revealed or self._has_focus() else 0.0)

    def fit(self, room: int) -> None:
        """Show labels where they fit into the room, in pixels."""
        if not self.copy.compact:
            self._full = self.sizeHint().width()
        for tool in (self.copy, self.edit, self.regenerate):
            tool.set_compact(compact=self._full > room)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be seen as long as the keyboard is here."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._veil.setOpacity(1.0 if self._revealed or event.type() is QEvent.Type.FocusIn else 0.0)
        return super().eventFilter(watched, event)

    def copy_menu(self) -> QMenu:
        """Make the menu of the ways to copy."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Copy as Markdown"), self._copy_markdown)
        menu.addAction(self.tr("Copy as text"), self._copy_text)
        menu.addAction(self.tr("Copy as rich text"), self._copy_rich)
        return menu

    def menu(self) -> QMenu:
        """Make the menu of what is wanted less often."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        names = {"fork": self.tr("Fork from here"), "export": self.tr("Export…"), "delete": self.tr("Delete")}
        for name, title in names.items():
            if name in self._offered:
                menu.addAction(title).setData(name)
        menu.triggered.connect(lambda action: self.wanted.emit(action.data()))
        return menu

    def _has_focus(self) -> bool:
        return any(tool.hasFocus() for tool in (self.copy, self.copy_as, self.edit, self.regenerate, self.more))

    @Slot()
    def _copy_markdown(self) -> None:
        QGuiApplication.clipboard().setText(self._text())
        self.copy.say_copied()

    @Slot()
    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(as_text(self._text()))
        self.copy.say_copied()

    @Slot()
    def _copy_rich(self) -> None:
        QGuiApplication.clipboard().setMimeData(as_rich_text(self._text()))
        self.copy.say_copied()

    @Slot()
    def _open_copy_menu(self) -> None:
        self.copy_menu().popup(self.copy_as.mapToGlobal(QPoint(0, self.copy_as.height())))

    @Slot()
    def _open_menu(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    @Slot()
    def _edit(self) -> None:
        self.wanted.emit("edit")

    @Slot()
    def _regenerate(self) -> None:
        self.wanted.emit("regenerate")


class MessageFooter(QWidget):
    """A row of tools at one side and what is told at the other; labels go where there is no room for both."""

    def __init__(self, tools: MessageTools, told: QWidget | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._told = tools, told
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_12))
        if told is None:
            layout.addStretch(1)
            layout.addWidget(tools)
        else:
            layout.addWidget(tools)
            layout.addStretch(1)
            layout.addWidget(told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out labels where there is no room for them."""
        super().resizeEvent(event)
        told = 0 if self._told is None else self._told.sizeHint().width() + theme.px(theme.SPACE_24)
        self._tools.fit(self.width() - told)

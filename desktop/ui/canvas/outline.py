"""The outline beside the page: sections with what is written of them, the points of the brief, and how good it is."""

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.chat.drafting import CheckReport, Draft, DraftCheck, count, letters, reading_minutes
from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.layouts import FlowLayout

_DONE, _NOW, _OPEN = "✓", "●", "○"
_WISH = {True: "✓", False: "!", None: "○"}  # followed, not, and for the reader to tell
AMOUNT = Qt.ItemDataRole.UserRole + 1  # the text at the right
Index = QModelIndex | QPersistentModelIndex


class OutlineRow(QStyledItemDelegate):
    """Paints the amount in its own column; the name is cut where both have no room, but not below half of the row."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave room for the amount."""
        super().initStyleOption(option, index)
        amount = option.fontMetrics.horizontalAdvance(self.amount(option, index))
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        room = _width(option) - amount
        setattr(option, "text", option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room))  # noqa: B010

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row, then the amount."""
        super().paint(painter, option, index)
        painter.save()
        painter.setPen(theme.colour(theme.SOFT))
        rect = getattr(option, "rect").adjusted(0, 0, -theme.px(theme.SPACE_8), 0)  # noqa: B009
        place = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(rect, place, self.amount(option, index))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Every row is as high as a button, from the first moment on."""
        return QSize(0, max(theme.px(theme.BUTTON_HEIGHT), super().sizeHint(option, index).height()))

    def amount(self, option: QStyleOptionViewItem, index: Index) -> str:
        """Give what is told at the right: nothing where it would leave too little of the name."""
        amount, name = str(index.data(AMOUNT) or ""), str(index.data(Qt.ItemDataRole.DisplayRole))
        wide = option.fontMetrics.horizontalAdvance
        room = _width(option) - wide(amount)
        return amount if wide(name) <= room or 2 * room >= _width(option) else ""


class Outline(QFrame):
    """Lists the sections; the buttons below change the one that is chosen.

    Attributes:
        list: the sections, in order.

    Signals:
        chosen(int): the user goes to a section.
        moved(int): the user moves the chosen one up (-1) or down (1).
        lock_switched(), added(), removed(): what the user does with the chosen one.
        own_removed(): the user wants the sentences out that are not from the brief.
    """

    chosen = Signal(int)
    moved = Signal(int)
    lock_switched = Signal()
    own_removed = Signal()
    added = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setFixedWidth(theme.px(theme.SIDEBAR_WIDTH))
        self.list = QListWidget()
        self.list.setObjectName("outline")
        self.list.setAccessibleName(self.tr("Sections"))
        self.list.setItemDelegate(OutlineRow(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self.chosen)
        self._up = IconButton("", self.tr("Up"), "quiet", theme.SOFT)
        self._down = IconButton("", self.tr("Down"), "quiet", theme.SOFT)
        self._lock = IconButton("", self.tr("Lock"), "quiet", theme.SOFT)
        self._add = IconButton("", self.tr("Add"), "quiet", theme.SOFT)
        self._remove = IconButton("", self.tr("Remove"), "quiet", theme.SOFT)
        self._up.clicked.connect(self._move_up)
        self._down.clicked.connect(self._move_down)
        self._lock.clicked.connect(self.lock_switched)
        self._add.clicked.connect(self.added)
        self._remove.clicked.connect(self.removed)
        buttons = QWidget()
        flow = FlowLayout(theme.px(theme.SPACE_4))
        buttons.setLayout(flow)
        for button in (self._up, self._down, self._lock, self._add, self._remove):
            flow.addWidget(button)
        self._points_title = label(self.tr("Points"), "section")
        self._points, self._quality, self._selected = _lines(), _lines(), _lines()
        self._selected.hide()
        self.remove_own = IconButton("", self.tr("Remove these"), "quiet", theme.SOFT)
        self.remove_own.setToolTip(self.tr("Those with a dotted line below them"))
        self.remove_own.clicked.connect(self.own_removed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(theme.SPACE_12),) * 4)
        layout.setSpacing(theme.px(theme.SPACE_8))
        layout.addWidget(label(self.tr("Outline"), "section"))
        layout.addWidget(self.list, 2)
        layout.addWidget(buttons)
        layout.addWidget(self._points_title)
        layout.addWidget(self._points)
        layout.addStretch(1)
        layout.addWidget(self._selected)
        layout.addWidget(label(self.tr("Quality"), "section"))
        layout.addWidget(self._quality)
        layout.addWidget(self.remove_own, 0, Qt.AlignmentFlag.AlignLeft)

    def show_draft(self, draft: Draft, current: int, writing: int | None, amounts: list[int], unit: str) -> None:
        """Show where a draft stands; `writing` is the section that the model is at."""
        with QSignalBlocker(self.list):
            self.list.clear()
            for at, section in enumerate(draft.sections):
                mark = _NOW if at == writing else _DONE if section.status == "written" else _OPEN
                name = section.heading or self.tr("Text")
                state = self.tr("locked") if section.locked else f"{amounts[at]} {unit}" if amounts[at] else ""
                item = QListWidgetItem(f"{mark}  {name}")
                item.setData(AMOUNT, state)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name} {state}".rstrip())
                item.setToolTip(section.instruction)
                self.list.addItem(item)
            self.list.setCurrentRow(current)
        rows = sum(self.list.sizeHintForRow(at) for at in range(self.list.count()))
        self.list.setMaximumHeight(rows + 2 * self.list.frameWidth())  # what changes it stands right below
        chosen = draft.sections[current]
        self._lock.setText(self.tr("Unlock") if chosen.locked else self.tr("Lock"))
        for button in (self._up, self._down, self._add, self._remove, self._lock):
            button.setEnabled(writing is None)

    def show_selection(self, text: str, *, in_words: bool) -> None:
        """Say how long the selected text is; nothing where none is."""
        self._selected.setVisible(bool(text.strip()))
        self._selected.setText(self.tr("Selected: {amount}").format(amount=self._amount(text, 0, in_words=in_words)))

    def _amount(self, text: str, wanted: int, *, in_words: bool) -> str:
        """Say how long a text is: in words and characters, or in Chinese characters, and how long it should be."""
        amount = f"{count(text)} / {wanted}" if wanted else f"{count(text)}"
        if not in_words:
            return self.tr("{n} characters").format(n=amount)
        words = self.tr("{n} words").format(n=amount)
        return f"{words} · {self.tr('{n} characters').format(n=letters(text))}"

    def show_report(
        self,
        report: CheckReport,
        text: str,
        points: tuple[str, ...],
        wanted: int,
        *,
        in_words: bool,
        writing: bool = False,
    ) -> None:
        """Say which points of a text are there, how long it is, and in one line each what the checks found.

        While it is being written nothing is said to be missing: it is only not there yet.
        """
        self._points_title.setVisible(bool(points or report.wishes))
        self._points.setVisible(bool(points or report.wishes))
        self._points.setText(
            "\n".join(
                [
                    *(f"{'!' if point in report.missing_points else '✓'}  {point}" for point in points),
                    *(f"{_WISH[followed]}  {wish}" for wish, followed in report.wishes),
                ]
            )
        )
        failed = [self.check_text(name) for name, held in report.checks.items() if not held and name != "points"]
        lines = [self._amount(text, wanted, in_words=in_words)]
        lines.append(self.tr("{minutes} min to read").format(minutes=reading_minutes(text)))
        if not writing:
            lines += self._kept(report)
        if not writing and failed:
            lines.append(self.tr("Not as asked: {what}").format(what=QLocale().createSeparatedList(failed)))
        if report.placeholders:
            lines.append(
                self.tr("To be filled: {what}").format(what=QLocale().createSeparatedList(report.placeholders))
            )
        self.remove_own.setVisible(bool(report.own) and not writing)
        self._quality.setText("\n".join(lines))

    def _kept(self, report: CheckReport) -> list[str]:
        """Say how much of what was asked is there, and how much there is that was not."""
        lines: list[str] = []
        if report.points:
            told = len(report.points) - len(report.missing_points)
            lines.append(self.tr("{n} of {all} points").format(n=told, all=len(report.points)))
        if judged := [followed for _, followed in report.wishes if followed is not None]:
            lines.append(self.tr("{n} of {all} instructions").format(n=sum(judged), all=len(judged)))
        if report.own:
            lines.append(self.tr("{n} sentences not from your brief").format(n=len(report.own)))
        return lines

    def check_text(self, name: DraftCheck) -> str:
        """Say what a check looks at."""
        match name:
            case "sections":
                return self.tr("sections")
            case "length":
                return self.tr("length")
            case "loop":
                return self.tr("no repeats")
            case "language":
                return self.tr("language")
            case "points":
                return self.tr("points")
            case "leftovers":
                return self.tr("nothing left of the prompt")

    @Slot()
    def _move_up(self) -> None:
        self.moved.emit(-1)

    @Slot()
    def _move_down(self) -> None:
        self.moved.emit(1)


def _lines() -> QLabel:
    lines = label("", "small")
    lines.setWordWrap(True)
    lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return lines


def _width(option: QStyleOptionViewItem) -> int:
    return int(getattr(option, "rect").width()) - theme.px(theme.SPACE_24)  # noqa: B009 - the stubs do not know it

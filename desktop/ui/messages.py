"""The messages of a conversation: the user's in a quiet bubble, answers plain on the paper."""

from PySide6.QtCore import QElapsedTimer, QEvent, QTimerEvent, Signal, Slot
from PySide6.QtGui import QEnterEvent, QFocusEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsOpacityEffect, QHBoxLayout, QVBoxLayout, QWidget

from desktop.chat.assistant import Request
from desktop.engine.interface import ContextTrimmed, Event, Finished, PromptRead, TextAdded, Usage
from desktop.ui import theme
from desktop.ui.icons import IconButton
from desktop.ui.labels import ElidedLabel, label
from desktop.ui.markdown.view import MarkdownView
from desktop.ui.notice import Notice
from desktop.ui.text_view import TextView

_NOTICEABLE_MS = 400  # reading that takes longer is worth a word
_SAID_MS = 1500  # how long “Copied” stands


class OwnMessage(QWidget):
    """What the user wrote, at the right and only as wide as it must be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self._view = TextView(self.tr("You wrote"))
        self._view.setPlainText(text)
        self._view.set_line_height()
        self._bubble = QFrame()
        self._bubble.setObjectName("own")
        inside = self._inside = QVBoxLayout(self._bubble)
        side, height = theme.px(theme.SPACE_16), theme.px(theme.SPACE_12)
        leading = theme.half_leading(self._view.fontMetrics().height(), theme.LINE_HEIGHT)
        inside.setContentsMargins(side, height - leading, side, height + leading)
        inside.addWidget(self._view)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addStretch(1)
        layout.addWidget(self._bubble, 1000)  # all the room there is, up to its own width

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the bubble into the column."""
        super().resizeEvent(event)
        margins = self._inside.contentsMargins()
        room = min(theme.px(theme.BUBBLE_WIDTH), self.width()) - margins.left() - margins.right()
        widest = max((self._view.fontMetrics().horizontalAdvance(line) for line in self.text.split("\n")), default=0)
        width = max(1, min(widest + theme.px(theme.SPACE_4), room))
        self._bubble.setMaximumWidth(width + margins.left() + margins.right())


class CopyButton(IconButton):
    """Copies an answer as Markdown; seen when the answer is pointed at, has the focus or is the latest.

    Signals:
        focus_changed(): it got or lost the keyboard's focus.
    """

    focus_changed = Signal()

    def __init__(self) -> None:
        super().__init__("copy", self.tr("Copy"), "quiet", theme.SOFT)
        self._veil = QGraphicsOpacityEffect(self, opacity=1.0)
        self.setGraphicsEffect(self._veil)

    def reveal(self, *, revealed: bool) -> None:
        """Be seen or not; it keeps its place and can be reached by keyboard in any case."""
        self._veil.setOpacity(1.0 if revealed else 0.0)

    def say_copied(self) -> None:
        """Confirm for a moment."""
        self.show_as("check", self.tr("Copied"), "quiet", theme.SOFT)
        self.startTimer(_SAID_MS)

    def timerEvent(self, event: QTimerEvent) -> None:
        """Be the button that it was."""
        self.killTimer(event.timerId())
        self.show_as("copy", self.tr("Copy"), "quiet", theme.SOFT)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the answer."""
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the answer."""
        super().focusOutEvent(event)
        self.focus_changed.emit()


class Answer(QWidget):
    """The answer to one request, from waiting for it to its statistics, or to the notice that it failed.

    Attributes:
        request: what was asked; another one after Retry.
        view: the text.
        notice: what went wrong; None while nothing did.

    Signals:
        retry_wanted(Answer): the user wants the same text asked again, in place of this.
    """

    retry_wanted = Signal(object)

    def __init__(self, request: Request, waiting: str) -> None:
        super().__init__()
        self.request = request
        self.notice: Notice | None = None
        self._latest = True
        self._asked = QElapsedTimer()
        self._asked.start()
        self._trimmed = label("", "faint")
        self._trimmed.setWordWrap(True)
        self._trimmed.hide()
        self.view = MarkdownView(self.tr("Answer"))
        self.view.hide()
        self.progress = label(waiting, "faint")
        self._remark = label("", "faint")
        self._remark.hide()
        self._statistics = ElidedLabel("", "faint")
        self.copy = CopyButton()
        self.copy.clicked.connect(self._copy)
        self.copy.focus_changed.connect(self._refresh_tools)
        self._foot = self._make_foot()
        self._foot.hide()
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_8))
        for widget in (self._trimmed, self.view, self.progress, self._remark, self._foot):
            layout.addWidget(widget)

    def take(self, event: Event) -> None:
        """Show what happened."""
        match event:
            case ContextTrimmed(dropped_messages=count):
                left_out = self.tr(
                    "The first {count} messages were left out: the conversation no longer fits the model"
                )
                one_left_out = self.tr("The first message was left out: the conversation no longer fits the model")
                self._trimmed.setText(one_left_out if count == 1 else left_out.format(count=count))
                self._trimmed.show()
            case PromptRead(done=done, total=total):
                if self._asked.elapsed() > _NOTICEABLE_MS and total:
                    self.progress.setText(self.tr("Reading… {percent} %").format(percent=100 * done // total))
            case TextAdded(text=text):
                self.progress.hide()
                self.view.show()
                self.view.add(text)
            case Finished(reason=reason, usage=usage):
                self._finish(reason, usage)

    def fail(self, sentence: str) -> None:
        """Say what went wrong; what was written so far stays."""
        self.progress.hide()
        self.view.finish()
        self.notice = Notice()
        self.notice.show_sentence(sentence, "rotate-cw", self.tr("Retry"))
        self.notice.chosen.connect(self._retry)
        self._layout.addWidget(self.notice)
        self.notice.show()

    def set_latest(self, *, latest: bool) -> None:
        """Show the tools always on the latest answer, on older ones only when they are wanted."""
        self._latest = latest
        self._refresh_tools()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the tools to whoever points here."""
        super().enterEvent(event)
        self._refresh_tools()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the tools again."""
        super().leaveEvent(event)
        self._refresh_tools()

    def _finish(self, reason: str, usage: Usage) -> None:
        self.progress.hide()
        self.view.finish()
        remarks = {"length": self.tr("Cut: the answer reached its length limit"), "stopped": self.tr("Stopped")}
        self._remark.setText(remarks.get(reason, ""))
        self._remark.setVisible(reason in remarks)
        self._statistics.setText(self._told(usage))
        self.copy.setEnabled(bool(self.view.markdown))
        self._foot.show()

    def _told(self, usage: Usage) -> str:
        parts = [self.tr("1 token") if usage.new_tokens == 1 else self.tr("{n} tokens").format(n=usage.new_tokens)]
        if usage.decode_tokens_per_s:
            parts.append(self.tr("{speed}/s").format(speed=round(usage.decode_tokens_per_s)))
        if usage.first_token_s:
            parts.append(self.tr("{seconds} s to first word").format(seconds=f"{usage.first_token_s:.1f}"))
        return " · ".join(parts)

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        layout = QHBoxLayout(foot)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_12))
        layout.addWidget(self.copy)
        layout.addStretch(1)
        layout.addWidget(self._statistics)
        return foot

    @Slot()
    def _refresh_tools(self) -> None:
        self.copy.reveal(revealed=self._latest or self.underMouse() or self.copy.hasFocus())

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.view.markdown)
        self.copy.say_copied()

    @Slot()
    def _retry(self) -> None:
        self.retry_wanted.emit(self)

"""The messages of a conversation: the user's in a quiet bubble, answers plain on the paper."""

from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, QRect, Qt, Slot
from PySide6.QtGui import QCursor, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolTip, QVBoxLayout, QWidget

from desktop.attached import block, split
from desktop.engine.interface import ContextTrimmed, Event, Finished, PromptRead, TextAdded, ThoughtAdded, Usage
from desktop.history.thoughts import Thought, ThoughtTimer
from desktop.ui.conversation.message_model import MessageViewModel
from desktop.ui.conversation.message_tools import MessageFooter, MessageTools, Tool
from desktop.ui.conversation.message_widget import MessageWidget
from desktop.ui.conversation.thought_line import ThoughtLine
from desktop.ui.markdown.formula import Formulas
from desktop.ui.markdown.view import MarkdownView
from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import label, shortened
from desktop.ui.widgets.links import spelled
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.text_view import TextView

_NOTICEABLE_MS = 400  # reading that takes longer is worth a word
_FOLDED = 1_500  # characters of the user's own text that are shown before the rest is asked for
_FOLDED_LINES = 20
_UNFOLDED, _UNFOLDED_LINES = 40_000, 2_000  # of more that is shown at once
_MEASURED = 2_000  # characters; a longer text is as wide as it may be in any case
_LONGEST_LINE = 2_000  # characters; Qt takes seconds for a paragraph of a megabyte


class OwnMessage(MessageWidget):
    """What the user wrote, at the right and only as wide as it must be.

    Attributes:
        unfold: shows the rest of a long text; None where all is shown.
    """

    def __init__(
        self, message: MessageViewModel, offered: frozenset[str] = frozenset(), parent: QWidget | None = None
    ) -> None:
        super().__init__(message, parent)
        self._bubble = QFrame(self)
        self._bubble.setObjectName("own")
        tools = MessageTools(self._whole, offered, self, own=True)
        self._adopt(TextView(self.tr("You wrote"), self._bubble), tools, theme.RADIUS_CARD)
        inside = self._inside = QVBoxLayout(self._bubble)
        side, height = theme.px(theme.SPACE_16), theme.px(theme.SPACE_12)
        leading = theme.half_leading(self.view.fontMetrics().height(), theme.LINE_HEIGHT)
        inside.setContentsMargins(side, height - leading, side, height + leading)
        inside.setSpacing(theme.px(theme.SPACE_8))
        inside.addWidget(self.view)
        self.unfold: IconButton | None = None
        typed, attached = split(message.text)
        self._text = "\n\n".join([*([typed] if typed else []), *map(block, attached)])  # as one reads it: words first
        self._shown = 0  # characters
        self._measured = typed if typed and attached else self._text
        self._show(_beginning(self._measured, _FOLDED, _FOLDED_LINES))
        if self._shown < len(self._text):
            names = ", ".join(shortened(one.name) for one in attached) if self._shown == len(typed) else ""
            icon, self._more = ("paperclip", names) if names else ("chevron-down", self.tr("Show more"))
            self.unfold = IconButton(icon, self._more, "quiet", parent=self._bubble)
            self.unfold.setToolTip(names)
            self.unfold.clicked.connect(self.show_more)
            inside.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._bubble, 1000)  # all the room there is, up to its own width
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(theme.SPACE_12), 0, theme.px(theme.SPACE_12), 0)
        layout.setSpacing(theme.px(theme.SPACE_4))
        layout.addLayout(row)
        layout.addWidget(MessageFooter(self.tools, None, self))
        self.show_versions(message.place, message.versions)
        self._refresh_tools()

    def around_text(self) -> QRect:
        """Stand on the edge of the bubble."""
        return self._bubble.geometry()

    @Slot()
    def show_more(self) -> None:
        """Show more of a long text; all of a text of usual length."""
        self._show(_beginning(self._text, self._shown + _UNFOLDED, _UNFOLDED_LINES, self._shown))
        if self.unfold is not None and self._shown == len(self._text):
            self.view.setFocus()
            self.unfold.hide()
            self.unfold.deleteLater()
            self.unfold = None
        self._measured = self._text
        self._fit()

    def show_all(self) -> None:
        """Show all of a text, however long."""
        while self.unfold is not None:
            self.show_more()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the bubble into the column."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        margins, outer = self._inside.contentsMargins(), 2 * theme.px(theme.SPACE_12)
        room = min(theme.px(theme.BUBBLE_WIDTH), self.width() - outer) - margins.left() - margins.right()
        width = room
        if len(self._measured) <= _MEASURED:
            lines = self._measured.split("\n")
            widest = max(self.view.fontMetrics().horizontalAdvance(line) for line in lines)
            width = max(1, min(widest + theme.px(theme.SPACE_4), room))
        if self.unfold is not None:
            self.unfold.setText(self._more)
            said = self.unfold.fontMetrics().horizontalAdvance(self._more)
            free = room - theme.px(theme.SPACE_4) - (self.unfold.sizeHint().width() - said)
            self.unfold.setText(
                self.unfold.fontMetrics().elidedText(self._more, Qt.TextElideMode.ElideRight, max(0, free))
            )
            width = max(width, min(self.unfold.sizeHint().width() + theme.px(2), room))  # its frame has a border
        self._bubble.setMaximumWidth(width + margins.left() + margins.right())

    def _whole(self) -> str:
        return self.message.text

    def _show(self, end: int) -> None:
        """Show the text up to a character."""
        text, begins = self._text[self._shown : end], not self._shown
        self._shown = end
        lines = text.split("\n")
        if max(map(len, lines)) > _LONGEST_LINE:
            lines = [
                line[start : start + _LONGEST_LINE]
                for line in lines
                for start in range(0, max(len(line), 1), _LONGEST_LINE)
            ]
        if begins:
            self.view.setPlainText("\n".join(lines))
            self.view.set_line_height()
        else:  # the last block has the look that all have
            cursor = QTextCursor(self.view.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText("\n".join(lines))


class Answer(MessageWidget):
    """The answer to one request, from waiting for it to its statistics, or to the notice that it failed.

    Attributes:
        notice: what went wrong; None while nothing did.
        thought: what the model thought before it.
        progress: what it waits for.
        statistics: what it cost; pressed, in more words.
        go_on: has an answer continued that ended before its end; None where it did not.
    """

    view: MarkdownView

    def __init__(
        self,
        message: MessageViewModel,
        waiting: str,
        offered: frozenset[str] = frozenset(),
        parent: QWidget | None = None,
        formulas: Formulas | None = None,
    ) -> None:
        super().__init__(message, parent)
        self.notice: Notice | None = None
        self.go_on: IconButton | None = None
        self._offered = offered
        self._asked = QElapsedTimer()
        self._asked.start()
        self._adopt(
            MarkdownView(self.tr("Answer"), self, formulas), MessageTools(self._markdown, offered, self, own=False)
        )
        self.view.highlighted.connect(self._show_address)
        self._trimmed = label("", "small", self)
        self._trimmed.setWordWrap(True)
        self.thought = ThoughtLine(self)
        self._thinking = ThoughtTimer()
        self.progress = label(waiting, "small", self)
        self._remark = label("", "small", self)
        self._remark_row = QWidget(self)
        self._remark_layout = QHBoxLayout(self._remark_row)
        self._remark_layout.setContentsMargins(0, 0, 0, 0)
        self._remark_layout.setSpacing(theme.px(theme.SPACE_8))
        self._remark_layout.addWidget(self._remark)
        self._remark_layout.addStretch(1)
        self.statistics = Tool("", self.tr("Statistics"), self)
        self.statistics.clicked.connect(self._tell_more)
        self._told_in_full = label("", "small", self)
        self._told_in_full.setWordWrap(True)
        self._foot = MessageFooter(self.tools, self.statistics, self)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(theme.SPACE_12), 0, theme.px(theme.SPACE_12), 0)
        layout.setSpacing(theme.px(theme.SPACE_4))
        parts = (
            self._trimmed,
            self.thought,
            self.view,
            self.progress,
            self._remark_row,
            self._foot,
            self._told_in_full,
        )
        for widget in parts:
            layout.addWidget(widget)
            widget.hide()
        self._take_message(message)

    def take(self, event: Event) -> None:
        """Show what happened."""
        match event:
            case ContextTrimmed(dropped_messages=count):
                self._say_left_out(count)
            case PromptRead(done=done, total=total):
                if self._asked.elapsed() > _NOTICEABLE_MS and total:
                    self.progress.setText(self.tr("Reading… {percent} %").format(percent=100 * done // total))
            case ThoughtAdded(text=text):
                self.progress.hide()
                self._show_thought(self._thinking.add(text), over=False)
            case TextAdded(text=text):
                self._show_thought(self._thinking.end() or self.message.thought)
                self.progress.hide()
                self.view.show()
                self.view.add(text)
                self.message = replace(self.message, status="streaming")
            case Finished(reason=reason, usage=usage):
                self._show_thought(self._thinking.end() or self.message.thought)
                self.message = replace(self.message, text=self.view.markdown, status=reason, usage=usage)
                self.view.finish()
                self._show_end()

    def fail(self, sentence: str) -> None:
        """Say what went wrong; what was written so far stays."""
        self.message = replace(self.message, text=self.view.markdown, status="failed", error=sentence)
        self.view.finish()
        self._show_end()

    def _take_message(self, message: MessageViewModel) -> None:
        """Show what there is already."""
        if message.left_out:
            self._say_left_out(message.left_out)
        self._show_thought(message.thought, over=bool(message.text) or not message.running)
        self.view.setVisible(bool(message.text))
        if message.running:
            self.view.add(message.text)
            self.progress.setVisible(not message.text)
        else:
            self.view.set_markdown(message.text)
            self._show_end()
        self.show_versions(message.place, message.versions)
        self._refresh_tools()

    def _show_thought(self, thought: Thought, *, over: bool = True) -> None:
        self.message = replace(self.message, thought=thought)
        if thought or not self.thought.isHidden():
            self.thought.show_thought(thought, over=over)

    def _show_end(self) -> None:
        message = self.message
        self.progress.hide()
        if message.status == "failed":
            self.notice = Notice()
            self.notice.show_sentence(message.error, "rotate-cw", self.tr("Retry") if "retry" in self._offered else "")
            self.notice.chosen.connect(self._retry)
            self._layout.insertWidget(self._layout.indexOf(self._foot), self.notice)
            self.notice.show()
        remarks = {
            "length": self.tr("Cut: the answer reached its length limit"),
            "stopped": self.tr("Stopped"),
            "interrupted": self.tr("Interrupted: Inkstone ended while this was being written"),
        }
        self._remark.setText(remarks.get(message.status, ""))
        self._remark_row.setVisible(message.status in remarks)
        if message.status in remarks and message.text and "continue" in self._offered:
            self.go_on = IconButton("arrow-down", self.tr("Continue"), "outlined")
            self.go_on.clicked.connect(self._continue)
            self._remark_layout.insertWidget(1, self.go_on)
        self.tools.copy.setEnabled(bool(message.text))
        self.tools.copy_as.setEnabled(bool(message.text))
        told = self._told(message.usage)
        self.statistics.setVisible(bool(told))
        self.statistics.setText(told)
        self.statistics.setAccessibleName(self.tr("Statistics: {numbers}").format(numbers=told))
        self.statistics.setToolTip(self.tr("Show all numbers"))
        self._foot.setVisible(bool(message.text) or message.status != "failed" or message.versions > 1)

    def _say_left_out(self, count: int) -> None:
        self.message = replace(self.message, left_out=count)
        left_out = self.tr("The first {count} messages were left out: the conversation no longer fits the model")
        one_left_out = self.tr("The first message was left out: the conversation no longer fits the model")
        self._trimmed.setText(one_left_out if count == 1 else left_out.format(count=count))
        self._trimmed.show()

    def _told(self, usage: Usage | None) -> str:
        if usage is None or not (usage.new_tokens or usage.prompt_tokens):
            return ""
        parts = [self.tr("1 token") if usage.new_tokens == 1 else self.tr("{n} tokens").format(n=usage.new_tokens)]
        if usage.decode_tokens_per_s:
            parts.append(self.tr("{speed}/s").format(speed=round(usage.decode_tokens_per_s)))
        if usage.first_token_s:
            parts.append(self.tr("{seconds} s to first word").format(seconds=f"{usage.first_token_s:.1f}"))
        return " · ".join(parts)

    def _told_whole(self, usage: Usage) -> str:
        lines = [
            self.tr("Prompt: {n} tokens, {reused} of them reused from before").format(
                n=f"{usage.prompt_tokens:,}", reused=f"{usage.reused_tokens:,}"
            ),
            self.tr("Answer: {n} tokens, {guessed} of them guessed from the prompt").format(
                n=f"{usage.new_tokens:,}", guessed=f"{usage.guessed_tokens:,}"
            ),
        ]
        if usage.first_token_s:
            first = self.tr("First word after {seconds} s").format(seconds=f"{usage.first_token_s:.2f}")
            speed = self.tr("then {speed} tokens a second").format(speed=f"{usage.decode_tokens_per_s:.1f}")
            lines.append(f"{first}, {speed}" if usage.decode_tokens_per_s else first)
        return "\n".join(lines)

    def _markdown(self) -> str:
        return self.view.markdown

    @Slot()
    def _tell_more(self) -> None:
        if self.message.usage is not None:
            self._told_in_full.setText(self._told_whole(self.message.usage))
            self._told_in_full.setVisible(not self._told_in_full.isVisible())

    @Slot()
    def _continue(self) -> None:
        self.wanted.emit("continue")

    @Slot()
    def _retry(self) -> None:
        self.wanted.emit("retry")

    @Slot("QUrl")
    def _show_address(self, address: object) -> None:
        text = address.toString() if hasattr(address, "toString") else str(address)
        if text:
            QToolTip.showText(QCursor.pos(), spelled(text), self.view)
        else:
            QToolTip.hideText()


def _beginning(text: str, characters: int, lines: int, start: int = 0) -> int:
    """Tell up to where a long text of the user is shown, so many characters and lines behind `start` at most."""
    end = start
    for _ in range(lines):
        end = text.find("\n", end) + 1
        if not end or end > characters:
            end = 0
            break
    end = min(end or characters, len(text))
    return len(text) if len(text) - end < characters // 8 and text.count("\n", end) < lines // 4 + 3 else end

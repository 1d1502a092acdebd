"""The chip beside a message: "Work plan · next week · 800 words". Tab opens its brief; going on writing ignores it.

Sending ignores it too, but it stays until something else is written: who sees the answer may still want the document.
"""

import dataclasses
import threading
from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer, QLocale, QObject, QSize, Qt, QThread, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.attached import Attachment, split
from desktop.chat.suggestions import Suggestions, TemplateSuggestion
from desktop.errors import InkstoneError
from desktop.ui.composer.composer import Composer
from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton

PAUSE_MS = 80  # of typing, after which a message is looked at
_SHORTEST = 4  # characters
_PATIENCE_MS = 5000  # for a message that is being looked at


class SuggestionThread(QObject):
    """Looks at messages on a thread of its own; only the last one counts.

    Signals:
        found(str, TemplateSuggestion | None): what the message asks for.
    """

    found = Signal(str, object)
    _asked = Signal()
    _overruled = Signal(object, str)

    def __init__(self, suggestions: Suggestions) -> None:
        super().__init__()
        self._suggestions = suggestions
        self._lock, self._text, self._language = threading.Lock(), "", ""
        self._broken = False
        self._asked.connect(self._look)
        self._overruled.connect(self._learn)
        self._thread = QThread()
        self._thread.setObjectName("inkstone-suggestions")
        self.moveToThread(self._thread)
        self._thread.start(QThread.Priority.LowPriority)

    def ask(self, text: str, language: str) -> None:
        """Look at a message instead of those that still wait; called from the GUI thread."""
        with self._lock:
            self._text, self._language = text, language
        self._asked.emit()

    def refuse(self, suggestion: TemplateSuggestion) -> None:
        """Learn that a message like this one is plain chat; called from the GUI thread."""
        self._overruled.emit(suggestion, "")

    def overrule(self, suggestion: TemplateSuggestion, template_id: str) -> None:
        """Learn that a message like this one asks for another template; called from the GUI thread."""
        self._overruled.emit(suggestion, template_id)

    def end(self) -> bool:
        """Let the thread end, before the application does, and wait a while; False where it is still at work."""
        self._thread.quit()
        return self._thread.wait(QDeadlineTimer(_PATIENCE_MS))

    @Slot()
    def _look(self) -> None:
        with self._lock:
            text, self._text = self._text, ""
        if not text or self._broken:
            return
        try:
            self.found.emit(text, self._suggestions.find(text, self._language))
        except InkstoneError:  # an installation without the router's model writes on without offers
            self._broken = True

    @Slot(object, str)
    def _learn(self, suggestion: TemplateSuggestion, template_id: str) -> None:
        if template_id:
            self._suggestions.overrule(suggestion, template_id)
        else:
            self._suggestions.refuse(suggestion)


class SuggestionChip(QWidget):
    """The offer, a menu of the other templates, and a cross that refuses it for good.

    Attributes:
        offer, other, no: its buttons.
        menu: the other templates; the data of an entry is the id.
    """

    def __init__(self) -> None:
        super().__init__()
        self.offer = IconButton("file-text", "", "chip", theme.ACCENT)
        self.no = IconButton("x", "", "quiet", theme.SOFT)
        self.no.setAccessibleName(self.tr("Not a template"))
        self.no.setToolTip(self.tr("Just chat: messages like this get no such offer again"))
        self.other = IconButton("chevron-down", "", "quiet", theme.SOFT)
        self.other.setAccessibleName(self.tr("Another template"))
        self.other.setToolTip(self.tr("Another template: messages like this get that offer from now on"))
        self.menu = QMenu(self)
        self.other.clicked.connect(self._open_menu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_4))
        layout.addWidget(self.offer)
        layout.addWidget(self.other)
        layout.addWidget(self.no)
        layout.addStretch(1)
        self._said = ""
        self.hide()

    def minimumSizeHint(self) -> QSize:
        """Ask for no more room than for a few letters: a long offer is cut, and the window stays as it is."""
        return QSize(theme.px(theme.COLUMN_LEAST) // 2, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the offer as has room."""
        super().resizeEvent(event)
        self._fit()

    def show_suggestion(self, suggestion: TemplateSuggestion | None) -> None:
        """Show an offer; None hides it."""
        if suggestion is not None:
            said = " · ".join((suggestion.name, *suggestion.words))
            if suggestion.points:
                said += " · " + self.tr("points: {n}").format(n=len(suggestion.points))
            self._said = said
            self._fit()
            self.offer.setAccessibleName(self.tr("Open the brief: {offer}").format(offer=said))
            self.menu.clear()
            for template_id, name in suggestion.others:
                self.menu.addAction(name).setData(template_id)
        self.setVisible(suggestion is not None)

    def _fit(self) -> None:
        """Cut the offer where there is no room for all of it; its key is always seen."""
        if not self._said:
            return
        self.offer.ensurePolished()
        self.offer.setText(self.tr("{offer}   Tab").format(offer=""))
        spaces = 2 * theme.px(theme.SPACE_4)
        room = self.width() - self.other.sizeHint().width() - self.no.sizeHint().width() - spaces
        for_offer = room - self.offer.sizeHint().width()
        shown = self.offer.fontMetrics().elidedText(self._said, Qt.TextElideMode.ElideRight, for_offer)
        shown = shown.replace(" ·…", "…")
        self.offer.setText(self.tr("{offer}   Tab").format(offer=shown))
        self.offer.setToolTip(self._said if shown != self._said else "")

    @Slot()
    def _open_menu(self) -> None:
        self.menu.popup(self.other.mapToGlobal(self.other.rect().bottomLeft()))


class Suggesting(QObject):
    """Watches a composer and offers what it asks for.

    Attributes:
        chip: where the offer stands.
        suggestion: what is offered now.

    Signals:
        taken(TemplateSuggestion): the user wants this brief.
    """

    taken = Signal(object)

    def __init__(self, composer: Composer, thread: SuggestionThread, wanted: Callable[[], bool] = lambda: True) -> None:
        """Watch it; offer only while `wanted`."""
        super().__init__(composer)
        self._wanted = wanted
        self.suggestion: TemplateSuggestion | None = None
        self._sent, self._documents = "", list[Attachment]()  # the last message, while nothing is written behind it
        self._composer, self._thread = composer, thread
        self.chip = SuggestionChip()
        composer.add_row(self.chip)
        self.chip.offer.clicked.connect(self.take)
        self.chip.no.clicked.connect(self._refuse)
        self.chip.menu.triggered.connect(self._overrule)
        composer.edit.tabbed.connect(self.take)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        composer.edit.textChanged.connect(self._changed)
        composer.submitted.connect(self._send)
        thread.found.connect(self._found)

    @Slot()
    def take(self) -> None:
        """Open the brief that is offered."""
        if self.suggestion is not None:
            suggestion = self._with_documents(self.suggestion)
            self.forget()
            self.taken.emit(suggestion)

    @Slot()
    def forget(self) -> None:
        """Offer nothing until something is written."""
        self._sent, self._documents = "", []
        self._offer(None)

    @Slot(str)
    def _send(self, text: str) -> None:
        """Go on offering what was sent, or look at it now; the composer may be empty already."""
        typed, self._documents = split(text)
        self._sent = typed.strip()
        if len(self._sent) >= _SHORTEST:
            self._ask()

    @Slot(QAction)
    def _overrule(self, item: QAction) -> None:
        """Open the brief of the template that was meant, with what the message says."""
        suggestion, chosen = self.suggestion, str(item.data())
        if suggestion is not None:
            self._thread.overrule(suggestion, chosen)
            other = dataclasses.replace(suggestion, template=chosen, name=item.text(), others=())
            other = self._with_documents(other)
            self.forget()
            self.taken.emit(other)

    def _with_documents(self, suggestion: TemplateSuggestion) -> TemplateSuggestion:
        """Have what goes with the message be the text that the brief works on."""
        texts = [one.text for one in (self._documents if self._sent else self._composer.attachments)]
        if not texts:
            return suggestion
        typed = suggestion.given.get("source", "")
        given = {**suggestion.given, "source": "\n\n".join([*([typed] if typed else []), *texts])}
        return dataclasses.replace(suggestion, given=given)

    @Slot()
    def _changed(self) -> None:
        written = self._written()
        if not written and self._sent:
            return
        self._sent = ""
        if self.suggestion is not None and not written.startswith(self.suggestion.text):
            self._offer(None)
        if len(written) >= _SHORTEST:
            self._pause.start()
        else:
            self._pause.stop()
            self._offer(None)

    @Slot()
    def _ask(self) -> None:
        if self._wanted() and not self._composer.edit.composing():
            chinese = QLocale().language() == QLocale.Language.Chinese
            self._thread.ask(self._sent or self._written(), "zh" if chinese else "en")

    @Slot(str, object)
    def _found(self, text: str, suggestion: TemplateSuggestion | None) -> None:
        if text == (self._sent or self._written()):
            self._offer(suggestion)

    @Slot()
    def _refuse(self) -> None:
        if self.suggestion is not None:
            self._thread.refuse(self.suggestion)
            self.forget()
            self._composer.edit.setFocus()

    def _offer(self, suggestion: TemplateSuggestion | None) -> None:
        self.suggestion = suggestion
        self._composer.edit.takes_tab = suggestion is not None
        self.chip.show_suggestion(suggestion)

    def _written(self) -> str:
        return self._composer.edit.toPlainText().strip()  # what a document says is not what is asked

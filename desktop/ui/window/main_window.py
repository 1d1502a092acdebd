"""The window: puts the parts together; what they do lies in their controllers, the library and the model's state."""

import os
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.engine.interface import Event, Finished
from desktop.settings import Settings
from desktop.ui.composer.composer import Composer
from desktop.ui.composer.controller import ComposerController
from desktop.ui.composer.language_warning import LanguageWarning
from desktop.ui.composer.reading_ahead import ReadingAhead
from desktop.ui.composer.suggestions import Suggesting, SuggestionThread
from desktop.ui.conversation.chat import Chat, Turn
from desktop.ui.conversation.controller import ConversationController
from desktop.ui.conversation.latest import Latest
from desktop.ui.conversation.pages import ConversationPage, Pages
from desktop.ui.history.notice import HistoryNotice
from desktop.ui.models.menu import ModelButton
from desktop.ui.models.notice import ModelNotice
from desktop.ui.models.state import ModelState
from desktop.ui.settings.notice import SettingsNotice
from desktop.ui.sidebar.conversation_library import ConversationLibrary
from desktop.ui.sidebar.sidebar import Sidebar
from desktop.ui.widgets import theme
from desktop.ui.widgets.commands import Commands
from desktop.ui.widgets.document_reading import Read
from desktop.ui.widgets.preferences import Preferences
from desktop.ui.widgets.toast import Toast
from desktop.ui.window.action_feedback import ActionFeedback
from desktop.ui.window.bars import ConversationHeader, StatusBar
from desktop.ui.window.commands import window_keys
from desktop.ui.window.details import ContextMeter, Details
from desktop.ui.window.layout import SidePanes, laid_out, with_room_above
from desktop.ui.window.signals import WindowSignals

if TYPE_CHECKING:
    from desktop.history import Hit

ANNOUNCED = 300  # characters of a finished answer that a screen reader says at once


class MainWindow(QWidget):
    """Shows the open conversations. Made anew inside when the language or the size of text changes; nothing is lost.

    Attributes:
        conversations, library, model, preferences: what the window shows; they live longer than its parts.
        signals: what the user wants that others do.
        steps_back: called before it is closed; puts it away instead and gives True where Inkstone stays ready.

    Signals:
        left(): the user wants Inkstone to end, and nothing is lost by that.
        painted(): it was seen for the first time; what takes time may begin.
    """

    left = Signal()
    painted = Signal()

    def __init__(
        self,
        conversations: ConversationController,
        library: ConversationLibrary,
        model: ModelState,
        preferences: Preferences,
        read_document: Read,
    ) -> None:
        """Show these; `read_document` gives the text of a document, on another thread."""
        super().__init__()
        self.setObjectName("window")
        self.conversations, self.library, self.model, self.preferences = conversations, library, model, preferences
        self.signals = WindowSignals(self)
        self._read_document = read_document
        self._suggestions: SuggestionThread | None = None
        self.suggesting: Suggesting | None = None
        self._body: QWidget | None = None
        self._commands: Commands | None = None
        self._seen = False
        self._warned = False  # that closing now would lose text
        self._leaving = False
        self.steps_back: Callable[[], bool] = lambda: False
        self._panes = SidePanes()
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self.resize(theme.window_size(self.screen().availableSize()))  # before its parts, which ask for what has room
        self.build()
        conversations.chat_shown.connect(self._show_chat)
        for better in (conversations.link.settled, conversations.link.opened):
            better.connect(self._all_saved)
        conversations.moved.connect(self._moved)
        conversations.listed.connect(library.take)
        library.renamed.connect(conversations.rename)
        model.changed.connect(self._model_changed)
        preferences.changed.connect(self.apply)

    @property
    def shown(self) -> ConversationPage:
        """The page that is read."""
        return self.pages.current

    @property
    def commands(self) -> Commands:
        """Everything that can be done."""
        assert self._commands is not None  # noqa: S101  # made in `build`
        return self._commands

    def build(self) -> None:
        """Make all parts, in the language and size of now."""
        unread: dict[int, list[Path]] = {}
        if self._body is not None:
            unread = self.composing.let_go()
            self._ahead.make_room()
            self._outer.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        if self._commands is not None:
            for command in self._commands.commands.values():
                self.removeAction(command.action)
            self._commands.deleteLater()
        self.sidebar, self.header, self.composer = (
            Sidebar(self.library),
            ConversationHeader(),
            Composer(self._read_document),
        )
        self.pages, self.status = Pages(self.conversations), StatusBar(self.model)
        self.details = Details(self.conversations, self.model)
        self.model_notice, self.history_notice = ModelNotice(self.model), HistoryNotice(self.conversations.link)
        self.settings_notice = SettingsNotice(self.preferences)
        self.composing: ComposerController = ComposerController(self.composer, self.conversations)
        self.composing.go_on(unread)
        self._ahead: ReadingAhead = ReadingAhead(self.composer, self.composing, self.conversations, self.model)
        self._ahead.wanted.connect(self.signals.ahead_wanted)
        self.composer.add_tool(ModelButton(self.model))
        self.language_notice: LanguageWarning = LanguageWarning(self.composer, self.model)
        ContextMeter(self.composer.meter, self.conversations, self.model)
        self._suggest()
        self.latest = Latest(self.conversations, self.composer)
        views = with_room_above(self.pages)
        notices = (self.settings_notice, self.history_notice, self.model_notice, self.language_notice)
        self._body = laid_out(self.sidebar, self.header, views, (*notices, self.composer), self.details, self.status)
        self._outer.addWidget(self._body)
        self.toast = Toast(views)
        self.feedback = ActionFeedback(self.toast, self.conversations, self.library)
        self._connect()
        self._commands = Commands(self, self.preferences.settings.shortcuts)
        self._commands.add(window_keys(), self._does() | self.sidebar.commands() | self.latest.commands())
        self._show_keys()
        with QSignalBlocker(self.header.details):
            self.header.details.setChecked(self._panes.details_wanted)
        self._fit()
        self._show_chat(self.conversations.shown)
        self._model_changed()

    def suggest_with(self, thread: SuggestionThread) -> None:
        """Offer templates for what is written, from now on."""
        self._suggestions = thread
        self._suggest()

    def _suggest(self) -> None:
        if self._suggestions is not None:
            self.suggesting = Suggesting(self.composer, self._suggestions, self._offers_wanted)
            self.suggesting.taken.connect(self.signals.brief_wanted)
            self.composing.left.connect(self.suggesting.forget)

    def _offers_wanted(self) -> bool:
        return self.preferences.settings.suggestions

    # What the user does.

    @Slot()
    def new_chat(self) -> None:
        """Begin a conversation; an empty one is used again."""
        self.sidebar.search.clear()
        self.conversations.new()
        self.composer.setFocus()

    @Slot()
    def new_temporary(self) -> None:
        """Begin a conversation that is never saved."""
        self.sidebar.search.clear()
        self.conversations.new(temporary=True)
        self.composer.setFocus()

    @Slot(str)
    def submit(self, text: str) -> None:
        """Send a message in the conversation that is read."""
        self.conversations.submit(text)

    @Slot()
    def stop(self) -> None:
        """End the answers of the conversation that is read, or the editing of a message."""
        if self.composing.editing is not None:
            self.composing.leave_edit()
        self.conversations.stop()

    def search(self) -> None:
        """Go to the search field."""
        self._panes.show_sidebar(wanted=True)
        self._fit()
        self.sidebar.show()
        self.sidebar.search.setFocus()
        self.sidebar.search.selectAll()

    def toggle_sidebar(self) -> None:
        """Show or hide the sidebar."""
        shown = not self.sidebar.isVisible()
        self._panes.show_sidebar(wanted=shown)
        self._fit()
        self.sidebar.setVisible(shown)  # also in a window that is very narrow
        if not shown:
            self.composer.setFocus()

    def _fit(self) -> None:
        self._panes.fit(self.width(), self.sidebar, self.details)

    def come_forward(self, request: Mapping[str, object]) -> None:
        """Be seen, as when Inkstone is started once more."""
        if token := str(request.get("activation") or ""):
            os.environ["XDG_ACTIVATION_TOKEN"] = token  # without it, Wayland lets no window come forward
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    @Slot()
    def quit(self) -> None:
        """End Inkstone, also where closing the window only puts it away."""
        self._leaving = True
        if self.close():
            self.left.emit()
            return
        self._leaving = False
        self.come_forward({})  # there is something to read before that

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what is going on; the threads are ended by whoever started them. Ask before unsaved text is lost."""
        if self.conversations.unsent_waits:
            self.conversations.save_unsent()
        if not self._leaving and self.steps_back():
            event.ignore()
            return
        if not self._warned and not self.conversations.saved():
            self._warned = True
            self.history_notice.show_unsaved()
            event.ignore()
            return
        self.conversations.stop_all()
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell that the window is seen, once it is."""
        super().paintEvent(event)
        self.begin()

    def begin(self) -> None:
        """Let begin what waits for the first paint; once."""
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the conversation its room."""
        super().resizeEvent(event)
        self._fit()
        self.toast.place()

    # What happened.

    @Slot(object)
    def _show_chat(self, chat: Chat) -> None:
        if chat is not self.conversations.shown:
            return
        self.header.show_chat(chat)
        self.sidebar.mark(None if chat.temporary else chat.record.number)
        self.setWindowTitle(chat.title or "Inkstone")  # the platform adds the name of the application
        if not self.sidebar.list.hasFocus():
            self.composer.setFocus()

    @Slot(object, object)
    def _moved(self, turn: Turn, event: Event) -> None:
        if not isinstance(event, Finished):
            return
        self.status.show_speed(event.usage.decode_tokens_per_s)
        said = self.tr("Answer finished: {text}") if event.reason == "done" else self.tr("Answer ended: {text}")
        announcement = QAccessibleAnnouncementEvent(self, said.format(text=turn.text[:ANNOUNCED]))
        QAccessible.updateAccessibility(announcement)

    @Slot()
    def _all_saved(self) -> None:
        self._warned = False

    @Slot()
    def _model_changed(self) -> None:
        self.pages.set_waiting(self.model.waiting_text)
        self.pages.show_writer(self.model.info)
        self.composer.set_blocked(self.model.blocked_text)

    @Slot(object, str)
    def too_long(self, stop: threading.Event, sentence: str) -> None:
        """Say that a message does not fit the model before it is sent."""
        self._ahead.too_long(stop, sentence)

    @Slot(object, object)
    def apply(self, before: Settings, now: Settings) -> None:
        """Show changed settings; the look and the language are changed before this is called."""
        if (before.language, before.text_size, before.font) != (now.language, now.text_size, now.font):
            self.build()
        elif before.shortcuts != now.shortcuts:
            self.commands.choose_keys(now.shortcuts)
            self._show_keys()

    def _show_keys(self) -> None:
        self.sidebar.show_key(self.commands.key_of("new"))
        self.pages.show_keys({name: command.keys for name, command in self.commands.commands.items()})

    @Slot(str)
    def _take_sample(self, brief: str) -> None:
        self.composer.edit.write(brief)
        self.composer.setFocus()

    @Slot(bool)
    def _show_details(self, wanted: bool) -> None:
        self._panes.show_details(wanted=wanted)
        self._fit()

    @Slot(int, str)
    def _open(self, number: int, title: str) -> None:
        self.conversations.open(number, title)

    @Slot(object, str)
    def _open_hit(self, hit: "Hit", query: str) -> None:
        if hit.place == "draft":
            self.signals.draft_wanted.emit(hit.owner)
            return
        if hit.conversation is None:
            self.conversations.new()
            return
        message = hit.owner if hit.place == "message" else None
        self.conversations.open(hit.conversation, hit.title, message)
        if message is not None:
            self.pages.seek(message, query)

    def _does(self) -> dict[str, Callable[[], object]]:
        """Give what each command does that no part of the window does by itself."""
        preferences = self.preferences
        return {
            "new": self.new_chat,
            "new-temporary": self.new_temporary,
            "templates": self.signals.templates_wanted.emit,
            "focus-composer": self.composer.setFocus,
            "attach": self.composer.file.click,
            "stop": self.stop,
            "find": lambda: self.shown.view.open_find(),
            "find-next": lambda: self.shown.view.find_next(),
            "find-previous": lambda: self.shown.view.find_previous(),
            "search": self.search,
            "import": self.feedback.bring_in,
            "palette": self.signals.palette_wanted.emit,
            "shortcuts": self.signals.shortcuts_wanted.emit,
            "settings": self.signals.settings_wanted.emit,
            "sidebar": self.toggle_sidebar,
            "details": self.header.details.toggle,
            "model": self.status.model.showMenu,
            "models": self.model.catalogue_wanted.emit,
            "why-device": self.model.reason_wanted.emit,
            "theme": preferences.switch_theme,
            "language": preferences.switch_language,
            "larger": lambda: preferences.scale_text(+1),
            "smaller": lambda: preferences.scale_text(-1),
            "usual-size": lambda: preferences.scale_text(0),
            "quit": self.quit,
        }

    def _connect(self) -> None:
        self.sidebar.new_wanted.connect(self.new_chat)
        self.sidebar.temporary_wanted.connect(self.new_temporary)
        self.sidebar.picked.connect(self._open)
        self.sidebar.hit_picked.connect(self._open_hit)
        self.sidebar.templates_wanted.connect(self.signals.templates_wanted)
        self.sidebar.settings_wanted.connect(self.signals.settings_wanted)
        self.sidebar.left.connect(self.composer.setFocus)
        self.pages.sample_picked.connect(self._take_sample)
        self.pages.edit_wanted.connect(self.composing.edit)
        self.pages.delete_wanted.connect(self.feedback.delete)
        self.pages.export_wanted.connect(self.feedback.export)
        self.header.details_wanted.connect(self._show_details)
        self.latest.edit_wanted.connect(self.composing.edit)
        self.latest.said.connect(self.feedback.say)
        self.signals.follow(self.model_notice)
        for card in (self.model_notice, self.language_notice):
            card.chosen.connect(self.composer.setFocus)  # its button is gone then
        self.signals.load_wanted.connect(self._ahead.make_room)
        self.signals.use_wanted.connect(self._ahead.make_room)
        self.composer.model_dropped.connect(self.signals.model_given)
        self.history_notice.unlock_wanted.connect(self.signals.unlock_wanted)

"""Builds the objects of the window and connects them: the only place that knows them all.

What is not needed for the first paint is imported and built behind it.
"""

import dataclasses
import functools
import logging
import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from desktop import services
from desktop.crashes import install_crash_hook
from desktop.engine.interface import Engine
from desktop.paths import AppPaths
from desktop.settings import Settings, save_settings
from desktop.ui import installed_models

if TYPE_CHECKING:
    from desktop.chat.drafting import DraftingService, Examples
    from desktop.chat.history_service import OpenHistory
    from desktop.chat.scenes import SceneService
    from desktop.errors import SettingsError
    from desktop.ui.composer.suggestions import SuggestionThread
    from desktop.ui.drafting.window import DraftingOpener
    from desktop.ui.models.chat_worker import ChatWorker
    from desktop.ui.quick.quick_prompt import QuickPrompt
    from desktop.ui.single_instance import SingleInstance
    from desktop.ui.widgets.preferences import Preferences
    from desktop.ui.window.background_running import Tray
    from desktop.ui.window.dialogs import Dialogs
    from desktop.ui.window.main_window import MainWindow

_LOG = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True, slots=True)
class ApplicationParts:
    """What runs once the window is there, for whoever builds the rest of it.

    Attributes:
        paths: every folder of the application.
        worker: answers, with the model that is loaded.
        window: what the user sees.
        dialogs: what floats above it.
        instance: hears later starts.
        tray: the icon of an application that stays ready.
        ends: what ends what is built behind the first paint, in this order.
    """

    paths: AppPaths
    worker: "ChatWorker"
    window: "MainWindow"
    dialogs: "Dialogs"
    instance: "SingleInstance"
    tray: "Tray"
    ends: list[Callable[[], object]]


@dataclasses.dataclass(frozen=True, slots=True)
class Beginning:
    """How the application begins.

    Attributes:
        quick: with a quick prompt of this action ("" for none), the window unseen; None: without one.
        hidden: with nothing to be seen, but in the tray.
        offline: no model may be fetched.
    """

    quick: str | None = None
    hidden: bool = False
    offline: bool = False

    @property
    def unseen(self) -> bool:
        """Whether the window waits until the user wants it."""
        return self.hidden or self.quick is not None


def run_window(
    paths: AppPaths,
    settings: Settings,
    open_engine: Callable[[Settings], Engine],
    beginning: Beginning = Beginning(),
    wrong: Sequence["SettingsError"] = (),
) -> int:
    """Show the window until the user closes it.

    Args:
        paths: where the history, crash reports and icons lie.
        settings: as they were saved.
        open_engine: loads the chosen model; called on the chat thread. Raises ModelNotPrepared where it must be
            prepared first, another InkstoneError where it cannot be loaded.
        beginning: how: with the window, or unseen.
        wrong: what is wrong in the file of the settings.

    Returns:
        The exit code of the process.
    """
    install_crash_hook(paths.logs)

    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from desktop.chat.history_unlocker import HistoryUnlocker
    from desktop.errors import InstanceSilent
    from desktop.files.settings_file import read_choices
    from desktop.quick.shortcuts.choices import ShortcutChoices
    from desktop.quick.startup.identity import APP_ID, X11_CLASS
    from desktop.ui.closing import end_each, end_history, leave
    from desktop.ui.collecting import Collector
    from desktop.ui.interrupt import ends_on_interrupt
    from desktop.ui.models.chat_worker import ChatThread, ChatWorker
    from desktop.ui.widgets import theme
    from desktop.ui.widgets.appearance import Appearance
    from desktop.ui.widgets.icons import seal_icon
    from desktop.ui.widgets.preferences import Preferences
    from desktop.ui.widgets.translations import Translations
    from desktop.ui.window.background_running import BackgroundRunning, Tray
    from desktop.ui.window.dialogs import Dialogs
    from desktop.ui.window.instance_notice import InstanceNotice

    app = QApplication([X11_CLASS])
    app.setApplicationDisplayName("Inkstone")
    app.setDesktopFileName(APP_ID)
    Collector(app)
    try:
        instance = open_instance(paths, wished(beginning))
    except InstanceSilent as error:
        speech = Translations(app, paths.assets / "translations", settings.language)
        InstanceNotice(error).exec()
        raise
    if instance is None:
        return 0  # the one that runs already does what is wanted
    quick, hidden, offline = beginning.quick is not None, beginning.hidden, beginning.offline
    _LOG.info("window: quick %s, unseen %s, offline %s", quick, hidden, offline)
    wrong = (*wrong, *read_choices(services.quick_choices(paths), ShortcutChoices)[1])
    preferences = Preferences(settings, functools.partial(save_settings, paths.settings_file), wrong)
    appearance = Appearance(app, settings.theme, paths.assets / "icons")
    appearance.choose_font(settings.font, settings.text_size)
    speech = Translations(app, paths.assets / "translations", settings.language)
    preferences.changed.connect(appearance.apply)  # before the window, which is made anew in the new look
    preferences.changed.connect(speech.apply)
    app.setWindowIcon(seal_icon())
    worker = ChatWorker(
        lambda: open_engine(preferences.settings),
        open_other=lambda model_id: open_engine(dataclasses.replace(preferences.settings, model=model_id)),
    )
    thread = ChatThread(worker)
    unlocker = HistoryUnlocker(paths.history, paths.briefs)
    window = make_window(preferences, unlocker.open)
    window.resize(theme.window_size(window.screen().availableSize()))
    dialogs = Dialogs(window, unlocker)
    connect(window, worker)
    manager = installed_models.make_manager(paths, window, worker, offline=beginning.offline)
    dialogs.show_models(manager)
    dialogs.ready.connect(window.conversations.link.start)
    window.left.connect(app.quit)
    instance.answer("show", window.come_forward)
    instance.answer("stay", lambda _: None)
    tray = Tray()
    staying = BackgroundRunning(window, tray, hidden=beginning.hidden)
    parts = ApplicationParts(paths, worker, window, dialogs, instance, tray, ends=[manager.end])
    build_the_rest = functools.partial(equip, parts, beginning.quick)
    with ends_on_interrupt(window.quit):
        for begin in (build_the_rest, thread.start):  # they compete for the interpreter: paint first
            window.painted.connect(begin)
        QTimer.singleShot(0, dialogs.begin)
        if not beginning.unseen:
            window.show()
        else:
            if not tray.shown:
                window.showMinimized()
            window.begin()  # it is not seen until the user wants it
        code = app.exec()
        _LOG.info("window: closed")
        over = end_each(
            staying.end,
            instance.close,
            worker.close,  # whoever waits for the model waits no longer
            *parts.ends,
            thread.end,
            functools.partial(end_history, window.conversations.end),
            preferences.end,
            instance.release,  # a start from now on is the first
        )
    if not over:
        leave(code)
    del window, appearance, speech  # before the application that they belong to
    return code


def wished(beginning: Beginning) -> dict[str, str]:
    """Give what an instance that runs already is told to do instead."""
    if beginning.quick is not None:
        return {"command": "quick", "action": beginning.quick}
    return {"command": "stay" if beginning.hidden else "show"}


def equip(parts: ApplicationParts, quick: str | None) -> None:
    """Build what can wait until the window is seen: drafting, suggestions, and quick prompts with their keys.

    Args:
        parts: what runs already.
        quick: the quick prompt to open at once; None: none.
    """
    from desktop.ui.quick.hotkeys import Hotkeys

    paths, window, dialogs = parts.paths, parts.window, parts.dialogs
    prompt = make_quick(paths, parts.worker, window)
    parts.instance.answer("quick", prompt.answer)
    hotkeys = Hotkeys(services.quick_choices(paths))
    hotkeys.pressed.connect(prompt.open)
    dialogs.quick = (services.quick_options(paths), hotkeys)
    parts.tray.quick_wanted.connect(prompt.open)
    parts.tray.pause_wanted.connect(hotkeys.pause)
    drafting = make_drafting(paths, parts.worker, window)
    drafting.keys_wanted.connect(functools.partial(dialogs.open_settings, "shortcuts"))
    parts.ends.extend((hotkeys.close, suggest(paths, window, dialogs, drafting).end, drafting.end, prompt.end))
    prompt.start()
    if quick is not None:
        prompt.open(quick)


def make_drafting(paths: AppPaths, worker: "ChatWorker", window: "MainWindow") -> "DraftingOpener":
    """Build what opens the window of drafting; the model of the window writes there, too."""
    from desktop.ui.drafting.environment import DraftingEnvironment
    from desktop.ui.drafting.window import DraftingOpener

    examples = services.open_examples(paths)
    environment = DraftingEnvironment(
        drafting_service(paths, examples, lambda: window.preferences.settings),
        worker.engine,
        export=services.export_draft,
        actions=lambda: services.open_actions(paths).sound,
        preferences=window.preferences,
        models=installed_models.drafting_models(paths, window),
        scenes=scene_service(paths, examples),
    )
    drafting = DraftingOpener(window.conversations.link, environment)
    window.signals.templates_wanted.connect(drafting.open)
    window.signals.draft_wanted.connect(drafting.resume)
    return drafting


def drafting_service(paths: AppPaths, examples: "Examples", settings: Callable[[], Settings]) -> "DraftingService":
    """Give the templates of this home, for whom the settings name at the time of writing."""
    from desktop.chat.drafting import DraftingService, TemplateStore

    store = TemplateStore(paths.assets / "templates", paths.templates)
    return DraftingService(
        store,
        read_source=services.read_source,
        examples=examples,
        author=lambda: services.author_of(settings()),
    )


def scene_service(paths: AppPaths, examples: "Examples") -> "SceneService":
    """Give the scenes of this home: the writer's examples, so that a new one is known to both."""
    from desktop.chat.scenes import SceneService, SceneStore

    return SceneService(SceneStore(paths.scenes, examples.scenes), examples.vectors)


def suggest(
    paths: AppPaths, window: "MainWindow", dialogs: "Dialogs", drafting: "DraftingOpener"
) -> "SuggestionThread":
    """Offer templates for what is written in the window; Tab opens their briefs."""
    from desktop.chat.drafting import TemplateStore
    from desktop.chat.suggestions import Suggestions, TemplateSuggestion
    from desktop.ui.composer.suggestions import SuggestionThread

    def open_brief(suggestion: TemplateSuggestion) -> None:
        drafting.begin(suggestion.template, suggestion.given, suggestion.points, suggestion.text)

    store = TemplateStore(paths.assets / "templates", paths.templates)
    dialogs.suggestions = Suggestions(lambda: services.open_router(paths), store)
    thread = SuggestionThread(dialogs.suggestions)
    window.suggest_with(thread)
    window.signals.brief_wanted.connect(open_brief)
    return thread


def open_instance(paths: AppPaths, message: Mapping[str, str]) -> "SingleInstance | None":
    """Become the one instance of this home; None where another is, which was given the message.

    Raises:
        InstanceSilent: it does not answer.
    """
    from desktop.ui.single_instance import SingleInstance, socket_name

    try:
        name = socket_name(paths.home)
    except OSError:  # no private folder for the socket: the lock of the history still keeps two from writing
        name = ""
    instance = SingleInstance(name)
    asked = {**message, "activation": os.environ.get("XDG_ACTIVATION_TOKEN", "")}
    if name and instance.listen_or_hand_over(asked) is not None:
        return None
    instance.expect("quick")  # the quick prompt is built behind the first paint
    return instance


def make_quick(paths: AppPaths, worker: "ChatWorker", window: "MainWindow") -> "QuickPrompt":
    """Build the quick prompt; its answers come from the model of the window."""
    from desktop.ui.quick.quick_prompt import QuickPrompt
    from desktop.ui.quick.worker import QuickWorker
    from desktop.ui.widgets.error_messages import localised

    def talk(text: str) -> None:
        window.come_forward({})
        window.new_chat()
        window.composer.set_text(text)

    quick = QuickWorker(worker.engine, lambda: services.open_actions(paths).sound.values())
    prompt = QuickPrompt(quick, lambda: services.open_actions(paths).sound, localised)
    prompt.continue_wanted.connect(talk)
    return prompt


def make_window(preferences: "Preferences", open_history: "OpenHistory") -> "MainWindow":
    """Build the window and what it shows; the history is opened once its service is started."""
    from desktop.ui.conversation.controller import ConversationController
    from desktop.ui.history.link import HistoryLink
    from desktop.ui.models.state import ModelState
    from desktop.ui.sidebar.conversation_library import ConversationLibrary
    from desktop.ui.window.main_window import MainWindow

    link = HistoryLink(open_history)
    conversations = ConversationController(link, lambda: HistoryLink(services.open_temporary_history))
    window = MainWindow(
        conversations, ConversationLibrary(link, services.write_parts), ModelState(), preferences, services.read_source
    )
    conversations.restore()
    window.library.load()
    return window


def connect(window: "MainWindow", worker: "ChatWorker") -> None:
    """Connect the window and the worker; every signal that crosses the threads is queued by Qt, but for `make_way`."""
    from PySide6.QtCore import Qt

    window.conversations.asked.connect(worker.make_way, Qt.ConnectionType.DirectConnection)
    window.conversations.asked.connect(worker.answer)
    window.signals.load_wanted.connect(worker.load)
    window.signals.ahead_wanted.connect(worker.read_ahead)
    worker.ahead_too_long.connect(window.too_long)
    worker.loading.connect(window.model.model_loading)
    worker.loaded.connect(window.model.model_loaded)
    worker.model_missing.connect(window.model.model_missing)
    worker.load_failed.connect(window.model.load_failed)
    worker.model_unknown.connect(window.model.model_unknown)
    worker.happened.connect(window.conversations.happened)
    worker.failed.connect(window.conversations.failed)

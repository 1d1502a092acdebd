"""Opens what floats above the window: palette, shortcuts, settings, the way into a locked history, the first start."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer, Signal, Slot

from desktop.chat.history_unlocker import HistoryUnlocker, keyring_works
from desktop.errors import ProtectionNeeded
from desktop.settings import Settings
from desktop.ui.widgets.background import Background
from desktop.ui.window.main_window import MainWindow

if TYPE_CHECKING:  # each is loaded when it is wanted, so that the window opens sooner
    from desktop.chat.suggestions import Suggestions
    from desktop.quick.options import QuickOptions
    from desktop.ui.models.manager import ModelManager
    from desktop.ui.quick.hotkeys import Hotkeys
    from desktop.ui.settings.action_editor import ActionEditor
    from desktop.ui.settings.dialog import SettingsDialog
    from desktop.ui.window.palette import Palette
    from desktop.ui.window.welcome import Welcome


class Dialogs(QObject):
    """Opens dialogs of a window.

    Attributes:
        palette, settings, welcome, actions: what is open of these.
        quick, suggestions, manager: what these are chosen with; None until they are there.

    Signals:
        ready(): nothing is left to ask before the history is opened.
    """

    ready = Signal()

    def __init__(self, window: MainWindow, unlocker: HistoryUnlocker) -> None:
        super().__init__(window)
        self._window, self._unlocker = window, unlocker
        self._background = Background(self)
        self.palette: Palette | None = None
        self.settings: SettingsDialog | None = None
        self.welcome: Welcome | None = None
        self.actions: ActionEditor | None = None
        self.quick: tuple[QuickOptions, Hotkeys] | None = None
        self.suggestions: Suggestions | None = None
        self.manager: ModelManager | None = None
        window.signals.palette_wanted.connect(self.open_palette)
        window.signals.shortcuts_wanted.connect(self.open_shortcuts)
        window.signals.settings_wanted.connect(self.open_settings)
        window.model.models_wanted.connect(partial(self.open_settings, "model"))
        window.model.catalogue_wanted.connect(partial(self.open_settings, "catalogue"))
        window.model.reason_wanted.connect(self.say_why)
        window.model.file_wanted.connect(self.ask_model)
        window.signals.unlock_wanted.connect(self.unlock)
        window.preferences.changed.connect(self._apply)

    def show_models(self, manager: "ModelManager") -> None:
        """Have the settings show the models of this machine; what ends while they are closed is said in the window."""
        self.manager = manager
        manager.told.connect(self._say)
        self._window.signals.model_given.connect(self.bring_in_model)

    @Slot()
    def ask_model(self) -> None:
        """Ask for a file of the user's own, and have its model answer once it is converted."""
        from desktop.ui.settings.model_page import ask_model_file

        path = ask_model_file(self._window)
        if path is not None and self.manager is not None:
            self.manager.bring_in(path, then_use=True)

    @Slot()
    def say_why(self) -> None:
        """Say why the model runs where it does."""
        from desktop.ui.models.device_reason import DeviceReasonBox

        if self._window.model.info is not None:
            box = DeviceReasonBox(self._window, self._window.model.info)
            box.settings_wanted.connect(partial(self.open_settings, "model"))
            box.open()

    @Slot(str)
    def _say(self, sentence: str) -> None:
        if self.settings is None or not self.settings.isVisible():
            self._window.feedback.say(sentence)

    @Slot(object)
    def bring_in_model(self, path: Path) -> None:
        """Import a model where the user sees it happen."""
        if self.manager is not None:
            self.open_settings("model")
            self.manager.bring_in(path)

    @Slot()
    def begin(self) -> None:
        """Ask what must be known at the first start, or go on at once."""
        if self._window.preferences.settings.welcomed:
            self.ready.emit()
        else:
            self._background.run(self._look, self._welcome, lambda _error: self.ready.emit())  # opening it tells why

    def _look(self) -> tuple[bool, bool]:
        """Tell whether there is a history already, and whether the system keeps keys."""
        return self._unlocker.protection() is not None, keyring_works()

    def _welcome(self, found: tuple[bool, bool], step: int = 0) -> None:
        from desktop.ui.window.welcome import Welcome

        exists, keyring = found
        if exists:  # made by the command line, or by an earlier Inkstone: only the welcome is missing
            self._window.preferences.change(welcomed=True)
            self.ready.emit()
            return
        settings = self._window.preferences.settings
        self.welcome = Welcome(
            self._window, self._window.model, self._unlocker.folder, settings.language, keyring=keyring, step=step
        )
        self.welcome.language_chosen.connect(partial(self._speak, keyring))
        self.welcome.protection_chosen.connect(self._protect)
        self.welcome.settled.connect(self._settle)
        self._window.signals.follow(self.welcome.notice)
        self.welcome.open()

    def _speak(self, keyring: bool, language: str, step: int) -> None:
        """Speak the chosen language at once: window and welcome are made anew."""
        if self.welcome is not None:
            self.welcome.hide()
            self.welcome.deleteLater()
        self._window.preferences.change(language=language)
        self._welcome((False, keyring), step)

    @Slot(str, str)
    def _protect(self, kind: str, passphrase: str) -> None:
        if kind:
            way = self._unlocker.choosing(kind, passphrase)  # type: ignore[arg-type]  # one of the three
            self._window.conversations.link.service.try_again(way)
        self.ready.emit()

    @Slot(str)
    def _settle(self, sample: str) -> None:
        self.welcome = None
        self._window.preferences.change(welcomed=True)
        if sample:
            self._window.submit(sample)
        self._window.composer.setFocus()

    @Slot()
    def open_palette(self) -> None:
        """Find a command or a conversation."""
        from desktop.ui.window.palette import Entry, Palette

        window = self._window
        entries = [
            Entry(one.title, one.group, one.keys, one.action.trigger)
            for one in window.commands.commands.values()
            if one.id != "palette"
        ]
        entries += [
            Entry(one.title, self.tr("Conversation"), "", partial(window.conversations.open, one.id, one.title))
            for one in window.library.conversations()
            if one.title and one.deleted_at is None
        ]
        manager = self.manager
        if manager is not None:
            entries += [
                Entry(self.tr("Use {model}").format(model=one.name), self.tr("Model"), "", partial(manager.use, one.id))
                for one in manager.others()
            ]
        self.palette = Palette(window, entries)

    @Slot()
    def open_shortcuts(self) -> None:
        """Show all shortcuts."""
        from desktop.ui.widgets.shortcut_list import ShortcutList

        actions = self._window.commands
        dialog = ShortcutList(self._window, actions.keys(), actions.chosen)
        dialog.change_wanted.connect(dialog.accept)
        dialog.change_wanted.connect(partial(self.open_settings, "shortcuts"))
        dialog.open()

    @Slot()
    def open_settings(self, section: str = "", at: QPoint | None = None) -> None:
        """Change the settings."""
        from desktop.ui.settings.dialog import SettingsDialog, SettingsServices

        if self.settings is not None and self.settings.isVisible():
            self.settings.raise_()
            self.settings.go_to(section)
            return
        window = self._window
        link = window.conversations.link
        services = SettingsServices(
            window.preferences, link, self._unlocker, self.quick, self.suggestions, self.manager
        )
        self.settings = SettingsDialog(window, services, window.commands, section)
        if self.settings.quick is not None:
            self.settings.quick.editor_wanted.connect(self.open_actions)
        self.settings.load_wanted.connect(window.signals.load_wanted)
        self.settings.bin_emptied.connect(window.library.load)
        self.settings.history.import_wanted.connect(window.feedback.bring_in)
        self.settings.history.export_wanted.connect(window.library.export_all)
        self.settings.open()
        self.settings.activateWindow()  # the window of drafts may have been in front
        if at is not None:
            self.settings.move(at)

    @Slot()
    def open_actions(self) -> None:
        """Edit the quick actions."""
        from desktop.ui.settings.action_editor import ActionEditor

        if self.quick is not None:
            self.actions = ActionEditor(self.quick[0], self.settings or self._window)
            self.actions.open()

    @Slot(object, object)
    def _apply(self, before: Settings, now: Settings) -> None:
        """Make an open settings dialog anew where its language or size changed."""
        same = (before.language, before.text_size, before.font) == (now.language, now.text_size, now.font)
        dialog = self.settings
        if same or dialog is None or not dialog.isVisible():
            return
        self.settings = None
        section, at = dialog.section, dialog.pos()
        dialog.hide()
        dialog.deleteLater()
        QTimer.singleShot(0, partial(self.open_settings, section, at))

    @Slot()
    def unlock(self) -> None:
        """Ask for what opens the history, or how a new one is protected."""
        if isinstance(self._window.conversations.link.trouble, ProtectionNeeded):
            without = partial(self._choose_protection, keyring=False)
            self._background.run(keyring_works, self._choose_protection, lambda _error: without())
            return
        from desktop.ui.history.protection import UnlockDialog

        notice = self._window.history_notice
        dialog = UnlockDialog(self._window, notice.sentence.text())
        dialog.given.connect(self._unlock)
        dialog.open()

    def _choose_protection(self, keyring: bool) -> None:
        from desktop.ui.history.protection import ChooseProtection

        dialog = ChooseProtection(self._window, keyring=keyring)
        dialog.chosen.connect(self._protect)
        dialog.open()

    @Slot(str, bool)
    def _unlock(self, typed: str, is_recovery: bool) -> None:
        way = self._unlocker.knowing(recovery=typed) if is_recovery else self._unlocker.knowing(passphrase=typed)
        self._window.conversations.link.service.try_again(way)

"""What the settings show and change about quick prompts: shortcuts, actions and their order, start at login."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.errors import InkstoneError
from desktop.quick.actions.action import Action
from desktop.quick.actions.loading import Actions, import_actions, save_actions
from desktop.quick.shortcuts.binding import bind_command, desktop_of
from desktop.quick.shortcuts.choices import ShortcutChoices, load_choices, save_choices
from desktop.quick.shortcuts.shortcut import Shortcut
from desktop.quick.startup.autostart import Autostart


@dataclass(frozen=True, slots=True)
class QuickOptions:
    """The options of one home; each change is on the disk when its method returns.

    Attributes:
        choices_file: shortcuts and order.
        load: reads the actions, in order.
        own: folder of the user's own actions.
        command: what opens the quick prompt.
        autostart: whether Inkstone starts at login.
        environment: of the session.
        home: of the user, where desktops keep their settings.
    """

    choices_file: Path
    load: Callable[[], Actions]
    own: Path
    command: tuple[str, ...]
    autostart: Autostart
    environment: Mapping[str, str]
    home: Path

    @property
    def choices(self) -> ShortcutChoices:
        """What is chosen now."""
        return load_choices(self.choices_file)

    @property
    def desktop(self) -> str:
        """The desktop that keys can be bound in; "" for none."""
        return desktop_of(self.environment)

    def choose_shortcut(self, name: str, text: str) -> None:
        """Give an action ("": the window without one) a shortcut, "" for none. Raises InkstoneError."""
        kept = {one: key for one, key in self.choices.shortcuts.items() if one != name}
        self._save(shortcuts=kept | ({name: text} if text or not name else {}))

    def bind(self, shortcut: Shortcut) -> bool:
        """Bind the command in the settings of the desktop, see `binding.bind_command`."""
        return bind_command(self.desktop, self.command, shortcut, self.environment, self.home)

    def order(self, names: list[str]) -> None:
        """Offer the actions in this order. Raises InkstoneError."""
        self._save(order=names)

    def is_own(self, name: str) -> bool:
        """Tell whether the user has a file of this action, be it new or in place of a shipped one."""
        return (self.own / f"{name}.toml").exists()

    def keep(self, action: Action) -> None:
        """Save an action of the user's. Raises InkstoneError."""
        try:
            save_actions([action], self.own / f"{action.id}.toml")
        except OSError as error:
            raise InkstoneError(f"The action could not be saved ({error}); nothing was changed.") from error

    def take_in(self, file: Path) -> list[str]:
        """Keep the actions of a file; gives their ids. Raises ActionError."""
        return [action.id for action in import_actions(file, self.own)]

    def drop(self, name: str) -> None:
        """Delete the user's file of an action: a shipped one is then as it was. Raises InkstoneError."""
        try:
            (self.own / f"{name}.toml").unlink(missing_ok=True)
        except OSError as error:
            raise InkstoneError(f"The action could not be deleted ({error}).") from error

    def _save(self, **changed: Any) -> None:
        try:
            save_choices(self.choices_file, changed)
        except OSError as error:
            raise InkstoneError(f"The shortcuts could not be saved ({error}); nothing was changed.") from error

"""The names of quick actions in the user's language."""

from PySide6.QtCore import QLocale

from desktop.quick.actions.action import Action


def action_name(action: Action) -> str:
    """Give the name of an action, in the first language that it has one in where the user's is not among them."""
    chinese = QLocale().language() == QLocale.Language.Chinese
    return action.name.get("zh" if chinese else "en", next(iter(action.name.values())))

"""What is said of quick actions, of shortcuts and of results, in the language of the window."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.codes import Coded
from desktop.quick.actions.action import Action
from desktop.quick.editing.checks import Check, CheckName
from desktop.quick.editing.mistakes import Mended
from desktop.quick.shortcuts.interface import BackEnd, BoundShortcut, Trouble
from desktop.ui.widgets.error_messages import worded


def action_name(action: Action) -> str:
    """Give the name of an action, in the first language that it has one in where the user's is not among them."""
    chinese = QLocale().language() == QLocale.Language.Chinese
    return action.name.get("zh" if chinese else "en", next(iter(action.name.values())))


def back_end_text(name: BackEnd) -> str:
    """Say what calls Inkstone here."""
    translate = QCoreApplication.translate
    match name:
        case "x11":
            return translate("Shortcuts", "X11: Inkstone takes its shortcuts from the X server itself.")
        case "portal":
            return translate(
                "Shortcuts", "Wayland: the desktop asks you once and then calls Inkstone, through its portal."
            )
        case "windows":
            return translate("Shortcuts", "Windows: Inkstone registers its shortcuts with the system.")
        case "macos":
            return translate("Shortcuts", "macOS: Inkstone registers its shortcuts with the system.")
        case "wayland":
            return translate(
                "Shortcuts", "Wayland without portal: bind the command below in the keyboard settings of the desktop."
            )
        case "nothing":
            return translate("Shortcuts", "The screen does not answer: there are no shortcuts here.")
        case "other":
            return translate("Shortcuts", "Bind the command below to a key with the tools of this system.")


def trouble_text(bound: BoundShortcut) -> str:
    """Say why a shortcut does not hold, "" where it does; with what the system answered."""
    translate = QCoreApplication.translate
    sentences: dict[Trouble, str] = {
        "": "",
        "asked": translate("Shortcuts", "The desktop is asking you for it."),
        "taken": translate("Shortcuts", "Another program has this shortcut; choose another one."),
        "twice": translate("Shortcuts", "Two actions have this shortcut; choose another one for one of them."),
        "unreadable": translate("Shortcuts", "This is no shortcut; write one as Ctrl+Alt+Space."),
        "no key": translate("Shortcuts", "The keyboard has no such key."),
        "denied": translate(
            "Shortcuts", "You or the desktop refused it; it is asked for again when it is changed or Inkstone starts."
        ),
        "unassigned": translate("Shortcuts", "The desktop gave it no key; choose one in its keyboard settings."),
        "gone": translate("Shortcuts", "The desktop's portal has ended; the shortcut holds again when it is back."),
        "no portal": translate(
            "Shortcuts", "The desktop has no portal for shortcuts; bind the command in its keyboard settings."
        ),
        "failed": translate("Shortcuts", "The system refused it."),
    }
    said = sentences[bound.trouble]
    return f"{said} ({bound.detail})" if bound.detail else said


def mended_text(mended: Iterable[Mended]) -> str:
    """Say what was surely wrong, each kind once; "" where nothing was."""
    kinds = [one.kind for one in mended if one.sure]
    return ", ".join(worded(kind()) for kind in dict.fromkeys(kinds))


def suggestion_text(failed: Check) -> str:
    """Say why a result is only a suggestion."""
    translate = QCoreApplication.translate
    names: dict[CheckName, str] = {
        "empty": translate("QuickCard", "the model wrote nothing"),
        "language": translate("QuickCard", "the language changed: {found}"),
        "length": translate("QuickCard", "the length: {found}"),
        "numbers": translate("QuickCard", "numbers: {found}"),
        "names": translate("QuickCard", "names: {found}"),
        "meaning": translate("QuickCard", "the meaning: {found}"),
        "chatter": translate("QuickCard", "this is no result: {found}"),
        "repeats": translate("QuickCard", "it repeats itself"),
        "doubts": translate("QuickCard", "not sure about {found}"),
        "dates": translate("QuickCard", "days or dates: {found}"),
        "amounts": translate("QuickCard", "amounts: {found}"),
        "address": translate("QuickCard", "how people are addressed: {found}"),
        "apology": translate("QuickCard", "the apology: {found}"),
        "negation": translate("QuickCard", "what is denied: {found}"),
        "roles": translate("QuickCard", "who does what to whom: {found}"),
        "form": translate("QuickCard", "the form: {found}"),
        "kept": translate("QuickCard", "only {found} of the text is kept"),
        "added": translate("QuickCard", "it lacks what was to be added: {found}"),
    }
    found = worded(failed.found) if isinstance(failed.found, Coded) else failed.found
    reason = names[failed.name].format(found=found)
    return translate("QuickCard", "Only a suggestion: {reason}").format(reason=reason)

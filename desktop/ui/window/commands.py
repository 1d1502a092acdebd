"""The commands of the main window, each with its name and its usual key; what they do, its parts say."""

from PySide6.QtCore import QCoreApplication

from desktop.ui.widgets.commands import CommandKey


def window_keys() -> list[CommandKey]:
    """List every command of the main window, as the palette and the list of shortcuts show them."""
    translate = QCoreApplication.translate

    write = translate("Commands", "Write")
    answers = translate("Commands", "Answers")
    kept = translate("Commands", "Conversations")
    view = translate("Commands", "Window")
    return [
        CommandKey("new", write, translate("Commands", "New chat"), "Ctrl+N"),
        CommandKey("new-temporary", write, translate("Commands", "New temporary chat"), "Ctrl+Shift+N"),
        CommandKey("templates", write, translate("Commands", "Draft from a template"), "Ctrl+T"),
        CommandKey("focus-composer", write, translate("Commands", "Go to the message"), "Ctrl+L"),
        CommandKey("attach", write, translate("Commands", "Attach a text file"), "Ctrl+O"),
        CommandKey("stop", answers, translate("Commands", "Stop"), "Esc"),
        CommandKey("regenerate", answers, translate("Commands", "Write the last answer again"), "Ctrl+R"),
        CommandKey("go-on", answers, translate("Commands", "Continue the last answer"), "Ctrl+Return"),
        CommandKey("edit", answers, translate("Commands", "Ask the last message differently"), "Ctrl+E"),
        CommandKey("copy", answers, translate("Commands", "Copy the last answer"), "Ctrl+Shift+C"),
        CommandKey("fork", answers, translate("Commands", "Go on in a new conversation from here"), ""),
        CommandKey("find", answers, translate("Commands", "Search in the conversation"), "Ctrl+F"),
        CommandKey("find-next", answers, translate("Commands", "Next match"), "F3"),
        CommandKey("find-previous", answers, translate("Commands", "Previous match"), "Shift+F3"),
        CommandKey("search", kept, translate("Commands", "Search all conversations"), "Ctrl+Shift+F"),
        CommandKey("next", kept, translate("Commands", "Next conversation"), "Ctrl+PgDown"),
        CommandKey("previous", kept, translate("Commands", "Previous conversation"), "Ctrl+PgUp"),
        CommandKey("rename", kept, translate("Commands", "Rename the conversation"), "F2"),
        CommandKey("pin", kept, translate("Commands", "Pin or unpin the conversation"), "Ctrl+Shift+P"),
        CommandKey("archive", kept, translate("Commands", "Archive the conversation"), ""),
        CommandKey("delete", kept, translate("Commands", "Delete the conversation"), "Ctrl+Shift+Backspace"),
        CommandKey("folder", kept, translate("Commands", "Move the conversation to a folder"), ""),
        CommandKey("export", kept, translate("Commands", "Export the conversation"), "Ctrl+S"),
        CommandKey("import", kept, translate("Commands", "Import conversations"), ""),
        CommandKey("bin", kept, translate("Commands", "Show the bin"), ""),
        CommandKey("palette", view, translate("Commands", "Find a command"), "Ctrl+K"),
        CommandKey("shortcuts", view, translate("Commands", "Show all shortcuts"), "Ctrl+/"),
        CommandKey("settings", view, translate("Commands", "Settings"), "Ctrl+,"),
        CommandKey("sidebar", view, translate("Commands", "Show or hide the sidebar"), "Ctrl+B"),
        CommandKey("details", view, translate("Commands", "Show or hide the details"), "Ctrl+I"),
        CommandKey("model", view, translate("Commands", "Choose the model"), "Ctrl+M"),
        CommandKey("models", view, translate("Commands", "More models…"), ""),
        CommandKey("why-device", view, translate("Commands", "Why does the model run where it does?"), ""),
        CommandKey("theme", view, translate("Commands", "Switch the theme: light or dark"), "Ctrl+Shift+L"),
        CommandKey("language", view, "English / 简体中文", ""),
        CommandKey("larger", view, translate("Commands", "Larger text"), "Ctrl++"),
        CommandKey("smaller", view, translate("Commands", "Smaller text"), "Ctrl+-"),
        CommandKey("usual-size", view, translate("Commands", "Usual size of text"), "Ctrl+0"),
        CommandKey("quit", view, translate("Commands", "Quit"), "Ctrl+Q"),
    ]

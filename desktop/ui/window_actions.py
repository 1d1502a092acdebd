"""The commands of the main window, each with its name, its usual key and what it does."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.ui.actions import Actions

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow


def add_commands(actions: Actions, window: "MainWindow") -> None:
    """Give a window its commands."""
    tr = QCoreApplication.translate
    desk, sidebar = window.desk, window.sidebar

    write = tr("Commands", "Write")
    actions.add("new", write, tr("Commands", "New draft"), "Ctrl+N", window.new_draft)
    actions.add(
        "new-temporary", write, tr("Commands", "New temporary chat"), "Ctrl+Shift+N", lambda: desk.new(temporary=True)
    )
    actions.add("focus-composer", write, tr("Commands", "Go to the message"), "Ctrl+L", window.composer.setFocus)
    actions.add("attach", write, tr("Commands", "Attach a text file"), "Ctrl+O", window.composer.file.click)

    answers = tr("Commands", "Answers")
    actions.add("stop", answers, tr("Commands", "Stop"), "Esc", window.stop)
    actions.add("regenerate", answers, tr("Commands", "Write the last answer again"), "Ctrl+R", window.regenerate_last)
    actions.add("go-on", answers, tr("Commands", "Continue the last answer"), "Ctrl+Return", window.continue_last)
    actions.add("edit", answers, tr("Commands", "Ask the last message differently"), "Ctrl+E", window.edit_last)
    actions.add("copy", answers, tr("Commands", "Copy the last answer"), "Ctrl+Shift+C", window.copy_last)
    actions.add("fork", answers, tr("Commands", "Go on in a new conversation from here"), "", window.fork_last)

    kept = tr("Commands", "Conversations")
    actions.add("search", kept, tr("Commands", "Search all conversations"), "Ctrl+Shift+F", window.search)
    actions.add("next", kept, tr("Commands", "Next conversation"), "Ctrl+PgDown", lambda: sidebar.step(1))
    actions.add("previous", kept, tr("Commands", "Previous conversation"), "Ctrl+PgUp", lambda: sidebar.step(-1))
    actions.add("rename", kept, tr("Commands", "Rename the conversation"), "F2", sidebar.rename_shown)
    actions.add("pin", kept, tr("Commands", "Pin or unpin the conversation"), "Ctrl+Shift+P", sidebar.pin_shown)
    actions.add("archive", kept, tr("Commands", "Archive the conversation"), "", sidebar.archive_shown)
    actions.add("delete", kept, tr("Commands", "Delete the conversation"), "Ctrl+Shift+Backspace", sidebar.delete_shown)
    actions.add("folder", kept, tr("Commands", "Move the conversation to a folder"), "", sidebar.move_shown)
    actions.add("bin", kept, tr("Commands", "Show the bin"), "", sidebar.show_bin)

    view = tr("Commands", "Window")
    actions.add("palette", view, tr("Commands", "Find a command"), "Ctrl+K", window.open_palette)
    actions.add("shortcuts", view, tr("Commands", "Show all shortcuts"), "Ctrl+/", window.open_shortcuts)
    actions.add("settings", view, tr("Commands", "Settings"), "Ctrl+,", window.open_settings)
    actions.add("sidebar", view, tr("Commands", "Show or hide the sidebar"), "Ctrl+B", window.toggle_sidebar)
    actions.add("details", view, tr("Commands", "Show or hide the details"), "Ctrl+I", window.header.details.toggle)
    actions.add("theme", view, tr("Commands", "Switch between light and dark"), "Ctrl+Shift+L", window.switch_theme)
    actions.add("larger", view, tr("Commands", "Larger text"), "Ctrl++", lambda: window.scale_text(+1))
    actions.add("smaller", view, tr("Commands", "Smaller text"), "Ctrl+-", lambda: window.scale_text(-1))
    actions.add("usual-size", view, tr("Commands", "Usual size of text"), "Ctrl+0", lambda: window.scale_text(0))
    actions.add("quit", view, tr("Commands", "Quit"), "Ctrl+Q", window.close)

"""The commands of the main window, each with its name, its usual key and what it does."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.ui.widgets.commands import Commands

if TYPE_CHECKING:
    from desktop.ui.window.main_window import MainWindow


def add_commands(actions: Commands, window: "MainWindow") -> None:
    """Give a window its commands."""
    translate = QCoreApplication.translate
    sidebar = window.sidebar

    write = translate("Commands", "Write")
    actions.add("new", write, translate("Commands", "New draft"), "Ctrl+N", window.new_draft)
    actions.add(
        "new-temporary",
        write,
        translate("Commands", "New temporary chat"),
        "Ctrl+Shift+N",
        window.new_temporary,
    )
    actions.add("templates", write, translate("Commands", "Draft from a template"), "Ctrl+T", window.open_templates)
    actions.add("focus-composer", write, translate("Commands", "Go to the message"), "Ctrl+L", window.composer.setFocus)
    actions.add("attach", write, translate("Commands", "Attach a text file"), "Ctrl+O", window.composer.file.click)

    answers = translate("Commands", "Answers")
    actions.add("stop", answers, translate("Commands", "Stop"), "Esc", window.stop)
    actions.add(
        "regenerate", answers, translate("Commands", "Write the last answer again"), "Ctrl+R", window.latest.regenerate
    )
    actions.add("go-on", answers, translate("Commands", "Continue the last answer"), "Ctrl+Return", window.latest.go_on)
    actions.add(
        "edit", answers, translate("Commands", "Ask the last message differently"), "Ctrl+E", window.latest.edit
    )
    actions.add("copy", answers, translate("Commands", "Copy the last answer"), "Ctrl+Shift+C", window.latest.copy)
    actions.add("fork", answers, translate("Commands", "Go on in a new conversation from here"), "", window.latest.fork)

    actions.add("find", answers, translate("Commands", "Search in the conversation"), "Ctrl+F", window.open_find)
    actions.add("find-next", answers, translate("Commands", "Next match"), "F3", lambda: window.shown.view.find_next())
    actions.add(
        "find-previous",
        answers,
        translate("Commands", "Previous match"),
        "Shift+F3",
        lambda: window.shown.view.find_previous(),
    )

    kept = translate("Commands", "Conversations")
    actions.add("search", kept, translate("Commands", "Search all conversations"), "Ctrl+Shift+F", window.search)
    actions.add("next", kept, translate("Commands", "Next conversation"), "Ctrl+PgDown", lambda: sidebar.step(1))
    actions.add("previous", kept, translate("Commands", "Previous conversation"), "Ctrl+PgUp", lambda: sidebar.step(-1))
    actions.add("rename", kept, translate("Commands", "Rename the conversation"), "F2", sidebar.rename_shown)
    actions.add("pin", kept, translate("Commands", "Pin or unpin the conversation"), "Ctrl+Shift+P", sidebar.pin_shown)
    actions.add("archive", kept, translate("Commands", "Archive the conversation"), "", sidebar.archive_shown)
    actions.add(
        "delete", kept, translate("Commands", "Delete the conversation"), "Ctrl+Shift+Backspace", sidebar.delete_shown
    )
    actions.add("folder", kept, translate("Commands", "Move the conversation to a folder"), "", sidebar.move_shown)
    actions.add("export", kept, translate("Commands", "Export the conversation"), "Ctrl+S", sidebar.export_shown)
    actions.add("import", kept, translate("Commands", "Import conversations"), "", window.feedback.bring_in)
    actions.add("bin", kept, translate("Commands", "Show the bin"), "", sidebar.show_bin)

    view = translate("Commands", "Window")
    actions.add("palette", view, translate("Commands", "Find a command"), "Ctrl+K", window.open_palette)
    actions.add("shortcuts", view, translate("Commands", "Show all shortcuts"), "Ctrl+/", window.open_shortcuts)
    actions.add("settings", view, translate("Commands", "Settings"), "Ctrl+,", window.open_settings)
    actions.add("sidebar", view, translate("Commands", "Show or hide the sidebar"), "Ctrl+B", window.toggle_sidebar)
    actions.add(
        "details", view, translate("Commands", "Show or hide the details"), "Ctrl+I", window.header.details.toggle
    )
    actions.add(
        "theme", view, translate("Commands", "Switch the theme: light or dark"), "Ctrl+Shift+L", window.switch_theme
    )
    actions.add("language", view, "English / 简体中文", "", window.switch_language)
    actions.add("larger", view, translate("Commands", "Larger text"), "Ctrl++", lambda: window.scale_text(+1))
    actions.add("smaller", view, translate("Commands", "Smaller text"), "Ctrl+-", lambda: window.scale_text(-1))
    actions.add("usual-size", view, translate("Commands", "Usual size of text"), "Ctrl+0", lambda: window.scale_text(0))
    actions.add("quit", view, translate("Commands", "Quit"), "Ctrl+Q", window.quit)

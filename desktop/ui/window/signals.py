"""What the user wants of the window that others do: the application, the dialogs, the threads of model and history."""

from PySide6.QtCore import QObject, Signal

from desktop.ui.models.notice import ModelNotice


class WindowSignals(QObject):
    """Outlives the parts of the window, which are made anew, so that whoever listens is connected once.

    Signals:
        load_wanted(): the user wants the model loaded once more.
        use_wanted(str): the user wants this model to answer.
        model_given(Path): the user dropped a model.
        draft_wanted(int): the user wants to go on with a draft of the history; its number.
        unlock_wanted(): the history cannot be opened, and the user wants to help.
        settings_wanted(), palette_wanted(), shortcuts_wanted(), templates_wanted(): the user wants to see these.
        brief_wanted(TemplateSuggestion): the user wants the brief that a message asks for.
        ahead_wanted(tuple[Message, ...], threading.Event): the model may read this until the event stops it.
    """

    load_wanted = Signal()
    use_wanted = Signal(str)
    model_given = Signal(object)
    draft_wanted = Signal(int)
    unlock_wanted = Signal()
    settings_wanted = Signal()
    palette_wanted = Signal()
    shortcuts_wanted = Signal()
    templates_wanted = Signal()
    brief_wanted = Signal(object)
    ahead_wanted = Signal(object, object)

    def follow(self, notice: ModelNotice) -> None:
        """Pass on what the user wants where the state of the model is shown."""
        notice.load_wanted.connect(self.load_wanted)

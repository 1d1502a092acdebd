"""What the user wants of the window that others do: the application, the dialogs, the threads of model and history."""

from PySide6.QtCore import QObject, Signal

from desktop.ui.models.notice import ModelNotice


class WindowSignals(QObject):
    """Outlives the parts of the window, which are made anew, so that whoever listens is connected once.

    Signals:
        prepare_wanted(threading.Event): the user wants the starter model prepared; the event stops it.
        load_wanted(): the user wants the model loaded once more.
        use_wanted(str): the user wants this model to answer.
        model_given(Path): the user dropped a model.
        models_wanted(): the user wants to see the models of this machine.
        draft_wanted(int): the user wants to go on with a draft of the history; its number.
        unlock_wanted(): the history cannot be opened, and the user wants to help.
        settings_wanted(), palette_wanted(), shortcuts_wanted(), templates_wanted(): the user wants to see these.
        brief_wanted(TemplateSuggestion): the user wants the brief that a message asks for.
        ahead_wanted(tuple[Message, ...], threading.Event): the model may read this until the event stops it.
    """

    prepare_wanted = Signal(object)
    load_wanted = Signal()
    use_wanted = Signal(str)
    model_given = Signal(object)
    models_wanted = Signal()
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
        notice.prepare_wanted.connect(self.prepare_wanted)
        notice.load_wanted.connect(self.load_wanted)
        notice.use_wanted.connect(self.use_wanted)
        notice.models_wanted.connect(self.models_wanted)

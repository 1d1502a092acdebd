"""Drafting in the window: gallery, brief and canvas in one place, with the thread that writes.

The main window makes one `DraftingPane`, shows it, and ends it.
"""

import threading
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.chat.drafting import Brief, Draft
from desktop.chat.model_advice import WritingModel
from desktop.chat.scenes import ChosenScene
from desktop.errors import InkstoneError
from desktop.settings import Settings
from desktop.ui.canvas.canvas import Canvas
from desktop.ui.drafting.brief_form import BriefForm
from desktop.ui.drafting.draft_saver import DraftSaver
from desktop.ui.drafting.environment import DraftingEnvironment
from desktop.ui.drafting.gallery import Gallery
from desktop.ui.drafting.scene_tools import SceneTools
from desktop.ui.drafting.template_editor import TemplateTools
from desktop.ui.drafting.worker import DraftThread, DraftWorker
from desktop.ui.quick.worker import QuickWorker
from desktop.ui.widgets.background import Background
from desktop.ui.widgets.error_messages import localised


class DraftingPane(QWidget):
    """The gallery first; a template gives its brief, a brief its canvas.

    Attributes:
        gallery: the templates.
        tools: copies, edits and adds templates.
        scene_tools: the same for scenes; None where there are none.
        form: the brief that is being filled in; None: none.
        canvas: the draft that is open; None: none.

    Signals:
        changed(Draft): the open draft is another one now.
        grew(Draft): the model has written another sentence of it.
        named(str): what is shown has this name; "": the gallery is shown.
        keys_wanted(): the user wants other keys.
        ahead_wanted(Brief, threading.Event): the model may read what this will be written from, until it is stopped.
    """

    ahead_wanted = Signal(object, object)
    changed = Signal(object)
    grew = Signal(object)
    named = Signal(str)
    keys_wanted = Signal()

    def __init__(self, environment: DraftingEnvironment, language: str, saver: DraftSaver | None = None) -> None:
        """Open the pane and start its thread.

        Args:
            environment: what it works with.
            language: of the user: en or zh.
            saver: keeps drafts and briefs in the history; None: drafts are kept by whoever hears `changed` and `grew`,
                and briefs are not.
        """
        super().__init__()
        self._environment, self._language, self._saver = environment, language, saver
        self._drafting, self._preferences, self._models = (
            environment.service,
            environment.preferences,
            environment.models,
        )
        self._worker = DraftWorker(environment.service, environment.engine)
        self._ahead = threading.Event()
        self.ahead_wanted.connect(self._worker.read_ahead)
        self._quick = QuickWorker(environment.engine)
        self._thread = DraftThread(self._worker, self._quick)
        if self._models is not None:
            self._models.changed.connect(self._look_at_models)
        self._background = Background(self)
        self._stack = QStackedLayout(self)
        if self._preferences is not None:
            self._preferences.changed.connect(self._apply)
        settings = self._preferences.settings if self._preferences is not None else Settings()
        self.gallery = Gallery(self._drafting, language, settings.favourites, environment.scenes)
        self.gallery.favourites_chosen.connect(self._keep_favourites)
        self.gallery.picked.connect(self.begin)
        self.gallery.scene_picked.connect(self.begin_scene)
        self.gallery.resumed.connect(self._resume)
        self.tools = TemplateTools(self._drafting, self.gallery, language)
        self.scene_tools: SceneTools | None = None
        if environment.scenes is not None:
            self.scene_tools = SceneTools(environment.scenes, self._drafting, self.gallery, self.tools, language)
        if saver is not None:
            self.grew.connect(saver.keep)
            self.changed.connect(saver.keep)
            saver.recent(self.gallery.show_recent)
        self.form: BriefForm | None = None
        self.canvas: Canvas | None = None
        self._stack.addWidget(self.gallery)
        self._thread.start()

    @Slot(str)
    def begin(
        self,
        template_id: str,
        given: Mapping[str, str] | None = None,
        points: Sequence[str] = (),
        *,
        request: str = "",
        brief: Brief | None = None,
        scene: ChosenScene | None = None,
    ) -> None:
        """Ask for a brief, e.g. with what the router found in a message (`request`), or with one of last week."""
        if self.form is not None:
            self._stack.removeWidget(self.form)
            self.form.deleteLater()
        self.form = BriefForm(self._drafting, template_id, self._language, given, self._saver, scene)
        self.form.points.setPlainText("\n".join(points))
        self.form.ask_in_words(request)
        if brief is not None:
            self.form.fill(brief)
        self.form.settled.connect(self._read_ahead)
        self.form.wanted.connect(self._wanted)
        self.form.left.connect(self.show_gallery)
        self.form.writer_chosen.connect(self._use)
        self._look_at_models()
        self._show(self.form)
        self.named.emit(self.form.title)

    @Slot(str)
    def begin_scene(self, scene_id: str) -> None:
        """Ask for the brief of a scene."""
        if self._environment.scenes is None:
            return
        try:
            scene = self._environment.scenes.choose(scene_id, self._language)
            self._drafting.template(scene.template)
        except InkstoneError as error:  # a file of the user's that is gone, or of a template that is
            self.gallery.tell(localised(error))
            return
        self.begin(scene.template, scene=scene)

    def open(self, draft: Draft, number: int | None = None, *, write: bool = False) -> None:
        """Open a draft, `number` where it is one of the history; `write` has the rest of it written at once."""
        self.close_canvas()
        if self._saver is not None:
            self._saver.begin(draft, number)
        keys = self._preferences.settings.shortcuts if self._preferences is not None else {}
        self.canvas = Canvas(self._drafting, draft, self._environment.export, self._environment.actions, keys)
        self.canvas.writing.write_wanted.connect(self._worker.write)
        self.canvas.writing.change_wanted.connect(self._worker.change)
        self._worker.moved.connect(self.canvas.writing.take)
        self._worker.failed.connect(self.canvas.writing.fail)
        self.canvas.selected.wanted.connect(self._quick.do)
        self._quick.written.connect(self.canvas.selected.written)
        self._quick.finished.connect(self.canvas.selected.finished)
        self._quick.failed.connect(self.canvas.selected.failed)
        self.canvas.changed.connect(self.changed)
        self.canvas.changed.connect(self._name)
        self.canvas.grew.connect(self.grew)
        self.canvas.left.connect(self.show_gallery)
        self.canvas.keys_wanted.connect(self.keys_wanted)
        if self.scene_tools is not None:
            self.canvas.offer_scenes()
            self.canvas.scene_wanted.connect(self.scene_tools.add_draft)
            self.scene_tools.saved.connect(self.canvas.tell)
        self._show(self.canvas)
        self._name(draft)
        if write:
            self.canvas.write()

    def resume(self, number: int) -> None:
        """Go on with a draft of the history; nothing happens where it is the one that is open."""
        if self._saver is not None and (self.canvas is None or self._saver.number != number):
            self._saver.bring(number, self._resume_found)

    @Slot()
    def show_gallery(self) -> None:
        """Go back to the templates; what is being written is stopped and kept."""
        self._ahead.set()
        self.close_canvas()
        self.gallery.refresh()
        if self._saver is not None:
            self._saver.recent(self.gallery.show_recent)
        self._show(self.gallery)
        self.named.emit("")

    def close_canvas(self) -> None:
        """Stop what is being written and put the canvas away."""
        if self.canvas is not None:
            self.canvas.halt()
            self.canvas.page.flush()
            self._worker.moved.disconnect(self.canvas.writing.take)
            self._worker.failed.disconnect(self.canvas.writing.fail)
            if self.scene_tools is not None:
                self.scene_tools.saved.disconnect(self.canvas.tell)
            self._quick.written.disconnect(self.canvas.selected.written)
            self._quick.finished.disconnect(self.canvas.selected.finished)
            self._quick.failed.disconnect(self.canvas.selected.failed)
            self._stack.removeWidget(self.canvas)
            self.canvas.deleteLater()
            self.canvas = None

    def end(self) -> bool:
        """Stop, and wait a while until the thread is gone, before the application ends; False where it is not."""
        self._ahead.set()
        self.close_canvas()
        return self._thread.end()

    @Slot(object)
    def _read_ahead(self, brief: Brief) -> None:
        """Have read what a draft begins with while the user still looks at its brief: Write waits the less for it."""
        self._ahead.set()
        self._ahead = threading.Event()
        self.ahead_wanted.emit(brief, self._ahead)

    @Slot(object)
    def _wanted(self, brief: Brief) -> None:
        try:
            draft = self._drafting.begin(brief)
        except InkstoneError as error:
            if self.form is not None:
                self.form.tell(localised(error))
            return
        self.open(draft, write=True)

    @Slot(object)
    def _name(self, draft: Draft) -> None:
        self.named.emit(draft.title or draft.brief.slots.get("topic", ""))

    @Slot(object, int)
    def _resume(self, draft: Draft, number: int) -> None:
        self.open(draft, number)

    def _resume_found(self, found: list[tuple[int, Draft]]) -> None:
        for number, draft in found:
            self.open(draft, number)

    @Slot()
    def _look_at_models(self) -> None:
        """Have the brief say which models write its language; none is drafted while another is being loaded."""
        if self.form is not None and self._models is not None:
            self.form.draft.setEnabled(not self._models.loading())
            self._background.run(self._models.writers, self._show_writers)

    def _show_writers(self, writers: Sequence[WritingModel]) -> None:
        if self.form is not None:
            self.form.show_writers(writers)

    @Slot(str)
    def _use(self, model_id: str) -> None:
        if self.form is not None and self._models is not None:
            self.form.draft.setEnabled(False)  # until it is loaded
            self._models.use(model_id)

    @Slot(object, object)
    def _apply(self, before: Settings, now: Settings) -> None:
        if self.canvas is not None and before.shortcuts != now.shortcuts:
            self.canvas.choose_keys(now.shortcuts)

    @Slot(object)
    def _keep_favourites(self, favourites: tuple[str, ...]) -> None:
        if self._preferences is not None:
            self._preferences.change(favourites=favourites)

    def _show(self, part: QWidget) -> None:
        if self._stack.indexOf(part) < 0:
            self._stack.addWidget(part)
        self._stack.setCurrentWidget(part)
        part.setFocus()

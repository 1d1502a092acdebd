"""Actions on selected text: asked for on the page, done on another thread, decided by the user on the page.

    selection -> Job -> Run (streams) -> usable: changes to accept or reject · else: a suggestion below the text

The section that is being changed shows the difference as it grows; everything else can be edited meanwhile. The draft
only changes by what the user decides.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal, Slot

from desktop.errors import InkstoneError
from desktop.quick.actions.action import Action
from desktop.quick.editing.run import Outcome
from desktop.ui.canvas.action_job import Job, code_within, stretch
from desktop.ui.canvas.changes_view import ChangeNote
from desktop.ui.canvas.page import CanvasPage
from desktop.ui.canvas.section_pane import SectionPane, reason_of
from desktop.ui.quick.texts import action_name
from desktop.ui.quick.worker import ActionRun
from desktop.ui.widgets.error_messages import localised, worded


class SelectedText(QObject):
    """Does actions on stretches of a page, one at a time.

    Attributes:
        actions: by id.
        allowed: whether something may begin now; the canvas says so.

    Signals:
        wanted(ActionRun): to be done.
        moved(): something began or is over.
        offered(str, str): id of a section, and its text with a result in it; worth keeping whatever the user decides.
        said(str): a sentence for the user.
    """

    wanted = Signal(object)
    moved = Signal()
    offered = Signal(str, str)
    said = Signal(str)

    def __init__(self, page: CanvasPage, actions: Callable[[], Mapping[str, Action]]) -> None:
        """Work on a page; `actions` gives what can be done, by id."""
        super().__init__(page)
        self._page = page
        self.actions = actions()
        self.allowed = True
        self._job: Job | None = None
        self._run: ActionRun | None = None
        self._begun = False  # something of the result was seen
        self._suggested: dict[str, Job] = {}  # by section: what its suggestion is about
        page.suggestion_wanted.connect(self._show_suggestion)

    @property
    def section(self) -> str | None:
        """Id of the section that is being changed."""
        return self._job.section if self._job is not None else None

    def begin(self, action_id: str, pane: SectionPane, *, all_code: bool = False) -> None:
        """Do an action on what is selected in a section; on its paragraph at the cursor, or on `all_code` of it."""
        action = self.actions.get(action_id)
        if action is None or not self.allowed or self._run is not None:
            return
        job = self._job_of(action, pane, all_code=all_code)
        if pane.section.locked and job.goes_in:
            self.said.emit(self.tr("This section is locked; unlock it to change it."))
        elif pane.changes is not None:
            self.said.emit(self.tr("Accept or reject the changes first."))
        elif not job.text:
            self.said.emit(self.tr("Select some text first."))
        else:
            if job.goes_in:
                pane.leave_suggestion()
                pane.watch(job)
            else:
                pane.suggest(action_name(action))
            self.said.emit("")
            self._ask(job)
            self.moved.emit()

    @Slot()
    def stop(self) -> None:
        """Stop what is being done; what is there by then is shown."""
        if self._run is None:
            return
        self._run.stop.set()
        if not self._begun:  # it may still wait for the model, and would not hear of the stop before that is there
            self._leave()
            self.moved.emit()

    # What the worker tells.

    @Slot(object, str)
    def written(self, run: ActionRun, text: str) -> None:
        """Show the result so far."""
        pane = self._pane()
        if run is not self._run or self._job is None or pane is None:
            return
        self._begun = True
        if pane.watched is not None:
            pane.watched.show_difference(self._job.so_far(self._job.completed(text)))
        elif pane.suggestion is not None:
            pane.suggestion.show_text(text)

    @Slot(object, object)
    def finished(self, run: ActionRun, outcome: Outcome) -> None:
        """Let the user decide about the result."""
        job, pane = self._job, self._pane()
        if run is not self._run or job is None:
            return
        if not outcome.result.strip() and job.action.result == "below" and not job.lead and not outcome.stopped:
            self._ask(job.led_on())
            return
        self._end()
        result = job.completed(outcome.result)
        if pane is None:
            return
        offered = job.completed(outcome.offered) if outcome.offered else result
        if not result.strip() or (offered == job.text and job.action.result == "replace"):
            pane.leave_suggestion()
            self.said.emit(self.tr("Nothing to change.") if result.strip() else self.tr("Nothing was written."))
        elif not job.goes_in:
            if pane.suggestion is not None:
                title = reason_of(outcome) if outcome.stopped else action_name(job.action)
                pane.suggestion.finish(title, result, goes_in=False)
        else:
            if result != job.text:
                self.offered.emit(job.section, job.whole(result))
            if outcome.usable:
                notes = [ChangeNote(worded(one.kind()), sure=one.sure) for one in outcome.mended]
                pane.review_difference(job.difference(offered), job.before, job.after, notes)
                self._say_left(outcome)
            else:
                self._suggested[job.section] = job
                pane.suggest("").finish(reason_of(outcome), result, goes_in=True)
        pane.take_focus()
        self._page.reveal(pane)
        self.moved.emit()

    @Slot(object, object)
    def failed(self, run: ActionRun, error: InkstoneError) -> None:
        """Say why it cannot be done; the text is as it was."""
        if run is not self._run:
            return
        self._leave()
        self.said.emit(localised(error))
        self.moved.emit()

    # Within.

    def _job_of(self, action: Action, pane: SectionPane, *, all_code: bool) -> Job:
        text = pane.text.toPlainText()
        start, end = code_within(text) if all_code else stretch(text, *pane.text.selection())
        return Job(pane.section.id, action, text[:start], text[start:end], text[end:])

    def _ask(self, job: Job) -> None:
        self._job, self._run, self._begun = job, ActionRun(job.action, job.text), False
        self.wanted.emit(self._run)

    def _pane(self) -> SectionPane | None:
        return next((pane for pane in self._page.panes if pane.section.id == self.section), None)

    def _leave(self) -> None:
        """Be over with nothing to show."""
        pane = self._pane()
        if pane is not None and pane.suggestion is not None and not pane.suggestion.text:
            pane.leave_suggestion()
        self._end()

    def _end(self) -> None:
        pane = self._pane()
        if pane is not None:
            pane.leave_review()
        self._job = self._run = None

    def _say_left(self, outcome: Outcome) -> None:
        if outcome.left:
            said = self.tr("Pieces that stay as they were: {n}").format(n=outcome.left)
            self.said.emit(said)

    @Slot(object)
    def _show_suggestion(self, pane: SectionPane) -> None:
        job = self._suggested.get(pane.section.id)
        suggestion = pane.suggestion
        if job is None or suggestion is None or not self.allowed or self._run is not None:
            return
        now = job.moved_to(pane.text.toPlainText())
        if pane.section.locked:
            self.said.emit(self.tr("This section is locked; unlock it to change it."))
        elif now is None:
            self.said.emit(self.tr("The text has changed since; copy the suggestion instead."))
        else:
            result = suggestion.text
            pane.leave_suggestion()
            pane.review_difference(now.difference(result), now.before, now.after)
            pane.take_focus()

"""Briefs that the user keeps: in the history, offered the next time, and what is said while it is locked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.chat.drafting import Brief, DraftingService
from desktop.chat.history_unlocker import HistoryUnlocker
from desktop.history import vault
from desktop.ui.drafting.brief_form import BriefForm
from desktop.ui.drafting.draft_saver import DraftSaver
from desktop.ui.history.link import HistoryLink
from tests.history.test_keys import CHEAP
from tests.ui.conftest import PATIENCE_S

PATIENCE_MS = round(1000 * PATIENCE_S)
REPORT = Brief("work_report", {"topic": "support", "period": "week 1"}, ("one", "two"))


@pytest.fixture
def unlocker(tmp_path: Path) -> HistoryUnlocker:
    """A history behind a passphrase."""
    vault.protect(tmp_path / "history", "passphrase", passphrase="correct horse", cost=CHEAP)
    return HistoryUnlocker(tmp_path / "history", tmp_path / "briefs")


@pytest.fixture
def link(unlocker: HistoryUnlocker) -> Iterator[HistoryLink]:
    link = HistoryLink(unlocker.open)
    yield link
    link.service.end()


@pytest.fixture
def form(qtbot: QtBot, drafting: DraftingService, link: HistoryLink) -> BriefForm:
    return opened(qtbot, drafting, link)


def opened(qtbot: QtBot, drafting: DraftingService, link: HistoryLink) -> BriefForm:
    form = BriefForm(drafting, "work_report", "en", None, DraftSaver(link))
    qtbot.addWidget(form)
    form.show()
    return form


def names(form: BriefForm) -> list[str]:
    return [form.kept.list.itemText(at) for at in range(form.kept.list.count())]


def unlock(qtbot: QtBot, link: HistoryLink, unlocker: HistoryUnlocker) -> None:
    with qtbot.waitSignal(link.opened, timeout=PATIENCE_MS):
        link.service.try_again(unlocker.knowing(passphrase="correct horse"))


def test_a_kept_brief_fills_the_form_the_next_time(
    qtbot: QtBot,
    drafting: DraftingService,
    link: HistoryLink,
    unlocker: HistoryUnlocker,
    form: BriefForm,
    tmp_path: Path,
) -> None:
    link.start()
    unlock(qtbot, link, unlocker)
    form.fill(REPORT)
    assert not form.kept.list.isVisible()
    form.save()
    qtbot.waitUntil(lambda: form.problem.text() == "Kept as “work_report support”.", timeout=PATIENCE_MS)
    again = opened(qtbot, drafting, link)
    qtbot.waitUntil(again.kept.list.isVisible, timeout=PATIENCE_MS)
    assert names(again) == ["A new brief", "work_report support"]
    again.kept.list.activated.emit(1)
    assert again.brief() == REPORT
    assert [path for path in tmp_path.rglob("*") if path.is_file() and b"week 1" in path.read_bytes()] == []


def test_while_the_history_is_locked_the_form_says_so_and_what_is_kept_waits(
    qtbot: QtBot, link: HistoryLink, unlocker: HistoryUnlocker, form: BriefForm
) -> None:
    with qtbot.waitSignal(link.troubled, timeout=PATIENCE_MS):
        link.start()
    qtbot.waitUntil(form.kept.problem.isVisible, timeout=PATIENCE_MS)
    assert "which is not open" in form.kept.problem.text()
    form.fill(REPORT)
    form.save()
    assert form.problem.text() == "“work_report support” is kept in memory until your history can be written."
    unlock(qtbot, link, unlocker)
    qtbot.waitUntil(lambda: form.problem.text() == "Kept as “work_report support”.", timeout=PATIENCE_MS)
    assert not form.kept.problem.isVisible()
    assert link.service.settle(PATIENCE_S)


def test_briefs_of_an_earlier_version_are_taken_in_and_their_files_removed(
    qtbot: QtBot, link: HistoryLink, unlocker: HistoryUnlocker, form: BriefForm, tmp_path: Path
) -> None:
    (tmp_path / "briefs").mkdir()
    text = 'template = "work_report"\npoints = ["one"]\n[slots]\ntopic = "kettle"\n'
    (tmp_path / "briefs" / "last week.toml").write_text(text, encoding="utf-8")
    link.start()
    unlock(qtbot, link, unlocker)
    qtbot.waitUntil(form.kept.list.isVisible, timeout=PATIENCE_MS)
    assert names(form) == ["A new brief", "last week"]
    assert not (tmp_path / "briefs").exists()


def test_without_a_history_no_brief_is_kept(qtbot: QtBot, drafting: DraftingService) -> None:
    form = BriefForm(drafting, "work_report", "en")
    qtbot.addWidget(form)
    form.show()
    assert not form._keep.isVisible()
    form.save()
    assert form.problem.text() == ""

"""A draft of a model that can write, on the canvas: what is not from the brief, and what may be added."""

from pytestqt.qtbot import QtBot

from desktop.chat.drafting import Brief
from tests.drafting.writers.free.test_writer import GOOD, REQUEST, Writing
from tests.ui.drafting.test_pane import Open, drafted, open_pane  # noqa: F401  # a fixture


def test_sentences_that_are_not_from_the_brief_go_with_one_key(qtbot: QtBot, open_pane: Open) -> None:  # noqa: F811
    canvas = drafted(qtbot, open_pane(lambda: Writing([GOOD])), Brief("email", {"topic": "heating"}, request=REQUEST))
    edit = canvas.page.panes[0].text
    edit.setPlainText(edit.toPlainText().replace("Kind regards", "Winter is a hard season.\n\nKind regards"))
    qtbot.waitUntil(lambda: len(edit.extraSelections()) == 1)
    assert not canvas.outline.remove_own.isHidden()
    canvas.outline.remove_own.click()
    assert "Winter" not in canvas.draft.text
    assert "Kind regards" in canvas.draft.text
    qtbot.waitUntil(lambda: edit.extraSelections() == [])
    canvas.undo()
    assert "Winter" in canvas.draft.text


def test_only_a_model_that_can_write_offers_suggestions(qtbot: QtBot, open_pane: Open) -> None:  # noqa: F811
    guided = drafted(qtbot, open_pane())
    assert guided.foot._more is not None
    assert guided.foot._more.isHidden()
    free = drafted(qtbot, open_pane(lambda: Writing([GOOD])), Brief("email", {"topic": "heating"}, request=REQUEST))
    assert free.foot._more is not None
    assert not free.foot._more.isHidden()

"""Actions on a draft of source code: within its fences, behind them, or beside it."""

from pytestqt.qtbot import QtBot

from tests.ui.acting_canvas import CODE, Open, Writer, act, text_of

CODE_TEXT = "```python\ndef add(a, b):\n    return a - b\n```"


def test_code_is_fixed_within_its_fences(qtbot: QtBot, open_canvas: Open) -> None:
    canvas = open_canvas(Writer("```python\ndef add(a, b):\n    return a + b\n```"), CODE_TEXT, CODE)
    assert [button.text() for button in canvas.foot._tools] == ["Write again", "Explain", "Fix", "Write tests"]
    act(qtbot, canvas, "fix-code")
    changes = canvas.page.panes[0].changes
    assert changes is not None
    assert [(part.removed, part.added) for part in changes._difference.changes] == [("-", "+")]
    changes.accept_all()
    assert text_of(canvas) == CODE_TEXT.replace("-", "+")


def test_code_is_explained_below_and_not_changed(qtbot: QtBot, open_canvas: Open) -> None:
    canvas = open_canvas(Writer("It adds two numbers."), CODE_TEXT, CODE)
    canvas.sections.switch_lock()  # reading is allowed
    act(qtbot, canvas, "explain")
    suggestion = canvas.page.panes[0].suggestion
    assert suggestion is not None
    assert suggestion.text == "It adds two numbers."
    assert suggestion.take.isHidden()
    assert text_of(canvas) == CODE_TEXT


def test_tests_go_behind_the_code(qtbot: QtBot, open_canvas: Open) -> None:
    canvas = open_canvas(Writer("def test_add():\n    assert add(1, 2) == 3"), CODE_TEXT, CODE)
    act(qtbot, canvas, "test-code")
    changes = canvas.page.panes[0].changes
    assert changes is not None
    changes.accept_all()
    assert text_of(canvas) == (
        "```python\ndef add(a, b):\n    return a - b\n\n\ndef test_add():\n    assert add(1, 2) == 3\n```"
    )

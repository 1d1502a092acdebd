from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from desktop.ui.canvas.outline import AMOUNT, OutlineRow


def seen(qtbot: QtBot, name: str, width: int) -> tuple[str, str]:
    """Give what a row of this width shows at the left and at the right."""
    rows, row = QListWidget(), OutlineRow()
    qtbot.addWidget(rows)
    item = QListWidgetItem(name, rows)
    item.setData(AMOUNT, "340 words")
    option = QStyleOptionViewItem()
    option.initFrom(rows)
    option.rect.setWidth(width)
    row.initStyleOption(option, rows.indexFromItem(item))
    return option.text, row.amount(option, rows.indexFromItem(item))


def test_where_both_have_room_both_are_whole(qtbot: QtBot) -> None:
    assert seen(qtbot, "Summary", 400) == ("Summary", "340 words")


def test_a_long_name_is_cut(qtbot: QtBot) -> None:
    name, amount = seen(qtbot, "Summary of all that was done " * 3, 400)
    assert (name[:7], name[-1:], amount) == ("Summary", "…", "340 words")


def test_where_hardly_anything_is_left_of_the_name_the_amount_goes(qtbot: QtBot) -> None:
    assert seen(qtbot, "Summary", 110) == ("Summary", "")

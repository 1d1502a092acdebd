"""What is seen of a start that opens no window, because Inkstone runs already and does not answer."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from desktop.errors import InstanceSilent
from desktop.ui.widgets.error_messages import localised


class InstanceNotice(QMessageBox):
    """Says so; whoever started it from a menu sees nothing of a terminal."""

    def __init__(self, error: InstanceSilent) -> None:
        super().__init__(QMessageBox.Icon.Warning, "Inkstone", localised(error), QMessageBox.StandardButton.Ok)
        self.setTextFormat(Qt.TextFormat.PlainText)

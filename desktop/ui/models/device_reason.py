"""Answers why the model runs where it does, and says where that is changed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.engine.interface import DeviceName, EngineInfo
from desktop.ui.widgets.error_messages import worded


class DeviceReasonBox(QMessageBox):
    """One sentence of where, one of why.

    Signals:
        settings_wanted(): the user wants to change it.
    """

    settings_wanted = Signal()

    def __init__(self, parent: QWidget, info: EngineInfo) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        on_gpu = info.device.code is DeviceName.CUDA_GPU
        self.setWindowTitle(self.tr("Why the GPU?") if on_gpu else self.tr("Why CPU?"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        said = self.tr("{model} runs on: {device}.")
        self.setText(said.format(model=info.model, device=worded(info.device)))
        self.setInformativeText(self.tr("The reason: {reason}.").format(reason=worded(info.reason).rstrip(".。")))
        change = self.addButton(self.tr("Change…"), QMessageBox.ButtonRole.ActionRole)
        change.clicked.connect(self.settings_wanted)
        close = self.addButton(self.tr("Close"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(close)
        self.setEscapeButton(close)

"""The page of the settings with models to fetch: the catalogue, any other of the hub by its name, and the mirror."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.text.addresses import is_safe_address
from desktop.ui.models.catalogue_list import CatalogueList
from desktop.ui.models.manager import ModelManager
from desktop.ui.models.work_notice import WorkNotice
from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import WrappedLabel, label
from desktop.ui.widgets.preferences import Preferences


class CataloguePage(QWidget):
    """What is being done above, then the field for any other model, the mirror, and the catalogue.

    Attributes:
        list: the catalogue.
        name: the field for a model by its name on the hub.
        add: fetches that.
        mirror: the field for the address that models are fetched from; `wrong` says that it is none.
        notice: what is being done.
    """

    def __init__(self, manager: ModelManager, preferences: Preferences) -> None:
        super().__init__()
        self._manager, self._preferences = manager, preferences
        self.notice, self.list = WorkNotice(manager), CatalogueList(manager)
        about = WrappedLabel(
            self.tr("These are fetched from a hub on the network when you press Add; what you write stays here."),
            "soft",
        )
        self.name = QLineEdit()
        self.name.setPlaceholderText("owner/repository")
        self.name.setAccessibleName(self.tr("Another model, by its name on the hub"))
        self.name.textChanged.connect(self._refresh)
        self.name.returnPressed.connect(self._add)
        self.add = IconButton("download", self.tr("Add"), "outlined")
        self.add.clicked.connect(self._add)
        other = QHBoxLayout()
        other.setSpacing(theme.px(theme.SPACE_8))
        other.addWidget(self.name, 1)
        other.addWidget(self.add)
        self.mirror = QLineEdit(preferences.settings.hub_endpoint)
        self.mirror.setPlaceholderText("https://huggingface.co")
        self.mirror.setAccessibleName(self.tr("Address of the hub or of a mirror"))
        self.mirror.editingFinished.connect(self._choose_mirror)
        self.wrong = WrappedLabel(
            self.tr("This is no address that begins with https://; the one before holds."), "small"
        )
        self.wrong.hide()
        mirrored = WrappedLabel(
            self.tr("Where the hub itself is not reached, enter a mirror. Empty: the hub's own address."), "small"
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_12))
        for part in (self.notice, about, self.list):
            layout.addWidget(part)
        layout.addWidget(label(self.tr("Another model, by its name on the hub"), "section"))
        layout.addLayout(other)
        layout.addWidget(label(self.tr("Address of the hub or of a mirror"), "section"))
        layout.addWidget(self.mirror)
        layout.addWidget(self.wrong)
        layout.addWidget(mirrored)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        manager.changed.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self.add.setEnabled(self._manager.progress is None and bool(self.name.text().strip()))

    @Slot()
    def _choose_mirror(self) -> None:
        address = self.mirror.text().strip()
        good = not address or is_safe_address(address)
        self.wrong.setVisible(not good)
        if good:
            self._preferences.change(hub_endpoint=address)

    @Slot()
    def _add(self) -> None:
        wanted = self.name.text().strip()
        if wanted and self._manager.progress is None:
            self._manager.add(wanted)

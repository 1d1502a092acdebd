"""The user's choices, kept as TOML in the home folder: `settings.toml`, see `settings_file`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Meta

from desktop.errors import SettingsError
from desktop.files.settings_file import change_choices, read_choices
from desktop.files.toml import Mistake
from desktop.text.addresses import is_safe_address

Device = Literal["auto", "cpu", "cuda"]
Theme = Literal["system", "light", "dark"]
InterfaceLanguage = Literal["system", "en", "zh_CN"]
LogLevel = Literal["off", "error", "warning", "info", "debug"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose; the defaults are what a fresh home has.

    Attributes:
        model: id of the model that answers, or tiny, light or standard; auto takes the best of these that is prepared,
            else the one recommended for this machine.
        device: where it runs; auto takes CUDA where it works, else the CPU.
        threads: CPU threads of the engine; 0 takes one per physical core.
        kv_cache_mib: memory for what was read of conversations, so that going back to one is instant; in MiB.
        hub_endpoint: address of the hub that models are fetched from, or of a mirror; "" is the hub's own, or that of
            HF_ENDPOINT.
        theme: colours of the window; system follows the desktop.
        language: of the window; system follows the desktop where Inkstone speaks its language, else English.
        font: family of the window's text; "" takes the system's.
        text_size: percent of the usual size; 0 follows the system's font.
        low_priority: other programs go before the model when the CPU is busy.
        stay_ready: closing the window leaves Inkstone in the tray, ready for quick prompts.
        suggestions: templates are offered for what is being written.
        welcomed: the first start is over.
        favourites: ids of the templates that stand first in the gallery.
        author_name: what letters are signed with; "" leaves a gap where a request names nobody.
        author_firm: for whom the user writes.
        author_signature: lines that stand below letters in the place of the name.
        author_tone: of drafts whose request wishes none, in the user's words.
        log_level: what is written into the log: things of this weight and heavier; off: nothing.
        shortcuts: keys that differ from the usual ones, by command; "" is none.

    Raises:
        ValueError: one of them cannot be meant.
    """

    model: str = "auto"
    device: Device = "auto"
    threads: Annotated[int, Meta(ge=0, le=512)] = 0
    kv_cache_mib: Annotated[int, Meta(ge=0, le=(1 << 20) - 1)] = 512
    hub_endpoint: str = ""
    theme: Theme = "system"
    language: InterfaceLanguage = "system"
    font: str = ""
    text_size: Annotated[int, Meta(ge=0, le=400)] = 0
    low_priority: bool = False
    stay_ready: bool = False
    suggestions: bool = True
    welcomed: bool = False
    favourites: tuple[str, ...] = ()
    author_name: str = ""
    author_firm: str = ""
    author_signature: str = ""
    author_tone: str = ""
    log_level: LogLevel = "info"
    shortcuts: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.hub_endpoint and not is_safe_address(self.hub_endpoint):
            raise Mistake("“hub_endpoint” must be an address that begins with https://", ("hub_endpoint",))


def read_settings(path: Path) -> tuple[Settings, tuple[SettingsError, ...]]:
    """Read the settings, and what is wrong with them; a missing file gives the defaults."""
    return read_choices(path, Settings)


def load_settings(path: Path) -> Settings:
    """Read the settings; the default where one is missing or wrong."""
    return read_settings(path)[0]


def save_settings(path: Path, changed: Mapping[str, Any]) -> None:
    """Write changed settings, by the names of their fields; all else in the file stays. Raises OSError."""
    change_choices(path, changed)

"""The user's choices, kept as TOML in the home folder."""

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

import tomli_w

from desktop.atomic_file import write_text
from desktop.errors import SettingsError

Device = Literal["auto", "cpu", "cuda"]
Theme = Literal["system", "light", "dark"]
InterfaceLanguage = Literal["system", "en", "zh_CN"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose; the defaults are what a fresh home has.

    Attributes:
        model: id of the model that answers.
        device: where it runs; auto takes CUDA where it works, else the CPU.
        threads: CPU threads of the engine; 0 takes one per physical core.
        kv_cache_mib: memory for what was read of conversations, so that going back to one is instant; in MiB.
        theme: colours of the window; system follows the desktop.
        language: of the window; system follows the desktop where Inkstone speaks its language, else English.
        font: family of the window's text; "" takes the system's.
        text_size: percent of the usual size; 0 follows the system's font.
        low_priority: other programs go before the model when the CPU is busy.
        stay_ready: closing the window leaves Inkstone in the tray, ready for quick prompts.
        suggestions: templates are offered for what is being written.
        welcomed: the first start is over.
        favourites: ids of the templates that stand first in the gallery.
        shortcuts: keys that differ from the usual ones, by command; "" is none.
    """

    model: str = "smollm2-135m-instruct"
    device: Device = "auto"
    threads: int = 0
    kv_cache_mib: int = 512
    theme: Theme = "system"
    language: InterfaceLanguage = "system"
    font: str = ""
    text_size: int = 0
    low_priority: bool = False
    stay_ready: bool = False
    suggestions: bool = True
    welcomed: bool = False
    favourites: tuple[str, ...] = ()
    shortcuts: Mapping[str, str] = field(default_factory=dict)


_RANGES: dict[str, range] = {"threads": range(513), "kv_cache_mib": range(1 << 20), "text_size": range(401)}
_CHOICES: dict[str, tuple[str, ...]] = {
    "device": get_args(Device),
    "theme": get_args(Theme),
    "language": get_args(InterfaceLanguage),
}
_KINDS: dict[type, str] = {
    int: "whole number",
    str: "text",
    bool: "choice of true and false",
    dict: "table of texts",
    tuple: "list of texts",
}


def load_settings(path: Path) -> Settings:
    """Read the settings; a missing file gives the defaults.

    Raises:
        SettingsError: the file is not TOML, has an unknown key or a value out of range.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(path, str(error)) from error
    usual = dataclasses.asdict(Settings())
    for key, value in list(table.items()):
        if key not in usual:
            raise SettingsError(path, f"unknown key “{key}”")
        wanted = type(usual[key])
        if wanted is tuple and isinstance(value, list) and all(isinstance(one, str) for one in value):
            value = table[key] = tuple(value)
        if type(value) is not wanted or (wanted is dict and not all(isinstance(one, str) for one in value.values())):
            raise SettingsError(path, f"“{key}” must be a {_KINDS[wanted]}")
        if key in _CHOICES and value not in _CHOICES[key]:
            raise SettingsError(path, f"“{key}” must be one of {', '.join(_CHOICES[key])}")
        if key in _RANGES and value not in _RANGES[key]:
            raise SettingsError(path, f"“{key}” must be between 0 and {_RANGES[key][-1]}")
    return Settings(**table)


def save_settings(settings: Settings, path: Path) -> None:
    """Write the settings in one step: a crash leaves the old file or the new one, never half of one."""
    write_text(path, tomli_w.dumps(dataclasses.asdict(settings)))

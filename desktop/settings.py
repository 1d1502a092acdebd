"""The user's choices, kept as TOML in the home folder."""

import dataclasses
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import tomli_w

from desktop.errors import SettingsError

Device = Literal["auto", "cpu", "cuda"]
Theme = Literal["system", "light", "dark"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose; the defaults are what a fresh home has.

    Attributes:
        model: id of the model that answers.
        device: where it runs; auto takes CUDA where it works, else the CPU.
        threads: CPU threads of the engine; 0 takes one per physical core.
        kv_cache_mib: memory for what was read of conversations, so that going back to one is instant; in MiB.
        theme: colours of the window; system follows the desktop.
    """

    model: str = "smollm2-135m-instruct"
    device: Device = "auto"
    threads: int = 0
    kv_cache_mib: int = 512
    theme: Theme = "system"


_RANGES: dict[str, range] = {"threads": range(513), "kv_cache_mib": range(1 << 20)}
_CHOICES: dict[str, tuple[str, ...]] = {"device": get_args(Device), "theme": get_args(Theme)}


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
    kinds = {field.name: field.type for field in dataclasses.fields(Settings)}
    for key, value in table.items():
        if key not in kinds:
            raise SettingsError(path, f"unknown key “{key}”")
        wanted = int if key in _RANGES else str
        if type(value) is not wanted:
            raise SettingsError(path, f"“{key}” must be a {'whole number' if wanted is int else 'text'}")
        if key in _CHOICES and value not in _CHOICES[key]:
            raise SettingsError(path, f"“{key}” must be one of {', '.join(_CHOICES[key])}")
        if key in _RANGES and value not in _RANGES[key]:
            raise SettingsError(path, f"“{key}” must be between 0 and {_RANGES[key][-1]}")
    return Settings(**table)


def save_settings(settings: Settings, path: Path) -> None:
    """Write the settings in one step: a crash leaves the old file or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        tomli_w.dump(dataclasses.asdict(settings), file)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)

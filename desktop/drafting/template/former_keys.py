"""Brings the table of a template of an earlier version into today's form.

Keys had other names, and what the guided writer says stood among the rest; a user's file that was written then is read
as it is. Which key of the file a value came from is kept, for the line of a mistake and its name in the message.
"""

from collections.abc import Mapping
from typing import Any

from desktop.files.toml import Keys, Mistake, dotted

_TEMPLATE = {"usual": "default_variant", "full_from": "points_for_full_length", "items": "list_length"}
_SECTION = {"holds": "instruction", "takes": "point_keywords"}
_BANK = {
    "more": "prefixes", "facets": "aspects", "asks": "verbs_are_requests", "examples": "point_examples",
    "sentences": "sentences_per_prefix", "subject": "subject", "point_frames": "point_frames",
}  # fmt: skip
_SECTION_BANK = {"leads": "prefixes", "point_leads": "point_prefixes", "point_frames": "point_frames"}
_VARIABLES = {"{holds}": "{instruction}"}


def upgraded(table: Mapping[str, Any]) -> tuple[dict[str, Any], dict[Keys, Keys]]:
    """Bring a template's table into today's form; a key beside the one that took its place stays, to be refused.

    Returns:
        The table, and for each value that moved its keys today -> its keys in the file.
    """
    found: dict[str, Any] = _with_variables(table)
    origins: dict[Keys, Keys] = {}
    _move(found, _TEMPLATE, found, (), (), origins)
    bank = found.get("phrase_bank", {})
    if isinstance(bank, dict):
        _move(found, _BANK, bank, (), ("phrase_bank",), origins)
    sections = found.get("sections")
    for at, section in enumerate(sections if isinstance(sections, list) else ()):
        if isinstance(section, dict):
            _move(section, _SECTION, section, ("sections", at), ("sections", at), origins)
            _move_phrases(section, at, bank, origins)
    if bank:
        found["phrase_bank"] = bank
    return found, origins


def _move_phrases(section: dict[str, Any], at: int, bank: Any, origins: dict[Keys, Keys]) -> None:
    name = section.get("id")
    if not isinstance(name, str) or not isinstance(bank, dict) or not section.keys() & _SECTION_BANK.keys():
        return
    banks = bank.setdefault("sections", {})
    phrases = banks.setdefault(name, {}) if isinstance(banks, dict) else None
    if isinstance(phrases, dict):
        _move(section, _SECTION_BANK, phrases, ("sections", at), ("phrase_bank", "sections", name), origins)


def _move(
    source: dict[str, Any],
    names: Mapping[str, str],
    target: dict[str, Any],
    was: Keys,
    now: Keys,
    origins: dict[Keys, Keys],
) -> None:
    for old, new in names.items():
        if old in source and new not in target:
            target[new] = source.pop(old)
            origins[(*now, new)] = (*was, old)


def _with_variables(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_variables(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_with_variables(entry) for entry in value]
    if isinstance(value, str):
        for old, new in _VARIABLES.items():
            value = value.replace(old, new)
    return value


def as_in_file(mistake: Mistake, origins: Mapping[Keys, Keys]) -> Mistake:
    """Say a mistake in the keys that stand in the file."""
    for now, was in origins.items():
        if mistake.keys[: len(now)] == now:
            keys = (*was, *mistake.keys[len(now) :])
            reason = mistake.reason
            for named in (dotted(mistake.keys), str(now[-1])):
                reason = reason.replace(f"“{named}”", f"“{dotted(keys)}”")
            return Mistake(reason, keys, mistake.line, mistake.holding)
    return mistake

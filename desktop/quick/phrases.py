"""Wordings that are replaced by others, without a model: "due to the fact that" says no more than "because"."""

import re
from collections.abc import Sequence
from functools import partial


def reworded(text: str, phrases: Sequence[tuple[str, str]]) -> str:
    """Replace whole words, whatever their case; what began with a capital still does."""
    before = text
    for old, new in phrases:
        edge_before = r"\b" if old[0].isascii() and old[0].isalnum() else ""
        edge_after = r"\b" if old[-1].isascii() and old[-1].isalnum() else ""
        pattern = edge_before + re.escape(old).replace("'", "['’]") + edge_after
        if new:
            text = re.sub(pattern, partial(_as_begun, new), text, flags=re.IGNORECASE)
        else:
            text = re.sub(pattern + r"[,\s]*", "", text, flags=re.IGNORECASE)
    if text != before and text[:1].islower() and (before[0].isupper() or before.rstrip()[-1] in ".!?"):
        text = text[0].upper() + text[1:]
    return text


def _as_begun(new: str, found: re.Match[str]) -> str:
    return new[0].upper() + new[1:] if found[0][0].isupper() and new[0].islower() else new

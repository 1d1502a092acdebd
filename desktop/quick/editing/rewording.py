"""Wordings that are replaced by others, without a model: "due to the fact that" says no more than "because"."""

import re
from collections.abc import Sequence
from functools import partial


def reworded(text: str, phrases: Sequence[tuple[str, str]]) -> str:
    """Replace whole words, whatever their case; what began with a capital still does.

    An old wording that begins with ^ is replaced only where it begins the text.
    """
    before = text
    for old, new in phrases:
        at_begin, old_words = old.startswith("^"), old.removeprefix("^")
        edge_before = r"\A" if at_begin else r"\b" if old_words[0].isascii() and old_words[0].isalnum() else ""
        edge_after = r"\b" if old_words[-1].isascii() and old_words[-1].isalnum() else ""
        pattern = edge_before + re.escape(old_words).replace("'", "['’]") + edge_after
        if new:
            text = re.sub(pattern, partial(_as_begun, new), text, flags=re.IGNORECASE)
        else:
            text = re.sub(pattern + r"[,\s]*", "", text, flags=re.IGNORECASE)
    if text != before and text[:1].islower() and (before[0].isupper() or before.rstrip()[-1] in ".!?"):
        text = text[0].upper() + text[1:]
    return text


def _as_begun(new: str, found: re.Match[str]) -> str:
    return new[0].upper() + new[1:] if found[0][0].isupper() and new[0].islower() else new

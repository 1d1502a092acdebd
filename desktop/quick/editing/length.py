"""How long a text is, as the checks of actions compare lengths."""

import re

from desktop.text.han import count_han, without_han


def length_of(text: str) -> int:
    """Count words, each Chinese character as one."""
    return count_han(text) + len(re.findall(r"[^\W_]+(?:['’.,:][^\W_]+)*", without_han(text)))

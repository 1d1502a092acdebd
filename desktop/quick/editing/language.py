"""Which language a text is in, as far as actions tell languages apart."""

import re

from desktop.quick.actions.action import TextLanguage
from desktop.text.han import count_han, without_han

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def language_of(text: str) -> TextLanguage:
    """Tell Chinese from the rest: a Chinese character counts as half a word."""
    characters = count_han(text)
    return "zh" if characters and characters >= 2 * len(_WORD.findall(without_han(text))) else "en"


def length_of(text: str) -> int:
    """Count words, each Chinese character as one."""
    return count_han(text) + len(re.findall(r"[^\W_]+(?:['’.,:][^\W_]+)*", without_han(text)))

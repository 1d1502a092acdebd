"""Which language a text is in, as far as actions tell languages apart."""

import re

from desktop.quick.actions.action import TextLanguage

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def language_of(text: str) -> TextLanguage:
    """Tell Chinese from the rest: a Chinese character counts as half a word."""
    characters = len(_HAN.findall(text))
    return "zh" if characters and characters >= 2 * len(_WORD.findall(_HAN.sub(" ", text))) else "en"


def length_of(text: str) -> int:
    """Count words, each Chinese character as one."""
    return len(_HAN.findall(text)) + len(re.findall(r"[^\W_]+(?:['’.,:][^\W_]+)*", _HAN.sub(" ", text)))

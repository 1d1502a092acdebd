"""Raised and lowered text on one line, so that a figure keeps its value: 2¹⁰ is not 210, log₂8 not log28.

Digits and signs have forms of their own in Unicode; other text gets the mark of a formula: x^(a+b). What is raised by
custom only, as in 1st, Mme or a trademark, stays as it is.
"""

import re

_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_HAS_RAISED = re.compile(r"[0-9+\-−=()ni]*[0-9+\-−=()][0-9+\-−=()ni]*|[ni]")
_HAS_LOWERED = re.compile(r"[0-9+\-−=()]+")
_BY_CUSTOM = re.compile(r"[^\W\d_]{2,}\.?|[®™℠ªº*†‡§°]+|[.,;:]+")
_LETTER_OF_A_WORD = re.compile(r"[^\W\d_]{2,}$|\d(?=$)")
_VALUE = re.compile(r"[\w)\]]$")


def raised(text: str, before: str) -> str:
    """Give a superscript on one line.

    Args:
        text: what is raised.
        before: what stands before it on its line.
    """
    bare = text.strip()
    if not bare or _BY_CUSTOM.fullmatch(bare) or bare[0] == "[":
        return text
    if _HAS_RAISED.fullmatch(bare) and (len(bare) > 1 or not bare.isalpha() or _is_value(before)):
        return text.replace(bare, bare.translate(_RAISED))
    if not _VALUE.search(before) or (len(bare) == 1 and bare.isalpha() and not _is_value(before)):
        return text  # nothing that it is a power of; 1ᵉ, Dʳ
    return text.replace(bare, f"^{bare}" if len(bare) == 1 or bare.isdigit() else f"^({bare})")


def lowered(text: str, before: str) -> str:
    """Give a subscript on one line; see `raised`."""
    bare = text.strip()
    if not bare or not _VALUE.search(before):
        return text
    if _HAS_LOWERED.fullmatch(bare):
        return text.replace(bare, bare.translate(_LOWERED))
    return text.replace(bare, f"_{bare}" if len(bare) == 1 else f"_({bare})")


def _is_value(before: str) -> bool:
    """Tell whether a letter behind it is a power: behind one letter or a bracket, not behind a word or a number."""
    return bool(_VALUE.search(before)) and not _LETTER_OF_A_WORD.search(before)

"""The paper that documents are laid out for."""

import locale
import os
from typing import Literal, get_args

from desktop.errors import BadInput
from desktop.reasons import ExportReason

Paper = Literal["a4", "letter"]
PAPERS: tuple[Paper, ...] = get_args(Paper)

_LETTER_COUNTRIES = {"US", "CA", "MX", "PH", "CL", "CO", "VE", "CR", "GT", "PA", "United States", "Canada", "Mexico"}


def paper_of(name: str) -> Paper:
    """Give the paper of a name; "" is what is usual where the user lives, as the system's locale tells.

    Raises:
        BadInput: there is no such paper.
    """
    if not name:
        return "letter" if _country() in _LETTER_COUNTRIES else "a4"
    for paper in PAPERS:
        if name.lower() == paper:
            return paper
    raise BadInput(ExportReason.NO_PAPER(name=name, known=", ".join(PAPERS)))


def _country() -> str:
    name = next((text for key in ("LC_ALL", "LC_PAPER", "LANG") if (text := os.environ.get(key))), "")
    name = name or locale.getlocale()[0] or ""  # Windows: English_United States
    return name.partition(".")[0].partition("@")[0].partition("_")[2]

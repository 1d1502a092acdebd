"""Briefs to begin with, in a language that the model writes: what is offered must come out well."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

_SAMPLES = (
    (
        QT_TRANSLATE_NOOP("EmptyState", "An email"),
        QT_TRANSLATE_NOOP(
            "EmptyState", "Write a short, friendly email to a customer: the order is late, we offer 10% off."
        ),
    ),
    (
        QT_TRANSLATE_NOOP("EmptyState", "A plan"),
        QT_TRANSLATE_NOOP("EmptyState", "Write next week's plan for the sales team: formal, one page."),
    ),
    (
        QT_TRANSLATE_NOOP("EmptyState", "An explanation"),
        QT_TRANSLATE_NOOP("EmptyState", "Explain photosynthesis to a class of twelve-year-olds."),
    ),
    (
        QT_TRANSLATE_NOOP("EmptyState", "A piece of code"),
        QT_TRANSLATE_NOOP("EmptyState", "Write a Python function that finds the ten largest files in a folder."),
    ),
)


@dataclass(frozen=True, slots=True)
class SampleBrief:
    """A brief to begin with.

    Attributes:
        title: of its kind, in the language of the window.
        brief: what is asked, in a language that the model writes.
    """

    title: str
    brief: str


def window_language() -> str:
    """Give the language of the window, ISO 639-1."""
    return "zh" if QLocale().language() is QLocale.Language.Chinese else "en"


def sample_briefs(languages: Sequence[str]) -> list[SampleBrief]:
    """Give the briefs in the language of the window, or in English where that alone is what the model writes.

    Args:
        languages: what the model writes well, ISO 639-1; empty where that is not known.
    """
    if languages and window_language() not in languages and "en" in languages:
        return [SampleBrief(_translated(title), str(brief)) for title, brief in _SAMPLES]
    return [SampleBrief(_translated(title), _translated(brief)) for title, brief in _SAMPLES]


def _translated(text: object) -> str:
    return QCoreApplication.translate("EmptyState", str(text))

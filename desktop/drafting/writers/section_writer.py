"""The interface of what writes the sections of a draft: `session` hands each writer the same, and knows nothing else.

DraftContext (the same for every section) + SectionTask (this one) -> SectionWriter.write -> the text as it grows
"""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from desktop.drafting.brief import Filled
from desktop.drafting.draft import Draft, DraftSection
from desktop.drafting.prompts import Prompts
from desktop.drafting.template.template import Template
from desktop.engine.interface import Engine


@dataclass(frozen=True, slots=True, eq=False)
class DraftContext:
    """What the sections of one draft have in common.

    Attributes:
        engine: the model.
        template: of the draft.
        filled: its brief.
        draft: as it was when the writing began.
        stop: ends the writing.
        seed: same seed, same text.
    """

    engine: Engine
    template: Template
    filled: Filled
    draft: Draft
    stop: threading.Event
    seed: int

    @property
    def prompts(self) -> Prompts:
        """The messages for this draft."""
        return Prompts(self.template, self.filled)


@dataclass(frozen=True, slots=True)
class SectionTask:
    """One section that is to be written, or to be gone on with where it was stopped.

    Attributes:
        draft: as it is now; sections before and behind are not repeated.
        index: of the section in it.
        amount: words or characters; 0: no length is expected.
    """

    draft: Draft
    index: int
    amount: int

    @property
    def section(self) -> DraftSection:
        """The section as it is now."""
        return self.draft.sections[self.index]


class SectionWriter(Protocol):
    """Writes the sections of one draft, one after another; what it keeps from one to the next is its own."""

    @property
    def refused(self) -> Mapping[str, int]:
        """How many sentences of the model were refused, by the reason; "" counts those that passed."""
        ...

    def write(self, context: DraftContext, task: SectionTask) -> Iterator[str]:
        """Write a section; gives its whole text so far each time it has grown, the finished text last.

        A stop ends it with what is there. Raises InkstoneError where the model failed.
        """
        ...

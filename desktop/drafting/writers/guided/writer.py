"""The guided writer, and what it keeps from section to section of one draft."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace

from desktop.drafting.writers.guided.output_filter import OutputFilter, avoiding
from desktop.drafting.writers.guided.rejection_sampler import RejectionSampler
from desktop.drafting.writers.guided.section import GuidedProgress, GuidedSection
from desktop.drafting.writers.section_writer import DraftContext, SectionTask


class GuidedWriter:
    """A `SectionWriter` for a model that cannot write by itself: sentence by sentence, from prefixes of the template's.

    One writer serves one draft.
    """

    def __init__(self) -> None:
        self._progress: GuidedProgress | None = None

    @property
    def refused(self) -> Mapping[str, int]:
        """How many sentences were refused, by the reason; see `SectionWriter`."""
        return self._progress.sampler.refused if self._progress else {}

    def write(self, context: DraftContext, task: SectionTask) -> Iterator[str]:
        """Write a section; see `SectionWriter`. An amount of 0: what the points and prefixes give."""
        if self._progress is None or self._progress.context is not context:
            self._progress = _begin(context)
        yield from GuidedSection(self._progress, task).write()


def _begin(context: DraftContext) -> GuidedProgress:
    template, filled, prompts = context.template, context.filled, context.prompts
    own = filled.variant.avoid if filled.variant else None
    avoided = (template.avoid if own is None else own).of(filled.language)
    output_filter = OutputFilter(
        known=filled.known if template.strictness == "fiction" else filled.named,
        language=filled.language,
        strictness=template.strictness,
        copied=prompts.texts(context.draft),
        forbidden=avoiding(avoided, filled.language, filled.known),
        cast=bool(filled.points),
    )
    sampling = replace(template.sampling, lookup="")
    sampler = RejectionSampler(context.engine, sampling, output_filter, context.stop, seed=context.seed)
    return GuidedProgress(
        context=context,
        prompts=prompts,
        prompts_without_topic=prompts.without_topic(),
        sampler=sampler,
        random=random.Random(context.seed),  # noqa: S311  # no secret
        only_marks=filled.language == "zh" and not sampler.scorer.knows_chinese(),
    )

"""What the model is told, for the sections of a document and for texts in one piece.

Everything but the last sentence is the same for all sections of a draft, so that the KV cache reads it once. Figures
are taken out of the notes: the points stand in the draft as the user wrote them, and a small model that sees figures
begins to count.
"""

from collections.abc import Sequence
from dataclasses import replace

from desktop.drafting.brief import Filled
from desktop.drafting.draft import Draft
from desktop.drafting.facts import without_numbers
from desktop.drafting.sentences import split_sentences
from desktop.drafting.template.template import Template
from desktop.drafting.template.wording import fill
from desktop.engine.interface import Message

_NOTES = {
    "en": ("Notes for {kind}.", "[Topic: {topic}]", "Readers: {audience}", "Points: ", "Sections: "),
    "zh": ("{kind}的要点。", "[主题：{topic}]", "读者：{audience}", "内容：", "结构："),
}
_TAIL_SENTENCES = 2  # of the section before
_POINTS_SHOWN = 12
_TOPICAL = ("topic", "Topic", "about", "role", "keywords", "period", "source")


class Prompts:
    """The messages for one draft."""

    def __init__(self, template: Template, filled: Filled) -> None:
        self._template, self._filled = template, filled

    @property
    def system(self) -> Message:
        """The model's role."""
        return Message("system", fill(self._template.system.of(self._filled.language), self._filled.values))

    def section(self, draft: Draft, index: int, aspect: str = "") -> list[Message]:
        """Ask for one section, or a paragraph of it: the brief, the outline, what it must hold."""
        values = {
            **self._filled.values,
            "instruction": fill(aspect, self._filled.values) or draft.sections[index].instruction,
        }
        asked = fill(self._template.prompt.of(self._filled.language), values)
        return [self.system, Message("user", f"{self.notes(draft)}\n\n{asked}")]

    def without_topic(self) -> "Prompts":
        """Give the same messages for a brief that does not say what it is about."""
        something = "这件事" if self._filled.language == "zh" else "this"
        values = {name: something if name in _TOPICAL else value for name, value in self._filled.values.items()}
        values.pop("highlights", "")
        return Prompts(self._template, replace(self._filled, values=values, points=()))

    def whole(self) -> list[Message]:
        """Ask for a text in one piece."""
        return [
            self.system,
            Message("user", fill(self._template.prompt.of(self._filled.language), self._filled.values)),
        ]

    def asked_freely(self, reminder: str = "") -> list[Message]:
        """Ask a model that can write: worked examples as turns, then the request as it stands.

        Args:
            reminder: a line behind the request, e.g. the figures to keep; "" for none.
        """
        language, values = self._filled.language, self._filled.values
        turns: list[Message] = []
        variant = self._filled.variant
        for example in (variant.text_examples if variant else ()) or self._template.text_examples:
            turns += [Message("user", example.request.of(language)), Message("assistant", example.text.of(language))]
        request, source = self._filled.brief.request.strip(), self._filled.brief.slots.get("source", "")
        part = values.get("source", "")
        if not request or (source and source not in request):
            request = fill(self._template.prompt.of(language), values)
        elif source:
            request = request.replace(source, part, 1)
        return [self.system, *turns, Message("user", f"{request}\n{reminder}" if reminder else request)]

    def notes(self, draft: Draft) -> str:
        """Write the brief and the outline down."""
        language = "zh" if self._filled.language == "zh" else "en"
        head, topic, readers, points, sections = _NOTES[language]
        values = self._filled.values
        lines = [line for text in (head, topic) if (line := fill(text, values))]
        if values.get("audience"):
            lines.append(fill(readers, values))
        shown = [text for point in self._filled.points[:_POINTS_SHOWN] if (text := without_numbers(point))]
        if shown:
            lines.append(points + "; ".join(shown))
        lines.append(sections + ", ".join(section.heading for section in draft.sections))
        return "\n".join(lines)

    def texts(self, draft: Draft) -> list[str]:
        """Give all sentences that the model is told, so that none of them is taken for its answer."""
        values = {
            **self._filled.values,
            "instruction": draft.sections[0].instruction,
            "source": "",
        }  # of the source much may stay
        asked = fill(self._template.prompt.of(self._filled.language), values)
        texts = [self.system.content, self.notes(draft), asked]
        return [sentence for text in texts for sentence in split_sentences(text)]


def tail(draft: Draft, index: int) -> str:
    """Give the end of the section before, for the next one to go on from."""
    for section in reversed(draft.sections[:index]):
        prose = [line for line in section.text.splitlines() if line.strip()]
        if prose:
            return " ".join(split_sentences(prose[-1])[-_TAIL_SENTENCES:])
    return ""


def joined(parts: Sequence[str]) -> str:
    """Put paragraphs below each other."""
    return "\n\n".join(part for part in parts if part)

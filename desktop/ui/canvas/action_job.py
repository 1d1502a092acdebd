"""What an action does with a stretch of a section: which text it is about, and where the result goes."""

import re
from dataclasses import dataclass, replace

from desktop.quick.actions.action import LANGUAGES, Action, TextLanguage
from desktop.quick.editing.diff import Difference, Part, difference_so_far, word_difference
from desktop.text.language import language_of

_CODE = re.compile(r"^(?:```|~~~)[^\n]*\n(?P<inside>.*?)(?:\n?^(?:```|~~~)|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Job:
    """One action on one stretch.

    Attributes:
        section: id of the section.
        action: what is done.
        before, text, after: the section, cut where the stretch begins and ends.
        lead: what a continuation begins with, where the model has nothing to say by itself.
    """

    section: str
    action: Action
    before: str
    text: str
    after: str
    lead: str = ""

    @property
    def goes_in(self) -> bool:
        """Whether the result has a place in the text; an explanation has none."""
        return self.action.result in ("replace", "below")

    def whole(self, result: str) -> str:
        """Give the section with the result in it."""
        return self.before + self._in_place(result) + self.after

    def difference(self, result: str) -> Difference:
        """Compare the stretch with what it would be."""
        if self.action.result == "below":
            return Difference((Part(self.text, self.text), Part("", self._joint(result) + result)))
        return word_difference(self.text, result, code=self.action.code)

    def led_on(self) -> "Job":
        """Give the same job with the first words of the continuation written: small models end a finished text."""
        lead = "此外，" if language_of(self.text) == "zh" else "Also,"
        gap = self._joint(lead)
        begin: dict[TextLanguage, str] = dict.fromkeys(LANGUAGES, "{text}" + gap + lead)
        return replace(self, action=replace(self.action, begin=begin), lead=lead)

    def completed(self, result: str) -> str:
        """Give the whole of what the model wrote from its answer."""
        if not self.lead or not result.strip():
            return result.strip() if self.action.result == "below" else result
        return self.lead + ("" if self.lead.endswith("，") else " ") + result.strip()

    def so_far(self, begun: str) -> Difference:
        """Compare the stretch with a result that is still being written."""
        if self.action.result == "below":
            return self.difference(begun)
        return difference_so_far(self.text, begun, code=self.action.code)

    def moved_to(self, section_text: str) -> "Job | None":
        """Find the stretch again in a text that was edited since; None where it is gone."""
        if section_text == self.before + self.text + self.after:
            return self
        at = section_text.find(self.text)
        if at < 0:
            return None
        return Job(self.section, self.action, section_text[:at], self.text, section_text[at + len(self.text) :])

    def _in_place(self, result: str) -> str:
        return self.text + self._joint(result) + result if self.action.result == "below" else result

    def _joint(self, result: str) -> str:
        """Give what stands between a text and its continuation."""
        if self.action.code:
            return "\n\n\n"
        if language_of(self.text) == "zh" or not result or not result[0].isalnum() or self.text[-1:].isspace():
            return ""
        return " "


def stretch(text: str, start: int, end: int) -> tuple[int, int]:
    """Find what an action is about: the selection without the blanks around it, or else the paragraph at the cursor.

    Args:
        text: the section.
        start: where the selection begins, in characters.
        end: where it ends; the same where nothing is selected.
    """
    if start == end:
        start = text.rfind("\n", 0, start) + 1
        end = text.find("\n", end)
        end = len(text) if end < 0 else end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def code_within(text: str) -> tuple[int, int]:
    """Find the code of a section without its fences; all of the text where there are none."""
    found = _CODE.search(text)
    return found.span("inside") if found else (0, len(text))

"""What the free writer tells the model: a role, a worked example of the same form as turns, and the request itself.

The request stands in the user's own words. The example comes before it and is the same for all requests of its scene,
so that the KV cache may hold it before the request is typed to its end.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.drafting.request import clauses
from desktop.engine.interface import Message

_FEWEST_LINES, _LONGEST_LINE = 3, 160  # clauses; characters

_SYSTEM = {
    "en": "You write texts that are sent as they are. You say every fact of the request exactly as it is given, follow "
    "every wish, and add no facts, names, dates or figures of your own. You write naturally, get to the point, and say "
    "nothing twice. You give the text and nothing else.",
    "zh": "你替人写可以直接发出去的文字。要求里的每个事实都照原样写进去，每个愿望都做到，"
    "不自己添加事实、人名、日期和数字。"
    "语言自然，直奔主题，不说空话，不重复。只给出正文。",
}
_FREE_SYSTEM = {
    "en": "You are a writer. You write what the request asks for, in its form, at its length, with concrete scenes and "
    "thoughts instead of phrases, and say nothing twice. You give the text and nothing else.",
    "zh": "你是一位作者。按要求的体裁和篇幅写作，用具体的细节和想法，不说套话，不重复。只给出正文。",
}
_LENGTH = {"en": "(About {amount} words.)", "zh": "（{amount}字左右。）"}
_NOTE = {"en": "({note}.)", "zh": "（{note}。）"}
_PARTS = {
    "en": "(Parts, each with a heading “## …”: {parts}.)",
    "zh": "（分为以下部分，每部分以“## 标题”开头：{parts}。）",
}


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """A request and the text that answers it, as the model is shown.

    Attributes:
        request: as somebody typed it.
        text: Markdown.
    """

    request: str
    text: str


@dataclass(frozen=True, slots=True)
class FreePrompt:
    """The messages for one text.

    Attributes:
        request: the user's own words.
        language: of the text, ISO 639-1.
        examples: of the same form, the nearest last.
        invents: the text may invent (a story, a poem, an essay's scenes).
        amount: words or characters that were asked for; 0: nobody said.
        parts: headings that were asked for.
        notes: how the text is to be, besides: “Tone: formal”.
    """

    request: str
    language: str
    examples: Sequence[WorkedExample] = ()
    invents: bool = False
    amount: int = 0
    parts: Sequence[str] = ()
    notes: Sequence[str] = ()

    @property
    def prefix(self) -> list[Message]:
        """What comes before the request: it is read ahead."""
        language = "zh" if self.language == "zh" else "en"
        messages = [Message("system", (_FREE_SYSTEM if self.invents else _SYSTEM)[language])]
        for example in self.examples:
            messages += [Message("user", in_lines(example.request)), Message("assistant", example.text.strip())]
        return messages

    @property
    def messages(self) -> list[Message]:
        """The whole prompt."""
        language = "zh" if self.language == "zh" else "en"
        asked = in_lines(self.request)
        if self.parts:
            asked += "\n" + _PARTS[language].format(parts="、".join(self.parts))
        for note in self.notes:
            asked += "\n" + _NOTE[language].format(note=note)
        if self.amount:
            asked += "\n" + _LENGTH[language].format(amount=self.amount)
        return [*self.prefix, Message("user", asked)]


def in_lines(request: str) -> str:
    """Give a request with each of its clauses on a line: a small model skips less of a list than of a sentence.

    Nothing is left out and no word is changed. A request of one or two clauses stays as it is.
    """
    said = clauses(request)
    if len(said) < _FEWEST_LINES or any(len(clause) > _LONGEST_LINE for clause in said):
        return request.strip()
    return "\n".join([said[0], *(f"- {clause}" for clause in said[1:])])

"""Parts what a model thinks from what it answers, while both come.

A thought stands at the beginning of an answer, between `<think>` and `</think>` (Qwen3, DeepSeek-R1, SmolLM3, MiniCPM)
or `[THINK]` and `[/THINK]` (Magistral); some chat templates write the opening tag themselves. One that is never closed
is a thought to its end. A tag further down is text: an answer may be about them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TAGS = {"<think>": "</think>", "<thinking>": "</thinking>", "[THINK]": "[/THINK]"}
_BLOCK = re.compile(r"^<(think|thinking)>[ \t]*\n(.*?)^</\1>[ \t]*\n*", re.MULTILINE | re.DOTALL)


class Parts(NamedTuple):
    """What a piece of an answer holds."""

    thought: str
    text: str


class ThoughtSplitter:
    """Takes the pieces of one answer. However it is cut, the parts together are the same.

    Attributes:
        thinking: what comes now is a thought.
    """

    def __init__(self, prompt_end: str = "", *, begun: bool = False) -> None:
        """Begin an answer.

        Args:
            prompt_end: what the prompt ends with; the opening tag may stand there.
            begun: the answer was begun before, so that no thought can follow.
        """
        opening = opened_thought(prompt_end)
        self._closing = _TAGS.get(opening, "")
        self._held = ""
        self._may_open = not begun
        self._behind_thought = False
        self._leading = self.thinking  # white space at the beginning of a thought is left out

    @property
    def thinking(self) -> bool:
        """Whether a thought was begun and not closed."""
        return bool(self._closing)

    def feed(self, piece: str) -> Parts:
        """Take a piece; gives what is known of it, and of what was held back before."""
        self._held += piece
        known = list(self._known())
        return Parts(*("".join(part for is_thought, part in known if is_thought is kind) for kind in (True, False)))

    def close(self) -> Parts:
        """Give what was held back, at the end of the answer."""
        rest, self._held = self._held, ""
        if self._closing:
            return Parts(rest.lstrip() if self._leading else rest, "")
        return Parts("", rest.lstrip() if self._behind_thought and self._may_open else rest)

    def _known(self) -> Iterator[tuple[bool, str]]:
        """Yield what can be told of what is held: whether it is a thought, and which."""
        while self._held:
            if self._closing:
                before = self._held
                yield True, self._take_thought()
                if self._closing or self._held == before:
                    return
            elif self._may_open:
                if not self._open():
                    return
            else:
                text, self._held = self._held, ""
                yield False, text

    def _take_thought(self) -> str:
        if self._leading:
            self._held = self._held.lstrip()
            self._leading = not self._held
        place = self._held.find(self._closing)
        if place >= 0:
            thought, self._held = self._held[:place], self._held[place + len(self._closing) :]
            self._closing, self._may_open, self._behind_thought = "", True, True
            return thought
        kept = _overlap(self._held, self._closing)
        thought, self._held = self._held[: len(self._held) - kept], self._held[len(self._held) - kept :]
        return thought

    def _open(self) -> bool:
        """Look whether a thought begins here; False where that cannot be told yet."""
        begin = self._held.lstrip()
        for opening, closing in _TAGS.items():
            if begin.startswith(opening):
                self._closing, self._leading = closing, True
                self._held = begin[len(opening) :]
                return True
        if any(opening.startswith(begin) for opening in _TAGS):  # so does nothing but white space
            return False
        self._may_open = False
        if self._behind_thought:
            self._held = begin
        return True


def part_whole(answer: str) -> Parts:
    """Part an answer of another program that is there whole: also thoughts further down count, on lines of their own.

    One that shows code may show such lines too, and keeps them.
    """
    splitter = ThoughtSplitter()
    begin, end = splitter.feed(answer), splitter.close()
    thought, text = begin.thought + end.thought, begin.text + end.text
    if "```" in text:
        return Parts(thought, text)
    further = [found[2] for found in _BLOCK.finditer(text)]
    return Parts("\n".join(filter(None, [thought, *further])), _BLOCK.sub("", text))


def opened_thought(prompt_end: str) -> str:
    """Give the tag of a thought that a prompt opens at its end; "" where it opens none."""
    end = prompt_end.rstrip()
    return next((opening for opening in _TAGS if end.endswith(opening)), "")


def with_closed_thought(prompt: str) -> str:
    """Close the thought that a prompt opens at its end, with nothing in it: so the answer begins at once."""
    opening = opened_thought(prompt)
    return f"{prompt.rstrip()}\n\n{_TAGS[opening]}\n\n" if opening else prompt


def _overlap(text: str, tag: str) -> int:
    """Give the length of the longest end of `text` that begins `tag`."""
    return next((size for size in range(min(len(text), len(tag) - 1), 0, -1) if text.endswith(tag[:size])), 0)

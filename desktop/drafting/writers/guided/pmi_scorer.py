"""Asks the model what it thinks of sentences: a small model tells good ones better than it writes them."""

import threading
from collections.abc import Sequence

from desktop.engine.interface import Engine, Judge, Message

_SHORT = 6  # tokens: keeps a sentence of three words from winning by what its only noun is worth
_PLAIN_CHINESE = (
    "我们今天下午开会讨论这个问题。",
    "会议决定下周开始新的工作。",
    "感谢大家的支持和帮助，希望我们一起努力。",
)
_STRANGE = -3.5  # nats a character: the starter model, which knows English only, gives them less (-3.9)
_FLUENT = 0.3  # what a nat a token of fluency weighs beside one of being about the topic


class PmiScorer:
    """What one engine thinks of sentences; without an opinion where the engine cannot judge."""

    def __init__(self, engine: Engine, stop: threading.Event) -> None:
        self._engine, self._stop = engine, stop

    def worth(self, told: Sequence[Message], untold: Sequence[Message], text: str) -> float | None:
        """Tell how much more likely a text is to one who knows the topic, and how fluent it is; higher is better.

        A sentence that would fit any document is as likely without the topic: it is worth nothing.

        Args:
            told: the messages up to the text, with all that the brief says.
            untold: the same without the topic.
            text: to judge.

        Returns:
            None where the engine cannot judge, or was stopped.
        """
        knowing = self._likelihoods(told, [text])
        ignorant = self._likelihoods(untold, [text])
        if knowing is None or ignorant is None:
            return None
        one, other, length = knowing[0], ignorant[0], max(1, self._engine.count_tokens(text))
        return (one - other) / (length + _SHORT) + _FLUENT * one / length

    def knows_chinese(self) -> bool:
        """Tell whether plain Chinese sentences are familiar to the model; one that cannot judge is trusted."""
        found = self._likelihoods([Message("user", "请写一句话。")], _PLAIN_CHINESE)
        return found is None or sum(found) / sum(map(len, _PLAIN_CHINESE)) > _STRANGE

    def fits(self, asked: Sequence[Message], sentences: Sequence[tuple[str, str]]) -> list[float] | None:
        """Tell how likely each ending is behind its beginning; None where the engine cannot judge, or was stopped."""
        texts = [text for beginning, ending in sentences for text in (beginning, f"{beginning} {ending}".strip())]
        found = self._likelihoods(asked, texts)
        if found is None:
            return None
        return [whole - begun for begun, whole in zip(found[::2], found[1::2], strict=True)]

    def _likelihoods(self, messages: Sequence[Message], texts: Sequence[str]) -> list[float] | None:
        if not isinstance(self._engine, Judge):
            return None
        found: list[float] = []
        # A draft takes its turn like any answer: a chat beside it goes on.
        with self._engine.judging(messages, self._stop, urgent=False) as judging:
            for text in texts:
                found.append(judging.likelihood(text))  # noqa: PERF401  # a stop ends the block and keeps what is there
        return found if len(found) == len(texts) else None

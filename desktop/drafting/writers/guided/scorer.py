"""Tells how much a sentence is worth: a small model tells good ones better than it writes them.

`PmiScorer` asks the model, by pointwise mutual information of a sentence and the topic. `vagueness` counts what fits
anywhere, which a small model falls back on when it has nothing to say ("makes things better", "a checklist helps to
make a list"); that is no fault, so it refuses nothing: of several sentences the one with less of it is taken.
"""

import re
import threading
from collections.abc import Sequence

from desktop.drafting.facts import content_words
from desktop.engine.interface import Engine, Judge, Message

_SHORT_TEXT = 6  # tokens, added to a length: keeps three words from winning by what their only noun is worth
_PLAIN_CHINESE = (
    "我们今天下午开会讨论这个问题。",
    "会议决定下周开始新的工作。",
    "感谢大家的支持和帮助，希望我们一起努力。",
)
_UNFAMILIAR = -3.5  # nats a character: the starter model, which knows English only, gives them less (-3.9)
_FLUENCY_WEIGHT = 0.3  # of a nat a token of log p(s | topic), beside one of mutual information
_VAGUE = re.compile(
    r"\b(?:(?:the )?world|(?:a |make \w+ |be )better|better (?:life|future|place|way|world)|"
    r"makes? a (?:\w+ )?difference|(?:good|great|bad|wonderful|nice|important|right|different|new|special) "
    r"(?:things?|ways?|ideas?|opportunit\w+|times?|choices?|decisions?|people)|things?|stuff|something|everything|"
    r"anything|a lot|lots|able to|makes? sure|continue (?:to|improving)|needs? to be|"
    r"(?:\w+ly|significant|big|huge|great|positive) (?:impact|difference|effect)|impact on|overall|very|really|"
    r"people[’']s? lives|(?:our|their|your|his|her|daily) li(?:fe|ves)|what (?:\w+ )?(?:want|need|do|does)s?|"
    r"the future|there (?:is|are|will be)|can be (?:a|very|so)|is (?:a |very |so )?important|in (?:a|the) \w+ way|"
    r"some(?: people| of the)|many (?:people|ways|things|different)|feel (?:good|better)|not (?:just|only) (?:about )?|"
    r"work(?:ing)? together|more \w+ and \w+)\b",
    re.IGNORECASE,
)


class PmiScorer:
    """Scores sentences by how likely one engine finds them; gives None where the engine cannot judge."""

    def __init__(self, engine: Engine, stop: threading.Event) -> None:
        self._engine, self._stop = engine, stop

    def score(self, with_topic: Sequence[Message], without_topic: Sequence[Message], text: str) -> float | None:
        """Score a sentence s by its pointwise mutual information with the topic, and by its fluency; higher is better.

        With n the number of tokens of s and all logarithms in nats, the score is

            (log p(s | topic) - log p(s)) / (n + 6) + 0.3 * log p(s | topic) / n

        A sentence that would fit any document is as likely without the topic: its mutual information is 0. The
        constant in the first divisor keeps very short sentences from winning by one noun.

        Args:
            with_topic: the messages up to the sentence, with all that the brief says: p(s | topic) is behind them.
            without_topic: the same without the topic: p(s) is behind them.
            text: the sentence.

        Returns:
            None where the engine cannot judge, or was stopped.
        """
        conditional = self._log_likelihoods(with_topic, [text])
        marginal = self._log_likelihoods(without_topic, [text])
        if conditional is None or marginal is None:
            return None
        length = max(1, self._engine.count_tokens(text))
        information = (conditional[0] - marginal[0]) / (length + _SHORT_TEXT)
        return information + _FLUENCY_WEIGHT * conditional[0] / length

    def knows_chinese(self) -> bool:
        """Tell whether plain Chinese sentences are familiar to the model; one that cannot judge is trusted."""
        found = self._log_likelihoods([Message("user", "请写一句话。")], _PLAIN_CHINESE)
        return found is None or sum(found) / sum(map(len, _PLAIN_CHINESE)) > _UNFAMILIAR

    def ending_likelihoods(
        self, messages: Sequence[Message], sentences: Sequence[tuple[str, str]]
    ) -> list[float] | None:
        """Give the log-likelihood, in nats, of each ending behind its beginning; None as in `score`."""
        texts = [text for beginning, ending in sentences for text in (beginning, f"{beginning} {ending}".strip())]
        found = self._log_likelihoods(messages, texts)
        if found is None:
            return None
        return [whole - begun for begun, whole in zip(found[::2], found[1::2], strict=True)]

    def _log_likelihoods(self, messages: Sequence[Message], texts: Sequence[str]) -> list[float] | None:
        if not isinstance(self._engine, Judge):
            return None
        found: list[float] = []
        # A draft takes its turn like any answer: a chat beside it goes on.
        with self._engine.judging(messages, self._stop, urgent=False) as judging:
            for text in texts:
                found.append(judging.likelihood(text))  # noqa: PERF401  # a stop ends the block and keeps what is there
        return found if len(found) == len(texts) else None


def vagueness(sentence: str) -> int:
    """Count the vague phrases of a sentence and the words that it repeats; 0 for one that says something."""
    words = content_words(sentence)
    return len(_VAGUE.findall(sentence)) + len(words) - len(set(words))

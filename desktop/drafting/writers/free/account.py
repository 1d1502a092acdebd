"""What a text owes to its request: which facts it tells, which wishes it follows, which sentences are its own.

What code cannot tell, such as whether a text is warm, is left to its reader and said to be.
"""

import re
from dataclasses import dataclass

from desktop.drafting.length import count, says_length
from desktop.drafting.request import RequestParts
from desktop.drafting.sentences import split_sentences
from desktop.drafting.template.template import Strictness
from desktop.drafting.writers.free.coverage import missing_facts, worth_a_line
from desktop.drafting.writers.free.guards import SentenceGuard
from desktop.text.han import count_han

_SHORT = re.compile(r"\b(?:short|brief|concise|crisp)\b|简短|简洁|短一?点|精炼|(?:别|不要|不用)太长", re.IGNORECASE)
_NOT_MINE = re.compile(r"\bthird person\b|第三人称", re.IGNORECASE)
_MINE = re.compile(r"\b(?:I|my|me|we|our)\b|我")
_LISTED = re.compile(r"\b(?:bullets?|bullet points?|list)\b|分.{1,3}点|列出|列表", re.IGNORECASE)
_TABLE = re.compile(r"\btable\b|表格", re.IGNORECASE)
_NO_EMOJI = re.compile(r"no emojis?|不(?:要|用)表情", re.IGNORECASE)
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
_SHORT_TEXT = (130, 200)  # words, Chinese characters: what passes for short


@dataclass(frozen=True, slots=True)
class Account:
    """What was found.

    Attributes:
        points: facts of the request that are worth a line, in order.
        missing: those that the text does not tell.
        wishes: what was asked of the text besides, and whether it was followed; None: its reader must tell.
        own: sentences that tell nothing of the request and are no courtesy.
    """

    points: tuple[str, ...]
    missing: tuple[str, ...]
    wishes: tuple[tuple[str, bool | None], ...]
    own: tuple[str, ...]


def account_of(read: RequestParts, text: str, language: str, strictness: Strictness, *, long_enough: bool) -> Account:
    """Hold a text against its request.

    Args:
        read: the request.
        text: Markdown.
        language: of the text, ISO 639-1.
        strictness: of its kind.
        long_enough: whether its length is as asked.
    """
    points = tuple(fact for fact in read.facts if worth_a_line(fact))
    wishes = tuple((wish, followed(wish, read, text, language, long_enough=long_enough)) for wish in read.wishes)
    guard = SentenceGuard(read.text, language, strictness, facts=len(read.facts))
    own: list[str] = []
    before: list[str] = []
    for line in text.splitlines():
        for sentence in split_sentences(line):
            if guard.is_its_own(sentence, before):
                own.append(sentence)
            before.append(sentence)
    missing = () if strictness == "fiction" else tuple(missing_facts(points, text))
    return Account(points, missing, wishes, () if strictness == "fiction" else tuple(own))


def followed(wish: str, read: RequestParts, text: str, language: str, *, long_enough: bool) -> bool | None:
    """Tell whether a wish was followed; None where code cannot."""
    guard = SentenceGuard(read.text, language, "opinion", avoided=read.avoided)
    if any(avoided in wish for avoided in read.avoided) and not _SHORT.search(wish):
        return not any(guard.breaks_a_wish(sentence) for sentence in split_sentences(text)) or None
    if says_length(wish):
        return long_enough
    if _SHORT.search(wish):
        return count(text) <= _SHORT_TEXT[count_han(text) > len(text) // 4]
    checks = (
        (_NOT_MINE, not _MINE.search(text)),
        (_NO_EMOJI, not _EMOJI.search(text)),
        (_TABLE, "|" in text),
        (_LISTED, bool(re.search(r"(?m)^\s*(?:[-*]|\d{1,2}[.、)]|[一二三四五六七八九十]、)", text))),
    )
    return next((held for pattern, held in checks if pattern.search(wish)), None)

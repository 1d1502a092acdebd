"""Sentences: where they end, whether two say the same, which says more, and what around them is only talk."""

import functools
import re
from collections.abc import Iterable, Sequence

from desktop.drafting.facts import content_words
from desktop.text.han import HAN

_END = re.compile(r"(?<=[.!?…])[\"”’')\]]*(?:\s+|$)|(?<=[。！？])[”’」』）]*\s*")
_ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|vs|etc|e\.g|i\.e|a\.m|p\.m|approx|Inc|Ltd|Jr|Sr)|\b[A-Z])\.$")
CHATTER = re.compile(
    r"^(?:sure|certainly|of course|absolutely|great|okay|ok)\b[,!.: ]|^here(?:'s| is| are)\b[^.\n]*:|"
    r"^(?:好的|当然|没问题)[，,!！。]|^以下是[^。\n]*[:：]|\bas an ai\b|作为(?:一个|一名)?(?:AI|人工智能)",
    re.IGNORECASE,
)
_GOODBYE = re.compile(
    r"(?:^|\n|(?<=[.!?] ))(?:I hope (?:this|that|it) helps|Let me know if|Feel free to|"
    r"希望(?:这|以上)[^。\n]{0,10}帮助)[^\n]*\s*\Z"
)
# A capital with a full stop is a name's: "A. Smith calls".
_LIST_MARK = re.compile(
    r"^\s*(?:[*•●○▪◦·‣]|[-+–—](?![\d.])|(?:[-+–—]|\d{1,3}[.)]|[a-z]\.|[a-zA-Z]\))(?=\s|$)|\[[ xX]\](?=\s)|[①-⑳☐☑✓✔]|"
    r"(?:\d{1,2}|[一二三四五六七八九]|十[一二三]?)、(?![\d一二三四五六七八九十百])|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）])\s*"
)
_PLACEHOLDER = re.compile(
    r"\[[A-Z][^\]\n]{0,60}\](?!\()|\{[a-z_ ]{2,30}\}|<[A-Z][a-z ]{2,30}>|【[^】\n]{1,20}】(?=[：:，。\s]|$)"
)


def split_sentences(text: str) -> list[str]:
    """Cut a text at the ends of its sentences; joined with spaces they give the text again, roughly."""
    parts: list[str] = []
    start = 0
    for found in _END.finditer(text):
        piece = text[start : found.end()].strip()
        if not piece or _ABBREVIATION.search(piece) or re.fullmatch(r"\d{1,3}\.", piece):
            continue
        if piece.endswith("No.") and text[found.end() : found.end() + 1].isdigit():
            continue
        parts.append(piece)
        start = found.end()
    if rest := text[start:].strip():
        parts.append(rest)
    return parts


def is_whole(sentence: str) -> bool:
    """Tell whether a sentence has an end."""
    return bool(re.search(r"[.!?…。！？][\"”’')\]」』）*_]*$", sentence.strip()))


def similarity(one: str, other: str) -> float:
    """How much two sentences have in common, from 0 to 1: words, or pairs of Chinese characters."""
    first, second = features(one), features(other)
    if not first or not second:
        return 0.0
    return (
        len(first & second) / min(len(first), len(second))
        if min(len(first), len(second)) > 2
        else float(first == second)
    )


@functools.lru_cache(maxsize=2048)  # each sentence of a draft is compared with every new one
def features(text: str) -> frozenset[str]:
    """Give what sentences are compared by: words without inflection, and pairs of Chinese characters."""
    runs = re.findall(f"[{HAN}]+", text)
    words = content_words(re.sub(f"[{HAN}]+", " ", text))  # “deadline定在” holds a word too
    return frozenset(words) | {run[at : at + 2] for run in runs for at in range(len(run) - 1)}


def relevance(sentence: str, *, about: Iterable[str], before: Sequence[str]) -> float:
    """Score a sentence by the words it shares with its topics and not with its neighbours; higher is better.

    Args:
        sentence: judged.
        about: the texts that it should be about: topic, section, point.
        before: the sentences of the section so far.
    """
    content = set(content_words(sentence))
    if not content:
        return 0.0
    wanted = set(content_words(" ".join(about)))
    near = len(content & wanted) / max(1, min(4, len(wanted)))
    fresh = freshness(sentence, before)
    words = len(re.findall(r"[\w’'-]+", sentence))
    easy = 1 - abs(min(words, 40) - 18) / 30
    return min(near, 1) + fresh + 0.6 * easy + 0.6 * min(1, len(content) / 7)


def freshness(sentence: str, before: Sequence[str]) -> float:
    """Tell how little a sentence has in common with the one before that is most like it, from 0 to 1."""
    return 1 - max((similarity(sentence, other) for other in before), default=0.0)


def strip_chatter(text: str) -> str:
    """Take off what a model says before and behind its text: “Sure, here is your report:”, “I hope this helps!”."""
    text = _GOODBYE.sub("", text.strip()).strip()
    for _ in range(2):
        line, _, rest = text.partition("\n")
        if CHATTER.search(line) and (rest.strip() or line.rstrip().endswith((":", "："))):
            text = rest.strip()
        elif CHATTER.match(line):
            text = re.sub(r"^[^.!:：。！]{0,60}[.!:：。！]\s*", "", text, count=1)
    return text


def placeholders(text: str) -> list[str]:
    """Give what a text leaves to be filled, e.g. [Name] or {date}."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(text)))


def strip_list_mark(line: str) -> str:
    """Take the bullet or number off a line, or both: “- 1. Lunch”."""
    return _LIST_MARK.sub("", _LIST_MARK.sub("", line)).strip()

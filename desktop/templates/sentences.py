"""Sentences: where they end, whether two say the same, and which ones a draft can do without.

A small model writes much that no user wants: invented figures and people, talk about the task, the same again. Text is
generated a few sentences at a time and passes through here before it joins the draft.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from desktop.templates.facts import content_words, names, numbers, unknown_numbers
from desktop.templates.length import CJK

_END = re.compile(r"(?<=[.!?…])[\"”’')\]]*(?:\s+|$)|(?<=[。！？])[”’」』）]*\s*")
_ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|vs|etc|e\.g|i\.e|a\.m|p\.m|approx|Inc|Ltd|Jr|Sr)|\b[A-Z])\.$")
_CHATTER = re.compile(
    r"^(?:sure|certainly|of course|absolutely|great|okay|ok)\b[,!.: ]|^here(?:'s| is| are)\b[^.\n]*:|"
    r"^(?:好的|当然|没问题)[，,!！。]|^以下是[^。\n]*[:：]|\bas an ai\b|作为(?:一个|一名)?(?:AI|人工智能)",
    re.IGNORECASE,
)
_META = re.compile(
    r"\b(?:this|the|each|next|following|first|second|last) (?:paragraph|section|sentence|essay|prompt|passage|text|"
    r"template|document|draft|heading|bullet)s?\b|\bword count\b|\b(?:argument|essay|paragraph) (?:argues|concludes)|"
    r"\bin this (?:essay|paragraph|section|article|paper|speech)\b|\bthe (?:author|writer|speaker|reader)s?\b|"
    r"\bi(?:'d| would) be happy to\b|\b(?:remember|note) (?:to|that)\b|smollm|hugging face|\bprompt\b|这一段|本段|提示词",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    r"\b(?:stud(?:y|ies)|research(?:ers)?|survey|report(?:ed)? by|according to|published|university|statistics?|experts?|"
    r"scientists?|evidence (?:shows|suggests)|has been (?:shown|proven))\b|研究表明|调查显示|据[^，]{1,12}(?:报道|统计)",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"\b(?:three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|dozens?|hundreds?|thousands?|"
    r"millions?|billions?|percent|percentage|half of|a third|a quarter|doubled|tripled)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|"
    r"Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|tomorrow|century|decades?|years ago)\b"
)
_LIST_MARK = re.compile(r"^\s*(?:[-*•+]|\d{1,3}[.)]|[a-zA-Z][.)]\s)\s*")
_CLICHE = re.compile(
    r"\b(?:diligently|tirelessly|in today[’']s|fast-paced|ever-evolving|ever-changing|tapestry|testament|beacon|delve|"
    r"game[- ]changer|world-class|cutting-edge|state-of-the-art|top-notch|unprecedented|proud to|honou?r(?:ed)? to|"
    r"cannot be overstated|play(?:s|ed)? a (?:crucial|vital|significant|key) role|holistic|transformative|"
    r"a positive (?:development|impact|outcome|step))\b",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"\[[A-Z][^\]\n]{0,60}\](?!\()|\{[a-z_ ]{2,30}\}|<[A-Z][a-z ]{2,30}>|【[^】\n]{1,20}】(?=[：:，。\s]|$)")
_FREE_CAPITALS = frozenset({"I", "I’m", "I'm", "I’ve", "I've", "I’d", "I'd", "I’ll", "I'll", "English", "Internet"})
SAME = 0.5  # share of words in common, above which two sentences say the same


def split_sentences(text: str) -> list[str]:
    """Cut a text at the ends of its sentences; joined with spaces they give the text again, roughly."""
    parts: list[str] = []
    start = 0
    for found in _END.finditer(text):
        piece = text[start : found.end()].strip()
        if not piece or _ABBREVIATION.search(piece) or re.fullmatch(r"\d{1,3}\.", piece):
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
    """How much two sentences have in common, from 0 to 1: shared words (English), shared pairs of characters (Chinese)."""
    first, second = _features(one), _features(other)
    if not first or not second:
        return 0.0
    return len(first & second) / min(len(first), len(second)) if min(len(first), len(second)) > 2 else float(first == second)


def _features(text: str) -> set[str]:
    chinese = "".join(re.findall(f"[{CJK}]", text))
    return set(content_words(text)) | {chinese[at : at + 2] for at in range(len(chinese) - 1)}


def strip_chatter(text: str) -> str:
    """Take off what a model says before it begins: “Sure, here is your report:”."""
    text = text.strip()
    for _ in range(2):
        line, _, rest = text.partition("\n")
        if _CHATTER.search(line) and (rest.strip() or line.rstrip().endswith((":", "："))):
            text = rest.strip()
        elif _CHATTER.match(line):
            text = re.sub(r"^[^.!:：。！]{0,60}[.!:：。！]\s*", "", text, count=1)
    return text


def placeholders(text: str) -> list[str]:
    """Give what a text leaves to be filled: [Name], {date} …"""
    return list(dict.fromkeys(_PLACEHOLDER.findall(text)))


@dataclass(frozen=True, slots=True)
class Screen:
    """Which sentences may join a draft.

    Attributes:
        known: the brief, all of it: its numbers and names may be used.
        language: of the draft.
        factual: numbers, amounts, dates and names that the brief does not give are refused.
        fiction: people and places may be invented.
        copied: texts that the model must not repeat: its instructions.
        forbidden: words that may not appear, e.g. “I” in a report.
        longest: most words in a sentence.
    """

    known: str
    language: str = "en"
    factual: bool = True
    fiction: bool = False
    copied: Sequence[str] = ()
    forbidden: re.Pattern[str] | None = None
    longest: int = 42
    _known_words: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        words = frozenset(re.findall(r"[\w’'-]+", self.known.lower()))
        object.__setattr__(self, "_known_words", words)

    def fault(self, sentence: str, before: Iterable[str]) -> str:
        """Say what is wrong with a sentence; "" if nothing is.

        Args:
            sentence: a whole sentence.
            before: the sentences of the draft so far.
        """
        if not is_whole(sentence):
            return "not whole"
        if _CHATTER.search(sentence) or _META.search(sentence):
            return "about the task"
        if placeholders(sentence) or re.search(r"[<>|{}\\#_]|\*\*|https?:|www\.|@|\[|\]", sentence):
            return "placeholder"
        if self.language == "zh":
            if len(re.findall(f"[{CJK}]", sentence)) < 0.5 * len(re.sub(r"\s", "", sentence)):
                return "language"
        elif re.search(f"[{CJK}]", sentence) and not re.search(f"[{CJK}]", self.known):
            return "language"
        if fault := self._invented(sentence):
            return fault
        words = re.findall(r"[\w’'-]+", sentence)
        if self.language != "zh" and not 4 <= len(words) <= self.longest:
            return "length"
        if self.forbidden and self.forbidden.search(sentence):
            return "voice"
        if _stutters(sentence):
            return "stutter"
        if any(similarity(sentence, text) > 0.7 for text in self.copied):
            return "copied"
        if any(similarity(sentence, other) > SAME for other in before):
            return "said before"
        return ""

    def _invented(self, sentence: str) -> str:
        if unknown_numbers(sentence, self.known) and not self.fiction:
            return "number"
        if self.fiction:
            return ""
        if _CLAIM.search(sentence) and not _CLAIM.search(self.known):
            return "claim"
        if re.search(r"[“\"„]", sentence):
            return "quotation"
        for pattern in (_QUANTITY, _DATE) if self.factual else (re.compile(r"\bpercent(?:age)?\b"), _DATE):
            for found in pattern.findall(sentence):
                if found.lower() not in self.known.lower():
                    return "amount or date"
        if self.language != "zh":
            for name in names(sentence):
                if name not in _FREE_CAPITALS and name.lower() not in self._known_words:
                    parts = re.split(r"[’'-]", name.lower())
                    if not set(parts[:1]) <= self._known_words:
                        return "name"
        return ""


def _stutters(sentence: str) -> bool:
    """Tell whether a sentence says a word too often, or a phrase twice."""
    words = [word.lower() for word in re.findall(r"[\w’'-]+", sentence)]
    content = content_words(sentence)
    if any(content.count(word) > 2 for word in set(content)):
        return True
    pairs = list(zip(content, content[1:], strict=False))
    if len(pairs) != len(set(pairs)):
        return True
    triples = list(zip(words, words[1:], words[2:], strict=False))
    return len(triples) - len(set(triples)) > 1


def score(sentence: str, *, about: Iterable[str], before: Sequence[str]) -> float:
    """How much a sentence is worth, higher is better; for choosing between sentences without a fault.

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
    fresh = 1 - max((similarity(sentence, other) for other in before), default=0.0)
    words = len(re.findall(r"[\w’'-]+", sentence))
    easy = 1 - abs(min(words, 40) - 18) / 30
    return 1.2 * min(near, 1) + fresh + 0.6 * easy - 0.7 * len(_CLICHE.findall(sentence))


def strip_list_mark(line: str) -> str:
    """Take the bullet or number off a line."""
    return _LIST_MARK.sub("", line).strip()


def has_number(text: str) -> bool:
    """Tell whether a text holds a number."""
    return bool(numbers(text))

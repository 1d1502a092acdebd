"""What a request says in so many words, found by the words themselves where the network left it out.

text, intent, the network's spans -> `with_plain_words` -> more spans. Only words that can hardly mean anything else in
their place are taken: a language behind “into”, 译成; a tone as a clause of its own or before 一点; a week, month or
day that is a clause of its own, or that a topic begins with. What stands behind the colon of a request to work on a
text is that text; what stands behind “about” in a short one is its topic.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from desktop.router.normalise import LANGUAGES, TONES
from desktop.router.spans import Span, trim
from desktop.text.han import HAN

_WORKED_ON = ("rewrite", "summarize", "translate", "analyze", "solve", "meeting_minutes")
_WRITTEN = ("translate", "code")  # what has a language of its own
_PLANNED = ("work_plan", "work_report")  # what is of a week or month
_COUNTED = (*_PLANNED, "proposal", "resume")  # where “with …” and a figure is a fact
_HEAD, _TAIL = 600, 300  # characters
_LETTERS = ("go", "c", "r")  # languages only where they are written with a capital
_CODE_FROM = "python"  # of the languages: from here on they are of code


def _any_of(names: Sequence[str]) -> str:
    return "|".join(f"(?:{name})" for name in names)


_KEYS = list(LANGUAGES)
_SPOKEN = _any_of([LANGUAGES[key] for key in _KEYS[: _KEYS.index(_CODE_FROM)]])
_CODED = _any_of([LANGUAGES[key] for key in _KEYS[_KEYS.index(_CODE_FROM) :]])
_TONE = _any_of(list(TONES.values()))
_END = r"(?=\s*(?:$|[,，.。;；!！:：\n]|please\b|pls\b))"
_CLAUSE = r"(?:^|(?<=[,，.。;；!！\n]))\s*"
_INTO = re.compile(
    rf"(?:\b(?:into|to|in)\s+)(?P<words>{_SPOKEN})(?![a-z])|(?:译|翻)(?:成|为|到)?(?P<zh>{_SPOKEN})(?!语法)"
    rf"|{_CLAUSE}(?P<bare>{_SPOKEN})(?:please|pls|\s|怎么|咋)",
    re.IGNORECASE,
)
_IN_CODE = re.compile(rf"(?<![a-z.#+@/])(?P<words>{_CODED})(?![a-z#+@]|\.[a-z])", re.IGNORECASE)
_TONES = re.compile(
    rf"{_CLAUSE}(?:(?:please )?(?:keep|make) it |in an? |(?:the )?tone:? |语气|口吻|风格|用)?"
    rf"(?:more |very |a bit |要|写得|写)?(?P<words>{_TONE})(?:一点儿?|一些|点儿?|些| tone| style)?{_END}"
    rf"|(?<=[{HAN}])(?P<zh>{_TONE})(?:一点儿?|点儿?|些|一些)(?![{HAN}])",
    re.IGNORECASE,
)
_WHEN_CHINESE = (
    r"(?:本|这|下|上|下下|上上)(?:个?)(?:周末?|星期|礼拜|月|季度|学期)(?:[一二三四五六日天](?![月年]))?|[今明去本]年|[上下]半年"
    r"|(?:20\d\d年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份|20\d\d年度?|(?:第?[一二三四]|[Qq][1-4])季度|今天|明天|后天"
)
_WHEN_ENGLISH = (
    r"(?:this|next|last) (?:week(?:end)?|month|quarter|year|term|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|tomorrow"
    r"|(?:in )?(?:january|february|march|april|june|july|august|september|october|november|december)"
)
_WHEN = re.compile(rf"{_CLAUSE}(?P<words>{_WHEN_CHINESE}|{_WHEN_ENGLISH}){_END}", re.IGNORECASE)
_FIRST = re.compile(
    r"(?:[本这下上]个?(?:周|星期|月|季度|学期)|[今明去]年|[上下]半年)(?![一二三四五六日天末初底和与])(?=.{2})"
)
_LAST = re.compile(rf",?\s+(?:in |for |during |by )?(?P<words>{_WHEN_ENGLISH}|Q[1-4])(?: 20\d\d)?$", re.IGNORECASE)
_ABLE = re.compile(
    r"\b(?:fluent|native|conversational|proficient|intermediate|basic|good|some)(?: in)?\s+$"
    r"|\b(?:speaks?|speaking|learn(?:ing|s)?|teach(?:ing|es)?|stud(?:y|ying|ies))\s+$|(?:精通|熟悉|会说?|懂|学|教|考)$",
    re.IGNORECASE,
)
_BEHIND_A_COLON = re.compile(r"(?:(?<!\d)[:：](?!//)|\n)\s*(?P<words>\S.*)", re.DOTALL)
_TOLD_TO_SOLVE = re.compile(
    r"(?:please )?(?:solve|compute|calculate|evaluate|求解|解方程|计算)[\s:：]*(?=\S)", re.IGNORECASE
)
_ABOUT = re.compile(
    r"(?:关于|有关)(?P<words>[^，。,.！!\n]+?)的(?=\S)"
    r"|\babout (?P<en>[^,.;:!?\n]+?)(?=\s*(?:[,.;:!?\n]|$| in (?:under )?\d| for my | please))",
    re.IGNORECASE,
)
_BRIEFLY = 80  # characters of a request that names its topic at once
_WITH_MEASURE = re.compile(r",?\s+with (?:an? |the )?(?P<measure>\w+ of)$", re.IGNORECASE)
_WITH_FIGURE = re.compile(r",?\s+with (?:an? |the )?(?=.*\d)", re.IGNORECASE)


def with_plain_words(text: str, intent: str, spans: Sequence[Span]) -> list[Span]:
    """Add the languages, tones and periods that the network left out; leave out languages that somebody only knows.

    Args:
        text: the request.
        intent: of the taxonomy.
        spans: what the network found, in order.
    """
    spans = _with_their_source(text, intent, _with_their_measure(text, spans))
    found = [part for span in spans for part in _parted(text, intent, span) if not _is_known_to_somebody(text, part)]
    there = {span.slot for span in found}
    patterns = []
    if "language" not in there and intent in _WRITTEN:
        patterns.append(("language", _INTO if intent == "translate" else _IN_CODE))
    if "topic" not in there and intent not in _WORKED_ON and len(text) <= _BRIEFLY:
        patterns.append(("topic", _ABOUT))
    if "tone" not in there:
        patterns.append(("tone", _TONES))
    if "period" not in there:
        patterns.append(("period", _WHEN))
    for slot, pattern in patterns:
        for match in _in_the_request(pattern, text):
            start, end = next(match.span(name) for name in match.re.groupindex if match[name])
            span = trim(text, Span(slot, start, end))
            if text[span.start : span.end] in _LETTERS:
                continue
            if span.start < span.end and all(other.end <= start or end <= other.start for other in found):
                found.append(span)
                break
    return sorted((span for span in found if span.start < span.end), key=lambda span: span.start)


def _is_known_to_somebody(text: str, span: Span) -> bool:
    """Tell a language that a person speaks or learns (“fluent in Spanish”) from the one to write in."""
    return span.slot == "language" and bool(_ABLE.search(text, max(0, span.start - 20), span.start))


def _in_the_request(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Find a pattern at both ends of a text: between them lies what was pasted, however long."""
    yield from pattern.finditer(text, 0, _HEAD)
    yield from pattern.finditer(text, max(_HEAD, len(text) - _TAIL))


def _with_their_source(text: str, intent: str, spans: Sequence[Span]) -> list[Span]:
    """Give a request to work on a text the text behind its colon, where none was found; leave “solve” out of it."""
    sources = [span for span in spans if span.slot == "source"]
    if intent == "solve" and sources and (told := _TOLD_TO_SOLVE.match(text, sources[0].start, sources[0].end)):
        return [Span("source", told.end(), span.end) if span == sources[0] else span for span in spans]
    if sources or intent not in _WORKED_ON or not (behind := _BEHIND_A_COLON.search(text)):
        return list(spans)
    source = trim(text, Span("source", *behind.span("words")))
    return [*(span for span in spans if span.end <= source.start), source]


def _with_their_measure(text: str, spans: Sequence[Span]) -> list[Span]:
    """Give a figure what it is of, which the topic before it took along: “the fair with a budget of” “500 euros”."""
    mended = list(spans)
    for place, (topic, figure) in enumerate(pairwise(spans)):
        tail = _WITH_MEASURE.search(text, topic.start, topic.end) if topic.slot == "topic" else None
        if tail and figure.slot == "keywords" and not text[topic.end : figure.start].strip():
            mended[place] = trim(text, Span("topic", topic.start, tail.start()))
            mended[place + 1] = Span("keywords", tail.start("measure"), figure.end)
    return mended


def _parted(text: str, intent: str, span: Span) -> list[Span]:
    """Part the topic of a plan or report from its week or month, and from a figure: 下周销售团队, “fair in June”."""
    if span.slot != "topic":
        return [span]
    start, end, aside = span.start, span.end, []
    figure = _WITH_FIGURE.search(text, start, end) if intent in _COUNTED else None
    if figure and figure.start() > start:
        aside, end = [trim(text, Span("keywords", figure.end(), end))], figure.start()
    if intent in _PLANNED:
        if (match := _FIRST.match(text, start, end)) and match.end() < end:
            aside.append(Span("period", match.start(), match.end()))
            start = match.end() + (text[match.end()] == "的")
        elif (match := _LAST.search(text, start, end)) and match.start() > start:
            aside.append(Span("period", *match.span("words")))
            end = match.start()
    return [trim(text, Span("topic", start, end)), *aside]

"""Summaries: what they say stands in the source, and its figures stand in them.

The model is told the figures to keep, and each of its sentences is held against the source (`summary_fault`): a figure,
a day or a name that is not there, or a sentence most of whose words are not, is written again.
"""

import math
import re
from collections.abc import Sequence

from desktop.drafting.facts import names
from desktop.drafting.sentences import CHATTER, features, similarity, split_sentences
from desktop.text.figures import figures
from desktop.text.han import HAN
from desktop.text.language import language_of
from desktop.text.numerals import CHINESE_NUMBER, chinese_number

_SAME = 0.8  # share in common above which a sentence says one before it again
_LEAST_SHARED = {"en": 0.4, "zh": 0.35}  # of its words, with a source in the same language
_SHORT = 3  # words or pairs of characters: too few to tell
_MOST_FIGURES = 10  # that the model is reminded of
_KEEP = {"en": "Keep these figures as they are: {figures}.", "zh": "以下数字照原样写入：{figures}。"}
_COVER = {
    "en": "Cover the whole text to its end, in your own words.",
    "zh": "用自己的话概括全文，包括结尾部分，不要照抄。",
}
_NUMBER_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_SMALL = {word: number for number, word in enumerate(_NUMBER_WORDS, 1)} | {"a": 1, "single": 1}
_SENTENCES = re.compile(
    rf"\b(\d{{1,2}}|a|single|{'|'.join(_NUMBER_WORDS[:10])})(?: short| brief)? sentences?\b|"
    rf"({CHINESE_NUMBER})(?:句|个句子)",
    re.IGNORECASE,
)
_FEWEST_SENTENCES, _SHARE = 3, 0.5
_DAY = re.compile(r"(?:周|星期|礼拜)[一二三四五六日天]|[去今明后前]年|[昨今明后前]天|[上下]个?(?:周|月|季度)")
_COUNTED = re.compile(rf"({CHINESE_NUMBER})\s*(?:年|月|日|号|元|人|名|个|家|次|天|小时|分钟|万|亿|公里|米|吨|倍|成)")
_TITLE = re.compile(rf"《[^》]+》|“[{HAN}]{{2,}}”|(?a:[A-Za-z][A-Za-z-]+)")


def reminder(source: str, language: str) -> str:
    """Tell how to summarize: all of it, and with the figures of a short source."""
    kept = "zh" if language == "zh" else "en"
    found = sorted(figures(source), key=source.find)
    if not 0 < len(found) <= _MOST_FIGURES:  # a summary of a table does not hold all of them
        return _COVER[kept]
    return f"{_COVER[kept]}\n{_KEEP[kept].format(figures=('、' if kept == 'zh' else ', ').join(found))}"


def most_sentences(source: str, request: str) -> int:
    """Tell how many sentences a summary has at most: as many as were asked for, else a share of those of the source."""
    if found := _SENTENCES.search(request):
        said = (found[1] or found[2]).lower()
        return max(1, int(_SMALL.get(said) or chinese_number(said) or 1))
    return max(_FEWEST_SENTENCES, math.ceil(_SHARE * len(split_sentences(source))))


def summary_fault(sentence: str, before: Sequence[str], source: str, language: str) -> str:
    """Say what in a sentence of a summary is not in its source; "" if nothing is.

    Args:
        sentence: as the model wrote it, Markdown.
        before: the sentences of the summary so far.
        source: what is summarized, all of it.
        language: of the summary, ISO 639-1.
    """
    if CHATTER.search(sentence):
        return "talk"
    plain = re.sub(r"^\W*(?:\d{1,2}[.)、]\s*)?", "", sentence)
    if not figures(plain) <= figures(source) | _in_digits(source):
        return "figure"
    if language == "zh" and not _counted(plain) <= _counted(source) | figures(source):
        return "figure"
    if language != language_of(plain) and len(features(plain)) > _SHORT and language in ("en", "zh"):
        return "language"
    there = source.lower()
    found = set(_DAY.findall(plain)) | set(_TITLE.findall(plain)) if language == "zh" else names(plain)
    same_language = language_of(source) == language
    if same_language and any(name.strip("《》“”").lower().removesuffix("’s") not in there for name in found):
        return "name"
    if any(similarity(plain, other) > _SAME for other in before):
        return "repeated"
    words = features(plain)
    if same_language and len(words) > _SHORT:
        shared = len(words & features(source)) / len(words)
        if shared < _LEAST_SHARED.get(language, 0.0):
            return "not in the source"
    return ""


def _in_digits(text: str) -> frozenset[str]:
    """Give the small numbers that a text has in words, in digits: "twelve workers" may be 12."""
    words = frozenset(re.findall(r"[a-z]+", text.lower()))
    found = {str(number) for number, word in enumerate(_NUMBER_WORDS, 1) if word in words}
    return frozenset(found) | _counted(text)


def _counted(text: str) -> frozenset[str]:
    """Give what is counted in Chinese, in digits: 十二名 → 12."""
    numbers = (chinese_number(found) for found in _COUNTED.findall(text))
    return frozenset(f"{number:g}" for number in numbers if number is not None)

"""Whether a result can stand in for the user's text; pure functions that never ask the model.

A small model loses a date, invents a name, answers instead of rewriting. Each check finds one such thing and says it
in a sentence's worth of words; a result that fails one is shown as a suggestion, not put in place of the text.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from desktop.codes import Code, Coded
from desktop.quick.actions.action import ActionLimits, FactRule
from desktop.quick.editing.form import lost_form, wrong_form
from desktop.quick.editing.kept import (
    CHINESE_NEGATION,
    lost_address,
    lost_amounts,
    lost_apology,
    lost_dates,
    lost_negation,
    swapped_roles,
)
from desktop.quick.editing.length import length_of
from desktop.text.figures import figures
from desktop.text.han import HAN
from desktop.text.language import language_of

_ADDRESS = re.compile(r"https?://\S+[^\s.,;:!?)]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b\w+(?:_\w+)+\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FIRST = re.compile(r"(?:\A|[.!?:。！？：\n]|[\"“‘(\[*#>|-])\W*\Z")
# Written with a capital everywhere, and no names; or contracted with one.
_NO_NAMES = frozenset(("i", "i'm", "i'll", "i've", "i'd", "ok", "mr", "mrs", "ms", "dr"))
_WORDS_FOR = {
    word: number
    for words in (
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十"),
        ("", "两"),
    )
    for number, word in enumerate(words, 1)
    if word
}
_AGAIN = re.compile(r"(\b\w[\w'’ ,]{3,40}?)[\s,.!;]+\1[\s,.!;]+\1", re.IGNORECASE)  # three times one behind another
# Words that carry hardly any meaning; the politeness that a formal or friendly text adds is among them.
_EMPTY = frozenset(
    """
    the and but for nor not are was were been being has have had does did can could may might must shall should will
    would that this these those there here then than with from into onto about over under between which who whom whose
    what when where why how all any both each few more most other some such only own same too very just also now soon
    you your yours she her hers him his they them their theirs our ours its let get got please kindly thank thanks
    sorry unfortunately hope like want need able unable because since while though although hey hello dear gonna
    wanna gotta fact due lot much really quite still yet always never often thing things person someone something
    """.split()  # noqa: SIM905  # a hundred quoted words read worse
)
# Chinese characters that carry hardly any meaning, and what politeness adds.
_EMPTY_CHINESE = frozenset(
    "的地得了着过是在有和与及或而且但就都也还又很太更最把被让给对于从向到将会能可以这那个些吗呢吧啊呀请您你我他她它们"
)
_HAN = re.compile(f"[{HAN}]")
_CHINESE_MONTH = re.compile(r"\d{1,2}(?=月)")
_KEEPS_CHINESE = 0.6  # of the share of words: a character is found again by chance, a word hardly
_CHATTER = re.compile(
    r"\A(?:sure|certainly|of course)[,!.]|\A(?:好的|当然)[，,！!]|\bas an ai\b|\bI(?:'m| am) sorry, but\b|"
    r"\bsorry, (?:but )?I can(?:'t|not) (?:assist|help|do)\b|"
    r"\bI(?:'m| am) (?:unable|not able) to (?:help|assist|provide|answer)\b|"
    r"\blanguage model\b|\bI(?:['’]d| would) be happy to\b|\b(?:this|the) (?:sentence|text)\b|"
    r"作为(?:一个)?(?:AI|人工智能|语言模型)|\[(?:your|recipient|name|insert|date)[^\]\n]*\]",
    re.IGNORECASE,
)


CheckName = Literal[
    "empty", "language", "length", "numbers", "names", "meaning", "chatter", "repeats", "doubts", "dates", "amounts",
    "address", "apology", "negation", "roles", "form", "kept", "added",
]  # fmt: skip


class ResultLanguage(Code):
    """The language of a result that is not in the right one."""

    EN = "English"
    ZH = "中文"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: what; doubts is of who corrected.
        ok: whether the result holds to it.
        found: what is wrong: numbers that are missing, names that are new, as they stand in the texts; a language as
            a code; empty when ok. Of an empty result it says no more than the name.
    """

    name: CheckName
    ok: bool
    found: str | Coded = ""


_LANGUAGES = {"en": ResultLanguage.EN, "zh": ResultLanguage.ZH}


def check(text: str, result: str, limits: ActionLimits) -> tuple[Check, ...]:
    """Look at a result of a text; all checks that the limits ask for are given, those that it holds to as well."""
    found: dict[CheckName, str | Coded] = {
        "empty": "" if result.strip() else "the model wrote nothing",
        "language": _language(text, result, limits),
        "length": _length(text, result, limits),
        "numbers": _numbers(*_without_months(text, result, limits), limits.numbers),
        "names": _names(text, result, limits.names),
        "meaning": _meaning(text, result, limits),
        "chatter": _chatter(text, result),
        "repeats": _repeats(text, result),
        **_facts(text, result, limits),
        **_form(text, result, limits),
    }
    return tuple(Check(name, not wrong, wrong) for name, wrong in found.items())


def usable(checks: tuple[Check, ...]) -> bool:
    """Whether nothing is wrong."""
    return all(one.ok for one in checks)


def names(text: str, *, within: str) -> frozenset[str]:
    """Find what must be spelled as it is: addresses, identifiers, words with a capital inside a sentence.

    Args:
        text: where to look.
        within: another text; a capitalized word whose small form stands there is no name.
    """
    found = set(_ADDRESS.findall(text))
    if language_of(text) == "zh":  # Latin words among Chinese ones are names and terms, however they are written
        found.update(re.findall(r"(?a:[A-Za-z][A-Za-z-]+)", _ADDRESS.sub(" ", text)))
        return frozenset(found)
    rest = _ADDRESS.sub(lambda gone: "a" * len(gone[0]), text)
    others = {word for word in _WORD.findall(within) if word[0].islower()}
    for word in _WORD.finditer(rest):
        plain = re.sub(r"['’]s?\Z", "", word[0])
        if not plain[:1].isupper() or plain.lower().replace("’", "'") in _NO_NAMES or plain.lower() in others:
            continue
        if len(plain) > 1 and (plain.isupper() or not _FIRST.search(rest[: word.start()])):
            found.add(plain)
    return frozenset(found)


def _facts(text: str, result: str, limits: ActionLimits) -> dict[CheckName, str | Coded]:
    rule = limits.facts
    if rule == "free":
        return {}
    abroad = limits.language == "other"  # whom a sentence denies or asks is not told by the words of one language alone
    own: FactRule = "free" if abroad else rule
    return {
        "dates": lost_dates(text, result, rule),
        "amounts": lost_amounts(text, result, rule),
        "address": lost_address(text, result, own),
        "apology": lost_apology(text, result, rule),
        "negation": lost_negation(text, result, rule),
        "roles": swapped_roles(text, result, own),
    }


def _form(text: str, result: str, limits: ActionLimits) -> dict[CheckName, str | Coded]:
    if not limits.form and not limits.becomes:
        return {}
    return {"form": (lost_form(text, result) if limits.form else "") or wrong_form(result, limits.becomes)}


def _language(text: str, result: str, limits: ActionLimits) -> str | Coded:
    if limits.language == "free" or not _WORD.search(text):
        return ""
    same = language_of(text) == language_of(result)
    return "" if same == (limits.language == "same") else _LANGUAGES[language_of(result)]()


def _length(text: str, result: str, limits: ActionLimits) -> str:
    before, after = length_of(text), length_of(result)
    if not result.strip():  # that is another check
        return ""
    # A word or two more or less say nothing about a short text.
    longest = math.inf if limits.longest >= ActionLimits().longest else limits.longest * before + 2
    if limits.shortest * before - 2 <= after <= longest:
        return ""
    return f"{before} → {after}"


def _without_months(text: str, result: str, limits: ActionLimits) -> tuple[str, str]:
    """Leave the figures of Chinese months out where the other language has their names; days are looked at apart."""
    if limits.language != "other" or limits.facts == "free":
        return text, result
    return _CHINESE_MONTH.sub("", text), _CHINESE_MONTH.sub("", result)


def _numbers(text: str, result: str, wanted: FactRule) -> str:
    before, after = figures(text), figures(result)
    return _told(before - after - _in_words(result), after - before - _in_words(text), wanted)


def _names(text: str, result: str, wanted: FactRule) -> str:
    before, after = names(text, within=result), names(result, within=text)
    # At the beginning of a sentence a name looks like any word, so it counts as kept wherever it stands.
    lost = frozenset(name for name in before - after if name not in result)
    return _told(lost, frozenset(name for name in after - before if name not in text), wanted)


def _told(lost: frozenset[str], new: frozenset[str], wanted: FactRule) -> str:
    told_lost = [f"−{one}" for one in sorted(lost)] if wanted == "kept" else []
    told_new = [f"+{one}" for one in sorted(new)] if wanted != "free" else []
    return ", ".join(told_lost + told_new)


def _in_words(text: str) -> frozenset[str]:
    """Small numbers that a text has in words; "three" and "3" are the same fact."""
    found = [*re.findall(r"[a-z]+", text.lower()), *text]
    return frozenset(str(_WORDS_FOR[word]) for word in found if word in _WORDS_FOR)


def _meaning(text: str, result: str, limits: ActionLimits) -> str:
    """Compare the words that carry the meaning, by their beginnings: "decided" and "decision" are alike."""
    if limits.keeps <= 0 and limits.adds >= 1:
        return ""
    if language_of(text) == "zh":
        return _chinese_meaning(text, result, limits)
    before, after = _content(text), _content(result)
    kept, new = len(before & after), len(after - before)
    lost = bool(before) and kept < limits.keeps * len(before) - 0.01
    added = bool(after) and new > max(2.0, limits.adds * len(after)) + 0.01
    return f"{kept}/{len(before)}, +{new}" if lost or added else ""


def _chinese_meaning(text: str, result: str, limits: ActionLimits) -> str:
    """Compare how often something is denied, and roughly the characters that carry the meaning."""
    before, after = (CHINESE_NEGATION.findall(each) for each in (text, result))
    if abs(len(before) - len(after)) > len(before) / 3:
        return ", ".join([f"−{one}" for one in _beyond(before, after)] + [f"+{one}" for one in _beyond(after, before)])
    had, has = (frozenset(_HAN.findall(each)) - _EMPTY_CHINESE for each in (text, result))
    kept, new = len(had & has), len(has - had)
    lost = kept < _KEEPS_CHINESE * limits.keeps * len(had)
    added = new > max(6.0, (1 + limits.adds) / 2 * len(has))
    return f"{kept}/{len(had)}, +{new}" if lost or added else ""


def _beyond(one: list[str], other: list[str]) -> list[str]:
    """Give what a list holds more often than another."""
    return sorted((Counter(one) - Counter(other)).elements())


def _content(text: str) -> frozenset[str]:
    words = [re.sub("['’].*", "", word.lower()) for word in _WORD.findall(text)]
    return frozenset(word[:4] for word in words if len(word) > 2 and word not in _EMPTY)


def share_kept(text: str, result: str) -> float:
    """Tell how much of what carries the meaning of a text is in the result; 0 to 1."""
    if language_of(text) == "zh":
        had, has = (frozenset(_HAN.findall(each)) - _EMPTY_CHINESE for each in (text, result))
    else:
        had, has = _content(text), _content(result)
    return len(had & has) / len(had) if had else 1.0


def is_chatter(text: str, result: str) -> bool:
    """Tell whether a result is no text but talk about the work, or a refusal of it."""
    return bool(_chatter(text, result))


def _chatter(text: str, result: str) -> str:
    found = _CHATTER.search(result)
    return found[0] if found and not _CHATTER.search(text) else ""


def _repeats(text: str, result: str) -> str:
    again = _AGAIN.search(result)
    if again and not _AGAIN.search(text):
        return again[1].strip()
    seen = set()
    for sentence in _long_sentences(result):
        if sentence in seen and text.count(sentence) < 2:
            return sentence
        seen.add(sentence)
    return ""


def _long_sentences(text: str) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.!?。！？])\s*|\n", text):
        if length_of(sentence) >= 4:
            yield sentence.strip()

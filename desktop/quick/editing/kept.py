"""What a text says besides its figures and names, and whether a result still says it; pure functions.

    text, result -> days and dates · amounts in words · forms of address · apologies · negations · who to whom
    -> what is lost (−) and what is new (+), as it stands in the texts

A model that rewords a sentence turns Thursday into Tuesday, 三千元 into 三万元, 王总 into 王先生, "I will send you"
into "you will send me", and leaves the "not" out. None of this is a figure, so the check of numbers does not see it.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from desktop.quick.actions.action import FactRule
from desktop.text.han import HAN
from desktop.text.numerals import chinese_number

FactForms = Mapping[str, str]  # what it is, in one form for both languages -> as it stands in the text

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_DAY = re.compile(rf"\b({'|'.join(_DAYS)})s?\b|\b(mon|tues?|wed|thurs?|fri|sat|sun)\b\.?(?=\W)", re.IGNORECASE)
_DAY_ZH = re.compile(r"(上|下|本|这)?(?:周|星期|礼拜)([一二三四五六日天末])")
_MONTH = re.compile(
    rf"\b(?:{'|'.join(one.capitalize() for one in _MONTHS)}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
)
_MONTH_ZH = re.compile(r"(\d{1,2}|十[一二]?|[一二三四五六七八九])月(?!份?以来|[饼球])")
_RELATIVE = {
    "today": r"\btoday\b|今天|今日",
    "tomorrow": r"\btomorrow\b|明天|明日",
    "yesterday": r"\byesterday\b|昨天|昨日",
    "tonight": r"\btonight\b|今晚",
    "after tomorrow": r"\bday after tomorrow\b|后天",
    "morning": r"\bmorning\b|(?<=\d)\s?am\b|\ba\.m\.|上午|早上|早晨",
    "noon": r"\bnoon\b|中午",
    "afternoon": r"\bafternoon\b|(?<=\d)\s?pm\b|\bp\.m\.|下午",
    "evening": r"\bevening\b|晚上|傍晚",
    "next week": r"\bnext week\b|下周(?![一二三四五六日天末])|下星期(?![一二三四五六日天])",
    "last week": r"\blast week\b|上周(?![一二三四五六日天末])",
    "next month": r"\bnext month\b|下个?月",
    "last month": r"\blast month\b|上个?月",
    "next year": r"\bnext year\b|明年",
    "last year": r"\blast year\b|去年",
    "end of the month": r"\bend of (?:the|this) month\b|月底",
    "weekend": r"\bweekend\b|周末",
}
_UNITS = (
    "元|块|万|亿|千|个|天|日|号|人|次|年|份|台|件|折|成|楼|层|本|家|位|名|条|小时|分钟|周|米|公里|里|斤|公斤|吨|点|岁|页|箱|"
    "套|张|间|组|倍|期"
)
_AMOUNT = re.compile(rf"(?<![第周期拜])([〇零一二两三四五六七八九十百千万亿]+)(?:多|来|几)?(?:个)?({_UNITS})")
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?[十百千万亿]?")
_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_WORDS_FOR = {word: value for value, word in enumerate(_SMALL.split(), 1)} | {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100, "thousand": 1000,
}  # fmt: skip
_ADDRESS = re.compile(r"\b(Mr|Mrs|Ms|Miss|Dr|Prof|Professor)\.? ([A-Z][\w'’-]+)")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白"
    "邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温庞樊兰殷施洪翟安颜倪季俞章鲁葛毕聂柳邢"
)
_ADDRESS_ZH = re.compile(
    rf"[{_SURNAMES}](?:[{HAN}]{{1,2}})??(?:总监|总(?![结共是体数要会])|经理|老师|先生|女士|小姐|主任|医生|教授|局长|院长|校长|处长|科长|部长|师傅|阿姨|律师)"
)
_APOLOGY = re.compile(
    r"\b(?:sorry|apolog\w+|regret\w*|forgive|pardon|excuse us|excuse me)\b"
    r"|抱歉|对不起|不好意思|道歉|歉意|见谅|原谅|海涵",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"n['’]t\b|\b(?:not|never|no|none|without|nobody|nothing|cannot|unable|neither|nor|impossible|fail(?:s|ed)?|lack\w*|"
    r"unavailable|refuse\w*|declin\w+)\b",
    re.IGNORECASE,
)
_POLITE_NOT = re.compile(
    r"(?:do not|don['’]t) hesitate|not only|no doubt|(?:do not|don['’]t|no) (?:worry|worries)|no problem|"
    r"no (?:longer|later) than|(?:would|do) you not|couldn['’]t be happier|(?:can|could)(?:not|n['’]t) (?:wait|thank)|"
    r"why (?:not|don['’]t)|if not\b",
    re.IGNORECASE,
)
# 不, 没, 未, 别, 勿, 无 and 非 where they say no; not in words that only hold the character, nor in 不得不 and 要不.
CHINESE_NEGATION = re.compile(
    r"(?<!差)(?<!要)(?<!不得)(?<!对(?=不起))不(?!好意思|得不|同(?!意)|[仅但过断少错久论管妨胜吝])|(?<![淹沉出])没(?![收落])|未(?![来婚])|"
    r"(?<![分特区个类级性辨告差识派鉴])别(?![人的墅名称处])|勿|(?<!南)无(?![论数私锡限比聊辜疑])|"
    r"(?<![南北东西])非(?![常洲法])|禁止|拒绝"
)
_PERSON = {
    **dict.fromkeys(("i", "me", "we", "us", "我", "我们", "咱们"), 1),
    **dict.fromkeys(("you", "你", "您", "你们"), 2),
    **dict.fromkeys(("he", "him", "she", "her", "they", "them", "他", "她", "他们", "她们"), 3),
}
_SUBJECT = re.compile(
    r"\b(I|we|you|he|she|they)\s+(?:(?:will|would|can|could|shall|should|must|may|might|have|has|had|do|does|did|am|are|is|was|"
    r"were|not|never|already|kindly|also|just|still|be|been|going|to|need|want|like|able|please)\s+)*([a-z]{3,})",
    re.IGNORECASE,
)  # fmt: skip
_RECEIVER = re.compile(
    r"\b(send|sent|give|gave|given|call|tell|told|pay|paid|write|wrote|email|show|bring|brought|lend|owe|help|ask|inform|"
    r"invite|contact|reach|remind|thank|join|visit|refund)\w{0,3}\s+"
    r"(?:(?:it|this|that|them|the \w+)\s+(?:back\s+)?(?:to|for)\s+)?"
    r"(me|us|you|him|her|them)\b",
    re.IGNORECASE,
)  # fmt: skip
_RECEIVER_ZH = re.compile(r"(?:给|通知|告诉|联系|提醒|邀请|回复|转告)(我们|咱们|我|你们|你|您|他们|她们|他|她)")
_PERSON_OF = {
    **_PERSON,
    **dict.fromkeys(("my", "mine", "our", "ours"), 1),
    **dict.fromkeys(("your", "yours"), 2),
    **dict.fromkeys(("his", "hers", "their", "theirs"), 3),
}
_PRONOUN = re.compile(
    r"\b(?:I|me|my|mine|we|us|our|ours|you|yours?|he|him|his|she|hers?|they|them|theirs?)\b|我们|咱们|我|你们|你|您|[他她]们?",
    re.IGNORECASE,
)
_EMPTY_VERBS = frozenset(
    """
    hope wish think believe know understand appreciate apolog regret look feel mean sorry happ glad plea sure afraid
    gratef
    """.split()  # noqa: SIM905
)


def dates(text: str) -> FactForms:
    """Find days of the week, months and such as "tomorrow", alike in English and Chinese."""
    found = {}
    for match in _DAY.finditer(text):
        name = match[0].lower()
        found[f"day {next((at for at, day in enumerate(_DAYS, 1) if day[:3] == name[:3]), 0)}"] = match[0]
    for match in _DAY_ZH.finditer(text):
        if match[2] != "末":
            found[f"day {'一二三四五六日天'.index(match[2]) + 1 if match[2] != '天' else 7}"] = match[0]
    for match in _MONTH.finditer(text):
        found[f"month {next(at for at, month in enumerate(_MONTHS, 1) if month[:3] == match[0].lower()[:3])}"] = match[
            0
        ]
    for match in _MONTH_ZH.finditer(text):
        found[f"month {round(chinese_number(match[1]) or 0)}"] = match[0]
    for name, pattern in _RELATIVE.items():
        if there := re.search(pattern, text, re.IGNORECASE):
            found[name] = there[0]
    return found


def amounts(text: str) -> FactForms:
    """Find amounts that are written in Chinese characters, by their value; one of something is none."""
    found = {}
    for match in _AMOUNT.finditer(text):
        scale = match[2] if match[2] in "万亿千" else ""
        value = chinese_number(match[1] + scale)
        if value is not None and value > 1:
            found[f"{value:g}"] = match[0]
    return found


def addressed(text: str) -> FactForms:
    """Find how people are addressed: Mr Okoye, 王总."""
    found = {f"{match[1].lower()} {match[2].lower()}": match[0] for match in _ADDRESS.finditer(text)}
    return found | {match[0]: match[0] for match in _ADDRESS_ZH.finditer(text)}


def lost_and_new(text: str, result: str, rule: FactRule, find: Callable[[str], FactForms]) -> str:
    """Tell what the result lost, and what nobody said; "" where it holds to the rule."""
    if rule == "free":
        return ""
    before, after = find(text), find(result)
    new = [f"+{after[one]}" for one in after if one not in before]
    lost = [f"−{before[one]}" for one in before if one not in after and before[one] not in result]
    return ", ".join((lost if rule == "kept" else []) + new)


def lost_dates(text: str, result: str, rule: FactRule) -> str:
    """Tell which days and dates are lost or new. What is named by another ("on the weekend") counts as new."""
    return lost_and_new(text, result, rule, dates)


def lost_amounts(text: str, result: str, rule: FactRule) -> str:
    """Tell which amounts in words are lost or new; one that the other text has in figures is the same."""
    if rule == "free":
        return ""
    figures = [frozenset(_values(one)) for one in (text, result)]
    before, after = amounts(text), amounts(result)
    new = [f"+{after[one]}" for one in after if one not in before and one not in figures[0]]
    lost = [
        f"−{before[one]}" for one in before if one not in after and one not in figures[1] and before[one] not in result
    ]
    return ", ".join((lost if rule == "kept" else []) + new)


def lost_address(text: str, result: str, rule: FactRule) -> str:
    """Tell who is addressed otherwise."""
    return lost_and_new(text, result, rule, addressed)


def lost_apology(text: str, result: str, rule: FactRule) -> str:
    """Tell whether an apology is gone; that one was put in is no loss."""
    found = _APOLOGY.search(text)
    return f"−{found[0]}" if rule == "kept" and found and not _APOLOGY.search(result) else ""


def lost_negation(text: str, result: str, rule: FactRule) -> str:
    """Tell whether something that is denied is said, or the other way."""
    if rule != "kept":
        return ""
    before, after = (list(_denials(one)) for one in (text, result))
    if (before and not after) or len(after) < len(before) - max(1, len(before) // 3):
        return f"−{before[0]}"
    if after and not before and not re.search(r"unfortunately|遗憾|抱歉", text, re.IGNORECASE):
        return f"+{after[0]}"
    return ""


def swapped_roles(text: str, result: str, rule: FactRule) -> str:
    """Tell whether who does something, or whom it is done to, is another person than before."""
    if rule != "kept":
        return ""
    for find in (_doers, _receivers):
        before, after = find(text), find(result)
        for verb, persons in after.items():
            if verb in before and not persons & before[verb]:
                return verb
    had, has = _persons(text), _persons(result)
    lost, new = [had[one] for one in had if one not in has], [has[one] for one in has if one not in had]
    return f"{lost[0]} → {new[0]}" if lost and new else ""


def _persons(text: str) -> dict[int, str]:
    """Give who is spoken of: the one who writes, the one who reads, others; each with a word for it."""
    return {_PERSON_OF[found[0].lower()]: found[0] for found in _PRONOUN.finditer(text)}


def _denials(text: str) -> Iterator[str]:
    plain = _POLITE_NOT.sub(" ", text)
    yield from _NOT.findall(plain)
    yield from CHINESE_NEGATION.findall(plain)


def _values(text: str) -> Iterator[str]:
    for figure in _DIGITS.findall(text):
        value = chinese_number(figure)
        if value is not None:
            yield f"{value:g}"
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in _WORDS_FOR:
            yield f"{_WORDS_FOR[word]:g}"


def _doers(text: str) -> dict[str, set[int]]:
    """Give the persons that do each thing, by the first letters of the verb."""
    found: dict[str, set[int]] = {}
    for match in _SUBJECT.finditer(text):
        verb = match[2].lower()[:4]
        if not any(match[2].lower().startswith(one) for one in _EMPTY_VERBS):
            found.setdefault(verb, set()).add(_PERSON[match[1].lower()])
    return found


def _receivers(text: str) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for match in _RECEIVER.finditer(text):
        found.setdefault(match[1].lower()[:3], set()).add(_PERSON[match[2].lower()])
    for match in _RECEIVER_ZH.finditer(text):
        found.setdefault(match[0][: -len(match[1])], set()).add(_PERSON[match[1]])
    return found

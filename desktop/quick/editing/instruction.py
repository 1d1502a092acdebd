"""Reads what a user asks to be done with a text: how it shall sound, what shall be added, or whether it is a question.

    "make this more polite and add that we give a 5 % discount" -> style: formal · additions: "we give a 5 % discount"

A small model that is asked for both at once does one and forgets the other. So what is asked is taken apart in code,
done one after the other, and looked for in the result.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.text.han import HAN
from desktop.text.language import language_of

_ADD = re.compile(
    r"(?:\b(?:and|then|also|please|,|;)\s+)*"
    r"\b(?:add|mention|include|say|note|state|point out|insert|write(?= that)|tell (?:him|her|them|us))"
    r"(?:\s+(?:a|one|another)?\s*(?:sentence|line|note|paragraph|remark|hint|ps|p\.s\.))?"
    r"(?:\s+(?:at the end|in the end|also|saying|to say|there))*(?:\s*:|\s+(?:that|saying|which says))?"
    r"\s+(?P<what>[^;\n]+)",
    re.IGNORECASE,
)
_ADD_ZH = re.compile(
    r"(?:[，,、；;。]|^|并且?|同时|然后|再|最后|另外|请)*"
    r"(?:加上|加一句|加一个|加入|加进|添加|补充(?:说明|一句|上)?|并?说明|注明|提到|写上|强调|"
    r"告诉(?:他|她|对方|他们|大家)|提醒(?:他|她|对方|他们|大家)?)"
    r"(?:一句|一下|一点|内容|信息)?[：:，]?(?P<what>[^；;\n。]+)"
)
# Ids of actions, and the words that ask for what they do.
_STYLES = (
    ("shorter", r"\b(?:short(?:er|en)?|concise|brief(?:er)?|cut|condense|trim)\b"
     r"|短一?[点些]|简短|精简|简洁|缩短|压缩|精炼"),
    ("formal", r"\b(?:polite(?:r|ly)?|formal(?:ly)?|professional(?:ly)?|business-?like|respectful(?:ly)?|courteous)\b"
     r"|正式|礼貌|客气|专业|委婉|书面|得体"),
    ("friendly", r"\b(?:friendl(?:y|ier)|warm(?:er)?|casual|nicer|kind(?:er)?|softer)\b"
     r"|亲切|友好|热情|温和|温暖|随意|口语|轻松"),
    ("longer", r"\b(?:longer|expand|elaborate|more detail(?:ed)?|extend)\b|扩写|写长|长一[点些]|详细|展开"),
    ("translate", r"\btranslate\b|\b(?:in|into|to) (?:english|chinese)\b|翻译|译成|英文版|中文版"),
    ("proofread", r"\b(?:proofread|correct (?:the )?(?:spelling|grammar|mistakes|errors)|"
     r"fix (?:the )?(?:spelling|grammar|typos?|mistakes))\b|校对|改错|错别字|病句"),
    ("bullets", r"\bbullet(?:s| points?| list)?\b|要点|列表|分点"),
    ("table", r"\b(?:a|as|into a|in a) table\b|表格"),
    ("rewrite", r"\b(?:rewrite|rephrase|reword|improve|polish|better|clearer|smoother|more fluent)\b"
     r"|改写|润色|通顺|流畅|重写|优化"),
)  # fmt: skip
_QUESTION = re.compile(
    r"\?\s*\Z|？\s*\Z|^(?:what|why|who|when|where|which|how|is|are|does|do|did|can|could|explain|summari[sz]e|answer|"
    r"reply|write (?:a|an|the) (?:reply|answer|response|email|title|headline|summary)|list|count|find|give me|suggest|"
    r"tell me)\b"
    r"|^(?:什么|为什么|怎么|如何|谁|哪|是否|解释|总结|概括|回复|回答|写一[个封篇]|列出|找出|给我|起一?个?标题|想)"
    r"|[吗呢]\s*\Z",
    re.IGNORECASE,
)
_POLITE = re.compile(r"\A(?:please|can you|could you|pls|kindly|请你?|麻烦你?|帮我|帮忙)\s*", re.IGNORECASE)
# Where another wish begins behind an addition.
_JOINT = re.compile(
    r"\s+(?:and|but|then)\s+"
    r"(?=(?:make|add|mention|include|remove|delete|change|replace|shorten|keep|sign|translate)\b)"
    r"|[，,](?=语气|口吻|改得|写得|文字|再?改|更)",
    re.IGNORECASE,
)
# What is left of a wish for a style, when the style is taken out.
_EMPTY = re.compile(
    r"\b(?:make|this|it|the|a|an|text|email|letter|message|more|much|bit|little|please|and|also|sound|tone|very|be|to|in|of|"
    r"into|version|rewrite|turn|as|style|way|but|so|that|is|less|rude)\b"
    r"|改得?|写得?|变得?|把|这封|这段|这|邮件|信|话|文字|内容|语气|更|一点|一些|些许|点|些|成|为|的|得|地|请|并且|并|再|说得|同时"
    r"|[\s,，.。;；、!！]",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_HAN_RUN = re.compile(f"[{HAN}]+")
_STOP = frozenset(
    """
    that this they them their there here with from will would have has had are was were the and but for you your our
    can could should shall may might must not its his her him she about when where what which who also please add
    mention include say there than then into give gives get gets want wants
    """.split()  # noqa: SIM905
)
_SAID = 0.6  # of the content words of an addition that make it said


@dataclass(frozen=True, slots=True)
class Instruction:
    """What a user asked.

    Attributes:
        request: his words.
        additions: what shall stand in the text besides, in his words.
        styles: ids of the actions that do the rest of it.
        rest: there is more than these; only a model can read it.
        question: he wants an answer about the text, not another text.
        shortens: less of the text may stay.
    """

    request: str
    additions: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    rest: bool = False
    question: bool = False
    shortens: bool = False


def read_instruction(request: str) -> Instruction:
    """Read it, in English or Chinese."""
    plain = _POLITE.sub("", request.strip())
    if _QUESTION.search(plain) and not _ADD.match(plain):
        return Instruction(request, question=True)
    pattern = _ADD_ZH if language_of(request) == "zh" else _ADD
    additions: list[str] = []
    left = plain
    # From behind: each addition goes up to the next one.
    while found := _last(pattern, left):
        what = _JOINT.split(found["what"])[0].strip(" .,，。!！")
        left = left[: found.start()] + " " + found["what"][len(_JOINT.split(found["what"])[0]) :] + left[found.end() :]
        if what:
            additions.insert(0, what)
    styles = tuple(name for name, words in _STYLES if re.search(words, left, re.IGNORECASE))
    if len(styles) > 1 and "rewrite" in styles:
        styles = tuple(one for one in styles if one != "rewrite")
    bare = left
    for _, words in _STYLES:
        bare = re.sub(words, " ", bare, flags=re.IGNORECASE)
    rest = bool(_EMPTY.sub("", bare)) or (not styles and not additions)
    return Instruction(request, tuple(additions), styles, rest, shortens=bool({"shorter", "bullets"} & set(styles)))


def missing_additions(instruction: Instruction, text: str, result: str) -> str:
    """Tell what was asked to be added and is not in the result: a figure, a name, or most of its words.

    What stood in the text before does not count: the result must hold it once more, or new.
    """
    return "; ".join(one for one in instruction.additions if not is_said(one, text, result))


def is_said(addition: str, text: str, result: str) -> bool:
    """Tell whether a result says what was to be added: every figure, every name, and most other words."""
    figures = frozenset(_NUMBER.findall(result))
    if not frozenset(_NUMBER.findall(addition)) <= figures:
        return False
    names = [word for word in re.findall(r"(?<=\s)[A-Z][\w’'-]+", addition) if word not in ("I", "We", "It")]
    if any(name not in result for name in names):
        return False
    if language_of(addition) == "zh":
        wanted = frozenset(_pairs(addition))
        return len(wanted & frozenset(_pairs(result))) >= _SAID * len(wanted) if wanted else addition in result
    new = {word[:4].lower() for word in _WORD.findall(result)}
    words = {word[:4].lower() for word in _WORD.findall(addition) if word.lower() not in _STOP}
    return len(words & new) >= _SAID * len(words) and (result != text or not words)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    at = 0
    while match := pattern.search(text, at):
        found = match
        at = match.start("what")
    return found


def _pairs(text: str) -> Iterator[str]:
    for run in _HAN_RUN.findall(text):
        yield from (run[at : at + 2] for at in range(len(run) - 1))

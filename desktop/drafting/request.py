"""A request in the user's own words: what it tells, what it wishes, and of what parts the text is to be.

    "email to my landlord: heating broken since Tuesday, polite, ask for 10 % off the rent"
    -> order "email to my landlord", facts "heating broken since Tuesday", "ask for 10 % off the rent", wish "polite"

Rules know the usual wishes, `clause_reading` the others.
Nothing is taken away: the model is told the request as it stands. What is read here tells what a finished text is held
against: each fact must be said in it, each wish followed.
"""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.drafting.clause_reading import beliefs
from desktop.text.han import HAN

_BREAK = re.compile(
    rf"(?<=[{HAN}])[ \u3000]+(?=[{HAN}\d])|(?<=[\d号点])[ \u3000]+(?=[{HAN}]{{2}})|"
    r"[;；。！!\n]|[,，](?!\d{3}\b)|(?<!\b[Nn]o)(?<!\bProf)(?<!\bDr)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bSt)\.(?=\s|$)|"
    r"\?(?=\s|$)|？"
)
_COLON = re.compile(r"：|:(?![\d/])")
_PAIRS = {"“": "”", "「": "」", "《": "》", "(": ")", "（": "）", '"': '"', "‘": "’"}
_KIND = (
    r"(?:e-?mail|letter|note|message|text|reply|report|summary|plan|proposal|minutes|speech|toast|essay|article|story|"
    r"poem|notice|announcement|memo|invitation|apology|complaint|post|copy|caption|description|review|cover letter|"
    r"cv|r[ée]sum[ée]|statement|introduction|agenda|outline|script|press release|newsletter|blog|"
    r"ad|advert|advertisement|listing|page|card|greeting|reference|"
    r"resignation|schedule|checklist|faq|bio|headline|slogan|tagline|thread|tweet|update|request)s?"
)
_ORDER = re.compile(
    rf"^(?:(?:please|pls|hi|hello|hey)\b[ ,]*)*(?:(?:can|could|would) (?:you|u)\b.*|(?:help me\b.*)|(?:i (?:need|"
    rf"want|would like)|i'd like|"
    rf"we need|need|looking for)\b.*|(?:write|draft|compose|create|make|prepare|do|give)\b.*|"
    rf".{{0,40}}\b{_KIND}\b.{{0,60}})$",
    re.IGNORECASE,
)
_ORDER_ZH = re.compile(
    r"^(?:请|麻烦|帮忙|帮我|给我|替我|我想|我要|需要)*(?:帮我|给我)?(?:写|拟|起草|生成|来|做|出|编|准备)(?:一|个|"
    r"份|封|篇|张|段|则|条|几).*$|"
    r"^.{0,24}(?:通知|周报|日报|月报|总结|报告|方案|计划|邮件|请假条|信|文案|发言稿|演讲稿|评语|检讨书|倡议书|"
    r"邀请函|纪要|致辞|"
    r"介绍|公告|启事|述职报告|读后感|心得体会|教案|祝福语|笔记|口播稿|主持词|策划案|申请书|请示|函)$"
)
# Behind the first clause only what asks the writer for a text: "please review PR 4471" is to stand in it.
_ASKS = re.compile(
    rf"(?:please |pls )?(?:(?:can|could|would) you )?(?:help me )?(?:write|draft|compose|word)\b.{{0,40}}$|"
    rf"(?:i|we) (?:need|want|would like) (?:an? |the )?(?:\w+ )?{_KIND}\b.{{0,20}}$|"
    r"(?:请|麻烦)?(?:帮我|替我|给我|帮忙)?(?:写|拟|起草)(?:一|个|份|封|篇|段|则|条|下|好).{0,16}$",
    re.IGNORECASE,
)
# What stands before it is what is replied to: the reader knows it.
_REPLY = re.compile(
    r"(?:(?:please|pls|help me|can you|could you|i need to) )*(?:(?:write|draft|word) )?(?:(?:a|an|our|my|the|back) )*"
    r"(?:reply|answer|response)\b.{0,30}$|(?:请|麻烦)?(?:帮我|帮忙|替我|给我)?(?:写(?:一?个|一份|一封|"
    r"一条)?)?(?:回复|答复|回信)[^，。]{0,8}$",
    re.IGNORECASE,
)
_TONE = (
    r"(?:not|very|quite|a bit|a little|rather|too|not too|more|and|but|also|yet|so|it|keep|make|tone|in|tone of "
    r"voice|style|the|sound|sounding|be|nice|please|"
    r"rude|pushy|stiff|cheesy|salesy|sappy|corny|dry|kitschy|over the top|tearful|sentimental|polite|formal|"
    r"informal|friendly|warm|funny|humorous|serious|short|brief|concise|long|detailed|simple|plain|"
    r"professional|firm|casual|sincere|apologetic|persuasive|confident|modest|kind|gentle|honest|direct|clear|crisp|"
    r"enthusiastic|neutral|respectful|personal|heartfelt|light|playful|sober|matter-of-fact|businesslike|cheerful)"
)
_WISH = re.compile(
    rf"^(?:{_TONE}[ ,-]*)+$|^(?:do not|don[’']?t|dont|not too|avoid|without)\b|"
    r"^no (?:bullet|emoji|jargon|clich|exclamation|heading|greeting|title|hashtag|fluff|buzzword|markdown)|"
    r"^(?:[\w ]{0,16}\b)?(?:\d+(?:ish)?|one|two|three|four|five|half a|a couple of) ?-?(?:words?|pages?|paragraphs?|"
    r"sentences?|lines?|minutes?|"
    r"characters?)\b(?: (?:(?:or|at) .*|long|max(?:imum)?|tops))?$|^one (?:short |long )?paragraph\b|"
    r"^for (?:people|readers|customers|parents|kids|children|beginners|non-\w+ (?:people|readers))\b|"
    r"^(?:first|second|third) person$|^(?:calm|blameless|upbeat|snappy|catchy)$|"
    r"^(?:(?:so|but|and) )?(?:please )?(?:say|put|tell|write|mention) (?:it|that|this)\b|"
    r"^(?:so|but) (?:do not|don[’']?t)\b|"
    r"^please no\b|^(?:simple|plain|short|easy|everyday) (?:words?|speech|language|english|sentences)$|"
    r"^(?:the )?(?:last|first|final|opening|closing) (?:sentence|line|paragraph|word)s? (?:should|must|is|to)\b|"
    r"^(?:day|step|week|hour) by (?:day|step|week|hour)$|"
    r"^[~≈] ?\d+ ?(?:words?|pages?|characters?)?$|"
    r"^(?:about|around|roughly) .{1,24}\b(?:words?|minutes?|pages?)$|"
    r"^(?:keep|make) (?:it|this)\b|^it (?:should|must|needs)\b|^(?:end|begin|start|close|open|finish) (?:with|by)\b|"
    r"^(?:use|write|written|in) .*\b(?:person|english|chinese|bullets?|bullet points?|table|list|tone|voice|style|"
    r"sections?|paragraphs?|headings?)\b|^(?:as a|in a) \w+(?: \w+)? (?:table|list|tone|voice|style)\b",
    re.IGNORECASE,
)
_WISH_ZH = re.compile(
    r"^(?:语气|语言|口吻|风格|态度|文风|格式|字数|篇幅|结尾|开头|最后(?:要|用|以))|^(?:不要|别|不用|不必|不提|避免|勿)|"
    r"^(?:约|大约|大概|控制在|不超过|时长|总共|全文)?(?:\d+(?:[-~到至]\d+)?|"
    r"[一二三四五六七八九十百两]+)(?:多)?(?:个)?(?:字|页|段|句|分钟)"
    r"(?:左右|以内|之内|内|上下|以上|话)?$|^第[一二三]人称|^[一两三二]?段话?(?:加|和|再加)|"
    r"^[一两三四五六二\d]+(?:条|个|点)(?:卖点|要点|标题)$|"
    r"^先(?:说|写|讲|列)|^再(?:说|写|讲|列)|^最后(?:给|写|说|加|附|列|一句)|来写$|^读者|都会看$|^(?:发?给).{1,16}看$|"
    r".{0,6}(?:要|应)(?:委婉|含蓄|客气|诚恳|正式|简短|具体|真实|自然)$|"
    r"^(?:要|尽量|稍微|写得|写的)?(?:正式|简短|简洁|诚恳|客气|礼貌|幽默|轻松|温暖|温馨|亲切|口语化|口语|真诚|"
    r"活泼|严肃|委婉|"
    r"短|长|详细|精炼|朴实|自然|热情|专业)(?:一?点|些|一些)?(?:就行|即可|为主)?$|^分.{1,6}(?:点|部分|段|条)|"
    r"^用.{1,8}(?:语气|口吻|格式|表格|人称)"
)
_TO = re.compile(r"给[^，。]{1,12}$|(?:for|to) (?:\w+ ?){1,3}$")  # behind the order: for whom
_NO = re.compile(
    r"no \w+(?: \w+){0,5}$", re.IGNORECASE
)  # behind a wish: “firm, no threats”; elsewhere it tells something
_QUOTATION = re.compile(r"[“\"‘「]([^”\"’」]+)[”\"’」]")
_QUOTED = re.compile(r"[“\"‘「]")  # of what is not to be said: “no “passionate”, “team player””
_AVOID = re.compile(
    r"^(?:do not|don[’']?t|dont|no|avoid|without)\s+(?:mention|say|use|blame|write|talk about)?\s*(.*)$", re.I
)
_AVOID_ZH = re.compile(r"^(?:不要|别|不用|不必|不|避免|勿)(?:再)?(?:提到|提|写|说|出现|用|使用|讲)?(.*)$")
_PARTS = (
    re.compile(r"(?<![A-Za-z])[‘'“\"]([^’'”\".。]{1,20}(?:[-—–、/]+[^’'”\".。-]{1,20}){2,8})[’'”\"]\s*(?:几个|[一二三四五六七八九\d]+个)?(?:部分|方面|板块|结构)?"),
    re.compile(r"(?:分为|包括|包含|按|分成)((?:[^，。；：、]{2,12}、){2,}[^，。；：、]{2,12}?)(?:等?[一二三四五六七八九\d几]*个?)?(?:部分|方面|板块|结构)"),
)  # fmt: skip
_MARK = re.compile(r"^(?:[-*•·]|\d{1,2}[.)、])(?=[^\d]) *")  # of a list
_NAME = r"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.? )?[A-Z][\w.’'-]*(?: (?:and |& )?[A-Z][\w.’'-]*)*"
_SIGNED = re.compile(
    r"(?i:(?:and )?(?:from|signed(?: by)?|(?:sign|end|finish)(?: it)?(?: off)?(?: as| with)?) (?:my name,? )?)"
    rf"({_NAME})$|"
    r"(?:署名|落款)(?:写|为|是)?[:：]?([^\x00-\x7f]{2,12})$"
)
_MY_NAME = re.compile(r"\bmy name$|(?:署|写|签)(?:上)?我的?名字?$", re.IGNORECASE)  # it stands in the next clause
_BY_OFFICE = re.compile(
    rf"(?:店长|经理|主管|组长|队长|会长|校长|班长|主任|厂长|站长|馆长|园长)[{HAN}]{{1,3}}"
)  # at the end
_MYSELF = re.compile(
    r"(?i:i['’]?m|i am|my name is|this is) ((?:(?:Dr|Prof|Mr|Mrs|Ms)\.? )?[A-Z][\w’'-]+ [A-Z][\w’'-]+)$|"
    rf"我叫([{HAN}]{{2,4}})$|我是[^，]{{2,20}}的([{HAN}]{{2,4}})$"
)
_LONGEST_SIGNATURE = 40
_NUMBER = re.compile(r"\s*\d{1,2}")
_FEWEST_PARTS = 3
_A_FACT, _A_WISH = 0.5, 0.2  # how likely a clause is a fact, that it counts as one; below that, as a wish


@dataclass(frozen=True, slots=True)
class RequestParts:
    """What a request says.

    Attributes:
        text: all of it.
        facts: what the text must say, in order, in the user's words; what is ordered ("email to Ana") is none, nor what
            is replied to.
        wishes: how it is to be: tone, length, form, what to avoid.
        avoided: what it must not say, of the wishes.
        parts: headings that were asked for, in order; empty: none were.
    """

    text: str
    facts: tuple[str, ...]
    wishes: tuple[str, ...]
    avoided: tuple[str, ...]
    parts: tuple[str, ...]


@functools.lru_cache(maxsize=64)  # a canvas asks for the same again with every check
def read_request(text: str) -> RequestParts:
    """Read a request."""
    facts: list[str] = []
    wishes: list[str] = []
    avoided: list[str] = []
    said = clauses(text)
    believed = beliefs(said)
    asked = next((at for at, clause in enumerate(said) if at and _REPLY.match(clause)), 0)
    for number, clause in enumerate(said):
        if (number == 0 and is_order(clause)) or (number == 1 and _TO.match(clause)) or (asked and number <= asked):
            continue
        if _signed_by(said, number):
            continue
        behind_a_wish = number > 0 and bool(wishes) and said[number - 1] == wishes[-1]
        if is_wish(clause) or (behind_a_wish and (_NO.match(clause) or _QUOTED.match(clause))):
            wishes.append(clause)
            found = _AVOID.match(clause) or _AVOID_ZH.match(clause)
            quoted = [words.strip() for words in _QUOTATION.findall(clause)]
            if found and found[1].strip() and not quoted:
                avoided.append(found[1].strip())
            elif found or (behind_a_wish and avoided):
                avoided += quoted
        elif not re.search(r"\w", clause) or _ASKS.match(clause):
            continue
        elif believed[number] >= _A_FACT:
            facts.append(clause)
        elif believed[number] < _A_WISH:  # between the two it is neither asked for nor refused
            wishes.append(clause)
    return RequestParts(text, tuple(dict.fromkeys(facts)), tuple(dict.fromkeys(wishes)), tuple(avoided), parts_of(text))


def signature_of(text: str) -> str:
    """Give who is to sign: “from Kim and Theo”, “署名学生纪航”, else who says his name; "" where nobody does."""
    said = clauses(text)
    for at in range(len(said)):
        if (signed := _signed_by(said, at)) and len(signed) <= _LONGEST_SIGNATURE:
            return signed
    return next((_first(found) for clause in said if (found := _MYSELF.match(clause))), "")


def _signed_by(said: Sequence[str], at: int) -> str:
    """Give who signs by this clause, or by the one before it that leaves the name to it; "" where it says nobody."""
    if at and _MY_NAME.search(said[at - 1]) and re.fullmatch(_NAME, said[at]):
        return said[at]
    if at == len(said) - 1 and _BY_OFFICE.fullmatch(said[at]):
        return said[at]
    return _first(found) if at and (found := _SIGNED.match(said[at])) else ""


def _first(found: re.Match[str]) -> str:
    return str(next(filter(None, found.groups()))).strip()


def clauses(text: str) -> list[str]:
    """Cut a request into what it says one after another; quotations and brackets stay whole."""
    found: list[str] = []
    start, closing = 0, ""
    at = 0
    while at < len(text):
        sign = text[at]
        if closing:
            closing = "" if sign == closing else closing
        elif sign in _PAIRS and _PAIRS[sign] in text[at + 1 :]:
            closing = _PAIRS[sign]
        elif ((broken := _BREAK.match(text, at)) and not _NUMBER.fullmatch(text, start, at)) or (
            _COLON.match(text, at) and _opens(text[start:at], first=not found)
        ):
            found.append(text[start:at])
            at = start = broken.end() if broken else at + 1
            continue
        at += 1
    found.append(text[start:])
    return [bare for piece in found if (bare := _bare(piece))]


def _opens(piece: str, *, first: bool) -> bool:
    """Tell whether a colon behind these words parts what is asked from what is told."""
    return first or bool(_REPLY.match(_bare(piece)) or _ASKS.match(_bare(piece)))


def is_order(clause: str) -> bool:
    """Tell whether a clause says what is to be written, and nothing that is to stand in it."""
    return bool(_ORDER.match(clause) or _ORDER_ZH.match(clause))


def is_wish(clause: str) -> bool:
    """Tell whether a clause is said to the writer: how the text is to be, and not what it tells."""
    return bool(_WISH.search(clause) or _WISH_ZH.search(clause))


def parts_of(text: str) -> tuple[str, ...]:
    """Give the headings that a request asks for: "按'总体要求-工作目标-主要任务'三个部分"."""
    for pattern in _PARTS:
        if found := pattern.search(text):
            parts = [part.strip() for part in re.split(r"[-—–、/]+", found[1]) if part.strip()]
            if len(parts) >= _FEWEST_PARTS:
                return tuple(parts)
    return ()


def _bare(piece: str) -> str:
    piece = _MARK.sub("", piece.strip().strip(" ,;.，。；、"))
    return re.sub(r"^(?:and|also|plus|then|并且|并|还有|另外|以及)\b\s*", "", piece, flags=re.IGNORECASE).strip()

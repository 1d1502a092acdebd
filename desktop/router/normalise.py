"""Slot words to closed values: lengths with their unit, tones and languages of a known list, periods to dates.

What is not understood stays None: the brief then shows the user's own words and asks.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from desktop.router.numbers import ENGLISH, english_number
from desktop.router.periods import Period, read_period
from desktop.text.numerals import CHINESE_NUMBER, chinese_number

Unit = Literal["words", "characters", "pages", "paragraphs", "sentences", "lines", "minutes", "seconds", "items"]
LengthBound = Literal["about", "at most", "at least"]
Size = Literal["short", "medium", "long"]


@dataclass(frozen=True, slots=True)
class LengthRange:
    """How long the text should be.

    Attributes:
        amount: in `unit`; a range gives its middle; half a page is 0.5.
        unit: what is counted; characters are those of Chinese text.
        bound: “under 300 words” is at most, 不少于 is at least.
    """

    amount: float
    unit: Unit
    bound: LengthBound = "about"

    def __str__(self) -> str:
        sign = {"about": "", "at most": "≤ ", "at least": "≥ "}[self.bound]
        return f"{sign}{self.amount:g} {self.unit}"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a known list: a size (short, medium, long), a tone, or a language (ISO 639-1, or the code's name)."""

    id: str

    def __str__(self) -> str:
        return self.id


SlotValue = LengthRange | Choice | Period

_UNITS: tuple[tuple[str, Unit], ...] = (
    (r"words?|wds?|wrds?|个?单词|词", "words"),
    (r"chars?|characters?|个?汉字|个?字符?", "characters"),
    (r"pages?|pgs?|sides?(?: of a4)?|[页頁]纸?|个?版面", "pages"),
    (r"paragraphs?|paras?|个?段落?|个?自然段", "paragraphs"),
    (r"sentences?|句话?|个?句子", "sentences"),
    (r"lines?|verses?|行", "lines"),
    (r"minutes?|mins?|分钟", "minutes"),
    (r"seconds?|secs?|秒钟?", "seconds"),
    (r"bullets?|bullet points?|points?|items?|ideas?|tips?|条|点|个要点|项", "items"),
)
_ONE = ("page", "paragraph", "sentence", "line", "minute", "side")  # “a page”: the article is left out of a slot
_SIZES: tuple[tuple[str, Size], ...] = (
    (
        r"short|brief|quick|concise|tiny|little|small|mini|not too long|tl;?dr"
        r"|短|简短|精简|精炼|简洁|简要|简单|一点点|小",
        "short",
    ),
    (r"medium|mid|moderate|normal|中等|适中|不长不短|中", "medium"),
    (
        r"long|lengthy|detailed|in[- ]depth|in detail|full|thorough|comprehensive|extended|长|详细|详尽|完整|深入|大",
        "long",
    ),
)
_AT_MOST = (
    r"under|below|less than|no more than|not more than|at most|max(?:imum)?|up to|within|or less"
    r"|不超过|少于|不多于|最多|至多|以内|之内|以下|内"
)
_AT_LEAST = (
    r"over|above|more than|at least|no less than|not less than|min(?:imum)?|or more"
    r"|不少于|不低于|至少|最少|超过|以上|多于|起码"
)

TONES: dict[str, str] = {
    "formal": r"formal(?:ly)?|official|business[- ]?like|ceremonious|dignified|正式|庄重|官方|书面|公文|严谨",
    "professional": r"professional(?:ly)?|businesslike|corporate|专业|职业|商务",
    "friendly": r"friendly|kind(?:ly)?|nice(?:ly)?|approachable|sweet|友好|友善|亲切|和善|客气",
    "warm": r"warm(?:ly)?|heart(?:felt|warming)|caring|tender|gentle|温暖|温馨|温柔|温情|真挚|真诚|走心|温和",
    "casual": r"casual(?:ly)?|informal|relaxed|conversational|chatty|laid[- ]?back"
    r"|随意|随便|口语|轻松|日常|休闲|接地气|通俗",
    "humorous": r"humou?rous|funny|witty|playful|silly|comic(?:al)?|light[- ]?hearted|cheeky"
    r"|幽默|搞笑|风趣|诙谐|俏皮|好笑|逗",
    "persuasive": r"persuasive(?:ly)?|convincing|compelling|salesy|有说服力|说服|打动人|吸引人|有感染力|煽动",
    "enthusiastic": r"enthusiastic|excited|energetic|upbeat|lively|cheerful|passionate"
    r"|热情|激动|活泼|欢快|有活力|热烈|激昂|慷慨激昂",
    "inspiring": r"inspir(?:ing|ational)|motivat(?:ing|ional)|uplifting|encouraging|励志|鼓舞|鼓励|振奋|激励|正能量",
    "polite": r"polite(?:ly)?|respectful(?:ly)?|courteous|tactful|diplomatic|礼貌|尊敬|恭敬|委婉|得体|谦虚|谦逊",
    "apologetic": r"apologetic|sorry|remorseful|歉意|抱歉|道歉|诚恳",
    "firm": r"firm(?:ly)?|strict|assertive|strong|tough|stern|strongly worded|坚定|强硬|严厉|强烈",
    "serious": r"serious(?:ly)?|solemn|sober|严肃|沉重|认真|庄严",
    "neutral": r"neutral|objective|factual|unbiased|impartial|balanced|中立|客观|中性|平实|公正",
    "academic": r"academic|scholarly|scientific|学术|科学",
    "simple": r"simple|simply|plain|easy|clear|kid[- ]friendly|easy to understand|简明|易懂|通俗易懂|直白|清楚|浅显",
    "romantic": r"romantic|loving|浪漫|深情|抒情|甜蜜|甜",
    "sad": r"sad|melanchol(?:y|ic)|mournful|sombre|somber|bittersweet|悲伤|伤感|忧伤|忧郁|悲壮|凄美|惆怅",
    "poetic": r"poetic|lyrical|literary|elegant|flowery|诗意|文艺|优美|文学|典雅|古风|唯美|华丽",
    "dramatic": r"dramatic|epic|suspenseful|dark|scary|spooky|gritty|tense|戏剧性|悬疑|紧张|黑暗|恐怖|史诗|惊悚",
    "sarcastic": r"sarcastic|ironic|satirical|snarky|mocking|讽刺|反讽|毒舌|吐槽|调侃",
    "critical": r"critical|blunt|harsh|direct|批评|犀利|尖锐|直接|批判",
}

LANGUAGES: dict[str, str] = {
    "en": r"english|eng|en|american english|british english|英语|英文|英",
    "zh": r"(?:simplified )?chinese|mandarin|zh|cn|中文|汉语|简体中文|简体|普通话|国语|中|华语",
    "zh-Hant": r"traditional chinese|繁体中文|繁体|繁體|繁體中文|正體中文|正体",
    "yue": r"cantonese|粤语|广东话",
    "lzh": r"classical chinese|文言文|文言|古文",
    "ja": r"japanese|jp|日语|日文|日本语|日",
    "ko": r"korean|韩语|韩文|朝鲜语|韩",
    "fr": r"french|français|法语|法文|法",
    "de": r"german|deutsch|德语|德文|德",
    "es": r"spanish|español|castilian|西班牙语|西班牙文|西语",
    "pt": r"(?:brazilian )?portuguese|葡萄牙语|葡语|葡文",
    "it": r"italian|意大利语|意大利文|意语",
    "ru": r"russian|俄语|俄文|俄",
    "ar": r"arabic|阿拉伯语|阿拉伯文|阿语",
    "hi": r"hindi|印地语",
    "th": r"thai|泰语|泰文",
    "vi": r"vietnamese|越南语|越南文|越语",
    "id": r"indonesian|bahasa|印尼语|印度尼西亚语",
    "ms": r"malay|马来语",
    "tr": r"turkish|土耳其语",
    "nl": r"dutch|荷兰语",
    "sv": r"swedish|瑞典语",
    "pl": r"polish|波兰语",
    "el": r"greek|希腊语",
    "la": r"latin|拉丁语|拉丁文",
    "uk": r"ukrainian|乌克兰语",
    "he": r"hebrew|希伯来语",
    "fa": r"persian|farsi|波斯语",
    "python": r"python ?[23]?|py|pandas|numpy|django|flask",
    "javascript": r"javascript|js|node(?:\.?js)?|react|vue|jquery",
    "typescript": r"typescript|ts",
    "java": r"java|spring boot",
    "c": r"c|c语言",
    "c++": r"c\+\+|cpp",
    "c#": r"c#|c sharp|csharp|\.net",
    "go": r"go(?:lang)?",
    "rust": r"rust",
    "swift": r"swift",
    "kotlin": r"kotlin",
    "php": r"php",
    "ruby": r"ruby|rails",
    "r": r"r|r语言",
    "matlab": r"matlab",
    "sql": r"sql|mysql|postgres(?:ql)?|sqlite",
    "bash": r"bash|shell|sh|zsh|shell脚本",
    "powershell": r"powershell",
    "html": r"html5?|css|html/css|html \+ css",
    "excel": r"excel|google sheets|spreadsheet|vba|excel公式",
    "regex": r"regex|regexp|regular expressions?|正则|正则表达式",
    "latex": r"latex",
    "scala": r"scala",
    "perl": r"perl",
    "lua": r"lua",
    "dart": r"dart|flutter",
}


def normalise(slot: str, text: str, today: date) -> SlotValue | None:
    """Read the words of a slot as a closed value.

    Args:
        slot: name of the slot; only length, tone, language and period have closed values.
        text: the user's own words.
        today: what “next week” counts from.
    """
    text = " ".join(text.lower().split()).strip(" .,;:!?。，；：！？、（）()“”\"'")
    if slot == "length":
        return read_length(text)
    if slot == "tone":
        return _choose(text, TONES)
    if slot == "language":
        return _choose(text, LANGUAGES)
    return read_period(text, today) if slot == "period" else None


def read_length(text: str) -> LengthRange | Choice | None:
    """Read a length: 一千字, 1k words, one page, 300-400 words, 不少于八百字, half a page, short."""
    text = re.sub(r"(?<=.)(?:一点儿?|一些|些)$", "", text)  # 详细一点 is no number of points
    text = re.sub(r"(?<=\d)(k?)(?=[a-jl-z])", r"\1 ", text)  # 500words, 1kwords
    unit = next(((match, unit) for names, unit in _UNITS if (match := _unit_of(text, names))), None)
    if unit is not None:
        match, name = unit
        amount = 1.0 if text in _ONE else _amount(text[: match.start()])
        if amount is not None and 0 < amount < 10_000_000:
            bare = text[: match.start()] + text[match.end() :]
            bound: LengthBound = (
                "at least" if re.search(_AT_LEAST, bare) else "at most" if re.search(_AT_MOST, bare) else "about"
            )
            return LengthRange(amount, name, bound)
    for names, size in _SIZES:
        if re.search(rf"(?<![a-z])(?:{names})(?![a-z])", text):
            return Choice(size)
    return None


def _unit_of(text: str, names: str) -> re.Match[str] | None:
    return re.search(rf"(?<![a-z])(?:{names})(?![a-z])", text)


def _amount(before: str) -> float | None:
    """Read the number in front of a unit; of a range (300-400, 三到五) the middle."""
    before = before.strip(" -—个左右来多约")
    if re.search(r"[〇零一二两三四五六七八九十百千万亿]", before):
        values = [chinese_number(match[0]) for match in re.finditer(CHINESE_NUMBER, before)]
    else:
        values = [english_number(match[0]) for match in re.finditer(ENGLISH, before)]
    numbers = [value for value in values if value]
    if len(numbers) > 1 and re.search(r"-|–|—|~|～|to|or|or so|到|至", before):
        low, high = numbers[-2:]
        scale = 1000 if high >= 1000 > low and before.rstrip().endswith("k") else 1  # 1-2k
        return (low * scale + high) / 2
    if numbers:
        half = 0.5 if re.search(r"\band a half\b|半$", before) else 0
        return numbers[-1] + half
    if before.endswith("半"):
        return 0.5
    words = re.findall(r"half|couple|few|several|dozen|\ban?\b|single", before)
    named = [word for word in words if word not in ("a", "an", "single")] or words[:1]
    return (
        {"half": 0.5, "couple": 2.0, "few": 3.0, "several": 4.0, "dozen": 12.0}.get(named[-1], 1.0) if named else None
    )


def _choose(text: str, known: dict[str, str]) -> Choice | None:
    """Find the value of a list that the words name: the whole of them, else the longest name among them."""
    for key, names in known.items():
        if re.fullmatch(names, text):
            return Choice(key)
    best: tuple[int, str] | None = None
    for key, names in known.items():
        for match in re.finditer(rf"(?<![a-z+#])(?:{names})(?![a-z+#])", text):
            length = len(match[0]) * (3 if match[0][0] > "⺀" else 1)
            if length > 2 and (best is None or length > best[0]):
                best = (length, key)
    return Choice(best[1]) if best else None

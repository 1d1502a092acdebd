"""Which language a text or a request is in, English or Chinese, by what frames its sentences and not by their nouns.

"给李经理写一封邮件：项目 Phoenix 的 deadline 是 2027-03-01" is Chinese, however many of its nouns are English;
"Translate 你好 into English" is English. What stands between quotation marks, in brackets, addresses and code says
nothing: it may be in any language.

    text     -> `language_of`        which it is in
    request  -> `request_language`   which it is asked in: what orders something decides, not what that is done to
             -> `language_wanted`    which the answer is expected in: the one named, else that of the request
"""

import re
from typing import Literal

from desktop.text.han import HAN, count_han, without_han

WrittenLanguage = Literal["en", "zh"]

_BEGINNING, _LAST_WORDS = 2_000, 60  # characters that are looked at; what is asked stands there or at the end
_ASIDE = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]*`|https?://[^\s，。）]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|“[^”]{0,400}”|\"[^\"\n]{0,400}\"|"
    r"「[^」]{0,400}」|『[^』]{0,400}』|《[^》]{0,80}》|‘[^’]{0,200}’(?!\w)|\([^()]{0,120}\)|（[^（）]{0,120}）",
    re.DOTALL,
)
# Written small: "The Sound of Silence" and "Plan A" are names, also in a Chinese sentence.
_ENGLISH_FRAME = re.compile(
    r"(?<![\w-])(?:the|an?|of|to|in|on|at|for|from|with|by|about|into|and|or|but|if|that|this|these|those|it|its|is|are|"
    r"was|were|be|been|has|have|had|do|does|did|will|would|can|could|should|may|might|must|not|my|your|our|his|her|"
    r"their|me|us|you|we|they|he|she|as|so|than|then|there|how|what|why|when|where|which|who|please|i)(?![\w-])|"
    r"(?<!\w)I(?= [a-z]|['’])|\b(?:don|isn|can|won|it|i)['’]\w"
)
_CHINESE_FRAME = re.compile(
    r"翻译|什么|怎么|为什么|如何|以及|[的了是在把被给请写帮我你您他她们这那和与就也都不没要让向对从到为将已会能可用有很再还吗呢吧个份封篇首条]"
)
_ENGLISH_ORDER = re.compile(
    r"(?:please |pls |hi |hello |hey )*(?:write|draft|compose|create|make|prepare|give|help|translate|summari[sz]e|"
    r"explain|rewrite|proofread|correct|fix|improve|polish|shorten|list|tell|describe|compare|analy[sz]e|brainstorm|suggest|"
    r"solve|calculate|convert|generate|turn|put|reply|answer|say|add|remove|show|find|name|think|come up|look|read|use|"
    r"what|how|why|when|where|which|who|is|are|does|do|did|can|could|would|will|should|i (?:need|want|would)|i['’]d|"
    r"(?:an?|the|my|our|this) )(?![\w-])",
    re.IGNORECASE,
)
_CHINESE_ORDER = re.compile(
    r"(?:你好|您好|嗨|麻烦|请|帮忙|帮|给|替|为|我想|我要|我们|我|需要|能不能|可以|能否|把|将|用|以|写|拟|起草|翻译|总结|概括|解释|说明|"
    r"列出|列|推荐|改写|改|润色|校对|纠正|修改|生成|制定|准备|做|想|起|分析|比较|计算|解|求|编|扩写|缩写|续写|回复|介绍|讲|谈|什么|怎么|"
    r"如何|为什么|哪|关于|根据|按照|一[封份篇首个则条段])"
)
_CHINESE_ORDER_LAST = re.compile(
    r"(?:(?:翻译|译)(?:成|为)\S{0,4}|用?(?:中文|英文|英语|汉语)怎么(?:说|写|讲|表达)|(?:是|有)?(?:什么|啥)意思|怎么(?:读|写|用|说|改|翻)|"
    r"润色一下|改一下|翻译一下|总结一下|帮我\S{0,8})[？?。!！]*$"
)
_ENGLISH_ORDER_LAST = re.compile(
    r"(?:\b(?:in|into|to) (?:simplified )?(?:english|chinese|pinyin|mandarin)|\bmeans?|\bmeaning|\bplease)\W*$",
    re.IGNORECASE,
)
_HEAD = re.compile(r"[:：](?!//|\d)|\n")
# A language that is asked for by its name wins over the one that is asked in.
_IN_CHINESE = re.compile(
    r"\b(?:in|into|to)\s+(?:simplified\s+|mandarin\s+)?(?:Chinese|Mandarin)\b(?![\w ]*\b(?:class|lesson|food|market|"
    r"colleague|customer|client|partner|team|new year)s?\b)|(?:用|成|为|写|以)(?:简体)?(?:中文|汉语)",
    re.IGNORECASE,
)
_IN_ENGLISH = re.compile(
    r"\b(?:in|into|to)\s+(?:plain\s+|simple\s+|British\s+|American\s+)?English\b(?!\s+(?:class|lesson|teacher|colleague|customer|"
    r"client|literature|department|course)s?\b)|(?:用|成|为|写|以)(?:英文|英语)|英文(?:的)?(?:邮件|版|信|简历|演讲稿|作文|文章|稿)",
    re.IGNORECASE,
)


def language_of(text: str) -> WrittenLanguage:
    """Tell which language a text is in; English where it is neither."""
    looked = _ASIDE.sub(" ", text[:_BEGINNING])
    if not re.search(r"[^\W\d_]", looked):
        looked = text[:_BEGINNING]
    characters = count_han(looked)
    if not characters:
        return "en"
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", without_han(looked))
    chinese, english = len(_CHINESE_FRAME.findall(looked)), len(_ENGLISH_FRAME.findall(looked))
    if chinese != english:
        return "zh" if chinese > english else "en"
    if english:
        return "zh" if characters >= 2 * len(words) else "en"
    # Nothing but nouns: the last one is what is meant, "Kubernetes pod restart 问题".
    last = re.search(r"([^\W\d_])[\W\d_]*$", looked)
    return "zh" if characters >= len(words) or (last and re.match(f"[{HAN}]", last[1])) else "en"


def request_language(request: str) -> WrittenLanguage:
    """Tell which language a request is in: the words that ask for something decide."""
    looked = request.strip()
    if len(looked) > _BEGINNING + _LAST_WORDS:
        looked = f"{looked[:_BEGINNING]}\n{looked[-_LAST_WORDS:]}"
    if not count_han(looked):
        return "en"
    bare = _ASIDE.sub(" ", looked).strip()
    head = _HEAD.split(bare, maxsplit=1)[0].strip()
    for part in (head, bare):
        if _CHINESE_ORDER_LAST.search(part):
            return "zh"
        if _ENGLISH_ORDER_LAST.search(part):
            return "en"
        if _CHINESE_ORDER.match(part):
            return "zh"
        if _ENGLISH_ORDER.match(part):
            return "en"
    return language_of(looked)


def language_wanted(request: str) -> WrittenLanguage:
    """Tell in which language the answer to a request is expected."""
    looked = request[:_BEGINNING]
    # What the request is to be done to may name languages too; the order stands before it, or in the last words.
    order = f"{_HEAD.split(_ASIDE.sub(' ', looked).strip(), maxsplit=1)[0]}\n{request[-_LAST_WORDS:]}"
    if _IN_CHINESE.search(order):
        return "zh"
    if _IN_ENGLISH.search(order):
        return "en"
    return request_language(looked)

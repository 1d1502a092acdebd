"""Takes from a model's answer what is not the result: greetings, labels, quotation marks, fences, remarks behind it.

Thoughts are none of it: the engine has parted them from the answer before.
"""

import re

_GREETING = re.compile(
    r"(?:sure|certainly|of course|absolutely|okay|ok|yes|great|no problem|thank you|thanks)\b[^\n:：]{0,60}?[!,.:]\s+"
    r"(?=\S)|(?:好的|当然可以|当然|没问题|可以)[，,！!。：:]\s*",
    re.IGNORECASE,
)
_SUBJECT = (
    r"text|version|sentence|paragraph|message|email|e-mail|reply|response|passage|code|summary|translation|rewrite|"
    r"revision|correction|answer|result|output|explanation"
)
_HERE = re.compile(
    rf"(?:here(?:'s|’s| is| are)|below is|this is|the following is)\b[^\n]{{0,100}}?(?:{_SUBJECT})[^\n]{{0,60}}?:\s*"
    r"|(?:以下|下面)是[^\n：:]{0,30}[：:]\s*",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:\*\*|__)?(?:(?:the )?(?:corrected|revised|rewritten|improved|edited|proofread|formal|friendly|shorter|longer|"
    rf"translated|final|new|fixed|polished)\s+)?(?:{_SUBJECT}|corrected|revised|rewritten|improved|proofread|translated|"
    r"formal|friendly|shorter|fixed)(?: \([^)\n]{1,30}\))?\s*:(?:\*\*|__)?\s*"
    r"|(?:修改后|校对后|改写后|翻译|译文|总结|摘要|回复|结果|正式版|解释|润色后)(?:的?(?:文本|句子|版本|内容|结果))?[：:]\s*",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"\n\s*\n?(?:\**(?:note|explanation|changes(?: made)?|corrections?|reason|what (?:i )?changed)\**\s*:|i (?:hope|"
    r"have|corrected|changed|made)\b|let me know\b|please let me know if you (?:need|want|have)\b|feel free\b|is there "
    r"anything|in this (?:version|revision)\b|this (?:version|revised)\b|\(note:|（?注[：:]|说明[：:]|修改说明|"
    r"希望(?:这|以上)|如果(?:您|你)(?:还)?(?:有|需要)).*\Z",
    re.IGNORECASE | re.DOTALL,
)
_SUBJECT_LINE = re.compile(r"\**subject(?: line)?:[^\n]*\n+", re.IGNORECASE)
# Lines at the end that the user was to fill in: "[Your Name]".
_TO_FILL_IN = re.compile(r"(?:\s*\n[ \t]*\**\[[^\]\n]{2,60}\]\**[ \t]*)+\Z")
_FENCE = re.compile(r"\A\s*(?:```|~~~)[\w+-]*[ \t]*\n(?P<inside>.*?)\n?[ \t]*(?:(?:```|~~~).*)?\Z", re.DOTALL)
_QUOTES = (("“", "”"), ('"', '"'), ("'", "'"), ("‘", "’"), ("「", "」"), ("『", "』"), ("`", "`"), ("**", "**"))


def clean(answer: str, text: str, *, own: bool = False) -> str:
    """Give the result that an answer holds.

    Args:
        answer: what the model wrote; may still be unfinished.
        text: what it was asked about. What already stands there (a quotation mark at its beginning, a label) is kept.
        own: the answer is a text of its own, such as a reply: “I have sent it” in it is no remark about the work.
    """
    result = answer.strip()
    before = text.strip()
    for preamble in (_GREETING, _HERE, _LABEL):
        found = preamble.match(result)
        if found and not preamble.match(before) and (preamble is not _GREETING or _more(result, found.end())):
            result = result[found.end() :].lstrip()
    if not _SUBJECT_LINE.match(before):
        result = _SUBJECT_LINE.sub("", result, count=1) if _SUBJECT_LINE.match(result) else result
    if "[" not in before:
        result = _TO_FILL_IN.sub("", result)
    if not own and not _REMARK.search(before):
        result = _REMARK.sub("", result).rstrip()
    fenced = _FENCE.match(result)
    if fenced and not _FENCE.match(before):
        result = fenced["inside"].strip("\n")
    for opening, closing in _QUOTES:
        inner = result[len(opening) : len(result) - len(closing)]
        if (
            len(result) > len(opening) + len(closing)
            and result.startswith(opening)
            and result.endswith(closing)
            and not (before.startswith(opening) and before.endswith(closing))
            and opening not in inner
            and closing not in inner
        ):
            result = inner.strip()
    return result


def _more(result: str, end: int) -> bool:
    """Tell a greeting from a sentence: it stands before something that is announced, or in a line of its own."""
    rest = result[end:]
    return bool(_HERE.match(rest) or _LABEL.match(rest) or "\n" in result[:end]) or not result[:end].isascii()

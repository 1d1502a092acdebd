"""Mistakes in Chinese that can be told without a model: only those that are mistakes wherever they stand.

What depends on the sentence (说的对, 以经济, 因该公司) is left alone: a wrong change is worse than none.
"""

import re

from desktop.text.han import HAN

_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
_BEHIND_HAN = re.compile(rf"(?<=[{HAN}])(?:([,;:?!])[ \t]?(?=[{HAN}“「《（]|\s|\Z)|(\.)(?=[\s”」]|\Z|[{HAN}]))")
_RULES = tuple(
    (re.compile(pattern), right)
    for pattern, right in (
        ("(?<![目有])的的(?![确士])", "的"),
        ("([我你您他她它咱])门(?![口前外内牌卡铃锁后边票诊厅店窗面框槛户派禁生徒下第道缝])", r"\1们"),
        ("(?<=[我你他她们])觉的(?=[很不你我他她它这那自有好可应是])", "觉得"),
        ("不的不", "不得不"),
        ("舍不的", "舍不得"),
        ("时侯", "时候"),
        ("必竟", "毕竟"),
        ("以经(?=[到来完做写看说去走吃买卖是有没收给结])", "已经"),
        ("迫不急待", "迫不及待"),
        ("一如继往", "一如既往"),
        ("再接再励", "再接再厉"),
        ("甘败下风", "甘拜下风"),
        ("穿流不息", "川流不息"),
        ("走头无路", "走投无路"),
        ("不径而走", "不胫而走"),
        ("金榜提名", "金榜题名"),
        ("默守成规", "墨守成规"),
        ("相形见拙", "相形见绌"),
        ("粗旷", "粗犷"),
        ("松驰", "松弛"),
        ("安祥", "安详"),
    )
)


def corrected_chinese(text: str) -> str:
    """Give the text with full-width punctuation behind Chinese characters, and without what is surely mistaken."""
    text = _BEHIND_HAN.sub(lambda found: _FULL[found[1] or found[2]], text)
    for pattern, right in _RULES:
        text = pattern.sub(right, text)
    return text

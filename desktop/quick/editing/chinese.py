"""Mistakes in Chinese that can be told without a model: only those that are mistakes wherever they stand.

What depends on the sentence (说的对, 以经济, 因该公司) is left alone: a wrong change is worse than none.
"""

import re
from collections.abc import Callable

from desktop.quick.editing.protected import protected, touches
from desktop.text.han import HAN

_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
_BEHIND_HAN = re.compile(rf"(?<=[{HAN}])(?:([,;:?!])[ \t]?(?=[{HAN}“「《（]|\s|\Z)|(\.)(?=[\s”」]|\Z|[{HAN}]))")
_QUOTED_TWICE = re.compile(r"“([^“”\n]{1,80})“(?![^“”\n]*”)")  # closed with the mark that opens
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
        ("迫不急待", "迫不及待"),
        ("(?<=[我你他她们都就也已])己经", "已经"),
        ("己经(?=[到来完做写看说去走吃买卖是有没收给结过很商开])", "已经"),
        ("既使(?![^。；！？]*又)", "即使"),
        ("因该(?![公学单地市县省校机人])", "应该"),
        ("再所不惜", "在所不惜"),
        ("重起(?=服务|系统|电脑|机器|程序|设备| ?[A-Za-z])", "重启"),
        ("按装", "安装"),
        ("渡假", "度假"),
        ("水笼头", "水龙头"),
        ("防碍", "妨碍"),
        ("恶梦", "噩梦"),
        ("一诺千斤", "一诺千金"),
        ("不言而愈", "不言而喻"),
        ("出奇不意", "出其不意"),
        ("名符其实", "名副其实"),
        ("谈笑风声", "谈笑风生"),
        ("世外桃园", "世外桃源"),
        ("一愁莫展", "一筹莫展"),
        ("悬梁刺骨", "悬梁刺股"),
        ("人情事故", "人情世故"),
        ("罗唆", "啰唆"),
        ("寒喧", "寒暄"),
        ("震憾", "震撼"),
        ("针贬", "针砭"),
        ("精萃", "精粹"),
        ("幅射", "辐射"),
        ("欠收", "歉收"),
        ("做为(?=[一我你他她组家老学公负队班])", "作为"),
        ("大约([^，。；！？]{1,10}?)左右", r"大约\1"),
        ("(防止|避免)(今后|以后)?(?:不再|不)(发生|出现)", r"\1\2再\3"),
        ("(通过|经过)([^，。；！？]{1,20})，使(?:得)?(我们|我|大家|他们|他|她)", r"\1\2，\3"),
        ("(在[^，。；！？]{1,20}下)，使(?:得)?(我们|我|大家|他们|他|她)", r"\1，\2"),
        ("非常(?=很)", ""),
        ("虽然([^，。；！？]{1,20})，所以(?=我|你|他|她|它|咱|大)", r"虽然\1，但"),
        ("只有([^，。；！？]{1,20})，就能", r"只有\1，才能"),
    )
)


def corrected_chinese(text: str) -> str:
    """Give the text with full-width punctuation behind Chinese characters, and without what is surely mistaken."""
    text = _outside(_BEHIND_HAN, lambda found: _FULL[found[1] or found[2]], text)
    for pattern, right in _RULES:
        text = _outside(pattern, right, text)
    return _QUOTED_TWICE.sub(r"“\1”", text)


def _outside(pattern: re.Pattern[str], change: str | Callable[[re.Match[str]], str], text: str) -> str:
    """Replace what a pattern finds, but for what belongs to a name, an address or code."""
    spans = protected(text)

    def changed(found: re.Match[str]) -> str:
        if touches(*found.span(), spans):
            return found[0]
        return found.expand(change) if isinstance(change, str) else change(found)

    return pattern.sub(changed, text)

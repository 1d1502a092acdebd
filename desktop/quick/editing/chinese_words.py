"""What a character of a Chinese sentence may have been meant to be; only proposals, to be judged in their sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.quick.editing.chinese_sounds import ChineseSounds
from desktop.quick.editing.protected import ProtectedSpan, touches
from desktop.text.han import HAN

_HAN = re.compile(f"[{HAN}]")
_PARTICLES = "的地得"
# Said twice rightly: 看看, 慢慢, 妈妈; of a verb or a particle that is not among these, one too many.
_TWICE = re.compile(r"([的了要把在是很被从对给和与])\1(?![确士])")
# Somebody's name, or how he is addressed: a surname with a title, a word that announces a name.
_NAME = re.compile(
    rf"[{HAN}]{{1,3}}(?=(?:先生|女士|小姐|老师|教授|经理|主任|医生|律师|同学|校长|院长|局长|总)(?:[：:，,、。]|的|您|你|\Z))"
    rf"|(?<=[小老阿])[{HAN}]{{1,2}}(?=[：:，,说的和])|(?:姓名|家长|签名|落款|联系人|负责人)[：:]\s*[{HAN}]{{2,4}}"
)
_SHORT = 4  # a line of no more characters is a name, a title or a signature


@dataclass(frozen=True, slots=True)
class CharacterEdit:
    """One character becomes another, or goes where `text` is empty; `margin` is what the sentence must gain by it."""

    start: int
    end: int
    text: str
    margin: float


_MARGIN, _MARGIN_USUAL, _MARGIN_PARTICLE, _MARGIN_TWICE = 3.5, 1.5, 1.5, 0.5
# Pairs that are mixed up so often that a smaller gain tells.
_USUAL_PAIRS = "在再 做作 以已 己已 即既 哪那 账帐 定订 反返 像象 须需 因应 必毕 坐座 带戴"


class ChineseWords:
    """Proposes characters; what sounds and looks alike is worked out when it is first needed."""

    def __init__(self) -> None:
        self._sounds = ChineseSounds()
        self._usual = {frozenset(pair) for pair in _USUAL_PAIRS.split()}

    def alike(self, one: str, other: str) -> bool:
        """Tell whether two characters sound or look alike, so that one may have been typed for the other."""
        return other in self._sounds.taken_for(one)

    def edits(self, sentence: str, spans: Sequence[ProtectedSpan]) -> Iterator[CharacterEdit]:
        """Give what the characters of a sentence may have been meant to be, but for those within `spans`."""
        kept = [*spans, *(found.span() for found in _NAME.finditer(sentence))]
        if len(_HAN.findall(sentence)) <= _SHORT:
            return
        for found in _TWICE.finditer(sentence):
            yield CharacterEdit(found.start(), found.end(), found[1], _MARGIN_TWICE)
        for found in _HAN.finditer(sentence):
            start, end = found.span()
            if touches(start, end, kept):
                continue
            if found[0] in _PARTICLES:
                for other in _PARTICLES.replace(found[0], ""):
                    yield CharacterEdit(start, end, other, _MARGIN_PARTICLE)
            for other in self._sounds.taken_for(found[0]):
                if other not in _PARTICLES or found[0] not in _PARTICLES:
                    usual = frozenset((found[0], other)) in self._usual
                    yield CharacterEdit(start, end, other, _MARGIN_USUAL if usual else _MARGIN)

"""What kind of mistake a change mends, told to the user beside it; from the two wordings alone, never from the model.

    (removed, added) -> `kind_of` -> MistakeKind, whose English and Chinese every surface has

WORDING is the kind of what mends no mistake: another word for the same. Proofreading never makes such a change.
"""

import re
from collections import Counter
from dataclasses import dataclass

from desktop.codes import Code
from desktop.quick.editing.diff import word_difference
from desktop.quick.editing.english import are_forms
from desktop.quick.editing.spelling import distance
from desktop.text.han import HAN

_SPACE = re.compile(r"\s+")
_WORDS = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_HAN = re.compile(f"[{HAN}]")
_ARTICLES = frozenset(("a", "an", "the"))
_PREPOSITIONS = frozenset(
    "in on at to for of by with from about into onto over under since until till during between among as than".split()  # noqa: SIM905
)
_PRONOUNS = frozenset(
    """
    i me my mine you your yours he him his she her hers it its we us our ours they them their theirs this that these
    those who whom whose which what there
    """.split()  # noqa: SIM905
)
_AGREEING = tuple(
    frozenset(group.split())
    for group in (
        "am is are", "was were", "has have", "do does", "don't doesn't dont doesnt", "isn't aren't", "wasn't weren't",
        "hasn't haven't",
    )
)  # fmt: skip
_VERBS = frozenset(
    """
    be been being am is are was were have has had having do does did done will would can could shall should may might
    must
    """.split()  # noqa: SIM905
)
_PARTICLES = frozenset("的地得")
_MEASURES = frozenset("个只条张件双辆份本位台支把家间座棵朵匹头架艘根块片颗粒封幅部套杯瓶盒包袋箱碗枝项名顶场次")
_NEGATIVE = frozenset(
    ("no", "not", "any", "nobody", "anybody", "nothing", "anything", "never", "ever", "none", "noone")
)
_ENOUGH = 0.5  # of the longer word's letters that two forms of one word share at their beginning
_MISTYPED = 0.34  # of a word's letters that a slip of the keys changes


class MistakeKind(Code):
    """What was wrong."""

    SPELLING = "spelling"
    MISTAKEN = "a word taken for another"
    AGREEMENT = "agreement"
    TENSE = "form of the verb"
    NUMBER = "singular or plural"
    ARTICLE = "article"
    PREPOSITION = "preposition"
    PRONOUN = "pronoun"
    FORM = "form of the word"
    NEGATION = "double negation"
    CAPITAL = "capital letter"
    APOSTROPHE = "apostrophe"
    PUNCTUATION = "punctuation"
    MISSING = "a missing word"
    NEEDLESS = "a needless word"
    CHARACTER = "wrong character"
    PARTICLE = "的, 地 or 得"
    MEASURE = "measure word"
    ORDER = "word order"
    WORDING = "wording"


_LISTED = (
    (_ARTICLES, MistakeKind.ARTICLE),
    *((group, MistakeKind.AGREEMENT) for group in _AGREEING),
    (_VERBS, MistakeKind.TENSE),
    (_NEGATIVE, MistakeKind.NEGATION),
    (_PREPOSITIONS, MistakeKind.PREPOSITION),
    (_PRONOUNS, MistakeKind.PRONOUN),
)


@dataclass(frozen=True, slots=True)
class Mended:
    """One change of a proofreading.

    Attributes:
        removed: what stood there; "" where something was put in.
        added: what stands there then.
        kind: what was wrong.
        sure: False where it is only offered.
    """

    removed: str
    added: str
    kind: MistakeKind
    sure: bool = True


def mended(text: str, result: str, offered: str) -> tuple[Mended, ...]:
    """Tell what was mended, in the order of the text.

    Args:
        text: as it was.
        result: with the changes that are made.
        offered: with those too that are only offered; "" where there are none.
    """
    made = Counter((part.removed, part.added) for part in word_difference(text, result).changes)
    found = []
    for part in word_difference(text, offered or result).changes:
        pair = (part.removed, part.added)
        found.append(Mended(*pair, kind_of(*pair), sure=made[pair] > 0))
        made[pair] -= 1
    return tuple(found)


def are_apart(text: str, result: str, offered: str) -> bool:
    """Tell whether what is only offered can be refused without refusing what is made: no change joins both."""
    made, all_of_them = (
        {(part.removed, part.added) for part in word_difference(text, one).changes} for one in (result, offered)
    )
    return made <= all_of_them


def kind_of(removed: str, added: str) -> MistakeKind:
    """Tell what a change mends; the two texts are without what they have in common around them."""
    if _without_marks(removed) == _without_marks(added):
        return _of_marks(removed, added)
    if _are_reordered(removed, added):
        return MistakeKind.ORDER
    if _HAN.search(removed + added):
        return _of_chinese(removed.strip(), added.strip())
    before, after = (_WORDS.findall(text.replace("’", "'")) for text in (removed, added))
    if not before or not after:
        return _of_lone((before or after), missing=not before)
    if len(before) == len(after):
        kinds = {_of_word(one, other) for one, other in zip(before, after, strict=True) if one != other}
        return next(iter(kinds)) if len(kinds) == 1 else _worst(kinds)
    return _of_several([one.lower() for one in before], [one.lower() for one in after])


def _are_reordered(removed: str, added: str) -> bool:
    """Tell whether both say the same words, at least two, in another order."""
    one, other = (
        _HAN.findall(text) if _HAN.search(text) else [word.lower() for word in _WORDS.findall(text)]
        for text in (removed, added)
    )
    return len(one) > 1 and one != other and Counter(one) == Counter(other)


def _worst(kinds: set[MistakeKind]) -> MistakeKind:
    if MistakeKind.WORDING in kinds:
        return MistakeKind.WORDING
    return next((kind for kind in MistakeKind if kind in kinds), MistakeKind.PUNCTUATION)


def _without_marks(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def _of_marks(removed: str, added: str) -> MistakeKind:
    if _SPACE.sub("", removed) == _SPACE.sub("", added):
        return MistakeKind.SPELLING if re.search(r"\w", removed) else MistakeKind.PUNCTUATION
    if removed.lower() == added.lower():
        return MistakeKind.CAPITAL
    apostrophes = [re.sub("['’]", "", text).lower() for text in (removed, added)]
    return MistakeKind.APOSTROPHE if apostrophes[0] == apostrophes[1] else MistakeKind.PUNCTUATION


def _of_lone(words: list[str], *, missing: bool) -> MistakeKind:
    lower = {word.lower() for word in words}
    if lower <= _ARTICLES:
        return MistakeKind.ARTICLE
    if lower <= _PREPOSITIONS:
        return MistakeKind.PREPOSITION
    if len(words) > 1 and not lower <= _ARTICLES | _PREPOSITIONS | _PRONOUNS | _VERBS:
        return MistakeKind.WORDING
    if lower <= _ARTICLES | _PREPOSITIONS | _PRONOUNS | _VERBS or not missing:
        return MistakeKind.MISSING if missing else MistakeKind.NEEDLESS
    return MistakeKind.WORDING


def _of_word(word: str, other: str) -> MistakeKind:
    one, two = word.lower(), other.lower()
    if one == two:
        return MistakeKind.CAPITAL
    if one.replace("'", "") == two.replace("'", ""):
        return MistakeKind.APOSTROPHE
    pair = {one, two}
    listed = next((kind for words, kind in _LISTED if pair <= words), None)
    if listed is not None:
        return listed
    if pair in ({two, two + "s"}, {two, two + "es"}, {one, one + "s"}, {one, one + "es"}) or (
        min(len(one), len(two)) > 3 and pair in ({one[:-1] + "ies", one}, {two[:-1] + "ies", two})
    ):
        return MistakeKind.NUMBER
    if are_forms(one, two):
        return MistakeKind.TENSE
    if not _alike(one, two):
        near = distance(one, two, most=3) <= 3 and one[0] == two[0]
        return MistakeKind.MISTAKEN if near else MistakeKind.WORDING
    return _of_form(one, two)


def _of_form(one: str, two: str) -> MistakeKind:
    """Tell which of two forms or spellings of one word it is about."""
    verbal = any(word.endswith(("ing", "ed", "en")) for word in (one, two))
    if verbal and one[:2] == two[:2] and one[-2:] != two[-2:]:
        return MistakeKind.TENSE
    shorter, longer = sorted((one, two), key=len)
    form = not verbal and len(shorter) > 3 and longer.startswith(shorter[:-1])  # beautiful, beautifully; happy, happily
    return MistakeKind.FORM if form else MistakeKind.SPELLING


def _of_several(before: list[str], after: list[str]) -> MistakeKind:
    """Tell what several words mend: "more bigger" to "bigger", "been broke" to "was broken"."""
    lacking = [word for word in before if word not in after]
    new = [word for word in after if word not in before]
    empty = _ARTICLES | _PREPOSITIONS | _PRONOUNS | _VERBS | _NEGATIVE
    one, other = ([word for word in words if word not in empty] for words in (lacking, new))
    if len(one) == len(other) and all(_alike(a, b) or are_forms(a, b) for a, b in zip(one, other, strict=True)):
        return MistakeKind.TENSE if set(lacking + new) & _VERBS else MistakeKind.FORM
    if "".join(before) == "".join(after) or (len(after) > len(before) and _alike("".join(before), "".join(after))):
        return MistakeKind.SPELLING
    if not other and len(one) == 1 and one[0] in ("more", "most", "much", "many", "very"):
        return MistakeKind.NEEDLESS
    return MistakeKind.WORDING


def _of_chinese(removed: str, added: str) -> MistakeKind:
    one, other = ("".join(_HAN.findall(text)) for text in (removed, added))
    if set(one) <= _PARTICLES and set(other) <= _PARTICLES and one and other:
        return MistakeKind.PARTICLE
    if one == other:
        return MistakeKind.PUNCTUATION
    if len(one) == len(other) == 1 and one in _MEASURES and other in _MEASURES:
        return MistakeKind.MEASURE
    if not one:
        return MistakeKind.MISSING if len(other) <= 2 else MistakeKind.WORDING
    if not other:
        return MistakeKind.NEEDLESS if len(one) <= 2 else MistakeKind.WORDING
    if len(one) == len(other):
        return (
            MistakeKind.CHARACTER if sum(a != b for a, b in zip(one, other, strict=True)) == 1 else MistakeKind.WORDING
        )
    return MistakeKind.WORDING


def _alike(one: str, other: str) -> bool:
    """Tell whether two words are forms or spellings of one."""
    most = max(len(one), len(other))
    shared = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= _ENOUGH * most or distance(one, other, most=3) <= max(1, round(_MISTYPED * most))

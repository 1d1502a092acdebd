"""What a language repeats by nature, token by token: a penalty on repeats must leave that alone.

A penalty tells "said before" from "new", and half of a good text was said before: commas and figures, 的 and "the",
the characters that Chinese builds all its words of, the endings of words, the items of a list, what the user called
things. Penalized, a model writes "下下周" for "下周", "学到了了" for "学到了。", or another name than the user's.

- *Glue* holds no word of its own: punctuation, digits, spaces, special tokens, parts of characters, function words. It
  weighs little in a repeat, and is never punished for one that is not very long.
- *Pieces* make up words together with others: what goes on with a Latin word, and Chinese tokens of one or two
  characters, which are that and the ordinary words as well. They may come again at once, so that only repeats of
  several of them tell.
- *Given* is what the user's own message says: names, figures and terms stand in the answer as often as they must.
- What stands twice in a row may be a reduplication (天天, 好好学习, bye-bye), three times it is stammering.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence

from desktop.text.han import count_han

_ENGLISH = (
    "a about after all also am an and any are as at be because been before being but by can could did do does down for "
    "from had has have he her here him his how i if in into is it its just like may me might more most must my no not "
    "now of off on one only or other our out over own s shall she should so some such t than that the their them then "
    "there these they this those through to too under until up us very was we were what when where which while who why "
    "will with would you your"
)
_CHINESE = (
    "的 了 着 过 地 得 是 在 有 和 与 及 或 而 但 也 都 就 还 又 再 很 更 最 不 没 没有 我 你 您 他 她 它 们 我们 你们 "
    "您们 他们 她们 它们 这 那 这个 那个 这些 那些 此 其 之 以 以及 于 对 对于 为 为了 从 到 由 由于 被 把 将 让 向 给 "
    "用 等 如 如果 因为 所以 因此 但是 而且 并 并且 同时 可以 能 能够 会 要 需要 应 应该 已 已经 一个 一些 一种 进行 "
    "通过 关于 什么 怎么 上 下 中 里 后 前 内 外 时 年 月 日 号 点 个 位 件 份 次 元 万 亿 千 百 十 一 二 三 四 五 六 "
    "七 八 九 零 两 第"
)
_FUNCTION_WORDS = frozenset((*_ENGLISH.split(), *_CHINESE.split()))
_WORD_WEIGHT, _PIECE_WEIGHT, _GLUE_WEIGHT = 1.5, 1.0, 0.4  # of a token in the length of a repeat; about 1 on average
_SHORT_HAN = 2  # characters
_LONGEST_QUOTE = 8  # tokens; a longer repeat of the user's words is no name any more
_TWICE = 2  # times in a row


class Vocabulary:
    """Tells what kind the tokens of a vocabulary are; looks at each once, when it is first asked for."""

    def __init__(self, text_of: Callable[[int], str | None]) -> None:
        """Be ready.

        Args:
            text_of: gives the text of a token, with the space that it begins with; None for a special token and for a
                part of a character.
        """
        self._text_of = text_of
        self._weights: dict[int, float] = {}

    def weight(self, token: int) -> float:
        """How much a token counts in the length of a repeat: a word most, a piece of one less, glue least."""
        known = self._weights.get(token)
        if known is None:
            known = self._weights[token] = _weight(self._text_of(token))
        return known

    def is_glue(self, token: int) -> bool:
        """Whether it holds no word of its own."""
        return self.weight(token) == _GLUE_WEIGHT

    def is_word(self, token: int) -> bool:
        """Whether it is, or begins, a word of its own."""
        return self.weight(token) == _WORD_WEIGHT


class Repeatable:
    """What may be repeated in one answer."""

    def __init__(self, vocabulary: Vocabulary, given: Sequence[int] = ()) -> None:
        """Be ready.

        Args:
            vocabulary: of the model.
            given: the tokens of the user's message.
        """
        self.vocabulary = vocabulary
        self._given = tuple(given)
        self._places: defaultdict[int, list[int]] = defaultdict(list)  # token -> where it stands in `given`
        for place, token in enumerate(given):
            self._places[token].append(place)

    def at_once(self, token: int, answer: Sequence[int]) -> bool:
        """Whether a token that stands in the answer may come again without a penalty of its own."""
        return (
            not self.vocabulary.is_word(token)
            or token in self._places
            or (answer[-1] == token and list(answer[-_TWICE:]) != [token] * _TWICE)
        )

    def quoted(self, token: int, answer: Sequence[int]) -> int:
        """Count the last tokens of the answer that a token goes on with as the user's message does; 0 for too many."""
        longest = 0
        for place in self._places.get(token, ()):
            count = 0
            while count < min(place, len(answer)) and self._given[place - 1 - count] == answer[-1 - count]:
                count += 1
                if count > _LONGEST_QUOTE:
                    return 0
            longest = max(longest, count)
        return longest


def _weight(text: str | None) -> float:
    if text is None:
        return _GLUE_WEIGHT
    word = text.strip()
    if word.lower() in _FUNCTION_WORDS or not any(unicodedata.category(letter)[0] in "LM" for letter in word):
        return _GLUE_WEIGHT
    if len(word) <= _SHORT_HAN and count_han(word) == len(word):
        return _GLUE_WEIGHT if all(letter in _FUNCTION_WORDS for letter in word) else _PIECE_WEIGHT
    # A Latin word begins with a space or a capital; what has neither goes on with one.
    first = next(letter for letter in text if letter.isspace() or letter.isalpha() or not letter.isascii())
    return _PIECE_WEIGHT if first.islower() else _WORD_WEIGHT

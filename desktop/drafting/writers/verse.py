"""The forms of verse that can be counted: a couplet (对联) and a haiku, written line by line.

Each line is asked for until one has the form, or the nearest of some tries stays. A couplet has two lines of the same
number of characters, of which none stands in both; a haiku has 5, 7 and 5 syllables, or characters in Chinese.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from desktop.drafting.sentences import strip_list_mark
from desktop.drafting.writers.section_writer import DraftContext
from desktop.engine.interface import Message, Sampling, TextAdded
from desktop.text.han import HAN, count_han

_HAIKU = (5, 7, 5)
_TRIES, _TOKENS_A_LINE = 8, 40
_SHORTEST, _LONGEST = 4, 17  # characters of a line of a couplet
_LABELS = ("上联：", "下联：", "横批：")
_BANNER = 4  # characters
_SILENT = re.compile(r"(?:(?:[^laeiouysxzcgh]|th)es|[^aeioutd]ed|[^laeiouy]e)$")
_VOWELS = re.compile(r"[aeiouy]+")
_SPLIT = re.compile(
    r"^pi(?=a)|^i?de(?=a)|ia(?!l)|(?<![tsc])io(?!u)|(?<![tscr])ie[tn]|(?<!q)ua|eo(?!p)|eate|[aeiou]ing$|ying$|oe[mt]"
)
_ODD = {"people": 2, "every": 2, "everything": 3, "evening": 2, "science": 2, "area": 3}

MissOf = Callable[[str], float]  # a line -> how far it is from its form; 0: it has it


def syllables(line: str) -> int:
    """Count the syllables of an English line, by its vowels; a guess that is right for most words."""
    return sum(_of_word(word) for word in re.findall(r"[a-z]+(?:['’][a-z]+)?", line.lower()))


def _of_word(word: str) -> int:
    plain = re.sub(r"['’].*$", "", word)
    if plain in _ODD:
        return _ODD[plain]
    found = len(_VOWELS.findall(_SILENT.sub(lambda end: end[0][0], plain) if len(plain) > 3 else plain))
    return max(1, found + len(_SPLIT.findall(plain)))


def write_haiku(context: DraftContext, asked: Sequence[Message], sampling: Sampling) -> Iterator[str]:
    """Write three lines of 5, 7 and 5 syllables, or Chinese characters; gives what is there so far."""
    count = count_han if context.filled.language == "zh" else syllables
    lines: list[str] = []
    for wanted in _HAIKU:
        before = lines[-1:]

        def miss(line: str, wanted: int = wanted, before: Sequence[str] = before) -> float:
            return abs(count(line) - wanted) + 3 * (line in before)

        line = _line(context, asked, sampling, "".join(f"{each}\n" for each in lines), miss)
        if not line:
            return
        lines.append(line)
        yield "\n".join(lines)


def write_couplet(context: DraftContext, asked: Sequence[Message], sampling: Sampling) -> Iterator[str]:
    """Write a Chinese couplet with the four characters above it; gives what is there so far."""
    lines: list[str] = []
    misses: tuple[MissOf, ...] = (
        upper_miss,
        lambda line: lower_miss(line, lines[0]),
        lambda line: abs(count_han(line) - _BANNER) + len(re.findall(f"[^{HAN}]", line)),
    )
    for label, miss in zip(_LABELS, misses, strict=True):
        said = "".join(f"{name}{line}\n" for name, line in zip(_LABELS, lines, strict=False)) + label
        line = _line(context, asked, sampling, said, miss)
        if not line:
            return
        lines.append(line)
        yield "\n".join(f"{name}{each}" for name, each in zip(_LABELS, lines, strict=False))


def upper_miss(line: str) -> float:
    """Tell how far a line is from one that a couplet may begin with."""
    length = count_han(line)
    outside = max(0, _SHORTEST - length, length - _LONGEST)
    return outside + len(re.findall(f"[^{HAN}，、]", line)) + (len(_plain(line)) - len(set(_plain(line)))) / 2


def lower_miss(line: str, upper: str) -> float:
    """Tell how far a line is from one that answers the upper line: as long, cut alike, no character of it."""
    cut = [len(part) for part in re.split(r"\W", line)] != [len(part) for part in re.split(r"\W", upper)]
    return 2 * abs(count_han(line) - count_han(upper)) + len(set(_plain(line)) & set(_plain(upper))) + cut


def _plain(line: str) -> str:
    return "".join(re.findall(f"[{HAN}]", line))


def _line(context: DraftContext, asked: Sequence[Message], sampling: Sampling, said: str, miss: MissOf) -> str:
    """Have one line written behind those before it: the first that has the form, or the nearest."""
    best, least = "", float("inf")
    for tried in range(_TRIES):
        if context.stop.is_set():
            break
        seed = context.seed + 31 * len(said) + tried
        options = replace(sampling, max_tokens=_TOKENS_A_LINE, stop=("\n",) if said else ("\n\n",), seed=seed)
        prompt = [*asked, Message("assistant", said)] if said else asked
        text = "".join(
            event.text for event in context.engine.stream(prompt, options, context.stop) if isinstance(event, TextAdded)
        )
        line = _bare(text.strip().partition("\n")[0])
        if line and miss(line) < least:
            best, least = line, miss(line)
        if not least:
            break
    return best


def _bare(line: str) -> str:
    line = re.sub(r"^(?:[上下]联|横批|[Ll]ine \d)\s*[:：]\s*", "", strip_list_mark(line).strip("*_ "))
    return line.rstrip("。；，,;").strip()

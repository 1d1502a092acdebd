"""What a model can really do, measured on a handful of short tasks: the record in its manifest, and the rules.

A name or a manifest says little of what a model writes: half of the small ones speak a language in which they cannot
keep a date. So each is given the same tasks once, after its preparation (`calibrating`), and this says what the answers
are worth:

- A language is *written* where an answer is in its script, is not garbage, and the model finds good text of it likely.
- A brief is *followed* where its facts stand in the answer and no other figures do; better, where that is about as long
  as was asked and holds no talk about the task. The mean of the tasks, 0 to 1, is kept for each language.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.engine.interface import Ability
from desktop.text.han import count_han

VERSION = 1  # of the tasks and rules; a model measured by an older one is measured again
LANGUAGES = ("en", "zh")
FOLLOWED = 0.5  # of the briefs: above it a model writes by itself
_FEWEST_TASKS = 2  # that must be over before one can tell whether briefs are followed
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_FEWEST_LETTERS = 20  # of an answer that can be told from garbage
_OWN_SCRIPT = 0.6  # of the letters
_FRESH = 0.45  # of the groups of four letters; less is going in circles
_LIKELY = {"en": 1.5, "zh": 3.8}  # nats a letter of good text, at most, where a model has learnt the language
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_LETTERS = re.compile(r"[^\W\d_]")
_CHATTER = re.compile(
    r"\bas an ai\b|\blanguage model\b|\bI(?:'m| am) sorry\b|\bI can(?:not|'t) \b|\b(?:certainly|sure)[!,]|"
    r"\bhere(?:'s| is) (?:a|an|the|your)\b|作为(?:一个)?(?:AI|人工智能|语言模型)|当然可以|以下是|"
    r"\[(?:your|name|recipient|date)[^\]\n]*\]|"
    r"\[[^\]\n]*(?:姓名|名字|日期)[^\]\n]*\]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CalibrationTask:
    """Something that a model is asked, and by what one sees that it did it.

    Attributes:
        language: ISO 639-1.
        prompt: the request.
        facts: ways to write each fact; one of them must stand in the answer.
        shortest, longest: of the answer, in words or Chinese characters.
        max_tokens: after which the answer is cut.
    """

    language: str
    prompt: str
    facts: tuple[tuple[str, ...], ...]
    shortest: int
    longest: int
    max_tokens: int = 96


@dataclass(frozen=True, slots=True)
class Measured:
    """What a calibration found.

    Attributes:
        version: of the tasks and rules.
        when: day of the calibration, UTC, as 2026-11-30; "" where it is not told.
        languages: what it really writes, ISO 639-1.
        follows_brief: how well it does what briefs ask for, by language, in [0, 1]; languages in which there was too
            little time to tell are missing.
        decode_tokens_per_s: how fast it wrote, on this machine; 0 where that was not measured.

    Raises:
        ValueError: one of them cannot be meant.
    """

    version: int
    when: str
    languages: tuple[str, ...]
    follows_brief: Mapping[str, float] = field(default_factory=dict)
    decode_tokens_per_s: float = 0.0

    def __post_init__(self) -> None:
        if self.version < 1 or (self.when and not _DATE.fullmatch(self.when)):
            raise ValueError("“measured” has a version or a day that cannot be")
        if not all(isinstance(language, str) for language in self.languages):
            raise ValueError("“measured.languages” has a value of the wrong kind")
        if not all(0 <= share <= 1 for share in self.follows_brief.values()) or self.decode_tokens_per_s < 0:
            raise ValueError("“measured” has a share or a speed that cannot be")

    @property
    def abilities(self) -> Mapping[str, Ability]:
        """What it can be asked for, by language."""
        return {
            language: Ability.NONE
            if language not in self.languages
            else Ability.FREE
            if self.follows_brief.get(language, 0.0) > FOLLOWED
            else Ability.GUIDED
            for language in LANGUAGES
        }


# The short ones first: they are over on any machine.
TASKS: tuple[CalibrationTask, ...] = (
    CalibrationTask(
        "en",
        "Say in one sentence: this week the team signed 3 contracts worth 45,000 euros, and Lee visited 12 customers.",
        (("3", "three"), ("45,000", "45000", "45 000", "45.000"), ("Lee",), ("12", "twelve")),
        8,
        40,
        64,
    ),
    CalibrationTask(
        "zh",
        "用一句话写：本周团队签了3份合同，回款45万元，李明拜访了12家客户。",
        (("3", "三"), ("45万", "四十五万", "450000"), ("李明",), ("12", "十二")),
        15,
        70,
        64,
    ),
    CalibrationTask(
        "en",
        "Write a short notice for the tenants: the lift is out of order from Monday to Wednesday, use the stairs at "
        "entrance B, questions to Mr Okafor, telephone 5512.",
        (("Monday",), ("Wednesday",), ("stairs",), ("entrance B",), ("Okafor",), ("5512",)),
        15,
        80,
    ),
    CalibrationTask(
        "zh",
        "给住户写一个简短的通知：周一到周三电梯停用，请走B门的楼梯，有问题找周师傅，电话5512。",
        (("周一", "星期一"), ("周三", "星期三"), ("楼梯",), ("B",), ("周师傅",), ("5512",)),
        20,
        140,
    ),
    CalibrationTask(
        "en",
        "Write an email to Ms Alvarez in three sentences: the meeting moves to 14 March, room 207, please bring the "
        "budget.",
        (("Alvarez",), ("14 March", "March 14", "14th of March", "14th March"), ("207",), ("budget",)),
        15,
        90,
    ),
    CalibrationTask(
        "zh",
        "给王经理写一封三句话的邮件：会议改到3月14日，在207室开，请带上预算表。",
        (("王",), ("3月14", "三月十四"), ("207",), ("预算",)),
        20,
        140,
    ),
)

# Good text of each language that nobody has learnt by heart; how likely a model finds it tells whether it knows it.
SPECIMENS: Mapping[str, str] = {
    "en": "The last bus had gone, so we walked home along the river and talked about what we would cook on Sunday.",
    "zh": "最后一班公交车已经开走了，我们只好沿着河边走回家，一路上商量星期天做什么菜。",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one answer is worth.

    Attributes:
        written: it is text of its language; None where it was cut before one could tell.
        followed: how well it does what was asked, in [0, 1]; None for one that was cut for want of time.
    """

    written: bool | None
    followed: float | None


def judge(task: CalibrationTask, answer: str, *, out_of_time: bool = False) -> Verdict:
    """Judge an answer to a task: one that lost or invented a fact did not follow it, whatever else it did."""
    text = answer.strip()
    written = is_written(text, task.language)
    if out_of_time:
        return Verdict(written if len(_LETTERS.findall(text)) >= _FEWEST_LETTERS else None, None)
    folded = text.casefold()
    kept = all(any(form.casefold() in folded for form in forms) for forms in task.facts)
    given = {*_FIGURE.findall(task.prompt), *map(str, range(1, 4))}  # a list may be counted
    if not written or not kept or not given.issuperset(_FIGURE.findall(text)):
        return Verdict(written, 0.0)
    length = count_han(text) if task.language == "zh" else len(text.split())
    manners = (task.shortest <= length <= task.longest) + (not _CHATTER.search(text))
    return Verdict(written, (2 + manners) / 4)


def is_written(text: str, language: str) -> bool:
    """Tell whether a text is in a language's script and no garbage."""
    letters = _LETTERS.findall(text)
    if len(letters) < _FEWEST_LETTERS or "\ufffd" in text:
        return False
    own = count_han(text) if language == "zh" else sum(letter.isascii() for letter in letters)
    return own / len(letters) >= _OWN_SCRIPT and _freshness("".join(letters)) >= _FRESH


def knows(language: str, nats_per_letter: float) -> bool:
    """Tell whether a model that finds the language's specimen this unlikely has learnt the language."""
    return nats_per_letter <= _LIKELY[language]


def summary(
    verdicts: Sequence[tuple[CalibrationTask, Verdict]],
    nats_per_letter: Mapping[str, float],
    decode_tokens_per_s: float,
    when: str,
) -> Measured:
    """Sum up.

    Args:
        verdicts: of the tasks that there was time for.
        nats_per_letter: of the specimens; empty where the engine cannot judge texts.
        decode_tokens_per_s: how fast it wrote.
        when: today, UTC, as 2026-11-30.
    """
    languages, follows = [], {}
    for language in LANGUAGES:
        own = [verdict for task, verdict in verdicts if task.language == language]
        told = [verdict.written for verdict in own if verdict.written is not None]
        judged = language in nats_per_letter
        known = not judged or knows(language, nats_per_letter[language])
        # A machine so busy that no answer came far shows nothing against a language whose good text the model knows.
        if known and (2 * sum(told) >= len(told) if told else judged):
            languages.append(language)
            followed = [verdict.followed for verdict in own if verdict.followed is not None]
            if len(followed) >= _FEWEST_TASKS:
                follows[language] = round(sum(followed) / len(followed), 2)
    return Measured(VERSION, when, tuple(languages), follows, round(decode_tokens_per_s, 1))


def _freshness(letters: str) -> float:
    """Give the share of groups of four letters that stand there only once or twice."""
    groups = Counter(letters[at : at + 4] for at in range(len(letters) - 3))
    return sum(count for count in groups.values() if count <= 2) / max(1, groups.total())

"""What a request tells and a text does not say: found, and put in by one sentence that the model writes for it."""

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.drafting.author import GAP
from desktop.drafting.english import as_sentence
from desktop.drafting.facts import content_words, covered, numbers
from desktop.drafting.sentences import features, is_whole, split_sentences, strip_chatter
from desktop.drafting.writers.free.given import GivenFacts, alike
from desktop.drafting.writers.free.guards import SentenceGuard
from desktop.engine.interface import Engine, Message, Sampling, TextAdded
from desktop.text.han import count_han, without_han

_SORRY = re.compile(r"道歉|致歉|歉意|对不起|不好意思|过意不去")
_SHARE = 0.5  # of a fact's words, or pairs of characters, that must stand in the text
_FEWEST_BESIDE_A_FIGURE = 3  # characters: “第45周” tells nothing
_FEWEST_WORDS, _FEWEST_CHARACTERS = 3, 6  # of a fact that is worth a line of its own
_DIRECTIVE = re.compile(
    r"^(?:please |and |also )?(?:ask|thank|offer|invite|tell|remind|suggest|mention|say|explain|apologi[sz]e|"
    r"propose|request|"
    r"congratulate|wish|include|add|show|note|point out|stress)(?: (?:him|her|them|for|to|that|if|whether|"
    r"everyone|the))*\b\s*",
    re.IGNORECASE,
)
_ASK = {
    "en": "The text does not say this yet: {fact}\nWrite the one sentence that says it, to be put into the text. Only "
    "that sentence.",
    "zh": "正文里还没有写到：{fact}\n请只写一句话，把它说清楚，用来补进正文。只写这一句。",
}
_ASK_AGAIN = {
    "en": "This sentence of the text does not say all of it: {sentence}\nWrite it again so that it also says: {fact}\n"
    "Only that sentence.",
    "zh": "正文里的这句话没有说全：{sentence}\n请重写这一句，把这个意思也说进去：{fact}\n只写这一句。",
}
_ASKED = re.compile(
    r"the text does not say|this sentence of the text|正文里(?:还没有|的这句)", re.IGNORECASE
)  # said again
_LONGER = 2.2  # than it was, at most, with the rest of the fact in it
_TRIES, _TOKENS, _LONGEST_CLOSING = 2, 80, 60
_FAREWELL = re.compile(
    r"(?:(?:kind|best|warm|with (?:kind|best|warm)) (?:regards|wishes)|yours\b|sincerely|best,?$|love,?$|cheers|"
    r"此致|敬礼|"
    r"祝您|祝你|祝好|顺祝|敬上)",
    re.IGNORECASE,
)
_EMPTY_LABEL = re.compile(
    r"(?:日期|时间|电话|签名|姓名|申请人|请假人|家长|落款|联系人|Date|Name|Phone|Signature|Signed)\s*[：:]"
)
_OF_WHO_SIGNS = re.compile(r"(?:签名|姓名|申请人|请假人|家长|落款|Name|Signature|Signed)\s*[：:]")
_LAST_LINES = 4  # where a letter ends: an empty label elsewhere heads what stands below it
_CLOSING = re.compile(
    r"^(?:(?:kind|best|warm|with kind) (?:regards|wishes)|yours\b|sincerely|best\b|thanks|thank you|love\b|"
    r"cheers|此致|敬礼|"
    r"祝|顺祝|谢谢|感谢|盼复|特此|[^\n。]{1,14}[：:]$)",
    re.IGNORECASE,
)


def missing_facts(facts: Sequence[str], text: str) -> list[str]:
    """Give the facts that a text does not say: a figure is missing, or most of the words."""
    return [fact for fact in facts if not says(text, fact)]


def says(text: str, fact: str) -> bool:
    """Tell whether a text says a fact, in other words perhaps."""
    if covered(fact, text):
        return True
    fact, text = (alike(_SORRY.sub("抱歉", each)) for each in (fact, text))
    given = GivenFacts(text)
    if not all(given.holds(number) for number in numbers(fact)):
        return False
    wanted = features(_DIRECTIVE.sub("", fact))
    return not wanted or len(wanted & features(text)) >= _SHARE * len(wanted)


def half_told(fact: str, text: str) -> str:
    """Give the sentence of a text that tells most of a fact, but not all; "" where none does."""
    wanted = features(_DIRECTIVE.sub("", fact))
    sentences = (each for line in text.splitlines() for each in split_sentences(line) if is_whole(each))
    told = [(len(wanted & features(each)), each) for each in sentences]
    most, sentence = max(told, default=(0, ""), key=lambda each: each[0])
    return sentence if most and most >= _SHARE * len(wanted) else ""


def worth_a_line(fact: str) -> bool:
    """Tell whether a fact says something by itself: “calm” and “hotel” do not."""
    if _DIRECTIVE.match(fact):
        return False  # said to the writer: in his own words it would be strange in the text
    if numbers(fact) and (content_words(without_han(fact)) or count_han(fact) >= _FEWEST_BESIDE_A_FIGURE):
        return True
    return len(content_words(fact)) >= _FEWEST_WORDS or count_han(fact) >= _FEWEST_CHARACTERS


@dataclass(frozen=True, slots=True)
class FactWriter:
    """Has the model say one fact of a request, for a text that does not say it.

    Attributes:
        engine: the model.
        messages: what the text is written from.
        guard: judges the sentence.
        sampling: how tokens are picked.
        plainly: a fact may stand as the user wrote it, as in a report; in a letter it would be strange.
    """

    engine: Engine
    messages: Sequence[Message]
    guard: SentenceGuard
    sampling: Sampling
    plainly: bool = True

    def mended(self, fact: str, text: str, stop: threading.Event) -> tuple[str, str]:
        """Give a sentence that tells a part of a fact, and what tells all in its place; "" where there is none."""
        if not (old := half_told(fact, text)):
            return "", ""
        language = "zh" if self.guard.language == "zh" else "en"
        asked = [*self.messages, Message("assistant", text)]
        asked.append(Message("user", _ASK_AGAIN[language].format(sentence=old, fact=fact)))
        before = [sentence for sentence in split_sentences(text) if sentence != old]
        new = self._answer(asked, stop, 0)
        keeps = numbers(old) <= numbers(new) and len(new) <= max(_LONGER * len(old), len(old) + len(fact))
        if is_whole(new) and keeps and says(new, fact) and self.guard.fault(new, before) in ("", "repeated", "empty"):
            return old, new
        return "", ""

    def _answer(self, asked: Sequence[Message], stop: threading.Event, tried: int) -> str:
        """Give the first sentence of an answer."""
        seed = (self.sampling.seed or 0) + 7 * tried + 1
        options = replace(self.sampling, max_tokens=_TOKENS, seed=seed, stop=("\n",))
        answer = "".join(e.text for e in self.engine.stream(asked, options, stop) if isinstance(e, TextAdded))
        sentence = " ".join(split_sentences(strip_chatter(answer))[:1]).strip(' "“”')
        return "" if _ASKED.match(sentence) else sentence

    def sentence(self, fact: str, text: str, stop: threading.Event) -> str:
        """Give a sentence that says a fact behind a text; "" or the fact itself where the model finds none."""
        language = "zh" if self.guard.language == "zh" else "en"
        asked = [*self.messages, *([Message("assistant", text)] if text.strip() else [])]
        asked.append(Message("user", _ASK[language].format(fact=fact)))
        before = split_sentences(text)
        for tried in range(_TRIES):
            sentence = self._answer(asked, stop, tried)
            if is_whole(sentence) and says(sentence, fact) and self.guard.fault(sentence, before) in ("", "repeated"):
                return sentence
        if not self.plainly or stop.is_set():
            return ""
        return as_sentence(fact) if language == "en" else f"{fact.rstrip('。')}。"


def inserted(text: str, sentence: str, fact: str, facts: Sequence[str]) -> str:
    """Put a sentence where its fact belongs: behind the one before it in the request, else before the one after it."""
    blocks = text.split("\n\n")
    first = next((at for at, block in enumerate(blocks) if _is_prose(block)), len(blocks) - 1)
    closings = (at for at, block in enumerate(blocks) if at > first and _CLOSING.match(block.strip()))
    end = next(closings, len(blocks))
    place = list(facts).index(fact)
    for earlier in reversed(facts[:place]):
        if found := [at for at in range(end) if _is_prose(blocks[at]) and says(blocks[at], earlier)]:
            return "\n\n".join([*blocks[: found[0]], _joined(blocks[found[0]], sentence), *blocks[found[0] + 1 :]])
    for later in facts[place + 1 :]:
        if found := [at for at in range(end) if _is_prose(blocks[at]) and says(blocks[at], later)]:
            return "\n\n".join([*blocks[: found[0]], sentence, *blocks[found[0] :]])
    return "\n\n".join([*blocks[:end], sentence, *blocks[end:]])


def behind_the_rest(text: str, sentences: str) -> str:
    """Put a paragraph behind what a text tells, before what closes a letter."""
    blocks = text.rstrip().split("\n\n")
    first = next((at for at, block in enumerate(blocks) if _is_prose(block)), len(blocks) - 1)
    end = next((at for at, block in enumerate(blocks) if at > first and _CLOSING.match(block.strip())), len(blocks))
    return "\n\n".join([*blocks[:end], sentences, *blocks[end:]])


def _is_prose(block: str) -> bool:
    return bool(re.search(r"[.!?。！？]", block)) and not block.startswith(("#", "|"))


def _joined(block: str, sentence: str) -> str:
    if last := re.search(r"(?m)^(\s*[-*] |\s*\d{1,2}[.、] ?)[^\n]*\Z", block):
        mark = re.sub(r"\d+", lambda found: str(int(found[0]) + 1), last[1])
        return f"{block}\n{mark}{sentence}"
    return f"{block.rstrip()}{'' if count_han(sentence) else ' '}{sentence}"


def closing_of(example: str) -> str:
    """Give the lines that close a letter, such as “Kind regards”, without who signs it; "" where there are none."""
    blocks = example.strip().split("\n\n")
    kept = [block for block in blocks[1:] if _FAREWELL.match(block.strip())]
    return kept[-1].strip() if kept and len(kept[-1]) < _LONGEST_CLOSING else ""


def has_closing(text: str) -> bool:
    """Tell whether a letter ends as letters do."""
    return any(_FAREWELL.match(block.strip()) for block in text.split("\n\n")[1:])


def signed(text: str, closing: str, signature: str) -> str:
    """End a letter as letters end.

    Args:
        text: of the letter.
        closing: lines that close it where none do; "": none are put in.
        signature: lines that stand below; "": nobody said, and where nothing stands there a gap is left.
    """
    if closing and not has_closing(text):
        text = f"{text}\n\n{closing}"
    all_lines = text.split("\n")
    ending = all_lines[-_LAST_LINES:]
    labels = [line for line in ending if _OF_WHO_SIGNS.fullmatch(line.strip())]
    ending = [line for line in ending if not _EMPTY_LABEL.fullmatch(line.strip())]
    text = "\n".join([*all_lines[:-_LAST_LINES], *ending]).rstrip()
    last = text.rsplit("\n\n", 1)[-1]
    if signature and signature.split("\n", 1)[0] in last:
        return text
    closed = has_closing(text)
    lines = f"{labels[0].strip()}{signature or GAP}" if labels else signature
    if not lines and closed and all(map(_FAREWELL.match, filter(None, map(str.strip, last.splitlines())))):
        lines = GAP
    return f"{text}\n{lines}" if lines and (closed or labels) else f"{text}\n\n{lines}".rstrip()

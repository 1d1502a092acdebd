"""The words of CC-CEDICT and of the HSK lists: what the Chinese encoder learns from, and what fills open slots."""

import random
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

_ENTRY = re.compile(r"\S+ (\S+) \[([^]]*)\] /(.*)/")
_NOT_A_GLOSS = re.compile(
    r"^(variant of|old variant|see |surname|used in|CL:|also |abbr\.|\(|Japanese |erhua|same as|Taiwan pr)"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A Chinese word with its first English glosses."""

    chinese: str
    pinyin: str
    glosses: tuple[str, ...]


class Dictionary:
    """CC-CEDICT, read from the text file that the package carries.

    Attributes:
        words: simplified Chinese, only entries with a usable gloss.
        homophones: for each character, others that are typed with the same pinyin.
    """

    def __init__(self, folder: Path) -> None:
        (path,) = folder.glob("**/cedict_1_0_ts_utf-8_mdbg.txt")
        self.words = [word for line in path.read_text(encoding="utf-8").splitlines() if (word := read_entry(line))]
        self.common: set[str] = set()
        for hsk in folder.glob("**/HSK*wordlist*.txt"):
            self.common |= set(re.findall(r"[一-鿿]+", hsk.read_text(encoding="utf-8")))
        sounds: dict[str, list[str]] = defaultdict(list)
        characters = {sign for word in self.common for sign in word}
        for word in self.words:
            if len(word.chinese) == 1 and word.chinese in characters:
                sounds[re.sub(r"\d", "", word.pinyin.lower())].append(word.chinese)
        self.homophones = {
            sign: [other for other in group if other != sign]
            for group in sounds.values()
            for sign in group
            if len(set(group)) > 1
        }
        nouns = [word for word in self.words if 2 <= len(word.chinese) <= 4 and is_noun(word)]
        self._chinese = [word.chinese for word in nouns if word.chinese in self.common] * 3
        self._chinese += [word.chinese for word in nouns if set(word.chinese) <= characters]
        self._english = [
            gloss for word in nouns for gloss in word.glosses if re.fullmatch(r"[a-z][a-z '-]{2,24}", gloss)
        ]

    def chinese(self, random_: random.Random) -> str:
        """Draw a Chinese noun."""
        return random_.choice(self._chinese)

    def english(self, random_: random.Random) -> str:
        """Draw an English noun phrase of one to four words."""
        return random_.choice(self._english)


def read_entry(line: str) -> Word | None:
    """Read a line of CC-CEDICT: traditional simplified [pinyin] /gloss/gloss/."""
    match = _ENTRY.match(line)
    if match is None or not re.fullmatch(r"[一-鿿]+", match[1]):
        return None
    glosses = []
    for gloss in match[3].split("/"):
        gloss = re.sub(r"\s*\([^)]*\)|\[[^]]*\]", "", gloss).strip()
        if gloss and not _NOT_A_GLOSS.match(gloss) and len(gloss.split()) <= 5 and not re.search(r"[一-鿿|]", gloss):
            glosses.append(gloss)
    return Word(match[1], match[2], tuple(glosses[:3])) if glosses else None


def is_noun(word: Word) -> bool:
    """Guess from the gloss: no verb (to …), no sentence, no name in capitals."""
    return all(
        not gloss.startswith("to ") and gloss[:1].islower() and len(gloss.split()) <= 4 for gloss in word.glosses
    )

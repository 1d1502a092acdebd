"""Which sentences of a model a draft can do without.

A small model writes much that no user wants: invented figures and people, talk about the task, the same again. Text is
generated a few sentences at a time and passes through here before it joins the draft. What the user knows better, all
figures, names and dates, the model is not trusted with: those stand in the draft as the brief gives them.
"""

import functools
import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from desktop.drafting.facts import content_words, names, numbers, stem
from desktop.drafting.sentences import CHATTER, features, is_whole, placeholders, similarity, split_sentences
from desktop.drafting.template.template import Strictness
from desktop.text.han import count_han, holds_han

SAME = 0.55  # share of words in common, above which two sentences say the same
_COPIED = 0.7
_SHORT = 4  # letters: pronouns
_FEWEST, _FEWEST_IN_A_STORY = 4, 2  # words that carry meaning: "She looked up at the light." tells something
_NEW_WORDS = 4  # that carry meaning: fewer say nothing new
_BEGINNING = 4  # words
_BEHIND_ADVERB, _NEAR = 3, 4  # words behind “Still,” that may not stand in this many sentences before
_ADVERB = re.compile(r"^[A-Z][\w’'-]*(?: [\w’'-]+){0,4}, (?:and |but )?")
_PHRASE, _PHRASE_TIMES = 4, 2  # words; how often a draft may hold it
_LONG_PHRASE = 6  # words that may not stand twice within `_FAR` sentences
_WORDS_A_TIME = 400  # of the draft, for each time more
_FAR, _SAME_FAR = 25, 0.75  # sentences before, from which on more may be in common
_WORDS = re.compile(r"[\w’'-]+")
_NO_PROSE = re.compile(r"[<>|{}\\#_]|\*\*|https?:|www\.|@|\[|\]")
_PERCENT = re.compile(r"\b(?:percent(?:age)?|hundreds|thousands|millions|billions|trillions)\b")
_META = re.compile(
    r"\b(?:this|the|each|next|following|first|second|last) (?:paragraph|section|sentence|essay|prompt|passage|text|"
    r"template|document|draft|heading|bullet)s?\b|\bword count\b|\b(?:argument|essay|paragraph) (?:argues|concludes)|"
    r"\bin this (?:essay|paragraph|section|article|paper|speech)\b|\bthe (?:author|writer|speaker|reader)s?\b|"
    r"\bi(?:'d| would) be happy to\b|"
    r", (?:so |and )?that is the \w+\.$|\bthis task\b|"
    r"\b(?:concise|thorough|clear) (?:explanation|narrative|overview)\b|"
    r"\bintroduc\w+ the (?:topic|subject)\b|\b(?:the|these|this) key points\b|\bbrief overview\b|\bgives? readers\b|"
    r"\binform(?:s|ing)? (?:the )?readers\b|\b(?:remember|note) (?:to|that)\b|"
    r"smollm|hugging face|\bprompt\b|这一段|本段|提示词",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    r"\b(?:stud(?:y|ies)|research(?:ers)?|survey|report(?:ed)? by|"
    r"according to|published|university|statistics?|experts?|"
    r"scientists?|evidence (?:shows|suggests)|no evidence|"
    r"(?:several|many|recent) years|(?:believes|announced|agreed|confirmed) that|"
    r"underway|(?:was|were|been) (?:\w+ )?"
    r"(?:completed|implemented|finished|achieved|fixed|resolved|launched|approved|awarded)|"
    r"successfully|met with|has been (?:shown|proven))\b|"
    r"研究表明|调查显示|据[^，]{1,12}(?:报道|统计)",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|dozens?|hundreds?|"
    r"thousands?|millions?|billions?|percent|percentage|half of|a third|a quarter|doubled|"
    r"tripled)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|"
    r"Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|tomorrow|century|decades?|years ago|"
    r"(?:last|past|previous|next) (?:week|month|quarter|year)s?)\b"
)
_CLICHE = re.compile(
    r"\b(?:diligently|tirelessly|in today[’']s|fast-paced|ever-evolving|ever-changing|tapestry|testament|beacon|delve|"
    r"game[- ]changer|world-class|cutting-edge|state-of-the-art|top-notch|unprecedented|proud to|honou?r(?:ed)? to|"
    r"multifaceted|far-reaching|imperative|pivotal|paramount|myriad|plethora|seamless(?:ly)?|underscore[sd]?|realm|"
    r"touch(?:es)? on a|embark|invaluable|comprehensive (?:analysis|approach|understanding|overview)|"
    r"cannot be overstated|play(?:s|ed)? a (?:crucial|vital|significant|key) role|holistic|transformative|"
    r"a positive (?:development|impact|outcome|step)|digital (?:age|era)|"
    r"modern era|double-edged|exceptional|journey|world a better place)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"\b[Aa] (?:[ai]\w|e(?!u)\w|o(?!ne\b|ne-|nce\b)\w)|\b[Aa]n (?!hour|hono|honest|heir)[bcdfghjklmnpqrstvwz]"
)
# “In the coming weeks, they …”: nobody was named whom it could mean.
_WHO = re.compile(r"^[A-Z][\w’'-]*(?: [\w’'-]+){0,4}, they\b")
_PERSON = re.compile(r"\b(?:he|she|him|his|her|hers|himself|herself)\b", re.IGNORECASE)
# Whom a story brings in; somebody whom the brief does not know leads a small model away from it.
_PEOPLE = re.compile(
    r"\b(?:m[ae]n|wom[ae]n|ladies|lady|girls?|boys?|bab(?:y|ies)|child(?:ren)?|mother|father|mom|dad|parents?|daughters?|"
    r"sons?|wife|husband|brothers?|sisters?|kings?|queens?|princess|prince|strangers?|monsters?|friends?|narrator|lover|"
    r"soldiers?|doctors?|teachers?|police)\b",
    re.IGNORECASE,
)
_SHE, _HE = re.compile(r"\b(?:she|her|hers|herself)\b", re.I), re.compile(r"\b(?:he|him|his|himself)\b", re.I)
_FOREIGN = re.compile(r"[^\W\d_]*[\u00c0-\u024f][^\W\d_]*")
_MINE = re.compile(r"\b(?:I|my|me)\b")
_FREE_CAPITALS = frozenset({"I", "I’m", "I'm", "I’ve", "I've", "I’d", "I'd", "I’ll", "I'll", "English", "Internet"})


@dataclass(frozen=True, slots=True)
class OutputFilter:
    """Which sentences may join a draft.

    Attributes:
        known: the brief, all of it: its names may be used.
        language: of the draft, ISO 639-1.
        strictness: fiction: people, places and numbers may be invented; opinion: no names, dates and figures;
            factual: no vague amounts either.
        copied: texts that the model must not repeat: its instructions.
        forbidden: words that may not appear, e.g. “I” in a report.
        longest: most words in a sentence.
        cast: the brief says whom a story is about.
    """

    known: str
    language: str = "en"
    strictness: Strictness = "factual"
    copied: Sequence[str] = ()
    forbidden: re.Pattern[str] | None = None
    longest: int = 42
    cast: bool = False
    _known_words: frozenset[str] = field(init=False, default=frozenset())
    _known_stems: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        words = frozenset(re.findall(r"[\w’'-]+", self.known.lower()))
        object.__setattr__(self, "_known_words", words)
        object.__setattr__(self, "_known_stems", frozenset(map(stem, words)))

    def fault(self, sentence: str, before: Sequence[str]) -> str:
        """Say what is wrong with a sentence; "" if nothing is.

        Args:
            sentence: a whole sentence.
            before: the sentences of the draft so far.
        """
        rules: dict[str, Callable[[str], object]] = {
            "not whole": lambda text: not is_whole(text),
            "about the task": lambda text: CHATTER.search(text) or _META.search(text),
            "placeholder": lambda text: placeholders(text) or _NO_PROSE.search(text),
            "language": self._other_language,
            "length": self._too_long_or_short,
            "voice": lambda text: self.forbidden and self.forbidden.search(text),
            "empty": lambda text: self.language != "zh" and len(set(content_words(text))) < self._fewest,
            "cliché": _CLICHE.search,
            "unbalanced": lambda text: text.count('"') % 2 or text.count("“") != text.count("”"),
            "stutter": _stutters,
            "foreign word": lambda text: any(word.lower() not in self._known_words for word in _FOREIGN.findall(text)),
            "article": _ARTICLE.search,
            "copied": lambda text: any(_share_of(text, other) > _COPIED for other in self.copied),
            "said before": lambda text: any(
                _says_the_same(text, other, SAME if far < _FAR else _SAME_FAR)
                for far, other in enumerate(reversed(before))
            ),
            "same beginning": lambda text: _begins_like_another(text, before),
            "pet phrase": lambda text: _pet_phrase(text, before),
        }
        found = next((name for name, broken in rules.items() if broken(sentence)), "")
        return found or (self._strange(sentence) if self.strictness == "fiction" else self._invented(sentence))

    def hopeless(self, begun: str, before: Sequence[str]) -> bool:
        """Tell whether the sentence being written will never pass, so that the rest need not be waited for.

        Args:
            begun: what is written so far: whole sentences, perhaps, and the beginning of one.
            before: as in `fault`.
        """
        *whole, sentence = split_sentences(begun[: begun.rfind(" ") + 1]) or [""]  # the last word may not be whole yet
        if self.language == "zh" or not sentence or is_whole(sentence):
            return False
        before = [*before, *whole]
        return bool(
            (self.forbidden and self.forbidden.search(sentence))
            or _begins_like_another(sentence, before)
            or _pet_phrase(sentence, before)
        )

    @property
    def _fewest(self) -> int:
        return _FEWEST_IN_A_STORY if self.strictness == "fiction" else _FEWEST

    def _other_language(self, sentence: str) -> bool:
        chinese = count_han(sentence)
        if self.language == "zh":
            return chinese < 0.5 * len(re.sub(r"\s", "", sentence))
        return bool(chinese) and not holds_han(self.known)

    def _too_long_or_short(self, sentence: str) -> bool:
        if self.language == "zh":
            return not 5 <= len(sentence) <= 2 * self.longest
        return not 4 <= len(re.findall(r"[\w’'-]+", sentence)) <= self.longest

    def _invented(self, sentence: str) -> str:
        if numbers(sentence):
            return "number"
        if _CLAIM.search(sentence) and not _CLAIM.search(self.known):
            return "claim"
        if re.search(r"[“\"„]", sentence):
            return "quotation"
        for pattern in (_QUANTITY, _DATE) if self.strictness == "factual" else (_PERCENT, _DATE):
            if any(found.lower() not in self.known.lower() for found in pattern.findall(sentence)):
                return "amount or date"
        if self.language != "zh" and any(not self._known_name(name) for name in names(sentence)):
            return "name"
        if self.language != "zh" and _WHO.search(sentence):
            return "person"
        # Whoever the user named may be either.
        return "person" if _PERSON.search(sentence) and not _PERSON.search(self.known) else ""

    def _strange(self, sentence: str) -> str:
        """Say who in a sentence does not belong to a story whose people the brief names."""
        if not self.cast or self.language == "zh":
            return ""
        if any(stem(found.lower()) not in self._known_stems for found in _PEOPLE.findall(sentence)):
            return "stranger"
        if any(not self._known_name(name) for name in names(sentence)):
            return "name"
        one = _SHE if _HE.search(self.known) else _HE if _SHE.search(self.known) else None
        both = _HE.search(self.known) and _SHE.search(self.known)
        return "person" if one and not both and one.search(sentence) else ""

    def _known_name(self, name: str) -> bool:
        known = self._known_words
        return name in _FREE_CAPITALS or name.lower() in known or re.split(r"[’'-]", name.lower())[0] in known


def _stutters(sentence: str) -> bool:
    """Tell whether a sentence says a word too often, or a phrase twice."""
    words = [word.lower() for word in re.findall(r"[\w’'-]+", sentence)]
    content = content_words(sentence)
    if any(content.count(word) > 2 for word in set(content)):
        return True
    pairs = list(itertools.pairwise(content))
    if len(pairs) != len(set(pairs)):
        return True
    if re.search(r"\b(\w+),? (?:and|or) \1\b", sentence, re.IGNORECASE):
        return True
    triples = list(zip(words, words[1:], words[2:], strict=False))
    return len(triples) - len(set(triples)) > 1


def _share_of(sentence: str, other: str) -> float:
    """Tell how much of a sentence another one holds, from 0 to 1: naming the whole topic copies nothing."""
    own, theirs = features(sentence), features(other)
    return len(own & theirs) / len(own) if own else 0.0


def _says_the_same(sentence: str, other: str, same: float) -> bool:
    """Tell whether a sentence adds little to another: what explains a short note holds its words, and more."""
    if similarity(sentence, other) <= same:
        return False
    own, theirs = set(content_words(sentence)), set(content_words(other))
    return len(own - theirs) < _NEW_WORDS or len(own & theirs) > SAME * len(own) or not own


def _begins_like_another(sentence: str, before: Sequence[str]) -> bool:
    """Tell whether a sentence begins as another, or as a near one behind an adverb: “As a rule, I think it…”."""
    first = _words(sentence)[:_BEGINNING]
    if len(first) == _BEGINNING and any(_words(other)[:_BEGINNING] == first for other in before):
        return True
    first = _words(_ADVERB.sub("", sentence))[:_BEHIND_ADVERB]
    near = (_words(_ADVERB.sub("", other))[:_BEHIND_ADVERB] for other in before[-_NEAR:])
    return len(first) == _BEHIND_ADVERB and any(other == first for other in near)


def _pet_phrase(sentence: str, before: Sequence[str]) -> bool:
    """Tell whether words of a sentence stand in a row in the draft: six once, nearby, or four twice already."""
    words = _words(sentence)
    near = " ".join(" ".join(_words(other)) for other in before[-_FAR:])
    if any(" ".join(words[at : at + _LONG_PHRASE]) in near for at in range(len(words) - _LONG_PHRASE + 1)):
        return True
    text = " ".join(" ".join(_words(other)) for other in before)
    phrases = {" ".join(words[at : at + _PHRASE]) for at in range(len(words) - _PHRASE + 1)}
    most = _PHRASE_TIMES + text.count(" ") // _WORDS_A_TIME
    return any(text.count(phrase) >= most for phrase in phrases)


@functools.lru_cache(maxsize=2048)  # each sentence of a draft is compared with every new one
def _words(sentence: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(sentence.lower()))


def avoiding(words: Sequence[str], language: str, known: str = "") -> re.Pattern[str] | None:
    """Make the pattern of words that may not appear; None where any may. A longer word of the brief's own may."""
    if _MINE.search(known):  # the brief itself says “my first marathon”
        words = [word for word in words if word not in ("I", "my", "me")]
    words = [word for word in words if len(word) <= _SHORT or word.lower() not in known.lower()]
    if not words:
        return None
    choice = "|".join(re.escape(word) for word in words)
    if language == "zh":
        return re.compile(choice)
    # "I" is matched as it is, the others however they are written.
    return re.compile(rf"(?<![\w’'-])(?:{choice})(?![\w-])") if "I" in words else re.compile(rf"\b(?:{choice})\b", re.I)

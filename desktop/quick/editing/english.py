"""What a word of an English sentence may have been meant to be: respelled, another form, a word it is mistaken for.

Only proposals: most are worse than what is there, and whoever uses them judges each in its sentence.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from desktop.quick.editing.spelling import WordList

# Words that are mistaken for one another; a word may stand in several lines.
_MISTAKEN = """
there their they're
your you're
its it's
to too two
then than
of have
no know
now know
were where we're
was were
is are
am is
has have had
do does
don't doesn't
don't didn't
isn't aren't
wasn't weren't
hasn't haven't
affect effect
lose loose
losing loosing
loses looses
who's whose
weather whether
accept except
quite quiet
much many
less fewer
amount number
me I
him he
her she
them they
us we
a an the
this these
that those
advice advise
breath breathe
choose chose
lead led
passed past
principal principle
piece peace
hear here
right write
by buy
week weak
wait weight
threw through
would will
can could
will would had
people peoples
everyday every_day
alot a_lot
lets let's
in on at
for since
say tell said told
good well
bad badly
""".strip().splitlines()
# Forms of one word that no rule gives.
_FORMS = """
be been being
go goes went gone going
come comes came coming
see sees saw seen seeing
do does did done doing
get gets got getting
give gives gave given giving
take takes took taken taking
make makes made making
know knows knew known knowing
think thinks thought thinking
say says said saying
tell tells told telling
find finds found finding
leave leaves left leaving
feel feels felt feeling
bring brings brought bringing
begin begins began begun beginning
keep keeps kept keeping
hold holds held holding
write writes wrote written writing
meet meets met meeting
run runs ran running
pay pays paid paying
sit sits sat sitting
speak speaks spoke spoken speaking
lead leads led leading
read reads reading
grow grows grew grown growing
lose loses lost losing
fall falls fell fallen falling
send sends sent sending
build builds built building
understand understands understood understanding
break breaks broke broken breaking
spend spends spent spending
drive drives drove driven driving
buy buys bought buying
wear wears wore worn wearing
choose chooses chose chosen choosing
eat eats ate eaten eating
teach teaches taught teaching
catch catches caught catching
sell sells sold selling
win wins won winning
forget forgets forgot forgotten forgetting
show shows showed shown showing
fly flies flew flown flying
throw throws threw thrown throwing
draw draws drew drawn drawing
drink drinks drank drunk drinking
sing sings sang sung singing
swim swims swam swum swimming
rise rises rose risen rising
child children childs childrens
man men mans
woman women womans
""".strip().splitlines()
_IRREGULAR = tuple(frozenset(line.split()) for line in _FORMS)
_CONTRACTED = {
    "dont": "don't doesn't", "doesnt": "doesn't", "didnt": "didn't", "cant": "can't", "wont": "won't", "isnt": "isn't",
    "arent": "aren't", "wasnt": "wasn't", "werent": "weren't", "hasnt": "hasn't", "havent": "haven't",
    "hadnt": "hadn't", "couldnt": "couldn't", "shouldnt": "shouldn't", "wouldnt": "wouldn't", "im": "I'm",
    "ive": "I've", "youre": "you're", "theyre": "they're", "thats": "that's", "whats": "what's", "i": "I",
}  # fmt: skip
# Known in another spelling: "organise" is not a mistake for "organize".
_BRITISH = (
    (r"is(e[drs]?|ing|ation|ations)$", r"iz\1"),
    (r"our", "or"),
    (r"tre(s?)$", r"ter\1"),
    (r"ll(?=ed|ing|er)", "l"),
)
_FUNCTION_WORDS = frozenset(
    "a an and are as at be but by for from i if in is it its of on or so that the this to was we with you".split()  # noqa: SIM905
)
_MODAL = frozenset(("can", "could", "will", "would"))
_PRESENT_ED = frozenset("need feed seed speed exceed proceed succeed bed red shed indeed".split())  # noqa: SIM905
_MOST = 5
_LEAP, _STEP = 2.4, 1.0
# Both are mostly English; which is meant, only the writer knows.
_LOOSE = tuple(
    frozenset(pair.split()) for pair in ("the a", "the an", "in on", "in at", "on at", "this that", "amount number")
)


def are_forms(one: str, other: str) -> bool:
    """Tell whether two words, in small letters, are forms of one word that no rule gives: break, broken."""
    return any({one, other} <= forms for forms in _IRREGULAR)


class EnglishWords:
    """Proposes words; the word list is read when it is first needed."""

    def __init__(self) -> None:
        self._alike: dict[str, list[str]] = {}
        self._past = {"had", "was", "were", "didn't", "wasn't", "weren't", "hadn't", "said", "told"}
        for line in _FORMS:
            forms = line.split()
            if forms[-1].endswith("ing") and len(forms) > 3 and forms[0] not in ("be", "read"):
                self._past.update(forms[2:-1])
        self._past -= {"come", "run"}
        for line in [*_MISTAKEN, *_FORMS]:
            words = [word.replace("_", " ") for word in line.split()]
            for word in words:
                self._alike.setdefault(word.lower(), []).extend(one for one in words if one != word)

    @cached_property
    def _list(self) -> WordList:
        return WordList.english()

    def known(self, word: str) -> bool:
        """Tell whether a word is spelled in some usual way."""
        lower = word.lower().replace("’", "'")
        plain = re.sub(r"'(?:s|re|ve|ll|d|m|t)?$", "", lower)
        if any(one in self._list for one in (lower, plain)):
            return True
        return any(re.sub(pattern, other, plain) in self._list for pattern, other in _BRITISH)

    def proposals(self, word: str, following: str, *, first: bool) -> list[str]:
        """Give what a word may have been meant to be, the likeliest first.

        Args:
            word: as it stands there.
            following: the next word, "" at the end.
            first: it begins a sentence, so its capital says nothing.
        """
        lower = word.lower().replace("’", "'")
        if word[0].isupper() and not first and lower not in self._alike:
            return []
        found = [*_CONTRACTED.get(lower, "").split(), *self._alike.get(lower, ())]
        if not found and lower not in _FUNCTION_WORDS and "'" not in lower:
            found = list(self._respelled(lower) if not self.known(word) else self._forms(lower))
        if lower == following.lower():
            found.append("")
        return [_as_written(one, word) for one in dict.fromkeys(found) if one != lower or one != word][: _MOST + 3]

    def leap(self, word: str, proposal: str) -> float:
        """Tell how far a change goes beyond a mistake of form: a known word in another tense may mean another thing.

        Gives natural logarithms by which a sentence must become likelier on top of what any change must gain.
        """
        one, other = word.lower().replace("’", "'"), proposal.lower().replace("’", "'")
        if one.startswith(other) and len(one) > len(other) + 2:  # "childrens" is not meant to be "child"
            return _LEAP
        if not self.known(one):
            return 0.0
        if any({one, other} <= pair for pair in _LOOSE):
            return _STEP
        if one in _MODAL and other in _MODAL:
            return _LEAP
        if self._is_past(one) != self._is_past(other):
            return _LEAP
        return _STEP if one.endswith("ing") != other.endswith("ing") else 0.0

    def _is_past(self, word: str) -> bool:
        return word in self._past or (word.endswith("ed") and word not in _PRESENT_ED)

    def _respelled(self, word: str) -> Iterator[str]:
        yield from [one for one in self._list.near(word) if "'" not in one][:_MOST]

    def _forms(self, word: str) -> Iterator[str]:
        if len(word) < 3:
            return
        forms = {form for base in _bases(word) if base in self._list for form in _inflected(base)} - {word}
        often = [form for form in forms if self._list.often(form)]
        yield from sorted(often, key=lambda form: (-self._list.counts[form], form))[:_MOST]


def _bases(word: str) -> Iterator[str]:
    yield word
    for ending, others in (("ies", ("y",)), ("es", ("", "e")), ("s", ("",)), ("ied", ("y",)), ("ed", ("", "e")),
                           ("ing", ("", "e")), ("ily", ("y",)), ("ly", ("", "le"))):  # fmt: skip
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            yield from (stem + other for other in others)
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]


def _inflected(base: str) -> Iterator[str]:
    yield base
    yield base[:-1] + "ily" if base.endswith("y") else base[:-1] + "y" if base.endswith("le") else base + "ly"
    if re.search("[^aeiou]y$", base):
        yield from (base[:-1] + "ies", base[:-1] + "ied", base + "ing")
    elif base.endswith("e"):
        yield from (base + "s", base + "d", base[:-1] + "ing")
    else:
        yield from (base + ("es" if re.search("(?:s|x|z|ch|sh)$", base) else "s"), base + "ed", base + "ing")
        yield from (base + base[-1] + "ed", base + base[-1] + "ing")


def _as_written(proposal: str, word: str) -> str:
    if word[:1].isupper() and proposal[:1].islower():
        proposal = proposal[0].upper() + proposal[1:]
    return proposal.replace("'", "’") if "’" in word else proposal

"""Puts what the user wrote in a form's field into an English sentence: articles, gerunds, names in a greeting.

A field holds keywords ("new bike shed", "open a bakery in Leeds"); a frame such as "This plan is about …" needs a noun
phrase. Without a parser this goes by the first and the head word, and where both leave doubt it changes nothing.
"""

import re
from collections.abc import Iterable

from desktop.text.figures import code_spans
from desktop.text.han import holds_han

# Of the web, of mail, of a repository; a full stop behind it is not part of it.
ADDRESS = re.compile(
    r"https?://\S*[^\s.,;:!?)]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:www\.)?\w[\w-]*(?:\.[\w-]+)*\.[a-z]{2,}(?:/[\w./?=&%#~-]*[\w/])?"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DETERMINERS = _words(
    """
    a an the this that these those my our your his her its their no some any all every each both either neither
    several many most more few what how why when where who which whether if
    """
)
PREPOSITIONS = _words(
    """
    of for in at on with from to about by between against during without under over after before through as and or
    versus vs than that who which since behind near every per this
    """
)
# Nouns that take no article where they stand for a thing in general.
_MASS = _words(
    """
    work homework support security safety health life water music leave air training software hardware research
    education equipment information advice news progress traffic climate change energy power weather art sport
    sports history science nature food coffee tea money time love peace hope trust respect courage patience fear
    anger joy happiness success failure growth care fun luck luggage furniture media data feedback staff sleep
    exercise transport travel tourism poverty wealth beauty youth childhood democracy privacy literacy bullying
    marriage culture language technology tradition stress noise waste plastic pollution recycling fitness yoga
    football basketball tennis swimming reading chess law medicine maths mathematics physics economics politics
    kindness friendship leadership teamwork e-commerce onboarding maintenance insurance finance shopping agriculture
    biodiversity nutrition obesity inflation migration immigration development management globalization automation
    meditation motivation innovation communication cooperation evolution education
    """
)
_MASS_ENDINGS = ("ness", "ity", "ship", "ism", "ics", "ology", "acy", "ing", "hood", "ance", "ence", "phy")
_COUNTABLE = _words(
    """
    meeting building opening wedding painting training city facility university community party opportunity activity
    conference audience agency pharmacy charity society identity responsibility membership scholarship internship
    relationship dealership crossing clinic topic picnic ceremony spring string king ring thing listing landing
    gathering hearing briefing recording
    """
)
_VERBS = _words(
    """
    open launch build create introduce hire start improve reduce organize organise plan move change train develop
    establish implement expand upgrade replace install renovate redesign migrate write publish run host hold set
    learn study prepare visit attend join sell buy rent lease recruit teach grow plant clean repair fix make find
    get raise save cut increase extend adopt switch merge convert turn restore promote apply become help protect
    reach complete finish review update test deploy design celebrate invite request thank cancel reschedule postpone
    confirm ask complain resign accept decline remind follow welcome announce offer order send call contact print
    choose check bring reply pay discuss speak keep stop try provide allow support explain describe show monitor
    track document collect analyze analyse present negotiate book label lend fly meet eat drink walk use put carry
    deliver
    """
)
_QUESTIONS = frozenset(("should", "can", "is", "are", "do", "does", "will", "must", "could", "would", "has", "have"))
_DOUBLED = frozenset(("run", "set", "get", "cut", "plan", "begin", "stop", "put", "let", "win", "swim", "sit"))


_NO_HEROES = _DETERMINERS | PREPOSITIONS | _words("he she it we you they i there then one two three nobody everybody")


def as_subject(topic: str) -> str:
    """Give a topic as a noun phrase for the middle of a sentence: "the new bike shed", "opening a bakery"."""
    topic = re.sub(r"^(?:thank you|thanks) for ", "", topic.strip().rstrip(".!?。"), flags=re.IGNORECASE)
    words = topic.split()
    if not words or not topic.isascii():
        return topic
    first = words[0].lower()
    if first in _VERBS and len(words) > 1 and (first not in _NOUNS_TOO or words[1].lower() in _DETERMINERS):
        return " ".join([_gerund(first), *words[1:]])
    if first in _DETERMINERS or first.endswith(("'s", "’s")) or first[0].isdigit() or first == "to":
        return _small_first(topic)
    if first in _QUESTIONS:
        return f"the question “{topic}?”"
    if first.endswith("ing") and words[1:2] == ["of"]:
        return f"the {_small_first(topic)}"
    if first in _GERUNDS:
        return _small_first(topic)
    head = _head(words)
    if (
        head[:1].isupper()
        or words[0][1:].lower() != words[0][1:]
        or any("’s" in word or "'s" in word for word in words)
    ):
        return topic if head[:1].isupper() else _small_first(topic)
    if _takes_article(head.lower()):
        return f"the {_small_first(topic)}"
    return _small_first(topic)


def as_new(thing: str) -> str:
    """Give a noun phrase with "a" or "an", where it takes one: "a degree in physics", "5 years in Rome"."""
    words = thing.split()
    first = words[0].lower() if words else ""
    head = _head(words) if words else ""
    if first in ("first", "second", "third", "last", "next"):
        return f"the {thing}"
    if " and " in thing or ", " in thing.split(" in ")[0]:
        return thing
    if not head or not thing.isascii() or first in _DETERMINERS or first[0].isdigit() or first in _GERUNDS:
        return thing
    if head[:1].isupper() or not _takes_article(head.lower()):
        return thing
    small = _small_first(thing)
    return f"{'an' if small[0] in 'aeiouAEIO' else 'a'} {small}"


def reader(audience: str) -> str:
    """Give an audience as it stands behind "Dear": without "the" and "my"."""
    return re.sub(r"^(?:the|all|my|our|to)\s+(?:of\s+)?(?:the\s+)?", "", audience.strip(), flags=re.IGNORECASE).rstrip(
        " ,."
    )


def hero(points: Iterable[str]) -> str:
    """Give the name of whom a story is about: the first point that begins with one, "Mira keeps the lighthouse"."""
    points = list(points)
    # Where all points begin with a capital, the first word may be any.
    careful = len(points) > 1 and all(point[:1].isupper() for point in points)
    for point in points:
        first, *rest = [*point.split(), "", ""][:3]
        plain = first.strip(",;:.!?")
        if not re.fullmatch(r"[A-Z][^\W\d_]+(?:[’'-][^\W\d_]+)*", plain) or plain.lower() in _NO_HEROES:
            continue
        does = rest[0].lower() in _QUESTIONS | {"was", "were", "had", "and"} or is_verb(rest[0].lower(), behind="")
        if does or (not careful and rest[0].islower() and rest[0].endswith("s")):
            return plain.removesuffix("’s").removesuffix("'s")
    return ""


def role(topic: str) -> str:
    """Give the position that an application is for: "cover letter for a nurse position" is one for a nurse."""
    head = (
        r"^(?:(?:cover letter|letter|application|résumé|resume|cv|apply|applying)\s+(?:for|as)\s+)?(?:an?\s+|the\s+)?"
    )
    plain = re.sub(head, "", topic.strip(), count=1, flags=re.IGNORECASE)
    plain = re.sub(r"^(?:position|job|role)\s+(?:of|as)\s+(?:an?\s+|the\s+)?", "", plain, flags=re.IGNORECASE)
    return re.sub(r"\s+(?:position|job|role)$", "", plain, flags=re.IGNORECASE) or topic


def as_sentence(point: str) -> str:
    """Begin a point with a capital and end it with a stop."""
    point = point.strip().rstrip(";,")
    if ADDRESS.fullmatch(point):
        return point
    if not ADDRESS.match(point) and not is_spelled(point):
        point = point[:1].upper() + point[1:]
    if holds_han(point):  # also behind a figure or a foreign word
        return point if re.search(r"[.!?。！？…”」]$", point) else f"{point}。"
    return point if re.search(r"[.!?。！？…]$", point) else f"{point}."


def is_spelled(text: str) -> bool:
    """Tell whether a text begins with what has a spelling of its own: v2.10.1, PR, iPhone, us-east-1."""
    first = text.split()[0] if text.split() else ""
    return first[1:].lower() != first[1:] or any(start == 0 for start, _ in code_spans(first))


def begins_with_verb(point: str) -> bool:
    """Tell whether a point leaves out who does it: "answered 340 tickets", "hire a cook"."""
    words = point.split()
    first = words[0].lower() if words else ""
    if (first.endswith("ed") and len(first) > 4) or first in PAST:
        return True
    second = words[1].lower() if len(words) > 1 else ""
    if second in _ARTICLES and first.isalpha() and first == words[0] and first not in _BEFORE_ARTICLES:
        return True
    if first in _VERBS and (first not in _NOUNS_TOO or second in _DETERMINERS or second[:1].isdigit()):
        return True
    several = second in _MASS or (second.endswith("s") and not second.endswith("ss"))
    phrasal = first in _WITH_A_PARTICLE and second in ("with", "on", "off", "at")
    return phrasal or (first in _SELDOM_NOUNS and several)


_ARTICLES = frozenset(("the", "a", "an", "my", "our", "your", "their"))
_BEFORE_ARTICLES = (
    _DETERMINERS
    | PREPOSITIONS
    | _words(
        """
    half only even just not also but or so yet almost quite rather nearly such thus therefore because although while
    until unless despite plus minus behind into onto toward towards beyond along across around off out up down within
    upon is are was were be been has have had do does did will would can could should must may might
    """
    )
)
PAST = _words(
    """
    sang swam hid threw caught chose drove flew forgot heard knew lent rode rang shook slept woke understood felt dug
    fell drank ate wore fled built began bought brought cut did drew found gave got grew had held hit kept led left
    lost made met moved paid put ran rose said saw sent set sold spent spoke stood taught took went won wrote
    """
)
# Verbs that as often are nouns: "change management", "test results", "design team".
_NOUNS_TOO = _words(
    """
    order call contact print check reply pay support show document present book label stop try change plan train
    move start launch study visit test design review update offer request help hire repair fix clean plant host run
    open set switch turn train find get cut save increase raise welcome cancel review rent lease learn walk use
    drink
    """
) - frozenset(("open", "hire", "learn", "find", "get"))


def is_verb(word: str, *, behind: str, before: str = "") -> bool:
    """Tell whether a small-written word between two others is most likely the verb of a sentence."""
    if word in _HAPPENS:
        return True
    if word in PAST:
        return behind not in PREPOSITIONS
    if word.endswith("s") and not word.endswith("ss"):
        base = word[:-1]
        known = base in _VERBS or base in _SENTENCE_VERBS or base in ("take", "stop")
        object_follows = before in _DETERMINERS or before in ("up", "out", "at", "to", "back") or before[:1].isdigit()
        return known and behind not in _DETERMINERS and (base not in _NOUNS_TOO or object_follows)
    plural = behind in _PLURAL or (behind.endswith("s") and not behind.endswith(("ss", "us")))
    return plural and (word in _SENTENCE_VERBS or (word in _VERBS and word not in _NOUNS_TOO))


# What a thing does by itself, so that no "was" is missing before it: "plankton declined after 1990".
_HAPPENS = _words(
    "declined increased decreased rose fell dropped doubled tripled improved arrived happened failed disappeared ended "
    "closed opened stopped started crashed died survived returned occurred remained worked collapsed expired"
)
_SELDOM_NOUNS = frozenset(("drink", "use", "save", "eat", "wear", "help", "clean", "plant", "visit", "cut", "reduce"))
_WITH_A_PARTICLE = frozenset(("start", "begin", "sleep", "turn", "switch"))


def may_hold_verb(point: str) -> bool:
    """Tell whether any word behind the first may be the verb of a sentence."""
    words = [word.lower().strip(",;:.!?") for word in point.split()]
    inner = any(word.endswith("s") and not word.endswith("ss") for word in words[1:-1])
    several = words[0].endswith("s") and len(words) > 2 and words[1] not in PREPOSITIONS
    return inner or several or any(word in _VERBS or word in _SENTENCE_VERBS or word in PAST for word in words[1:])


_PLURAL = frozenset(("people", "children", "men", "women", "police", "sheep"))
_SENTENCE_VERBS = _words(
    """
    cost travel trust do protect receive pollinate repair worry depend suffer work earn deliver teach
    defend feel come want need think know like love live lead cause seem decide believe tell happen rise fall lose
    win spend mean help give leave make keep bring take go stay grow stand eat drive speak write read sing run
    meet hold pay buy sell build break carry
    save reduce allow show learn become belong remain exist matter deserve hate burn
    """
)


_DONE = _words(
    "eaten made built held given taken written driven grown lost sold bought worn broken paid sent seen spoken"
)


def _head(words: list[str]) -> str:
    """Give the noun that a phrase is about: the last word before the first preposition."""
    for index, word in enumerate(words):
        if index and (word.lower() in PREPOSITIONS or (word.endswith("ed") and len(word) > 4) or word in _DONE):
            return words[index - 1].rstrip(",:")
    return words[-1].rstrip(",:")


def _takes_article(head: str) -> bool:
    if head in _COUNTABLE:
        return True
    if head in _MASS or head.endswith(_MASS_ENDINGS):
        return False
    return not (head.endswith("s") and not head.endswith(("ss", "us", "is")))


def _gerund(verb: str) -> str:
    if verb in _DOUBLED:
        return f"{verb}{verb[-1]}ing"
    if verb.endswith("e") and not verb.endswith(("ee", "ye")):
        return f"{verb[:-1]}ing"
    return f"{verb}ing"


def _small_first(text: str) -> str:
    """Begin with a small letter, unless the first word is a name or an abbreviation."""
    first = text.split()[0]
    if first.lower() in _DETERMINERS or first.lower() in _MASS or first.lower() in _VERBS:
        return text if first == "I" else text[0].lower() + text[1:]
    return text


_GERUNDS = frozenset(_gerund(verb) for verb in _VERBS - _NOUNS_TOO)

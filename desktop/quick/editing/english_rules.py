"""Mistakes in English that can be told without a model: only those that are mistakes wherever they stand.

    text -> each rule, outside of what is protected -> text

Whatever the model, these come first, and what they mend is never asked about. What depends on the sentence (their or
there, is or are) is left to who can judge it (`corrections`, `proofreading`).
"""

import re
from collections.abc import Callable
from functools import cache

from desktop.quick.editing.protected import protected, touches

_Change = str | Callable[[re.Match[str]], str]
# Misspelled -> right, for words that the list of words would not surely give back.
_MISSPELLED = """
adress address, adresses addresses, recieve receive, recieved received, recieves receives, reciept receipt, definately
definitely, definitly definitely, untill until, tommorow tomorrow, tommorrow tomorrow, tomorow tomorrow, thier their,
becuase because, beacuse because, wich which, whith with, teh the, alot a_lot, noone no_one, aswell as_well, seperate
separate, seperately separately, occured occurred, occuring occurring, occurence occurrence, begining beginning,
beleive believe, beleives believes, beleived believed, acheive achieve, acheived achieved, accomodate accommodate,
accomodation accommodation, enviroment environment, goverment government, realy really, finaly finally, usefull
useful, sucessful successful, successfull successful, suprise surprise, suprised surprised, suprising surprising,
neccessary necessary, necesary necessary, unfortunatly unfortunately, immediatly immediately, probaly probably, freind
friend, freinds friends, wierd weird, calender calendar, commitee committee, comittee committee, embarass embarrass,
existance existence, experiance experience, foward forward, fourty forty, gaurantee guarantee, happend happened,
heighth height, independant independent, knowlege knowledge, libary library, lenght length, maintainance maintenance,
medecine medicine, mispell misspell, occassion occasion, oportunity opportunity, oppurtunity opportunity, paralell
parallel, payed paid, peice piece, posession possession, prefered preferred, priviledge privilege, proffesional
professional, pronounciation pronunciation, publically publicly, reccomend recommend, recomend recommend, refered
referred, remeber remember, restarant restaurant, restaraunt restaurant, similiar similar, sincerly sincerely, speach
speech, strenght strength, truely truly, wether whether, writting writing, writen written, wrongfull wrongful,
electricty electricity, perscription prescription, speaked spoke, buyed bought, thinked thought, writed wrote, goed
went, teached taught, catched caught, choosed chose, thiefs thieves, tomatos tomatoes, potatos potatoes, storys
stories, familys families, citys cities, childs children, childrens children, mans men, womans women, informations
information, advices advice, furnitures furniture, equipments equipment, feedbacks feedback, homeworks homework,
luggages luggage, knowledges knowledge, softwares software, untidyness untidiness, greatful grateful, concious
conscious, curiousity curiosity, dissapointed disappointed, disapointed disappointed, dissapear disappear,
explaination explanation, familar familiar, febuary February, wensday Wednesday, wednsday Wednesday, intrested
interested, intresting interesting, langauge language, managment management, noticable noticeable, persue pursue,
questionaire questionnaire, relevent relevant, responsability responsibility, rythm rhythm, scedule schedule, sieze
seize, throught through, tonigth tonight, vaccum vacuum, vegatable vegetable, visable visible, wellcome welcome
"""
_CONTRACTED = """
dont don't, doesnt doesn't, didnt didn't, cant can't, wont won't, isnt isn't, arent aren't, wasnt wasn't, werent
weren't, hasnt hasn't, havent haven't, hadnt hadn't, couldnt couldn't, shouldnt shouldn't, wouldnt wouldn't, im I'm,
ive I've, youre you're, theyre they're, thats that's, whats what's, i I
"""
_NAMES = """
monday tuesday wednesday thursday friday saturday sunday january february april june july september october november
december english german french spanish italian chinese japanese european american british christmas easter
""".split()  # noqa: SIM905
# Stems of adjectives that are compared by -er and -est.
_STEMS = (
    "bigg|small|larg|great|cheap|fast|slow|easi|happi|hard|old|young|high|low|strong|weak|tall|short|long|cold|warm|hott|nic|"
    "simpl|thick|thinn|clean|saf|rich|poor|deep|wid|bright|dark|quick|lat|earli|near|heavi|light|funni|busi|pretti|soon"
)
_COMPARED = rf"better|worse|best|worst|(?:{_STEMS})(?:er|est)"
_THAN = rf"better|worse|less|more|fewer|rather|other|(?:{_STEMS})er"
_DETERMINER = "(?:the|a|an|our|my|your|his|her|their|this|that)"
_BASES = "be|go|do|have|leave|get|make|take|come|see|say|pay|work|wait"
_VERBS = "hear|see|meet|receive|work|get|read|speak|talk|welcome|learn|visit"
_HEARD_AS_VOWEL = re.compile(r"hour|honest|honou?r|heir|[aeiou]", re.IGNORECASE)
_HEARD_AS_CONSONANT = re.compile(
    r"eu|ew|one(?:\b|-)|once\b|uni(?!m|n)|us[eu]|ut[ei]|uk\b|ufo\b|ubiq|urop", re.IGNORECASE
)
_ONE_SOUND = re.compile(r"[a-z]{2,}\Z")  # figures, abbreviations and names may be read otherwise than they are written


def corrected_english(text: str) -> str:
    """Give the text without what is surely mistaken; names, addresses and code stay as they are."""
    for pattern, change in _rules():
        spans = protected(text)
        text = pattern.sub(lambda found, spans=spans, change=change: _changed(found, spans, change), text)  # type: ignore[misc]
    return text


def _changed(found: re.Match[str], spans: tuple[tuple[int, int], ...], change: _Change) -> str:
    if touches(*found.span(), spans):
        return found[0]
    new = found.expand(change) if isinstance(change, str) else change(found)
    return new[0].upper() + new[1:] if found[0][:1].isupper() and new[:1].islower() else new


@cache
def _rules() -> tuple[tuple[re.Pattern[str], _Change], ...]:
    words = {}
    for pair in f"{_MISSPELLED},{_CONTRACTED}".replace("\n", " ").split(","):
        if pair.strip():
            wrong, right = pair.split()
            words[wrong] = right.replace("_", " ")
    words |= {name: name.capitalize() for name in _NAMES}
    listed = re.compile(
        rf"(?<![\w'’.@/-])(?:{'|'.join(sorted(words, key=len, reverse=True))})(?![\w'’@/-]|\.\w)", re.IGNORECASE
    )

    def respelled(found: re.Match[str]) -> str:
        word = found[0]
        if word.isupper() and len(word) > 1:
            return words[word.lower()].upper() if word.lower() not in _NAMES and word.lower() != "im" else word
        if word in ("I", "i") and not re.match(r"[ ,] ?[a-z]|['’]", found.string[found.end() :]):
            return word  # a variable, a number of a list
        return words[word.lower()]

    def article(found: re.Match[str]) -> str:
        word = found[2]
        vowel = bool(_HEARD_AS_VOWEL.match(word)) and not _HEARD_AS_CONSONANT.match(word)
        if not _ONE_SOUND.search(word):
            return found[0]
        return ("an " if vowel else "a ") + word

    return (
        (listed, respelled),
        (re.compile(r"\b((?:[cw]|sh)ould|might|must) of\b(?! course)", re.IGNORECASE), r"\1 have"),
        (re.compile(rf"\b(?:more|most) ({_COMPARED})\b", re.IGNORECASE), r"\1"),
        (re.compile(rf"\b(even|much|far) more (even )?({_COMPARED})\b", re.IGNORECASE), r"\1 \3"),
        (re.compile(rf"\b({_THAN}) then(?= \w)", re.IGNORECASE), r"\1 than"),
        (re.compile(rf"\bforward to ({_VERBS})\b", re.IGNORECASE), lambda found: "forward to " + _ing(found[1])),
        (re.compile(rf"\b(discuss(?:ed|es|ing)?) about (?={_DETERMINER}\b)", re.IGNORECASE), r"\1 "),
        (re.compile(r"\b(married) with (?=(?:a|an|my|his|her|the)\b)", re.IGNORECASE), r"\1 to "),
        (re.compile(r"\b(interested) (?:on|for|at)\b", re.IGNORECASE), r"\1 in"),
        (re.compile(r"\b(depend(?:s|ed|ing)?) (?:of|from)\b", re.IGNORECASE), r"\1 on"),
        (re.compile(rf"\b(must|can|could|should|will|would) to (?=(?:{_BASES})\b)", re.IGNORECASE), r"\1 "),
        (re.compile(r"\b(?:in|at) ((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?)\b(?!['’])"), r"on \1"),
        (re.compile(r"\b(the|a|an|of|and|for|with|we|you) \1\b"), r"\1"),
        (re.compile(r"\b(an?) (\w+)", re.IGNORECASE), article),
    )  # fmt: skip


def _ing(verb: str) -> str:
    if verb == "get":
        return "getting"
    return verb[:-1] + "ing" if verb.endswith("e") and verb != "see" else verb + "ing"

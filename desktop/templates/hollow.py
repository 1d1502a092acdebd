"""Tells how little a sentence says: phrases that fit anywhere, and a word that explains itself.

A small model falls back on both when it has nothing to say ("makes things better", "a checklist helps to make a list").
They are no faults, so they refuse nothing: of several sentences the one with fewer is taken.
"""

import re

from desktop.templates.facts import content_words

_VAGUE = re.compile(
    r"\b(?:(?:the )?world|(?:a |make \w+ |be )better|better (?:life|future|place|way|world)|makes? a (?:\w+ )?difference|"
    r"(?:good|great|bad|wonderful|nice|important|right|different|new|special) (?:things?|ways?|ideas?|opportunit\w+|"
    r"times?|choices?|decisions?|people)|things?|stuff|something|everything|anything|a lot|lots|able to|makes? sure|"
    r"continue (?:to|improving)|needs? to be|(?:\w+ly|significant|big|huge|great|positive) (?:impact|difference|effect)|"
    r"impact on|overall|very|really|people[’']s? lives|(?:our|their|your|his|her|daily) li(?:fe|ves)|what (?:\w+ )?"
    r"(?:want|need|do|does)s?|the future|there (?:is|are|will be)|can be (?:a|very|so)|is (?:a |very |so )?important|"
    r"in (?:a|the) \w+ way|some(?: people| of the)|many (?:people|ways|things|different)|feel (?:good|better)|"
    r"not (?:just|only) (?:about )?|work(?:ing)? together|more \w+ and \w+)\b",
    re.IGNORECASE,
)


def hollow(sentence: str) -> int:
    """Count the vague phrases of a sentence and the words that it repeats; 0 for one that says something."""
    words = content_words(sentence)
    return len(_VAGUE.findall(sentence)) + len(words) - len(set(words))

"""Tells how little a sentence says: phrases that fit anywhere, and a word that explains itself.

A small model falls back on both when it has nothing to say ("makes things better", "a checklist helps to make a list").
They are no faults, so they refuse nothing: of several sentences the one with fewer is taken.
"""

import re

from desktop.drafting.facts import content_words

_VAGUE = re.compile(
    r"\b(?:(?:the )?world|(?:a |make \w+ |be )better|better (?:life|future|place|way|world)|"
    r"makes? a (?:\w+ )?difference|(?:good|great|bad|wonderful|nice|important|right|different|new|special) "
    r"(?:things?|ways?|ideas?|opportunit\w+|times?|choices?|decisions?|people)|things?|stuff|something|everything|"
    r"anything|a lot|lots|able to|makes? sure|continue (?:to|improving)|needs? to be|"
    r"(?:\w+ly|significant|big|huge|great|positive) (?:impact|difference|effect)|impact on|overall|very|really|"
    r"people[’']s? lives|(?:our|their|your|his|her|daily) li(?:fe|ves)|what (?:\w+ )?(?:want|need|do|does)s?|"
    r"the future|there (?:is|are|will be)|can be (?:a|very|so)|is (?:a |very |so )?important|in (?:a|the) \w+ way|"
    r"some(?: people| of the)|many (?:people|ways|things|different)|feel (?:good|better)|not (?:just|only) (?:about )?|"
    r"work(?:ing)? together|more \w+ and \w+)\b",
    re.IGNORECASE,
)


def vagueness(sentence: str) -> int:
    """Count the vague phrases of a sentence and the words that it repeats; 0 for one that says something."""
    words = content_words(sentence)
    return len(_VAGUE.findall(sentence)) + len(words) - len(set(words))

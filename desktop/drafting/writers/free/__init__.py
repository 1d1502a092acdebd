"""The writer for a model that can write: a page in one go, guarded at the end of each sentence.

`writer` tells the model the request as it stands, behind a worked example of the same form (`prompt`); its sentences
pass `guards`, and what is refused is written again from the sentence before (`guarded`); what the request tells and the
text does not is put in (`coverage`).
"""

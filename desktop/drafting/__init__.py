"""Drafts documents: from what the user wants said to a text that was held against it.

    request -> `brief`: template, slots, points -> `outline`: sections with their length and points
        -> `session`: for each section a writer (`writers/`) -> `checks`: is everything there? -> `draft`

`template/` is data: what kinds of documents there are. `facts`, `length` and `sentences` read texts, `english` puts
what the user wrote into sentences, `prompts` is what the model is told.
"""

"""Drafts documents: from what the user wants said to a text that was held against it.

    request -> `brief`: template, slots, points -> `outline`: sections with their length and points
        -> `session`: for each section a writer (`writers/`) -> `checks`: is everything there? -> `draft`

`template/` is data: what kinds of documents there are. `facts`, `length`, `sentences` and `english` read texts.
"""

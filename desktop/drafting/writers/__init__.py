"""What writes the sections of a draft: one interface (`section_writer`), and a writer for each kind of text or model.

`guided/` leads a model that cannot write by itself from sentence to sentence, `whole` writes a text in one piece (with
`arithmetic` for solutions, `listing` for lists, `verse` for couplets and haiku, `summarising` for what a summary may
say), `rewinding` writes a sentence again that is at fault, `translating` keeps the form of what it translates.
"""

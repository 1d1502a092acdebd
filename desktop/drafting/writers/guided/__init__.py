"""The guided writer, for a model that cannot write by itself: what only it needs.

    prefix of the template -> `rejection_sampler`: sampled sentences -> `output_filter`: those without a fault
        -> `scorer`: the best of them -> `section`: opening, points, prose and closing -> the section's text
    point of the brief -> `realiser`: a sentence of its own -> `section`

`writer` implements the interface and holds what the sections of a draft share.
"""

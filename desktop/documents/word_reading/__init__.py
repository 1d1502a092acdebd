"""Reads Word documents (WordprocessingML, ECMA-376 part 1): what a reader of the printed document sees, in its order.

    package ──▶ styles, numbering ──▶ stories: body, headers, notes ──▶ Markdown
                                       inlines (runs, fields, symbols, equations) · tables

Changes that are tracked are taken as accepted: insertions stay, deletions go. Hidden text and comments are left out.
Elements that are not known are walked through, so that no text is lost with what surrounds it.
"""

"""Markdown as it is written: text → `pieces` → `source` → Qt's parser → `document` → `view`.

Everything here takes model output, which is not trusted: nothing is loaded, links are only reported, and no text may
hold up the window.
"""

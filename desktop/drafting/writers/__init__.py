"""Who writes a text: section by section, in one piece, or as a translation."""

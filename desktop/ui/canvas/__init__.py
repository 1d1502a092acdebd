"""A draft as an editable document: page, outline, and what can be done with a section."""

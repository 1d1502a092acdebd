"""Documents of other programs: written here; Markdown is what the rest of the application has."""

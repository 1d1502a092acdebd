"""The settings: a dialog, and a page for each subject."""

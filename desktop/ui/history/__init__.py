"""The history in the window: the link to its thread, its protection, what is said when it cannot be used."""

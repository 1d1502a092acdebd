"""Inkstone: a local, offline chat and writing assistant."""

"""Drafting in the window: gallery, brief, and the thread that writes."""

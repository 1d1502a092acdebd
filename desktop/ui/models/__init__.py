"""Models in the window: which there are, what is being done with them, and the thread that answers."""

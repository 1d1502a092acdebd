"""The sidebar: conversations of the history, searched and put in order."""

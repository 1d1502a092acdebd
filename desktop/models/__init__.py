"""Model folders: what they hold, how they are fetched, converted from GGUF, found and verified."""

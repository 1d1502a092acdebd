"""Scenes: kinds of text that people look for by name, with worked examples; read, found by word and by meaning."""

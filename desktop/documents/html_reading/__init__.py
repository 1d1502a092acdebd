"""Reads pages of HTML: what a browser shows, in its order, as Markdown; nothing is loaded or run.

bytes ──▶ encoding ──▶ a tree, by an HTML5 parser (Lexbor) ──▶ what is not shown ──▶ blocks, inlines, tables
"""

"""Conversations from elsewhere and to elsewhere: ChatGPT's export, Markdown, HTML, and JSON of our own.

A file is read and checked whole before the first row is written (`read_file`), then saved conversation by conversation
(`save`): a crash or a full disk leaves whole conversations, and importing the file again adds only what is missing.
"""

from desktop.history.exchange.foreign import ForeignConversation, ForeignDraft, ForeignFile, ForeignMessage
from desktop.history.exchange.html_page import as_html
from desktop.history.exchange.markdown_text import as_markdown
from desktop.history.exchange.own_json import write_json
from desktop.history.exchange.reading import read_file
from desktop.history.exchange.saving import Imported, save

__all__ = [
    "ForeignConversation",
    "ForeignDraft",
    "ForeignFile",
    "ForeignMessage",
    "Imported",
    "as_html",
    "as_markdown",
    "read_file",
    "save",
    "write_json",
]

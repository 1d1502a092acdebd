"""A conversation as one HTML page that loads nothing: no script, no image, no style from elsewhere."""

import html
from collections.abc import Sequence

from desktop.history.exchange.markdown_text import NAMES, time_text
from desktop.history.records import Conversation, StoredMessage

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.6 system-ui, "Noto Sans CJK SC", sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
article { margin: 1.5rem 0; } article.user { border-left: 3px solid #8886; padding-left: 1rem; }
header { font-size: .85rem; opacity: .7; } time { margin-left: .5rem; }
pre { overflow-x: auto; padding: .75rem; background: #8882; border-radius: 6px; }
table { border-collapse: collapse; } th, td { border: 1px solid #8886; padding: .25rem .6rem; }
blockquote { margin-left: 0; padding-left: 1rem; border-left: 3px solid #8886; }
"""


def as_html(conversation: Conversation, messages: Sequence[StoredMessage], language: str = "en") -> str:
    """Write a branch of a conversation; Markdown in messages is rendered, HTML in them is shown as text."""
    from desktop.text.markdown_parser import markdown_parser  # the library takes a moment to load

    parser = markdown_parser()
    title = html.escape(conversation.title or "Conversation")
    articles = []
    for at, message in enumerate(messages):
        time = time_text(message.created)
        articles.append(
            f'<article class="{message.role}">\n<header><b>{NAMES[message.role]}</b>'
            f'<time datetime="{time}">{time[:16].replace("T", " ")}</time></header>\n'
            f"{parser.render(message.text, {'docId': str(at)})}</article>\n"
        )
    return (
        f'<!DOCTYPE html>\n<html lang="{html.escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        f"{''.join(articles)}</body>\n</html>\n"
    )

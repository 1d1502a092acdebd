"""Markdown as HTML for the clipboard: what word processors and mail programs keep when it is pasted.

Every look stands at its element, as style sheets are lost on the way; there is no colour of the theme in it.
"""

import html
import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from desktop.text.markdown_parser import markdown_parser
from desktop.ui.markdown.source import cleaned

_CODE = "font-family: Consolas, 'Courier New', monospace"
_CELL = "border: 1px solid #999999; padding: 3pt 6pt"
_STYLES = {
    "table_open": "border-collapse: collapse",
    "th_open": _CELL,
    "td_open": _CELL,
    "blockquote_open": "margin-left: 18pt; border-left: 2pt solid #bbbbbb; padding-left: 8pt",
    "code_inline": _CODE,
}
_BLOCK = "p|br|ul|ol|li|table|thead|tbody|tr|th|td|blockquote|h[1-6]|section|hr"
_AROUND_BLOCKS = re.compile(rf"(?P<before></?(?:{_BLOCK})\b[^>]*>|</pre>)\n+|\n+(?=</?(?:{_BLOCK}|pre)\b)")


def rich_html(markdown: str) -> str:
    """Give a whole page; nothing in it is loaded or opens a file."""
    body = _parser().render(cleaned(markdown.replace("\r\n", "\n")))
    body = _AROUND_BLOCKS.sub(lambda found: found["before"] or "", body)  # LibreOffice makes a blank of it
    return f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body>\n{body}</body></html>\n'


def _parser() -> MarkdownIt:
    parser = markdown_parser()
    for name in _STYLES:
        parser.add_render_rule(name, _styled)
    parser.add_render_rule("link_open", _link)
    parser.add_render_rule("fence", _code_block)
    parser.add_render_rule("code_block", _code_block)
    parser.add_render_rule("footnote_ref", _note_mark)
    parser.add_render_rule("footnote_anchor", _nothing)
    return parser


def _styled(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[at]
    style = _STYLES[token.type]
    own = token.attrGet("style")  # the side of a cell
    token.attrSet("style", f"{own}; {style}" if own else style)
    if token.type == "table_open":
        token.attrSet("border", "1")
        token.attrSet("cellspacing", "0")
    if token.type == "code_inline":
        return f'<code style="{style}">{html.escape(token.content, quote=False)}</code>'
    return renderer.renderToken(tokens, at, options, env)


def _link(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    """Leave addresses out that open a file or run a program."""
    token = tokens[at]
    if not str(token.attrGet("href") or "").startswith(("http://", "https://", "mailto:")):
        token.attrs.pop("href", None)
    return renderer.renderToken(tokens, at, options, env)


def _code_block(_renderer: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: EnvType) -> str:
    text = html.escape(tokens[at].content.rstrip("\n"), quote=False)
    return f'<pre style="{_CODE}; background: #f2f2f2; padding: 6pt">{text}</pre>\n'


def _note_mark(_renderer: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: EnvType) -> str:
    return f"<sup>{int(tokens[at].meta['id']) + 1}</sup>"


def _nothing(*_: object) -> str:
    return ""

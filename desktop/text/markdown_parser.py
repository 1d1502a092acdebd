r"""The one Markdown parser of all that leaves the application: Word, PDF, HTML, the clipboard.

CommonMark with tables, strikethrough, footnotes and tasks, HTML in the text stays text; and what the window shows:

- emphasis beside full-width punctuation: **重点：**正文
- formulas as they were written, `\\` and `_` in them untouched
- ☐ and ☑ for tasks
- a picture is its description, linked to its address: nothing is loaded
- a footnote that nothing refers to stays where it stands
- ends of line that are meant: of addresses, signatures, poems (`line_breaks`); no blank for others between Chinese
- <br> is an end of line, which a cell cannot hold otherwise
"""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, emphasis, strikethrough
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin

from desktop.text.formulas import Formula, with_formulas, without_formulas
from desktop.text.han import needs_no_blank, parts_words
from desktop.text.line_breaks import HARD_BREAK, with_breaks
from desktop.text.markdown_lines import FENCE, HEADING, ITEM, TASK

_TASK = re.compile(rf"(?P<box>{TASK})(?=\s)")
_BREAK = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)
_BEGINS = re.compile(rf"[ \t]*(?:{ITEM}[ \t]|{HEADING}[ \t]|\||{FENCE})")  # a line that goes on with nothing
_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\[\]\n]{1,200}\]:[ \t]*\S")
_WEB = ("http://", "https://", "mailto:")


def markdown_parser() -> MarkdownIt:
    """Make the parser: its tokens, or its HTML (`render`) with {"docId": …} where a page holds several texts."""
    made = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    made.inline.ruler.at("emphasis", _beside_full_width(emphasis.tokenize, "*"))
    made.inline.ruler.before("html_inline", "break", _break)
    made.inline.ruler.at("strikethrough", _beside_full_width(strikethrough.tokenize, "~"))
    made.use(footnote_plugin, inline=False)  # x^[2] is more often a power than a note
    made.core.ruler.after("normalize", "formulas", _take_formulas_out)
    made.core.ruler.after("block", "line_breaks", _keep_breaks)
    made.core.ruler.before("footnote_tail", "notes_that_stay", _keep_notes)
    made.core.ruler.push("tasks", _tasks)
    made.core.ruler.push("formulas_back", _put_formulas_back)
    made.add_render_rule("image", _picture)
    made.add_render_rule("softbreak", _line_end)
    return made


def with_line_ends(markdown: str) -> str:
    """Give Markdown, formulas taken out, for another parser that shows it as this one does.

    Ends of line that are meant are hard breaks, and lines of Chinese that flow are one.
    """
    lines = markdown.split("\n")
    end = len(lines)
    while end and (not lines[end - 1].strip() or _DEFINITION.match(lines[end - 1])):
        end -= 1  # thousands of definitions may follow, which have no lines of their own
    if not any(map(_may_go_on, lines[:end], lines[1:end])):
        return markdown
    parser = markdown_parser()
    tokens: list[Token] = []
    parser.block.parse("\n".join(lines[:end]), parser, {}, tokens)
    joined: list[int] = []
    for paragraph in _paragraphs(tokens):
        first = paragraph.map[0] if paragraph.map else 0
        own = paragraph.content.split("\n")
        for at, line in enumerate(with_breaks(own)[:-1]):
            if line.endswith(HARD_BREAK):
                lines[first + at] = lines[first + at].rstrip() + HARD_BREAK
            elif needs_no_blank(line, own[at + 1]):
                joined.append(first + at)
                own_start = lines[first + at + 1].rindex(own[at + 1])
                lines[first + at + 1] = lines[first + at + 1][own_start:]
    for at in reversed(joined):
        lines[at : at + 2] = [lines[at] + lines[at + 1]]
    return "\n".join(lines)


def line_end(tokens: Sequence[Token], at: int) -> str:
    """Give what the end of line at a `softbreak` is when its paragraph is set anew: nothing between Chinese."""
    before, after = tokens[at - 1].content, tokens[at + 1].content if at + 1 < len(tokens) else ""
    return "" if needs_no_blank(before, after) else " "


def _beside_full_width(tokenize: Callable[[StateInline, bool], bool], mark: str) -> Callable[[StateInline, bool], bool]:
    def rule(state: StateInline, silent: bool) -> bool:
        start, known = state.pos, len(state.delimiters)
        if not tokenize(state, silent):
            return False
        before, after = state.src[start - 1 : start], state.src[state.pos : state.pos + 1]
        if state.src[start] == mark and parts_words(before, after):
            for delimiter in state.delimiters[known:]:
                delimiter.open = delimiter.close = True
        return True

    return rule


def _break(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "<" or not (found := _BREAK.match(state.src, state.pos)):
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos = found.end()
    return True


def _may_go_on(line: str, following: str) -> bool:
    """Tell whether the second of two lines may belong to the paragraph of the first."""
    return bool(line.strip()) and bool(following.strip()) and not _BEGINS.match(following)


def _paragraphs(tokens: Sequence[Token]) -> Iterator[Token]:
    for before, token in itertools.pairwise(tokens):
        if token.type == "inline" and before.type == "paragraph_open" and "\n" in token.content:
            yield token


def _keep_breaks(state: StateCore) -> None:
    for paragraph in _paragraphs(state.tokens):
        paragraph.content = "\n".join(with_breaks(paragraph.content.split("\n")))


def _take_formulas_out(state: StateCore) -> None:
    state.src, state.env["formulas"] = without_formulas(state.src)


def _put_formulas_back(state: StateCore) -> None:
    formulas: Sequence[Formula] = state.env["formulas"]
    if formulas:
        _put_back(state.tokens, formulas)


def _put_back(tokens: Sequence[Token], formulas: Sequence[Formula]) -> None:
    """Resolve placeholders, in code too: what is indented by four was taken for text."""
    for token in tokens:
        token.content = with_formulas(token.content, formulas)
        token.attrs = {
            name: with_formulas(value, formulas) if isinstance(value, str) else value
            for name, value in token.attrs.items()
        }
        if token.children is not None:
            _put_back(token.children, formulas)
            token.children = [part for child in token.children for part in _by_lines(child)]


def _by_lines(token: Token) -> list[Token]:
    """Cut a text with a formula of several lines as a parser cuts lines."""
    if token.type != "text" or "\n" not in token.content:
        return [token]
    parts: list[Token] = []
    for line in token.content.split("\n"):
        if parts:
            parts.append(Token("softbreak", "br", 0, level=token.level))
        parts.append(Token("text", "", 0, content=line, level=token.level))
    return parts


def _keep_notes(state: StateCore) -> None:
    """Make paragraphs of footnotes that nothing refers to, and of all but the last that have the same label."""
    refs = state.env.get("footnotes", {}).get("refs", {})
    last = {token.meta["label"]: at for at, token in enumerate(state.tokens) if token.type == "footnote_reference_open"}
    kept: list[Token] = []
    stays: list[bool] = []
    label = ""  # that is to be put before what comes next
    for at, token in enumerate(state.tokens):
        if token.type == "footnote_reference_open":
            stays.append(refs.get(f":{token.meta['label']}", -1) < 0 or last[token.meta["label"]] != at)
            label = f"[^{token.meta['label']}]: " if stays[-1] else label
            if stays[-1]:
                continue
        elif token.type == "footnote_reference_close" and stays.pop():
            if label:
                kept += _paragraph(label)
                label = ""
            continue
        elif label and token.type == "inline" and kept and kept[-1].type == "paragraph_open":
            token.children = [Token("text", "", 0, content=label), *(token.children or ())]
            label = ""
        elif label and token.type != "paragraph_open":
            kept += _paragraph(label)
            label = ""
        kept.append(token)
    state.tokens = kept


def _paragraph(text: str) -> list[Token]:
    inline = Token("inline", "", 0, content=text, children=[Token("text", "", 0, content=text)], block=True)
    return [Token("paragraph_open", "p", 1, block=True), inline, Token("paragraph_close", "p", -1, block=True)]


def _tasks(state: StateCore) -> None:
    """Show tasks as boxes."""
    for at, token in enumerate(state.tokens[2:], start=2):
        kinds = state.tokens[at - 2].type, state.tokens[at - 1].type
        if token.type != "inline" or not token.children or kinds != ("list_item_open", "paragraph_open"):
            continue
        first = token.children[0]
        if first.type == "text" and (found := _TASK.match(first.content)):
            first.content = ("☐" if found["box"] == "[ ]" else "☑") + first.content[found.end() :]


def _picture(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    """Give a picture's description: whoever opens the page loads nothing."""
    address = str(tokens[at].attrGet("src") or "")
    shown = escapeHtml(renderer.renderInlineAsText(tokens[at].children, options, env) or address)
    in_link = sum((token.type == "link_open") - (token.type == "link_close") for token in tokens[:at]) > 0
    return shown if in_link or not address.startswith(_WEB) else f'<a href="{escapeHtml(address)}">{shown}</a>'


def _line_end(_renderer: RendererHTML, tokens: Sequence[Token], at: int, *_: object) -> str:
    return "\n" if line_end(tokens, at) else ""

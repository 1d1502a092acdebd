"""Writes a text, Markdown, as a file of the kind that its name asks for."""

import html
import os
import re
from collections.abc import Callable
from pathlib import Path

from markdown_it import MarkdownIt

from desktop.errors import DocumentError

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ max-width: 46rem; margin: 3rem auto; padding: 0 1rem; line-height: 1.6; color: #211f1c;
  font-family: system-ui, "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; }}
pre, code {{ font-family: ui-monospace, monospace; background: #f2eee7; border-radius: 4px; }}
pre {{ padding: .8rem 1rem; overflow-x: auto; }} code {{ padding: 0 .2em; }} pre code {{ padding: 0; }}
blockquote {{ margin-left: 0; padding-left: 1rem; border-left: 3px solid #e4ded4; color: #6b655c; }}
table {{ border-collapse: collapse; }} td, th {{ border: 1px solid #e4ded4; padding: .3rem .6rem; text-align: left; }}
</style>
</head>
<body>
{body}</body>
</html>
"""


def parser() -> MarkdownIt:
    """Make the parser of all exports: CommonMark with tables and strikethrough; HTML in the text stays text."""
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def kinds() -> tuple[str, ...]:
    """Name the endings of the files that can be written."""
    return tuple(_WRITERS)


def write_document(text: str, path: Path, *, title: str = "", language: str = "en") -> None:
    """Write a document; what was there before is only replaced by a whole one.

    Args:
        text: Markdown.
        path: its ending says the kind.
        title: in the file's own description.
        language: ISO 639-1.

    Raises:
        DocumentError: the kind is unknown, or the file cannot be written.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise DocumentError(path, f"cannot be written: its name must end in {', '.join(_WRITERS)}")
    staged = path.with_name(f".{path.name}.part")
    try:
        write(text, staged, title, language)
        os.replace(staged, path)  # noqa: PTH105
    except OSError as error:
        staged.unlink(missing_ok=True) if staged.parent.is_dir() else None
        raise DocumentError(path, f"cannot be written ({error.strerror or error})") from error


def to_html(text: str, title: str = "", language: str = "en") -> str:
    """Give a page that needs no other file and loads nothing."""
    # An image would be fetched by whoever opens the page: only its description stays.
    body = re.sub(r"<img [^>]*?alt=\"([^\"]*)\"[^>]*>", r"\1", parser().render(text))
    return _PAGE.format(language=html.escape(language, quote=True), title=html.escape(title), body=body)


def to_text(text: str) -> str:
    """Give the text without Markdown's marks, lists and paragraphs as they are."""
    lines = []
    fenced = False
    for line in text.splitlines():
        if re.match(r"\s*(```|~~~)", line):
            fenced = not fenced
            continue
        if not fenced:
            line = re.sub(r"^\s{0,3}#{1,6}\s+(.*?)\s*#*$", r"\1", line)
            line = re.sub(r"^\s{0,3}>\s?", "", line)
            line = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", line)
            line = re.sub(r"(?<![*\w])\*(?=\S)([^*]+?)(?<=\S)\*(?!\w)", r"\1", line)
            line = re.sub(r"`([^`]+)`", r"\1", line)
            line = re.sub(r"!?\[([^\]]*)\]\(([^)\s]+)\)", r"\1 (\2)", line)
        lines.append(line)
    return "\n".join(lines).strip() + "\n"


def _write_markdown(text: str, path: Path, title: str, language: str) -> None:  # noqa: ARG001
    path.write_text(text, encoding="utf-8")


def _write_text(text: str, path: Path, title: str, language: str) -> None:  # noqa: ARG001
    path.write_text(to_text(text), encoding="utf-8")


def _write_html(text: str, path: Path, title: str, language: str) -> None:
    path.write_text(to_html(text, title, language), encoding="utf-8")


def _write_docx(text: str, path: Path, title: str, language: str) -> None:
    from desktop.documents.word import write_word  # the library takes a moment to load

    write_word(parser().parse(text), path, title=title, language=language)


_WRITERS: dict[str, Callable[[str, Path, str, str], None]] = {
    ".md": _write_markdown,
    ".txt": _write_text,
    ".html": _write_html,
    ".docx": _write_docx,
}

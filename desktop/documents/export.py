"""Writes a text, Markdown, as a file of the kind that its name asks for."""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.codes import system_reason
from desktop.documents.paper import paper_of
from desktop.documents.parsed_markdown import parse
from desktop.errors import DocumentError
from desktop.files.atomic import replacing
from desktop.reasons import DocumentReason
from desktop.text.formulas import with_formulas, without_formulas
from desktop.text.han import count_han
from desktop.text.markdown_lines import HEADING, CodeFences
from desktop.text.markdown_parser import markdown_parser

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
sup {{ line-height: 0; }} .footnotes {{ font-size: .9rem; }}
.footnotes-sep {{ border: 0; border-top: 1px solid #e4ded4; }}
table {{ border-collapse: collapse; }} td, th {{ border: 1px solid #e4ded4; padding: .3rem .6rem; text-align: left; }}
</style>
</head>
<body>
{body}</body>
</html>
"""


def kinds() -> tuple[str, ...]:
    """Name the endings of the files that can be written."""
    return tuple(_WRITERS)


def write_document(text: str, path: Path, *, title: str = "", language: str = "", paper: str = "") -> None:
    """Write a document; what was there before is only replaced by a whole one.

    Args:
        text: Markdown.
        path: its ending says the kind.
        title: in the file's own description.
        language: ISO 639-1; "" is read from the text: Chinese or English.
        paper: a4 or letter; "" takes what is usual here.

    Raises:
        DocumentError: the kind is unknown, or the file cannot be written.
    """
    write_parts([text], path, title=title, language=language, paper=paper)


def write_parts(parts: Sequence[str], path: Path, *, title: str = "", language: str = "", paper: str = "") -> None:
    """Write texts one behind the other, e.g. messages: no open fence and no footnote of one reaches the next."""
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise DocumentError(path, DocumentReason.UNKNOWN_ENDING(endings=", ".join(_WRITERS)))
    language = language or _language_of(parts)
    try:
        with replacing(path, private=False) as staged:
            write(_Job(parts, title, language, paper, path), staged)
    except OSError as error:
        raise DocumentError(path, DocumentReason.NOT_WRITTEN(why=system_reason(error))) from error


def to_html(text: str | Sequence[str], title: str = "", language: str = "en") -> str:
    """Give a page that needs no other file and loads nothing."""
    parts = [text] if isinstance(text, str) else text
    # Each part numbers its notes from 1; their targets are told apart by the number of the part.
    parser = markdown_parser()
    body = "".join(parser.render(part, {"docId": str(at)}) for at, part in enumerate(parts))
    return _PAGE.format(language=html.escape(language, quote=True), title=html.escape(title), body=body)


def to_text(text: str) -> str:
    """Give the text without Markdown's marks, lists and paragraphs as they are."""
    lines = []
    fences = CodeFences()
    hidden, formulas = without_formulas(text, paragraphs=False)
    for line in hidden.splitlines():
        code = fences.read(line)
        if code in ("opens", "closes"):
            continue
        if not code:
            line = re.sub(rf"^\s{{0,3}}{HEADING}\s+(.*?)\s*#*$", r"\1", line)
            line = re.sub(r"^\s{0,3}>\s?", "", line)
            line = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", line)
            line = re.sub(r"(?<![*\w])\*(?=\S)([^*]+?)(?<=\S)\*(?!\w)", r"\1", line)
            line = re.sub(r"`([^`]+)`", r"\1", line)
            line = re.sub(r"!?\[([^\]]*)\]\(([^)\s]+)\)", r"\1 (\2)", line)
        lines.append(line)
    return with_formulas("\n".join(lines), formulas).strip() + "\n"


def _language_of(parts: Sequence[str]) -> str:
    """Tell Chinese by its letters: one in five is plenty where code and names are Latin."""
    text = "".join(parts)
    letters = sum(char.isalpha() for char in text)
    return "zh" if 5 * count_han(text) > letters else "en"


@dataclass(frozen=True, slots=True)
class _Job:
    """What is to be written; `path` is where it will lie, for sentences about it."""

    parts: Sequence[str]
    title: str
    language: str
    paper: str
    path: Path


def _write_markdown(job: _Job, to: Path) -> None:
    to.write_text("\n\n".join(job.parts), encoding="utf-8")


def _write_text(job: _Job, to: Path) -> None:
    to.write_text("\n".join(to_text(part) for part in job.parts), encoding="utf-8")


def _write_html(job: _Job, to: Path) -> None:
    to.write_text(to_html(job.parts, job.title, job.language), encoding="utf-8")


def _write_docx(job: _Job, to: Path) -> None:
    from desktop.documents.word import write_word  # the library takes a moment to load

    paper = paper_of(job.paper)
    write_word([parse(part) for part in job.parts], to, title=job.title, language=job.language, paper=paper)


def _write_pdf(job: _Job, to: Path) -> None:
    from desktop.documents.pdf import to_pdf

    pdf = to_pdf(
        [parse(part) for part in job.parts], job.path, title=job.title, language=job.language, paper=paper_of(job.paper)
    )
    to.write_bytes(pdf)


_WRITERS: dict[str, Callable[[_Job, Path], None]] = {
    ".docx": _write_docx,
    ".pdf": _write_pdf,
    ".html": _write_html,
    ".md": _write_markdown,
    ".txt": _write_text,
}

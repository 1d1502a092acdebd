"""The text of a Word document as Markdown, in its order; see `word_reading` for how.

letterhead (header of the first page) ── body ── its footer ── other headers and footers ── footnotes and endnotes
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml.etree import LxmlError

from desktop.codes import Coded
from desktop.documents.html_text import html_text
from desktop.documents.word_reading.blocks import WordBlock, markdown
from desktop.documents.word_reading.inlines import Inlines, Notes
from desktop.documents.word_reading.numbering import Numbering
from desktop.documents.word_reading.package import (
    Element,
    Package,
    TooLargeUnpacked,
    attribute,
    child,
    is_on,
    name_of,
    reference,
)
from desktop.documents.word_reading.stories import Story, Surroundings
from desktop.documents.word_reading.styles import Styles
from desktop.errors import DocumentError
from desktop.reasons import DocumentReason, LeftOut
from desktop.text.encoding import decode

_ONLY_PAGE = re.compile(r"[\W\d_]*(?:(?:page|of|seite|von|pagina|página|sur|de|p|第|页|頁|共)[\W\d_]*)*", re.IGNORECASE)
_DEEPEST = 3  # documents within documents


def word_text(data: bytes, path: Path) -> str:
    """Read a Word document; `path` names it in errors and is not opened.

    Raises:
        DocumentError: it is damaged, encrypted, empty, or made to burst.
    """
    return word_text_and_rest(data, path)[0]


def word_text_and_rest(data: bytes, path: Path) -> tuple[str, tuple[Coded, ...]]:
    """Read a Word document as `word_text` does; tell also what is left out.

    Raises:
        DocumentError: it is damaged, encrypted, empty, or made to burst.
    """
    try:
        package = Package(data)
        text = "\n\n".join(_Document(package, path).text()).strip()
        rest = _left_out(package)
    except TooLargeUnpacked as error:
        raise DocumentError(path, DocumentReason.UNPACKS_TOO_LARGE()) from error
    except (zipfile.BadZipFile, LxmlError, KeyError, ValueError, NotImplementedError, EOFError) as error:
        raise DocumentError(path, DocumentReason.DAMAGED_WORD()) from error
    if not text:
        raise DocumentError(path, DocumentReason.NO_TEXT())
    return text + "\n", rest


def _left_out(package: Package) -> tuple[Coded, ...]:
    """Count comments, answers to comments among them, and places where text was deleted."""
    name = package.part_of_kind("comments")
    root: Element = package.root(name) if name else ()
    comments = sum(name_of(each) == "w:comment" and _holds_words(each) for each in root)
    deletions = sum(map(_is_deletion, package.root(package.main).iter("{*}del")))
    found = []
    if comments:
        found.append(LeftOut.COMMENT() if comments == 1 else LeftOut.COMMENTS(n=comments))
    if deletions:
        found.append(LeftOut.DELETION() if deletions == 1 else LeftOut.DELETIONS(n=deletions))
    return tuple(found)


def _is_deletion(element: Element) -> bool:
    """Tell whether deleted words begin here; Word writes one deletion in several pieces."""
    if name_of(element) != "w:del" or not _holds_words(element):
        return False
    before = element.getprevious()
    return before is None or name_of(before) != "w:del" or not _holds_words(before)


def _holds_words(element: Element) -> bool:
    return any((each.text or "").strip() for each in element.iter("{*}t", "{*}delText"))


class _Document:
    """One document, and those within it."""

    def __init__(self, package: Package, path: Path, depth: int = 0) -> None:
        self._package, self._path, self._depth = package, path, depth
        self._part = package.main  # that is being read: relationships belong to a part
        styles = Styles(self._root_of("styles"))
        self._around = Surroundings(styles, Numbering(self._root_of("numbering"), styles), self._other_part)
        self._notes = Notes()

    def text(self) -> list[str]:
        """Give its blocks of Markdown."""
        root = self._package.root(self._package.main)
        body = child(root, "w:body")
        blocks = self._story(root if body is None else body)
        above, below, others = self._margins(root, " ".join(block.text for block in blocks))
        return [*markdown([*above, *blocks, *below, *others]), *self._note_texts()]

    def _story(self, root: Element, *, is_margin: bool = False) -> list[WordBlock]:
        inlines = Inlines(root, self._around.styles, self._notes, without_page_numbers=is_margin)
        return Story(self._around, inlines).blocks(root)

    def _root_of(self, kind: str) -> Element | None:
        name = self._package.part_of_kind(kind)
        return self._package.root(name) if name else None

    def _margins(self, root: Element, body: str) -> tuple[list[WordBlock], list[WordBlock], list[WordBlock]]:
        """Give the header and the footer of the first page, and what others say that stands nowhere else."""
        parts: list[list[WordBlock]] = [[], [], []]
        said = [_words(body)]
        for is_first, element in _margin_references(root):
            related = self._package.related(self._package.main).get(reference(element))
            if related is None or related.external or not self._package.holds(related.target):
                continue
            self._part = related.target
            blocks = self._story(self._package.root(related.target), is_margin=True)
            self._part = self._package.main
            words = _words(" ".join(block.text for block in blocks))
            if _ONLY_PAGE.fullmatch(words) or any(words in each for each in said):
                continue
            said.append(words)
            parts[(0 if name_of(element) == "w:headerReference" else 1) if is_first else 2] += blocks
        return parts[0], parts[1], parts[2]

    def _note_texts(self) -> Iterator[str]:
        """Give the notes that are referred to; they may refer to more."""
        roots = {kind: self._package.part_of_kind(f"{kind}s") for kind in ("footnote", "endnote")}
        found: dict[tuple[str, str], Element] = {}
        for kind, name in roots.items():
            root: Element = self._package.root(name) if name else ()
            for each in root:
                found[kind, attribute(each, "id") or ""] = each
        written: set[tuple[str, str]] = set()
        while waiting := [key for key in self._notes.marks if key not in written]:
            for key in waiting:
                written.add(key)
                if (note := found.get(key)) is None:
                    continue
                self._part = roots[key[0]] or self._package.main
                text = "\n\n".join(markdown(self._story(note)))
                yield f"[^{self._notes.marks[key]}]: " + text.replace("\n", "\n    ").replace("\n    \n", "\n\n")

    def _other_part(self, element: Element) -> list[WordBlock]:
        """Read what is kept in a part of its own: another document, a diagram, a chart."""
        is_diagram = name_of(element) == "dgm:relIds"
        related = self._package.related(self._part).get(reference(element, "dm" if is_diagram else "id"))
        if related is None or related.external or not self._package.holds(related.target):
            return []
        if name_of(element) == "w:altChunk":
            return self._within(related.target)
        root = self._package.root(related.target)
        return [WordBlock(text) for text in (_diagram(root) if is_diagram else _chart(root)) if text]

    def _within(self, name: str) -> list[WordBlock]:
        """Read a document that was put into this one; one of a kind that is not read gets its name."""
        data, file = self._package.read(name), Path(name)
        kind = file.suffix.lower()
        try:
            if kind in (".docx", ".docm", ".dotx") and self._depth < _DEEPEST:
                return [WordBlock(text) for text in _Document(Package(data), file, self._depth + 1).text()]
            if kind in (".html", ".htm", ".xhtml"):
                return [WordBlock(html_text(data, file).strip())]
            if kind == ".txt":
                return [WordBlock(decode(data).strip())]
        except (DocumentError, UnicodeDecodeError, LxmlError, KeyError, ValueError):
            pass
        return [WordBlock(f"[{file.name}]")]


def _margin_references(root: Element) -> list[tuple[bool, Element]]:
    """Give references to headers and footers in their order, each with whether it stands on the first page."""
    found: list[tuple[bool, Element]] = []
    for at, section in enumerate(each for each in root.iter("{*}sectPr") if name_of(each) == "w:sectPr"):
        first = "first" if is_on(child(section, "w:titlePg")) else "default"
        parts = [each for each in section if name_of(each) in ("w:headerReference", "w:footerReference")]
        parts.sort(key=lambda each: attribute(each, "type") != first)
        found += [(at == 0 and (attribute(each, "type") or "default") == first, each) for each in parts]
    return found


def _words(text: str) -> str:
    return " ".join(text.replace("#", " ").split())


def _diagram(root: Element) -> Iterator[str]:
    """Give the texts of a diagram (SmartArt), not those of its presentation."""
    for point in root.iter("{*}pt"):
        if name_of(point) == "dgm:pt" and point.get("type") != "pres":
            for paragraph in point.iter("{*}p"):
                yield "".join(each.text or "" for each in paragraph.iter("{*}t")).strip()


def _chart(root: Element) -> Iterator[str]:
    """Give the titles, the names and the values of a chart: title, then a line a series."""
    for title in root.iter("{*}title"):
        yield "".join(each.text or "" for each in title.iter("{*}t")).strip()
    for series in (each for each in root.iter("{*}ser") if name_of(each) == "c:ser"):
        parts = {name_of(each)[2:]: [value.text or "" for value in each.iter("{*}v")] for each in series}
        labels, values = parts.get("cat") or parts.get("xVal") or [], parts.get("val") or parts.get("yVal") or []
        pairs = [f"{label} {value}".strip() for label, value in _paired(labels, values)]
        head = " ".join(parts.get("tx") or [])
        yield f"{head}: {', '.join(pairs)}" if head else ", ".join(pairs)


def _paired(labels: list[str], values: list[str]) -> Iterator[tuple[str, str]]:
    for at, value in enumerate(values):
        yield (labels[at] if at < len(labels) else ""), value

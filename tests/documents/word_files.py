"""Small Word files written part by part, as programs other than Inkstone write them."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from desktop.documents.word_text import word_text

TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    f'xmlns:r="{TYPES}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def word_file(body: str, parts: Mapping[str, str] | None = None, others: Mapping[str, bytes] | None = None) -> bytes:
    """Make a document.

    Args:
        body: XML of its body.
        parts: kind of a relationship (numbering, styles, header, footnotes) -> the inside of its root element; what
            stands behind a "#" only tells two of a kind apart. Its id is the key.
        others: name of a part -> its bytes, related by its name as id.
    """
    roots = {"numbering": "numbering", "styles": "styles", "header": "hdr", "footer": "ftr"}
    roots |= {"footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments"}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", _types(parts or {}))
        file.writestr("_rels/.rels", _relationships([("d", "officeDocument", "word/document.xml")]))
        file.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        related = []
        for number, (kind, inside) in enumerate((parts or {}).items()):
            root = roots[kind.partition("#")[0]]
            file.writestr(f"word/part{number}.xml", f"<w:{root} {NAMESPACES}>{inside}</w:{root}>")
            related.append((kind, kind.partition("#")[0], f"part{number}.xml"))
        for name, data in (others or {}).items():
            file.writestr(f"word/{name}", data)
            related.append((name, "aFChunk", name))
        file.writestr("word/_rels/document.xml.rels", _relationships(related))
    return made.getvalue()


def read(body: str, parts: Mapping[str, str] | None = None, others: Mapping[str, bytes] | None = None) -> str:
    """Make a document and read it; without the end of its last line."""
    return word_text(word_file(body, parts, others), Path("a.docx")).removesuffix("\n")


def paragraph(text: str, properties: str = "") -> str:
    """Give a paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    """Give a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: str) -> str:
    """Give a table of rows of cells, w:tc."""
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(inside: str, properties: str = "") -> str:
    """Give a cell; text becomes a paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside if inside.startswith('<') else paragraph(inside)}</w:tc>"


def item(text: str, list_: int, level: int = 0) -> str:
    """Give an item of a list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr>')


def level(number: int, kind: str, text: str, more: str = "") -> str:
    """Give a level of a list."""
    begin = f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}'
    return f'<w:lvl w:ilvl="{number}">{begin}<w:lvlText w:val="{text}"/></w:lvl>'


def lists(*levels: str, starts: Mapping[int, int] | None = None) -> str:
    """Give a numbering: list 1 of these levels, list 2 of the same that begins anew, and others that begin as told."""
    named = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="7"/>'
        f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for number, start in {2: 1, **(starts or {})}.items()
    )
    abstract = f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
    return f'{abstract}<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{named}'


def _relationships(related: list[tuple[str, str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{id_}" Type="{TYPES}/{kind}" Target="{target}"/>' for id_, kind, target in related
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )


def _types(parts: Mapping[str, str]) -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    inside = "".join(
        f'<Override PartName="/word/part{number}.xml" ContentType="{word}.{kind.partition("#")[0]}+xml"/>'
        for number, kind in enumerate(parts)
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{word}.document.main+xml"/>{inside}</Types>'
    )

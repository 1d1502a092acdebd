"""Markdown as PDF: A4 or Letter, page numbers, footnotes at the foot of their page, text that can be selected.

Typst sets the type: it needs no window and no browser, breaks lines of Chinese as Chinese is broken, embeds the fonts,
and says which characters no font has. Its own fonts serve the Latin letters, so that a page looks the same on every
machine; Chinese is set in a font of the system.
"""

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import typst

from desktop.codes import Coded
from desktop.documents.paper import Paper
from desktop.documents.parsed_markdown import NOT_IN_XML, Parsed
from desktop.documents.typst_source import typst_source
from desktop.errors import DocumentError
from desktop.reasons import DocumentReason
from desktop.text.han import holds_han

_LATIN, _CODE = "Libertinus Serif", "DejaVu Sans Mono"  # come with Typst
_CHINESE = (
    "Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Songti SC", "STSong", "SimSun",
    "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei",
    "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback",
)  # fmt: skip
_BOLD = 600  # weight, from here on
_NOT_SHOWN = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_TRIES = 8  # the typesetter names what is missing in one go, except where a stand-in is missing too
_MOST_NAMED = 5
_BOXES = {"☐": "□", "☑": "■", "☒": "■"}  # of tasks, where no font has them: Typst's own has these


def to_pdf(parts: Sequence[Parsed], path: Path, *, title: str, language: str, paper: Paper) -> bytes:
    """Give a PDF file (PDF/A-2b, tagged).

    Args:
        parts: one behind the other.
        path: where it will lie, for the sentence about what is wrong.
        title: in its description.
        language: ISO 639-1.
        paper: the size of its pages.

    Raises:
        DocumentError: no font has a letter of the text.
    """
    fonts = typst.Fonts()
    chinese = [family for family in _CHINESE if family in set(fonts.families())]
    weights = [font.weight for font in fonts.fonts() if font.family in chinese[:1]]
    source = typst_source(
        parts,
        title=title,
        language=language,
        paper=paper,
        fonts=[_LATIN, *chinese],
        code_fonts=[_CODE, *chinese],
        bold_chinese=any(weight >= _BOLD for weight in weights),
    )
    return _compiled(source, fonts, path)


def _compiled(source: str, fonts: typst.Fonts, path: Path) -> bytes:
    """Set the type; what no font has is told if it is writing, and described in words if it is a picture."""
    for _ in range(_TRIES):
        try:
            # PDF/A is refused where a character has no glyph: a plain PDF would show an empty box.
            return typst.compile(source.encode(), font_paths=fonts, pdf_standards=["a-2b"])
        except typst.TypstError as error:
            missing = {char for text in _NOT_SHOWN.findall(error.diagnostic) for char in _unescaped(text)}
            missing = {char for char in missing if char in source and ord(char) > 127}
            if not missing:
                raise DocumentError(path, DocumentReason.NOT_WRITTEN(why=error.message)) from error
            letters = sorted(char for char in missing if unicodedata.category(char)[0] in "LMNP")
            if letters:
                raise DocumentError(path, _no_font(letters)) from error
            source = "".join(_stand_in(char) if char in missing else char for char in source)
    raise DocumentError(path, DocumentReason.NO_GLYPHS())


def _unescaped(text: str) -> str:
    return NOT_IN_XML.sub("", _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))


def _no_font(letters: Sequence[str]) -> Coded:
    shown = ", ".join(letters[:_MOST_NAMED]) + (" …" if len(letters) > _MOST_NAMED else "")
    chinese = any(map(holds_han, letters))
    return (DocumentReason.NO_CHINESE_FONT if chinese else DocumentReason.NO_FONT)(letters=shown)


def _stand_in(char: str) -> str:
    """Say in words what a picture shows: 🎉 is [party popper]; marks without a look of their own go."""
    if char in _BOXES:
        return _BOXES[char]
    if unicodedata.category(char) in ("Cf", "Mn", "Cc"):
        return ""
    return f"[{unicodedata.name(char, f'U+{ord(char):04X}').lower()}]"

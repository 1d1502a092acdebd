"""Footnotes of a Word document: python-docx has none, so their part is made here (ECMA-376, part 1, 17.11)."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

TEXT, REFERENCE = "footnote text", "footnote reference"  # names that Word knows
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))


class WordNotes:
    """The footnotes of one document; nothing is added to a document without any.

    Attributes:
        part: holds them, once there is one; links in notes belong to it.
    """

    def __init__(self, document: Any) -> None:
        self._document = document
        self._last = 0
        self.part: Any = None

    def begin(self) -> tuple[int, Paragraph]:
        """Begin a footnote; gives its number and its first paragraph, with the mark already in it."""
        if self.part is None:
            self._make_part()
        self._last += 1
        note = OxmlElement("w:footnote")
        note.set(qn("w:id"), str(self._last))
        self.part.element.append(note)
        paragraph = self.paragraph(self._last)
        mark = paragraph.add_run()
        mark.style = REFERENCE
        mark._r.append(OxmlElement("w:footnoteRef"))  # noqa: SLF001  # the library has no other way
        paragraph.add_run(" ")
        return self._last, paragraph

    def paragraph(self, number: int) -> Paragraph:
        """Add a paragraph to a footnote."""
        note = next(each for each in self.part.element if each.get(qn("w:id")) == str(number))
        element = OxmlElement("w:p")
        note.append(element)
        paragraph = Paragraph(element, self._document._body)  # noqa: SLF001  # its styles are the document's
        paragraph.style = TEXT
        return paragraph

    def refer(self, paragraph: Paragraph, number: int) -> None:
        """Put the mark of a footnote into the text."""
        run = paragraph.add_run()
        run.style = REFERENCE
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(number))
        run._r.append(reference)  # noqa: SLF001

    def _make_part(self) -> None:
        styles = self._document.styles
        if TEXT not in [style.name for style in styles]:
            text = styles.add_style(TEXT, WD_STYLE_TYPE.PARAGRAPH)
            text.base_style, text.font.size = styles["Normal"], Pt(9)
            text.paragraph_format.space_after = Pt(2)
            styles.add_style(REFERENCE, WD_STYLE_TYPE.CHARACTER).font.superscript = True
        root = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}/>")
        for number, kind in _SEPARATORS:
            line = f"<w:p><w:r><w:{kind}/></w:r></w:p>"
            root.append(parse_xml(f'<w:footnote {nsdecls("w")} w:type="{kind}" w:id="{number}">{line}</w:footnote>'))
        package = self._document.part.package
        self.part = XmlPart(PackURI("/word/footnotes.xml"), _CONTENT, root, package)
        self._document.part.relate_to(self.part, _KIND)
        settings = self._document.settings.element
        kinds = "".join(f'<w:footnote w:id="{number}"/>' for number, _ in _SEPARATORS)
        # The schema has an order: behind the footnotes come endnotes and compat.
        place = next((each for each in settings if each.tag in (qn("w:endnotePr"), qn("w:compat"))), None)
        properties = parse_xml(f"<w:footnotePr {nsdecls('w')}>{kinds}</w:footnotePr>")
        settings.append(properties) if place is None else place.addprevious(properties)

"""What was filled into a form stands at its place, and notes behind the text."""

from pathlib import Path

from desktop.documents.pdf_fields import at_their_places
from desktop.documents.pdf_lines import Line
from desktop.documents.pdf_text import pdf_text

HEAD = (
    b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [7 0 R 8 0 R] /DA (/F1 11 Tf 0 g) "
    b"/DR << /Font << /F1 5 0 R >> >> >> >>"
)
WORDS = b"BT /F1 11 Tf 72 740 Td (Name:) Tj 0 -30 Td (Date:) Tj 0 -40 Td (Signed in Leeds.) Tj ET"


def form(*annotations: bytes) -> bytes:
    """Give a file with a form of two fields, and more annotations."""
    appearance = b"/BBox [0 0 150 20] /Resources << /Font << /F1 5 0 R >> >>"
    drawn = b"/Tx BMC BT /F1 11 Tf 2 6 Td (Ines Moreau) Tj ET EMC"
    widget = b"/Type /Annot /Subtype /Widget /FT /Tx /F 4 /DA (/F1 11 Tf 0 g)"
    numbers = b" ".join(b"%d 0 R" % (7 + at) for at in range(2 + len(annotations)))
    objects = [
        HEAD,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Annots [%s] "
        b"/Resources << /Font << /F1 5 0 R >> >> >>" % numbers,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(WORDS), WORDS),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /XObject /Subtype /Form %s /Length %d >>\nstream\n%s\nendstream" % (appearance, len(drawn), drawn),
        b"<< %s /T (name) /V (Ines Moreau) /Rect [120 734 270 754] /AP << /N 6 0 R >> >>" % widget,
        b"<< %s /T (date) /V (12 May 2027) /Rect [120 704 270 724] >>" % widget,  # without an appearance
        *annotations,
    ]
    written, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(written))
    return written + head + table + trailer


def read(data: bytes) -> str:
    return pdf_text(data, Path("form.pdf")).strip()


def test_values_stand_behind_their_labels_with_and_without_an_appearance() -> None:
    assert read(form()) == "Name: Ines Moreau\nDate: 12 May 2027\n\nSigned in Leeds."


def test_notes_are_read_and_hidden_ones_are_not() -> None:
    note = b"<< /Type /Annot /Subtype /Text /Rect [300 700 320 720] /Contents (Please call after 5 pm) /F %d >>"
    assert read(form(note % 0)).endswith("Signed in Leeds.\n\n[Please call after 5 pm]")
    assert "call" not in read(form(note % 2))


def test_a_value_below_its_label_stands_below_it() -> None:
    lines = [Line("Name", 50, 80, 700, 10), Line("Date", 50, 80, 650, 10)]
    value = Line("Ines", 50, 75, 685, 10)
    assert [line.text for line in at_their_places(lines, [*lines, value])] == ["Name", "Ines", "Date"]

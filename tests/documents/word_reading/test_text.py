"""What a reader of the printed document sees is read, once and in its order."""

import contextlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.word_text import word_text
from desktop.errors import DocumentError
from tests.documents.word_files import paragraph, read, run, word_file

BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def field(code: str, result: str) -> str:
    return f"{BEGIN}<w:r><w:instrText>{code}</w:instrText></w:r>{SEPARATE}{result}{END}"


def test_insertions_and_moves_stay_and_deletions_go() -> None:
    changed = (
        f"<w:p>{run('The rent is ')}<w:del>{'<w:r><w:delText>800</w:delText></w:r>'}</w:del>"
        f"<w:ins>{run('850')}</w:ins>{run(' euros.')}</w:p>"
        f"<w:p><w:moveFrom>{run('Pets are allowed.')}</w:moveFrom>{run('Deposit.')}</w:p>"
        f"<w:p><w:moveTo>{run('Pets are allowed.')}</w:moveTo></w:p>"
    )
    assert read(changed) == "The rent is 850 euros.\n\nDeposit.\n\nPets are allowed."


def test_paragraphs_whose_end_was_deleted_are_one() -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    assert (
        read(paragraph("The first half ", deleted) + paragraph("and the second.")) == "The first half and the second."
    )


def test_what_stands_around_text_is_walked_through() -> None:
    block = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('Block control.')}</w:sdtContent></w:sdt>"
    inline = (
        f"<w:p><w:sdt><w:sdtContent>{run('Ms Okafor')}</w:sdtContent></w:sdt><w:smartTag>{run(', ')}</w:smartTag>"
        f"<w:customXml>{run('invoice ')}</w:customXml><w:hyperlink>{run('INV-204')}</w:hyperlink>"
        f"<w:bdo>{run(' is ')}</w:bdo><w:unheardOf>{run('due')}</w:unheardOf></w:p>"
    )
    assert read(block + inline) == "Block control.\n\nMs Okafor, invoice INV-204 is due"


def test_fields_show_their_results() -> None:
    nested = field(f"IF {field('PAGE', run('9'))} = 9", run("nine"))
    simple = f'<w:fldSimple w:instr="DATE">{run("3 June")}</w:fldSimple>'
    index = f"{BEGIN}<w:r><w:instrText>XE hidden</w:instrText></w:r>{END}"
    assert read(f"<w:p>{nested}{run(' on ')}{simple}{index}</w:p>") == "nine on 3 June"


def test_a_field_spans_paragraphs_and_one_that_never_ends_hides_nothing() -> None:
    opening = f"{BEGIN}<w:r><w:instrText>TOC</w:instrText></w:r>{SEPARATE}"
    contents = f"<w:p>{opening}{run('One 1')}</w:p><w:p>{run('Two 2')}{END}</w:p>"
    assert read(contents) == "One 1\n\nTwo 2"
    assert read(f"<w:p>{BEGIN}{run('Shown')}</w:p>{paragraph('Also shown')}") == "Shown\n\nAlso shown"


def test_fields_of_old_forms_show_what_was_filled_in() -> None:
    box = '<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar>'
    choice = (
        '<w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="red"/>'
        '<w:listEntry w:val="blue"/></w:ddList></w:ffData></w:fldChar>'
    )
    assert read(f"<w:p><w:r>{box}</w:r>{END}{run(' agreed, ')}<w:r>{choice}</w:r>{END}</w:p>") == "☒ agreed, blue"


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    inside = f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>"
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert read(f"<w:p>{run('Before')}{box}{run(' and after.')}</w:p>") == "Before and after.\n\nIn the box."


def test_hidden_text_is_left_out_by_whatever_hides_it() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Away"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = f"<w:p>{run('Seen')}{run(' not', '<w:vanish/>')}" + run(" nor", '<w:rStyle w:val="Secret"/>')
    body += run(" too", '<w:vanish w:val="0"/>') + "</w:p>" + paragraph("Gone", '<w:pStyle w:val="Away"/>')
    assert read(body, {"styles": styles}) == "Seen too"


def test_a_raised_figure_keeps_its_value() -> None:
    up, down = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
    body = (
        f"<w:p>{run('2')}{run('1', up)}{run('0', up)}{run(', CO')}{run('2', down)}{run(', the 1')}{run('st', up)}</w:p>"
    )
    assert read(body) == "2¹⁰, CO₂, the 1st"


def test_signs_of_symbol_fonts_are_those_of_unicode() -> None:
    body = (
        '<w:p><w:r><w:sym w:font="Symbol" w:char="F061"/></w:r><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
        + run("\uf0fc", '<w:rFonts w:ascii="Wingdings"/>')
        + "<w:r><w:noBreakHyphen/><w:softHyphen/><w:tab/></w:r>"
        + run("end")
        + "</w:p>"
    )
    assert read(body) == "α☑✓-\tend"


def test_ruby_stands_behind_its_characters() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('hàn')}</w:rt><w:rubyBase>{run('汉')}</w:rubyBase></w:ruby></w:r>"
    assert read(f"<w:p>{ruby}{run('字')}</w:p>") == "汉(hàn)字"


def test_an_equation_is_a_formula() -> None:
    def said(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    fraction = f"<m:f><m:num>{said('a+b')}</m:num><m:den>{said('2')}</m:den></m:f>"
    power = f"<m:sSup><m:e>{said('x')}</m:e><m:sup>{said('2')}</m:sup></m:sSup>"
    root = f"<m:rad><m:deg/><m:e>{said('y')}</m:e></m:rad>"
    sum_ = (
        f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{said("i=1")}</m:sub><m:sup>{said("n")}</m:sup>'
        f"<m:e>{said('i')}</m:e></m:nary>"
    )
    inline = f"<w:p>{run('So ')}<m:oMath>{power}{said('=')}{fraction}</m:oMath>{run('.')}</w:p>"
    display = f"<w:p><m:oMathPara><m:oMath>{root}{said('+')}{sum_}</m:oMath></m:oMathPara></w:p>"
    assert read(inline + display) == "So $x^{2}=\\frac{a+b}{2}$.\n\n$$\\sqrt{y}+\\sum_{i=1}^{n} i$$"


def test_notes_stand_at_the_end_and_comments_nowhere() -> None:
    notes = f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run(" The note.")}</w:p></w:footnote>'
    ends = f'<w:endnote w:id="2">{paragraph("The end note.")}</w:endnote>'
    comments = f'<w:comment w:id="0">{paragraph("A comment.")}</w:comment>'
    body = (
        f'<w:p>{run("Text")}<w:r><w:endnoteReference w:id="2"/></w:r>{run(" more")}<w:commentRangeStart w:id="0"/>'
        '<w:r><w:footnoteReference w:id="2"/></w:r><w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
    )
    read_text = read(body, {"footnotes": notes, "endnotes": ends, "comments": comments})
    assert read_text == "Text[^1] more[^2]\n\n[^1]: The end note.\n\n[^2]: The note."


def test_the_letterhead_stands_above_and_page_numbers_nowhere() -> None:
    pages = f"<w:p>{run('Page ')}{field('PAGE', run('3'))}{run(' of ')}{field('NUMPAGES', run('10'))}</w:p>"
    body = paragraph("Dear Ms Okafor") + (
        '<w:sectPr><w:headerReference w:type="default" r:id="header"/>'
        '<w:footerReference w:type="default" r:id="footer"/>'
        '<w:headerReference w:type="first" r:id="header#1"/><w:footerReference w:type="first" r:id="footer#1"/>'
        "<w:titlePg/></w:sectPr>"
    )
    parts = {
        "header": paragraph("Continued"),
        "header#1": paragraph("Lamp Works, 4 Mill Lane"),
        "footer": pages,
        "footer#1": paragraph("IBAN DE02 1203"),
    }
    assert read(body, parts) == "Lamp Works, 4 Mill Lane\n\nDear Ms Okafor\n\nIBAN DE02 1203\n\nContinued"


def test_what_was_put_in_is_read_or_named() -> None:
    others = {"a.htm": b"<p>From a page.</p>", "b.docx": word_file(paragraph("From a letter.")), "c.rtf": b"{\\rtf1 x}"}
    body = "".join(f'<w:altChunk r:id="{name}"/>' for name in others)
    assert read(body, None, others) == "From a page.\n\nFrom a letter.\n\n[c.rtf]"


def test_a_picture_is_its_description() -> None:
    picture = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="A chart of sales"/><pic:pic/></wp:inline></w:drawing></w:r>'
    )
    assert read(f"<w:p>{run('See ')}{picture}</w:p>") == "See [A chart of sales]"


def test_struck_text_is_marked_and_a_drop_cap_belongs_to_its_word() -> None:
    assert (
        read(f"<w:p>{run('It costs ')}{run('80', '<w:strike/>')}{run(' 70 euros.')}</w:p>")
        == "It costs ~~80~~ 70 euros."
    )
    assert read(paragraph("O", '<w:framePr w:dropCap="drop"/>') + paragraph("nce upon a time.")) == "Once upon a time."


def test_the_strict_variant_is_read() -> None:
    strict = word_file(paragraph("Strictly."))
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(strict)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            new.writestr(name, data)
    assert word_text(made.getvalue(), Path("a.docx")) == "Strictly.\n"


def test_a_document_without_text_says_so() -> None:
    with pytest.raises(DocumentError, match="holds no text"):
        read(paragraph(""))


@given(
    st.lists(
        st.sampled_from(["p", "r", "t", "tbl", "tr", "tc", "ins", "sdt", "sdtContent", "txbxContent", "ruby"]),
        max_size=12,
    )
)
def test_any_nesting_is_read_or_refused(names: list[str]) -> None:
    body = "".join(f"<w:{name}>" for name in names) + "<w:t>x</w:t>" + "".join(f"</w:{name}>" for name in names[::-1])
    with contextlib.suppress(DocumentError):
        assert read(body).strip()

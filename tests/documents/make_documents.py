# ruff: noqa: E501  # a text is read best in one piece
"""Makes the files of tests/data/documents with their right text: python -m tests.documents.make_documents (by hand).

A text is written down once as blocks; its right text comes from them, its files from Inkstone's own exports, from
LibreOffice (`soffice`), Chromium, and from scripts. The fonts of the machine are in the PDF files, so they are made
once and kept.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop.documents.export import write_document
from tests.documents.word_files import cell, item, level, lists, paragraph, run, table, word_file

FOLDER = Path(__file__).parent.parent / "data" / "documents"
Row = Sequence[str]
Block = tuple[str, str | Sequence[str] | Sequence[Row]]

TEXTS: dict[str, list[Block]] = {
    "letter-en": [
        ("p", "Harbour Books, 12 Quay Street, Leeds"),
        ("p", "Dear Ms Okafor,"),
        ("p", "Thank you for your order of 3 June. The two well-known atlases cost 48.50 pounds each, 97.00 in all."),
        ("p", "We shall send them on Friday; please let us know if nobody is at home before 5 pm."),
        ("p", "Kind regards, Ines Moreau"),
    ],
    "letter-zh": [
        ("p", "尊敬的王经理："),
        ("p", "感谢贵公司三月十二日的来函。您询问的台灯单价为四十元，订购二百台以上可享受九折优惠，运费由我方承担。"),
        ("p", "请于四月五日之前确认数量，我们将在十个工作日内发货。"),
        ("p", "此致敬礼，李明"),
    ],
    "minutes-en": [
        ("h", "Minutes of the sales meeting"),
        ("p", "Held on 4 May 2027 in room 3; present were Ann, Bo, Cy and Mr Zheng, who took the minutes."),
        ("h", "Decisions"),
        ("ul", ["The price list stays until 30 June.", "Bo hires a second driver, at 2,100 a month.", "The fair is cancelled."]),
        ("h", "Next steps"),
        ("ol", ["Ann writes to the landlord.", "Cy counts the stock and tells everybody how many lamps are left.", "Done by 18 May."]),
    ],
    "minutes-zh": [
        ("h", "销售部周会纪要"),
        ("p", "时间：2027年5月4日下午三点；地点：三号会议室；出席：张伟、王芳、李明，王芳记录。"),
        ("ul", ["价格表保留到六月底。", "再招聘一名司机，月薪八千元。", "取消展会。"]),
        ("ol", ["张伟联系房东。", "李明清点库存并通知全体同事。"]),
    ],
    "report-en": [
        ("h", "Weekly report"),
        ("p", "The support team answered 340 tickets this week and cut the time of the first answer to three hours, which is "
              "a quarter less than the week before; nobody had expected that so soon after the move."),
        ("h", "Figures"),
        ("table", [["Region", "Tickets", "Hours"], ["North", "120", "2.5"], ["South and islands", "180", "3.2"], ["Online", "40", "4.1"]]),
        ("p", "The backlog fell from 95 to 41. A list of open questions is attached to this report."),
    ],
    "report-zh": [
        ("h", "客服部周报"),
        ("p", "客服部本周处理了三百四十个工单，平均回复时间缩短到三小时，比上周减少了四分之一，大家都没有想到搬进新楼之后这么快就能做到这一点。"),
        ("table", [["地区", "工单", "小时"], ["北区", "120", "2.5"], ["南区及海岛", "180", "3.2"], ["网上", "40", "4.1"]]),
        ("p", "积压的工单从九十五个降到四十一个，未解决的问题见附表。"),
    ],
    "invoice-en": [
        ("h", "Invoice 4471"),
        ("p", "Billed to: Harbour Books, 12 Quay Street"),
        ("table", [["Item", "Qty", "Price", "Amount"], ["Desk lamp, brass", "2", "40.00", "80.00"],
                   ["Delivery and assembly on the second floor, with removal of the packaging", "1", "35.00", "35.00"],
                   ["Discount", "", "-10%", "-11.50"], ["Total due", "", "", "103.50"]]),
        ("p", "Please pay by 3 March 2027 to the account below."),
    ],
    "pay-zh": [
        ("h", "工资表（单位：元）"),
        ("table", [["姓名", "部门", "基本工资", "奖金"], ["李明", "销售部", "8000", "1200"], ["王芳", "技术部", "9500", "800"], ["合计", "", "17500", "2000"]]),
        ("p", "以上数据由人事部提供，如有疑问请于五日内提出。"),
    ],
    "contract-en": [
        ("h", "Lease"),
        ("p", "The landlord lets flat 4B at 9 Mill Lane to the tenant from 1 September 2027 for an indefinite time."),
        ("ol", ["The rent is 850 euros a month, due on the third working day.", "The deposit is three months.",
                "Pets are allowed; the tenant pays for what they damage.", "Either side may end the lease with three months' notice."]),
        ("p", "Signed in Leeds on 12 August 2027 by both parties."),
    ],
    "contract-zh": [
        ("h", "房屋租赁合同"),
        ("p", "甲方将位于磨坊路九号的房屋出租给乙方，租期自2027年9月1日起。"),
        ("ol", ["月租金八百五十元，每月三日前支付。", "押金为三个月租金。", "允许饲养宠物，损坏由乙方赔偿。"]),
    ],
    "article-en": [
        ("h", "Why kettles click off early"),
        ("p", "Most kettles have a sensor under the lid. Steam reaches it, a strip of two metals bends, and the switch opens."),
        ("p", "Scale on the sensor keeps heat in, so the strip bends before the water boils. Descaling it twice a year is "
              "enough in most towns; where the water is hard, once a month is better."),
        ("p", "If the lid is open, steam escapes and the kettle never stops: that is a fault of its design, not of the sensor."),
        ("h", "What it costs"),
        ("p", "A new sensor costs 4.20, a new kettle 35. The repair takes ten minutes and a screwdriver of size two."),
    ],
    "article-zh": [
        ("h", "水壶为什么提前断电"),
        ("p", "大多数水壶的盖子下面有一个传感器。蒸汽到达传感器后，双金属片弯曲，开关随即断开。"),
        ("p", "传感器上的水垢会积聚热量，使金属片在水烧开之前就弯曲。大多数城市每年除垢两次即可，水质较硬的地方最好每月一次。"),
        ("p", "更换传感器需要四元二角，新水壶需要三十五元。"),
    ],
    "mixed": [
        ("h", "Project Phoenix 项目计划"),
        ("p", "The server is AWS us-east-1，截止日期为 2027-03-01，请 review PR 4471 并回复 tom@example.org。"),
        ("table", [["任务", "Owner", "状态"], ["接口文档 API docs", "Tom", "done"], ["数据库迁移 migration", "李明", "进行中"]]),
        ("ul", ["上线前完成 load test，目标 200 requests/s。", "Budget 12,000 美元。"]),
    ],
}  # fmt: skip


def right_text(blocks: Sequence[Block]) -> str:
    """Give what a reader sees."""
    lines: list[str] = []
    for kind, held in blocks:
        if isinstance(held, str):
            lines.append(held)
        elif kind == "table":
            lines += [" ".join(row) for row in held]
        else:
            lines += [f"{at}. {each}" if kind == "ol" else str(each) for at, each in enumerate(held, 1)]
    return "\n".join(lines)


def as_markdown(blocks: Sequence[Block]) -> str:
    """Give the same as Markdown."""
    parts: list[str] = []
    for kind, held in blocks:
        if isinstance(held, str):
            parts.append(f"## {held}" if kind == "h" else held)
        elif kind == "table":
            rows = [f"| {' | '.join(row)} |" for row in held]
            parts.append("\n".join([rows[0], "|---" * len(held[0]) + "|", *rows[1:]]))
        else:
            parts.append("\n".join(f"{f'{at}.' if kind == 'ol' else '-'} {each}" for at, each in enumerate(held, 1)))
    return "\n\n".join(parts) + "\n"


def make(*, by_programs: bool) -> None:
    """Make all files, or only those that scripts make."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    right: dict[str, str] = {}
    if not by_programs:
        right = json.loads((FOLDER / "right.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for text, blocks in TEXTS.items() if by_programs else ():
            for ending in ("docx", "pdf", "html", "md"):
                write_document(as_markdown(blocks), FOLDER / f"own-{text}.{ending}", paper="a4")
                right[f"own-{text}.{ending}"] = right_text(blocks)
            page = FOLDER / f"own-{text}.html"
            _chromium(page, FOLDER / f"chromium-{text}.pdf")
            for ending, filter_ in (("pdf", "pdf"), ("docx", "docx:MS Word 2007 XML"), ("html", "html")):
                _soffice(FOLDER / f"own-{text}.docx", work, filter_)
                (work / f"own-{text}.{ending}").rename(FOLDER / f"libreoffice-{text}.{ending}")
                right[f"libreoffice-{text}.{ending}"] = right_text(blocks)
            right[f"chromium-{text}.pdf"] = right_text(blocks)
    for name_, data, text in [*encoded(), *pages(), *documents()]:
        (FOLDER / name_).write_bytes(data)
        right[name_] = text
    (FOLDER / "right.json").write_text(
        json.dumps(right, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8"
    )


def encoded() -> Iterator[tuple[str, bytes, str]]:
    """Give texts in many encodings, some with damage."""
    zh, en = right_text(TEXTS["report-zh"]), right_text(TEXTS["report-en"])
    others = {
        "big5": "會議改到週四下午兩點，地點不變。請帶上預算表，並通知所有同事。",
        "cp932": "会議は木曜日の午後二時に変更になりました。資料を忘れずにお持ちください。",
        "euc_jp": "会議は木曜日の午後二時に変更になりました。資料を忘れずにお持ちください。",
        "cp949": "회의는 목요일 오후 두 시로 변경되었습니다. 예산표를 가져오십시오.",
        "cp1251": "Встреча перенесена на четверг, в два часа дня. Возьмите с собой смету.",
        "koi8-r": "Встреча перенесена на четверг, в два часа дня. Возьмите с собой смету.",
        "cp1252": "La réunion est reportée à jeudi, à deux heures. Apportez le budget révisé, s’il vous plaît.",
        "cp1250": "Spotkanie przełożono na czwartek o godzinie drugiej. Proszę przynieść budżet i poprawić żółtą tabelę.",
        "cp1253": "Η συνάντηση μεταφέρθηκε για την Πέμπτη στις δύο το μεσημέρι.",
    }
    for encoding in ("gb18030", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"):
        yield f"text-zh-{encoding}.txt", zh.encode(encoding), zh
    for encoding in ("utf-16", "utf-32-le"):
        yield f"text-en-{encoding}.txt", en.encode(encoding), en
    for encoding, text in others.items():
        yield f"text-{encoding}.txt", text.encode(encoding), text
    data = (zh * 3).encode()
    yield "text-one-bad-byte.txt", data[:300] + b"\xff" + data[300:], zh * 3
    yield "text-cut.txt", data[:-1], (zh * 3)[:-1]


def pages() -> Iterator[tuple[str, bytes, str]]:
    """Give pages of HTML of the kinds that are easily misread."""
    for name, page, text in (
        ("nested", "<table><tr><td>Order 4471<tr><td><table><tr><td>Lamp<td>2</table><tr><td>Total 80<td>paid</table>",
         "Order 4471 Lamp 2 Total 80 paid"),
        ("omitted", "<ul><li>one<li>two<ul><li>three</ul></ul><p>four<p>five<table><tr><td>a<td>b</table>six", "one two three four five a b six"),
        ("hidden", "<style>.x{display:none}</style><p>Seen<p class=x>no<p hidden>no<p>also seen<div style='display:none'>no</div>", "Seen also seen"),
        ("navigation", "<nav><a href=/>Home</a></nav><main><h1>News</h1><p>Text.</main>", "News Text."),
        ("raised", "<p>2<sup>10</sup> is 1024, H<sub>2</sub>O boils at 10<sup>2</sup> degrees", "2¹⁰ is 1024, H₂O boils at 10² degrees"),
        ("cells", "<table><tr><td><ul><li>x<li>y</ul><td><pre>code\ntwo</pre></table>", "x y code two"),
        ("form", "<p>Name: <input value='Ines Moreau'><p><textarea>A note</textarea>", "Name: Ines Moreau A note"),
        ("spans", "<table><tr><td rowspan=2>North<td>1<tr><td>2<tr><td colspan=2>All</table>", "North 1 2 All"),
    ):  # fmt: skip
        yield f"page-{name}.html", f"<!doctype html><meta charset=utf-8>{page}".encode(), text
    for name, page, text in (
        ("definitions", "<dl><dt>Rent<dd>850 euros<dt>Deposit<dd>three months</dl>", "Rent 850 euros Deposit three months"),
        ("struck", "<p>It costs <del>80</del> 70 euros, <ins>paid</ins> in advance.", "It costs 80 70 euros, paid in advance."),
        ("lists", "<ol start=4><li>four<li>five<ol type=a><li>in it</ol></ol>", "4. four 5. five a. in it"),
        ("quoted", "<blockquote>Said <q>so</q> once.<blockquote>And again.</blockquote></blockquote>", "Said so once. And again."),
        ("ruby", "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字", "漢 kan 字"),
        ("footer", "<table><tfoot><tr><td>Sum<td>3</tfoot><tr><td>a<td>1<tr><td>b<td>2</table>", "a 1 b 2 Sum 3"),
    ):  # fmt: skip
        yield f"page-{name}.html", f"<!doctype html><meta charset=utf-8>{page}".encode(), text
    gb = "<meta charset=gb2312><p>会议改到周四下午两点。"
    yield "page-gb2312.html", gb.encode("gb18030"), "会议改到周四下午两点。"


def documents() -> Iterator[tuple[str, bytes, str]]:
    """Give Word documents with what python-docx does not read."""
    lines = [f"Line {at} of the agreement." for at in ("one", "two")]
    kept, gone = f"<w:ins>{run('850')}</w:ins>", "<w:del><w:r><w:delText>800</w:delText></w:r></w:del>"
    yield (
        "word-tracked.docx",
        word_file(f"<w:p>{run('The rent is ')}{gone}{kept}{run(' euros.')}</w:p>"),
        "The rent is 850 euros.",
    )
    control = f"<w:sdt><w:sdtContent>{paragraph(lines[0])}</w:sdtContent></w:sdt>"
    yield "word-controls.docx", word_file(control + paragraph(lines[1])), "\n".join(lines)
    inner = table(cell("Lamp") + cell("2"))
    outer = table(cell("Order 4471"), cell(inner + paragraph("")), cell("Total") + cell("paid"))
    yield "word-nested.docx", word_file(outer), "Order 4471 Lamp 2 Total paid"
    merged = table(cell("Q", '<w:gridSpan w:val="2"/>'), cell("1") + cell("2"))
    yield "word-merged.docx", word_file(merged), "Q 1 2"
    numbering = lists(level(0, "decimal", "Article %1."), level(1, "lowerLetter", "(%2)"))
    body = item("Scope", 1) + item("of goods", 1, 1) + item("of work", 1, 1) + item("Price", 1)
    right = "Article 1. Scope (a) of goods (b) of work Article 2. Price"
    yield "word-articles.docx", word_file(body, {"numbering": numbering}), right
    chinese = lists(level(0, "chineseCountingThousand", "第%1条"))
    clauses = item("总则", 1) + item("价格", 1)
    yield "word-articles-zh.docx", word_file(clauses, {"numbering": chinese}), "第一条 总则 第二条 价格"
    note = f'<w:footnote w:id="2">{paragraph("The note.")}</w:footnote>'
    noted = f'<w:p>{run("Text")}<w:r><w:footnoteReference w:id="2"/></w:r>{run(" goes on.")}</w:p>'
    yield "word-notes.docx", word_file(noted, {"footnotes": note}), "Text[1] goes on. [1] The note."
    box = f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    yield "word-box.docx", word_file(f"<w:p>{run('Before.')}{both}</w:p>"), "Before. In the box."

    formula = "<m:oMath><m:r><m:t>x=4</m:t></m:r></m:oMath>"
    yield "word-formula.docx", word_file(f"<w:p>{run('So ')}{formula}{run(' holds.')}</w:p>"), "So x=4 holds."
    head = {"header": paragraph("Lamp Works, 4 Mill Lane")}
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header"/></w:sectPr>'
    yield "word-letterhead.docx", word_file(paragraph("Dear Ann,") + section, head), "Lamp Works, 4 Mill Lane Dear Ann,"
    moved = (
        f"<w:p><w:moveFrom>{run('Two.')}</w:moveFrom>{run('One.')}</w:p><w:p><w:moveTo>{run('Two.')}</w:moveTo></w:p>"
    )
    yield "word-moved.docx", word_file(moved), "One. Two."
    up = '<w:vertAlign w:val="superscript"/>'
    yield "word-raised.docx", word_file(f"<w:p>{run('10')}{run('3', up)}{run(' metres')}</w:p>"), "10³ metres"
    hidden = f"<w:p>{run('Seen')}{run(' hidden', '<w:vanish/>')}{run(' again.')}</w:p>"
    yield "word-hidden.docx", word_file(hidden), "Seen again."


def _chromium(page: Path, to: Path) -> None:
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={to}"]
    subprocess.run(["chromium", *options, page.as_uri()], check=True, capture_output=True, timeout=120)


def _soffice(file: Path, folder: Path, filter_: str) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", filter_, "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)


if __name__ == "__main__":
    make(by_programs="--scripts" not in sys.argv)

"""Text is read in the encoding that it has, or refused where that cannot be told; it is never silently another text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.text.encoding import EncodingUnknown, decode

ZH = "今年公司的销售额比去年增长了百分之十二，利润达到三百万元。请各部门在本周五之前提交报告。"
TW = "會議改到週四下午兩點，地點不變。請帶上預算表。"
JA = "会議は木曜日の午後二時に変更になりました。データを送ります。"
KO = "회의는 목요일 오후 두 시로 변경되었습니다."
RU = "Встреча перенесена на четверг, в два часа. Счёт № 5."
EN = "It’s the “blue” lamp — €40, café.\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
@pytest.mark.parametrize("text", [ZH + "\nNo. 7\n", "Plain words\n" * 3, RU])
def test_unicode_is_read_with_and_without_a_mark(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ZH, "gb18030"),
        ("你好", "gbk"),
        ("发票号码 20260012 金额 850.00 元", "gb2312"),
        (TW, "big5"),
        ("您好，請問訂單什麼時候到？", "big5"),
        (JA, "cp932"),
        (JA, "euc_jp"),
        (JA, "iso2022_jp"),
        (KO, "cp949"),
        ("안녕하세요. 청구서를 보내드립니다.", "iso2022_kr"),
        (RU.replace("№", "no"), "cp1251"),
        ("ПРОТОКОЛ СОВЕЩАНИЯ от 3 мая", "cp1251"),
        ("Встреча перенесена на четверг", "koi8-r"),
        ("Зустріч перенесено на четвер о другій годині.", "cp1251"),
        ("Η συνάντηση μεταφέρθηκε για την Πέμπτη στις δύο.", "cp1253"),
        ("تم نقل الاجتماع إلى يوم الخميس الساعة الثانية", "cp1256"),
        ("การประชุมเลื่อนไปเป็นวันพฤหัสบดี", "cp874"),
        ("La réunion est reportée à jeudi, « à deux heures », 20 €", "cp1252"),
        ("Die Besprechung über Größe – „heute“", "cp1252"),
        ("El niño comió piñas. ¿Qué día?", "cp1252"),
        ("Spotkanie przełożono na czwartek, proszę o odpowiedź. Żółć", "cp1250"),
        ("Schůzka se přesouvá na čtvrtek. Příliš žluťoučký kůň", "cp1250"),
        ("A megbeszélést csütörtökre halasztották, kérem erősítse meg, űr", "cp1250"),
        ("Toplantı perşembe gününe ertelendi, lütfen onaylayınız.", "cp1254"),
    ],
)
def test_old_encodings_are_told_by_their_letters(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman", "cp437"])
@pytest.mark.parametrize("text", ["naïve façade", "La réunion est reportée"])
def test_what_cannot_be_told_is_refused(text: str, encoding: str) -> None:
    with pytest.raises(EncodingUnknown):
        decode(text.encode(encoding))


KNOWN = (
    *((ZH, "gb18030"), (TW, "big5"), (JA, "cp932"), (JA, "euc_jp"), (KO, "cp949"), (RU, "koi8-r"), (RU, "cp1251")),
    *((RU, "cp866"), ("Η συνάντηση μεταφέρθηκε για την Πέμπτη", "cp1253")),
)


@given(st.sampled_from(KNOWN), st.data())
def test_a_piece_of_text_is_never_silently_another(known: tuple[str, str], data: st.DataObject) -> None:
    text, encoding = known
    begin = data.draw(st.integers(0, len(text) - 20))
    piece = text[begin : begin + data.draw(st.integers(20, 40))]
    try:
        read = decode(piece.encode(encoding, "ignore"))
    except UnicodeDecodeError:
        return
    assert read == piece.encode(encoding, "ignore").decode(encoding)


@pytest.mark.parametrize("text", [ZH * 5, EN * 5])
@pytest.mark.parametrize("bad", [b"\xff", b"\xe9", b"\x80"])
def test_one_bad_byte_costs_one_character(text: str, bad: bytes) -> None:
    place = len(text) // 2
    good = text.encode()
    middle = len(text[:place].encode())
    assert decode(good[:middle] + bad + good[middle:]) == f"{text[:place]}�{text[place:]}"
    damaged = bytearray(good)
    wide = text.index("’" if "’" in text else "销")
    damaged[len(text[:wide].encode()) + 1] = bad[0] if bad != b"\x80" else 0x20
    assert decode(bytes(damaged)).replace("� ", "�").startswith(f"{text[:wide]}�")
    assert len(decode(bytes(damaged))) >= len(text) - 1


def test_a_text_that_was_cut_within_a_character_is_read() -> None:
    assert decode((ZH * 3).encode()[:-1]) == (ZH * 3)[:-1] + "�"


def test_a_zero_byte_in_a_text_costs_one_character_and_a_picture_is_no_text() -> None:
    long = ZH * 20
    assert decode(long.encode() + b"\0" + long.encode()) == f"{long}�{long}"
    for data in (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", bytes(range(256)) * 4, b"PK\x03\x04\x14\0\0\0"):
        with pytest.raises(UnicodeDecodeError):
            decode(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        decode(data)
    except UnicodeDecodeError:
        return


@pytest.mark.parametrize("text", ["一些", "模式", "No. 7 一些\n", "牛一些", "路牌: 模式 3", "些"])
def test_a_few_characters_of_gbk_that_are_utf_8_too_are_chinese(text: str) -> None:
    data = text.encode("gbk")
    assert "\ufffd" not in data.decode("utf-8", "replace") or "路" in text  # which is nearly UTF-8
    assert decode(data) == text


@pytest.mark.parametrize(
    "text",
    [
        "café", "naïve façade", "il va à Paris", "é", "Tom · Jerry", "25 °C ± 2", "© 2027", "«oui»", "да", "Нет, дом",
        "Łódź", "ţară", "çok güzel", "Ωμέγα", "μ = 3", "αβ", "שלום", "مع", "½", "§ 5", "£5", "Ähre", "ÄÖÜ",
        "José Müller", "señor", "Ærø", "ž", "x² + y³", "crème brûlée", "Việt Nam", "maŭro", "bəli",
    ],
)  # fmt: skip
def test_a_few_letters_of_utf_8_stay_what_they_are(text: str) -> None:
    assert decode(text.encode()) == text
